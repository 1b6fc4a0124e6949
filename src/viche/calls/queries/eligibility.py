"""Whether an organisation may apply, and if not, why, in sentences for people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.choices import Outcome, Who
from viche.calls.models import Application, Call
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation


def obstacles(call: Call, organisation: Organisation) -> list[str]:
    """Every reason why this organisation may not apply; empty when it may. At most five queries."""
    found = [
        _kind_obstacle(call, organisation),
        _circle_obstacle(call, organisation),
        _place_obstacle(call, organisation),
    ]
    return [sentence for sentence in found if sentence]


def _kind_obstacle(call: Call, organisation: Organisation) -> str:
    if not call.who_kinds or organisation.kind in call.who_kinds:
        return ""
    kinds = ", ".join(kind_labels(call))
    return _("Цей конкурс для таких організацій: %(kinds)s. «%(name)s» записана як %(kind)s.") % {
        "kinds": kinds,
        "name": organisation.name,
        "kind": organisation.get_kind_display(),
    }


def _circle_obstacle(call: Call, organisation: Organisation) -> str:
    if call.who == Who.LISTED and not call.who_organisations.filter(pk=organisation.pk).exists():
        return _("Цей конкурс лише для запрошених організацій, і «%(name)s» серед них немає.") % {
            "name": organisation.name
        }
    if call.who == Who.OUTCOME:
        supported = Application.objects.filter(
            call_id=call.who_call_id, organisation=organisation, outcome=Outcome.SUPPORTED
        )
        if not supported.exists():
            return _("Цей конкурс для тих, кого підтримали в конкурсі «%(call)s», і «%(name)s» серед них немає.") % {
                "call": call.who_call.title,
                "name": organisation.name,
            }
    return ""


def _place_obstacle(call: Call, organisation: Organisation) -> str:
    hromadas = set(call.who_hromadas.values_list("pk", flat=True))
    oblasts = dict(call.who_oblasts.values_list("pk", "name"))
    if not hromadas and not oblasts:
        return ""
    if organisation.hromada_id in hromadas or organisation.hromada.oblast_id in oblasts:
        return ""
    if oblasts and not hromadas:
        return _("Цей конкурс для громад з таких областей: %(oblasts)s.") % {
            "oblasts": ", ".join(sorted(oblasts.values()))
        }
    count = len(hromadas)
    return ngettext(
        "Цей конкурс для %(count)d названої громади, і вашої серед них немає.",
        "Цей конкурс для %(count)d названих громад, і вашої серед них немає.",
        count,
    ) % {"count": count}


def kind_labels(call: Call) -> list[str]:
    """The kinds of organisation that may apply, in words; empty when all may."""
    labels = dict(OrganisationKind.choices)
    return [str(labels[kind]) for kind in call.who_kinds if kind in labels]
