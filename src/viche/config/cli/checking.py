"""Files for other programs, checked before anybody gets them: `check iati FILE` and `check threesixty FILE`."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from viche.config.cli.speaking import Parser, say
from viche.formats.faults import SCHEMA, XML, Fault, UnreadableError

STANDARDS = {"iati": "IATI 2.03", "threesixty": "360Giving 1.4"}
BROKEN, UNREADABLE = 1, 2


def run(standard: str, arguments: list[str]) -> int:
    """A line for each fault; 0 without any, 1 with some, 2 where the file cannot be read at all. Nothing is written anywhere."""
    parser = Parser(f"check {standard}", f"перевірити файл за {STANDARDS[standard]}")
    parser.add_argument("file", type=Path, metavar="ФАЙЛ")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    words = _words()
    count, code, last = 0, 0, ""
    try:
        for fault in _faults(standard, options.file):
            count, code = count + 1, BROKEN
            told = {"layer": fault.layer, "rule": fault.rule, "line": fault.line, "message": words.of(fault)}
            _say(told, count, as_json=options.json)
    except UnreadableError as reason:
        count, code, last = count + 1, UNREADABLE, f"Файл «{options.file}» далі прочитати не можна."
        layer, line = XML if standard == "iati" else SCHEMA, int(reason.values["line"])
        message = words.sentence(reason.said, reason.values)
        _say({"layer": layer, "rule": "unreadable", "line": line, "message": message}, count, as_json=options.json)
    except OSError:
        code, last = UNREADABLE, f"Файл «{options.file}» не вдалося прочитати: {_why(options.file)}"
    if options.json:
        say("\n]" if count else "[]")
    sys.stdout.flush()
    held = f"Усього зауважень: {count}." if count else f"Файл «{options.file}» відповідає {STANDARDS[standard]}."
    print(last or held, file=sys.stderr)
    return code


def _words() -> ModuleType:
    """The sentences; where Django is not set up they need no installation, and stay Ukrainian."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    from viche.ui import faults

    return faults


def _faults(standard: str, path: Path) -> Iterator[Fault]:
    """What the file's standard says of it."""
    # lxml is loaded by those who check alone.
    from viche.formats.iati import checking as iati_checking
    from viche.formats.threesixty import checking as threesixty_checking

    checks = {"iati": iati_checking.check, "threesixty": threesixty_checking.check}
    with path.open("rb") as stream:
        yield from checks[standard](stream, now=datetime.now(UTC))


def _why(path: Path) -> str:
    if not path.exists():
        return "такого немає."
    return "це тека." if path.is_dir() else "немає прав або зіпсовано диск."


def _say(told: dict[str, object], count: int, *, as_json: bool) -> None:
    if as_json:
        print(("[\n" if count == 1 else ",\n") + json.dumps(told, ensure_ascii=False), end="")
    else:
        print(f"{told['line']}: {told['message']} [{told['layer']} {told['rule']}]")
