"""The words for faults that `formats` find in files of IATI and 360Giving: one sentence for each name of a fault."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from viche.formats.faults import Fault

LONGEST = 120  # letters of one value in a sentence
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

XML = {
    "xml-unfinished": _("Файл обірвано: тут він закінчується, а не всі елементи закрито."),
    "xml-mismatch": _("Закрито не той елемент, що відкрито."),
    "xml-twice": _("В одного елемента двічі той самий атрибут."),
    "xml-entity": _("Вставки, якої тут ніхто не визначив: знак & пишуть як &amp;."),
    "xml-encoding": _("Кодування, зазначеного на початку файлу, ми не знаємо або воно не те. Найпевніше UTF-8."),
    "xml-bytes": _("Знаки, яких тут не може бути: або це не XML, або кодування не те, що зазначено."),
    "xml-malformed": _("Це не XML: запис тут порушено."),
    "xml-doctype": _("Файл має DOCTYPE. В IATI його не буває, а через нього нападають, тож далі файл не читаємо."),
    "xml-deep": _("Елементів один в одному понад 200: далі файл не читаємо."),
    "xml-long": _("Елемент «%(element)s» довший за 16 МБ, тож його не перевірено."),
}

SCHEMA = {
    "root": _("Файл починається елементом «%(element)s», а мав би «iati-activities» або «iati-organisations»."),
    "version": _("Файл написано за версією %(value)s, а перевіряємо за 2.03."),
    "schema-missing": _("В елементі «%(element)s» чогось бракує. Тут мало б бути: %(expected)s."),
    "schema-unexpected": _("Елемента «%(element)s» тут не має бути. Тут можуть бути: %(expected)s."),
    "schema-closed": _("Елемента «%(element)s» тут не має бути."),
    "schema-type": _("В елементі «%(element)s» написано «%(value)s», а має бути %(type)s."),
    "schema-type-attribute": _(
        "В атрибуті «%(attribute)s» елемента «%(element)s» написано «%(value)s», а має бути %(type)s."
    ),
    "schema-attribute": _("Елементові «%(element)s» бракує атрибута «%(attribute)s»."),
    "schema-unknown-attribute": _("Елемент «%(element)s» не може мати атрибута «%(attribute)s»."),
    "schema-text": _("В елементі «%(element)s» просто тексту не має бути."),
    "schema": _("Елемент «%(element)s» суперечить схемі."),
}

CODES = {
    "code": _("Коду «%(value)s» в переліку %(list)s немає (елемент «%(element)s», атрибут «%(attribute)s»)."),
    "code-text": _("Коду «%(value)s» в переліку %(list)s немає (елемент «%(element)s»)."),
}

RULES = {
    "duplicate-id": _("Ідентифікатор «%(value)s» уже є в рядку %(first)s: двічі його не вживають."),
    "rule-unique": _(
        "Ідентифікатор діяльності має відрізнятися від ідентифікатора організації, що звітує («%(value)s»)."
    ),
    "rule-own-prefix": _("«%(value)s» мав би починатися ідентифікатором організації, що звітує, і дефісом."),
    "rule-register": _("«%(value)s» не починається кодом відомого реєстру, як-от UA-EDR."),
    "rule-regex-matches": _("«%(value)s» (%(path)s) не може містити знаків / & | ?"),
    "rule-no-spaces": _("Перед «%(value)s» (%(path)s) або після не може бути пробілів і нових рядків."),
    "rule-start": _("Бракує дати початку, запланованої (1) чи справжньої (2)."),
    "rule-sector": _("Бракує галузі (sector): в діяльності або в кожній операції."),
    "rule-empty": _("Елемент «%(element)s» порожній, у ньому бракує тексту."),
    "rule-who": _("В елементі «%(element)s» організацію не названо: бракує ref або narrative."),
    "rule-language": _("Мови тексту не зазначено: ні тут, ні для всієї діяльності чи організації (xml:lang)."),
    "rule-currency": _("Валюти не зазначено: ні тут, ні для всієї діяльності чи організації (default-currency)."),
    "rule-sector-of-all": _("Якщо галузі зазначено в операціях, то в кожній, а тут галузі немає."),
    "rule-future": _("%(path)s (%(value)s) ще не настало, а мало б бути вже в минулому."),
    "rule-date-order": _("%(path)s (%(value)s) пізніше за %(other)s (%(limit)s)."),
    "rule-time-limit": _("Період бюджету від %(start)s до %(end)s довший за рік."),
    "rule-between-dates": _("Дата %(value)s не в періоді бюджету від %(start)s до %(end)s."),
    "rule-strict-sum": _("Відсотки (%(path)s) у сумі дають %(value)s, а мають дати 100."),
    "rule-range": _("%(path)s має бути від 0 до 100, а не %(value)s."),
    "rule-dac": _("Поруч з іншими класифікаторами бракує коду з класифікатора OECD DAC (1): %(path)s."),
    "rule-no-more-than-one": _("%(path)s має бути щонайбільше одне, а є %(count)s."),
    "rule-atleast-one": _("Елементові «%(element)s» бракує: %(path)s."),
    "rule-7.9.1": _("Рядків бюджету країни кілька, а жоден не має відсотка."),
    "rule-value": _("Елементові «%(element)s» бракує значення: показник вимірюють числом."),
    "rule-number": _("Значення елемента «%(element)s» має бути числом: так вимірюють цей показник."),
    "rule-qualitative": _("Елемент «%(element)s» не має мати значення: показник якісний."),
    "rule-2.2.1": _("Власний код галузі (класифікатори 98 і 99) слід пояснити текстом."),
    "rule-2.1.1": _("Галузей одного класифікатора кілька, тож кожна має мати відсоток."),
    "rule-2.1.4": _("Галузь у класифікаторі одна: її відсоток 100 або не зазначений."),
    "rule-6.6.2": _("Галузі зазначено і в діяльності, і в операціях, а має бути щось одне."),
    "rule-3.6.2": _("Країни чи регіони зазначено і в діяльності, і в операціях, а має бути щось одне."),
    "rule-3.7.1": _("Країни чи регіону не зазначено: ні в діяльності, ні в операціях."),
    "rule-3.7.2": _("В одних операціях країну чи регіон зазначено, а в цій ні."),
    "rule-3.1.1": _("Країн кілька, тож кожна має мати відсоток."),
    "rule-3.1.4": _("Країна одна: її відсоток 100 або не зазначений."),
    "rule-3.4.1": _("Регіонів одного класифікатора кілька, тож кожен має мати відсоток."),
    "rule-3.4.4": _("Регіон у класифікаторі один: його відсоток 100 або не зазначений."),
    "rule-7.9.4": _("Рядок бюджету країни один: його відсоток 100 або не зазначений."),
}

JSON = {
    "json-large": _("Файл більший за %(size)s МБ."),
    "json-bytes": _("Це не UTF-8: кодування файлу не те."),
    "json-malformed": _("Це не JSON: запис порушено (знак %(column)s у рядку)."),
    "json-deep": _("Значення вкладено одне в одне надто глибоко."),
    "json-type": _("У полі «%(field)s» має бути %(expected)s, а є %(given)s."),
    "json-type-all": _("Увесь файл має бути об’єктом, а є %(given)s."),
    "json-required": _("Бракує поля «%(field)s» (об’єкт %(object)s)."),
    "json-same": _("Точнісінько таке вже є в цьому переліку."),
    "json-duplicate": _("Ґрант з ідентифікатором «%(value)s» у цьому файлі вже є."),
    "json-empty": _("Перелік «%(field)s» порожній, а має містити хоч щось."),
    "json-date": _("«%(value)s» (%(field)s) не дата: пишуть 2024-02-01 або 2024-02-01T12:00:00+02:00."),
    "json-part": _("«%(value)s» (%(field)s) не дата: пишуть рік, 2024-02, 2024-02-01 або час із поясом."),
    "json-moment": _("«%(value)s» (%(field)s) не час: пишуть 2024-02-01T12:00:00+02:00."),
    "json-version": _("«%(value)s» не версія: пишуть 1.4."),
    "json-address": _("«%(value)s» (%(field)s) не адреса: починають із https://, кириличні літери кодують."),
    "json-minimum": _("«%(field)s» не може бути меншим за нуль (%(value)s)."),
    "json-recipients": _("Отримувач або організація, або людина, а тут зазначено обох."),
    "json-code": _("Коду «%(value)s» в переліку %(list)s немає (поле «%(field)s»)."),
    "json-impossible-date": _("Такого дня не буває: %(value)s (поле «%(field)s»)."),
    "json-endless-number": _("Число в полі «%(field)s» таке довге, що його прочитає не кожна програма."),
    "json-negative-amount": _("Сума в полі «%(field)s» менша за нуль: %(value)s."),
    "json-period-order": _("Кінець %(end)s раніше за початок %(start)s."),
    "json-future-actual": _("Справжня дата %(value)s (%(field)s) ще не настала."),
    "json-future-award": _("Дата рішення %(value)s ще не настала."),
    "json-mail-in-text": _("У полі «%(field)s» є поштова адреса (%(value)s): особистих даних не публікують."),
}

SENTENCES = XML | SCHEMA | CODES | RULES | JSON

TYPES = {
    "decimal": _("число"),
    "int": _("ціле число"),
    "positiveInteger": _("ціле число, більше за нуль"),
    "nonNegativeInteger": _("ціле число, не менше за нуль"),
    "date": _("дата, як-от 2024-02-01"),
    "dateTime": _("час, як-от 2024-02-01T12:00:00Z"),
    "boolean": _("1 або 0 (true чи false)"),
    "anyURI": _("адреса"),
    "object": _("об’єкт"),
    "array": _("перелік"),
    "string": _("текст"),
    "number": _("число"),
    "null": _("порожнє (null)"),
}
"""What types of XML Schema and of JSON are called."""


def sentence(said: str, values: Mapping[str, str]) -> str:
    """One sentence in the language of whoever reads; whatever a file holds, it stays one line."""
    if said == "json-type" and not values["field"]:
        said = "json-type-all"
    return str(SENTENCES[said]) % {name: _told(name, value) for name, value in values.items()}


def of(fault: Fault) -> str:
    """The sentence of a fault."""
    return sentence(fault.said, fault.values)


def _told(name: str, value: str) -> str:
    if name in {"type", "expected", "given"}:
        value = str(TYPES.get(value, value))
    told = _CONTROL.sub(" ", value.encode("utf-8", "replace").decode())
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"
