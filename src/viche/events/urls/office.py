"""Where the programme moderates, sets its rules, keeps campaigns and series, and sees plan against fact."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
