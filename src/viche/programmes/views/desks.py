"""The desk on which an officer makes a form: what an address names, and how an operation is done and told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.programmes import queries
from viche.programmes.models import Programme
from viche.questionnaires import queries as questionnaires
from viche.questionnaires.fields.editing import NameForm
from viche.questionnaires.models import Question, Section, Version
from viche.ui.forms import refuse


@dataclass(frozen=True)
class Desk:
    """What lies before the officer: a form of the programme, and a section or a question of it."""

    programme: Programme
    version: Version
    section: Section | None = None
    question: Question | None = None

    def address(self, name: str = "form", **more: Any) -> str:
        """The address of a page about this form."""
        given = {"programme": self.programme.code, "version": self.version.pk, **more}
        return reverse(f"programmes:{name}", kwargs=given)


def owner(programme: Programme) -> str:
    """The key under which the forms of a programme are kept."""
    return f"programme:{programme.pk}"


def desk(programme: str, version: int, section: int | None = None, question: int | None = None) -> Desk:
    """What an address names."""
    found = queries.programme(programme)
    form_version = questionnaires.version_of(owner(found), version)
    return Desk(
        found,
        form_version,
        questionnaires.section_of(form_version, section) if section is not None else None,
        questionnaires.question_of(form_version, question) if question is not None else None,
    )


def attempt(form: Any, act: Callable[[], Any]) -> Any:
    """Do one operation with the clean form; what it refuses is said on the form, and None comes back."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as no:
        refuse(form, no)
        return None


def said(request: Any, act: Callable[[], Any], words: str) -> bool:
    """Do one operation without a form; say that it is done, or why not."""
    try:
        act()
    except Refused as no:
        messages.error(request, no.sentence)
        return False
    messages.success(request, words)
    return True


def status(form: Any) -> int:
    """200 for a form to fill, 422 for one with faults."""
    return 422 if form.is_bound and form.errors else 200


def page(request, desk, form, title, **more):
    """The page of one small form of the editor; a frozen version has no such pages, but what was typed stays."""
    if desk.version.is_frozen and request.method != "POST" and not isinstance(form, NameForm):
        messages.error(request, _("Цю версію вже заповнюють, тож змінити її не можна. Створіть нову версію форми."))
        return redirect(desk.address())
    context = {"desk": desk, "programme": desk.programme, "form": form, "title": title, **more}
    return render(request, "programmes/forms/edit.html", context, status=status(form))


def confirm(request, desk, title, lead):
    """Ask before something is taken away."""
    context = {"title": title, "lead": lead, "act": _("Вилучити"), "back": desk.address(), "danger": True}
    return render(request, "ui/confirm.html", context)
