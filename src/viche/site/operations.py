"""What is done on the pages of the site itself."""

from datetime import datetime

from viche.mail import operations as mail
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.site import access


def resend(letter: Letter, *, by: User, at: datetime, to: str = "") -> Letter:
    """Send once more a letter that came back or was given up; `to` corrects the address. Raises `Refused`."""
    if not access.may_resend(by, letter):
        raise NotAllowed
    return mail.resend(letter, by=by, at=at, to=to)
