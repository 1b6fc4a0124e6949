"""Where everybody finds events: lists, calendar, map, feeds, pages of events and campaigns."""

from django.urls import path

from viche.events.views import feeds, mapping, public

urlpatterns = [
    path("events/", public.event_list, name="list"),
    path("events.<str:ending>", feeds.event_file, name="file"),
    path("events/calendar/", mapping.event_calendar, name="calendar"),
    path("events/map/", mapping.event_map, name="map"),
    path("events/map.json", mapping.map_data, name="map_data"),
    path("events/widget/", mapping.widget, name="widget"),
    path("campaigns/", public.campaign_list, name="campaign_list"),
    path("campaigns/<slug:code>/", public.campaign, name="campaign"),
    path("events/<slug:code>/", public.event, name="event"),
    path("events/<slug:code>.ics", feeds.event_ics, name="event_ics"),
    path("events/<slug:code>.jsonld", feeds.event_jsonld, name="jsonld"),
    path("events/<slug:code>/poster/", public.poster, name="poster"),
]
