"""Addresses of events, by what people do there."""

from viche.events.urls import api, coming, counting, finding, office, writing

app_name = "events"
urlpatterns = [
    *api.urlpatterns,
    *finding.urlpatterns,
    *writing.urlpatterns,
    *coming.urlpatterns,
    *counting.urlpatterns,
    *office.urlpatterns,
]
