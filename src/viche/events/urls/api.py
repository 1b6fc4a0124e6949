"""Where other programs read events."""

from django.urls import path

from viche.events.views import api

urlpatterns = [
    path("api/v1/events", api.event_list, name="api"),
    path("api/v1/events/<str:code>", api.event, name="api_one"),
    path("api/v1/office/<str:programme>/events", api.office_events, name="api_office"),
]
