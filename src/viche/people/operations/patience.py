"""How often in a day one person may do what writes to strangers."""

from datetime import datetime, timedelta

from viche.journal import queries as history
from viche.methods.refusals import Refused
from viche.people.models import User

DAY = timedelta(days=1)


def require(*, by: User, verb: str, most: int, sentence: str, at: datetime) -> None:
    """See that the person has done fewer than `most` acts whose verb ends so since this time yesterday; else say `sentence`.

    The person is locked: two acts asked for at the same moment are counted one after the other.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if history.count_since(by.pk, verb, at - DAY) >= most:
        raise Refused(sentence % {"most": most}, status=429)
