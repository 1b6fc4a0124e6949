"""Making a form: questionnaires, versions, sections, questions. A frozen version never changes: every act here refuses it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods import typed
from viche.methods.refusals import Refused
from viche.people.models import User
from viche.questionnaires import queries
from viche.questionnaires.choices.patterns import PATTERNS
from viche.questionnaires.models import Question, Questionnaire, Section, Version
from viche.questionnaires.operations import checking
from viche.questionnaires.queries import outlines

# So many places in which a form is used are named in a refusal.
MOST_PLACES = 5


@transaction.atomic
def create(name: str, *, owner_key: str, at: datetime, by: User | None = None) -> Questionnaire:
    """Make a questionnaire with an empty first version; `owner_key` says whose office edits it ("programme:<id>")."""
    made = Questionnaire.objects.create(name=_name(name), owner_key=owner_key, created_at=at)
    Version.objects.create(questionnaire=made, number=1, created_at=at)
    journal.record(verb="questionnaires.created", subject=made, by=by, at=at, after={"name": made.name})
    return made


@transaction.atomic
def draw_up(name: str, *, pattern: str, owner_key: str, at: datetime, by: User | None = None) -> Version:
    """Make a questionnaire with the content of a ready pattern (a key of `PATTERNS`), or an empty one for any other."""
    version = create(name, owner_key=owner_key, at=at, by=by).versions.get()
    if pattern in PATTERNS:
        write(version, PATTERNS[pattern].content, at=at, by=by)
    return version


@transaction.atomic
def rename(questionnaire: Questionnaire, name: str, *, at: datetime, by: User | None = None) -> Questionnaire:
    """Give the questionnaire another name; what was handed in keeps the old one."""
    before = questionnaire.name
    questionnaire.name = _name(name)
    questionnaire.save(update_fields=["name"])
    after = {"name": questionnaire.name}
    journal.record(
        verb="questionnaires.renamed", subject=questionnaire, by=by, at=at, before={"name": before}, after=after
    )
    return questionnaire


@transaction.atomic
def new_version(questionnaire: Questionnaire, *, at: datetime, by: User | None = None) -> Version:
    """A version to edit: the newest one if it is not frozen yet, else a copy of it under the next number."""
    Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk)
    newest = queries.latest(questionnaire)
    if newest is not None and not newest.is_frozen:
        return newest
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(questionnaire=questionnaire, number=number, created_at=at)
    if newest is not None:
        _fill(version, queries.as_data(queries.outline(newest)))
    journal.record(verb="questionnaires.versioned", subject=version, by=by, at=at, after={"number": number})
    return version


@transaction.atomic
def write(
    version: Version, outline: Iterable[Mapping[str, Any]], *, at: datetime, by: User | None = None
) -> queries.Outline:
    """Replace the whole content by plain data: [{"title", "intro", "questions": [{"kind", "label", …}]}].

    Keys may be left out and are then made of the labels. Raises `Refused` with a sentence for data that makes no form.
    """
    _open(version)
    content = whole(outline)
    Section.objects.filter(version=version).delete()
    _fill(version, content)
    journal.record(verb="questionnaires.written", subject=version, by=by, at=at, after={"sections": len(content)})
    return queries.outline(version)


def whole(outline: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Plain data of a form with everything in its place, or `Refused`."""
    content, keys, meanings = [], set(), {}
    for given in outline:
        asked = []
        for item in given.get("questions", ()):
            question = checking.question(item, keys)
            checking.meaning_is_free(question["meaning"], meanings)
            keys.add(question["key"])
            meanings[question["meaning"]] = question["label"]
            asked.append(question)
        content.append({**checking.section(given), "questions": asked})
    return content


@transaction.atomic
def freeze(version: Version, *, at: datetime, by: User | None = None) -> Version:
    """Close the version for good: from now on somebody may answer it. Idempotent. An empty one is refused."""
    journal.record_many(frozen(version, at=at), by=by, at=at)
    return version


def frozen(version: Version, *, at: datetime) -> list[journal.Act]:
    """Freeze inside the caller's transaction; the line is for the caller to write, once all rows are locked."""
    locked = Version.objects.select_for_update(no_key=True).get(pk=version.pk)
    acts = []
    if not locked.is_frozen:
        found = outlines.read(locked)
        if not found.questions or not all(section.questions for section in found):
            raise Refused(_("У формі має бути хоча б одне запитання, і жодного порожнього розділу."), status=409)
        Version.objects.filter(pk=version.pk).update(frozen_at=at, sha256=outlines.fingerprint(found))
        locked.refresh_from_db(fields=["frozen_at", "sha256"])
        acts.append(journal.Act("questionnaires.frozen", locked, after={"sha256": locked.sha256}))
    version.frozen_at, version.sha256 = locked.frozen_at, locked.sha256
    return acts


@transaction.atomic
def delete(questionnaire: Questionnaire, *, at: datetime, by: User | None = None) -> None:
    """Delete a questionnaire that nobody has answered, nothing was frozen of, and no call or report has chosen."""
    versions = list(Version.objects.select_for_update(no_key=True).filter(questionnaire=questionnaire))
    if any(version.is_frozen for version in versions):
        raise Refused(_("Форму вже використали, тож вилучити її не можна."), status=409)
    try:
        Questionnaire.objects.filter(pk=questionnaire.pk).delete()
    except ProtectedError as used:
        # Calls and reports stand in packages above; each tells its own name.
        words = _("Форму вибрано тут: %(places)s. Виберіть там іншу, тоді цю можна буде вилучити.")
        raise Refused(words % {"places": named(map(str, used.protected_objects))}, status=409) from used
    before = {"name": questionnaire.name}
    journal.record(verb="questionnaires.deleted", subject=questionnaire, by=by, at=at, before=before)


def named(places: Iterable[str]) -> str:
    """The places in which a form is chosen, some of them where there are many."""
    known = sorted(set(places))
    return "; ".join(f"«{name}»" for name in known[:MOST_PLACES]) + ("…" if len(known) > MOST_PLACES else "")


@transaction.atomic
def add_section(version: Version, given: Mapping[str, Any], *, at: datetime, by: User | None = None) -> Section:
    """Add a section at the end: {"title", "intro"}."""
    _open(version)
    last = Section.objects.filter(version=version).aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(version=version, position=last + 1, **checking.section(given))
    journal.record(verb="questionnaires.section_added", subject=section, by=by, at=at, after={"title": section.title})
    return section


@transaction.atomic
def change_section(section: Section, given: Mapping[str, Any], *, at: datetime, by: User | None = None) -> Section:
    """Give a section another title and introduction."""
    _open(section.version)
    before = {"title": section.title, "intro": section.intro}
    after = checking.section(given)
    section.title, section.intro = after["title"], after["intro"]
    section.save(update_fields=["title", "intro"])
    journal.record(verb="questionnaires.section_changed", subject=section, by=by, at=at, before=before, after=after)
    return section


@transaction.atomic
def move_section(section: Section, *, up: bool, at: datetime, by: User | None = None) -> None:
    """Swap the section with its neighbour; the first does not go up, nor the last down."""
    _open(section.version)
    if _swap(Section.objects.filter(version=section.version), section, up=up):
        journal.record(verb="questionnaires.section_moved", subject=section, by=by, at=at, after={"up": up})


@transaction.atomic
def remove_section(section: Section, *, at: datetime, by: User | None = None) -> None:
    """Take a section away with its questions."""
    _open(section.version)
    Section.objects.filter(pk=section.pk).delete()
    before = {"title": section.title}
    journal.record(verb="questionnaires.section_removed", subject=section, by=by, at=at, before=before)


@transaction.atomic
def add_question(section: Section, given: Mapping[str, Any], *, at: datetime, by: User | None = None) -> Question:
    """Add a question at the end of a section: the fields of `models.Question` as plain data."""
    _open(section.version)
    others = Question.objects.filter(section__version=section.version)
    content = checking.question(given, others.values_list("key", flat=True))
    checking.meaning_is_free(content["meaning"], dict(others.values_list("meaning", "label")))
    last = Question.objects.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(section=section, position=last + 1, **content)
    journal.record(verb="questionnaires.question_added", subject=question, by=by, at=at, after=content)
    return question


@transaction.atomic
def change_question(question: Question, given: Mapping[str, Any], *, at: datetime, by: User | None = None) -> Question:
    """Change a question; its key stays."""
    _open(question.section.version)
    others = Question.objects.filter(section__version=question.section.version).exclude(pk=question.pk)
    before = {name: getattr(question, name) for name in ("kind", "meaning", "label", "help", "required", "settings")}
    after = checking.question({**given, "key": question.key})
    del after["key"]
    checking.meaning_is_free(after["meaning"], dict(others.values_list("meaning", "label")))
    for name, value in after.items():
        setattr(question, name, value)
    question.save(update_fields=list(after))
    journal.record(verb="questionnaires.question_changed", subject=question, by=by, at=at, before=before, after=after)
    return question


@transaction.atomic
def move_question(question: Question, *, up: bool, at: datetime, by: User | None = None) -> None:
    """Swap the question with its neighbour; past the edge of its section it goes into the neighbouring one."""
    _open(question.section.version)
    if _swap(Question.objects.filter(section=question.section), question, up=up) or _carry(question, up=up):
        journal.record(verb="questionnaires.question_moved", subject=question, by=by, at=at, after={"up": up})


@transaction.atomic
def remove_question(question: Question, *, at: datetime, by: User | None = None) -> None:
    """Take a question away."""
    _open(question.section.version)
    Question.objects.filter(pk=question.pk).delete()
    before = {"label": question.label}
    journal.record(verb="questionnaires.question_removed", subject=question, by=by, at=at, before=before)


def _name(name: str) -> str:
    name = typed.clean(name).strip()
    if not name:
        raise Refused(_("Назвіть форму."), field="name")
    if len(name) > 200:  # noqa: PLR2004 — the width of the column
        raise Refused(_("Назва задовга: вміщується до 200 знаків."), field="name")
    return name


def _open(version: Version) -> None:
    """Lock the version and refuse when it is frozen."""
    if Version.objects.select_for_update(no_key=True).get(pk=version.pk).is_frozen:
        raise Refused(_("Цю версію вже заповнюють, тож змінити її не можна. Створіть нову версію форми."), status=409)


def _fill(version: Version, content: Iterable[Mapping[str, Any]]) -> None:
    """Write the rows of checked content."""
    for place, given in enumerate(content, 1):
        section = Section.objects.create(version=version, position=place, title=given["title"], intro=given["intro"])
        Question.objects.bulk_create(
            Question(section=section, position=number, **item) for number, item in enumerate(given["questions"], 1)
        )


def _swap(rows: Any, moved: Any, *, up: bool) -> bool:
    """Exchange positions with the neighbour; False at the edge."""
    moved.refresh_from_db(fields=["position"])
    beyond = {"position__lt": moved.position} if up else {"position__gt": moved.position}
    other = rows.filter(**beyond).order_by("-position" if up else "position").first()
    if other is None:
        return False
    spare = rows.aggregate(last=Max("position"))["last"] + 1
    own, theirs = moved.position, other.position
    for pk, position in ((moved.pk, spare), (other.pk, own), (moved.pk, theirs)):
        rows.filter(pk=pk).update(position=position)
    moved.position = theirs
    return True


def _carry(question: Question, *, up: bool) -> bool:
    """Take a question over into the neighbouring section; False where there is none."""
    sections = list(Section.objects.filter(version=question.section.version).order_by("position"))
    place = next(i for i, section in enumerate(sections) if section.pk == question.section_id) + (-1 if up else 1)
    if not 0 <= place < len(sections):
        return False
    target = sections[place]
    taken = Question.objects.filter(section=target)
    if up:
        position = (taken.aggregate(last=Max("position"))["last"] or 0) + 1
    else:  # make room at the top, from the last one on, for no two may stand in one place even for a moment
        for pk in taken.order_by("-position").values_list("pk", flat=True):
            Question.objects.filter(pk=pk).update(position=F("position") + 1)
        position = 1
    Question.objects.filter(pk=question.pk).update(section=target, position=position)
    question.section, question.position = target, position
    return True
