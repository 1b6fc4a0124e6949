"""Writing an event: begun with little, kept whatever is typed, two tabs lose nothing, judged while one types."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.events.under_way import NOW, running
from tests.factories import events, people, places, programmes
from viche.events.choices import Mode, State
from viche.events.forms.reopening import as_typed
from viche.events.models import Event
from viche.events.operations import drafts
from viche.events.queries import inclusion, writing
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
NAMED = {"title": "День відкритих дверей", "format": "seminar"}
JSON = {"HTTP_ACCEPT": "application/json"}


def address(event, name="write"):
    return reverse(f"events:{name}", args=[event.code])


def typed(event, **changes):
    """The form of an event as a browser sends it, with changes."""
    data = {name: values for name, values in as_typed(event).lists() if values}
    return {**data, "revision": event.revision, **changes}


@pytest.fixture
def writer(client, event):
    client.force_login(event.author)
    return client


class TestBeginning:
    def test_little_is_asked(self, client, hub):
        client.force_login(hub.user)
        page = client.get(reverse("events:new")).content.decode()
        assert hub.programme.name in page
        assert hub.organisation.name in page
        sent = {"title": "Читання", "frame": f"programme-{hub.programme.code}", "organisation": hub.organisation.pk}
        answer = client.post(reverse("events:new"), sent)
        made = Event.objects.get()
        assert answer["Location"] == address(made)
        assert (made.title, made.organisation, made.hromada) == ("Читання", hub.organisation, hub.organisation.hromada)
        assert (made.oblast, made.state, made.author) == (hub.organisation.hromada.oblast, State.DRAFT, hub.user)

    def test_in_ones_own_name_for_a_campaign(self, client):
        campaign = events.campaign(running(), ends_on=NOW.date() + timedelta(days=9))
        client.force_login(people.user())
        page = client.get(f"{reverse('events:new')}?frame={campaign.code}")
        assert page.context["form"].initial["frame"] == campaign.code
        answer = client.post(reverse("events:new"), {"frame": campaign.code, "organisation": "own"})
        made = Event.objects.get()
        assert answer.status_code == 302
        assert (made.campaign, made.organisation, made.hromada) == (campaign, None, None)
        assert (made.goals, made.hashtags) == ([16], ["OpenGovWeek"])

    def test_what_is_over_or_not_shown_is_not_offered(self, client):
        programmes.programme(ends_on=NOW.date() - timedelta(days=1))
        running(is_public=False)
        events.campaign(running(), ends_on=NOW.date() + timedelta(days=9), is_public=False)
        client.force_login(people.user())
        found = writing.frames(people.user(), NOW)
        assert [frame.campaign for frame in found] == [None]
        assert client.post(reverse("events:new"), {"frame": "OGW1", "organisation": "own"}).status_code == 422

    def test_no_programme_says_so(self, client):
        client.force_login(people.user())
        assert "Зараз немає програм" in client.get(reverse("events:new")).content.decode()

    def test_not_for_others_nor_in_their_name(self, hub):
        stranger = people.user()
        with pytest.raises(NotAllowed):
            drafts.begin(running(is_public=False), campaign=None, organisation=None, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            drafts.begin(hub.programme, campaign=None, organisation=hub.organisation, by=stranger, at=NOW)

    def test_a_campaign_of_another_programme_is_refused(self, hub):
        other = events.campaign(running())
        with pytest.raises(Refused, match="іншій програмі"):
            drafts.begin(hub.programme, campaign=other, organisation=None, by=hub.user, at=NOW)


class TestSaving:
    def test_every_word_comes_back(self, writer, event):
        guest = people.organisation()
        part = programmes.component(event.programme)
        hromada = places.hromada(oblast=places.oblast(name="Львівська"))
        sent = typed(
            event,
            title="Нова назва",
            hromada=hromada.code,
            point="49.58, 34.55",
            component=part.pk,
            capacity="1 200",
            entry="invited",
            invited=f"{guest.edrpou}\n{guest.edrpou}",
            partners="Перший\n\nДругий",
            hashtags="#Віче, OpenGov",
            speakers_women="3",
            speakers_men="",
            group_youth="Через молодіжну раду",
            goals=["4", "17"],
            is_place_private="on",
        )
        assert writer.post(address(event), sent)["Location"] == address(event, "check")
        event.refresh_from_db()
        assert (event.title, event.hromada, event.oblast) == ("Нова назва", hromada, hromada.oblast)
        assert (event.latitude, event.longitude, event.component) == (49.58, 34.55, part)
        assert (event.capacity, list(event.invited.all())) == (1200, [guest])
        assert (event.partners, event.hashtags) == (["Перший", "Другий"], ["Віче", "OpenGov"])
        assert (event.speakers_women, event.speakers_men, event.goals) == (3, 0, [4, 17])
        assert {"group": "youth", "how": "Через молодіжну раду"} in event.groups
        assert event.is_place_private
        assert event.revision == 1
        page = writer.get(address(event)).content.decode()
        for words in ("Нова назва", "49.58, 34.55", "#Віче #OpenGov", guest.edrpou, "Через молодіжну раду"):
            assert words in page

    def test_the_same_words_again_change_nothing(self, writer, event):
        writer.post(address(event), typed(event))
        event.refresh_from_db()
        assert event.revision == 0

    def test_saved_as_one_types_and_judged_beside(self, writer, event):
        rules = {"voices": {"least": 3, "blocks": True}, "groups": {"least": 1}}
        event.campaign = events.campaign(event.programme, rules=rules)
        event.save()
        answer = writer.post(address(event), typed(event, title="Друкую"), **JSON).json()
        assert answer["revision"] == 1
        assert "названо 2, треба 3" in answer["beside"]
        assert "Без цього захід не подати" in answer["beside"]
        assert "Допишіть, де найближче укриття" not in answer["beside"]
        more = typed(event, title="Друкую", revision=1, shelter="", voices=["council", "civil", "youth"])
        said = writer.post(address(event), more, **JSON).json()["beside"]
        assert "Названо 3, треба 3." in said
        assert "Допишіть, де найближче укриття" in said

    def test_each_rule_is_told_at_the_field_it_is_about(self, writer, event):
        rules = {"speakers": {"share": 40, "blocks": True}, "groups": {"least": 2}, "voices": {"least": 2}}
        event.campaign = events.campaign(event.programme, rules={**rules, "partners": {"least": 1}})
        event.save()
        writer.post(address(event), typed(event, speakers_men="", partners=""), **JSON)
        page = writer.get(address(event)).content.decode()
        fields = {
            "speakers": "speakers_women",
            "groups": "group_disability",
            "voices": "voices",
            "partners": "partners",
        }
        for rule, name in fields.items():
            mark, control = page.index(f'id="m-{rule}"'), page.index(f'id="id_{name}"')
            assert 0 < control - mark < 1500, rule
        assert page.count("m-speakers") == 2 + 2  # both women and men are described by it
        assert "40" in page[page.index('id="m-speakers"') :][:400]
        event.refresh_from_db()
        again = typed(event, speakers_women="2", speakers_men="2", title="Інша")
        told = writer.post(address(event), again, **JSON).json()
        assert set(told["marks"]) == {f"m-{rule}" for rule in fields}
        assert "state--verified" in told["marks"]["m-speakers"]
        assert "Назвіть партнерів: названо 0, треба 1." in told["marks"]["m-partners"]
        assert "Це порада: подати можна й так." in told["marks"]["m-partners"]
        assert "Назвіть партнерів: названо 0, треба 1." in told["said"]

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"starts_at": "30.02.2024 10:00"}, "starts_at", "Такого дня в календарі може не бути"),
            ({"ends_at": "2024-05-20T09:00"}, "ends_at", "Кінець раніше за початок"),
            ({"ends_at": "2027-02-14T12:00"}, "ends_at", "Виходить 1000 днів"),
            ({"speakers_men": "-3"}, "speakers_men", "не може бути від’ємним"),
            ({"capacity": "багато"}, "capacity", "Напишіть число"),
            ({"point": "десь тут"}, "point", "Скопіюйте координати з мапи"),
            ({"point": "52.2297, 21.0122"}, "point", "за межами України"),
            ({"hromada": "Нетакоїська"}, "hromada", "Такої громади не знаємо"),
            ({"online_link": "не посилання"}, "online_link", ""),
            ({"hashtags": "#а!б"}, "hashtags", "лишіть самі літери"),
            ({"hashtags": " ".join(f"тег{n}" for n in range(11))}, "hashtags", "до 10 хештегів"),
            ({"partners": "\n".join(f"Партнер {n}" for n in range(21))}, "partners", "Рядків забагато: 21"),
            ({"partners": "я" * 201}, "partners", "Скоротіть рядок"),
            ({"invited": "Невідома рада"}, "invited", "Організації «Невідома рада» у Віче немає"),
            ({"registration_closes_at": "2024-06-01T10:00"}, "registration_closes_at", "не пізніше за початок"),
            ({"title": "н" * 201}, "title", "Скоротіть на 1"),
        ],
    )
    def test_what_cannot_be_read_is_kept_as_typed_and_told_at_its_place(self, writer, event, changes, field, sentence):
        answer = writer.post(address(event), typed(event, **changes))
        assert answer.status_code == 422
        form = answer.context["form"]
        assert sentence in " ".join(form.errors[field])
        assert list(form.errors) == [field]
        event.refresh_from_db()
        assert event.unread == changes
        assert event.venue == "Читальна зала"
        # Opened again, the words stand there still, with what is wrong; the check leads there; it cannot be submitted.
        again = writer.get(address(event))
        assert list(again.context["form"].errors) == [field]
        assert str(again.context["form"][field].value()).strip() == changes[field]
        assert field in [fault.field for fault in writing.faults(event)]
        assert writer.post(address(event, "submit")).status_code == 422
        # The next press goes on, and mended words leave nothing behind.
        assert writer.post(address(event), typed(event, later="1")).status_code == 302
        whole = {name: events.WHOLE.get(name, "") for name in changes}
        whole |= {"starts_at": "2024-05-20T12:00", "ends_at": "2024-05-20T14:00"} if field.endswith("_at") else {}
        whole |= {"registration_closes_at": ""} if field == "registration_closes_at" else {}
        whole |= {"partners": "Разом", "hashtags": "", "hromada": event.organisation.hromada.code}
        assert writer.post(address(event), typed(event, **whole)).status_code == 302
        event.refresh_from_db()
        assert event.unread == {}

    def test_a_press_of_save_without_scripts_stays_on_the_page(self, writer, event):
        page = writer.get(address(event)).content.decode()
        assert 'name="stay"' in page
        assert ">Зберігаємо самі" not in page
        answer = writer.post(address(event), typed(event, title="Збережена", stay="1"), follow=True)
        assert answer.redirect_chain == [(address(event), 302)]
        assert "Збережено." in answer.content.decode()
        assert 'value="Збережена"' in answer.content.decode()

    def test_an_unreadable_moment_stays_in_sight(self, writer, event):
        writer.post(address(event), typed(event, starts_at="31.02.2024"), **JSON)
        page = writer.get(address(event)).content.decode()
        assert 'type="text" id="id_starts_at"' in page or 'value="31.02.2024"' in page

    def test_the_script_hears_what_was_not_read(self, writer, event):
        answer = writer.post(address(event), typed(event, ends_at="2020-01-01T10:00"), **JSON)
        assert answer.status_code == 200
        told = answer.json()
        assert "Кінець раніше за початок" in told["beside"]
        assert told["faults"] == {"id_ends_at": "Кінець раніше за початок. Перевірте день і час."}
        assert list(told["lacking"]) == ["id_ends_at"]
        whole = typed(event, ends_at="2024-05-20T14:00", title="", revision=1)
        told = writer.post(address(event), whole, **JSON).json()
        assert (told["faults"], told["lacking"]) == ({}, {"id_title": "Назвіть захід."})

    def test_a_way_of_a_group_that_is_too_long_is_named_at_the_check(self, writer, event):
        writer.post(address(event), typed(event, group_older="я" * 301, point="десь"))
        event.refresh_from_db()
        said = {fault.field: fault.sentence for fault in writing.faults(event)}
        assert said["group_older"].startswith("Люди старшого віку: виправте «яя")
        assert said["point"] == "Точка на мапі: виправте «десь»."

    def test_an_empty_draft_is_saved_and_what_lacks_is_told_at_the_check(self, writer, event):
        assert writer.post(address(event), {"revision": 0}).status_code == 302
        event.refresh_from_db()
        assert (event.title, event.starts_at, event.mode) == ("", None, Mode.IN_PERSON)
        lacking = [fault.field for fault in writing.faults(event)]
        assert lacking == ["title", "format", "starts_at", "ends_at", "hromada", "venue"]
        page = writer.get(f"{address(event)}?check=1").context["form"]
        assert set(page.errors) == set(lacking)

    def test_html_in_a_title_is_text(self, writer, event):
        title = "<script>alert(1)</script> & «Читання»"
        writer.post(address(event), typed(event, title=title))
        event.refresh_from_db()
        assert event.title == title
        for name in ("write", "check"):
            page = writer.get(address(event, name)).content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page

    def test_nonsense_between_the_lines_is_nothing(self, writer, event):
        sent = typed(event, goals=["99", "x"], voices=["nobody"], mode="teleport", component="7", revision="x" * 20)
        assert writer.post(address(event), sent).status_code in {409, 422}


class TestTwoTabs:
    def test_both_texts_are_shown_and_the_second_press_means_it(self, writer, event):
        old = typed(event)
        writer.post(address(event), {**old, "title": "Написано вдома"})
        late = {**old, "title": "Написано на роботі"}
        answer = writer.post(address(event), late)
        assert answer.status_code == 409
        assert answer.context["differing"] == [("Назва", "Написано вдома", "Написано на роботі")]
        event.refresh_from_db()
        assert event.title == "Написано вдома"
        assert 'value="Написано на роботі"' in answer.content.decode()
        assert writer.post(address(event), {**late, "revision": event.revision}).status_code == 302
        event.refresh_from_db()
        assert event.title == "Написано на роботі"

    def test_every_kind_of_answer_is_compared_in_words(self, writer, event):
        old = typed(event)
        writer.post(address(event), {**old, "is_place_private": "on", "goals": ["1"], "hromada": ""})
        answer = writer.post(address(event), {**old, "starts_at": "2024-05-21T10:00", "title": "Інша"})
        told = {str(label): (str(a), str(b)) for label, a, b in answer.context["differing"]}
        assert told["Цілі сталого розвитку"][0] == "1. Подолання бідності"
        assert told["Точне місце й посилання бачать лише зареєстровані"] == ("так", "ні")
        assert told["Початок"] == ("2024-05-20 12:00", "2024-05-21 10:00")
        assert told["Громада"][0] == ""
        assert "Калинопільська" in told["Громада"][1]

    def test_a_script_hears_that_somebody_was_first(self, writer, event):
        old = typed(event)
        writer.post(address(event), {**old, "title": "Перша"}, **JSON)
        answer = writer.post(address(event), {**old, "title": "Друга"}, **JSON)
        assert answer.status_code == 409
        assert "Ваш текст не зник" in answer.json()["text"]

    def test_once_submitted_a_late_tab_is_told(self, writer, event):
        old = typed(event)
        drafts.submit(event, by=event.author, at=NOW)
        with pytest.raises(Refused) as refused:
            drafts.save(event, values={"title": "Пізно"}, unread={}, revision=0, by=event.author, at=NOW)
        assert refused.value.status == 409
        assert writer.post(address(event), old, **JSON).status_code == 409
        assert "Захід уже подано" in writer.post(address(event), old, **JSON).json()["text"]


class TestMine:
    def test_the_list_finds_and_sorts(self, writer, event):
        other = events.submitted(event.programme, organisation=event.organisation, title="Вечір пам’яті")
        other.haystack = " вечір пам’яті "
        drafts.save(event, values={"title": "Ранок"}, unread={}, revision=0, by=event.author, at=NOW)
        foreign = events.draft()
        page = writer.get(reverse("events:mine"))
        assert {row[0].code for row in page.context["rows"]} == {event.code, other.code}
        assert foreign.code not in page.content.decode()
        assert [row[0] for row in writer.get(reverse("events:mine"), {"q": "ранок"}).context["rows"]] == [event]
        waiting = writer.get(reverse("events:mine"), {"state": "submitted", "sort": "title"})
        assert [row[0] for row in waiting.context["rows"]] == [other]
        assert writer.get(reverse("events:mine"), {"state": "nonsense", "page": "9"}).status_code == 200

    def test_own_events_without_an_organisation(self, client):
        user = people.user()
        mine = drafts.begin(running(), campaign=None, organisation=None, by=user, at=NOW)
        client.force_login(user)
        assert [row[0] for row in client.get(reverse("events:mine")).context["rows"]] == [mine]

    @pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
    def test_the_same_list_for_programs(self, writer, event, ending):
        answer = writer.get(reverse("events:mine_file", args=[ending]))
        assert answer.status_code == 200
        if ending == "json":
            assert [row["code"] for row in answer.json()] == [event.code]

    def test_nobody_has_any_yet(self, client):
        client.force_login(people.user())
        page = client.get(reverse("events:mine")).content.decode()
        assert "Заходів у вас ще немає" in page
        assert 'role="search"' not in page
        page = client.get(reverse("events:mine"), {"q": "нема"}).content.decode()
        assert "Таких заходів немає" in page
        assert 'role="search"' in page

    def test_the_number_of_queries_does_not_grow(self, writer, event, django_assert_max_num_queries):
        def counted():
            with django_assert_max_num_queries(12) as caught:
                writer.get(reverse("events:mine"))
            return len(caught)

        counts = [counted()]
        for more in (2, 297):
            for _ in range(more):
                events.draft(event.programme, organisation=event.organisation, by=event.author)
            counts.append(counted())
        assert len(set(counts)) == 1
        assert reverse("events:mine") == "/me/events/"


class TestInclusion:
    def test_without_a_campaign_nothing_is_asked(self, event):
        assert inclusion.verdict(event) == []
        assert inclusion.refusals(event) == []

    def test_every_rule_has_a_sentence_for_every_finding(self, event):
        rules = {
            "speakers": {"share": 40, "blocks": True},
            "groups": {"least": 2},
            "voices": {"least": 5},
            "partners": {"least": 2, "blocks": True},
        }
        event.campaign = events.campaign(event.programme, rules=rules)
        cases = [(3, 2, 1), (0, 0, 0), (1, 3, 0), (1, 2, 3), (1, 0, 0)]
        said = set()
        for event.speakers_women, event.speakers_men, event.speakers_unknown in cases:
            said.add(inclusion.verdict(event)[0].sentence)
        event.format, event.speakers_women = "game", 0
        said.add(inclusion.verdict(event)[0].sentence)
        assert len(said) == 6
        event.groups = [{"group": "older", "how": ""}, {"group": "youth", "how": "квест"}]
        told = {one.finding.rule: one for one in inclusion.verdict(event)}
        assert "Допишіть, як саме" in told["groups"].sentence
        assert [told[name].kind for name in ("speakers", "groups", "partners")] == ["verified", "soon", "failed"]
        assert inclusion.refusals(event) == [told["partners"].sentence]
        assert len(inclusion.rules_of(event.campaign)) == 4
        assert "не подати" in inclusion.rules_of(event.campaign)[0]
