"""What a page brought along and a clock can show: small readings that many forms share."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

REVISION_DIGITS = 9  # that a database takes
NO_SUCH_HOUR = _("Цієї ночі переводять годинники, і такого часу немає або він буває двічі. Виберіть інший.")


def revision_in(request: HttpRequest) -> int:
    """Which revision of a text the page had shown whose form was sent; -1 where it does not say."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) <= REVISION_DIGITS else -1


def no_moment(fault: Exception, otherwise: str) -> ValidationError:
    """Say why what was typed is no moment: an hour that the clock leaves out or shows twice, or nothing that can be read."""
    is_hour = getattr(fault, "code", "") == "ambiguous_timezone"
    return ValidationError(NO_SUCH_HOUR if is_hour else otherwise, code="invalid")


def is_on_clock(moment: datetime) -> bool:
    """Whether Kyiv's clock ever shows this hour: in the night that summer time begins it leaves one out."""
    return timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None) == moment.replace(tzinfo=None)
