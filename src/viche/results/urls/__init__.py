"""Addresses of results, by what people do there."""

from viche.results.urls import aims, dashboards, data, telling

app_name = "results"
urlpatterns = [
    *telling.urlpatterns,  # results.pdf is one address, results.csv another
    *data.urlpatterns,
    *dashboards.urlpatterns,
    *aims.urlpatterns,
]
