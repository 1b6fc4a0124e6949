"""What the office may type about a programme."""

import re
from typing import NamedTuple

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.files import checks
from viche.people.fields import OrganisationField
from viche.places import queries as places
from viche.places.models import Oblast
from viche.programmes import queries
from viche.programmes.choices import DESCRIPTIONS, ParticipantKind, PartnerRole, RoleKind
from viche.programmes.models import Component, Partner, Programme, Publishing, TeamMember
from viche.programmes.operations import CHANGEABLE, TOLD
from viche.ui.forms import DateField, FileField, Form, ModelForm, TextField
from viche.ui.widgets import Hinted

IDENTIFIER = RegexValidator(r"^[^\s/&|?]+$", _("Ідентифікатор не містить пробілів і знаків / & | ?"))
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}$")
EMAIL = {"invalid": _("Це не схоже на пошту. Приклад: program@example.org")}


class BasicsForm(ModelForm):
    """What is told of a programme."""

    lead = TextField(label=_("Одним реченням"), max_length=400, long=True, rows=2)
    lead_en = TextField(label=_("Одним реченням англійською"), max_length=400, long=True, rows=2, required=False)
    about = TextField(label=_("Про програму"), max_length=8000, long=True, rows=10, required=False)
    starts_on = DateField(label=_("Початок"))
    ends_on = DateField(label=_("Кінець"))
    contact_email = forms.EmailField(label=_("Публічна пошта"), required=False, error_messages=EMAIL)

    class Meta:
        model = Programme
        fields = CHANGEABLE
        labels = {"is_public": _("Показувати програму всім")}
        help_texts = {"is_public": _("Доки позначки немає, програму бачать лише ті, хто в ній працює.")}

    def validate_unique(self):
        """Leave it to the operation, which asks the constraint and has the sentence."""

    def clean(self):
        """See that the programme does not end before it begins."""
        cleaned = super().clean()
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("Програма не може закінчитися раніше, ніж почалася."))
        return cleaned


class NewForm(BasicsForm):
    """Beginning a programme, under a code."""

    code = forms.CharField(
        label=_("Код"),
        max_length=12,
        help_text=_("Великі латинські літери й цифри, до 12 знаків, наприклад FUND. Потім його не змінити."),
    )

    class Meta(BasicsForm.Meta):
        fields = ("code", *CHANGEABLE)

    def clean_code(self):
        """Take small letters as capitals; nothing but Latin letters, digits and hyphens."""
        code = self.cleaned_data["code"].strip().upper()
        if not CODE.match(code):
            raise forms.ValidationError(_("Код починається з латинської літери, далі літери A–Z, цифри й дефіси."))
        return code


class Row(NamedTuple):
    """One line of the goals' form, as typed."""

    text: str = ""
    depth: int = 0
    pk: int | None = None
    fault: str = ""
    english: str = ""


class GoalsForm:
    """The tree of goals as an indented list; every button saves all lines, no script needed."""

    LONGEST = 400
    BLANKS = 3

    def __init__(self, branches, data=None):
        """Take what is kept (`queries.goals`), or what was typed."""
        self.removed: list[int] = []
        if data is None:
            self.rows = [Row(one.goal.text, one.depth, one.goal.pk, english=one.goal.text_en) for one in branches]
        else:
            self.rows = self._read(data)
            self._act(data.get("do", ""))

    def _read(self, data):
        count = data.get("rows", "")
        rows = []
        for at in range(min(int(count) if count.isdecimal() else 0, 500)):
            depth, pk = data.get(f"depth-{at}", ""), data.get(f"pk-{at}", "")
            text, english = (" ".join(data.get(f"{name}-{at}", "").split()) for name in ("text", "text_en"))
            key = int(pk) if pk.isdecimal() else None
            rows.append(Row(text, int(depth) if depth.isdecimal() else 0, key, english=english))
        return rows

    def _act(self, do):
        """Do what the pressed button says: up-3, down-3, in-3, out-3, remove-3; anything else only saves."""
        act, _dash, number = do.partition("-")
        at = int(number) if number.isdecimal() else -1
        if not 0 <= at < len(self.rows):
            return
        end = self._end(at)
        if act == "up":
            self._up(at)
        elif act == "down" and end < len(self.rows) and self.rows[end].depth == self.rows[at].depth:
            self._up(end)
        elif act == "in" and at > 0 and self.rows[at].depth <= self.rows[at - 1].depth:
            self._shift(at, end, 1)
        elif act == "out" and self.rows[at].depth > 0:
            self._shift(at, end, -1)
        elif act == "remove":
            gone = self.rows[at]
            self.removed += [gone.pk] if gone.pk else []
            self._shift(at + 1, end, -1)
            del self.rows[at]

    def _end(self, at):
        """Where the branch that begins at a line ends."""
        depth = self.rows[at].depth
        return next((n for n in range(at + 1, len(self.rows)) if self.rows[n].depth <= depth), len(self.rows))

    def _up(self, at):
        """Let a branch change places with the one before it on the same level."""
        depth, end, before = self.rows[at].depth, self._end(at), at - 1
        while before >= 0 and self.rows[before].depth > depth:
            before -= 1
        if before >= 0 and self.rows[before].depth == depth:
            self.rows[before:end] = self.rows[at:end] + self.rows[before:at]

    def _shift(self, start, end, steps):
        self.rows[start:end] = [row._replace(depth=max(0, row.depth + steps)) for row in self.rows[start:end]]

    def is_valid(self):
        """Mark lines that were emptied or are too long; blank new lines are no fault."""
        self.rows = [row._replace(fault=self._fault(row)) for row in self.rows if row.text or row.english or row.pk]
        return not any(row.fault for row in self.rows)

    def _fault(self, row):
        if not row.text:
            return gettext("Напишіть ціль або приберіть рядок.")
        over = max(len(row.text), len(row.english)) - self.LONGEST
        return gettext("Скоротіть на %(over)s зн.: тут можна до 400.") % {"over": over} if over > 0 else ""

    def shown(self):
        """The lines with some blank ones to write in."""
        return [*self.rows, *[Row()] * self.BLANKS]


class ComponentForm(ModelForm):
    """A part of the programme's work."""

    about = TextField(label=_("Про складову"), max_length=2000, long=True, rows=4, required=False)

    class Meta:
        model = Component
        fields = ["name", "name_en", "about"]


class PartnerForm(ModelForm):
    """Who stands behind the programme."""

    role = forms.ChoiceField(label=_("Роль"), choices=PartnerRole.choices, widget=forms.RadioSelect)
    website = forms.URLField(label=_("Сайт"), required=False, assume_scheme="https")
    org_id = forms.CharField(
        label=_("Ідентифікатор в IATI"),
        max_length=100,
        required=False,
        validators=[IDENTIFIER],
        help_text=_("Під яким організацію знають донори, як-от UA-EDR-00000000. Для відкритих даних."),
    )
    logo = FileField(
        label=_("Логотип"),
        required=False,
        accept=[f".{ending}" for ending in sorted(checks.PHOTOS)],
        help_text=_("PNG, JPEG або WEBP. Стоятиме внизу сторінки програми."),
    )
    drop_logo = forms.BooleanField(label=_("Прибрати логотип"), required=False)

    class Meta:
        model = Partner
        fields = ["name", "role", "website", "org_id"]

    def __init__(self, *args, **kwargs):
        """Offer to drop the logo where there is one."""
        super().__init__(*args, **kwargs)
        if not self.instance.logo_id:
            del self.fields["drop_logo"]


class PublishingForm(ModelForm):
    """How the programme is told to IATI and 360Giving."""

    class Meta:
        model = Publishing
        fields = TOLD
        help_texts = {
            "is_told": _("Без позначки ні програми, ні її підтримки у відкритих даних для донорів немає."),
            "identifier": _(
                "Лише якщо програму вже публікують під іншим. Інакше складемо самі: ваш код і код програми."
            ),
            "donor_activity": _("Щоб гроші можна було простежити від донора."),
            "sector": _("П’ять цифр класифікатора OECD DAC; 15112 – децентралізація й підтримка самоврядування."),
        }

    def __init__(self, *args, **kwargs):
        """Identifiers hold no spaces and no signs that the standard forbids."""
        super().__init__(*args, **kwargs)
        for name in ("identifier", "donor_activity"):
            self.fields[name].validators.append(IDENTIFIER)
        for name in ("collaboration", "flow", "finance", "aid", "tied"):
            self.fields[name].choices = [("", _("не зазначено")), *self.fields[name].choices[1:]]


class TeamForm(ModelForm):
    """Somebody whom the public may write to."""

    email = forms.EmailField(label=_("Публічна пошта"), required=False, error_messages=EMAIL)

    class Meta:
        model = TeamMember
        fields = ["name", "duty", "email", "phone"]


class InviteForm(Form):
    """Inviting somebody into a role by letter."""

    email = forms.EmailField(label=_("Пошта"), error_messages={**EMAIL, "required": _("Напишіть пошту.")})
    name = TextField(label=_("Ім’я та прізвище"), max_length=150, required=False)
    kind = forms.ChoiceField(
        label=_("Роль"),
        choices=[(kind.value, Hinted(kind.label, DESCRIPTIONS[kind])) for kind in RoleKind],
        widget=forms.RadioSelect,
    )
    oblast = forms.ModelChoiceField(
        label=_("Область"),
        queryset=Oblast.objects.none(),
        required=False,
        empty_label="—",
        help_text=_("Лише для регіонального консультанта."),
    )

    def __init__(self, *args, **kwargs):
        """Offer all oblasts."""
        super().__init__(*args, **kwargs)
        self.fields["oblast"].queryset = places.oblasts()


class GiveForm(InviteForm):
    """Giving a role at once to somebody who has an account."""

    name = None


class AdmitForm(Form):
    """Letting an organisation take part."""

    organisation = OrganisationField(label=_("Організація"), help_text=_("Почніть писати назву або код ЄДРПОУ."))
    kind = forms.ChoiceField(label=_("Як хто"), choices=ParticipantKind.choices, widget=forms.RadioSelect)


class ParticipantSearch(Form):
    """Finding participants."""

    q = forms.CharField(label=_("Назва або код"), required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("Як хто"), required=False, choices=[("", _("Усі")), *ParticipantKind.choices])
    oblast = forms.ChoiceField(label=_("Область"), required=False)

    def __init__(self, *args, programme, **kwargs):
        """Offer the oblasts from which somebody takes part."""
        super().__init__(*args, **kwargs)
        here = [(oblast.slug, oblast.short) for oblast in queries.oblasts_of(programme)]
        self.fields["oblast"].choices = [("", _("Усі області")), *here]

    def asked(self):
        """What was asked for, for `queries.participants`."""
        self.is_valid()
        return {
            "typed": self.cleaned_data.get("q", ""),
            "kind": self.cleaned_data.get("kind", ""),
            "oblast": self.cleaned_data.get("oblast", ""),
        }
