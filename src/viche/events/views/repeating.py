"""What one does with a whole event of one's own, each asked first: copy, repeat, remove."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import State
from viche.events.forms.beginning import Copy, Repeat
from viche.events.operations import drafts
from viche.events.queries import events
from viche.methods.refusals import Refused
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


def _asked(request, event, form, **words):
    context = {"form": form, "back": reverse("events:write", args=[event.code]), **words}
    return render(request, "ui/confirm.html", context, status=status_of(form) if form else 200)


@allowed(access.may_write, thing=events.by_code)
def copy(request, event):
    """A new draft with the words of this event."""
    form = Copy(request.POST or None)
    if request.method == "POST" and (form.is_valid() or not request.POST):
        starts_at = form.cleaned_data["starts_at"] if form.is_bound else None
        made = drafts.copy(event, starts_at=starts_at, by=request.user, at=timezone.now())
        messages.success(request, _("Це нова чернетка з тими самими словами. Перевірте, що змінилося."))
        if event.campaign and made.campaign is None:
            words = _("Кампанія «%(name)s» до того дня скінчиться, тож копія до неї не належить.")
            messages.warning(request, words % {"name": event.campaign.called})
        return redirect("events:write", made.code)
    words = {
        "title": _("Зробити копію: %(name)s?") % {"name": event},
        "lead": _("Вийде нова чернетка: ті самі слова, місце й партнери. Цей захід не зміниться."),
        "act": _("Зробити копію"),
    }
    return _asked(request, event, form, **words)


@allowed(access.may_write, thing=events.by_code)
def repeat(request, event):
    """Drafts of the same meeting on further days."""
    form = Repeat(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = drafts.repeat(event, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            count = len(made)
            words = ngettext("Створено %(n)s чернетку.", "Створено %(n)s чернеток.", count) % {"n": count}
            messages.success(request, words if made else _("Усі ці дні в циклі вже є."))
            return redirect("events:write", event.code)
    words = {
        "title": _("Повторювати: %(name)s") % {"name": event},
        "lead": _("На кожен день вийде окрема чернетка. Їх можна міняти, подавати чи прибирати поодинці."),
        "act": _("Створити чернетки"),
    }
    return _asked(request, event, form, **words)


@allowed(access.may_write, thing=events.by_code)
def remove(request, event):
    """Ask before a draft is thrown away, and do it."""
    if request.method == "POST":
        try:
            drafts.remove(event, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("events:write", event.code)
        messages.success(request, _("Чернетку прибрано."))
        return redirect("events:mine")
    if event.state != State.DRAFT:
        return redirect("events:write", event.code)
    words = {
        "title": _("Прибрати чернетку: %(name)s?") % {"name": event},
        "lead": _("Повернути її не можна. Нікому, крім ваших колег, вона не була видна."),
        "act": _("Прибрати"),
        "danger": True,
    }
    return _asked(request, event, None, **words)
