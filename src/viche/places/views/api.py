"""Places for other programs."""

from django.utils.translation import gettext_lazy as _

from viche.places import exports, queries
from viche.places.choices import HromadaKind
from viche.ui import api, asking
from viche.ui.asking import Kind, Param

PARAMS = (
    asking.OBLAST,
    Param("kind", _("вид громади"), Kind.CHOICE, tuple(HromadaKind.values), example="village"),
    asking.WORDS,
)
COLUMNS = [column[0] for column in exports.COLUMNS]
KATOTTG = Param("code", _("код за КАТОТТГ"), example="UA53060010000050498")


@api.listed("hromadas", PARAMS)
def hromadas(request, asked):
    """All hromadas that the codifier has today."""
    found = queries.hromadas(**{param.name: asked.get(param.name, "") for param in PARAMS})
    return api.page(request, found, asked, columns=COLUMNS, told=exports.rows)


@api.single("hromadas", KATOTTG)
def hromada(request, code):
    """One hromada."""
    del request
    return api.record(COLUMNS, exports.rows([queries.hromada_of_code(code)]))


@api.listed("oblasts")
def oblasts(request, asked):
    """All regions of the first level."""
    return api.page(request, queries.oblasts(), asked, columns=exports.OBLAST_COLUMNS, told=exports.oblast_rows)


@api.single("oblasts", KATOTTG)
def oblast(request, code):
    """One of them."""
    del request
    return api.record(exports.OBLAST_COLUMNS, exports.oblast_rows([queries.oblasts().get(code=code)]))
