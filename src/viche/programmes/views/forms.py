"""The office makes its forms here: applications, reports. The forms themselves live in `questionnaires`."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.programmes import access, queries
from viche.programmes.views.desks import Desk, attempt, confirm, desk, owner, page, said, status
from viche.questionnaires import operations
from viche.questionnaires import queries as questionnaires
from viche.questionnaires.choices import Meaning
from viche.questionnaires.fields import section_form
from viche.questionnaires.fields.editing import NameForm, NewForm
from viche.ui.access import allowed

OF_REPORTS = {Meaning.DONE, Meaning.SPENT, Meaning.RETURNED}


def back_of(programme):
    """The name under which a session keeps the page that sent here for a form of this programme."""
    return f"forms.back.{programme.pk}"


def remember(request, programme):
    """Keep the page that sent here for a form, so that the form, once made, leads back to it."""
    back = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        request.session[back_of(programme)] = back


@allowed(access.may_manage, thing=queries.programme)
def forms(request, programme):
    """All forms of the programme with their versions."""
    request.session.pop(back_of(programme), None)  # whoever comes here by themselves is on no errand
    found = questionnaires.of_owner(owner(programme))
    return render(request, "programmes/forms/list.html", {"programme": programme, "questionnaires": found})


@allowed(access.may_manage, thing=queries.programme)
def new(request, programme):
    """Make a form, from nothing or from a ready one."""
    form = NewForm(request.POST or None)
    remember(request, programme)

    def act():
        given = form.cleaned_data
        return operations.draw_up(
            given["name"], pattern=given["pattern"], owner_key=owner(programme), by=request.user, at=timezone.now()
        )

    if request.method == "POST" and (made := attempt(form, act)):
        messages.success(request, _("Форму створено. Допишіть її і спробуйте заповнити."))
        return redirect(Desk(programme, made).address())
    context = {"programme": programme, "form": form, "title": _("Нова форма"), "button": _("Створити")}
    return render(request, "programmes/forms/new.html", context, status=status(form))


@allowed(access.may_manage_form, thing=desk)
def form(request, desk):
    """The form as it is made: its sections and questions."""
    context = {
        "desk": desk,
        "programme": desk.programme,
        "version": desk.version,
        "outline": questionnaires.outline(desk.version),
        "uses": questionnaires.uses(desk.version),
        "latest": questionnaires.latest(desk.version.questionnaire),
        "back": request.session.get(back_of(desk.programme), ""),
    }
    return render(request, "programmes/forms/form.html", context)


@allowed(access.may_manage_form, thing=desk, also=("number",))
def preview(request, desk, number):
    """A section as the applicant sees it; it may be tried, nothing is saved."""
    outline = questionnaires.outline(desk.version)
    section = outline.section(number)
    if section is None:
        raise Http404
    tried = section_form(section, data=request.POST if request.method == "POST" else None)
    if tried.stays:
        tried = section_form(section, data=request.POST, judged=False)
    steps = [
        {"title": one.title, "here": one.number == number, "href": desk.address("form_preview", number=one.number)}
        for one in outline
    ]
    context = {
        "desk": desk,
        "programme": desk.programme,
        "outline": outline,
        "section": section,
        "form": tried,
        "steps": steps,
        "good": tried.is_bound and not tried.faults,
        "next": outline.section(number + 1),
        "reports": any(question.meaning in OF_REPORTS for question in outline.questions),
    }
    return render(request, "programmes/forms/preview.html", context, status=422 if tried.faults else 200)


@require_POST
@allowed(access.may_manage_form, thing=desk)
def version(request, desk):
    """Begin a new version of a form that is being filled already."""
    made = operations.new_version(desk.version.questionnaire, by=request.user, at=timezone.now())
    messages.success(request, _("Версія %(number)s готова до змін.") % {"number": made.number})
    return redirect(Desk(desk.programme, made).address())


@allowed(access.may_manage_form, thing=desk)
def rename(request, desk):
    """Give the form another name."""
    named = desk.version.questionnaire
    form = NameForm(request.POST or None, initial={"name": named.name})

    def act():
        return operations.rename(named, form.cleaned_data["name"], by=request.user, at=timezone.now())

    if request.method == "POST" and attempt(form, act):
        return redirect(desk.address())
    return page(request, desk, form, _("Назва форми"))


@allowed(access.may_manage_form, thing=desk)
def delete(request, desk):
    """Ask, then delete a form that nobody filled."""
    form = desk.version.questionnaire

    def act():
        operations.delete(form, by=request.user, at=timezone.now())

    words = _("Її не заповнювали, тож нічиї відповіді не зникнуть. Повернути форму не можна.")
    title = _("Вилучити форму «%(name)s»?") % {"name": form.name}
    if request.method != "POST":
        return confirm(request, desk, title, words)
    done = said(request, act, _("Форму вилучено."))
    return redirect("programmes:forms", desk.programme.code) if done else redirect(desk.address())
