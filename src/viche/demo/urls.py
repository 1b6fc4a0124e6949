"""The door of the demonstration."""

from django.urls import path

from viche.demo import views

app_name = "demo"

urlpatterns = [path("demo/as/<str:token>/", views.sign_in, name="sign_in")]
