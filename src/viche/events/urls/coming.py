"""Where people register, cancel, check in, and learn that an event moves."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
