"""The hub's page on a telephone: counting heads with big buttons, on line and off."""

import hashlib
import json
import uuid
from datetime import UTC
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.events import access
from viche.events.forms.counting import CountForm, people
from viche.events.forms.reporting import PhotoForm
from viche.events.operations import counting as operations
from viche.events.queries import counting as queries
from viche.events.queries import events
from viche.methods.refusals import Refused
from viche.ui import assets, wording
from viche.ui.access import allowed, anyone, signed_in
from viche.ui.forms import refuse, status_of

LARGEST_COUNT = 20_000  # bytes
OUTBOX, PARTS = "events/js/outbox.js", "events/js/parts.js"
SCRIPTS = (OUTBOX, PARTS, "events/js/unsent.js", "events/js/counting.js")
STYLES = "events/css/counting.css"
WORKER = "events/js/sw.js"


def _key(text):
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None


@signed_in
def counting(request):
    """What there is to count these days; the first page of the installed app."""
    now = timezone.now()
    context = {"rows": queries.to_count(request.user, at=now), "today": localdate(now)}
    return render(request, "events/counting/list.html", context)


@allowed(access.may_count, thing=events.by_code)
def count(request, event):
    """Count heads; without scripts every press of a button is a form."""
    if request.method != "POST":
        return _page(request, event, CountForm.of(queries.own(event, _key(request.GET.get("tally")), request.user)))
    form = CountForm(request.POST)
    if form.is_valid():
        try:
            row = operations.tally(event, counted_at=None, by=request.user, at=timezone.now(), **form.tally)
        except Refused as refused:
            refuse(form, refused)
        else:
            anchor = f"#id_{form.pressed}" if form.pressed else ""
            return redirect(f"{reverse('events:count', args=[event.code])}?tally={row.key}{anchor}")
    return _page(request, event, form)


def _page(request, event, form):
    now = timezone.now()
    counted, closed = queries.counted(event), queries.accepted(event)
    may_report = access.may_report(request.user, event)
    context = {
        "event": event,
        "form": form,
        "counted": counted,
        "so_far": _so_far(counted.total, now),
        "closed": closed,
        "table": people(closed.cells, closed.groups, closed.total) if closed else None,
        "figures": _figures(event, own=may_report),
        "open": event.starts_at is not None and localdate(event.starts_at) <= localdate(now),
        "over": event.was_held(now),
        "photo": PhotoForm(initial={"key": uuid.uuid4()}, auto_id="photo_%s"),
        "may_report": may_report,
        "scope": _scope(),
    }
    return render(request, "events/counting/count.html", context, status=status_of(form))


def _so_far(total, at):
    """What all telephones have counted together, and when that was so: a kept page tells it hours later."""
    words = {"n": wording.number(total), "day": wording.day(at, year=False), "time": f"{wording.in_kyiv(at):%H:%M}"}
    return _("Уже полічено всіма: %(n)s (%(day)s, %(time)s)") % words


def _figures(event, *, own):
    """Where the figures that count stand: in one's own report, for the office in its copy."""
    if own:
        return reverse("events:report", args=[event.code])
    return reverse("events:office_report", args=[event.programme.code, event.code])


def _scope():
    """Under which addresses the service worker keeps pages: one's own."""
    return reverse("events:counting").removesuffix("counting/")


def elses(request, user):
    """Leave in the telephone what was counted there by somebody else than who is signed in now."""
    if not user or str(user) == str(request.user.pk):
        return None
    text = _("Це лічила інша людина. Воно лишилося в телефоні, доки вона ввійде.")
    return JsonResponse({"text": text, "sign_in": reverse("account_login")}, status=401)


def _moment(text):
    """When the telephone says that it counted; None where it says nothing, or no moment."""
    try:
        read = parse_datetime(str(text or ""))
        return None if read is None or timezone.is_naive(read) else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _sent(request):
    """What a telephone sent, as the operation takes it; None where it cannot be read."""
    if len(request.body) > LARGEST_COUNT:
        return None
    try:
        sent = json.loads(request.body)
        return {
            "key": uuid.UUID(sent["key"]),
            "revision": int(sent["revision"]),
            "cells": sent["cells"],
            "groups": sent.get("groups", {}),
            "counted_at": _moment(sent.get("counted_at")),
            "user": sent.get("user"),
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


@require_POST
@allowed(access.may_count, thing=events.by_code)
def tally(request, event):
    """Take a count from the outbox of a telephone, once by its key."""
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"text": _("Не вдалося прочитати полічене. Воно лишилося в телефоні.")}, status=422)
    if somebody_else := elses(request, sent.pop("user")):
        return somebody_else
    try:
        row = operations.tally(event, by=request.user, at=timezone.now(), **sent)
    except Refused as refused:
        closed = queries.accepted(event) is not None
        return JsonResponse({"text": refused.sentence, "closed": closed}, status=refused.status)
    so_far = _so_far(queries.everybody(event), timezone.now())
    return JsonResponse({"key": str(row.key), "revision": row.revision, "total": row.total, "so_far": so_far})


@cache
def _script(name):
    """The text of one of our scripts or sheets."""
    return Path(finders.find(name)).read_text(encoding="utf-8")


@anyone
def script(_request):
    """The scripts of the page in one answer, packed on the way: the signal where heads are counted is weak."""
    text = assets.lean_script("\n".join(_script(name) for name in SCRIPTS))
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@anyone
def service_worker(_request):
    """The script that opens the pages of counting without a network, for this language's addresses."""
    kept = [assets.address(name) for name in ("viche.css", "viche.js", "favicon.svg")]
    kept += [reverse("events:counting_script"), static(PARTS), static(STYLES)]
    digest = hashlib.sha256("".join([*kept, *(_script(name) for name in (WORKER, *SCRIPTS, STYLES))]).encode())
    said = {"scope": _scope(), "kept": kept, "version": digest.hexdigest()[:12]}
    said |= {"start": reverse("events:counting")}
    text = f"const SAID = {json.dumps(said)};\n{_script(OUTBOX)}\n{_script(WORKER)}"
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = _scope()
    answer["Cache-Control"] = "no-cache"
    return answer


@anyone
def manifest(_request):
    """What a telephone needs to put the counting page among its apps."""
    icon = {"src": assets.address("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    told = {
        "name": _("Віче: облік учасників"),
        "short_name": _("Облік"),
        "lang": get_language(),
        "start_url": reverse("events:counting"),
        "scope": _scope(),
        "display": "standalone",
        "background_color": "#faf6ec",
        "theme_color": "#0f3d2e",
        "icons": [icon],
    }
    answer = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "max-age=3600"
    return answer
