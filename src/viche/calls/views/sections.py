"""One section of an application: shown, saved as one types, saved by its button, never losing a word."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.operations import applications as operations
from viche.calls.queries import applications, reading, states
from viche.calls.views.cabinet import shown
from viche.files import uploads
from viche.questionnaires import fields
from viche.ui.access import allowed


@allowed(access.may_write, thing=applications.by_pk, also=("number",))
def section(request, application, number):
    """A page of the form."""
    filled = reading.filled(application)
    place = filled.outline.section(number)
    if place is None:
        raise Http404
    if application.state == "submitted" and request.method != "POST":
        return redirect(application)
    if request.method == "POST":
        return _save(request, application, filled, place, number)
    answers, limits = filled.answers.get(place.pk), reading.limits(application.call)
    form = fields.section_form(place, answers=answers, limits=limits, judged=bool(request.GET.get("check")))
    return _page(request, application, filled=filled, place=place, number=number, form=form)


def _acts(application, place, user):
    """What this page may do to the application."""
    at = timezone.now()
    return fields.Acts(
        save=lambda values, revision: operations.save(
            application, section=place, values=values, revision=revision, by=user, at=at
        ),
        attach=lambda question, upload: operations.attach(
            application, question=question, upload=upload, by=user, at=at
        ),
        detach=lambda question, key: operations.detach(application, question=question, key=key, by=user, at=at),
    )


def _save(request, application, filled, place, number):
    answers, limits = filled.answers.get(place.pk), reading.limits(application.call)
    acts = _acts(application, place, request.user)
    turn = fields.save_turn(place, acts, data=request.POST, files=request.FILES, answers=answers, limits=limits)
    if request.headers.get("Accept", "").startswith("application/json"):
        ended = states.late(application.call, timezone.now()) if turn.saved else ""
        return JsonResponse(turn.told | ({"warning": ended} if ended else {}), status=turn.status)
    too_large = uploads.refuse_oversize(request, turn.form)
    for name in turn.added:
        messages.success(request, _("Додано файл «%(name)s».") % {"name": name})
    if turn.status == 200 and too_large == 200:  # noqa: PLR2004 — the code of an answer
        if not turn.form.stays and fields.mistaken(turn.form, shown=request.POST.get("later", "")):
            return _look_again(request, application, place, number)
        return redirect(_next(application, filled, turn, number))
    status = max(turn.status, too_large)
    filled = reading.filled(application)
    if turn.unsaved is None and turn.saved is not None:
        turn.form = fields.reopened(turn, place, filled.answers.get(place.pk), limits)
    return _page(
        request,
        application,
        filled=filled,
        place=place,
        number=number,
        form=turn.form,
        unsaved=turn.unsaved,
        status=status,
    )


def _look_again(request, application, place, number):
    """All is saved, but something typed is wrong: it is shown once, and the next press goes on."""
    filled = reading.filled(application)
    answers, limits = filled.answers.get(place.pk), reading.limits(application.call)
    form = fields.section_form(place, answers=answers, limits=limits, judged=True)
    return _page(
        request,
        application,
        filled=filled,
        place=place,
        number=number,
        form=form,
        later=fields.mistakes(form),
        status=422,
    )


def _next(application, filled, turn, number):
    """Where to go after a save: stay where a button of the page was pressed, else to the next section or the check."""
    here = reverse("calls:section", args=[application.pk, number])
    if turn.form.stays:
        return f"{here}#{turn.form.anchor}"
    if number < len(filled.outline):
        return reverse("calls:section", args=[application.pk, number + 1])
    return reverse("calls:check", args=[application.pk])


def _saved_at(filled, place):
    """When this section was last saved; None before the first time."""
    answers = filled.answers.get(place.pk)
    return answers.saved_at if answers and answers.revision else None


def _page(request, application, *, filled, place, number, form, unsaved=None, later="", status=200):
    context = shown(
        application,
        filled,
        here=number,
        form=form,
        section=place,
        number=number,
        following=filled.outline.section(number + 1),
        theirs=[reading.shown(filled)[number - 1]] if unsaved else None,
        compared=reading.compared(filled, place.pk, form.typed) if unsaved else None,
        later=later,
        saved_at=_saved_at(filled, place) if unsaved is None else None,
    )
    return render(request, "calls/cabinet/section.html", context, status=status)
