"""An organisation from inside: its members, invitations and requests, and what its head does with them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.people import access, operations, queries
from viche.people.choices import ROLE_DESCRIPTIONS, MembershipRole
from viche.people.forms import InviteForm, OrganisationEditForm, RoleForm
from viche.people.views import trails
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


@allowed(access.may_see_members, thing=queries.organisation)
def members(request, organisation):
    """Who belongs to the organisation; for heads also who is invited and who asks."""
    manages = access.may_manage_members(request.user, organisation)
    context = {
        "trail": trails.organisations(organisation.called),
        "organisation": organisation,
        "members": list(queries.members_of(organisation)),
        "manages": manages,
        "invitations": list(queries.invitations_of(organisation)) if manages else [],
        "requests": list(queries.requests_of(organisation)) if manages else [],
        "branches": list(queries.branches_waiting_at(organisation)) if manages else [],
        "corrects": access.may_correct(request.user, organisation),
        "roles": [(role.value, role.label, ROLE_DESCRIPTIONS[role]) for role in MembershipRole],
        "at": timezone.now(),
    }
    return render(request, "people/cabinet/members.html", context)


@allowed(access.may_edit_organisation, thing=queries.organisation)
def edit(request, organisation):
    """Change what an organisation is called and where it is."""
    form = OrganisationEditForm(request.POST or None, instance=queries.organisation(organisation.pk))
    if request.method == "POST" and form.is_valid():
        operations.change_organisation(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Збережено."))
        return redirect("people:members", organisation.pk)
    context = {"form": form, "organisation": organisation, "trail": trails.members(organisation, _("Дані"))}
    return render(request, "people/cabinet/edit.html", context, status=422 if form.errors else 200)


@allowed(access.may_manage_members, thing=queries.organisation)
def invite(request, organisation):
    """Invite somebody by letter."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.invite(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Лист із запрошенням надіслано на %(email)s.") % form.cleaned_data)
            return redirect("people:members", organisation.pk)
    context = {"form": form, "organisation": organisation, "trail": trails.members(organisation, _("Запрошення"))}
    return render(request, "people/cabinet/invite.html", context, status=status_of(form))


@require_POST
@allowed(access.may_change_membership, thing=queries.membership)
def role(request, membership):
    """Give a member another role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        _said(request, operations.change_role, membership, _("Роль змінено."), **form.cleaned_data)
    return redirect("people:members", membership.organisation_id)


@allowed(access.may_end_membership, thing=queries.membership)
def remove(request, membership):
    """Ask before somebody is taken out of the organisation or leaves it, and do it."""
    own = membership.user_id == request.user.pk
    back = reverse("people:members", args=[membership.organisation_id])
    if request.method == "POST":
        done = _("Ви вийшли з організації.") if own else _("Людину прибрано з організації.")
        left = _said(request, operations.remove, membership, done)
        return redirect("people:organisations" if own and left else back)
    names = {"person": str(membership.user), "organisation": membership.organisation.called}
    context = {
        "title": _("Вийти з організації?") if own else _("Прибрати людину з організації?"),
        "lead": _("%(person)s більше не матиме доступу до заявок і звітів організації «%(organisation)s».") % names,
        "act": _("Вийти") if own else _("Прибрати"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@allowed(access.may_withdraw, thing=queries.invitation)
def repeat(request, invitation):
    """Send an invitation again."""
    _said(request, operations.repeat, invitation, _("Лист надіслано ще раз, із новим посиланням."))
    return redirect("people:members", invitation.organisation_id)


@require_POST
@allowed(access.may_withdraw, thing=queries.invitation)
def withdraw(request, invitation):
    """Take an invitation back."""
    _said(request, operations.withdraw, invitation, _("Запрошення відкликано."))
    return redirect("people:members", invitation.organisation_id)


@require_POST
@allowed(access.may_answer, thing=queries.join_request)
def answer(request, asked):
    """Let somebody who asked in, or not."""
    accept = "accept" in request.POST
    done = _("Людину прийнято, ми їй написали.") if accept else _("Відмовлено, ми про це написали.")
    _said(request, operations.answer, asked, done, accept=accept)
    return redirect("people:members", asked.organisation_id)


@require_POST
@allowed(access.may_confirm, thing=queries.branch)
def confirm(request, branch):
    """Say that an organisation is the branch it calls itself."""
    done = _("Підтверджено: «%(name)s» – ваша філія.") % {"name": branch.called}
    _said(request, operations.confirm_branch, branch, done)
    return redirect("people:members", branch.parent_id)


def _said(request, act, thing, done, **given):
    """Do one act and say on the next page how it went."""
    try:
        act(thing, by=request.user, at=timezone.now(), **given)
    except Refused as no:
        messages.error(request, no.sentence)
        return False
    messages.success(request, done)
    return True
