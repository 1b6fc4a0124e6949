"""Addresses for tests of the frame: its own, and a few views that go wrong on purpose."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import HttpResponse  # noqa: TID251 — these are views
from django.urls import include, path

from viche.methods.refusals import NotAllowed
from viche.ui.access import allowed, anyone, signed_in

THINGS = {"open": {"public": True}, "closed": {"public": False}, "nothing": None}


def thing(name, **_others):
    if name not in THINGS:
        raise ObjectDoesNotExist(name)
    return THINGS[name]


def may_see(user, seen):
    return seen["public"] or user.get_username() == "officer@example.org"


def faulty(error):
    @anyone
    def view(request, **kwargs):
        raise error

    return view


@anyone
def hello(request, word):
    return HttpResponse(word)


@signed_in
def own(request):
    return HttpResponse("own")


@allowed(may_see, thing=thing, also=("part",))
def seen(request, found, part):
    return HttpResponse(f"{found['public']} {part}")


@allowed(lambda user, seen: user.is_authenticated and may_see(user, seen), thing=thing, door=may_see)
def act(request, found):
    return HttpResponse("done")


@allowed(lambda user: user.is_authenticated)
def whoever(request, word):
    return HttpResponse(word)


urlpatterns = i18n_patterns(
    path("", include("viche.ui.urls")),
    path("account/", include("allauth.account.urls")),
    path("hello/<str:word>/", hello),
    path("own/", own),
    path("things/<str:name>/<str:part>/", seen),
    path("me/things/<str:name>/<str:part>/", seen),
    path("act/<str:name>/", act),
    path("whoever/<str:word>/", whoever),
    path("broken/", faulty(RuntimeError("broken"))),
    path("refused/", faulty(NotAllowed())),
    path("denied/", faulty(PermissionDenied())),
    path("flood/", faulty(RequestDataTooBig())),
    prefix_default_language=False,
)

handler400 = "viche.ui.views.bad_request"
handler403 = "viche.ui.views.forbidden"
handler404 = "viche.ui.views.not_found"
handler500 = "viche.ui.views.failed"
