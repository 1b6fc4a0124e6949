"""Which questionnaires and versions there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from viche.questionnaires.models import Hand, Lost, Question, Questionnaire, Section, Sheet, Version


def of_owner(owner_key: str) -> QuerySet[Questionnaire]:
    """The questionnaires of one owner, each with its versions (`versions.all()`, newest first, `sheet_count` filled)."""
    versions = Version.objects.annotate(sheet_count=Count("sheets")).order_by("-number")
    return Questionnaire.objects.filter(owner_key=owner_key).prefetch_related(Prefetch("versions", queryset=versions))


def versions_of(owner_key: str) -> QuerySet[Version]:
    """The versions that may be chosen for a new call or report: of one owner, by name, newest first."""
    return (
        Version.objects.filter(questionnaire__owner_key=owner_key)
        .select_related("questionnaire")
        .order_by("questionnaire__name", "-number")
    )


def asks_of(versions: Iterable[Version]) -> dict[int, list[str]]:
    """What the questions of each version mean to the platform, in the order of the form. One query."""
    asked: dict[int, list[str]] = defaultdict(list)
    found = Question.objects.filter(section__version__in=list(versions)).exclude(meaning="")
    for version, meaning in found.order_by("section__position", "position").values_list("section__version", "meaning"):
        asked[version].append(meaning)
    return asked


def latest(questionnaire: Questionnaire) -> Version | None:
    """The newest version."""
    return questionnaire.versions.order_by("-number").first()


def lost_of(sheet: Sheet, person_id: int | None = None) -> QuerySet[Lost]:
    """Texts of the sheet that could not be saved, newest first; of one person where named."""
    kept = Lost.objects.filter(sheet=sheet).select_related("section")
    return kept if person_id is None else kept.filter(kept_for_id=person_id)


def writers(sheet: Sheet) -> set[int]:
    """The keys of all people who ever wrote in the sheet, however little and however long ago."""
    return set(Hand.objects.filter(sheet=sheet).values_list("user_id", flat=True))


@dataclass(frozen=True)
class Uses:
    """How a version is used."""

    sheets: int


def uses(version: Version) -> Uses:
    """How many sheets of the version were begun."""
    return Uses(Sheet.objects.filter(version=version).count())


def version_of(owner_key: str, pk: int) -> Version:
    """A version of a form of this owner; raises `Version.DoesNotExist`."""
    return Version.objects.select_related("questionnaire").get(pk=pk, questionnaire__owner_key=owner_key)


def section_of(version: Version, pk: int) -> Section:
    """A section of the version; raises `Section.DoesNotExist`."""
    section = Section.objects.get(pk=pk, version=version)
    section.version = version
    return section


def question_of(version: Version, pk: int) -> Question:
    """A question of the version; raises `Question.DoesNotExist`."""
    question = Question.objects.select_related("section").get(pk=pk, section__version=version)
    question.section.version = version
    return question
