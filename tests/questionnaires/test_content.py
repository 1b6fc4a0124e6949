"""Making a form: whole content from plain data, versions, freezing, and the single acts of the editor."""

import pytest

from tests.factories import awards, calls, people, programmes
from tests.factories import questionnaires as made
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.questionnaires import operations, queries
from viche.questionnaires.choices.patterns import PATTERNS
from viche.questionnaires.fields.editing import QuestionEditor
from viche.questionnaires.models import Question, Questionnaire, Section, Version
from viche.questionnaires.operations import content

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT


def one(**question):
    return [{"title": "Розділ", "questions": [{"kind": "short", "label": "Питання", **question}]}]


def asked(version, key):
    return Question.objects.get(section__version=version, key=key)


def sections(version):
    return list(Section.objects.filter(version=version).order_by("position"))


# --- writing ----------------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_back():
    version = made.version()
    outline = queries.outline(version)
    assert [section.title for section in outline] == ["Організація", "Проєкт", "Бюджет", "Додатки і заява"]
    assert [section.number for section in outline] == [1, 2, 3, 4]
    assert outline.section(3).question("amount").meaning == "amount"
    again = Version.objects.create(questionnaire=version.questionnaire, number=2, created_at=MOMENT)
    operations.write(again, queries.as_data(outline), at=MOMENT)
    assert queries.as_data(queries.outline(again)) == queries.as_data(outline)


def test_writing_again_replaces_everything():
    version = made.version()
    operations.write(version, one(), at=MOMENT)
    assert [len(section.questions) for section in queries.outline(version)] == [1]


def test_keys_are_made_of_labels_and_never_twice():
    version = made.version(
        [
            {"title": "А", "questions": [{"kind": "short", "label": "Мета"}, {"kind": "short", "label": "Мета"}]},
            {"title": "Б", "questions": [{"kind": "short", "label": "Мета"}, {"kind": "short", "label": "add"}]},
            {
                "title": "В",
                "questions": [{"kind": "short", "label": "???"}, {"kind": "short", "label": "Яка-яка мета"}],
            },
        ]
    )
    keys = [question.key for question in queries.outline(version).questions]
    assert keys == ["meta", "meta_2", "meta_3", "add_2", "q", "yaka_yaka_meta"]


@pytest.mark.parametrize("key", sorted(PATTERNS))
def test_every_pattern_makes_a_form_that_can_be_frozen(key):
    version = operations.draw_up("Форма", pattern=key, owner_key="programme:1", at=MOMENT)
    assert operations.freeze(version, at=MOMENT).is_frozen
    assert str(PATTERNS[key].name)


def test_a_form_without_a_pattern_is_empty():
    version = operations.draw_up("Форма", pattern="", owner_key="programme:1", at=MOMENT)
    assert len(queries.outline(version)) == 0


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "а" * 301}, "label"),
        ({"kind": "poem"}, "kind"),
        ({"meaning": "amount"}, "meaning"),
        ({"meaning": "nonsense"}, "meaning"),
        ({"settings": {"limit": "багато"}}, "limit"),
        ({"settings": {"limit": 0}}, "limit"),
        ({"settings": {"limit": 2.5}}, "limit"),
        ({"kind": "file", "settings": {"most": 21}}, "most"),
        ({"kind": "budget", "settings": {"rows": -1}}, "rows"),
        ({"kind": "number", "settings": {"least": "сім"}}, "least"),
        ({"kind": "money", "settings": {"most": "9" * 13}}, "most"),
        ({"kind": "number", "settings": {"least": 9, "most": 3}}, "most"),
        ({"kind": "date", "settings": {"first": "31.02.2024"}}, "first"),
        ({"kind": "date", "settings": {"first": "02.02.2024", "last": "01.02.2024"}}, "last"),
        ({"kind": "choice"}, "options"),
        ({"kind": "choice", "settings": {"options": ["Так"]}}, "options"),
        ({"kind": "several", "settings": {"options": ["Так", "так", "Ні"]}}, "options"),
        ({"kind": "several", "settings": {"options": [str(n) for n in range(61)]}}, "options"),
        ({"kind": "declaration"}, "text"),
    ],
)
def test_what_makes_no_question_is_refused_at_its_place(question, field):
    version = made.version()
    before = queries.as_data(queries.outline(version))
    with pytest.raises(Refused) as refused:
        operations.write(version, one(**question), at=MOMENT)
    assert refused.value.field == field
    assert refused.value.sentence
    assert queries.as_data(queries.outline(version)) == before


@pytest.mark.parametrize("title", ["", "а" * 201])
def test_a_section_needs_a_title_that_fits(title):
    with pytest.raises(Refused):
        operations.write(made.version(), [{"title": title}], at=MOMENT)


def test_a_meaning_is_given_once_in_a_version():
    money = {"kind": "money", "meaning": "amount"}
    with pytest.raises(Refused, match="уже означає запитання «Скільки»"):
        made.version(
            [
                {"title": "А", "questions": [{"label": "Скільки", **money}]},
                {"title": "Б", "questions": [{"label": "Ще раз", **money}]},
            ]
        )


def test_settings_of_other_kinds_are_dropped_and_known_ones_cleaned():
    version = made.version(
        [
            {
                "title": "А",
                "questions": [
                    {"kind": "number", "label": "Ч", "settings": {"least": "1 000", "whole": True, "rows": 5}},
                    {"kind": "hromada", "label": "Г", "settings": {"limit": 5}},
                    {"kind": "date", "label": "Д", "settings": {"first": "1.2.2024"}},
                    {
                        "kind": "choice",
                        "label": "В",
                        "settings": {"options": ["Так", {"label": "Ні", "value": "no"}, ""]},
                    },
                ],
            }
        ]
    )
    settings = [question.settings for question in queries.outline(version).questions]
    assert settings == [
        {"least": "1000", "whole": True},
        {},
        {"first": "2024-02-01"},
        {"options": [{"value": "tak", "label": "Так"}, {"value": "no", "label": "Ні"}]},
    ]


# --- questionnaires and versions --------------------------------------------------------------------------------------


def test_a_questionnaire_begins_with_an_empty_version_and_is_journalled():
    officer = people.user()
    form = operations.create(" Звіт ", owner_key="programme:7", at=MOMENT, by=officer)
    assert (form.name, form.owner_key, form.versions.get().number) == ("Звіт", "programme:7", 1)
    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.actor_id) == ("questionnaires.created", officer.pk)


@pytest.mark.parametrize("name", ["", "  ", "а" * 201])
def test_a_questionnaire_needs_a_name_that_fits(name):
    with pytest.raises(Refused) as refused:
        operations.create(name, owner_key="programme:7", at=MOMENT)
    assert refused.value.field == "name"
    form = operations.create("Звіт", owner_key="programme:7", at=MOMENT)
    with pytest.raises(Refused):
        operations.rename(form, name, at=MOMENT)


def test_freezing_closes_a_version_for_good():
    version = operations.freeze(made.version(), at=MOMENT)
    stored = Version.objects.get(pk=version.pk)
    assert (stored.frozen_at, len(stored.sha256)) == (MOMENT, 64)
    assert operations.freeze(Version.objects.get(pk=version.pk), at=made.later(hours=1)).frozen_at == MOMENT


@pytest.mark.parametrize("outline", [[], [{"title": "Порожній"}], [*one(), {"title": "Порожній"}]])
def test_a_form_with_nothing_to_answer_is_not_frozen(outline):
    version = made.version(outline)
    with pytest.raises(Refused, match="жодного порожнього розділу"):
        operations.freeze(version, at=MOMENT)


def test_the_fingerprint_tells_contents_apart():
    first, second = made.version(frozen=True), made.version(frozen=True)
    assert first.sha256 != second.sha256
    assert queries.outline(first) is queries.outline(Version.objects.get(pk=first.pk))


def test_a_frozen_version_refuses_every_change():
    version = made.version(frozen=True)
    section, question = sections(version)[0], asked(version, "title")
    for act in (
        lambda: operations.write(version, one(), at=MOMENT),
        lambda: operations.add_section(version, {"title": "Ще"}, at=MOMENT),
        lambda: operations.change_section(section, {"title": "Інше"}, at=MOMENT),
        lambda: operations.move_section(section, up=False, at=MOMENT),
        lambda: operations.remove_section(section, at=MOMENT),
        lambda: operations.add_question(section, {"kind": "short", "label": "Ще"}, at=MOMENT),
        lambda: operations.change_question(question, {"kind": "short", "label": "Інше"}, at=MOMENT),
        lambda: operations.move_question(question, up=True, at=MOMENT),
        lambda: operations.remove_question(question, at=MOMENT),
    ):
        with pytest.raises(Refused, match="Створіть нову версію") as refused:
            act()
        assert refused.value.status == 409
    assert queries.outlines.fingerprint(queries.outlines.read(version)) == version.sha256


def test_a_new_version_is_a_copy_under_the_next_number():
    version = made.version(frozen=True)
    newer = operations.new_version(version.questionnaire, at=MOMENT)
    assert (newer.number, newer.is_frozen) == (2, False)
    assert queries.as_data(queries.outline(newer)) == queries.as_data(queries.outline(version))
    assert operations.new_version(version.questionnaire, at=MOMENT) == newer
    assert queries.latest(version.questionnaire) == newer


def test_a_questionnaire_without_versions_gets_its_first():
    form = Questionnaire.objects.create(name="Звіт", owner_key="programme:1", created_at=MOMENT)
    assert operations.new_version(form, at=MOMENT).number == 1


def test_a_form_that_is_chosen_somewhere_is_not_deleted_and_it_is_said_where():
    draft, report = calls.draft(), awards.planned().reports.first()
    for form, place in ((draft.form, draft.title), (report.form, str(report))):
        assert not form.is_frozen
        with pytest.raises(Refused) as refused:
            operations.delete(form.questionnaire, at=MOMENT)
        assert refused.value.status == 409
        assert f"«{place}»" in refused.value.sentence
        assert Version.objects.filter(pk=form.pk).exists()
    assert not Entry.objects.filter(verb="questionnaires.deleted").exists()


def test_of_very_many_places_some_are_named():
    programme = programmes.programme()
    version = calls.version(programme)
    for _ in range(6):
        calls.draft(programme, form=version)
    with pytest.raises(Refused) as refused:
        operations.delete(version.questionnaire, at=MOMENT)
    assert "Малі гранти для громад" in refused.value.sentence
    assert content.named(str(number) for number in range(7)) == "«0»; «1»; «2»; «3»; «4»…"


def test_a_form_that_was_frozen_is_not_deleted():
    version = made.version(frozen=True)
    with pytest.raises(Refused, match="вилучити її не можна"):
        operations.delete(version.questionnaire, at=MOMENT)
    fresh = made.version()
    operations.delete(fresh.questionnaire, at=MOMENT)
    assert list(Version.objects.all()) == [version]


# --- the editor's acts ------------------------------------------------------------------------------------------------


def test_sections_are_added_changed_moved_removed():
    version = made.version(one())
    added = operations.add_section(version, {"title": "Другий", "intro": "Вступ"}, at=MOMENT)
    operations.change_section(added, {"title": "Новий"}, at=MOMENT)
    assert [(section.title, section.intro) for section in sections(version)] == [("Розділ", ""), ("Новий", "")]
    operations.move_section(added, up=True, at=MOMENT)
    operations.move_section(added, up=True, at=MOMENT)
    assert [section.title for section in sections(version)] == ["Новий", "Розділ"]
    operations.remove_section(added, at=MOMENT)
    assert [section.title for section in sections(version)] == ["Розділ"]


def test_the_first_section_of_an_empty_form():
    form = operations.create("Звіт", owner_key="programme:7", at=MOMENT)
    section = operations.add_section(form.versions.get(), {"title": "Перший"}, at=MOMENT)
    question = operations.add_question(section, {"kind": "short", "label": "Мета"}, at=MOMENT)
    assert (section.position, question.position, question.key) == (1, 1, "meta")


def test_questions_are_added_changed_removed():
    version = made.version(one())
    section = sections(version)[0]
    question = operations.add_question(section, {"kind": "money", "label": "Скільки", "meaning": "amount"}, at=MOMENT)
    with pytest.raises(Refused, match="уже означає"):
        operations.add_question(section, {"kind": "money", "label": "Ще", "meaning": "amount"}, at=MOMENT)
    operations.change_question(question, {"kind": "money", "label": "Скільки просите", "meaning": "amount"}, at=MOMENT)
    stored = Question.objects.get(pk=question.pk)
    assert (stored.key, stored.label, stored.meaning) == ("skilky", "Скільки просите", "amount")
    operations.remove_question(question, at=MOMENT)
    assert [q.label for q in queries.outline(version).questions] == ["Питання"]


def test_a_question_moves_through_the_whole_form():
    version = made.version()
    question = asked(version, "title")
    order = []
    for _step in range(3):
        operations.move_question(question, up=True, at=MOMENT)
        order.append((question.section.title, question.position))
    assert order[0] == ("Організація", 5)
    for _step in range(20):
        operations.move_question(question, up=False, at=MOMENT)
    assert queries.outline(version).questions[-1].key == "title"
    for _step in range(30):
        operations.move_question(question, up=True, at=MOMENT)
    assert queries.outline(version).questions[0].key == "title"


def test_a_question_moves_into_an_empty_section():
    version = made.version(one())
    operations.add_section(version, {"title": "Порожній"}, at=MOMENT)
    question = Question.objects.get()
    operations.move_question(question, up=False, at=MOMENT)
    operations.move_question(question, up=False, at=MOMENT)
    assert question.section.title == "Порожній"
    operations.move_question(question, up=True, at=MOMENT)
    assert question.section.title == "Розділ"


# --- lists ------------------------------------------------------------------------------------------------------------


def test_lists_of_an_owner():
    version = made.version(frozen=True, owner_key="programme:5")
    newer = operations.new_version(version.questionnaire, at=MOMENT)
    made.sheet(version)
    made.version(owner_key="programme:6")
    (form,) = queries.of_owner("programme:5")
    assert [(v.number, v.sheet_count) for v in form.versions.all()] == [(2, 0), (1, 1)]
    assert list(queries.versions_of("programme:5")) == [newer, version]
    assert queries.uses(version).sheets == 1
    assert queries.version_of("programme:5", version.pk) == version
    with pytest.raises(Version.DoesNotExist):
        queries.version_of("programme:6", version.pk)


def test_words_of_rows():
    version = made.version()
    section, question = sections(version)[0], asked(version, "title")
    said = [str(thing) for thing in (version.questionnaire, version, section, question)]
    assert said == ["Заявка на малий грант", "Заявка на малий грант v1", "Організація", "Назва проєкту"]
    sheet = made.fill(made.sheet(version), [{}])
    assert str(sheet) == f"Заявка на малий грант v1 #{sheet.pk}"
    assert str(sheet.answers.get()) == f"{sheet.pk}/{section.pk} r1"
    outline = queries.outline(version)
    shown = outline.section(2).question("title")
    assert (shown.kind_words, shown.meaning_words) == ("короткий текст", "назва проєкту")
    assert outline.section(0) is None
    assert outline.by_pk(0) is None
    assert outline.holder(0) is None
    assert outline.section(4).takes_files
    assert not outline.section(1).takes_files


def test_an_outline_of_an_unfrozen_version_is_read_afresh_and_of_a_frozen_one_once(django_assert_num_queries):
    version = made.version()
    with django_assert_num_queries(2):
        queries.outline(version)
    operations.freeze(version, at=MOMENT)
    queries.outline(version)
    with django_assert_num_queries(0):
        queries.outline(version)


def test_only_so_many_outlines_are_kept(monkeypatch):
    monkeypatch.setattr(queries.outlines, "KEPT", 2)
    versions = [made.version(one(), frozen=True) for _ in range(3)]
    for version in versions:
        queries.outline(version)
    assert len(queries.outlines._kept) <= 2
    assert queries.outline(versions[0]).version == versions[0].pk


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("choice", "options", "кожен з нового рядка"),
        ("several", "options", "кожен з нового рядка"),
        ("declaration", "text", "що саме підтверджує"),
    ],
)
def test_what_a_kind_needs_is_asked_in_our_words(kind, name, words):
    form = QuestionEditor(kind, {"label": "Питання"})
    assert words in form.errors[name][0]
    assert list(form.errors) == [name]


def test_the_editor_says_plainly_which_question_asks_the_sum():
    drawn = str(QuestionEditor("money")["meaning"])
    assert "Це питання – сума, яку просять" in drawn
    assert "---------" not in drawn
