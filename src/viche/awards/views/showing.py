"""The office chooses photographs for the public page, and takes them off when somebody asks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.forms import Shown
from viche.awards.operations import photographs as operations
from viche.awards.queries import awards, reading, states
from viche.files import answers as bytes_out
from viche.files.models import Consent
from viche.methods.refusals import Refused
from viche.ui.access import allowed
from viche.ui.forms import refuse


def _form(stored, data=None):
    """A form for what is said of a photograph and from when it is shown, as that stands or as it was sent."""
    words = getattr(stored, "photograph", None)
    told = {"caption": words.caption, "credit": words.credit, "public_from": words.public_from} if words else {}
    return Shown(data, prefix=str(stored.key), initial={**told, "consent": stored.consent == Consent.RECORDED})


def _page(request, award, *, sent=None, of=None, status=200):
    on = localdate(timezone.now())
    found = reading.photographs_in_office(award)
    context = {
        "programme": award.programme,
        "award": award,
        "rows": [
            (stored, sent if stored.pk == of else _form(stored), states.of_photograph(stored, on)) for stored in found
        ],
        "faulty": sent,
        "may_manage": access.may_manage(request.user, award),
    }
    return render(request, "awards/office/photographs.html", context, status=status)


@allowed(access.may_see_office, thing=awards.in_programme)
def photographs(request, award):
    """All photographs of submitted reports, with what is said of them."""
    return _page(request, award)


@allowed(access.may_see_office, thing=awards.in_programme, also=("key",))
def photograph(request, award, key):
    """Choose a photograph for the public page; the picture itself by GET."""
    stored = get_object_or_404(reading.photographs_in_office(award), key=key)
    if request.method != "POST" or not access.may_manage(request.user, award):
        return bytes_out.send(stored, size=480, inline=True, request=request)
    form = _form(stored, request.POST)
    if form.is_valid():
        try:
            operations.show(award, stored=stored, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Збережено."))
            return redirect("awards:office_photographs", award.programme.code, award.code)
    return _page(request, award, sent=form, of=stored.pk, status=422)


@allowed(access.may_hide, thing=reading.photograph_in_office)
def hide(request, photograph):
    """Ask, then take a photograph off the public page."""
    award = photograph.award
    back = reverse("awards:office_photographs", args=[award.programme.code, award.code])
    if request.method == "POST":
        operations.hide(photograph, by=request.user, at=timezone.now())
        messages.success(request, _("Фото приховано, згоду знято."))
        return redirect(back)
    context = {
        "title": _("Приховати фото?"),
        "lead": _(
            "«%(caption)s» зникне з публічної сторінки. Щоб показати його знову, згоду людей треба буде підтвердити."
        )
        % {"caption": photograph.caption},
        "act": _("Приховати"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
