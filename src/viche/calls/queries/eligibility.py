"""Whether organisations may apply, and if not, why, in sentences for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.choices import Outcome, Who
from viche.calls.models import Application, Call
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom a call is for, as far as a handful of organisations is asked about: all that their judging looks up."""

    call: Call
    welcome: frozenset[int]  # those of the organisations whom the call names, or whom the other call supported
    hromadas: frozenset[int]
    oblasts: dict[int, str]

    def obstacles(self, organisation: Organisation) -> list[str]:
        """Every reason why this organisation may not apply."""
        found = [self._kind(organisation), self._invitation(organisation), self._place(organisation)]
        return [sentence for sentence in found if sentence]

    def _kind(self, organisation: Organisation) -> str:
        if not self.call.who_kinds or organisation.kind in self.call.who_kinds:
            return ""
        return _("Цей конкурс для таких організацій: %(kinds)s. «%(name)s» записана як %(kind)s.") % {
            "kinds": ", ".join(kind_labels(self.call)),
            "name": organisation.called,
            "kind": organisation.get_kind_display(),
        }

    def _invitation(self, organisation: Organisation) -> str:
        if self.call.who == Who.ANYONE or organisation.pk in self.welcome:
            return ""
        if self.call.who == Who.LISTED:
            return _("Цей конкурс лише для запрошених організацій, і «%(name)s» серед них немає.") % {
                "name": organisation.called
            }
        return _("Цей конкурс для тих, кого підтримали в конкурсі «%(call)s», і «%(name)s» серед них немає.") % {
            "call": self.call.who_call.called,
            "name": organisation.called,
        }

    def _place(self, organisation: Organisation) -> str:
        if not self.hromadas and not self.oblasts:
            return ""
        if organisation.hromada_id in self.hromadas or organisation.hromada.oblast_id in self.oblasts:
            return ""
        if not self.hromadas:
            return _("Цей конкурс для громад з таких областей: %(oblasts)s.") % {
                "oblasts": ", ".join(self.oblasts.values())
            }
        count = len(self.hromadas)
        if self.oblasts:
            return ngettext(
                "Цей конкурс для громад з таких областей: %(oblasts)s, і ще для %(count)d названої; вашої серед них немає.",
                "Цей конкурс для громад з таких областей: %(oblasts)s, і ще для %(count)d названих; вашої серед них немає.",
                count,
            ) % {"count": count, "oblasts": ", ".join(self.oblasts.values())}
        return ngettext(
            "Цей конкурс для %(count)d названої громади, і вашої серед них немає.",
            "Цей конкурс для %(count)d названих громад, і вашої серед них немає.",
            count,
        ) % {"count": count}


def obstacles(call: Call, organisation: Organisation) -> list[str]:
    """Every reason why this organisation may not apply; empty when it may. Three queries at most."""
    return obstacles_of(call, [organisation])[organisation.pk]


def obstacles_of(call: Call, organisations: Sequence[Organisation]) -> dict[int, list[str]]:
    """The same for several, by key; as many queries as for one. Their hromadas should be at hand."""
    circle = Circle(
        call=call,
        welcome=_welcome(call, organisations),
        hromadas=frozenset(call.who_hromadas.values_list("pk", flat=True)),
        oblasts={oblast.pk: oblast.label for oblast in call.who_oblasts.all()},
    )
    return {organisation.pk: circle.obstacles(organisation) for organisation in organisations}


def _welcome(call: Call, organisations: Sequence[Organisation]) -> frozenset[int]:
    """Which of these the call invites by list or by the outcome of another call."""
    asked = [organisation.pk for organisation in organisations]
    if call.who == Who.LISTED:
        return frozenset(call.who_organisations.filter(pk__in=asked).values_list("pk", flat=True))
    if call.who == Who.OUTCOME:
        supported = Application.objects.filter(
            call_id=call.who_call_id, organisation__in=asked, outcome=Outcome.SUPPORTED
        )
        return frozenset(supported.values_list("organisation_id", flat=True))
    return frozenset()


def kind_labels(call: Call) -> list[str]:
    """The kinds of organisation that may apply, in words; empty when all may."""
    labels = dict(OrganisationKind.choices)
    return [str(labels[kind]) for kind in call.who_kinds if kind in labels]
