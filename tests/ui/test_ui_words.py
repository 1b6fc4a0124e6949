"""Single words and small pieces of a page, drawn and escaped."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from viche.ui import samples
from viche.ui.templatetags.ui import blocks, charts, words

MOMENT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
DASH = '<span aria-hidden="true">—</span>'


def draw(text, **context):
    return Template(text).render(Context(context)).replace("\u00a0", " ")


def test_a_state():
    assert draw('{% state "open" "<Відкрито>" %}') == '<span class="state state--open">&lt;Відкрито&gt;</span>'


@pytest.mark.parametrize(
    "wrong",
    [lambda: words.state("other"), lambda: blocks.notice("", kind="other"), lambda: charts.meter(1, 2, kind="other")],
)
def test_what_the_look_does_not_know_is_an_error(wrong):
    with pytest.raises(ValueError, match="no such"):
        wrong()


@pytest.mark.parametrize(
    ("tag", "drawn"),
    [
        ("{% figure 6148 href %}", '<a class="figure" href="/a?b=1&amp;c">6 148</a>'),
        (
            '{% figure 6148 href "<осіб>" %}',
            '<a class="figure" href="/a?b=1&amp;c" aria-label="6 148: &lt;осіб&gt;">6 148</a>',
        ),
        ("{% figure 70 %}", '<span class="figure">70</span>'),
        ('{% figure "14 <млн>" %}', '<span class="figure">14 &lt;млн&gt;</span>'),
        ("{% figure None %}", DASH),
        ("{% moment at %}", '<time datetime="2026-11-22T18:00+02:00">22 листопада 2026 р., 18:00</time>'),
        ("{% moment at short=True %}", '<time datetime="2026-11-22T18:00+02:00">22.11.2026, 18:00</time>'),
        ("{% moment None %}", DASH),
        ("{% day at %}", '<time datetime="2026-11-22">22 листопада 2026 р.</time>'),
        ("{% day at weekday=True %}", '<time datetime="2026-11-22">22 листопада 2026 р., неділя</time>'),
        ("{% day None %}", DASH),
        ("{% period on None %}", "від 1 лютого 2027 р."),
        ("{% period None None %}", DASH),
        ("{% money 148500 %}", "148 500 ₴"),
        ("{% money None %}", DASH),
        ("{% number 1240000 %}", "1 240 000"),
        ("{% number None %}", DASH),
        ("{% size 2048 %}", "2 КБ"),
    ],
)
def test_words(tag, drawn):
    assert draw(tag, href="/a?b=1&c", at=MOMENT, on=date(2027, 2, 1)) == drawn


def test_the_last_day_runs_on_by_itself():
    drawn = draw("{% left until at %}", until=MOMENT + timedelta(hours=2), at=MOMENT)
    assert 'data-until="2026-11-22T18:00:00+00:00" data-at="2026-11-22T16:00:00+00:00"' in drawn
    assert drawn.endswith(">Лишилося 2 год</span>")


def test_days_do_not_run():
    assert draw("{% left until at %}", until=MOMENT + timedelta(days=5), at=MOMENT) == "Лишилося 5 днів"


def test_a_leaf_of_the_calendar():
    assert draw("{% leaf at %}", at=MOMENT) == (
        '<time class="leaf" datetime="2026-11-22"><span>лист.</span> <b>22</b> нед.</time>'
    )


def test_a_card():
    assert draw("{% card %}x{% endcard %}") == '<div class="card stack">x</div>'
    assert draw('{% card hemmed=True near=True label="<Дія>" %}x{% endcard %}') == (
        '<section class="card card--hemmed stack stack--near" aria-label="&lt;Дія&gt;">x</section>'
    )


def test_a_notice():
    assert draw("{% notice %}x{% endnotice %}") == '<div class="notice">x</div>'
    drawn = draw('{% notice "good" title="<Так>" level=3 role="status" %}x{% endnotice %}')
    assert drawn == '<div class="notice notice--good" role="status"><h3>&lt;Так&gt;</h3>x</div>'


def test_facts_without_an_answer_are_left_out():
    drawn = draw("{% facts pairs %}", pairs=[("Хто", "<Ми>"), ("Що", ""), ("Скільки", None), ("Нуль", 0)])
    assert "&lt;Ми&gt;" in drawn
    assert drawn.count("<dt>") == 2


@pytest.mark.parametrize(
    ("value", "most", "length"), [(1, 3, "33.33"), (5, 3, "100"), (0, 0, "0"), (-1, 3, "0"), (1, 2, "50")]
)
def test_the_length_of_a_bar(value, most, length):
    assert charts.share(value, most) == length


def test_a_bar_and_its_target():
    drawn = draw("{% meter 38 100 target=100 kind='miss' label='38 зі 100' %}")
    assert '<rect class="miss" x="0" y="2" width="38" height="10"/><rect class="mark" x="99" y="0"' in drawn
    assert 'role="img" aria-label="38 зі 100"' in drawn


def test_rows_of_a_breakdown():
    kyiv = SimpleNamespace(label="<Київ>", value=5, is_inner=True)
    rest, nowhere = (
        SimpleNamespace(label=name, value=value, is_inner=False) for name, value in (("Решта", None), ("Ніде", 2))
    )
    rows = [(kyiv, "5", "?oblast=kyiv&since=2024-01"), (rest, None, "?x"), (nowhere, "2", "")]
    inner, nothing, nowhere = draw("{% breakdown rows 10 %}", rows=rows).split("</tr>")[:3]
    assert inner.startswith('<tr><th scope="row" class="tree-1">&lt;Київ&gt;</th><td><svg class="meter"')
    assert (
        '<td class="num"><a class="figure" href="?oblast=kyiv&amp;since=2024-01" aria-label="5: &lt;Київ&gt;">5</a></td>'
        in inner
    )
    assert nothing == '<tr><th scope="row">Решта</th><td></td><td class="num"><span aria-hidden="true">—</span></td>'
    assert nowhere.endswith('<td class="num">2</td>')


def test_an_empty_funnel():
    assert draw("{% funnel rows %}", rows=[]) == '<ul class="funnel"></ul>'


def test_a_map_prints_numbers_and_a_table():
    drawn = draw(
        '{% oblast_map regions "Карта" key "Громад" total=15 %}',
        regions=samples.regions(),
        key=[{"step": 0, "text": "немає"}],
    )
    assert 'aria-label="Вінницька область: 6 громад"' in drawn or "6 громад" in drawn
    assert '<text x="630" y="86">6</text>' in drawn
    assert "<title>Вінницька область: ще немає громад</title>" in drawn
    assert drawn.index(">6</a>") < drawn.index(">2</a></td>")
    assert '<td class="num">15</td>' in drawn
