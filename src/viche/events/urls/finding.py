"""Where everybody finds events: lists, calendar, map, feeds, pages of events and campaigns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
