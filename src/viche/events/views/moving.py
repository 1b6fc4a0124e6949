"""Putting an event off in one tap, giving it a new time, calling it off, bringing it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from viche.events import access
from viche.events.forms import moving as forms
from viche.events.operations import mending, moving
from viche.events.queries import coming, showing
from viche.methods.earth import Point
from viche.methods.refusals import Refused
from viche.ui import forms as ui
from viche.ui.access import allowed

# What is done, what is asked before, what is said after.
ACTS = {
    "postpone": (moving.postpone, forms.Postpone, _("Відкладено. Пишемо всім, хто зареєструвався.")),
    "time": (moving.set_time, forms.NewTime, _("Новий час призначено. Пишемо всім, хто зареєструвався.")),
    "cancel": (moving.cancel, forms.Cancel, _("Захід скасовано. Пишемо всім, хто зареєструвався.")),
    "place": (mending.set_place, forms.Place, _("Місце змінено. Пишемо всім, хто зареєструвався.")),
    "restore": (moving.restore, forms.Restore, _("Захід відбудеться. Пишемо всім, хто зареєструвався.")),
}


def _asked(request, event):
    """The forms of the page by their acts; the one that was sent with what was typed. The place is the office's to mend here."""
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    offered = {act: form for act, (_done, form, _said) in ACTS.items()}
    if not access.may_moderate(request.user, event):
        del offered["place"]
    initial = {"place": _place(event)}
    return sent, {
        act: form(request.POST if act == sent else None, prefix=act, initial=initial.get(act))
        for act, form in offered.items()
    }


def _place(event):
    point = None if event.latitude is None else Point(event.latitude, event.longitude)
    return {"venue": event.venue, "address": event.address, "point": point, "online_link": event.online_link}


@allowed(access.may_move, thing=coming.event)
def move(request, event):
    """Everything by which an event moves, on one page with big buttons."""
    at = timezone.now()
    sent, asked = _asked(request, event)
    form = asked.get(sent)
    if form is not None and form.is_valid():
        operation, _form, said = ACTS[sent]
        try:
            operation(event, **form.cleaned_data, by=request.user, at=at)
        except Refused as refused:
            ui.refuse(form, refused)
        else:
            messages.success(request, said)
            return redirect("events:move", event.code)
    told = showing.shown(event)
    context = {"event": event, "told": told, "standing": told.standing(at), "forms": asked, "sent": form, "at": at}
    context["is_over"] = event.has_ended(at)
    context["can_mend"] = event.state in mending.ANNOUNCED and not event.was_held(at)
    return render(request, "events/coming/move.html", context, status=ui.status_of(form) if form else 200)
