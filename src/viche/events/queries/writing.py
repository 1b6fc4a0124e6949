"""What organisers read: their own events, what they may write for, and what an event still lacks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.events.choices import Entry, Group, Mode, ReportState, State
from viche.events.models import Campaign, Event, Policy, Series
from viche.events.queries.finding import LONGEST
from viche.methods import earth, words
from viche.methods.earth import Point
from viche.people import queries as people
from viche.people.models import Organisation, User
from viche.programmes import queries as programmes
from viche.programmes.models import Participant, Programme
from viche.ui import wording

COLUMNS = [
    "code",
    "title",
    "state",
    "format",
    "mode",
    "starts_at",
    "ends_at",
    "programme",
    "campaign",
    "organisation",
    "hromada",
    "venue",
    "answer_due_on",
    "heads",
]


class Frame(NamedTuple):
    """Where an event may belong: a programme, or a campaign of it."""

    programme: Programme
    campaign: Campaign | None = None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return self.campaign.code if self.campaign else f"programme-{self.programme.code}"

    @property
    def words(self) -> str:
        """What people call it."""
        return self.campaign.called if self.campaign else self.programme.called


class Fault(NamedTuple):
    """What keeps an event from being submitted, and the field where it is mended."""

    field: str
    sentence: str


def mine(user: User, *, q: str = "", state: str = "") -> QuerySet[Event]:
    """Events of the person's organisations and the person's own."""
    own = Q(organisation__in=list(people.written_for(user).values_list("pk", flat=True))) | Q(
        organisation=None, author=user
    )
    found = Event.objects.filter(own).select_related(
        "programme", "campaign", "organisation", "hromada__oblast", "report"
    )
    if q:
        found = found.filter(haystack__contains=words.fold(q))
    return found.filter(state=state) if state else found


def rows(events: Iterable[Event]) -> Iterator[list[Any]]:
    """A row per event, in the order of `COLUMNS`."""
    for event in events:
        yield [
            event.code,
            event.title,
            event.state,
            event.format,
            event.mode,
            event.starts_at,
            event.ends_at,
            event.programme.code,
            event.campaign.code if event.campaign else None,
            event.organisation.name if event.organisation else None,
            event.hromada.name if event.hromada else None,
            event.venue,
            event.answer_due_on,
            event.heads,
        ]


def frames(user: User, at: datetime) -> list[Frame]:
    """Campaigns and programmes under way or to come, whose events the person may begin: campaigns first. Two queries."""
    today = localdate(at)
    seen = list(programmes.visible_to(user).filter(ends_on__gte=today))
    by_key = {programme.pk: programme for programme in seen}
    campaigns = Campaign.objects.filter(programme__in=by_key, ends_on__gte=today, is_public=True).order_by(
        "starts_on", "code"
    )
    dated = [Frame(by_key[one.programme_id], one) for one in campaigns]
    return [*dated, *(Frame(programme) for programme in seen)]


def hosts(user: User) -> list[Organisation]:
    """The organisations in whose name the person may hold events."""
    return list(people.written_for(user))


def policy_of(programme: Programme) -> Policy:
    """The rules of a programme, as they are where nobody has changed them."""
    return Policy.objects.filter(programme=programme).first() or Policy(programme=programme)


def is_trusted(event: Event, policy: Policy) -> bool:
    """Whether the event appears without anybody looking at it first: its organisation takes part in the programme."""
    return not is_outside_campaign(event) and is_trusted_host(event.programme, event.organisation_id, policy)


def is_outside_campaign(event: Event) -> bool:
    """Whether it begins on a day on which its campaign is not: somebody of the programme looks at it first."""
    campaign = event.campaign
    if campaign is None or event.starts_at is None:
        return False
    return not campaign.starts_on <= localdate(event.starts_at) <= campaign.ends_on


def is_trusted_host(programme: Programme, organisation: int | None, policy: Policy) -> bool:
    """Whether events of the organisation of this key appear in the programme without anybody looking at them first."""
    if organisation is None or not policy.trusts_participants:
        return False
    return Participant.objects.filter(programme=programme, organisation=organisation).exists()


def organisations_named(lines: Sequence[str]) -> dict[str, Organisation]:
    """Who is registered by this EDRPOU or under exactly this name, by line; a name of several is nobody's. One query."""
    rows = Organisation.objects.filter(Q(edrpou__in=lines) | Q(name__in=lines)) if lines else []
    named: dict[str, list[Organisation]] = {}
    for one in rows:
        for key in {one.edrpou, one.name}:
            named.setdefault(key, []).append(one)
    return {line: named[line][0] for line in lines if len(named.get(line, [])) == 1}


def invited_to(event: Event) -> list[Organisation]:
    """Whom the event invites by name."""
    return list(event.invited.order_by("sort_key", "pk"))


def standing(event: Event, at: datetime) -> tuple[str, str]:
    """How the event stands for its organiser: the kind of rhomb, and words."""
    if event.state == State.PUBLISHED:
        return _reported(event) if event.has_ended(at) else ("open", str(State.PUBLISHED.label))
    kinds = {
        State.DRAFT: "draft",
        State.SUBMITTED: "told",
        State.RETURNED: "soon",
        State.DECLINED: "closed",
        State.POSTPONED: "soon",
        State.CANCELLED: "closed",
    }
    return kinds[State(event.state)], str(State(event.state).label)


def _reported(event: Event) -> tuple[str, str]:
    """How an event that was held stands: by its report, if it has one."""
    report = getattr(event, "report", None)
    return {
        ReportState.SUBMITTED: ("told", _("відбувся, звіт на перевірці")),
        ReportState.RETURNED: ("soon", _("відбувся, звіт повернуто з питаннями")),
        ReportState.ACCEPTED: ("verified", _("відбувся, звіт прийнято")),
    }.get(report.state if report else None, ("held", _("відбувся, чекає на звіт")))


def series_for(event: Event) -> list[Series]:
    """The series that the event may join: its organiser's, those it is a member of, and open ones of its oblast. One query.

    Open is a series that nobody receives and to which nobody was written down.
    """
    host = event.organisation
    mine = Q(created_by=event.author_id, organisation=None) if host is None else Q(organisation=host) | Q(members=host)
    home = host.hromada.oblast_id if host else event.oblast_id
    near = Q(organisation=None, members=None) & (Q(oblast=None) | Q(oblast=home))
    found = Series.objects.filter(Q(pk=event.series_id) | Q(mine | near, programme=event.programme_id))
    return list(found.distinct().order_by("kind", "name", "pk"))


def of_series(event: Event) -> list[Event]:
    """The other meetings of the event's series, by their days."""
    if event.series_id is None:
        return []
    return list(Event.objects.filter(series=event.series_id).exclude(pk=event.pk).order_by("starts_at", "pk"))


def faults(event: Event) -> list[Fault]:
    """Everything that keeps the event from being submitted, in the order of the form."""
    found = [Fault(name, _unread(name, typed)) for name, typed in event.unread.items()]
    told = {fault.field for fault in found}
    found += [
        fault
        for fault in (*_lacking(event), *impossible_time(event), *_lacking_place(event))
        if fault.field not in told
    ]
    return found


def impossible_time(event: Event) -> list[Fault]:
    """What no event may be, wherever its moments come from: over before it begins, too long, open to registering too long."""
    starts, ends, closes = event.starts_at, event.ends_at, event.registration_closes_at
    found = []
    if starts and ends and ends <= starts:
        found.append(Fault("ends_at", _("Кінець раніше за початок. Перевірте день і час.")))
    elif starts and ends and ends - starts > LONGEST:
        days = (ends - starts).days
        sentence = _("Виходить %(days)s днів, а захід триває щонайбільше 31. Перевірте рік і місяць.")
        found.append(Fault("ends_at", sentence % {"days": days}))
    if starts and closes and closes > starts:
        found.append(Fault("registration_closes_at", _("Реєстрація закривається не пізніше за початок заходу.")))
    return found


def _unread(name: str, typed: str) -> str:
    group = name.removeprefix("group_")
    if group != name:
        field = str(Group(group).label)
    else:
        named = {"point": _("точка на мапі"), "series": _("цикл"), "component": _("складова програми")}
        field = named.get(name) or str(Event._meta.get_field(name).verbose_name)  # noqa: SLF001 — Django documents it
    typed = typed.replace("T", " ") if name.endswith("_at") else typed
    return _("%(field)s: виправте «%(typed)s».") % {"field": field[:1].upper() + field[1:], "typed": typed[:80]}


def _lacking(event: Event) -> list[Fault]:
    asked = (
        ("title", event.title, _("Назвіть захід.")),
        ("format", event.format, _("Виберіть формат.")),
        ("starts_at", event.starts_at, _("Напишіть, коли захід починається.")),
        ("ends_at", event.ends_at, _("Напишіть, коли захід закінчується.")),
    )
    return [Fault(name, sentence) for name, value, sentence in asked if not value]


def _lacking_place(event: Event) -> list[Fault]:
    found = []
    if event.mode != Mode.ONLINE:
        if event.hromada_id is None and not event.country:
            found.append(Fault("hromada", _("Виберіть громаду, а якщо захід за кордоном – напишіть країну.")))
        if not (event.venue or event.address):
            found.append(Fault("venue", _("Напишіть, де збираємося: назву місця або адресу.")))
    if event.entry == Entry.INVITED and event.pk and not event.invited.exists():
        found.append(Fault("invited", _("Назвіть запрошені організації.")))
    return found


def warnings(event: Event, *, at: datetime) -> list[Fault]:
    """What looks odd or would help people, but refuses nothing."""
    found = [*odd_time(event, at), *_odd_place(event)]
    if event.is_place_private and event.entry == Entry.FREE:
        sentence = _("Точне місце дізнаються лише зареєстровані, тож люди реєструватимуться, хоча вхід і вільний.")
        found.append(Fault("is_place_private", sentence))
    if event.mode != Mode.ONLINE and not event.shelter and not event.country:
        found.append(Fault("shelter", _("Допишіть, де найближче укриття: люди на це зважають.")))
    if event.is_online and not event.online_link:
        found.append(Fault("online_link", _("Посилання для участі онлайн ще немає. Його можна додати й пізніше.")))
    if not event.about:
        found.append(Fault("about", _("Напишіть кілька речень, про що захід: за ними вирішують, чи йти.")))
    return found


def odd_time(event: Event, at: datetime) -> list[Fault]:
    """A time that is over, or a day on which the campaign is not."""
    found = []
    if event.starts_at and event.starts_at <= at:
        found.append(Fault("starts_at", _("Цей час уже минув. Перевірте день і рік.")))
    if event.campaign and is_outside_campaign(event):
        days = wording.period(event.campaign.starts_on, event.campaign.ends_on)
        sentence = _("Кампанія триває %(days)s, а захід в інший день. Спершу його подивиться програма.")
        found.append(Fault("starts_at", sentence % {"days": days}))
    return found


def _odd_place(event: Event) -> list[Fault]:
    """A point that lies farther from the middle of its hromada than the programme finds believable."""
    hromada = event.hromada
    if event.latitude is None or event.longitude is None or hromada is None or hromada.latitude is None:
        return []
    apart = earth.kilometres(Point(event.latitude, event.longitude), Point(hromada.latitude, hromada.longitude or 0.0))
    if apart <= policy_of(event.programme).far_km:
        return []
    sentence = _("Точка на мапі за %(km)s км від громади %(hromada)s. Перевірте, чи широта й довгота на своїх місцях.")
    return [Fault("point", sentence % {"km": wording.number(round(apart)), "hromada": hromada.called})]
