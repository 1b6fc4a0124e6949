"""What the gallery shows: invented names, long ones too, and none, one and many of everything."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import wording
from .forms import DateField, FileField, Form, MoneyField, NumberField, TextField
from .paging import Page
from .widgets import Hinted, PickerInput

AT = datetime(2026, 11, 22, 7, 14, tzinfo=UTC)
LONG = _("Комунальний заклад «Центральна публічна бібліотека Верхньодубівсько-Заріченської селищної ради»")
OBLASTS = [("05", _("Вінницька область")), ("46", _("Львівська область")), ("53", _("Полтавська область"))]
BREAKDOWN = [
    (SimpleNamespace(label=OBLASTS[0][1], value=40, is_inner=False), "40", "#"),
    (SimpleNamespace(label=LONG, value=7, is_inner=True), "7", "#"),
    (SimpleNamespace(label=OBLASTS[1][1], value=None, is_inner=False), "—", ""),
]


class Everything(Form):
    """A form with every kind of field."""

    name = TextField(label=_("Назва організації"), help_text=_("Так, як у Єдиному державному реєстрі."), max_length=200)
    code = TextField(label=_("ЄДРПОУ"), required=False)
    why = TextField(
        long=True, label=_("Чому саме такі витрати"), help_text=_("Пишіть так, як пояснили б сусідці."), max_length=150
    )
    asked = MoneyField(label=_("Скільки просите, ₴"), help_text=_("Від 40 000 до 180 000 ₴."), most=180_000)
    people = NumberField(label=_("Скільки людей прийде"), least=1, required=False)
    starts = DateField(label=_("Коли почнете"))
    oblast = forms.ChoiceField(label=_("Область"), choices=[("", _("Виберіть область")), *OBLASTS])
    hromada = TextField(
        label=_("Громада"),
        widget=PickerInput("/hromadas.json", describe={"UA1": _("Калинопільська громада, Полтавська область")}.get),
    )
    how = forms.ChoiceField(
        label=_("Формат"),
        choices=[
            ("here", _("Особисто")),
            ("online", Hinted(_("Онлайн"), _("Посилання побачать лише ті, хто записався"))),
        ],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label=_("Кого кличете окремо"),
        choices=[("idp", _("переселенки й переселенці")), ("60", _("люди 60+")), ("dis", _("люди з інвалідністю"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    letter = FileField(
        label=_("Лист підтримки"), help_text=_("PDF або фото, до 10 МБ. Можна зняти телефоном."), required=False
    )
    password = forms.CharField(label=_("Пароль"), widget=forms.PasswordInput)
    true = forms.BooleanField(label=_("Усе написане правда"), help_text=_("Заяву підпише голова громади."))


class Search(forms.Form):
    """Search and filters."""

    q = forms.CharField(label=_("Пошук"), widget=forms.TextInput({"type": "search"}), required=False)
    state = forms.ChoiceField(
        label=_("Стан"), choices=[("", _("Усі, крім чернеток")), ("told", _("На перевірці"))], required=False
    )
    oblast = forms.ChoiceField(label=_("Область"), choices=[("", _("Усі області")), *OBLASTS], required=False)


FILLED = {
    "name": "Бібліотека «На Греблі»",
    "why": "Станція тримає світло й інтернет під час заходів.",
    "asked": Decimal(148500),
    "people": 1200,
    "starts": date(2027, 2, 1),
    "oblast": "53",
    "hromada": "UA1",
    "how": "here",
    "who": ["60"],
}
WRONG = {
    "name": "",
    "why": "Автобус забирає людей із семи сіл, звідки після 16:00 нічого не їде. " * 3,
    "asked": "186 400",
    "people": "−3",
    "starts": "31.02.2027",
    "oblast": "",
    "hromada": "Калинівська",
    "how": "",
    "who": ["??"],
    "password": "",
}


def wrong_form() -> Everything:
    """A form with an error in every field, and a name that fits two hromadas."""
    form = Everything(WRONG, auto_id="wrong_%s")
    form.fields["hromada"].widget.candidates = [
        ("UA2", _("Калинівська громада, Вінницька область")),
        ("UA3", _("Калинівська громада, Київська область")),
    ]
    form.add_error("hromada", _("Таких громад дві. Виберіть вашу."))
    return form


def page_of(number: int, count: int) -> Page:
    """A page of a list of so many rows."""
    pages = max(1, -(-count // 25))
    items = list(range(min(25, count - (number - 1) * 25)))
    return Page(items, number, pages, count, 25, "state=told&")


def regions() -> list[dict[str, Any]]:
    """Five squares in the place of oblasts, one for each shade."""
    said = [(0, _("ще немає громад")), (2, ""), (3, ""), (4, ""), (6, _("6 громад"))]
    return [
        {
            "code": f"UA{step}",
            "name": OBLASTS[step % 3][1],
            "path": f"M{10 + step * 140} 20h120v120h-120z",
            "label_x": 70 + step * 140,
            "label_y": 86,
            "value": value,
            "href": "#map",
            "step": step,
            "text": text,
            "second": value * 30,
            "second_said": str(value * 30),
            "second_href": "#map",
        }
        for step, (value, text) in enumerate(said)
    ]


def trend(count: int) -> list[dict[str, Any]]:
    """A trend of so many months, one of them without anything."""
    months = [date(2025 + at // 12, 1 + at % 12, 1) for at in range(count)]
    values = [(at * 7) % 23 * 40 if at != 1 else 0 for at in range(count)]
    return [
        {
            "label": wording.month(on),
            "short": f"{on:%m.%y}",
            "value": value,
            "said": wording.number(value),
            "href": "#trend",
        }
        for on, value in zip(months, values, strict=True)
    ]


def everything(request: HttpRequest) -> dict[str, Any]:
    """Collect all that the gallery's templates name."""
    return {
        "at": AT,
        "long": LONG,
        "moments": {
            "soon": AT + timedelta(hours=3, minutes=12),
            "days": AT + timedelta(days=8, hours=4),
            "day": AT + timedelta(days=1, hours=1),
            "minutes": AT + timedelta(minutes=9, seconds=30),
            "over": AT - timedelta(days=2),
        },
        "dates": {"start": date(2027, 2, 1), "end": date(2027, 6, 30), "next_year": date(2028, 1, 15)},
        "blank": Everything(auto_id="blank_%s"),
        "filled": Everything(initial=FILLED, auto_id="filled_%s"),
        "beside": Everything(initial=FILLED, auto_id="beside_%s"),
        "wrong": wrong_form(),
        "gallery_errors": [("blank_name", _("Назва: заповніть це поле.")), ("", _("Прийом закінчився о 18:00."))],
        "cell": Everything({"asked": "-35"}, auto_id="cell_%s"),
        "search": Search(request.GET, auto_id="find_%s"),
        "pages": {"none": page_of(1, 0), "one": page_of(1, 1), "few": page_of(1, 37), "many": page_of(7, 1240)},
        "regions": regions(),
        "trend": trend(5),
        "long_trend": trend(24),
        "key": [
            {"step": step, "text": text} for step, text in enumerate((_("ще немає"), "1–2", "3", "4", _("5–6 громад")))
        ],
        **shapes(),
    }


def steps() -> list[dict[str, Any]]:
    """Collect the sections of a long form in every state."""
    return [
        {"title": _("Організація"), "href": "#", "state": "saved", "word": _("готово")},
        {"title": _("Потреба громади"), "href": "#", "state": "failed", "word": _("2 помилки")},
        {"title": _("Бюджет"), "here": True},
        {
            "title": _("Команда, партнери і всі, хто допомагатиме"),
            "href": "#",
            "state": "draft",
            "word": _("почато"),
        },
        {"title": _("Подання"), "href": "", "state": "draft", "word": _("порожньо")},
    ]


def shapes() -> dict[str, Any]:
    """Collect the lists that components draw."""
    return {
        "trail": [("/", _("Головна")), ("#", _("Конкурси")), ("", _("Малі гранти для бібліотек-хабів"))],
        "sum": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "steps": steps(),
        "facts": [
            (_("Один грант"), _("від 40 000 до 180 000 ₴")),
            (_("Хто"), LONG),
            (_("Власний внесок"), _("не обов’язковий")),
            (_("Порожнє"), ""),
        ],
        "figures": [
            {"value": 6148, "label": _("учасників"), "href": "#"},
            {
                "value": Decimal("14.2"),
                "label": _("мільйона сплачено"),
                "href": "#",
                "state": "verified",
                "word": _("підтверджено"),
            },
            {
                "value": 11420,
                "label": _("курсів"),
                "href": "#",
                "state": "unverified",
                "word": _("не перевірено"),
                "note": _("станом на 1 листопада"),
            },
            {"value": 0, "label": _("відкликаних"), "href": "#"},
        ],
        "funnel": [
            {"label": _("Почали"), "value": 64, "href": "#"},
            {"label": _("Відповідають умовам"), "value": 31, "href": "#"},
            {"label": _("Підтримано"), "value": 0, "href": ""},
        ],
        "breakdown": BREAKDOWN,
        "programme": SimpleNamespace(code="FUND", called="Фонд"),
    }
