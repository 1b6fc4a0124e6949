"""Addresses of people and organisations; signing in itself lies under /account/, with the library's own names."""

from allauth.account import urls as library
from django.urls import URLPattern, path

from viche.people.views import cabinet, door, keys, members, office, public

app_name = "people"
urlpatterns = [
    path("organisations/find.json", public.find, name="find"),
    path("invitations/<str:token>/", public.invitation, name="invitation"),
    path("me/profile/", cabinet.profile, name="profile"),
    path("me/profile/letters/", cabinet.letters, name="letters"),
    path("me/keys/", keys.keys, name="keys"),
    path("me/keys/<int:key>/revoke/", keys.revoke, name="key_revoke"),
    path("me/organisations/", cabinet.organisations, name="organisations"),
    path("me/organisations/new/", cabinet.register, name="register"),
    path("me/organisations/<int:organisation>/", members.members, name="members"),
    path("me/organisations/<int:organisation>/edit/", members.edit, name="edit"),
    path("me/organisations/<int:organisation>/join/", cabinet.join, name="join"),
    path("me/organisations/<int:organisation>/invite/", members.invite, name="invite"),
    path("me/organisations/<int:organisation>/members/<int:membership>/role/", members.role, name="role"),
    path("me/organisations/<int:organisation>/members/<int:membership>/remove/", members.remove, name="remove"),
    path("me/organisations/<int:organisation>/invitations/<int:invitation>/repeat/", members.repeat, name="repeat"),
    path(
        "me/organisations/<int:organisation>/invitations/<int:invitation>/withdraw/", members.withdraw, name="withdraw"
    ),
    path("me/organisations/<int:organisation>/requests/<int:asked>/", members.answer, name="answer"),
    path("me/organisations/<int:organisation>/branches/<int:branch>/", members.confirm, name="confirm"),
    path("office/organisations/<int:organisation>/", office.organisation, name="correct"),
    path("office/people/", office.people, name="people"),
    path("office/people.<str:ending>", office.people_file, name="people_file"),
    path("office/people/<int:person>/", office.person, name="person"),
]

account = [
    URLPattern(one.pattern, door.telling(one.callback), one.default_args, one.name) for one in library.urlpatterns
]
