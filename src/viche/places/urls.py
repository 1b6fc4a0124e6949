"""Addresses of places; the page of one hromada joins all packages and lies in `site`."""

from django.urls import path

from viche.places.views import public

app_name = "places"
urlpatterns = [
    path("hromadas/", public.hromadas, name="hromadas"),
    path("hromadas/find.json", public.find, name="find"),
    path("hromadas.<str:ending>", public.hromadas_file, name="hromadas_file"),
]
