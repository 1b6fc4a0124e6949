"""Components, partners and team: the same pages for three lists that the office keeps."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import ModelForm
from django.shortcuts import redirect, render
from django.urls import register_converter, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from viche.files import uploads
from viche.methods.refusals import Refused
from viche.programmes import access, operations, queries
from viche.programmes.forms import ComponentForm, PartnerForm, TeamForm
from viche.ui.access import allowed
from viche.ui.forms import refuse


class Kind(NamedTuple):
    """One of the lists: what it is called, what is typed, and what writes it."""

    title: Promise
    one: Promise
    empty: Promise
    form: type[ModelForm]
    rows: Callable[..., Any]
    row: Callable[..., Any]
    put: Callable[..., Any]


KINDS = {
    "components": Kind(
        gettext_lazy("Складові"),
        gettext_lazy("Нова складова"),
        gettext_lazy("З чого складається програма: навчання, гранти, пресклуби."),
        ComponentForm,
        queries.components,
        queries.component,
        operations.put_component,
    ),
    "partners": Kind(
        gettext_lazy("Партнери"),
        gettext_lazy("Новий партнер"),
        gettext_lazy("Донор, виконавець і всі, хто допомагає. Їхні логотипи стоять унизу сторінки програми."),
        PartnerForm,
        queries.partners,
        queries.partner,
        operations.put_partner,
    ),
    "team": Kind(
        gettext_lazy("Команда"),
        gettext_lazy("Нова людина в команді"),
        gettext_lazy("Кому люди можуть написати чи зателефонувати. Показуємо лише те, на що людина погодилася."),
        TeamForm,
        queries.team,
        queries.team_member,
        operations.put_team_member,
    ),
}


class PartConverter:
    """Lets an address hold the word for one of the lists and nothing else."""

    regex = "|".join(KINDS)

    def to_python(self, value):
        """Take the word as it is."""
        return value

    def to_url(self, value):
        """Write the word as it is."""
        return value


register_converter(PartConverter, "part")


def _part(programme, kind, pk):
    """Load a part of that programme; it remembers in which list it stands."""
    part = KINDS[kind].row(queries.programme(programme), pk)
    part.kind = kind
    return part


@allowed(access.may_see_office, thing=queries.programme, also=("kind",))
def parts(request, programme, kind):
    """One of the lists, in the order shown to everybody."""
    context = {
        "programme": programme,
        "kind": kind,
        "of": KINDS[kind],
        "rows": list(KINDS[kind].rows(programme)),
        "manages": access.may_manage(request.user, programme),
    }
    return render(request, "programmes/office/parts.html", context)


@allowed(access.may_manage, thing=queries.programme, also=("kind",))
def add(request, programme, kind):
    """Add a part."""
    return _edit(request, programme, kind, None)


@allowed(access.may_manage_part, thing=_part)
def change(request, part):
    """Change a part."""
    return _edit(request, part.programme, part.kind, part)


@allowed(access.may_manage_part, thing=_part)
def remove(request, part):
    """Ask before a part is taken off the page, and do it."""
    back = reverse("programmes:parts", args=[part.programme.code, part.kind])
    if request.method == "POST":
        operations.remove_part(part, by=request.user, at=timezone.now())
        messages.success(request, _("Прибрано."))
        return redirect(back)
    context = {
        "title": _("Прибрати «%(name)s»?") % {"name": part},
        "lead": _("Зі сторінки програми це зникне одразу."),
        "act": _("Прибрати"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@allowed(access.may_manage_part, thing=_part)
def move(request, part):
    """Move a part one place up or down."""
    operations.move(part, up="up" in request.POST, by=request.user, at=timezone.now())
    return redirect("programmes:parts", part.programme.code, part.kind)


def _edit(request, programme, kind, part):
    """Show the form of a part, or write the part by it."""
    of = KINDS[kind]
    fresh = of.row(programme, part.pk) if part else None
    form = of.form(request.POST or None, request.FILES or None, instance=fresh)
    status = uploads.refuse_oversize(request, form) if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            of.put(programme, part, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
            status = no.status
        else:
            messages.success(request, _("Збережено."))
            return redirect("programmes:parts", programme.code, kind)
    if status == 200 and form.errors:  # noqa: PLR2004 — no refusal has named another status
        status = 422
    context = {"programme": programme, "kind": kind, "of": of, "part": part, "form": form}
    return render(request, "programmes/office/part.html", context, status=status)
