"""The words of events."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Format(TextChoices):
    """What kind of meeting it is."""

    SEMINAR = "seminar", _("семінар")
    DEBATE = "debate", _("публічна дискусія")
    CONFERENCE = "conference", _("конференція")
    WEBINAR = "webinar", _("вебінар")
    CORNER = "corner", _("інформаційний куточок")
    GUEST = "guest", _("зустріч із гостем")
    ADVICE = "advice", _("консультаційний пункт просто неба")
    GAME = "game", _("гра")
    QUEST = "quest", _("квест")
    BRAIN_RING = "brain_ring", _("брейн-ринг")
    VIEWING = "viewing", _("спільний перегляд")
    TRAINING = "training", _("тренінг")
    PRESS_CLUB = "press_club", _("засідання пресклубу")
    CLOSING = "closing", _("підсумкова зустріч")
    OTHER = "other", _("інше")


class Mode(TextChoices):
    """Where people come together."""

    IN_PERSON = "in_person", _("наживо")
    ONLINE = "online", _("онлайн")
    BOTH = "both", _("наживо й онлайн")


class State(TextChoices):
    """Where an event stands. That it was held follows from the clock, see `Event.has_ended`."""

    DRAFT = "draft", _("чернетка")
    SUBMITTED = "submitted", _("на розгляді")
    RETURNED = "returned", _("повернуто з питаннями")
    DECLINED = "declined", _("відхилено")
    PUBLISHED = "published", _("оголошено")
    POSTPONED = "postponed", _("відкладено")
    CANCELLED = "cancelled", _("скасовано")


# What everybody may see: what was once published stays to be found, even when it was put off or called off.
SHOWN = (State.PUBLISHED, State.POSTPONED, State.CANCELLED)
# How the words to search for begin among the marks of an event, and how long such a word may be.
WORD_MARK = "w:"
WORD_MARK_LENGTH = 38
# What its organiser may still write on without asking.
WRITTEN = (State.DRAFT, State.RETURNED)


class DeclineReason(TextChoices):
    """Why a moderator declines an event."""

    NOT_OURS = "not_ours", _("не стосується програми чи кампанії")
    DUPLICATE = "duplicate", _("такий захід уже оголошено")
    PARTISAN = "partisan", _("передвиборча чи партійна агітація")
    PAID = "paid", _("платний або комерційний")
    UNSAFE = "unsafe", _("небезпечно для учасників")
    UNREAL = "unreal", _("не схоже на справжній захід")


class PostponedWhy(TextChoices):
    """Why an event is put off at the last moment."""

    ALERT = "alert", _("повітряна тривога")
    POWER = "power", _("немає світла")
    ILLNESS = "illness", _("хвороба ведучих")
    OTHER = "other", _("інша причина")


class Change(TextChoices):
    """What people who registered are written to about."""

    PLACE = "place", _("місце")
    LINK = "link", _("посилання для участі онлайн")


class Spoken(TextChoices):
    """In which language an event is held."""

    UK = "uk", _("українською")
    EN = "en", _("англійською")
    CRH = "crh", _("кримськотатарською")
    HU = "hu", _("угорською")
    RO = "ro", _("румунською")
    PL = "pl", _("польською")
    BG = "bg", _("болгарською")
    OTHER = "other", _("іншою мовою")


class Access(TextChoices):
    """What lets people with disabilities take part."""

    STEP_FREE = "step_free", _("вхід без сходинок")
    SIGN_LANGUAGE = "sign_language", _("переклад жестовою мовою")
    CAPTIONS = "captions", _("субтитри")
    TRANSPORT = "transport", _("допоможемо доїхати")


class Need(TextChoices):
    """What somebody asks for in order to take part: the same words as of `Access`, said by a guest."""

    STEP_FREE = Access.STEP_FREE.value, _("вхід без сходинок")
    SIGN_LANGUAGE = Access.SIGN_LANGUAGE.value, _("переклад жестовою мовою")
    CAPTIONS = Access.CAPTIONS.value, _("субтитри")
    TRANSPORT = Access.TRANSPORT.value, _("мене треба довезти")


class Group(TextChoices):
    """People who are left out more often than others."""

    DISABILITY = "disability", _("люди з інвалідністю")
    OLDER = "older", _("люди старшого віку")
    DISPLACED = "displaced", _("внутрішньо переміщені особи")
    VETERANS = "veterans", _("ветерани й ветеранки та їхні родини")
    FAMILIES = "families", _("багатодітні родини, батьки-одинаки")
    MINORITIES = "minorities", _("національні меншини, роми")
    REMOTE = "remote", _("мешканці віддалених сіл")
    YOUTH = "youth", _("молодь у складних обставинах")
    JOBLESS = "jobless", _("люди без роботи й без доходу")


class Voice(TextChoices):
    """Whose view is heard at an event."""

    COUNCIL = "council", _("місцева влада")
    CIVIL = "civil", _("громадські організації")
    BUSINESS = "business", _("підприємці")
    RESIDENTS = "residents", _("мешканці без посад")
    WOMEN = "women", _("жіночі об’єднання")
    YOUTH = "youth", _("молодіжні ради й об’єднання")
    EXPERTS = "experts", _("фахівці й науковці")
    MEDIA = "media", _("медіа")
    DISPLACED = "displaced", _("переміщені люди")
    OPPOSED = "opposed", _("ті, хто думає інакше")


class Sex(TextChoices):
    """As people call themselves; unknown is a value of its own, never guessed."""

    WOMEN = "f", _("жінки")
    MEN = "m", _("чоловіки")
    UNKNOWN = "x", _("не вказано")


class Age(TextChoices):
    """Bands of age as hubs count them; unknown is a value of its own, never guessed."""

    CHILDREN = "child", _("діти до 14")
    YOUTH = "youth", _("молодь 14–35")
    ADULTS = "adult", _("дорослі 36–59")
    OLDER = "older", _("60 і старші")
    UNKNOWN = "x", _("вік не вказано")


class Entry(TextChoices):
    """How people get in."""

    FREE = "free", _("приходьте без реєстрації")
    SEATS = "seats", _("за реєстрацією")
    INVITED = "invited", _("лише запрошені організації")


def registers(entry: str, *, is_place_private: bool) -> bool:
    """Whether people register for such an event: it keeps seats or invites, or tells its place to registered people alone."""
    return entry != Entry.FREE or is_place_private


class SeatState(TextChoices):
    """Where a registration stands."""

    SEATED = "seated", _("місце є")
    WAITING = "waiting", _("у черзі")
    CANCELLED = "cancelled", _("скасовано")


class ReportState(TextChoices):
    """Where the report of an event stands."""

    DRAFT = "draft", _("чернетка")
    SUBMITTED = "submitted", _("подано")
    RETURNED = "returned", _("повернуто з питаннями")
    ACCEPTED = "accepted", _("прийнято")


class SeriesKind(TextChoices):
    """What holds several events together."""

    PRESS_CLUB = "press_club", _("пресклуб")
    RECURRING = "recurring", _("цикл зустрічей")
    TOUR = "tour", _("маршрут консультанта")


class Goal(IntegerChoices):
    """The Sustainable Development Goals by their official short names.

    English: sdgs.un.org/goals; Ukrainian: the national report «Цілі сталого розвитку: Україна» (2017).
    """

    G1 = 1, _("Подолання бідності")
    G2 = 2, _("Подолання голоду, розвиток сільського господарства")
    G3 = 3, _("Міцне здоров’я і благополуччя")
    G4 = 4, _("Якісна освіта")
    G5 = 5, _("Гендерна рівність")
    G6 = 6, _("Чиста вода та належні санітарні умови")
    G7 = 7, _("Доступна та чиста енергія")
    G8 = 8, _("Гідна праця та економічне зростання")
    G9 = 9, _("Промисловість, інновації та інфраструктура")
    G10 = 10, _("Скорочення нерівності")
    G11 = 11, _("Сталий розвиток міст і громад")
    G12 = 12, _("Відповідальне споживання та виробництво")
    G13 = 13, _("Пом’якшення наслідків зміни клімату")
    G14 = 14, _("Збереження морських ресурсів")
    G15 = 15, _("Захист та відновлення екосистем суші")
    G16 = 16, _("Мир, справедливість та сильні інститути")
    G17 = 17, _("Партнерство заради сталого розвитку")
