"""Who works in a programme: roles, and invitations into them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.people import queries as people
from viche.programmes import access, operations, queries
from viche.programmes.choices import DESCRIPTIONS, RoleKind
from viche.programmes.forms import GiveForm, InviteForm
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


@allowed(access.may_manage, thing=queries.programme)
def roles(request, programme):
    """Everybody by role, with what each role may do, and who is invited."""
    held: dict[str, list] = {}
    for role in queries.roles_of(programme):
        held.setdefault(role.kind, []).append(role)
    context = {
        "programme": programme,
        "kinds": [(kind.label, DESCRIPTIONS[kind], held.get(kind, [])) for kind in RoleKind],
        "invitations": queries.invitations_of(programme),
        "at": timezone.now(),
    }
    return render(request, "programmes/office/roles.html", context)


@allowed(access.may_manage, thing=queries.programme)
def invite(request, programme):
    """Invite somebody into a role by letter."""
    asked = {"kind": request.GET.get("kind", RoleKind.REVIEWER), "email": request.GET.get("email", "")}
    form = InviteForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            operations.invite(programme, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Лист із запрошенням надіслано на %(email)s.") % form.cleaned_data)
            return redirect("programmes:roles", programme.code)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/office/invite.html", context, status=status_of(form))


@allowed(access.may_manage, thing=queries.programme)
def give(request, programme):
    """Give a role at once to whoever signs in with a mailbox; where nobody does, offer to invite by letter."""
    form = GiveForm(request.POST or None)
    context = {"programme": programme, "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = people.user_by_email(given.pop("email"))
        if person is None:
            asked = {"email": form.data["email"], "kind": given["kind"]}
            invite = f"{reverse('programmes:invite', args=[programme.code])}?{urlencode(asked)}"
            context |= {"stranger": asked["email"], "invite": invite}
            return render(request, "programmes/office/give.html", context, status=422)
        try:
            operations.give_role(programme, user=person, **given, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Роль надано: %(person)s. Лист про це надіслано.") % {"person": person})
            return redirect("programmes:roles", programme.code)
    return render(request, "programmes/office/give.html", context, status=status_of(form))


@allowed(access.may_take, thing=queries.role_of)
def take(request, role):
    """Ask before somebody is relieved of a role, and do it."""
    back = reverse("programmes:roles", args=[role.programme.code])
    if request.method == "POST":
        try:
            operations.take_role(role, by=request.user, at=timezone.now())
        except Refused as no:
            messages.error(request, no.sentence)
        else:
            messages.success(request, _("Роль забрано."))
        still = access.may_manage(request.user, role.programme)
        return redirect(back if still else "/me/")
    names = {"person": role.user, "role": role.get_kind_display()}
    lead = _("%(person)s більше не матиме цих прав. Зроблене лишиться.")
    if role.kind == RoleKind.REVIEWER:
        lead = _(
            "%(person)s більше не зможе оцінювати. Здані оцінки лишаться, а заявки, ще не оцінені цією людиною, "
            "знову чекатимуть на призначення: їх видно в «Потребує вас» і на сторінці «Хто оцінює»."
        )
    context = {
        "title": _("Забрати роль «%(role)s»?") % names,
        "lead": lead % names,
        "act": _("Забрати роль"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@allowed(access.may_manage, thing=queries.programme, also=("invitation",))
def repeat(request, programme, invitation):
    """Send an invitation again."""
    return _answered(
        request, programme, invitation, operations.repeat_invitation, _("Лист надіслано ще раз, із новим посиланням.")
    )


@require_POST
@allowed(access.may_manage, thing=queries.programme, also=("invitation",))
def withdraw(request, programme, invitation):
    """Take an invitation back."""
    return _answered(request, programme, invitation, operations.withdraw_invitation, _("Запрошення відкликано."))


def _answered(request, programme, pk, act, done):
    """Do one act with an invitation and say on the list how it went."""
    invitation = queries.invitation(programme, pk)
    if invitation is None:
        messages.error(request, _("Такого запрошення в програмі немає."))
        return redirect("programmes:roles", programme.code)
    try:
        act(programme, invitation, by=request.user, at=timezone.now())
    except Refused as no:
        messages.error(request, no.sentence)
    else:
        messages.success(request, done)
    return redirect("programmes:roles", programme.code)
