"""Everything that is counted: the sources of facts of all packages, and the measures that they offer."""

from viche.awards.queries import figures as awards
from viche.calls.queries import figures as calls
from viche.events.queries import figures as events
from viche.facts.choices import Measure
from viche.facts.queries.sources import Source
from viche.programmes.queries import figures as programmes
from viche.results.queries import figures as values
from viche.reviews.queries import figures as reviews

SOURCES: tuple[Source, ...] = (
    programmes.SOURCE,
    calls.SOURCE,
    reviews.SOURCE,
    awards.AWARDS,
    awards.TRANCHES,
    events.SOURCE,
    values.SOURCE,
)
MEASURES: dict[str, Measure] = {measure.code: measure for source in SOURCES for measure in source.measures}
KIND_OF: dict[str, str] = {measure.code: source.kind for source in SOURCES for measure in source.measures}
"""From the records of which kind the facts of each measure come."""


def measure_of(code: str) -> Measure | None:
    """The measure under which the ledger keeps something; money is kept with its currency ("paid.UAH")."""
    return MEASURES.get(code.partition(".")[0])


def currency_of(code: str) -> str:
    """The currency of a measure of money; empty for anything else."""
    return code.partition(".")[2] if measure_of(code) else ""
