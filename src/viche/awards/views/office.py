"""The office of awards: the list with what needs one, an award, and the acts that ask first: agree, pay, close, end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from viche.awards import access, exports
from viche.awards.forms import NEEDS, Agreement, Done, Mistake, OfficeSearch, Payment, Why
from viche.awards.operations import granting, obstacles, rules
from viche.awards.queries import awards, balance, reading, states, waiting
from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.ui import listing, paging, wording
from viche.ui.access import allowed
from viche.ui.forms import refuse

ORDERS = {
    "awarded": "awarded_on",
    "code": "code",
    "organisation": "organisation__sort_key",
    "amount": "amount",
    "state": "state",
    "ends": "ends_on",
}
DEFAULT = "-awarded"


def _chosen(request, programme, on):
    search = OfficeSearch(request.GET)
    asked = search.asked()
    found = awards.of_office(programme, on, **asked)
    return search, asked, listing.ordered(request, found, ORDERS, default=DEFAULT)


@allowed(access.may_see_programme, thing=programmes.programme)
def award_list(request, programme):
    """The awards of the programme, and what they need."""
    on = localdate(timezone.now())
    search, asked, found = _chosen(request, programme, on)
    sums = awards.sums(awards.groups(awards.of_office(programme, on, **asked)))
    page = paging.page(request, found, count=sums.count)
    counts = waiting.for_office(programme, on)
    context = {
        "programme": programme,
        "search": search,
        "page": page,
        "rows": [_row(award, on) for award in page],
        "needs": [
            {"label": words, "value": counts[name], "href": f"?needs={name}#list"}
            for name, words in NEEDS
            if name and counts[name]
        ],
        "calls": list(awards.undecided_calls(programme)),
        "sums": sums,
        "may_manage": access.may_manage_programme(request.user, programme),
        "order": DEFAULT,
    }
    return render(request, "awards/office/list.html", context)


def _row(award, on):
    reports, tranches = list(award.reports.all()), list(award.tranches.all())
    return {
        "award": award,
        "said": states.of_award(award),
        "paid": awards.paid(tranches),
        "next": states.next_for_office(award, reports, tranches, on),
    }


@allowed(access.may_see_programme, thing=programmes.programme, also=("ending",))
def award_file(request, programme, ending):
    """The same list for programs."""
    _search, _asked, found = _chosen(request, programme, localdate(timezone.now()))
    name = f"{programme.code}-awards"
    rows = exports.office_rows(listing.through(found))
    return listing.answer(request, ending=ending, columns=exports.OFFICE_COLUMNS, rows=rows, filename=name)


@require_POST
@allowed(access.may_prepare, thing=awards.call_of)
def prepare(request, call):
    """Make awards of a decided call's supported applications."""
    try:
        made = granting.prepare_all(call, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        words = ngettext("Підготовлено %(n)s угоду.", "Підготовлено %(n)s угод.", len(made)) % {"n": len(made)}
        messages.success(request, words if made else _("Усі підтримані заявки вже мають угоди."))
    return redirect("awards:office_list", call.programme.code)


@allowed(access.may_see_office, thing=awards.in_programme)
def award(request, award):
    """One award: where it stands, what is next, money, reports."""
    on = localdate(timezone.now())
    reports, tranches = awards.parts(award)
    may_manage = access.may_manage(request.user, award)
    tied = rules.tied() if access.is_tied(request.user, award) else ""
    context = {
        "programme": award.programme,
        "award": award,
        "said": states.of_award(award),
        "next": states.next_for_office(award, reports, tranches, on),
        "reports": [(report, states.of_report(report, on)) for report in reports],
        "tranches": [(tranche, states.of_tranche(tranche, office=True)) for tranche in tranches],
        "paid": awards.paid(tranches),
        "steps": states.steps(award, reports, tranches),
        "balance": balance.of(award, reports, tranches) if award.is_agreed else None,
        "told_of_money": any(report.is_final and report.submitted_at for report in reports),
        "ready": awards.is_ready_to_close(award, reports, tranches),
        "photographs": reading.photographs_in_office(award).count(),
        "may_manage": may_manage,
        "may_read_application": access.may_read_application(request.user, award),
        "tied": tied,
        "may_settle": may_manage and not tied,
    }
    return render(request, "awards/office/award.html", context)


def _asked(request, award, form, act, *, title, button, done, missing, lead="", danger=False):
    """A page that asks before it does one thing to an award; while something is `missing` it says so, without a form."""
    status, tied = 200, access.is_tied(request.user, award)
    if tied:
        status = 403
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refused:
                refuse(form, refused)
                status = refused.status
            else:
                messages.success(request, done)
                return redirect("awards:office", award.programme.code, award.code)
    context = {
        "programme": award.programme,
        "award": award,
        "form": form,
        "title": title,
        "act": button,
        "lead": "" if missing else lead,
        "missing": missing,
        "danger": danger,
        "tied": rules.tied() if tied else "",
        "back": reverse("awards:office", args=[award.programme.code, award.code]),
    }
    return render(request, "awards/office/act.html", context, status=status)


@allowed(access.may_manage, thing=awards.in_programme)
def agree(request, award):
    """Note that the agreement is signed."""
    at = timezone.now()
    form = Agreement(request.POST or None, initial={"number": award.code, "agreed_on": localdate(at)})
    return _asked(
        request,
        award,
        form,
        lambda typed: granting.agree(award, by=request.user, at=at, **typed),
        missing=obstacles.to_agree(award),
        title=_("Угоду підписано?"),
        button=_("Угоду підписано"),
        lead=_("Від цієї миті підтримку видно всім, організація може писати звіти, а план більше не змінюється."),
        done=_("Угоду записано. Організація отримає лист."),
    )


@allowed(access.may_pay, thing=awards.tranche_in_office)
def pay(request, tranche):
    """Note that a tranche was paid; before its day only when that is said."""
    at = timezone.now()
    lead, early = (
        _("Організація отримає лист, а на публічній сторінці з’явиться ця виплата."),
        tranche.planned_on > localdate(at),
    )
    if early:
        lead += " " + wording.sentence(_("За планом: не раніше %(day)s.") % {"day": wording.day(tranche.planned_on)})
    amount = wording.money(tranche.amount, tranche.award.currency)
    return _asked(
        request,
        tranche.award,
        Payment(request.POST or None, initial={"paid_on": localdate(at)}, early=early),
        lambda typed: granting.pay(tranche, by=request.user, at=at, **typed),
        missing=obstacles.to_pay(tranche),
        title=_("Сплачено %(amount)s?") % {"amount": amount},
        button=_("Записати оплату"),
        lead=lead,
        done=_("Оплату записано."),
    )


@allowed(access.may_pay, thing=awards.tranche_in_office)
def revoke(request, tranche):
    """Ask, then take back a note of payment that was a mistake."""
    at = timezone.now()
    amount = wording.money(tranche.amount, tranche.award.currency)
    return _asked(
        request,
        tranche.award,
        Mistake(request.POST or None),
        lambda typed: granting.revoke_payment(tranche, by=request.user, at=at, **typed),
        missing=obstacles.to_revoke(tranche),
        title=_("Відкликати позначку про оплату %(amount)s?") % {"amount": amount},
        button=_("Відкликати позначку"),
        lead=_("Транш знову можна буде сплатити. Організація отримає лист, що його позначили помилково."),
        done=_("Позначку про оплату відкликано."),
        danger=True,
    )


@allowed(access.may_manage, thing=awards.in_programme)
def close(request, award):
    """Say what was done, and close."""
    at = timezone.now()
    reports, tranches = awards.parts(award)
    # Two reports may well say the same.
    told = "\n\n".join(dict.fromkeys(one.done for one in reading.told(reports) if one.done))
    money = balance.of(award, reports, tranches)
    lead = [_("Усі звіти прийнято, усе сплачено. Скажіть усім, що з цього вийшло.")]
    if money and money.left:
        lead.append(rules.figures(award, money))
    early = award.ends_on > localdate(at)
    if early:
        lead.append(wording.sentence(_("Робота за планом триває до %(day)s.") % {"day": wording.day(award.ends_on)}))
    form = Done(
        request.POST or None,
        initial={"done": told, "returned": money.returned if money else None},
        differs=bool(money and money.left),
        early=early,
        currency=award.currency,
    )
    return _asked(
        request,
        award,
        form,
        lambda typed: granting.close(award, by=request.user, at=at, **typed),
        missing=obstacles.to_close(award),
        title=_("Завершити підтримку?"),
        button=_("Завершити"),
        lead=" ".join(lead),
        done=_("Підтримку завершено."),
    )


@allowed(access.may_manage, thing=awards.in_programme)
def end(request, award):
    """Ask, then end an award before its time."""
    at = timezone.now()
    return _asked(
        request,
        award,
        Why(request.POST or None),
        lambda typed: granting.end(award, by=request.user, at=at, **typed),
        missing=obstacles.to_end(award),
        title=_("Припинити підтримку?"),
        button=_("Припинити"),
        lead=_("Несплачені транші вже не платитимуть, звітів більше не чекатимуть. Повернути це не можна."),
        done=_("Підтримку припинено."),
        danger=True,
    )
