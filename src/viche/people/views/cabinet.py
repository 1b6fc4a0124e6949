"""One's own pages: profile, letters; one's organisations and how to come into another."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from viche.mail import queries as mail
from viche.methods.refusals import Refused
from viche.people import access, operations, queries
from viche.people.forms import JoinForm, LettersForm, OrganisationForm, ProfileForm
from viche.people.views import trails
from viche.ui.access import allowed, signed_in
from viche.ui.forms import refuse, status_of


@signed_in
def profile(request):
    """How one is called, and doors to everything else about the account."""
    form = ProfileForm(request.POST or None, instance=queries.person(request.user.pk))
    if request.method == "POST" and form.is_valid():
        operations.change_profile(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Збережено."))
        return redirect("people:profile")
    return render(
        request,
        "people/cabinet/profile.html",
        {"form": form, "trail": trails.cabinet(("", _("Профіль")))},
        status=422 if form.errors else 200,
    )


@signed_in
def letters(request):
    """Which letters one wants, kind by kind."""
    form = LettersForm(request.POST or None, choices=mail.preferences(request.user.email))
    if request.method == "POST" and form.is_valid():
        operations.choose_letters(request.user, form.chosen(), at=timezone.now())
        messages.success(request, _("Збережено."))
        return redirect("people:letters")
    return render(
        request,
        "people/cabinet/letters.html",
        {"form": form, "trail": trails.profile(_("Листи"))},
        status=422 if form.errors else 200,
    )


@signed_in
def organisations(request):
    """One's organisations, and requests that wait for an answer."""
    context = {
        "trail": trails.cabinet(("", _("Мої організації"))),
        "memberships": list(queries.memberships_of(request.user)),
        "asked": list(queries.requests_by(request.user)),
        "waiting": list(queries.requests_waiting_for(request.user)),
        "branches": list(queries.branches_waiting_for(request.user)),
    }
    return render(request, "people/cabinet/organisations.html", context)


@allowed(access.may_register)
def register(request):
    """Register an organisation, or learn that it is here and whom to ask; then go on to where one came from."""
    then = _next(request)
    form = OrganisationForm(request.POST or None)
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.register(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            known = getattr(no, "organisation", None)
            refuse(form, no)
        else:
            messages.success(request, _("Організацію зареєстровано. Запросіть колег, щоб готувати заявки разом."))
            return redirect(then or reverse("people:members", args=[made.pk]))
    return render(
        request,
        "people/cabinet/register.html",
        {"form": form, "known": known, "then": then, "trail": trails.organisations(_("Додати організацію"))},
        status=status_of(form),
    )


def _next(request):
    """The page one came from and goes back to; only a path of our own."""
    then = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(then, {request.get_host()}, require_https=request.is_secure())
    return then if ours and then.startswith("/") else ""


@allowed(lambda user, _organisation: access.may_register(user), thing=queries.organisation)
def join(request, organisation):
    """Ask the heads of an organisation to be let in."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_to_join(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Прохання надіслано. Щойно вам дадуть відповідь, ми напишемо."))
            return redirect("people:organisations")
    context = {"form": form, "organisation": organisation, "trail": trails.organisations(organisation.called)}
    return render(request, "people/cabinet/join.html", context, status=status_of(form))
