"""What the office types about a campaign; its rules of inclusion are fields here and data in the row."""

import re

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Goal
from viche.events.fields import TagsField
from viche.events.models import Campaign
from viche.events.queries import framing
from viche.files import checks
from viche.methods import inclusion
from viche.ui import forms as ui

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
BLOCKS = _("Без цього захід не подати")
RULES = ("speakers", "groups", "voices", "partners")


def _numbered():
    return [(goal.value, format_lazy("{}. {}", goal.value, goal.label)) for goal in Goal]


class CampaignForm(ui.ModelForm):
    """What is told of a campaign, and by which rules its events are judged."""

    name = ui.TextField(label=_("Назва"), max_length=200)
    name_en = ui.TextField(label=_("Назва англійською"), max_length=200, required=False)
    lead = ui.TextField(label=_("Одним реченням"), max_length=400, long=True, rows=2)
    lead_en = ui.TextField(label=_("Одним реченням англійською"), max_length=400, long=True, rows=2, required=False)
    about = ui.TextField(label=_("Про кампанію"), max_length=8000, long=True, rows=8, required=False)
    about_en = ui.TextField(label=_("Про кампанію англійською"), max_length=8000, long=True, rows=8, required=False)
    starts_on = ui.DateField(label=_("Початок"))
    ends_on = ui.DateField(label=_("Кінець"))
    hashtags = TagsField(
        label=_("Хештеги"), help_text=_("Через пробіл, наприклад #OpenGovWeek #ВідкритаВлада."), required=False
    )
    goals = forms.TypedMultipleChoiceField(
        label=_("Цілі сталого розвитку"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    speakers_ask = ui.NumberField(
        label=_("Найменша частка жінок і чоловіків серед спікерів, %"),
        help_text=_("Від 1 до 50. Порожнє – не перевіряємо."),
        least=1,
        most=inclusion.HALF,
        required=False,
    )
    groups_ask = ui.NumberField(
        label=_("Скільки вразливих груп бере участь, і сказано, як саме"),
        least=1,
        most=inclusion.COUNTED["groups"],
        required=False,
    )
    voices_ask = ui.NumberField(
        label=_("Скільки різних голосів звучить"), least=1, most=inclusion.COUNTED["voices"], required=False
    )
    partners_ask = ui.NumberField(
        label=_("Скільки партнерів, крім організатора"), least=1, most=inclusion.COUNTED["partners"], required=False
    )
    speakers_blocks = forms.BooleanField(label=BLOCKS, required=False)
    groups_blocks = forms.BooleanField(label=BLOCKS, required=False)
    voices_blocks = forms.BooleanField(label=BLOCKS, required=False)
    partners_blocks = forms.BooleanField(label=BLOCKS, required=False)
    contact_email = forms.EmailField(
        label=_("Публічна пошта"),
        required=False,
        error_messages={"invalid": _("Це не схоже на пошту. Приклад: week@example.org")},
    )
    picture = ui.FileField(
        label=_("Картинка для поширення"),
        help_text=_("PNG, JPEG або WEBP, найкраще 1200 × 630. Її показують соцмережі поруч із посиланням."),
        required=False,
        accept=[f".{ending}" for ending in sorted(checks.PHOTOS)],
    )
    drop_picture = forms.BooleanField(label=_("Прибрати картинку"), required=False)
    main = ("name", "lead", "about", "starts_on", "ends_on", "hashtags", "contact_email")
    english = ("name_en", "lead_en", "about_en")
    last = ("picture", "drop_picture", "is_public")

    class Meta:
        model = Campaign
        fields = ["name", "name_en", "lead", "lead_en", "about", "about_en", "starts_on", "ends_on", "contact_email"]
        fields += ["is_public"]
        labels = {"is_public": _("Показувати кампанію всім")}

    def __init__(self, *args, **kwargs):
        """Show what is kept as data in the fields of its own."""
        super().__init__(*args, **kwargs)
        campaign = self.instance
        self.fields["goals"].choices = _numbered()
        self.initial |= {"hashtags": campaign.hashtags, "goals": campaign.goals}
        for rule in framing.readable(campaign.rules):
            self.initial |= {f"{rule.name}_ask": rule.asks, f"{rule.name}_blocks": rule.blocks}
        if not campaign.picture_id:
            del self.fields["drop_picture"]

    @property
    def rule_fields(self):
        """Each rule's two fields, side by side."""
        return [(self[f"{rule}_ask"], self[f"{rule}_blocks"]) for rule in RULES]

    def part(self, names):
        """The fields of a part of the page."""
        return [self[name] for name in names if name in self.fields]

    @property
    def main_fields(self):
        """What is told in Ukrainian."""
        return self.part(("code", *self.main))

    @property
    def english_fields(self):
        """The same in English, folded on the page."""
        return self.part(self.english)

    @property
    def english_wrong(self):
        """Whether something is wrong in the folded part, which then stands open."""
        return any(name in self.errors for name in self.english)

    @property
    def last_fields(self):
        """The picture, and who sees the campaign."""
        return self.part(self.last)

    def _post_clean(self):
        """Leave the rest to the operation: it says it in words of people."""

    def values(self):
        """What the operation takes: the rules as `methods.inclusion` reads them."""
        typed = self.cleaned_data
        rules = {}
        for rule in RULES:
            asks, blocks = typed.pop(f"{rule}_ask"), typed.pop(f"{rule}_blocks")
            if asks:
                rules[rule] = {"share" if rule == inclusion.SPEAKERS else "least": asks, "blocks": blocks}
        return {**typed, "rules": rules}


class NewCampaignForm(CampaignForm):
    """Making a campaign, under a code."""

    code = ui.TextField(
        label=_("Код"),
        help_text=_("Великі латинські літери, цифри й дефіс, наприклад OGW-27. Стоятиме в адресі; потім не змінити."),
        max_length=16,
    )

    def clean_code(self):
        """Take small letters as capitals; nothing but Latin letters, digits and hyphens."""
        code = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                _("У коді «%(code)s» є зайве: лишіть самі латинські літери, цифри й дефіси, без пропусків.")
                % {"code": code}
            )
        return code
