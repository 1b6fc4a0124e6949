"""What an officer does with a whole call, each asked first: announce, take back, extend, cancel."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.forms import Extension, Why
from viche.calls.operations import calls as operations
from viche.calls.operations import terms as missing
from viche.calls.queries import calls, states
from viche.calls.views.office import faults_of, refuse_all, shown
from viche.calls.views.public import circle_of
from viche.methods.refusals import Refused
from viche.ui import wording
from viche.ui.access import allowed
from viche.ui.forms import status_of


def _act(request, call, form, act, *, title, done, now=""):
    """A page that asks before it does one thing to a call."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Refused as refused:
            refuse_all(form, refused)
        else:
            messages.success(request, done)
            return redirect("calls:office", call.programme.code, call.code)
    context = {"programme": call.programme, "call": call, "form": form, "title": title, "now": now}
    return render(request, "calls/office/act.html", context, status=status_of(form))


@allowed(access.may_manage, thing=calls.in_programme)
def announce(request, call):
    """List what everybody will see and from when; then show the call to everybody."""
    if call.stage == "draft" and request.method != "POST":
        lacking = missing.lacking(call)
        return _announcing(request, call) if not lacking else shown(request, call, lacking=lacking)
    if request.method == "POST":
        at = timezone.now()
        try:
            operations.announce(call, by=request.user, at=at)
        except Refused as refused:
            return shown(request, call, lacking=faults_of(refused), status=refused.status)
        else:
            messages.success(request, _announced(call, at))
    return redirect("calls:office", call.programme.code, call.code)


def _announced(call, at):
    """What happens next by itself."""
    if call.opens_at > at:
        return _("Конкурс оголошено. Він відкриється і закриється сам.")
    if call.closes_at:
        return _("Конкурс оголошено, заявки вже приймаємо. Закриється він сам.")
    return _("Конкурс оголошено, заявки вже приймаємо.")


def _announcing(request, call):
    at = timezone.now()
    context = {
        "programme": call.programme,
        "call": call,
        "award": states.award(call),
        "opens_now": call.opens_at <= at,
        "criteria": list(call.criteria.all()),
        **circle_of(call),
    }
    return render(request, "calls/office/announce.html", context)


@allowed(access.may_manage, thing=calls.in_programme)
def take_back(request, call):
    """Ask, then make an announced call a draft again."""
    here = reverse("calls:office", args=[call.programme.code, call.code])
    if request.method != "POST":
        context = {
            "title": _("Повернути конкурс у чернетки?"),
            "lead": _("Публічна сторінка зникне, доки ви не оголосите його знову. Заявок ще ніхто не почав."),
            "act": _("Повернути в чернетки"),
            "back": here,
        }
        return render(request, "ui/confirm.html", context)
    try:
        operations.take_back(call, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Конкурс знову чернетка, його бачить лише офіс програми."))
    return redirect(here)


def _closing(call):
    if not call.closes_at:
        return _("Дня закриття конкурс ще не має.")
    return _("Зараз прийом закривається %(moment)s.") % {"moment": wording.moment(call.closes_at, kyiv=True)}


@allowed(access.may_manage, thing=calls.in_programme)
def extend(request, call):
    """Move the close later."""
    form = Extension(request.POST or None, call=call)
    at = timezone.now()
    return _act(
        request,
        call,
        form,
        lambda form: operations.extend(call, by=request.user, at=at, **form.cleaned_data),
        title=_("Продовжити прийом") if call.closes_at else _("Призначити закриття"),
        done=_("Прийом продовжено."),
        now=_closing(call),
    )


@allowed(access.may_manage, thing=calls.in_programme)
def cancel(request, call):
    """End the call before it is decided."""
    at = timezone.now()
    return _act(
        request,
        call,
        Why(request.POST or None),
        lambda form: operations.cancel(call, why=form.cleaned_data["why"], by=request.user, at=at),
        title=_("Скасувати конкурс"),
        done=_("Конкурс скасовано, листи надсилаємо."),
    )
