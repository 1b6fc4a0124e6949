"""How moments, sums and counts are written for people, in both languages. Tables of our own: a page has hundreds of them.

Blanks inside numbers and before ₴, % and "р." do not break.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from viche.methods import deadlines
from viche.methods import money as sums

NBSP = "\u00a0"
MONTHS = {
    "uk": [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT_MONTHS = {
    "uk": ["січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
NAMED_MONTHS = {
    "uk": [
        "січень",
        "лютий",
        "березень",
        "квітень",
        "травень",
        "червень",
        "липень",
        "серпень",
        "вересень",
        "жовтень",
        "листопад",
        "грудень",
    ],
    "en": MONTHS["en"],
}
WEEKDAYS = {
    "uk": ["понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SHORT_WEEKDAYS = {
    "uk": ["пон.", "вівт.", "сер.", "чет.", "п’ят.", "суб.", "нед."],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
STEP = 1024  # of bytes, from one unit to the next
TENTHS_BELOW = 100


def language() -> str:
    """The language of the page: en or, for all else, uk."""
    return "en" if get_language() == "en" else "uk"


def spoken(name: str) -> property:
    """A property of a row that keeps a text twice, as `name` and `name`_en: the one of the page, or else the Ukrainian."""
    return property(lambda row: (language() == "en" and getattr(row, f"{name}_en")) or getattr(row, name))


def in_kyiv(moment: datetime) -> datetime:
    """The moment on Kyiv's clock."""
    return deadlines.kyiv(moment)


def as_date(value: date | datetime) -> date:
    """The calendar day, for a moment the day in Kyiv."""
    return in_kyiv(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime, *, year: bool = True) -> str:
    """Write a day: "21 листопада 2026 р.", "21 November 2026"."""
    value, lang = as_date(value), language()
    text = f"{value.day}{NBSP}{MONTHS[lang][value.month - 1]}"
    if not year:
        return text
    return f"{text} {value.year}{NBSP}р." if lang == "uk" else f"{text} {value.year}"


def weekday(value: date | datetime) -> str:
    """Name the day of the week: "субота", "Saturday"."""
    return WEEKDAYS[language()][as_date(value).weekday()]


def sentence(text: str) -> str:
    """End the text with one full stop, also where a day stands last: "до 1 березня 2027 р."."""
    return text if text.endswith(("!", "?", "…")) else f"{text.rstrip('.')}."


def month(value: date) -> str:
    """Write the name of a month as it stands alone: "листопад 2026", "November 2026"."""
    return f"{NAMED_MONTHS[language()][value.month - 1]} {value.year}"


def moment(value: datetime, *, kyiv: bool = False) -> str:
    """Write a moment: "22 листопада 2026 р., 18:00", on demand with "за київським часом"."""
    local = in_kyiv(value)
    text = f"{day(local.date())}, {local:%H:%M}"
    return " ".join((text, _("за київським часом"))) if kyiv else text


def short_moment(value: datetime) -> str:
    """Write a moment for a narrow column of the office: "22.11.2026, 09:14"."""
    return f"{in_kyiv(value):%d.%m.%Y, %H:%M}"


def exact_moment(value: datetime) -> str:
    """Write a moment to the second, for receipts: "22 листопада 2026 р., 18:00:07 за київським часом"."""
    local = in_kyiv(value)
    return " ".join((f"{day(local.date())}, {local:%H:%M:%S}", _("за київським часом")))


def period(start: date, end: date | None) -> str:
    """Write a period without repeating what both days share: "1 лютого – 30 червня 2027 р."."""
    if end is None:
        return _("від %(day)s") % {"day": day(start)}
    start, end = as_date(start), as_date(end)
    if start == end:
        return day(start)
    if start.year != end.year:
        return f"{day(start)} – {day(end)}"
    if start.month != end.month:
        return f"{day(start, year=False)} – {day(end)}"
    return f"{start.day}–{day(end)}"


def number(value: float | Decimal, digits: int | None = None) -> str:
    """Write a number with its thousands apart: "1 240 000", "78,3"; in English "1,240,000" and "78.3"."""
    if type(value) is int and digits is None:  # most numbers of a page: no need to think of fractions
        text = f"{abs(value):,}".replace(",", NBSP if language() == "uk" else ",")
        return f"−{text}" if value < 0 else text
    value = Decimal(str(value))
    if digits is not None:
        value = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    elif value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    text = f"{abs(value):,f}"
    if language() == "uk":
        text = text.replace(",", NBSP).replace(".", ",")
    return f"−{text}" if value < 0 else text


def money(amount: float | Decimal, currency: str = "UAH") -> str:
    """Write a sum; hundredths only where there are any: "148 500 ₴", "10,50 €"."""
    return sums.write(Decimal(str(amount)), currency, language())


def size(count: int) -> str:
    """Write the size of a file: "210 КБ", "1,2 МБ"."""
    units = (_("Б"), _("КБ"), _("МБ"), _("ГБ"))
    power = 0
    while count >= STEP ** (power + 1) and power < len(units) - 1:
        power += 1
    value = Decimal(count) / STEP**power
    digits = 1 if power > 1 and value < TENTHS_BELOW else 0
    return f"{number(value, digits)}{NBSP}{units[power]}"


def hours_and_minutes(hours: int, minutes: int) -> str:
    """Write what is left of a last day: "3 год 12 хв", "12 хв"."""
    said = [NBSP.join((str(hours), _("год")))] if hours else []
    if minutes or not hours:
        said.append(NBSP.join((str(minutes), _("хв"))))
    return " ".join(said)


def left(until: datetime, at: datetime) -> str:
    """Say how long is left: in days, on the last day in hours and minutes, afterwards that it is over."""
    remains = deadlines.left(until, at)
    if remains.over:
        return _("Час вийшов")
    if not remains.last_day:
        return ngettext("Лишився %(n)s день", "Лишилося %(n)s дні", remains.days) % {"n": remains.days}
    if not remains.hours and not remains.minutes:
        return _("Лишилося менше хвилини")
    return _("Лишилося %(span)s") % {"span": hours_and_minutes(remains.hours, remains.minutes)}
