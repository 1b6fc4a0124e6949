"""Where people register, cancel, check in, and learn that an event moves."""

from django.urls import path

from viche.events.views import delegations, door, moving, registering

MINE = "me/events/<slug:code>/"

urlpatterns = [
    path("events/<slug:code>/register/", registering.register, name="register"),
    path("events/<slug:code>/registered/", registering.registered, name="registered"),
    path("events/seats/<str:token>.ics", registering.seat_ics, name="seat_ics"),
    path("events/seats/<str:token>/", registering.seat, name="seat"),
    path("me/seats/", registering.my_seats, name="my_seats"),
    path("me/seats/feed/", registering.my_feed, name="my_feed"),
    path("me/calendar/<str:token>.ics", registering.my_calendar, name="my_calendar"),
    path("me/seats/<int:pk>/", registering.my_seat, name="my_seat"),
    path("me/seats/<int:pk>/people/", delegations.guests, name="my_guests"),
    path(MINE + "people/", door.people, name="people"),
    path(MINE + "people.<str:ending>", door.people_file, name="people_file"),
    path(MINE + "move/", moving.move, name="move"),
    path(MINE + "door/", door.door, name="door"),
    path(MINE + "door/<str:token>/", door.door_seat, name="door_seat"),
]
