"""The administrator made from the command line, by whoever holds the machine and may change the database anyway."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods.refusals import Refused
from viche.people.models import User


@transaction.atomic
def appoint(email: str, *, at: datetime) -> User:
    """Let the person with this mailbox run the installation; make the account where there is none.

    The mailbox counts as confirmed: whoever types it at the terminal answers for it. Raises Refused for what is not an
    e-mail address and for a person who may not sign in.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused(_("Це не схоже на адресу пошти: %(email)s") % {"email": email}, field="email") from wrong
    user = User.objects.select_for_update(no_key=True).filter(email=email).first() or User.objects.create_user(email)
    if not user.is_active:
        raise Refused(_("Спершу дозвольте цій людині входити."), status=409)
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if not user.is_administrator:
        user.is_administrator = True
        user.save(update_fields=["is_administrator"])
        journal.record(verb="people.administrator_made", subject=user, by=None, at=at)
    return user
