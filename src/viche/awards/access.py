"""Who may prepare, pay, report, accept and close."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localdate

from viche.awards.choices import AwardState
from viche.awards.models import Award, Photograph, Report, Submission, Tranche
from viche.calls import access as calls
from viche.calls.models import Call
from viche.files.models import Consent
from viche.people import access as people
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes.models import Programme
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import QuestionKind

Visitor = User | AnonymousUser
PHOTOGRAPHS = frozenset({QuestionKind.PHOTOS})


def may_see(user: Visitor, award: Award) -> bool:
    """An award is public from its agreement on, in a public programme; before that it is its office's and its organisation's."""
    return is_public(award) or may_see_office(user, award) or may_report(user, award)


def is_public(award: Award) -> bool:
    """Whether everybody may see the award."""
    return award.is_agreed and award.programme.is_public


def may_manage(user: Visitor, award: Award) -> bool:
    """Plan, agree, pay, close: the programme's officers."""
    return programmes.may_manage(user, award.programme)


def is_tied(user: Visitor, award: Award) -> bool:
    """Whether the person wrote the application, or belongs to its organisation or to any of the same hromada.

    Such a person neither signs, pays, checks nor closes: the operations say so with a sentence.
    """
    return calls.is_tied(user, award.application)


def may_pay(user: Visitor, tranche: Tranche) -> bool:
    """Note a payment: the programme's officers."""
    return may_manage(user, tranche.award)


def may_prepare(user: Visitor, call: Call) -> bool:
    """Turn decisions into awards."""
    return programmes.may_manage(user, call.programme)


def may_read_application(user: Visitor, award: Award) -> bool:
    """Open the whole application in the office of calls."""
    return calls.may_read(user, award.application)


def may_see_office(user: Visitor, award: Award) -> bool:
    """Read the award's office pages."""
    return programmes.may_see_office(user, award.programme)


def may_see_programme(user: Visitor, programme: Programme) -> bool:
    """Read the list of a programme's awards in the office."""
    return programmes.may_see_office(user, programme)


def may_manage_programme(user: Visitor, programme: Programme) -> bool:
    """Prepare, pay, check in a programme: its officers."""
    return programmes.may_manage(user, programme)


def may_report(user: Visitor, award: Award) -> bool:
    """Read the agreement and the reports: those who write for the organisation."""
    return people.may_write_for(user, award.organisation)


def may_read_agreement(user: Visitor, award: Award) -> bool:
    """Read and print the agreement: both sides."""
    return may_report(user, award) or may_see_office(user, award)


def may_follow(user: Visitor, report: Report) -> bool:
    """Open a report in the cabinet: those who write for its organisation."""
    return may_report(user, report.award)


def may_keep(user: Visitor, submission: Submission) -> bool:
    """Open the proof of a submission: those who write for its organisation."""
    return may_report(user, submission.report.award)


def may_write(user: Visitor, report: Report) -> bool:
    """Write in a report: its organisation's writers, while it is theirs to write."""
    return report.award.state == AwardState.ACTIVE and report.is_ours_to_write and may_report(user, report.award)


def may_read(user: Visitor, report: Report) -> bool:
    """Read a report in the office once it was submitted for the first time: a draft is its organisation's alone."""
    return report.submitted_at is not None and may_see_office(user, report.award)


def may_check(user: Visitor, report: Report) -> bool:
    """Accept or return: an officer who wrote no part of it, nor is tied with its organisation."""
    return may_manage(user, report.award) and not has_part(user, report)


def may_judge(user: Visitor, report: Report) -> bool:
    """Open the acts on a submitted report: officers. Whether this one is theirs to judge, `may_check` says with a sentence."""
    return may_read(user, report) and may_manage(user, report.award)


def has_part(user: Visitor, report: Report) -> bool:
    """Whether this is a report of the person's own: submitted or written by them, or by those they are tied with."""
    if not user.is_authenticated:
        return False
    if report.submitted_by_id == user.pk or report.submissions.filter(submitted_by=user).exists():
        return True
    if report.sheet_id and user.pk in sheets.writers(report.sheet):
        return True
    return is_tied(user, report.award)


def may_see_photograph(user: Visitor, photograph: Photograph, on: date | None = None) -> bool:
    """Everybody, with consent and from its day on; else the office and the organisation. A removed one nobody."""
    award, stored = photograph.award, photograph.stored
    if stored.removed_at is not None:
        return False
    shown = photograph.public_from is not None and photograph.public_from <= (on or localdate())
    agreed = shown and stored.consent == Consent.RECORDED and may_see(user, award)
    if agreed and str(stored.key) in sent_as_photographs(award):
        return True
    return may_see_office(user, award) or may_report(user, award)


def sent_as_photographs(award: Award) -> set[str]:
    """The keys of what reports answered where photographs are asked for: an image of an invoice is never shown to all."""
    sent = Submission.objects.filter(report__award=award).values_list("frozen", flat=True)
    return sheets.named_files(*sent, kinds=PHOTOGRAPHS)


def may_hide(user: Visitor, photograph: Photograph) -> bool:
    """Take a photograph off the public page: the programme's officers."""
    return may_manage(user, photograph.award)
