"""Asking for a seat, seeing and giving it up: by letter without an account, and from the cabinet."""

import hashlib

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.forms.registering import Seat
from viche.events.operations import holding, own_calendars, registering
from viche.events.queries import coming, own_calendar, papers, showing
from viche.formats import icalendar
from viche.mail import queries as mail
from viche.methods.refusals import Refused
from viche.ui import forms as ui
from viche.ui import paging
from viche.ui.access import allowed, anyone, signed_in
from viche.ui.views import too_many

QUEUE = "queue"


@allowed(access.may_register, thing=coming.event)
def register(request, event):
    """Ask for a seat, alone or for a delegation."""
    at = timezone.now()
    organisations = coming.delegations(request.user, event)
    form = Seat(request.POST or None, event=event, user=request.user, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        # Strangers lock nobody out of their own mailbox.
        action = "own_seat" if form.is_own else "seat"
        if not ratelimit.consume(request, action=action, key=mail.plain(form.asked.email)):
            return too_many(request)
        try:
            kept = registering.register(event, asked=form.asked, by=request.user, organisation=form.delegation_of)
        except Refused as refused:
            ui.refuse(form, refused)
        else:
            return _after(request, event, form, kept)
    context = {"event": event, "told": showing.shown(event), "form": form, "at": at}
    closed = coming.why_closed(event, at) or coming.why_not_invited(event, request.user, organisations)
    context["kept_days"] = coming.kept_days(event)
    context["closed"] = "" if getattr(form, "refused", None) else closed
    return render(request, "events/coming/register.html", context, status=ui.status_of(form))


def _after(request, event, form, kept):
    """Lead to one's own seat; of somebody else's mailbox nothing is told but that a letter went there."""
    if form.delegation_of and kept.is_new:
        messages.success(request, _("Готово, квиток надіслано й на пошту. Тепер назвіть людей і що їм потрібно."))
        return redirect("events:my_guests", kept.registration.pk)
    if form.is_own or form.delegation_of:
        if kept.is_new:
            messages.success(request, _("Готово. Квиток надіслано й на пошту."))
        else:
            messages.info(request, _("Ви вже зареєстровані. Ось ваша реєстрація, лист надіслано ще раз."))
        return redirect("events:my_seat", kept.registration.pk)
    outlook = "" if kept.outlook == "seated" else f"?{QUEUE}=1"
    return redirect(f"{reverse('events:registered', args=[event.code])}{outlook}")


@allowed(access.may_register, thing=coming.event)
def registered(request, event):
    """Say that a letter went; the same whether the mailbox was registered before or not."""
    is_queue, contact = QUEUE in request.GET, papers.contact(event)
    context = {"event": event, "told": showing.shown(event), "is_queue": is_queue, "contact": contact}
    return render(request, "events/coming/registered.html", context)


def _seat(request, registration, *, word="", fault="", status=200):
    """The page of one registration."""
    at, event = timezone.now(), registration.event
    door = reverse("events:door_seat", args=[event.code, coming.word_of(registration)])
    begun = event.state == "published" and event.starts_at <= at
    context = {
        "registration": registration,
        "event": event,
        "told": coming.told(registration),
        "position": coming.position(registration) if registration.state == "waiting" else 0,
        "may_cancel": registration.state != "cancelled" and not begun,
        "door": request.build_absolute_uri(door),
        "ics": reverse("events:seat_ics", args=[word or coming.word_of(registration)]),
        "fault": fault,
        "at": at,
        **_named(request, registration),
    }
    answer = render(request, "events/coming/seat.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _named(request, registration):
    """The people of a delegation, and how many seats nobody is named for yet, for who may name them."""
    if not access.may_name(request.user, registration):
        return {"guests": None}
    guests = list(registration.guests.all())
    return {"guests": guests, "unnamed": max(0, registration.people - len(guests))}


def gone(request, event=None):
    """Answer a link that leads nowhere, or no more; `event` where it once led to one."""
    answer = render(request, "events/coming/gone.html", {"event": event}, status=404)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@anyone
def seat(request, token):
    """A registration by its letter. Opening the link changes nothing: mail scanners open links; the button cancels."""
    registration = coming.reached(token, timezone.now())
    if registration is None or not access.may_use_link(request.user, registration):
        return gone(request, coming.event_of(token))
    return _shown_or_cancelled(request, registration, token)


@allowed(access.may_hold, thing=coming.by_pk)
def my_seat(request, registration):
    """One's own registration, from the cabinet."""
    return _shown_or_cancelled(request, registration, "")


def _shown_or_cancelled(request, registration, word):
    """Show a registration, confirm it, or give it up where its button was pressed."""
    if request.method != "POST":
        return _seat(request, registration, word=word)
    if "confirm" in request.POST:
        holding.confirm(registration, by=request.user, word=word)
        messages.success(request, _("Дякуємо, пошту підтверджено."))
        return redirect(request.path)
    try:
        registering.cancel(registration, by=request.user, word=word)
    except Refused as refused:
        return _seat(request, registration, word=word, fault=refused.sentence, status=refused.status)
    messages.success(request, _("Реєстрацію скасовано. Дякуємо, що попередили."))
    return redirect(request.path)


@anyone
def seat_ics(request, token):
    """The event for one's own calendar, with the exact place where the person may know it."""
    at = timezone.now()
    registration = coming.reached(token, at)
    if registration is None or not access.may_use_link(request.user, registration):
        return gone(request, coming.event_of(token))
    body = own_calendar.body([registration])
    answer = HttpResponse(body, content_type=icalendar.CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{registration.event.code}.ics")
    answer["X-Robots-Tag"] = "noindex"
    return answer


@signed_in
def my_seats(request):
    """Where one has registered, also for the delegations of one's organisations; and the address of one's calendar."""
    page, feed = paging.page(request, coming.of_user(request.user)), own_calendar.feed_of(request.user)
    address = reverse("events:my_calendar", args=[own_calendar.word_of(feed)]) if feed else ""
    context = {"page": page, "feed": feed, "address": request.build_absolute_uri(address) if feed else ""}
    return render(request, "events/coming/seats.html", context)


@signed_in
def my_feed(request):
    """Give one's calendar an address, another one, or none."""
    if request.method == "POST":
        act = own_calendars.stop if "stop" in request.POST else own_calendars.make
        act(request.user, by=request.user, at=timezone.now())
    return redirect("events:my_seats")


def secret_calendar(request, body):
    """A calendar under a secret address: nobody else may keep it; 304 where nothing has changed."""
    answer = HttpResponse(body, content_type=icalendar.CONTENT_TYPE)
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, private=True, max_age=0)
    return get_conditional_response(request, answer["ETag"], None, answer)


@anyone
def my_calendar(request, token):
    """A person's own calendar under its secret address, without a session; 304 where nothing has changed."""
    feed = own_calendar.feed_by_word(token)
    if feed is None:
        return gone(request)
    with translation.override(feed.user.language):
        rows = own_calendar.kept(feed.user, timezone.now())
        name = _("Мої заходи")
        body = own_calendar.body(rows, name=name, source=request.build_absolute_uri(), language=feed.user.language)
    return secret_calendar(request, body)
