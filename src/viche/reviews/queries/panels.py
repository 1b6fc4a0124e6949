"""The panel of a call: who may sit in it, who does, what it wrote."""

from django.db.models import QuerySet

from viche.calls.choices import Stage
from viche.calls.models import Application, Call
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme
from viche.reviews.models import Decision, Panel


def sitting(programme: Programme) -> QuerySet[User]:
    """Who may sit in a panel of this programme."""
    return programmes.people_with(programme, RoleKind.PANEL)


def of_call(call: Call) -> Panel | None:
    """The panel of a call with its members, once it is convened."""
    return Panel.objects.filter(call=call).prefetch_related("members").first()


def decision(application: Application) -> Decision | None:
    """What is written of one application so far."""
    return Decision.objects.filter(application=application).first()


def to_sit_in(user: User) -> QuerySet[Panel]:
    """The panels in which this person sits and whose decisions are not out yet, the nearest first. With call, programme."""
    found = Panel.objects.filter(members=user, closed_at=None).exclude(call__stage=Stage.CANCELLED)
    return found.select_related("call__programme").order_by("meets_at", "pk")
