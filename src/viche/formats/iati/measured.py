"""Results as IATI writes them: indicators, baselines, and targets and actuals of periods with their splits.

An award may have hundreds of numbers, so they are written as the lines of the file at once. Everything else of an activity is
built as elements; both read alike, indented by two spaces a level.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from viche.formats import xmltext
from viche.formats.iati.pen import Said, said
from viche.formats.iati.records import (
    QUALITATIVE,
    Baseline,
    Document,
    Indicator,
    Period,
    Reference,
    Result,
    Text,
    Value,
)


def results(told: Iterable[Result], language: str) -> str:
    """The results of an activity in its own language, as they stand in the file."""
    lines: list[str] = []
    quill = _Quill(language, lines.append)
    for one in told:
        quill.result(one)
    return "".join(lines)


def _attributes(**given: Said) -> str:
    """Attributes that say something; an underscore in a name stands for a hyphen."""
    return "".join(
        f' {name.replace("_", "-")}="{xmltext.named(said(value))}"'
        for name, value in given.items()
        if value is not None and value != ""
    )


@lru_cache(maxsize=4096)  # the same few parts stand under every number
def _dimension(name: str, value: str) -> str:
    return f"<dimension{_attributes(name=name, value=value)}/>"


class _Quill:
    """Writes the lines of results, each where it stands."""

    def __init__(self, language: str, write: Callable[[str], Any]) -> None:
        self.language, self.write = language, write

    def result(self, one: Result) -> None:
        """One result with its indicators. A reference stands at the result or at its indicators, never at both."""
        self.write(f"  <result{_attributes(type=one.kind, aggregation_status=one.aggregates)}>\n")
        self._words("    ", "title", one.title)
        self._words("    ", "description", one.description)
        for reference in one.references:
            self._reference("    ", reference, vocabulary_uri=reference.uri)
        for indicator in one.indicators:
            self._indicator(indicator)
        self.write("  </result>\n")

    def _indicator(self, one: Indicator) -> None:
        own = _attributes(measure=one.measure, ascending=one.ascending, aggregation_status=one.aggregates)
        self.write(f"    <indicator{own}>\n")
        self._words("      ", "title", one.title)
        self._words("      ", "description", one.description)
        for reference in one.references:
            self._reference("      ", reference, indicator_uri=reference.uri)
        for baseline in one.baselines:
            if _is_told(baseline, one.measure):
                own = _attributes(year=baseline.year, iso_date=baseline.dated_on)
                self._number("      ", f"baseline{own}", baseline, one.measure)
        for period in one.periods:
            self._period(period, one.measure)
        self.write("    </indicator>\n")

    def _period(self, one: Period, measure: str) -> None:
        self.write(
            f'      <period>\n        <period-start iso-date="{one.starts_on.isoformat()}"/>\n'
            f'        <period-end iso-date="{one.ends_on.isoformat()}"/>\n'
        )
        for tag, values in (("target", one.targets), ("actual", one.actuals)):
            for value in values:
                if _is_told(value, measure):
                    self._number("        ", tag, value, measure)
        self.write("      </period>\n")

    def _number(self, indent: str, opening: str, one: Value | Baseline, measure: str) -> None:
        """A number with where it was counted, of which part of the people, and what is said beside."""
        if measure != QUALITATIVE:
            opening = f'{opening} value="{said(one.value)}"'
        documents = getattr(one, "documents", ())
        if not (one.locations or one.dimensions or one.comment or documents):
            self.write(f"{indent}<{opening}/>\n")
            return
        self.write(f"{indent}<{opening}>\n")
        within = f"{indent}  "
        for ref in one.locations:
            self.write(f"{within}<location{_attributes(ref=ref)}/>\n")
        for name, value in one.dimensions.items():
            self.write(f"{within}{_dimension(name, value)}\n")
        self._words(within, "comment", one.comment)
        for document in documents:
            self._document(within, document)
        self.write(f"{indent}</{opening.partition(' ')[0]}>\n")

    def _words(self, indent: str, tag: str, text: Text) -> None:
        """A text in its languages; nothing where there is none."""
        told = list(self._narratives(f"{indent}  ", text))
        if told:
            self.write(f"{indent}<{tag}>\n{''.join(told)}{indent}</{tag}>\n")

    def _narratives(self, indent: str, text: Text) -> Iterator[str]:
        for language, words in text.items():
            if words:
                mark = "" if language == self.language else f' xml:lang="{language}"'
                yield f"{indent}<narrative{mark}>{xmltext.said(said(words))}</narrative>\n"

    def _reference(self, indent: str, one: Reference, **uri: Said) -> None:
        self.write(f"{indent}<reference{_attributes(vocabulary=one.vocabulary, code=one.code, **uri)}/>\n")

    def _document(self, indent: str, one: Document) -> None:
        within = f"{indent}  "
        self.write(f"{indent}<document-link{_attributes(url=one.url, format=one.format)}>\n")
        self._words(within, "title", one.title)
        self._words(within, "description", one.description)
        told: list[tuple[str, dict[str, Said]]] = [("category", {"code": code}) for code in one.categories if code]
        told += [("language", {"code": code}) for code in one.languages if code]
        told += [("document-date", {"iso_date": one.dated_on})] if one.dated_on else []
        for tag, given in told:
            self.write(f"{within}<{tag}{_attributes(**given)}/>\n")
        self.write(f"{indent}</document-link>\n")


def _is_told(one: Value | Baseline, measure: str) -> bool:
    """Where a number is measured and there is none (it may be masked), nothing is written."""
    return measure == QUALITATIVE or one.value is not None
