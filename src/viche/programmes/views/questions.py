"""The office makes the sections and questions of a form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.programmes import access
from viche.programmes.views.desks import attempt, confirm, desk, page, said
from viche.questionnaires import operations
from viche.questionnaires.choices import QuestionKind
from viche.questionnaires.fields.editing import KINDS, QuestionEditor, SectionEditor
from viche.ui.access import allowed


@allowed(access.may_manage_form, thing=desk)
def section_new(request, desk):
    """Add a section."""
    form = SectionEditor.over(None, request.POST or None)

    def act():
        return operations.add_section(desk.version, form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and (made := attempt(form, act)):
        return redirect(f"{desk.address()}#s-{made.pk}")
    return page(request, desk, form, _("Новий розділ"))


@allowed(access.may_manage_form, thing=desk)
def section(request, desk):
    """Change a section."""
    form = SectionEditor.over(desk.section, request.POST or None)

    def act():
        return operations.change_section(desk.section, form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and attempt(form, act):
        return redirect(f"{desk.address()}#s-{desk.section.pk}")
    return page(request, desk, form, _("Розділ"))


@require_POST
@allowed(access.may_manage_form, thing=desk)
def section_move(request, desk):
    """Move a section one place up or down."""
    _moved(request, operations.move_section, desk.section)
    return redirect(f"{desk.address()}#s-{desk.section.pk}")


@allowed(access.may_manage_form, thing=desk)
def section_remove(request, desk):
    """Ask, then take a section away with its questions."""

    def act():
        operations.remove_section(desk.section, by=request.user, at=timezone.now())

    if request.method != "POST":
        title = _("Вилучити розділ «%(title)s»?") % {"title": desk.section.title}
        return confirm(request, desk, title, _("Разом із ним зникнуть усі його запитання."))
    said(request, act, _("Розділ вилучено."))
    return redirect(desk.address())


@allowed(access.may_manage_form, thing=desk)
def question_new(request, desk):
    """Choose what answer is awaited, then write the question."""
    kind = request.GET.get("kind", "")
    if kind not in QuestionKind.values:
        context = {"desk": desk, "programme": desk.programme, "kinds": _kinds()}
        return render(request, "programmes/forms/kinds.html", context)
    form = QuestionEditor(kind, request.POST or None)

    def act():
        return operations.add_question(desk.section, form.given(), by=request.user, at=timezone.now())

    if request.method == "POST" and (made := attempt(form, act)):
        return redirect(f"{desk.address()}#q-{made.pk}")
    return page(request, desk, form, _("Нове запитання: %(kind)s") % {"kind": QuestionKind(kind).label})


@allowed(access.may_manage_form, thing=desk)
def question(request, desk):
    """Change a question, also what answer is awaited."""
    kind = request.GET.get("kind", desk.question.kind)
    if kind not in QuestionKind.values:
        raise Http404
    form = QuestionEditor(kind, request.POST or None, desk.question)

    def act():
        return operations.change_question(desk.question, form.given(), by=request.user, at=timezone.now())

    if request.method == "POST" and attempt(form, act):
        return redirect(f"{desk.address()}#q-{desk.question.pk}")
    title = _("Запитання: %(kind)s") % {"kind": QuestionKind(kind).label}
    return page(request, desk, form, title, kinds=_kinds(kind))


@require_POST
@allowed(access.may_manage_form, thing=desk)
def question_move(request, desk):
    """Move a question one place up or down, past the edge of its section into the neighbouring one."""
    _moved(request, operations.move_question, desk.question)
    return redirect(f"{desk.address()}#q-{desk.question.pk}")


@allowed(access.may_manage_form, thing=desk)
def question_remove(request, desk):
    """Ask, then take a question away."""

    def act():
        operations.remove_question(desk.question, by=request.user, at=timezone.now())

    if request.method != "POST":
        title = _("Вилучити запитання «%(label)s»?") % {"label": desk.question.label}
        return confirm(request, desk, title, _("Його не буде в цій версії форми. У попередніх версіях воно лишиться."))
    said(request, act, _("Запитання вилучено."))
    return redirect(desk.address())


def _kinds(but=""):
    return [(kind.value, kind.label, words) for kind, words in KINDS.items() if kind != but]


def _moved(request, move, thing):
    try:
        move(thing, up="up" in request.POST, by=request.user, at=timezone.now())
    except Refused as no:
        messages.error(request, no.sentence)
