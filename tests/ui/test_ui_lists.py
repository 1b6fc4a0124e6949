"""What stands around a list: pages, order, downloads, search; and the same list for programs."""

import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404, QueryDict  # noqa: TID251 — what listing answers with
from django.template import Context, Template

from viche.ui import listing, paging, samples

COLUMNS = {"email": "email", "id": "pk"}


def draw(text, request, **context):
    return Template(text).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("2", 2), ("3", 3), ("4", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1), ("99999999", 3)],
)
def test_a_wrong_number_gives_the_nearest_page(rf, asked, number):
    assert paging.page(rf.get("/", {"page": asked}), list(range(60))).number == number


def test_a_page_knows_its_rows(rf):
    page = paging.page(rf.get("/?state=open&page=3"), list(range(60)))
    assert (page.items, page.first, page.last, page.count, page.pages) == (list(range(50, 60)), 51, 60, 60, 3)
    assert (list(page), len(page)) == (list(range(50, 60)), 10)
    assert page.query == "state=open&"


def test_an_empty_list_has_one_page(rf):
    page = paging.page(rf.get("/"), [])
    assert (page.items, page.first, page.last, page.pages) == ([], 0, 0, 1)
    assert draw("{% pages page %}", rf.get("/"), page=page) == ""


@pytest.mark.parametrize(
    ("number", "of", "shown"),
    [
        (1, 1, [1]), (1, 3, [1, 2, 3]), (7, 50, [1, None, 5, 6, 7, 8, 9, None, 50]), (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]), (50, 50, [1, None, 48, 49, 50]),
    ],
)  # fmt: skip
def test_the_numbers_offered(number, of, shown):
    assert paging.Page([], number, of, of * 25, 25, "").numbers == shown


def test_the_foot_of_a_list_keeps_the_search(rf):
    drawn = draw("{% pages page %}", rf.get("/"), page=samples.page_of(7, 1240))
    assert 'href="?state=told&amp;page=8" rel="next"' in drawn
    assert 'href="?state=told&amp;page=6" rel="prev"' in drawn
    assert '<span aria-current="page">7</span>' in drawn
    assert "151–175 із 1\u00a0240" in drawn


@pytest.mark.django_db
def test_a_page_of_a_thousand_costs_two_queries(rf, django_assert_num_queries):
    users = get_user_model().objects.order_by("pk")
    with django_assert_num_queries(1):
        paging.page(rf.get("/"), users)
    get_user_model().objects.bulk_create(
        get_user_model()(
            email=f"{i}@example.org", **({"username": str(i)} if hasattr(get_user_model(), "username") else {})
        )
        for i in range(30)
    )
    with django_assert_num_queries(2):
        assert len(paging.page(rf.get("/?page=2"), users)) == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "order"),
    [("email", ("email", "pk")), ("-email", ("-email", "pk")), ("password", ("-pk", "pk")), ("", ("-pk", "pk"))],
)
def test_only_known_columns_order_a_list(rf, asked, order):
    rows = listing.ordered(rf.get("/", {"sort": asked}), get_user_model().objects.all(), COLUMNS, default="-id")
    assert rows.query.order_by == order


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "order"), [("seen", ["early", "late", "never"]), ("-seen", ["late", "early", "never"])]
)
def test_rows_with_nothing_in_the_column_stand_at_the_end_on_every_database(rf, asked, order):
    users = get_user_model().objects
    for name, seen in (("late", 2024), ("never", None), ("early", 2023)):
        users.create(email=name, last_login=seen and datetime(seen, 1, 1, tzinfo=UTC))
    rows = listing.ordered(rf.get("/", {"sort": asked}), users.all(), {"seen": "last_login"}, default="seen")
    assert [row.email for row in rows] == order


@pytest.mark.parametrize(
    ("asked", "sort", "link"),
    [
        ("", "none", "?sort=name"),
        ("sort=name", "ascending", "?sort=-name"),
        ("sort=-name&q=a", "descending", "?q=a&amp;sort=name"),
    ],
)
def test_the_head_of_a_column_tells_its_order(rf, asked, sort, link):
    drawn = draw('{% heading "Назва" "name" %}', rf.get(f"/?{asked}"))
    assert f'aria-sort="{sort}"' in drawn
    assert f'href="{link}"' in drawn


def test_the_order_of_the_view_is_told_too(rf):
    assert 'aria-sort="descending"' in draw('{% heading "Назва" "name" num=True %}', rf.get("/"), order="-name")
    assert draw('{% heading "Назва" num=True %}', rf.get("/")) == '<th scope="col" class="num">Назва</th>'


def test_downloads_keep_the_search(rf):
    drawn = draw("{% downloads %}", rf.get("/awards/?q=ліс&page=3&state=closed"))
    assert 'href="/awards.csv?q=%D0%BB%D1%96%D1%81&amp;state=closed"' in drawn
    assert 'href="/awards.json' in drawn
    assert 'href="/awards.xlsx"' in draw('{% downloads "xlsx" %}', rf.get("/awards/"))


def test_search_keeps_the_rest_of_the_address(rf):
    request = rf.get("/list/?q=abc&sort=name&page=4")
    drawn = draw('{% search_form form label="Відбір" %}', request, form=samples.Search(QueryDict("q=abc")))
    assert '<input type="hidden" name="sort" value="name">' in drawn
    assert 'name="page"' not in drawn
    assert 'value="abc"' in drawn
    assert 'href="/list/">Скинути</a>' in drawn


def test_an_untouched_search_has_nothing_to_clear(rf):
    assert "Скинути" not in draw('{% search_form form label="Відбір" %}', rf.get("/"), form=samples.Search())


def asked(rf, ending, **changes):
    given = {"columns": ["code", ("name", "Назва")], "rows": [("A-1", "=Ліс"), ("A-2", None)], "filename": "заявки"}
    return listing.answer(rf.get("/"), ending=ending, **(given | changes))


def test_a_list_as_json(rf):
    answer = asked(rf, "json")
    assert json.loads(answer.content) == [{"code": "A-1", "name": "=Ліс"}, {"code": "A-2", "name": None}]
    assert answer["Content-Disposition"].startswith("inline")


def test_a_list_as_csv(rf):
    text = asked(rf, "csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "code,Назва"
    assert "'=Ліс" in text


def test_a_list_as_a_workbook(rf):
    answer = asked(rf, "xlsx")
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]


def test_a_list_of_the_demonstration_says_so(rf, settings):
    settings.DEMO = True
    assert 'filename="demo-awards.csv"' in asked(rf, "csv", filename="awards")["Content-Disposition"]


def test_a_list_in_another_format_is_not_there(rf):
    with pytest.raises(Http404):
        asked(rf, "doc")
