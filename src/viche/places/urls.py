"""Addresses of places; the page of one hromada joins all packages and lies in `site`."""

from django.urls import path

from viche.places.views import api, public

app_name = "places"
urlpatterns = [
    path("hromadas/", public.hromadas, name="hromadas"),
    path("hromadas/find.json", public.find, name="find"),
    path("hromadas.<str:ending>", public.hromadas_file, name="hromadas_file"),
    path("oblasts.<str:ending>", public.oblasts_file, name="oblasts_file"),
    path("api/v1/hromadas", api.hromadas, name="api_hromadas"),
    path("api/v1/hromadas/<str:code>", api.hromada, name="api_hromada"),
    path("api/v1/oblasts", api.oblasts, name="api_oblasts"),
    path("api/v1/oblasts/<str:code>", api.oblast, name="api_oblast"),
]
