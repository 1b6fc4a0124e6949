"""The outbox as somebody may see it."""

from django.db.models import QuerySet

from viche.calls.queries import ties
from viche.mail.models import Letter
from viche.people.models import User


def seen_by(user: User, letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """These letters without those about applications with which the person is tied: not even subject and recipient. One query."""
    secret = ties.shut(user)
    return letters.exclude(about_kind="calls.application", about_id__in=map(str, secret)) if secret else letters
