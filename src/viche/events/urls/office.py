"""Where the programme moderates, sets its rules, keeps campaigns and series, and sees plan against fact."""

from django.urls import path

from viche.events.views import campaigns, office, routes, series

OFFICE = "office/<str:programme>/"
EVENTS = OFFICE + "events/"
CAMPAIGNS = OFFICE + "campaigns/"
SERIES = OFFICE + "series/"
ONE = EVENTS + "<slug:code>/"

urlpatterns = [
    path(EVENTS, office.event_list, name="office_list"),
    path(OFFICE + "events.<str:ending>", office.event_file, name="office_file"),
    path(OFFICE + "events-policy/", office.policy, name="office_policy"),
    path(ONE, office.event, name="office"),
    path(ONE + "accept/", office.accept, name="office_accept"),
    path(ONE + "mends/", office.accept_mends, name="office_accept_mends"),
    path(ONE + "return/", office.send_back, name="office_return"),
    path(ONE + "decline/", office.decline, name="office_decline"),
    path(ONE + "visit/", routes.visit, name="office_visit"),
    path(CAMPAIGNS, campaigns.campaign_list, name="office_campaigns"),
    path(OFFICE + "campaigns.<str:ending>", campaigns.campaign_file, name="office_campaigns_file"),
    path(CAMPAIGNS + "new/", campaigns.new, name="office_campaign_new"),
    path(CAMPAIGNS + "<slug:code>/", campaigns.change, name="office_campaign"),
    path(CAMPAIGNS + "<slug:code>/picture/", campaigns.picture, name="office_campaign_picture"),
    path(SERIES, series.series_list, name="office_series"),
    path(OFFICE + "series.<str:ending>", series.series_file, name="office_series_file"),
    path(SERIES + "new/", series.new, name="office_series_new"),
    path(SERIES + "<int:pk>/", series.series, name="office_one_series"),
    path(SERIES + "<int:pk>/change/", series.change, name="office_series_change"),
    path(OFFICE + "hubs/", series.hub_list, name="office_hubs"),
    path(OFFICE + "hubs.<str:ending>", series.hub_file, name="office_hubs_file"),
    path(OFFICE + "itinerary/", series.itinerary, name="office_itinerary"),
    path(OFFICE + "itinerary/feed/", routes.feed, name="office_itinerary_feed"),
    path("me/itinerary/<str:token>.ics", routes.route_calendar, name="route_calendar"),
    path(OFFICE + "itinerary.<str:ending>", series.itinerary_file, name="office_itinerary_file"),
]
