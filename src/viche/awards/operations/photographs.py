"""Photographs of reports: told in words by the organisation, chosen for everybody by the office, hidden when somebody asks."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.models import Award, Photograph, Report
from viche.awards.operations import granting
from viche.awards.queries import reading
from viche.files import operations as files
from viche.files.models import Consent, Stored
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User

CAPTION_LENGTH = 300
CREDIT_LENGTH = 150


@transaction.atomic
def describe(
    report: Report, *, stored: Stored, caption: str, credit: str, consent: bool, by: User, at: datetime
) -> Photograph:
    """The organisation says what is to be seen, who took it, and whether the people agreed to its being shown to all.

    Other words about a photograph that the office has chosen take it off the public page: the office chooses again.
    """
    award = granting.locked(report.award_id)
    if not access.may_report(by, award):
        raise NotAllowed
    if not reading.photographs_of(report).filter(pk=stored.pk).exists():
        raise Refused(_("Це фото не з цього звіту."), field="stored")
    known = Photograph.objects.filter(stored=stored).first()
    before = _told(known) if known else None
    photograph = _worded(award, stored, caption, credit)
    if known and (known.caption, known.credit) != (photograph.caption, photograph.credit):
        photograph.public_from = None
    _agreed(photograph, consent=consent, note=_("Підтвердила організація: %(name)s"), by=by, at=at)
    journal.record(
        verb="awards.photograph_described",
        subject=award,
        by=by,
        at=at,
        before=before,
        after={"stored": str(stored.key), **_told(photograph)},
    )
    return photograph


@transaction.atomic
def show(
    award: Award,
    *,
    stored: Stored,
    caption: str,
    credit: str,
    consent: bool,
    public_from: date | None,
    by: User,
    at: datetime,
) -> Photograph:
    """Choose a report's photograph for the public page, from a day on; without the people's consent it stays private."""
    award = granting.locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if not reading.photographs_in_office(award).filter(pk=stored.pk).exists():
        raise Refused(_("Це фото не зі звітів цієї підтримки."), field="stored")
    if public_from and not consent:
        raise Refused(_("Без згоди людей фото не показують."), field="consent")
    photograph = _worded(award, stored, caption, credit)
    photograph.public_from = public_from
    _agreed(photograph, consent=consent, note=_("Підтвердив офіс програми: %(name)s"), by=by, at=at)
    journal.record(
        verb="awards.photograph_shown",
        subject=award,
        by=by,
        at=at,
        after={"stored": str(stored.key), **_told(photograph)},
    )
    return photograph


@transaction.atomic
def hide(photograph: Photograph, *, by: User, at: datetime) -> None:
    """Take a photograph off the public page, as anybody may ask; to show it again, consent is asked anew."""
    award = granting.locked(photograph.award_id)
    if not access.may_manage(by, award):
        raise NotAllowed
    Photograph.objects.filter(pk=photograph.pk).update(public_from=None)
    stored = Stored.objects.get(pk=photograph.stored_id)
    if stored.consent == Consent.RECORDED:
        files.withdraw_consent(stored, by=by, at=at)
    journal.record(verb="awards.photograph_hidden", subject=award, by=by, at=at, before={"stored": str(stored.key)})


def _worded(award: Award, stored: Stored, caption: str, credit: str) -> Photograph:
    caption, credit = caption.strip(), credit.strip()
    if not caption:
        raise Refused(_("Опишіть, що на фото: це прочитають ті, хто його не бачить."), field="caption")
    if len(caption) > CAPTION_LENGTH:
        raise Refused(_("Опис задовгий: вміщується до 300 знаків."), field="caption")
    if len(credit) > CREDIT_LENGTH:
        raise Refused(_("Ім’я задовге: вміщується до 150 знаків."), field="credit")
    values = {"award": award, "caption": caption, "credit": credit}
    photograph, __ = Photograph.objects.update_or_create(
        stored=stored, defaults=values, create_defaults={**values, "position": award.photographs.count()}
    )
    photograph.stored = stored
    return photograph


def _agreed(photograph: Photograph, *, consent: bool, note: str, by: User, at: datetime) -> None:
    """Keep from when it is shown, and with the file whether the people agreed; without that it is shown to nobody.

    Comes last before the journal: to record consent writes there too, and afterwards no more rows may be locked.
    """
    stored = photograph.stored
    if not consent:
        photograph.public_from = None
    Photograph.objects.filter(pk=photograph.pk).update(public_from=photograph.public_from)
    if consent and stored.consent != Consent.RECORDED:
        name = photograph.award.organisation.name if access.may_report(by, photograph.award) else str(by)
        photograph.stored = files.record_consent(stored, note=note % {"name": name}, by=by, at=at)
    elif not consent and stored.consent == Consent.RECORDED:
        photograph.stored = files.withdraw_consent(stored, by=by, at=at)


def _told(photograph: Photograph) -> dict[str, object]:
    consent = photograph.stored.consent == Consent.RECORDED
    words = {"caption": photograph.caption, "credit": photograph.credit}
    return {**words, "consent": consent, "public_from": photograph.public_from}
