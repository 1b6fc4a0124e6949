"""Addresses of the frame itself."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("look/<slug:digest>/<str:name>", views.asset, name="asset"),
    path("gallery/", views.gallery, name="gallery"),
]
