"""Photographs of an event: taken in, told in words, shown, hidden, handed out to those who may see them."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.forms.reporting import PhotoForm, PleaForm, WordsForm
from viche.events.operations import photos as operations
from viche.events.operations.photos import Words
from viche.events.queries import events
from viche.events.queries import photos as queries
from viche.events.views.counting import elses
from viche.files import answers as bytes_out
from viche.files import uploads
from viche.methods.refusals import Refused
from viche.ui.access import allowed, anyone
from viche.ui.forms import refuse, status_of
from viche.ui.views import too_many

SMALL = 480
TOO_LARGE = 413
WORDS = tuple(WordsForm.base_fields)


def _words(form):
    return Words(**{name: form.cleaned_data[name] for name in WORDS})


def _of(photo, data=None):
    """The form over the words of a photograph, as they stand or as they were sent."""
    return WordsForm(data, prefix=str(photo.key), initial={name: getattr(photo, name) for name in WORDS})


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


@allowed(access.may_count, thing=events.by_code)
def photos(request, event):
    """All photographs of the event; a new one by POST, once by its key."""
    if request.method != "POST":
        return _page(request, event, PhotoForm(initial={"key": uuid.uuid4()}))
    if somebody_else := elses(request, request.POST.get("user")):
        return somebody_else
    form = PhotoForm(request.POST, request.FILES)
    too_large = uploads.refuse_oversize(request, form) == TOO_LARGE
    if form.is_valid():
        try:
            given = {"key": form.cleaned_data["key"], "upload": form.cleaned_data["photo"], "words": _words(form)}
            photo = operations.add(event, by=request.user, at=timezone.now(), **given)
        except Refused as refused:
            refuse(form, refused)
        else:
            if _is_script(request):
                return JsonResponse({"key": str(photo.key)})
            messages.success(request, _("Світлину додано."))
            return redirect("events:photos", event.code)
    status = TOO_LARGE if too_large else status_of(form)
    if _is_script(request):
        return JsonResponse({"text": form.first_fault}, status=status)
    return _page(request, event, form, status=status)


def _page(request, event, form, *, sent=None, of=None, status=200):
    may_tell = access.may_hide_photo(request.user, event)
    rows = [(photo, sent if photo.pk == of else _of(photo)) for photo in queries.of(event)]
    context = {
        "event": event,
        "form": form,
        "rows": rows,
        "faulty": sent,
        "may_tell": may_tell,
        "may_remove": access.may_write(request.user, event),
        "today": localdate(timezone.now()),
    }
    return render(request, "events/counting/photos.html", context, status=status)


@allowed(access.may_see_photo, thing=queries.photo)
def photo(request, photo):
    """The picture itself; by POST what is said of it."""
    if request.method != "POST" or not access.may_hide_photo(request.user, photo.event):
        return bytes_out.send(
            photo.stored, size=None if "whole" in request.GET else SMALL, inline=True, request=request
        )
    form = _of(photo, request.POST)
    if form.is_valid():
        try:
            operations.describe(photo, words=_words(form), by=request.user, at=timezone.now())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Збережено."))
            return redirect("events:photos", photo.event.code)
    new = PhotoForm(initial={"key": uuid.uuid4()})
    return _page(request, photo.event, new, sent=form, of=photo.pk, status=status_of(form))


@anyone
def public_photo(request, code, key, size):
    """A smaller copy of a photograph that everybody may see today."""
    found = get_object_or_404(queries.public(on=localdate(timezone.now())), event__code=code, key=key)
    return bytes_out.send(found.stored, size=size, inline=True, request=request)


@anyone
def plea(request, code, key):
    """Ask to take a photograph down that everybody may see today: no account, no reason needed."""
    at = timezone.now()
    found = get_object_or_404(queries.public(on=localdate(at)), event__code=code, key=key)
    form = PleaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="plea"):
            return too_many(request)
        photo = operations.plead(found, by=request.user, at=at, **form.cleaned_data)
        hidden = _("Світлину приховано. Організатори й програма отримали ваше прохання.")
        waits = _("Дякуємо. Організатори й програма отримали ваше прохання й скоро на нього подивляться.")
        messages.success(request, hidden if photo.hidden_at else waits)
        return redirect("events:event", code)
    context = {"photo": found, "event": found.event, "form": form}
    return render(request, "events/counting/plea.html", context, status=status_of(form))


def _asked(request, photo, does, done, **words):
    """Ask before an act, and do it."""
    back = reverse("events:photos", args=[photo.event.code])
    if request.method == "POST":
        does(photo, by=request.user, at=timezone.now())
        messages.success(request, done)
        return redirect(back)
    return render(request, "ui/confirm.html", {"back": back, "danger": True, **words})


def _may_hide(user, photo):
    return access.may_hide_photo(user, photo.event)


def _may_remove(user, photo):
    return access.may_write(user, photo.event)


@allowed(_may_hide, thing=queries.photo)
def hide(request, photo):
    """Take a photograph off the public page."""
    lead = _("Світлина зникне з публічної сторінки. Щоб показати її знову, згоду людей треба буде підтвердити.")
    words = {"title": _("Приховати світлину?"), "lead": lead, "act": _("Приховати")}
    return _asked(request, photo, operations.hide, _("Світлину приховано, згоду знято."), **words)


@allowed(_may_remove, thing=queries.photo)
def remove(request, photo):
    """Take a photograph away altogether."""
    lead = _("Файл буде вилучено назавжди.")
    words = {"title": _("Вилучити світлину?"), "lead": lead, "act": _("Вилучити")}
    return _asked(request, photo, operations.remove, _("Світлину вилучено."), **words)
