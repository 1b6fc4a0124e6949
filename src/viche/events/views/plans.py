"""A year's plan from a table: look through every row's fate, then make the drafts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import Format, Mode
from viche.events.forms import plans as forms
from viche.events.operations import plans as operations
from viche.events.queries import plans, writing
from viche.files import uploads
from viche.ui import listing, paging
from viche.ui.access import allowed, signed_in
from viche.ui.forms import status_of

LATEST = 5


@signed_in
def plan(request):
    """Ask for the table; show what becomes of each row; make the drafts of the good ones."""
    offered = {"frames": writing.frames(request.user, timezone.now()), "hosts": writing.hosts(request.user)}
    if "rows" in request.POST:
        return _take_over(request, offered)
    form = forms.PlanFile(request.POST or None, request.FILES or None, **offered)
    if request.method == "POST":
        too_large = uploads.refuse_oversize(request, form)
        if form.is_valid():
            fates = forms.judged(form.cleaned_data["file"], at=timezone.now(), **_owned(request, form))
            return _preview(request, form, fates)
        status = too_large if too_large != 200 else 422  # noqa: PLR2004 — the code of an answer
        return _page(request, form, status=status)
    return _page(request, form, plans=plans.of_user(request.user)[:LATEST])


def _owned(request, form):
    return {"frame": form.chosen, "host": form.host, "user": request.user}


def _page(request, form, status=200, plans=()):
    columns = [(label, name in forms.NEEDED) for name, label in zip(forms.COLUMNS, forms.heads(), strict=True)]
    context = {"form": form, "columns": columns, "formats": Format.labels, "plans": plans}
    return render(request, "events/writing/plan.html", context, status=status)


def _preview(request, form, fates):
    context = {
        "form": form,
        "fates": fates,
        "good": sum(fate.is_good for fate in fates),
        "bad": forms.bad(fates),
        "odd": sum(bool(fate.odd) for fate in fates if fate.is_good),
        "others": [fate for fate in fates if not fate.wrong],
        "rows": forms.kept(fates),
    }
    return render(request, "events/writing/plan_preview.html", context)


def _take_over(request, offered):
    form = forms.PlanRows(request.POST, **offered)
    if not form.is_valid():
        again = forms.PlanFile(**offered)
        for sentence in form.errors.get("rows", [_("План загубився дорогою. Додайте файл ще раз.")]):
            messages.error(request, sentence)
        return _page(request, again, status=status_of(form))
    fates = forms.judged(form.cleaned_data["rows"], at=timezone.now(), **_owned(request, form))
    made = operations.take_over(
        form.chosen,
        organisation=form.host,
        rows=[fate.values for fate in fates if fate.values],
        bad=forms.bad(fates),
        by=request.user,
        at=timezone.now(),
    )
    count = len(made.events)
    words = ngettext("Створено %(n)s чернетку.", "Створено %(n)s чернеток.", count) % {"n": count}
    if made.doubles:
        words += " " + _("Уже були: %(n)s.") % {"n": made.doubles}
    messages.success(request, words)
    return redirect("events:plan_made", made.plan.pk) if made.plan else redirect("events:mine")


@allowed(access.may_write_plan, thing=plans.one)
def made(request, plan):
    """What came from one table: what is ready and what lacks what, and the button that submits all that is ready."""
    left = plans.left(plan)
    submitted = plans.submitted_of(plan)
    context = {
        "plan": plan,
        "portion": operations.PORTION,
        "every": len(left) + submitted,
        "page": paging.page(request, left),
        "left": len(left),
        "ready": sum(not one.faults for one in left),
        "submitted": submitted,
        "trusted": writing.is_trusted_host(plan.programme, plan.organisation_id, writing.policy_of(plan.programme)),
    }
    return render(request, "events/writing/plan_made.html", context)


@allowed(access.may_write_plan, thing=plans.one, also=("ending",))
def bad_rows(request, plan, ending):
    """The rows of which nothing came, as a plan of their own: mended, the same file is added again."""
    columns = list(zip(forms.COLUMNS, forms.heads(), strict=True))
    columns += [("row", _("Рядок у файлі")), ("wrong", _("Що не так"))]
    rows = [
        [*(row["cells"].get(name, "") for name in forms.COLUMNS), row["number"], " ".join(row["wrong"])]
        for row in plan.bad_rows
    ]
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename="plan-bad-rows")


@allowed(access.may_write_plan, thing=plans.one)
def submit_all(request, plan):
    """Submit all of a plan that is ready; the page then tells of what is left."""
    if request.method == "POST":
        sent = operations.submit_all(plan, by=request.user, at=timezone.now())
        for words in _said(sent):
            messages.success(request, words)
        if sent.forbidden:
            words = ngettext(
                "%(n)s захід подати не можете: він уже не вашої організації.",
                "%(n)s заходів подати не можете: вони вже не вашої організації.",
                sent.forbidden,
            )
            messages.error(request, words % {"n": sent.forbidden})
        if sent.ready:
            words = ngettext(
                "Ще %(n)s захід готовий. Натисніть ще раз, щоб подати.",
                "Ще %(n)s заходів готові. Натисніть ще раз, щоб подати.",
                sent.ready,
            )
            messages.info(request, words % {"n": sent.ready})
        elif sent.left:
            words = ngettext("%(n)s захід ще не подано.", "%(n)s заходів ще не подано.", sent.left)
            messages.warning(request, words % {"n": sent.left} + " " + _("Чому саме – сказано біля кожного."))
    return redirect("events:plan_made", plan.pk)


def _said(sent):
    if sent.announced:
        words = ngettext("Оголошено %(n)s захід.", "Оголошено %(n)s заходів.", sent.announced)
        yield words % {"n": sent.announced}
    if sent.submitted:
        words = ngettext("Подано %(n)s захід.", "Подано %(n)s заходів.", sent.submitted)
        yield words % {"n": sent.submitted} + " " + _("Відповіді прийдуть листами.")


@signed_in
def plan_file(request, ending):
    """The table to be filled in, with one row that shows how."""
    example = {
        "title": _("Як подати проєкт на бюджет участі"),
        "day": "21.11.2026",
        "starts": "18:00",
        "ends": "19:30",
        "format": str(Format.SEMINAR.label),
        "mode": str(Mode.IN_PERSON.label),
        "venue": _("Читальна зала"),
        "capacity": "40",
    }
    columns = list(zip(forms.COLUMNS, forms.heads(), strict=True))
    row = [example.get(name, "") for name in forms.COLUMNS]
    return listing.answer(request, ending=ending, columns=columns, rows=[row], filename="plan")
