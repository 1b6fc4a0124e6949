"""Where everybody finds events: lists, calendar, map, feeds, pages of events and campaigns."""

from django.urls import path

from viche.events.views import calendars, feeds, held, maps, papers, public

urlpatterns = [
    path("events/", public.event_list, name="list"),
    path("events.<str:ending>", feeds.event_file, name="file"),
    path("events/calendar/", calendars.event_calendar, name="calendar"),
    path("events/map/", maps.event_map, name="map"),
    path("events/map.json", maps.map_data, name="map_data"),
    path("events/widget/", calendars.widget, name="widget"),
    path("campaigns/", public.campaign_list, name="campaign_list"),
    path("campaigns/<slug:code>/", public.campaign, name="campaign"),
    path("events/held/", held.held, name="held"),
    path("events/held.<str:ending>", held.held_file, name="held_file"),
    path("events/<slug:code>/", public.event, name="event"),
    path("events/<slug:code>.ics", feeds.event_ics, name="event_ics"),
    path("events/<slug:code>.jsonld", feeds.event_jsonld, name="jsonld"),
    path("events/<slug:code>/poster/", public.poster, name="poster"),
    path("events/<slug:code>/poster.pdf", papers.poster_pdf, name="poster_pdf"),
    path("events/<slug:code>/share.png", papers.share_picture, name="share_picture"),
    path("campaigns/<slug:code>/share.png", papers.campaign_share_picture, name="campaign_share_picture"),
    path("campaigns/<slug:code>/picture.jpg", papers.campaign_picture, name="campaign_picture"),
]
