"""Addresses of letters; included at the root."""

from django.urls import path

from viche.mail.views import public

app_name = "mail"
urlpatterns = [path("letters/stop/<str:token>/", public.stop, name="stop")]
