"""The office of events: the queue and the list, one event with what its moderator needs, the answers, the rules."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from viche.events import access
from viche.events.forms.office import Decline, OfficeSearch, PolicyForm, Return
from viche.events.operations import moderation, policies
from viche.events.queries import desk, events, inclusion, mends, office_list, series, standing, telling, writing
from viche.methods import typed
from viche.methods.refusals import Refused
from viche.people import queries as people
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.ui import listing, menu, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse
from viche.ui.reading import revision_in

ORDERS = {
    "starts": "starts_at",
    "title": "title",
    "organisation": "organisation__sort_key",
    "oblast": "oblast__sort_key",
    "state": "state",
    "due": "answer_due_on",
    "people": "heads",
}
# Filters that stand on no form: other pages lead here with them.
ONLY = ("organisation", "series")


PARTS = (
    ("events:office_list", gettext_lazy("Усі заходи")),
    ("events:office_campaigns", gettext_lazy("Кампанії")),
    ("events:office_series", gettext_lazy("Цикли й пресклуби")),
    ("events:office_hubs", gettext_lazy("План і факт")),
    ("events:office_itinerary", gettext_lazy("Маршрут")),
)
RULES = ("events:office_policy", gettext_lazy("Правила"))


def framed(programme, reach=None):
    """What every page of the events' office shows around itself; with `reach`, the parts that this person may open."""
    shown = (*PARTS, RULES) if reach and reach.manages else PARTS
    return {
        "programme": programme,
        "office_tab": reverse("events:office_list", args=[programme.code]),
        "parts": menu.links(shown, programme.code) if reach else [],
    }


def _chosen(request, reach, now):
    """The search, what of it makes sense, the found events, their order, and the word of the column by which they stand."""
    search = OfficeSearch(request.GET, reach=reach, campaigns=desk.campaigns(reach.programme))
    asked = search.asked()
    only = {name: request.GET[name] for name in ONLY if typed.key(request.GET.get(name, ""))}
    column = "due" if asked["needs"] in desk.WITH_DUE else "-starts"
    order = office_list.Order(*listing.order(request, ORDERS, default=column))
    return search, {**asked, **only}, office_list.listed(reach, now, order, **asked, **only), order, column


@allowed(access.may_open, thing=desk.opened)
def event_list(request, office):
    """What waits for an answer on top, then all events of the programme that are more than drafts."""
    programme, reach = office.programme, office.reach
    now = desk.now(desk.rules(programme), timezone.now())
    search, asked, found, order, column = _chosen(request, reach, now)
    keys = office_list.keys(found, order)
    page = paging.page(request, keys[: office_list.MOST])
    plain = not any(asked.values()) and page.number == 1
    context = {
        **framed(programme, reach),
        "search": search,
        "page": page,
        "is_cut": len(keys) > office_list.MOST,
        "rows": [(event, standing.of(event, now)) for event in office_list.rows(page.items)],
        "needs": _needs(reach, now),
        "queue": [(event, standing.due(event, now)) for event in desk.queue(reach.events)] if plain else [],
        "only": _only(request, asked, programme),
        "order": column,
    }
    return render(request, "events/office/list.html", context)


def _needs(reach, now):
    """The counted links above the list: only what is there."""
    counts = desk.counts(reach, now)
    words = {
        "overdue": lambda n: ngettext("відповідь запізнилася", "відповідей запізнилося", n),
        "answer": lambda n: ngettext("захід чекає на відповідь", "заходів чекають на відповідь", n),
        "report": lambda n: ngettext("звіт чекає на перевірку", "звітів чекають на перевірку", n),
        "changed": lambda n: ngettext("захід змінено після оголошення", "заходів змінено після оголошення", n),
    }
    return [
        {"label": label(counts[name]), "value": counts[name], "href": f"?needs={name}#list"}
        for name, label in words.items()
        if counts[name]
    ]


def _only(request, asked, programme):
    """Whose events alone are shown, in words, each with the address without that; a query for each."""
    told = []
    for name, words in {"organisation": _("Лише заходи організації"), "series": _("Лише зустрічі циклу")}.items():
        if name not in asked:
            continue
        key = int(asked[name])
        found = people.by_pks([key]).get(key) if name == "organisation" else series.named(programme, key)
        if found:
            query = paging.kept_query(request, name, paging.NUMBER).rstrip("&")
            told.append({"words": words, "name": getattr(found, "called", found), "href": f"?{query}#list"})
    return told


@allowed(access.may_open, thing=desk.opened, also=("ending",))
def event_file(request, office, ending):
    """The same list for programs."""
    found, order = _chosen(request, office.reach, desk.now(desk.rules(office.programme), timezone.now()))[2:4]
    name = f"{office.programme.code}-events"
    rows = telling.rows(office_list.every(found, order))
    return listing.answer(request, ending=ending, columns=telling.COLUMNS, rows=rows, filename=name)


def _page(request, event, *, returning=None, declining=None, refused=None, status=200):
    now = desk.now(desk.rules(event.programme), timezone.now())
    may_moderate, reach = access.may_moderate(request.user, event), access.reach(request.user, event.programme)
    own = not may_moderate and access.may_write(request.user, event)
    exact = may_moderate or own
    context = {
        **framed(event.programme),
        "event": event,
        "said": standing.of(event, now),
        "facts": telling.facts(event, exact=exact),
        "groups": telling.groups(event),
        "mends": mends.rows(event, exact=exact),
        "verdict": inclusion.verdict(event),
        "outside": writing.is_outside_campaign(event),
        "duplicates": [(one, standing.of(one.event, now)) for one in desk.duplicates(event, within=reach.events)],
        "waits": event.state == "submitted",
        "may_moderate": may_moderate,
        "own": own,
        "returning": returning or Return(auto_id="return_%s"),
        "declining": declining or Decline(auto_id="decline_%s"),
        "refused": refused,
        "report_page": _report_page(event),
    }
    return render(request, "events/office/event.html", context, status=status)


def _report_page(event):
    """Where its report is read, once there is one to read."""
    report = getattr(event, "report", None)
    if report is None or report.submitted_at is None:
        return ""
    return reverse("events:office_report", args=[event.programme.code, event.code])


@allowed(access.may_see_in_office, thing=events.in_programme)
def event(request, event):
    """One event with everything its moderator needs."""
    return _page(request, event)


def _answer(request, event, form, act, *, done, where="", **read):
    """Give one of the answers, or show the page again with the sentence at its place."""
    if request.method != "POST":
        return redirect("events:office", event.programme.code, event.code)
    if form is not None and not form.is_valid():
        return _page(request, event, **{where: form}, status=422)
    try:
        act(event, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}), **read)
    except Refused as refused:
        if form is not None and refused.field in form.fields:
            refuse(form, refused)
            return _page(request, event, **{where: form}, status=refused.status)
        fresh = events.in_programme(event.programme.code, event.code)
        return _page(request, fresh, refused=refused, status=refused.status)
    messages.success(request, done)
    return redirect(f"{reverse('events:office_list', args=[event.programme.code])}?needs=answer")


@allowed(access.may_moderate, thing=events.in_programme)
def accept(request, event):
    """Announce the event."""
    done = _("Оголошено: %(title)s. Організатор отримає лист.") % {"title": event}
    return _answer(request, event, None, moderation.accept, done=done, revision=revision_in(request))


@allowed(access.may_moderate, thing=events.in_programme)
def accept_mends(request, event):
    """Say that what changed in an accepted event may stay."""
    done = _("Зміни переглянуто: %(title)s.") % {"title": event}
    return _answer(request, event, None, moderation.accept_mends, done=done, revision=revision_in(request))


@allowed(access.may_moderate, thing=events.in_programme)
def send_back(request, event):
    """Return the event with a reason."""
    form = Return(request.POST or None, auto_id="return_%s")
    done = _("Повернуто: %(title)s. Організатор отримає ваші слова листом.") % {"title": event}
    return _answer(request, event, form, moderation.send_back, done=done, where="returning")


@allowed(access.may_moderate, thing=events.in_programme)
def decline(request, event):
    """Decline the event for a reason."""
    form = Decline(request.POST or None, auto_id="decline_%s")
    done = _("Відхилено: %(title)s. Організатор отримає причину листом.") % {"title": event}
    return _answer(request, event, form, moderation.decline, done=done, where="declining")


@allowed(programmes_access.may_manage, thing=programmes.programme)
def policy(request, programme):
    """How the programme treats events."""
    form = PolicyForm(request.POST or None, instance=desk.rules(programme))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            policies.set_rules(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Правила для заходів збережено."))
            return redirect("events:office_list", programme.code)
    return render(request, "events/office/policy.html", {**framed(programme), "form": form}, status=status)
