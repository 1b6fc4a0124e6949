"""Examples of reading the data by a program, as the page of the API shows them; a test runs each of them."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Example(NamedTuple):
    """What it shows, in which language it is written, the lines to copy."""

    title: str | Promise
    language: str
    lines: str
    needs_key: bool = False


EXAMPLES = (
    Example(
        _("Конкурси, відкриті зараз"),
        "curl",
        "curl -fsS '{site}/api/v1/calls?state=open'",
    ),
    Example(
        _("Чи змінилося щось від минулого разу"),
        "curl",
        "etag=$(curl -fsS -o awards.json -D - '{site}/api/v1/awards?limit=5' | sed -n 's/^etag: //Ip' | tr -d '\\r')\n"
        "curl -sS -o /dev/null -w '%{{http_code}}\\n' -H \"If-None-Match: $etag\" '{site}/api/v1/awards?limit=5'",
    ),
    Example(
        _("Усі заходи року, частина за частиною"),
        "Python",
        "import json\n"
        "from urllib.request import urlopen\n"
        "\n"
        "address = '{site}/api/v1/events?since=2024-01-01&until=2024-12-31&limit=200'\n"
        "events = []\n"
        "while address:\n"
        "    page = json.load(urlopen(address))\n"
        "    events += page['items']\n"
        "    address = page['next']\n"
        "print(len(events))",
    ),
    Example(
        _("Підтримка на мапі: GeoJSON для QGIS"),
        "curl",
        "curl -fsS -o awards.geojson '{site}/awards.geojson'",
    ),
    Example(
        _("Програми, у яких ви працюєте (з ключем)"),
        "curl",
        "curl -fsS -H \"Authorization: Bearer $VICHE_KEY\" '{site}/api/v1/office/programmes'",
        needs_key=True,
    ),
)


def every(site: str) -> list[Example]:
    """All of them, asking this installation."""
    return [one._replace(lines=one.lines.format(site=site)) for one in EXAMPLES]
