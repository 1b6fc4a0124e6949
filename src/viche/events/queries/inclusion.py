"""How an event stands to its campaign's rules of inclusion, in sentences: the organiser and the moderator see the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import Format
from viche.events.models import Campaign, Event
from viche.events.queries import framing
from viche.methods import inclusion
from viche.methods.inclusion import Finding
from viche.ui.wording import NBSP

# Where nobody speaks from a stage, a balance of speakers is not asked for.
SILENT = (Format.CORNER, Format.ADVICE, Format.GAME, Format.QUEST, Format.BRAIN_RING, Format.VIEWING)
FIELDS = {"speakers": "speakers_women", "groups": "group_disability", "voices": "voices", "partners": "partners"}


@dataclass(frozen=True, slots=True)
class Told:
    """One rule about one event: its name, the sentence, the field where it is mended, and the finding with its figures."""

    name: str
    sentence: str
    field: str
    finding: Finding

    @property
    def met(self) -> bool:
        """Whether the rule holds."""
        return self.finding.met

    @property
    def refuses(self) -> bool:
        """Whether the event may not be submitted like this."""
        return self.finding.refuses

    @property
    def mark(self) -> str:
        """What a page calls the sentence that stands at the field."""
        return f"m-{self.finding.rule}"

    @property
    def kind(self) -> str:
        """The rhomb that tells it."""
        return "verified" if self.met else "failed" if self.refuses else "soon"


def verdict(event: Event) -> list[Told]:
    """Every rule of the event's campaign with how the event stands to it; nothing where there is no campaign.

    Nothing either where the campaign keeps what are no rules: organisers do not wait for what its office has to mend.
    """
    if event.campaign is None or event.campaign.has_broken_rules:
        return []
    names = ("speakers_women", "speakers_men", "speakers_unknown", "format", "groups", "voices", "partners")
    facts = inclusion.facts_of({name: getattr(event, name) for name in names}, silent_formats=SILENT)
    return [_told(finding) for finding in inclusion.judge(event.campaign.rules, facts)]


def rules_of(campaign: Campaign) -> list[str]:
    """A campaign's rules in words, for those who only think of taking part."""
    return [
        _("%(rule)s – без цього захід не подати") % {"rule": words} if rule.blocks else words
        for rule in framing.readable(campaign.rules)
        for words in [_asked(rule.name, rule.asks)]
    ]


def refusals(event: Event) -> list[str]:
    """The sentences of the rules that keep the event from being submitted."""
    return [told.sentence for told in verdict(event) if told.refuses]


def _told(finding: Finding) -> Told:
    say = _speakers if finding.rule == "speakers" else _counted
    return Told(_name(finding.rule), say(finding), FIELDS[finding.rule], finding)


def _name(rule: str) -> str:
    return {
        "speakers": _("Жінки й чоловіки серед спікерів"),
        "groups": _("Вразливі групи"),
        "voices": _("Різні голоси"),
        "partners": _("Партнерство"),
    }[rule]


def _asked(rule: str, asks: int) -> str:
    if rule == "speakers":
        return _("Жінок і чоловіків серед спікерів – не менш як по %(n)s %%") % {"n": asks}
    if rule == "groups":
        return ngettext(
            "Бере участь %(n)s вразлива група, і сказано, як саме",
            "Бере участь %(n)s вразливих груп, і сказано, як саме",
            asks,
        ) % {"n": asks}
    if rule == "voices":
        return ngettext("Звучить %(n)s голос", "Звучить %(n)s різних голосів", asks) % {"n": asks}
    return ngettext("Є %(n)s партнер", "Є %(n)s партнерів", asks) % {"n": asks}


def _speakers(finding: Finding) -> str:
    figures = {"found": finding.found, "wanted": finding.wanted, "unknown": finding.unknown}
    sentence = {
        "met": _(
            "Менша частка серед відомих спікерів (жінок чи чоловіків): %(found)s %%; треба щонайменше %(wanted)s %%."
        ),
        "short": _(
            "Менша частка серед відомих спікерів (жінок чи чоловіків): лише %(found)s %%, а треба щонайменше %(wanted)s %%."
        ),
        "unknown": _("Ще не про всіх спікерів сказано, жінка це чи чоловік (%(unknown)s), а від цього залежить."),
        "none": _("Напишіть, скільки жінок і скільки чоловіків виступатиме."),
        "alone": _("Виступає одна людина, тож порівнювати нічого."),
        "needless": _("На такому заході ніхто не виступає."),
    }[finding.key] % figures
    sentence = sentence.replace(" %", f"{NBSP}%")
    if finding.unknown and finding.key in {"met", "short"}:
        sentence += " " + _("Невідомих: %(unknown)s.") % figures
    return sentence


def _counted(finding: Finding) -> str:
    if finding.met:
        return _("Названо %(found)s, треба %(wanted)s.") % {"found": finding.found, "wanted": finding.wanted}
    sentence = {
        "groups": _("Напишіть, хто з вразливих груп бере участь і як саме: названо %(found)s, треба %(wanted)s."),
        "voices": _("Позначте, чиї голоси почують: названо %(found)s, треба %(wanted)s."),
        "partners": _("Назвіть партнерів: названо %(found)s, треба %(wanted)s."),
    }[finding.rule] % {"found": finding.found, "wanted": finding.wanted}
    if finding.key == "unsaid":
        sentence += " " + _("Допишіть, як саме вони беруть участь.")
    return sentence
