"""Where heads are counted, photographs kept and reports written and read."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
