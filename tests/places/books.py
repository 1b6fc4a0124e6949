"""Small codifiers for tests, shaped like the ministry's."""

from openpyxl import Workbook

from viche.formats import katottg

OBLAST = "UA53000000000028050"
RAION = "UA53060000000095195"
FIRST = "UA53060010000011111"
FIRST_CENTRE = "UA53060010010022222"
FIRST_VILLAGE = "UA53060010020033333"
SECOND = "UA53060030000044444"
SECOND_CENTRE = "UA53060030010055555"
CITY = "UA80000000000093317"

PLAIN = [
    ([OBLAST], "O", "Полтавська"),
    ([OBLAST, RAION], "P", "Лубенський"),
    ([OBLAST, RAION, FIRST], "H", "Калинопільська "),
    ([OBLAST, RAION, FIRST, FIRST_CENTRE], "M", "Калинопіль"),
    ([OBLAST, RAION, FIRST, FIRST_VILLAGE], "C", "Тарнавиця "),
    ([OBLAST, RAION, SECOND], "H", "Зарічненська"),
    ([OBLAST, RAION, SECOND, SECOND_CENTRE], "X", "Зарічне"),
    ([CITY], "K", "Київ"),
    ([CITY, CITY, CITY, CITY, "UA80000000000126643"], "B", "Голосіївський"),
]


def book(folder, rows=PLAIN, columns=katottg.COLUMNS, *, heading=2):
    """Write a workbook: some lines of heading, the row of columns, then (codes, letter, name) rows and an empty one."""
    made = Workbook()
    sheet = made.active
    for _line in range(heading):
        sheet.append([None, "ЗАТВЕРДЖЕНО наказом"])
    sheet.append(list(columns))
    for codes, letter, name in rows:
        sheet.append([*codes, *[None] * (5 - len(codes)), letter, name])
    sheet.append([None] * 7)
    path = folder / "kodyfikator.xlsx"
    made.save(path)
    return path


def without(code):
    """The plain rows without those that are or lie in the unit of a code."""
    return [row for row in PLAIN if code not in row[0]]


def renamed(code, name):
    """The plain rows, one unit called otherwise."""
    return [(codes, letter, name if codes[-1] == code else old) for codes, letter, old in PLAIN]
