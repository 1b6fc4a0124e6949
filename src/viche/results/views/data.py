"""Indicators and facts for other programs."""

from django.utils.translation import gettext_lazy as _

from viche.results.exports import data
from viche.results.queries import harvest
from viche.ui import api, asking, listing
from viche.ui.access import anyone
from viche.ui.asking import Param

MEASURE = Param("measure", _("що пораховано"), example="heads")
OF_PROGRAMME = Param("programme", _("код програми"), example="HUBS")


@api.listed("indicators", (asking.PROGRAMME,))
def indicators(request, asked):
    """Public indicators of public programmes with what they came to."""
    found = harvest.indicators(asked.get("programme", ""))
    return api.page(request, found, asked, columns=data.INDICATORS, told=data.indicators)


@api.single("indicators", OF_PROGRAMME, asking.CODE)
def indicator(request, programme, code):
    """One of them."""
    del request
    return api.record(data.INDICATORS, data.indicators([harvest.indicator(programme, code)]))


@api.listed("facts", (asking.PROGRAMME, MEASURE))
def facts(request, asked):
    """What the figures are made of, one by one."""
    found = harvest.facts(asked.get("programme", ""), asked.get("measure", ""))
    return api.page(request, found, asked, columns=data.FACTS, told=data.facts)


@anyone
def indicators_file(request, ending):
    """All public indicators, whole."""
    rows = data.indicators(harvest.indicators())
    return listing.answer(request, ending=ending, columns=data.INDICATORS, rows=rows, filename="indicators")
