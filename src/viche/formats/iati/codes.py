"""The lists of codes of IATI 2.03, and where each of them holds.

`codes.txt` has the codes alone, withdrawn ones too, which old data may bear; `tests/formats/iati` compares them with the official lists.
Where they hold follows the mapping that IATI publishes; an attribute of the same meaning elsewhere is held to the same list.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from viche.formats.faults import CODE, Fault

CODES: Final = Path(__file__).with_name("codes.txt")
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
TEXT: Final = "text()"

# Element, attribute, list. Where two elements share a name and not a list, the parent stands before.
_PLACES: Final = """
iati-activity budget-not-provided BudgetNotProvided
iati-activity default-currency Currency
iati-organisation default-currency Currency
activity-date type ActivityDateType
activity-scope code ActivityScope
activity-status code ActivityStatus
administrative vocabulary GeographicVocabulary
aid-type vocabulary AidTypeVocabulary
budget status BudgetStatus
budget type BudgetType
category code DocumentCategory
channel-code text() CRSChannelCode
collaboration-type code CollaborationType
condition type ConditionType
contact-info type ContactType
country-budget-items vocabulary BudgetIdentifierVocabulary
default-aid-type vocabulary AidTypeVocabulary
default-finance-type code FinanceType
default-flow-type code FlowType
default-tied-status code TiedStatus
description type DescriptionType
disbursement-channel code DisbursementChannel
document-link format FileFormat
exactness code GeographicExactness
feature-designation code LocationType
finance-type code FinanceType
flow-type code FlowType
forecast currency Currency
humanitarian-scope type HumanitarianScopeType
humanitarian-scope vocabulary HumanitarianScopeVocabulary
indicator measure IndicatorMeasure
indicator/reference vocabulary IndicatorVocabulary
language code Language
loan-status currency Currency
location-class code GeographicLocationClass
location-id vocabulary GeographicVocabulary
location-reach code GeographicLocationReach
other-flags code CRSAddOtherFlags
other-identifier type OtherIdentifierType
participating-org crs-channel-code CRSChannelCode
participating-org role OrganisationRole
participating-org type OrganisationType
planned-disbursement type BudgetType
policy-marker significance PolicySignificance
policy-marker vocabulary PolicyMarkerVocabulary
provider-org type OrganisationType
receiver-org type OrganisationType
recipient-country code Country
recipient-country-budget status BudgetStatus
recipient-org-budget status BudgetStatus
recipient-region vocabulary RegionVocabulary
recipient-region-budget status BudgetStatus
related-activity type RelatedActivityType
repayment-plan code LoanRepaymentPeriod
repayment-type code LoanRepaymentType
reporting-org type OrganisationType
result type ResultType
result/reference vocabulary ResultVocabulary
sector vocabulary SectorVocabulary
tag vocabulary TagVocabulary
tied-status code TiedStatus
total-budget status BudgetStatus
transaction-type code TransactionType
value currency Currency
"""

# Codes whose list depends on the vocabulary: element, then vocabulary and list; "-" is where none is named.
_BY_VOCABULARY: Final = """
administrative A4 Country
aid-type - AidType 1 AidType 2 EarmarkingCategory 4 CashandVoucherModalities
budget-item 1 BudgetIdentifier
default-aid-type - AidType 1 AidType 2 EarmarkingCategory 4 CashandVoucherModalities
policy-marker - PolicyMarker 1 PolicyMarker
recipient-region - Region 1 Region
sector - Sector 1 Sector 2 SectorCategory 7 UNSDG-Goals 8 UNSDG-Targets
tag 2 UNSDG-Goals 3 UNSDG-Targets
"""


def _places() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for element, attribute, name in map(str.split, _PLACES.strip().splitlines()):
        found.setdefault(element, []).append((attribute, name))
    return found


def _vocabularies() -> dict[str, dict[str, str]]:
    rows = (line.split() for line in _BY_VOCABULARY.strip().splitlines())
    return {row[0]: dict(zip(row[1::2], row[2::2], strict=True)) for row in rows}


PLACES: Final = _places()
VOCABULARIES: Final = _vocabularies()


@cache
def lists() -> Mapping[str, frozenset[str]]:
    """Every list by its name. A line begins with the name; lines that begin with a blank go on with the codes."""
    found: dict[str, list[str]] = {}
    codes: list[str] = []
    for line in CODES.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not line.startswith(" "):
            codes = found.setdefault(words.pop(0), [])
        codes += words
    return {name: frozenset(codes) for name, codes in found.items()}


def used() -> set[str]:
    """Names of the lists that something is held to."""
    placed = {name for places in PLACES.values() for _, name in places}
    chosen = {name for row in VOCABULARIES.values() for name in row.values()}
    return placed | chosen | {"Language", "Version", "OrganisationRegistrationAgency"} | set(ORGANISATIONS)


ORGANISATIONS: Final = ("OrganisationIdentifier", "IATIOrganisationIdentifier")


@cache
def known_organisations() -> frozenset[str]:
    """Identifiers of organisations that are older than the rules about them."""
    return lists()[ORGANISATIONS[0]] | lists()[ORGANISATIONS[1]]


def faults(element: Any, line: int) -> Iterator[Fault]:
    """Codes that their lists do not have, in an element whose first line is `line` of the file."""
    for one in element.iter("*"):
        for attribute, value, name in _coded(one):
            if value not in lists()[name]:
                values = {"element": one.tag, "attribute": attribute, "value": value, "list": name}
                said = "code-text" if attribute == TEXT else "code"
                yield Fault(CODE, name, one.sourceline + line - 1, said, values)


def _coded(one: Any) -> Iterator[tuple[str, str, str]]:
    """The codes of one element: attribute, value, name of the list."""
    tag, attributes = one.tag, one.attrib
    if LANG in attributes:
        yield "xml:lang", attributes[LANG], "Language"
    places = PLACES.get(tag)
    if places is None and tag == "reference":
        places = PLACES.get(f"{one.getparent().tag}/{tag}")
    for attribute, name in places or ():
        value = (one.text or "").strip() if attribute == TEXT else attributes.get(attribute)
        if value is not None:
            yield attribute, value, name
    if tag in VOCABULARIES and "code" in attributes:
        holder = one.getparent() if tag == "budget-item" else one
        chosen = VOCABULARIES[tag].get(holder.get("vocabulary") or "-")
        if chosen:
            yield "code", attributes["code"], chosen
