"""Programmes begin and change; goals, parts, participants and roles are written."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import override
from PIL import Image

from tests.factories import people, places, programmes
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.programmes import operations, queries
from viche.programmes.choices import ParticipantKind, RoleKind
from viche.programmes.models import Goal, Participant, Programme

pytestmark = pytest.mark.django_db
AT = programmes.MOMENT
Line = operations.Line


def logo(name="logo.png"):
    out = BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def programme():
    return programmes.programme(code="FUND", name="Фонд малих проєктів")


@pytest.fixture
def officer(programme):
    return programmes.officer(programme)


def create(**changes):
    values = {
        "code": "fund",
        "name": "Фонд",
        "lead": "Гранти",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2024, 12, 31),
        "by": people.administrator(),
        "at": AT,
    }
    return operations.create(**{**values, **changes})


def test_an_administrator_begins_a_programme_under_a_code_of_capitals():
    made = create(about="Більше", is_public=True)
    assert (made.code, made.about, made.is_public) == ("FUND", "Більше", True)
    assert queries.programme("fund") == made
    assert Entry.objects.get().values.after["code"] == "FUND"


def test_a_code_is_given_once_and_dates_stand_in_order():
    create()
    with pytest.raises(Refused, match="таким кодом уже є") as refused:
        create()
    assert refused.value.field == "code"
    with pytest.raises(Refused, match="раніше, ніж почалася"):
        create(code="NEW", ends_on=date(2023, 1, 1))
    with pytest.raises(NotAllowed):
        create(code="NEW", by=programmes.officer())
    assert Programme.objects.filter(code="NEW").count() == 0


def test_an_officer_changes_what_is_told(programme, officer):
    operations.update(programme, name="Інша назва", ends_on=date(2025, 6, 1), by=officer, at=AT)
    programme.refresh_from_db()
    assert (programme.name, programme.ends_on) == ("Інша назва", date(2025, 6, 1))
    with pytest.raises(Refused, match="раніше"):
        operations.update(programme, ends_on=date(2020, 1, 1), by=officer, at=AT)
    with pytest.raises(TypeError, match="code"):
        operations.update(programme, code="OTHER", by=officer, at=AT)
    with pytest.raises(NotAllowed):
        operations.update(programme, name="Х", by=programmes.observer(programme), at=AT)


def outline(programme):
    return [(branch.number, branch.goal.text) for branch in queries.goals(programme)]


def test_goals_are_written_as_an_indented_list(programme, officer):
    lines = [Line("Спроможні громади"), Line("Люди вміють", 1), Line("Курс", 2), Line("Люди можуть", 1), Line("Друга")]
    operations.write_goals(programme, lines, by=officer, at=AT)
    assert outline(programme) == [
        ("1", "Спроможні громади"),
        ("1.1", "Люди вміють"),
        ("1.1.1", "Курс"),
        ("1.2", "Люди можуть"),
        ("2", "Друга"),
    ]
    assert Entry.objects.count() == 1


def test_depths_are_brought_in_order(programme, officer):
    lines = [Line("А", 2), Line("Б", 9), Line("В", 9), Line("Г", 9), Line("Ґ", 9)]
    operations.write_goals(programme, lines, by=officer, at=AT)
    assert [branch.depth for branch in queries.goals(programme)] == [0, 1, 2, 3, 3]


def test_goals_keep_their_keys_are_removed_and_a_colleagues_stay(programme, officer):
    operations.write_goals(programme, [Line("Перша"), Line("Під нею", 1), Line("Друга")], by=officer, at=AT)
    first, below, second = (branch.goal for branch in queries.goals(programme))
    operations.write_goals(programme, [Line("Друга краще", 0, second.pk)], removed=[first.pk], by=officer, at=AT)
    assert outline(programme) == [("1", "Друга краще"), ("2", "Під нею")]
    assert Goal.objects.get(text="Друга краще").pk == second.pk
    assert Goal.objects.get(pk=below.pk).parent is None
    written = Entry.objects.count()
    same = [Line("Друга краще", 0, second.pk), Line("Під нею", 0, below.pk), Line("Чужа", 0, 0)]
    operations.write_goals(programme, same, by=officer, at=AT)
    assert Entry.objects.count() == written


def test_goals_have_english_words_that_stay_unless_they_are_written(programme, officer):
    operations.write_goals(programme, [Line("Перша", english="The first"), Line("Друга")], by=officer, at=AT)
    first, second = (branch.goal for branch in queries.goals(programme))
    with override("en"):
        assert (first.called, second.called) == ("The first", "Друга")
    assert first.called == "Перша"
    lines = [Line("Перша", 0, first.pk), Line("Друга", 0, second.pk, "The second")]
    operations.write_goals(programme, lines, by=officer, at=AT)
    assert list(Goal.objects.values_list("text_en", flat=True)) == ["The first", "The second"]
    assert Entry.objects.count() == 2
    operations.write_goals(programme, [lines[0]._replace(english=""), lines[1]], by=officer, at=AT)
    assert Goal.objects.get(pk=first.pk).text_en == ""


def test_others_write_no_goals(programme):
    with pytest.raises(NotAllowed):
        operations.write_goals(programme, [Line("Ціль")], by=programmes.reviewer(programme), at=AT)


def test_components_stand_in_the_order_given_and_move(programme, officer):
    names = ("Навчання", "Гранти", "Пресклуби")
    made = [operations.put_component(programme, None, name=name, about="", by=officer, at=AT) for name in names]
    operations.move(made[2], up=True, by=officer, at=AT)
    operations.move(made[0], up=True, by=officer, at=AT)
    assert [one.name for one in queries.components(programme)] == ["Навчання", "Пресклуби", "Гранти"]
    operations.move(made[0], up=False, by=officer, at=AT)
    assert [one.name for one in queries.components(programme)] == ["Пресклуби", "Навчання", "Гранти"]
    operations.put_component(programme, made[1], name="Малі гранти", about="До 180 000 ₴", by=officer, at=AT)
    assert queries.component(programme, made[1].pk).name == "Малі гранти"
    operations.remove_part(made[1], by=officer, at=AT)
    assert queries.components(programme).count() == 2
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs == {f"programmes.component_{done}" for done in ("added", "moved", "changed", "removed")}


def test_a_team_member_is_shown_with_public_contact(programme, officer):
    values = {"name": "Координаторка", "duty": "Відповідає", "email": "p@example.org", "phone": ""}
    made = operations.put_team_member(programme, None, **values, by=officer, at=AT)
    assert list(queries.team(programme)) == [made]
    assert queries.team_member(programme, made.pk).email == "p@example.org"


def test_a_partner_has_a_logo_which_is_replaced_and_dropped(programme, officer):
    values = {"name": "Фонд", "role": "donor", "website": "", "by": officer, "at": AT}
    partner = operations.put_partner(programme, None, **values, logo=logo())
    first = partner.logo
    assert queries.partner_with_logo(partner.pk) == partner
    partner = operations.put_partner(programme, partner, **values, logo=logo())
    assert Stored.objects.get(pk=first.pk).removed_at
    second = partner.logo
    partner = operations.put_partner(programme, partner, **values)
    assert partner.logo == second
    partner = operations.put_partner(programme, partner, **values, drop_logo=True)
    assert partner.logo is None
    assert list(queries.partners(programme)) == [partner]
    partner = operations.put_partner(programme, partner, **values, logo=logo())
    operations.remove_part(partner, by=officer, at=AT)
    assert not Stored.objects.filter(removed_at=None).exists()


def test_a_logo_that_is_no_picture_is_refused_and_nothing_is_half_written(programme, officer):
    exe = SimpleUploadedFile("logo.png", b"MZ\x90\x00" + b"\x00" * 200)
    with pytest.raises(Refused) as refused:
        operations.put_partner(programme, None, name="Ф", role="donor", website="", logo=exe, by=officer, at=AT)
    assert refused.value.field == "logo"
    assert not programme.partners.exists()


def test_a_component_is_called_in_the_language_of_the_page(programme, officer):
    both = operations.put_component(programme, None, name="Гранти", name_en="Grants", about="", by=officer, at=AT)
    one = operations.put_component(programme, None, name="Пресклуби", about="", by=officer, at=AT)
    assert (both.called, one.called) == ("Гранти", "Пресклуби")
    with translation.override("en"):
        assert (both.called, one.called) == ("Grants", "Пресклуби")


def test_others_touch_no_part(programme):
    observer, part = programmes.observer(programme), programmes.component(programme)
    with pytest.raises(NotAllowed):
        operations.put_component(programme, None, name="Х", about="", by=observer, at=AT)
    with pytest.raises(NotAllowed):
        operations.move(part, up=True, by=observer, at=AT)
    with pytest.raises(NotAllowed):
        operations.remove_part(part, by=observer, at=AT)


def test_an_organisation_is_admitted_once_in_each_way(programme, officer):
    organisation = people.organisation()
    for _ in range(2):
        one = operations.admit(
            programme, organisation, kind=ParticipantKind.HUB, by=officer, at=AT, admitted_by="awards.award:17"
        )
    operations.admit(programme, organisation, kind=ParticipantKind.PILOT, by=officer, at=AT)
    assert (one.since, one.admitted_by) == (date(2024, 2, 1), "awards.award:17")
    assert Participant.objects.count() == Entry.objects.count() == 2
    operations.dismiss(one, by=officer, at=AT)
    assert Participant.objects.get().kind == ParticipantKind.PILOT
    assert Entry.objects.get(verb="programmes.dismissed").values.before["admitted_by"] == "awards.award:17"


def test_others_neither_admit_nor_dismiss(programme):
    participant = programmes.participant(programme)
    reviewer = programmes.reviewer(programme)
    with pytest.raises(NotAllowed):
        operations.admit(programme, people.organisation(), kind="hub", by=reviewer, at=AT)
    with pytest.raises(NotAllowed):
        operations.dismiss(participant, by=reviewer, at=AT)


def test_participants_are_found(programme):
    poltava, sumy = places.oblast(), places.oblast(name="Сумська")
    one = programmes.participant(
        programme, organisation=people.organisation(name="Бібліотека", hromada=places.hromada(oblast=poltava))
    )
    two = programmes.participant(
        programme,
        organisation=people.organisation(name="Агенція", hromada=places.hromada(oblast=sumy)),
        kind=ParticipantKind.HUB,
    )
    assert list(queries.participants(programme)) == [two, one]
    assert list(queries.participants(programme, typed="бібліо")) == [one]
    assert list(queries.participants(programme, kind="hub")) == [two]
    assert list(queries.participants(programme, oblast=poltava.slug)) == [one]
    assert set(queries.oblasts_of(programme)) == {poltava, sumy}
    assert queries.participant_of("FUND", one.pk) == one
    shown = queries.taken_part_in(type(one.organisation).objects.filter(pk=one.organisation_id)).get()
    assert [part.programme for part in shown.public_participations] == [programme]


def test_heads_are_named_only_for_the_oblasts_seen(programme):
    poltava, sumy = places.oblast(), places.oblast(name="Сумська")
    organisations = [people.organisation(hromada=places.hromada(oblast=oblast)) for oblast in (poltava, sumy)]
    heads = [people.head(organisation) for organisation in organisations]
    rows = [programmes.participant(programme, organisation=organisation) for organisation in organisations]
    assert [row.contacts for row in queries.with_contacts(rows, None)] == [[heads[0]], [heads[1]]]
    assert [row.contacts for row in queries.with_contacts(rows, frozenset({poltava.pk}))] == [[heads[0]], []]
    assert [row.contacts for row in queries.with_contacts(rows, frozenset())] == [[], []]


def test_programmes_are_listed_by_who_asks():
    public, hidden, other = (
        programmes.programme(is_public=True),
        programmes.programme(is_public=False, starts_on=date(2023, 1, 1), ends_on=date(2023, 2, 1)),
        programmes.programme(is_public=False),
    )
    officer, administrator = programmes.officer(hidden), people.administrator()
    from django.contrib.auth.models import AnonymousUser

    assert set(queries.visible_to(AnonymousUser())) == {public}
    assert set(queries.visible_to(officer)) == {public, hidden}
    assert set(queries.visible_to(administrator)) == {public, hidden, other}
    assert set(queries.worked_in(officer)) == {hidden}
    assert set(queries.worked_in(officer, RoleKind.REVIEWER)) == set()
    assert set(queries.worked_in(administrator)) == {public, hidden, other}
    assert set(queries.running(queries.visible_to(administrator), AT)) == {public, other}
    assert [role.programme for role in queries.roles_held(officer)] == [hidden]


def test_holdings_are_counted_in_one_query(programme, officer, django_assert_num_queries):
    programmes.goal(programme)
    programmes.goal(programme)
    programmes.partner(programme)
    with django_assert_num_queries(1):
        held = queries.holdings(programme)
    assert held == {"goals": 2, "components": 0, "partners": 1, "team": 0, "participants": 0, "roles": 1}


def test_things_are_called_by_their_names_in_the_language_of_the_page(programme):
    from django.utils.translation import override

    programme.name_en, programme.lead_en = "Small Projects Fund", "Grants"
    assert (programme.called, programme.told) == (programme.name, programme.lead)
    with override("en"):
        assert (programme.called, programme.told) == ("Small Projects Fund", "Grants")
    assert str(programmes.goal(text="Ціль")) == "Ціль"
    assert (
        str(programmes.participant(programme, organisation=people.organisation(name="Рада")))
        == "Рада – пілотна громада"
    )
    assert str(programmes.role("editor", programme, name="Люда")) == "Люда редактор – Фонд малих проєктів"
