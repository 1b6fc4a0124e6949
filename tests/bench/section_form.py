"""How long it takes to build, judge and draw the form of a section of twelve questions; prints milliseconds.

PYTHONPATH=src:. python tests/bench/section_form.py
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable

KINDS = (
    "short",
    "long",
    "number",
    "money",
    "date",
    "choice",
    "several",
    "file",
    "photos",
    "budget",
    "declaration",
    "long",
)
ROUNDS, TIMES = 5, 50


def milliseconds(act: Callable[[], object]) -> float:
    """Processor time of one act: the best of several rounds."""
    best = float("inf")
    for _round in range(ROUNDS):
        begun = time.process_time()
        for _time in range(TIMES):
            act()
        best = min(best, (time.process_time() - begun) / TIMES)
    return best * 1000


def main() -> int:
    """Measure without any database: a section is plain data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
    os.environ.setdefault("VICHE_VAR", tempfile.mkdtemp())
    import django

    django.setup()
    from django.http import QueryDict  # noqa: TID251 — what a page sends
    from django.template.loader import render_to_string

    from viche.questionnaires import fields, queries

    options = [{"value": value, "label": value} for value in "абвг"]
    settings = {"choice": {"options": options}, "several": {"options": options}, "declaration": {"text": "Усе правда."}}
    asked = tuple(
        queries.OutlineQuestion(n, f"q{n}", kind, "", f"Запитання {n}", "Пояснення.", True, settings.get(kind, {}))
        for n, kind in enumerate(KINDS, 1)
    )
    section = queries.OutlineSection(1, 1, "Розділ", "", asked)
    data = QueryDict(mutable=True)
    data.update(
        {"q1": "Назва", "q2": "слово " * 400, "q3": "12", "q4": "180 000", "q5": "21.11.2026", "q6": "а", "q7": "б"}
    )
    data.update({"q11": "on", "q12": "слово " * 400})
    for row in range(10):
        data.update({f"q10-{row}-item": "Стіл", f"q10-{row}-quantity": "2", f"q10-{row}-price": "4 500,50"})

    def judge() -> bool:
        return fields.section_form(section, data=data).is_valid()

    def draw() -> str:
        return render_to_string("questionnaires/section.html", {"form": fields.section_form(section, data=data)})

    print(f"build and judge a section of {len(asked)} questions: {milliseconds(judge):.2f} ms")
    print(f"build, judge and draw it: {milliseconds(draw):.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
