"""The office of the whole installation: the desk, the outbox, the journal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.mail import queries as mail
from viche.mail.choices import State
from viche.methods.refusals import Refused
from viche.people.access import is_administrator
from viche.programmes import queries as programmes
from viche.programmes.access import may_see_office
from viche.site import access, exports, operations
from viche.site.forms import JournalSearch, LetterSearch, ResendForm
from viche.site.queries import desk as desks
from viche.site.queries import journal as journals
from viche.site.queries import letters as letters_of
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse

RHOMBS = {
    State.WAITING: "told",
    State.HELD: "draft",
    State.SENT: "held",
    State.FAILED: "failed",
    State.BOUNCED: "failed",
    State.OPTED_OUT: "closed",
}
LETTER_ORDERS = {"written": "created_at", "to": "to", "subject": "subject"}
# A letter is styled inside itself, runs nothing, and asks nobody for anything.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-popups allow-top-navigation-by-user-activation"
)


@allowed(access.may_sit_at_desk)
def desk(request):
    """Every programme of this person with what needs somebody there."""
    context = {
        "places": desks.of(request.user, timezone.now()),
        "is_administrator": is_administrator(request.user),
        "may_read_letters": access.may_read_letters(request.user),
    }
    return render(request, "site/office/desk.html", context)


@allowed(may_see_office, thing=programmes.programme)
def door(_request, programme):
    """A shortened address of a programme's office leads to its calls."""
    return redirect("calls:office_list", programme.code)


def _letters(request, programme=None):
    """The search and the letters it asks for."""
    search = LetterSearch(request.GET)
    asked = search.asked()
    found = mail.letters(programme and programme.code, q=asked["q"], kind=asked["kind"], state=asked["state"])
    found = letters_of.seen_by(request.user, found)
    return search, listing.ordered(request, found, LETTER_ORDERS, default="-written")


def _outbox(request, programme=None):
    search, rows = _letters(request, programme)
    page = paging.page(request, rows)
    listed = [(letter, RHOMBS[letter.state]) for letter in page]
    context = {"search": search, "page": page, "rows": listed, "programme": programme, "order": "-written"}
    return render(request, "site/office/letters.html", context)


@allowed(access.may_read_letters)
def letters(request):
    """The outbox of the whole installation."""
    return _outbox(request)


@allowed(access.may_read_letters_of, thing=programmes.programme)
def office_letters(request, programme):
    """The letters of one programme."""
    return _outbox(request, programme)


def _letters_file(request, ending, programme=None):
    _search, rows = _letters(request, programme)
    columns = [column[0] for column in exports.LETTERS] if ending == "json" else exports.LETTERS
    return listing.answer(request, ending=ending, columns=columns, rows=exports.letters(rows), filename="letters")


@allowed(access.may_read_letters)
def letters_file(request, ending):
    """The same list for programs."""
    return _letters_file(request, ending)


@allowed(access.may_read_letters_of, thing=programmes.programme, also=("ending",))
def office_letters_file(request, programme, ending):
    """The same list for programs."""
    return _letters_file(request, ending, programme)


@allowed(access.may_read_letter, thing=mail.letter)
def letter(request, letter):
    """One letter in plain words, what became of it; one that did not arrive can be sent again."""
    programme = programmes.coded(letter.programme_code)
    may_resend = letter.state in {State.BOUNCED, State.FAILED} and access.may_resend(request.user, letter)
    form = ResendForm(request.POST if request.method == "POST" else None, letter=letter) if may_resend else None
    if request.method == "POST" and form and form.is_valid():
        try:
            operations.resend(letter, by=request.user, at=timezone.now(), to=form.cleaned_data.get("to", ""))
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Надішлемо ще раз за хвилину."))
            return redirect("site:letter", letter.key)
    whole = access.may_read_letters(request.user)
    context = {
        "letter": letter,
        "rhomb": RHOMBS[letter.state],
        "programme": programme if programme and may_see_office(request.user, programme) else None,
        "back": reverse("site:letters") if whole else reverse("site:office_letters", args=[letter.programme_code]),
        "form": form,
    }
    return render(request, "site/office/letter.html", context, status=422 if form and form.errors else 200)


@allowed(access.may_read_letter, thing=mail.letter)
def letter_html(request, letter):
    """The letter as a mail program shows it, under a policy of its own."""
    del request
    body = letter.html if letter.readable else ""
    answer = HttpResponse(body or _("Тексту цього листа не зберігаємо."))
    answer["Content-Security-Policy"] = LETTER_POLICY
    answer["Referrer-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _acts(request):
    search = JournalSearch(request.GET)
    asked = search.asked()
    programme = asked["programme"] or None
    found = journals.entries(actor=asked["actor"], act=asked["act"], thing=asked["thing"], programme=programme)
    return search, found


@allowed(access.may_read_journal)
def journal(request):
    """Who did what to what, the latest first."""
    search, found = _acts(request)
    page = paging.page(request, found)
    return render(request, "site/office/journal.html", {"search": search, "page": page, "rows": journals.lines(page)})


@allowed(access.may_read_journal)
def journal_file(request, ending):
    """The same list for programs."""
    _search, found = _acts(request)
    columns = [column[0] for column in exports.ACTS] if ending == "json" else exports.ACTS
    return listing.answer(request, ending=ending, columns=columns, rows=exports.acts(found), filename="journal")
