"""Where organisers write their events and plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
