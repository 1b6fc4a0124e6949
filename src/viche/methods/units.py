"""Units beside numbers: "1 захід", "3 заходи", "7 773 людини", "1 event". A unit that is not known stays as it was written."""

from decimal import Decimal
from typing import Final

UKRAINIAN: Final = (
    ("людина", "людини", "людей"),
    ("особа", "особи", "осіб"),
    ("мешканець", "мешканці", "мешканців"),
    ("мешканка", "мешканки", "мешканок"),
    ("жінка", "жінки", "жінок"),
    ("чоловік", "чоловіки", "чоловіків"),
    ("дитина", "дитини", "дітей"),
    ("учасник", "учасники", "учасників"),
    ("учасниця", "учасниці", "учасниць"),
    ("захід", "заходи", "заходів"),
    ("зустріч", "зустрічі", "зустрічей"),
    ("тренінг", "тренінги", "тренінгів"),
    ("громада", "громади", "громад"),
    ("область", "області", "областей"),
    ("хаб", "хаби", "хабів"),
    ("пресклуб", "пресклуби", "пресклубів"),
    ("бібліотека", "бібліотеки", "бібліотек"),
    ("організація", "організації", "організацій"),
    ("група", "групи", "груп"),
    ("ідея", "ідеї", "ідей"),
    ("ініціатива", "ініціативи", "ініціатив"),
    ("запитання", "запитання", "запитань"),
    ("згадка", "згадки", "згадок"),
    ("заявка", "заявки", "заявок"),
    ("рішення", "рішення", "рішень"),
    ("проєкт", "проєкти", "проєктів"),
    ("підтримка", "підтримки", "підтримок"),
    ("грант", "гранти", "грантів"),
    ("угода", "угоди", "угод"),
    ("звіт", "звіти", "звітів"),
    ("послуга", "послуги", "послуг"),
    ("година", "години", "годин"),
    ("день", "дні", "днів"),
    ("раз", "рази", "разів"),
    ("штука", "штуки", "штук"),
)
ENGLISH: Final = (
    ("person", "people"),
    ("woman", "women"),
    ("man", "men"),
    ("child", "children"),
    ("resident", "residents"),
    ("participant", "participants"),
    ("event", "events"),
    ("meeting", "meetings"),
    ("hromada", "hromadas"),
    ("community", "communities"),
    ("oblast", "oblasts"),
    ("hub", "hubs"),
    ("press club", "press clubs"),
    ("group", "groups"),
    ("idea", "ideas"),
    ("initiative", "initiatives"),
    ("question", "questions"),
    ("application", "applications"),
    ("project", "projects"),
    ("award", "awards"),
)
KNOWN: Final = {form: forms for forms in UKRAINIAN for form in reversed(forms)}
IN_ENGLISH: Final = {form: forms for forms in ENGLISH for form in forms}
TEEN, TEN, HUNDRED, FEW = 1, 10, 100, range(2, 5)


def declined(unit: str, number: Decimal | int | None) -> str:
    """The unit in the form that goes with the number; of a fraction, of nothing or of an unknown unit as it was written."""
    if number is None or number != int(number):
        return unit
    whole, word = abs(int(number)), unit.casefold()
    if word in IN_ENGLISH:
        return IN_ENGLISH[word][whole != 1]
    if word not in KNOWN:
        return unit
    one, few, many = KNOWN[word]
    if whole % HUNDRED // TEN == TEEN:
        return many
    last = whole % TEN
    if last == 1:
        return one
    return few if last in FEW else many
