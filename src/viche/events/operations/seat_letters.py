"""Letters to people who come: how their seat stands, that the event is near, that it moves. Each in the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import Change, SeatState, State
from viche.events.models import Event, Registration
from viche.events.queries import coming, showing
from viche.mail import operations as mail
from viche.mail import queries as letters
from viche.people.models import User
from viche.ui import wording
from viche.work import operations as work

SEAT, REMINDER = "events.seat", "events.reminder"
# Whoever registers again and again gets the same letter again, but not more often.
PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class _Said:
    """The words of one letter: its subject, and its paragraphs before when and where."""

    subject: str
    paragraphs: list[str]


@transaction.atomic
def tell(registration: Registration, *, at: datetime) -> bool:
    """Write how the seat stands, with the link; not twice in ten minutes unless it has changed. Says whether it was written."""
    registration = _locked(registration)
    changed = max(filter(None, (registration.registered_at, registration.promoted_at, registration.cancelled_at)))
    last = letters.about(registration).filter(kind=SEAT).first()
    if last is not None and last.created_at >= changed and last.created_at > at - PAUSE:
        return False
    with translation.override(registration.language):
        return _post(registration, _standing(registration), kind=SEAT, at=at)


@transaction.atomic
def remind(registration: Registration, *, at: datetime) -> bool:
    """Remind a person of the event a day before; once for each start. Says whether it was done now."""
    registration = _locked(registration)
    event = registration.event
    if registration.reminded_for == event.starts_at or registration.state != SeatState.SEATED:
        return False
    if event.state != State.PUBLISHED or event.starts_at <= at:
        return False
    registration.reminded_for = event.starts_at
    registration.save(update_fields=["reminded_for"])
    with translation.override(registration.language):
        subject = _("Скоро захід: «%(title)s»") % {"title": event.vetted_title}
        paragraphs = [_("Нагадуємо: ви зареєструвалися на цей захід, і до нього лишилося менше доби.")]
        if event.is_place_private:
            paragraphs.append(
                _("Точне місце організатор повідомляє лише зареєстрованим. Будь ласка, не публікуйте його.")
            )
        paragraphs.append(_("Не зможете прийти? Скасуйте реєстрацію за посиланням, і місце дістанеться наступному."))
        return _post(registration, _Said(subject, paragraphs), kind=REMINDER, at=at)


@transaction.atomic
def tell_all_of_move(event: Event, *, sequence: int, changed: Sequence[str] = ()) -> int:
    """Have everybody registered told of one change of the event, each by a task of its own; how many."""
    keys = coming.standing_of(event).filter(told_of__lt=sequence).values_list("pk", flat=True)
    return len([work.enqueue("viche.events.tasks.seats.moved_one", key, sequence, *changed) for key in keys])


@transaction.atomic
def tell_of_move(registration: Registration, *, sequence: int, changed: Sequence[str] = (), at: datetime) -> bool:
    """Write to one person what has changed and how the event stands now; once for each change. Says whether it was done now."""
    registration = _locked(registration)
    if registration.state == SeatState.CANCELLED or registration.told_of >= sequence:
        return False
    registration.told_of = sequence
    registration.save(update_fields=["told_of"])
    with translation.override(registration.language):
        mended = changed and registration.event.state == State.PUBLISHED
        return _post(registration, _mended(registration, changed) if mended else _moved(registration), kind=SEAT, at=at)


def _locked(registration: Registration) -> Registration:
    Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    return coming.by_pk(registration.pk)


def _standing(registration: Registration) -> _Said:
    """What is said of a seat: kept, in the queue, passed on, given up."""
    title = {"title": registration.event.vetted_title}
    if registration.state == SeatState.CANCELLED and registration.held_until is not None:
        done = _("Реєстрацію ніхто не підтвердив, тож місце дісталося тому, хто чекав у черзі.")
        again = _("Хочете прийти? Зареєструйтеся знову й підтвердьте пошту за посиланням у листі.")
        return _Said(_("Місце передано: «%(title)s»") % title, [done, again])
    if registration.state == SeatState.CANCELLED:
        done, again = _("Ви скасували реєстрацію."), _("Передумали? Зареєструйтеся знову, якщо місця ще будуть.")
        return _Said(_("Реєстрацію скасовано: «%(title)s»") % title, [done, again])
    if registration.state == SeatState.WAITING:
        number = coming.position(registration)
        queued = _("Вільних місць зараз немає. Ваш номер у черзі – %(number)s.") % {"number": number}
        then = _("Щойно місце звільниться, воно стане вашим, і ми напишемо. Робити нічого не треба.")
        return _Said(_("Ви в черзі: «%(title)s»") % title, [queued, then])
    if registration.promoted_at:
        freed = _("Місце звільнилося, і тепер воно ваше. Чекаємо на вас!")
        return _Said(_("Для вас є місце: «%(title)s»") % title, [freed, *_asked_to_confirm(registration), _advice()])
    kept = [_("Місце за вами. Чекаємо на вас!"), *_asked_to_confirm(registration), _advice()]
    return _Said(_("Ви зареєстровані: «%(title)s»") % title, kept)


def _asked_to_confirm(registration: Registration) -> list[str]:
    """What is asked of a mailbox that somebody has typed who had not signed in."""
    if registration.held_until is None:
        return []
    asked = _("Підтвердьте, що це ваша пошта: відкрийте посилання й натисніть «Підтвердити» до %(until)s.")
    then = _("Потім місце може дістатися тому, хто чекає в черзі.")
    return [f"{asked % {'until': wording.moment(registration.held_until, kyiv=True)}} {then}"]


def _advice() -> str:
    return _("За посиланням – ваш квиток із QR-кодом для входу, файл для календаря й кнопка, щоб скасувати.")


def _moved(registration: Registration) -> _Said:
    """What is said of an event that was put off, called off, or set anew."""
    event = registration.event
    title, why = {"title": event.vetted_title}, showing.shown(event).postponed_why
    because = [_("Причина: %(why)s.") % {"why": why}] if why else []
    if event.state == State.CANCELLED:
        reason = [_("Організатор пояснює: %(why)s") % {"why": event.cancelled_why}]
        return _Said(_("Захід скасовано: «%(title)s»") % title, [_("На жаль, захід не відбудеться."), *reason])
    if event.state == State.POSTPONED:
        kept = _("Ваша реєстрація діє й далі. Щойно призначать новий час, ми напишемо.")
        return _Said(
            _("Захід відкладено: «%(title)s»") % title, [_("Захід не відбудеться в призначений час."), *because, kept]
        )
    kept = _("Ваша реєстрація діє й далі. Якщо новий час вам не підходить, скасуйте її за посиланням.")
    return _Said(_("Зміни: «%(title)s»") % title, [_("Перевірте, коли й де відбудеться захід."), *because, kept])


def _mended(registration: Registration, changed: Sequence[str]) -> _Said:
    """What is said of an event that takes place at its time, but elsewhere, or by another link."""
    what = ", ".join(str(Change(one).label) for one in changed)
    said = _("Змінилося: %(what)s. Ваша реєстрація діє й далі.") % {"what": what}
    unsaid = [] if coming.knows_place(registration) else [_("Точне місце й посилання надішлемо, щойно матимете місце.")]
    later = _("Якщо так вам не підходить, скасуйте реєстрацію за посиланням.")
    return _Said(_("Зміни: «%(title)s»") % {"title": registration.event.vetted_title}, [said, *unsaid, later])


def _where(event: Event, told: showing.Shown) -> list[tuple[str, str]]:
    """Place, shelter and link; what a moderator has not read yet since it was accepted stands on the page, not in a letter."""
    asked = {
        "place": (_("Де"), told.place, ("venue", "address", "hromada_id", "country")),
        "shelter": (_("Укриття"), told.shelter, ("shelter",)),
        "link": (_("Участь онлайн"), told.online_link, ("online_link",)),
    }
    look = _("щойно змінено, подивіться на сторінці реєстрації за посиланням")
    return [
        (name, look if words and event.accepted.keys() & set(fields) else words)
        for name, words, fields in asked.values()
    ]


def _facts(registration: Registration) -> list[tuple[str, str]]:
    """When, where, for how many; the exact place only where the person may know it."""
    told = coming.told(registration)
    facts = []
    if registration.event.state == State.PUBLISHED:
        facts.append((_("Коли"), f"{wording.day(told.starts_at)}, {told.hours} {_('за київським часом')}"))
    if registration.state != SeatState.CANCELLED and registration.event.state != State.CANCELLED:
        facts += _where(registration.event, told)
    if registration.organisation is not None:
        count = ngettext("%(count)s людина", "%(count)s людей", registration.people) % {"count": registration.people}
        facts.append((_("Делегація"), f"{registration.organisation.called}, {count}"))
    return [(name, said) for name, said in facts if said]


def _post(registration: Registration, said: _Said, *, kind: str, at: datetime) -> bool:
    """Post a letter in the language that is on; nobody is written to who has been forgotten.

    Those of a delegation whose mailbox is gone, or whose person has left, go to who writes for its organisation now.
    """
    heirs = coming.heirs(registration)
    for user in heirs:
        page = reverse("events:my_seat", args=[registration.pk])
        _post_to(registration, said, user, address=user.email, page=page, kind=kind, at=at)
    if heirs or not registration.email:
        return bool(heirs)
    page = reverse("events:seat", args=[coming.word_of(registration)])
    _post_to(registration, said, registration.user, address=registration.email, page=page, kind=kind, at=at)
    return True


def _post_to(
    registration: Registration, said: _Said, user: User | None, *, address: str, page: str, kind: str, at: datetime
) -> None:
    event = registration.event
    mail.post(
        kind=kind,
        to=address,
        user_id=user.pk if user else None,
        language=registration.language,
        subject=said.subject,
        template="events/letters/seat",
        context={
            "salutation": user.vocative if user else "",
            "paragraphs": said.paragraphs,
            "facts": _facts(registration),
            "title": event.vetted_title,
            "signed_by": event.organisation.called if event.organisation else event.programme.called,
            "action_address": page,
            "action_label": _("Моя реєстрація"),
            "why": _(
                "Ви отримали цей лист, бо на захід зареєстрували цю адресу. Якщо це були не ви, скасуйте реєстрацію за посиланням."
            ),
        },
        about=registration,
        programme_code=event.programme.code,
        at=at,
    )
