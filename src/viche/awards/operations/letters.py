"""Letters about awards: to those who write for the organisation, and to the officers; each in the reader's language."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.awards import access
from viche.awards.models import Award, Reminder, Submission, Tranche
from viche.awards.queries import waiting
from viche.mail import operations as mail
from viche.people import queries as people
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.ui import wording


def _address(name: str, *args: Any) -> str:
    return settings.SITE_ADDRESS + reverse(name, args=args)


def _post(
    readers: Any,
    award: Award,
    *,
    kind: str,
    template: str,
    subject: Callable[[], str],
    page: tuple[Any, ...],
    action: Callable[[], str],
    at: datetime,
    **context: Any,
) -> None:
    """Post a letter to each reader; `subject` and `action` are asked once the reader's language is on."""
    for user in readers:
        with translation.override(user.language):
            mail.post(
                kind=kind,
                to=user.email,
                user_id=user.pk,
                language=user.language,
                subject=subject(),
                template=f"awards/letters/{template}",
                context={
                    "award": award,
                    "salutation": user.vocative,
                    "signed_by": award.programme.name,
                    "action_address": _address(*page),
                    "action_label": action(),
                    **context,
                },
                about=award,
                programme_code=award.programme.code,
                at=at,
            )


def _to_organisation(award: Award, **letter: Any) -> None:
    letter.setdefault("page", ("awards:cabinet", award.code))
    letter.setdefault("action", lambda: _("Відкрити в кабінеті"))
    _post(people.writers_of(award.organisation).order_by("pk"), award, **letter)


def _checkers(award: Award) -> list[User]:
    """Who may check its reports: officers who are not tied with the grantee, else administrators who are not."""
    for some in (programmes.officers(award.programme), people.administrators()):
        untied = [user for user in some if not access.is_tied(user, award)]
        if untied:
            return untied
    return []


@transaction.atomic
def send_agreed(award: Award, *, at: datetime) -> None:
    """Tell the organisation that the agreement is signed, and what comes next."""
    _to_organisation(
        award,
        kind="awards.agreement",
        template="agreed",
        subject=lambda: _("Угоду %(number)s підписано") % {"number": award.agreement_number},
        at=at,
        report=waiting.next_of(list(award.reports.all())),
    )


@transaction.atomic
def send_paid(tranche: Tranche, *, at: datetime) -> None:
    """Tell the organisation that money is on its way, unless the note was taken back meanwhile."""
    award = tranche.award
    if tranche.paid_on is None:
        return
    amount = {"code": award.code}
    _to_organisation(
        award,
        kind="awards.payment",
        template="paid",
        subject=lambda: (
            _("Сплачено %(amount)s: %(code)s") % {"amount": wording.money(tranche.amount, award.currency), **amount}
        ),
        at=at,
        tranche=tranche,
    )


@transaction.atomic
def send_payment_revoked(tranche: Tranche, *, why: str, at: datetime) -> None:
    """Tell the organisation that the letter about a payment was a mistake, and why."""
    award = tranche.award
    words = {"code": award.code, "n": tranche.position}
    _to_organisation(
        award,
        kind="awards.payment",
        template="payment_revoked",
        subject=lambda: _("Транш %(n)s ще не сплачено: %(code)s") % words,
        at=at,
        tranche=tranche,
        why=why,
    )


@transaction.atomic
def send_report_submitted(submission: Submission, *, at: datetime) -> None:
    """Give the organisation the proof, and tell the officers that a report waits to be checked."""
    report = submission.report
    award = report.award
    words = {"code": award.code, "title": report.title}
    _to_organisation(
        award,
        kind="awards.report",
        template="receipt",
        subject=lambda: _("Звіт подано: %(title)s, %(code)s") % words,
        page=("awards:receipt", award.code, report.position, submission.number),
        action=lambda: _("Відкрити квитанцію"),
        at=at,
        report=report,
        submission=submission,
    )
    _post(
        _checkers(award),
        award,
        kind="awards.office",
        template="submitted",
        subject=lambda: _("Перевірте звіт: %(title)s, %(code)s") % words,
        page=("awards:office_report", award.programme.code, award.code, report.position),
        action=lambda: _("Перевірити звіт"),
        at=at,
        report=report,
    )


@transaction.atomic
def send_report_checked(submission: Submission, *, at: datetime) -> None:
    """Tell the organisation that the report was accepted, or came back with questions."""
    report = submission.report
    award = report.award
    words = {"title": report.title, "code": award.code}
    accepted = submission.is_accepted
    _to_organisation(
        award,
        kind="awards.report",
        template="accepted" if accepted else "returned",
        subject=lambda: (
            (_("Звіт прийнято: %(title)s, %(code)s") if accepted else _("Доповніть звіт: %(title)s, %(code)s")) % words
        ),
        page=("awards:report", award.code, report.position),
        action=lambda: _("Відкрити звіт"),
        at=at,
        report=report,
        submission=submission,
    )


@transaction.atomic
def send_closed(award: Award, *, at: datetime) -> None:
    """Tell the organisation that everything is done."""
    _to_organisation(
        award,
        kind="awards.agreement",
        template="closed",
        subject=lambda: _("Підтримку %(code)s завершено") % {"code": award.code},
        page=("awards:award", award.code),
        action=lambda: _("Відкрити сторінку"),
        at=at,
    )


@transaction.atomic
def send_ended(award: Award, *, at: datetime) -> None:
    """Tell the organisation that the award ends before its time, and why."""
    _to_organisation(
        award,
        kind="awards.agreement",
        template="ended",
        subject=lambda: _("Підтримку %(code)s припинено") % {"code": award.code},
        at=at,
    )


@transaction.atomic
def remind(due: waiting.Due, *, at: datetime) -> bool:
    """Remind of a report that is due, or chase one that is late. Once for each day; says whether it was sent now."""
    report = due.report
    try:
        with transaction.atomic():
            Reminder.objects.create(report=report, expected_on=report.expected_on, day=due.day, sent_at=at)
    except IntegrityError:  # another worker was quicker
        return False
    days = (report.expected_on - localdate(at)).days
    _to_organisation(
        report.award,
        kind="awards.reminder",
        template="reminder",
        subject=lambda: _subject(days),
        page=("awards:report", report.award.code, report.position),
        action=lambda: _("Писати звіт"),
        at=at,
        report=report,
        days=abs(days),
        late=days < 0,
    )
    return True


def _subject(days: int) -> str:
    """How long there is, or by how much the report is late."""
    if days < 0:
        return ngettext("Звіт прострочено на %(n)s день", "Звіт прострочено на %(n)s днів", -days) % {"n": -days}
    if days == 0:
        return _("Сьогодні останній день, щоб подати звіт")
    return ngettext("До звіту лишився %(n)s день", "До звіту лишилося %(n)s днів", days) % {"n": days}


def remind_all(*, at: datetime) -> int:
    """Send all reminders of the day; how many reports were spoken of."""
    return sum(remind(due, at=at) for due in waiting.letters_due(localdate(at)))
