"""Keys by which programs read in one's name: all of them, a new one with its secret, the end of one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from viche.methods.refusals import Refused
from viche.people import access, operations, queries
from viche.people.forms import KeyForm
from viche.people.views import trails
from viche.ui import paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


@allowed(access.may_hold_keys)
@never_cache
def keys(request):
    """One's keys, and a new one; its secret is on the answer to the button alone, which nobody keeps."""
    form, made, secret, at = KeyForm(request.POST or None), None, "", timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = operations.make_key(request.user, **form.cleaned_data, by=request.user, at=at)
        except Refused as no:
            refuse(form, no)
    page = paging.page(request, queries.keys_of(request.user))
    context = {
        "form": KeyForm() if made else form,
        "made": made,
        "secret": secret,
        "page": page,
        "rows": [(key, _said(key, at)) for key in page],
        "trail": trails.profile(_("Ключі для програм")),
    }
    return render(request, "people/cabinet/keys.html", context, status=status_of(form))


def _said(key, at):
    """How a key stands: its rhomb and words."""
    if key.revoked_at:
        return "closed", _("Припинено")
    return ("open", _("Діє")) if key.is_open(at) else ("closed", _("Термін минув"))


@allowed(access.may_revoke, thing=queries.key)
def revoke(request, key):
    """Ask before a key is ended, and end it."""
    if request.method == "POST":
        operations.revoke_key(key, by=request.user, at=timezone.now())
        messages.success(request, _("Ключ припинено: програма з ним більше нічого не прочитає."))
        return redirect("people:keys")
    context = {
        "title": _("Припинити ключ «%(name)s»?") % {"name": key.name},
        "lead": _(
            "Програма, яка ним користується, перестане бачити дані. Повернути ключ не можна, лише зробити новий."
        ),
        "act": _("Припинити"),
        "back": reverse("people:keys"),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
