"""The organisation's pages of one report: sections, photographs, check, submission and its proof."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.forms import Described
from viche.awards.operations import photographs as pictures
from viche.awards.operations import reporting
from viche.awards.queries import reading, states
from viche.files import answers as bytes_out
from viche.files import uploads
from viche.files.models import Consent
from viche.methods.refusals import Refused
from viche.questionnaires import fields
from viche.questionnaires.fields import turns
from viche.ui.access import allowed
from viche.ui.forms import refuse

OK = 200


def shown(report, filled, *, here=None, **more):
    """What every page of one report shows."""

    def address(section):
        return reverse("awards:section", args=[report.award.code, report.position, section.number])

    return {
        "report": report,
        "award": report.award,
        "said": states.of_report(report, localdate(timezone.now())),
        "filled": filled,
        "steps": fields.steps(filled, address, here),
        "writable": report.award.state == "active" and report.is_ours_to_write,
        **more,
    }


@allowed(access.may_follow, thing=reading.report)
def report(request, report):
    """One report of ours: what is done, what comes next, what was said of it."""
    filled = reading.filled(report)
    first = next((number for number, step in enumerate(filled.steps, start=1) if step.state != "ready"), None)
    context = shown(
        report,
        filled,
        first=first,
        submissions=reading.submissions(report),
        photographs=reading.photographs_of(report, filled).count(),
    )
    return render(request, "awards/cabinet/report.html", context)


@allowed(access.may_follow, thing=reading.report, also=("number",))
def section(request, report, number):
    """A section of the report: shown, saved as one types, saved by its button, never losing a word."""
    filled = reading.filled(report)
    place = filled.outline.section(number)
    if place is None:
        raise Http404
    if request.method == "POST":
        return _save(request, report, filled, place)
    if not access.may_write(request.user, report):
        return redirect(report)
    form = fields.section_form(place, answers=filled.answers.get(place.pk), judged=bool(request.GET.get("check")))
    return _page(request, report, filled, place, form)


def _acts(report, place, user):
    """What this page may do to the report."""
    at = timezone.now()
    return turns.Acts(
        save=lambda values, revision: reporting.save(
            report, section=place, values=values, revision=revision, by=user, at=at
        ),
        attach=lambda question, upload: reporting.attach(report, question=question, upload=upload, by=user, at=at),
        detach=lambda question, key: reporting.detach(report, question=question, key=key, by=user, at=at),
    )


def _save(request, report, filled, place):
    answers = filled.answers.get(place.pk)
    acts = _acts(report, place, request.user)
    turn = turns.save_turn(place, acts, data=request.POST, files=request.FILES, answers=answers, limits={})
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(turn.told, status=turn.status)
    too_large = uploads.refuse_oversize(request, turn.form)
    for name in turn.added:
        messages.success(request, _("Додано файл «%(name)s».") % {"name": name})
    if turn.status == too_large == OK:
        if not turn.form.stays and turns.mistaken(turn.form, shown=request.POST.get("later", "")):
            return _look_again(request, report, place)
        return redirect(_next(report, filled, turn, place))
    filled = reading.filled(report)
    if turn.unsaved is None and turn.saved is not None:
        turn.form = turns.reopened(turn, place, filled.answers.get(place.pk), {})
    status = max(turn.status, too_large)
    return _page(request, report, filled, place, turn.form, unsaved=turn.unsaved, status=status)


def _look_again(request, report, place):
    """All is saved, but something typed is wrong: it is shown once, and the next press goes on."""
    filled = reading.filled(report)
    form = fields.section_form(place, answers=filled.answers.get(place.pk), judged=True)
    return _page(request, report, filled, place, form, later=turns.mistakes(form), status=422)


def _next(report, filled, turn, place):
    """Where to go after a save: stay where a button of the page was pressed, else to the next section or the check."""
    here = reverse("awards:section", args=[report.award.code, report.position, place.number])
    if turn.form.stays:
        return f"{here}#{turn.form.anchor}"
    if place.number < len(filled.outline):
        return reverse("awards:section", args=[report.award.code, report.position, place.number + 1])
    return reverse("awards:check", args=[report.award.code, report.position])


def _page(request, report, filled, place, form, *, unsaved=None, later="", status=OK):
    answers = filled.answers.get(place.pk)
    context = shown(
        report,
        filled,
        here=place,
        form=form,
        section=place,
        following=filled.outline.section(place.number + 1),
        theirs=[reading.shown(filled)[place.number - 1]] if unsaved else None,
        later=later,
        saved_at=answers.saved_at if answers and answers.revision else None,
    )
    return render(request, "awards/cabinet/section.html", context, status=status)


def _faulty(report, filled):
    """The faults, each with the address of its place."""
    return [
        (
            f"{reverse('awards:section', args=[report.award.code, report.position, section.number])}?check=1#{fault.anchor}",
            fault,
        )
        for section in filled.outline
        for fault in filled.faults(section)
    ]


def _checked(request, report, *, refused=None):
    filled = reading.filled(report)
    context = shown(report, filled, faults=_faulty(report, filled), sections=reading.shown(filled), refused=refused)
    return render(request, "awards/cabinet/check.html", context, status=refused.status if refused else OK)


@allowed(access.may_follow, thing=reading.report)
def check(request, report):
    """All answers on one page, with what still keeps them from being submitted."""
    return _checked(request, report)


@allowed(access.may_follow, thing=reading.report)
def submit(request, report):
    """Submit; a second click comes to the same proof."""
    if request.method != "POST":
        return redirect("awards:check", report.award.code, report.position)
    try:
        submission = reporting.submit(report, by=request.user, at=timezone.now())
    except Refused as refused:
        return _checked(request, report, refused=refused)
    return redirect("awards:receipt", report.award.code, report.position, submission.number)


@allowed(access.may_keep, thing=reading.submission)
def receipt(request, submission):
    """Proof of a submission, made to be printed."""
    context = {
        "submission": submission,
        "report": submission.report,
        "award": submission.report.award,
        "sections": reading.frozen(submission),
    }
    return render(request, "awards/cabinet/receipt.html", context)


@allowed(access.may_follow, thing=reading.report, also=("key",))
def upload(request, report, key):
    """A file of our own report."""
    return bytes_out.send(get_object_or_404(reading.files_of(report), key=key), inline=True, request=request)


def _described(stored, data=None):
    """A form for the words of a photograph, as they stand or as they were sent."""
    words = getattr(stored, "photograph", None)
    told = {"caption": words.caption, "credit": words.credit} if words else {}
    return Described(data, prefix=str(stored.key), initial={**told, "consent": stored.consent == Consent.RECORDED})


@allowed(access.may_follow, thing=reading.report)
def photographs(request, report):
    """The photographs of the report, each with its words and the consent of the people on it."""
    rows = [(stored, _described(stored)) for stored in reading.photographs_of(report)]
    return render(request, "awards/cabinet/photographs.html", {"report": report, "award": report.award, "rows": rows})


@allowed(access.may_follow, thing=reading.report, also=("key",))
def photograph(request, report, key):
    """Tell a photograph in words; the picture itself by GET."""
    stored = get_object_or_404(reading.photographs_of(report), key=key)
    if request.method != "POST":
        return bytes_out.send(stored, size=480, inline=True, request=request)
    form = _described(stored, request.POST)
    was_shown = hasattr(stored, "photograph") and stored.photograph.public_from is not None
    if form.is_valid():
        try:
            told = pictures.describe(report, stored=stored, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Підпис збережено."))
            if was_shown and told.public_from is None:
                messages.info(request, _("Фото поки що не показують: програма ще раз вирішить, чи показати його всім."))
            return redirect("awards:report_photographs", report.award.code, report.position)
    rows = [(one, form if one.pk == stored.pk else _described(one)) for one in reading.photographs_of(report)]
    context = {"report": report, "award": report.award, "rows": rows, "faulty": form}
    return render(request, "awards/cabinet/photographs.html", context, status=422)
