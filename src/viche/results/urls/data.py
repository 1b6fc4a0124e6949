"""Where other programs read indicators and facts."""

from django.urls import path

from viche.results.views import data

urlpatterns = [
    path("open/indicators.<str:ending>", data.indicators_file, name="open_indicators"),
    path("api/v1/indicators", data.indicators, name="api_indicators"),
    path("api/v1/indicators/<str:programme>/<str:code>", data.indicator, name="api_indicator"),
    path("api/v1/facts", data.facts, name="api_facts"),
]
