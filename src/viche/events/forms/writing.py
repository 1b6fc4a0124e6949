"""What organisers type about an event. A draft is kept whatever stands in it: what cannot be read is kept as it was typed."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Access, Entry, Format, Goal, Group, Mode, Spoken, Voice
from viche.events.fields import LinesField, OrganisationsField, PlainMomentField, PointField, TagsField
from viche.events.models import Event
from viche.events.queries import framing, writing
from viche.methods import earth
from viche.methods.earth import Point
from viche.places.fields import HromadaField
from viche.programmes import queries as programmes
from viche.ui import forms as ui

GROUPED = "group_"
# The form's parts: key, fields in their order (those of a tuple stand beside each other), whether it always stands open.
PARTS = (
    ("what", ("title", "format", ("starts_at", "ends_at"), "about", "component", "series"), True),
    ("where", ("mode", "hromada", "venue", "online_link"), True),
    ("exact", ("address", ("point", "country"), "is_place_private"), False),
    ("entry", ("entry", "languages", "access", "shelter"), True),
    ("seats", (("capacity", "registration_closes_at"), "invited"), False),
    ("hosts", ("organisers", "partners", ("speakers_women", "speakers_men"), "speakers_unknown"), False),
    ("heard", (*(f"{GROUPED}{group}" for group in Group.values), "voices"), False),
    ("found", ("goals", "hashtags"), False),
)
HEADS = {
    "what": _("Що і коли"),
    "where": _("Де"),
    "exact": _("Точніше про місце"),
    "entry": _("Хто і як прийде"),
    "seats": _("Місця й запрошені"),
    "hosts": _("Хто проводить і виступає"),
    "heard": _("Кого почують"),
    "found": _("За чим знайдуть"),
}
HELPS = {
    "heard": _("Напишіть біля групи, як саме ви її долучаєте. Порожнє – група не бере участі."),
}
# Parts in which a campaign's rules are met.
RULED = {"hosts": {"speakers", "partners"}, "heard": {"groups", "voices"}}
# What is said at one field speaks of these.
MARKED = {"speakers_women": ("speakers_women", "speakers_men")}
# What people were told and registered for changes by moving the event, not by mending its text.
MOMENTS = ("starts_at", "ends_at", "registration_closes_at")
FIXED = ("starts_at", "ends_at", "mode", "entry", "invited")


def boxes(label, choices, **more):
    """A set of boxes of which none needs to be ticked."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, **more)


def heads(label):
    """A number of speakers."""
    return ui.NumberField(label=label, least=0, most=999, required=False)


class Writing(ui.Form):
    """All that may be said of an event; only its title, format and time are asked of everybody."""

    title = ui.TextField(label=_("Назва"), max_length=200)
    format = forms.ChoiceField(label=_("Формат"), choices=[("", _("виберіть")), *Format.choices])
    starts_at = PlainMomentField(label=_("Початок"), help_text=_("За київським часом."))
    ends_at = PlainMomentField(label=_("Кінець"), help_text=_("За київським часом."))
    about = ui.TextField(label=_("Про захід"), long=True, max_length=4000, required=False)
    component = forms.TypedChoiceField(label=_("Складова програми"), required=False, coerce=int, empty_value=None)
    series = forms.TypedChoiceField(
        label=_("Цикл"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Пресклуб чи низка зустрічей, до якої належить захід."),
    )
    mode = forms.ChoiceField(
        label=_("Наживо чи онлайн"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.IN_PERSON
    )
    hromada = HromadaField(required=False)
    venue = ui.TextField(label=_("Місце"), max_length=200, required=False, help_text=_("Наприклад: читальна зала."))
    address = ui.TextField(label=_("Адреса"), max_length=250, required=False)
    point = PointField(
        label=_("Точка на мапі"), required=False, help_text=_("Широта й довгота, як їх копіює мапа: 49.5883, 34.5514.")
    )
    country = ui.TextField(label=_("Країна, якщо не в Україні"), max_length=60, required=False)
    online_link = forms.URLField(
        label=_("Посилання для участі онлайн"), max_length=500, required=False, assume_scheme="https"
    )
    is_place_private = forms.BooleanField(
        label=_("Точне місце й посилання бачать лише зареєстровані"),
        help_text=_("Усі інші бачать громаду."),
        required=False,
    )
    entry = forms.ChoiceField(
        label=_("Як потрапити"), choices=Entry.choices, widget=forms.RadioSelect, initial=Entry.FREE
    )
    capacity = ui.NumberField(
        label=_("Скільки місць"), least=1, most=100_000, required=False, help_text=_("Порожнє – без обмеження.")
    )
    registration_closes_at = PlainMomentField(label=_("Реєстрація до"), required=False)
    invited = OrganisationsField(
        label=_("Запрошені організації"),
        required=False,
        help_text=_("По одній у рядку: ЄДРПОУ або точна назва. Лише для заходу на запрошення."),
    )
    languages = boxes(_("Мова"), Spoken.choices)
    access = boxes(_("Доступність"), Access.choices)
    shelter = ui.TextField(label=_("Найближче укриття"), max_length=250, required=False)
    organisers = ui.TextField(label=_("Хто ще організовує"), max_length=300, required=False)
    partners = LinesField(label=_("Партнери"), most=20, longest=200, required=False, help_text=_("По одному в рядку."))
    speakers_women = heads(_("Скільки жінок виступає"))
    speakers_men = heads(_("Скільки чоловіків виступає"))
    speakers_unknown = heads(_("Про скількох ще не відомо"))
    voices = boxes(_("Чиї голоси почують"), Voice.choices)
    goals = forms.TypedMultipleChoiceField(
        label=_("Цілі сталого розвитку"),
        choices=[(goal.value, format_lazy("{}. {}", goal.value, goal.label)) for goal in Goal],
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    hashtags = TagsField(label=_("Хештеги"), required=False)

    def __init__(self, *args, event, **kwargs):
        """Show what the event says; of a shown event leave out what only moving it may change."""
        super().__init__(*args, initial=initial_of(event), **kwargs)
        self.event = event
        for group in Group:
            label = str(group.label)[:1].upper() + str(group.label)[1:]
            self.fields[f"{GROUPED}{group.value}"] = ui.TextField(label=label, max_length=300, required=False)
        parts = [(part.pk, part.called) for part in programmes.components(event.programme)]
        self.fields["component"].choices = [("", _("не вибрано")), *parts]
        cycles = [(one.pk, one.name) for one in writing.series_for(event)]
        self.fields["series"].choices = [("", _("не належить до жодного")), *cycles]
        for name, choices in (("component", parts), ("series", cycles)):
            if not choices:
                del self.fields[name]
        if event.is_shown:
            for name in FIXED:
                del self.fields[name]
        self.told = {}
        self.speak()

    def hear(self, verdict):
        """Say at each field what the campaign's rules of inclusion find there; the field names it as its description."""
        self.told = {told.field: told for told in verdict}
        for told in verdict:
            for name in MARKED.get(told.field, (told.field,)):
                self.fields[name].marked_by = told.mark

    def full_clean(self):
        """Keep in sight a moment that a browser's own field could not show."""
        super().full_clean()
        for name in set(self.errors) & {"starts_at", "ends_at", "registration_closes_at"}:
            self.fields[name].keep_in_sight(self[name].value())

    def clean(self):
        """Check what two answers say together."""
        said = super().clean()
        self._check_time(said)
        place = said.get("point")
        if place and earth.is_abroad(place) and not said.get("country"):
            self.add_error(
                "point",
                _("Ця точка за межами України. Перевірте, чи широта стоїть перед довготою, або напишіть країну."),
            )
        return said

    def _check_time(self, said):
        """Check the moments as they would stand together; what only moving may change stands as it is."""
        moments = {name: said.get(name) if name in self.fields else getattr(self.event, name) for name in MOMENTS}
        for fault in writing.impossible_time(Event(**moments)):
            self.add_error(fault.field if fault.field in self.fields else None, fault.sentence)

    @property
    def unread(self):
        """What was typed and could not be read, by field, as it was typed."""
        return {name: typed for name in self.mistaken for typed in [self[name].value()] if isinstance(typed, str)}

    @property
    def mistaken(self):
        """The fields in which something is wrong; those that are only empty may wait."""
        wrong = self.errors.as_data().items()
        return [name for name, faults in wrong if any(one.code != "required" for one in faults)]

    def forgive(self):
        """Say nothing yet of what is only empty."""
        for name in set(self.errors) - set(self.mistaken):
            del self.errors[name]

    @property
    def values(self):
        """What the event says by this form: each field that it has; what could not be read stands empty."""
        said, place = dict(self.cleaned_data), self.cleaned_data.get("point")
        said |= {"latitude": place.latitude if place else None, "longitude": place.longitude if place else None}
        said["groups"] = [
            {"group": group, "how": said[f"{GROUPED}{group}"]}
            for group in Group.values
            if said.get(f"{GROUPED}{group}")
        ]
        names = [name for name in self.fields if name != "point" and not name.startswith(GROUPED)]
        kept = {name: said.get(name) for name in (*names, "latitude", "longitude", "groups")}
        for name in {"component", "series"} & set(kept):
            kept[f"{name}_id"] = kept.pop(name)
        return {name: empty(name) if value is None else value for name, value in kept.items()}

    @property
    def parts(self):
        """The parts of the page: head, help, fields in rows each with what a rule says of it, whether it folds and stands open."""
        ruled = {rule.name for rule in framing.readable(self.event.campaign.rules)} if self.event.campaign else set()
        for key, rows, always in PARTS:
            drawn = [[self[name] for name in named(row) if name in self.fields] for row in rows]
            drawn = [(self.told.get(row[0].name), row) for row in drawn if row]
            bounds = [bound for _told, row in drawn for bound in row]
            used = key != "found" and any(bound.value() for bound in bounds)
            yield {
                "key": key,
                "head": HEADS[key],
                "help": HELPS.get(key, ""),
                "rows": drawn,
                "folds": not always,
                "open": used or bool(ruled & RULED.get(key, set())) or any(bound.errors for bound in bounds),
            }


def named(row):
    """The names of one row of a part."""
    return (row,) if isinstance(row, str) else row


def empty(name):
    """What an event says where nothing could be read."""
    return [] if name == "invited" else Event._meta.get_field(name).get_default()  # noqa: SLF001 — Django documents it


def initial_of(event):
    """What the form shows of an event."""
    every = [name for _key, rows, _always in PARTS for row in rows for name in named(row)]
    plain = [name for name in every if not name.startswith(GROUPED)]
    initial = {name: getattr(event, name) for name in plain if name not in {"point", "invited", "component", "series"}}
    initial |= {"component": event.component_id, "series": event.series_id}
    initial["invited"] = writing.invited_to(event)
    if event.latitude is not None:
        initial["point"] = Point(event.latitude, event.longitude)
    for one in event.groups:
        initial[f"{GROUPED}{one['group']}"] = one["how"]
    for name in ("speakers_women", "speakers_men", "speakers_unknown"):
        initial[name] = initial[name] or None
    return initial
