"""What needs somebody in the programmes in which this person works."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.awards.queries import waiting
from viche.calls.choices import CallState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.calls.queries import states, ties
from viche.events.access import READERS
from viche.events.queries import waiting as events
from viche.mail import queries as mail
from viche.people.access import is_administrator
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.programmes.access import OFFICE
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme
from viche.reviews.queries import assignments
from viche.ui import wording

NEEDS = {
    "prepared": ("soon", lambda n: ngettext("%(n)s угоду готують", "%(n)s угод готують", n)),
    "check": ("soon", lambda n: ngettext("%(n)s звіт чекає на перевірку", "%(n)s звітів чекають на перевірку", n)),
    "pay": ("soon", lambda n: ngettext("%(n)s підтримка чекає на транш", "%(n)s підтримок чекають на транш", n)),
    "late": ("late", lambda n: ngettext("%(n)s звіт прострочено", "%(n)s звітів прострочено", n)),
    "close": ("told", lambda n: ngettext("%(n)s підтримку можна завершити", "%(n)s підтримок можна завершити", n)),
}

EVENT_NEEDS = {
    "overdue": (
        "late",
        lambda n: ngettext("%(n)s захід чекає довше, ніж обіцяно", "%(n)s заходів чекають довше, ніж обіцяно", n),
    ),
    "answer": ("soon", lambda n: ngettext("%(n)s захід чекає на відповідь", "%(n)s заходів чекають на відповідь", n)),
    "report": (
        "soon",
        lambda n: ngettext(
            "%(n)s звіт про захід чекає на перевірку", "%(n)s звітів про заходи чекають на перевірку", n
        ),
    ),
}


@dataclass(frozen=True)
class Need:
    """Something that needs somebody: the rhomb, the words, where to."""

    kind: str
    words: str
    href: str


@dataclass
class Place:
    """A programme with what this person does there, its living calls and what needs them."""

    programme: Programme
    duties: list[str]
    manages: bool
    sees_office: bool
    reviews: bool
    answers: bool
    """Whether the person reads the events' office."""
    moderates: bool
    """Whether the person answers events: all, or those of the own oblasts."""
    calls: list[states.Described] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    office: events.Office = field(default_factory=events.Office)
    """What waits in the events' office for this person, and which event is the nearest."""


def of(user: User, at: datetime) -> list[Place]:
    """The programmes of the person, those under way first. Ten queries however many programmes."""
    on = localdate(at)
    places = _places(user, at)
    seen = [one.programme.pk for one in places if one.sees_office]
    calls = _calls(seen)
    judged = [call for call in calls if call.stage == Stage.SCHEDULED]
    progress = assignments.progress(judged, on, ties.shut(user, judged))
    lacking = _without_award(seen)
    awards = waiting.for_offices(seen, on)
    letters = _undelivered([one.programme.code for one in places if one.manages])
    for place in places:
        answers = list(_of_events(place.programme.code, place.office, at))
        own = [call for call in calls if call.programme_id == place.programme.pk]
        place.calls = [states.described(call, at) for call in own if call.stage != Stage.DECIDED]
        place.needs = answers
        if place.manages:
            code = place.programme.code
            place.needs = [
                *answers,
                *_of_calls(own, progress, at),
                *_of_awards(code, awards.get(place.programme.pk, {}), lacking.get(place.programme.pk, [])),
                *_of_letters(code, letters.get(code, 0)),
            ]
    return places


def _places(user: User, at: datetime) -> list[Place]:
    """Where the person works, with what waits there among the events they answer: all of them, or those of the own oblasts."""
    everything = is_administrator(user)
    all_of_them = events.by_programmes(Programme.objects.all(), at)
    held: dict[int, list] = {}
    worked: dict[int, Programme] = {one.pk: one for one in all_of_them} if everything else {}
    for role in events.by_roles(programmes.roles_held(user), at):
        held.setdefault(role.programme_id, []).append(role)
        worked.setdefault(role.programme_id, role.programme)
    found = []
    for programme in worked.values():
        answering = [programme] if everything else events.that_answer(held.get(programme.pk, []))
        kinds = {role.kind for role in held.get(programme.pk, [])}
        duties = [str(role.get_kind_display()) for role in held.get(programme.pk, [])]
        found.append(
            Place(
                programme=programme,
                duties=duties or [_("адміністратор установки")],
                manages=everything or RoleKind.OFFICER in kinds,
                sees_office=everything or bool(kinds & set(OFFICE)),
                reviews=RoleKind.REVIEWER in kinds,
                answers=everything or bool(kinds & set(READERS)),
                moderates=bool(answering),
                office=events.of(answering),
            )
        )
    return sorted(found, key=lambda place: _order(place.programme, localdate(at)))


def _order(programme: Programme, on: date) -> tuple[bool, int, str]:
    """Those under way first, of them the latest begun."""
    return programme.ends_on < on, -programme.starts_on.toordinal(), programme.code


def _calls(seen: list[int]) -> list[Call]:
    """Calls with which an office is not done: all but those cancelled, and those decided and told."""
    done = Q(stage=Stage.CANCELLED) | (Q(stage=Stage.DECIDED) & Q(panel__told_at__isnull=False))
    found = Call.objects.filter(programme__in=seen).exclude(done).select_related("programme", "panel")
    return list(found.order_by(F("closes_at").asc(nulls_last=True), "code"))


def _without_award(seen: list[int]) -> dict[int, list[tuple[str, str, int]]]:
    """By programme: code and name of decided calls, and how many of their supported applications have no award yet."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    rows = (
        Application.objects.filter(
            call__programme__in=seen, call__stage=Stage.DECIDED, outcome=Outcome.SUPPORTED, award__isnull=True
        )
        .order_by()
        .values_list("call__programme", "call__code", "call__title", "call__title_en")
        .annotate(Count("pk"))
    )
    for programme, code, title, title_en, count in rows:
        called = (wording.language() == "en" and title_en) or title
        found.setdefault(programme, []).append((code, called, count))
    return found


def _undelivered(codes: list[str]) -> dict[str, int]:
    rows = mail.undelivered().filter(programme_code__in=codes).order_by()
    return dict(rows.values_list("programme_code").annotate(Count("pk")))


def _of_calls(calls: Iterable[Call], progress: dict[int, dict[str, int]], at: datetime) -> Iterator[Need]:
    for call in calls:
        state = call.state(at)
        about = {"call": call.called}
        office = reverse("calls:office", args=[call.programme.code, call.code])
        if state == CallState.DRAFT:
            yield Need("draft", _("Дописати й оголосити: %(call)s") % about, office)
        elif state == CallState.OPEN and call.closes_at and call.closes_at - at <= states.SOON:
            yield Need("soon", f"{call.called}: {states.described(call, at).words}", office)
        elif state == CallState.CLOSED:
            yield from _of_review(call, progress.get(call.pk, {}))
        elif state == CallState.ASSESSED:
            panel = reverse("reviews:panel", args=[call.programme.code, call.code])
            yield Need("soon", _("Записати рішення комісії: %(call)s") % about, panel)


def _of_review(call: Call, counted: dict[str, int]) -> Iterator[Need]:
    about = {"call": call.called}
    href = reverse("reviews:office", args=[call.programme.code, call.code])
    missing = counted.get("wanted", 0) - counted.get("given", 0)
    if counted.get("late"):
        n = counted["late"]
        words = ngettext("%(n)s оцінку прострочено: %(call)s", "%(n)s оцінок прострочено: %(call)s", n)
        yield Need("late", words % {"n": n, **about}, href)
    if missing > 0:
        words = ngettext("Призначити ще %(n)s оцінку: %(call)s", "Призначити ще %(n)s оцінок: %(call)s", missing)
        yield Need("soon", words % {"n": missing, **about}, href)
    elif counted.get("done", 0) >= counted.get("wanted", 0):
        yield Need("soon", _("Усе оцінено, завершіть оцінювання: %(call)s") % about, href)
    elif not counted.get("late"):
        words = _("Здано %(done)s із %(wanted)s оцінок: %(call)s")
        yield Need("told", words % {"done": counted["done"], "wanted": counted["wanted"], **about}, href)


def _of_awards(code: str, counted: dict[str, int], lacking: list[tuple[str, str, int]]) -> Iterator[Need]:
    address = reverse("awards:office_list", args=[code])
    for call, title, count in lacking:
        words = ngettext("Підготувати %(n)s угоду: %(call)s", "Підготувати %(n)s угод: %(call)s", count)
        yield Need("soon", words % {"n": count, "call": title}, reverse("awards:office_prepare", args=[code, call]))
    for name, (kind, words) in NEEDS.items():
        if n := counted.get(name, 0):
            yield Need(kind, words(n) % {"n": n}, f"{address}?needs={name}")


def _of_events(code: str, found: events.Office, at: datetime) -> Iterator[Need]:
    address = reverse("events:office_list", args=[code])
    counted = {"overdue": found.late, "answer": found.answers, "report": found.reports}
    for name, (kind, words) in EVENT_NEEDS.items():
        if n := counted[name]:
            yield Need(kind, words(n) % {"n": n}, f"{address}?needs={name}#list")
    if found.next_at:
        told = {"left": wording.left(found.next_at, at), "title": found.next_title}
        href = reverse("events:office", args=[code, found.next_code])
        yield Need("told", _("Найближчий захід: %(title)s. %(left)s") % told, href)


def _of_letters(code: str, count: int) -> Iterator[Need]:
    if count:
        words = ngettext("%(n)s лист не дійшов", "%(n)s листів не дійшли", count) % {"n": count}
        yield Need("failed", words, f"{reverse('site:office_letters', args=[code])}?state=lost")
