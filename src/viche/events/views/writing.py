"""The organiser's pages: own events, begin one, write it, check it, submit it."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import WRITTEN
from viche.events.forms.beginning import Begin, MineSearch
from viche.events.forms.reopening import compared, reopened
from viche.events.forms.writing import Writing
from viche.events.operations import drafts, mending
from viche.events.queries import events, inclusion, telling, writing
from viche.methods.refusals import Refused
from viche.ui import listing, middleware, paging
from viche.ui.access import allowed, signed_in
from viche.ui.forms import refuse, status_of
from viche.ui.reading import revision_in

ORDERS = {"starts": "starts_at", "title": "title", "state": "state", "changed": "changed_at"}


def _chosen(request):
    search = MineSearch(request.GET)
    search.is_valid()
    asked = {name: search.cleaned_data.get(name, "") for name in search.fields}
    return search, listing.ordered(request, writing.mine(request.user, **asked), ORDERS, default="-changed")


@signed_in
def mine(request):
    """All events of the person and of the person's organisations."""
    search, found = _chosen(request)
    page, at = paging.page(request, found), timezone.now()
    rows = [(event, *writing.standing(event, at)) for event in page]
    asked = any(search.cleaned_data.values())
    context = {"search": search, "page": page, "rows": rows, "is_asked": asked, "order": "-changed"}
    return render(request, "events/writing/mine.html", context)


@signed_in
def mine_file(request, ending):
    """The same list for programs."""
    _search, found = _chosen(request)
    rows = writing.rows(listing.through(found))
    return listing.answer(request, ending=ending, columns=writing.COLUMNS, rows=rows, filename="my-events")


@signed_in
def new(request):
    """Begin an event: asks for a title, where it belongs and who holds it."""
    at = timezone.now()
    frames = writing.frames(request.user, at)
    hosts = writing.hosts(request.user)
    form = Begin(request.POST or None, frames=frames, hosts=hosts, frame=request.GET.get("frame", ""))
    if request.method == "POST" and form.is_valid():
        values = {"title": form.cleaned_data["title"]}
        try:
            event = drafts.begin(
                form.chosen.programme,
                campaign=form.chosen.campaign,
                organisation=form.host,
                values=values,
                by=request.user,
                at=at,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("events:write", event.code)
    context = {"form": form, "frames": frames}
    return render(request, "events/writing/new.html", context, status=status_of(form))


@allowed(access.may_write, thing=events.by_code)
def write(request, event):
    """The form of an event. A draft is saved as one types; what others read already is saved by the button, whole."""
    if event.state not in (*WRITTEN, *mending.MENDED):
        return _page(request, event, form=None)
    if request.method == "POST":
        program = request.headers.get("Accept", "").startswith("application/json")
        return _save(request, event, program) if event.state in WRITTEN else _mend(request, event, program)
    asked = writing.faults(event) if request.GET.get("check") else []
    return _page(request, event, form=reopened(event, faults=asked), status=200)


def _save(request, event, program):
    form = Writing(request.POST, event=event)
    form.is_valid()
    typed = {"values": form.values, "unread": form.unread, "revision": revision_in(request)}
    try:
        event = drafts.save(event, **typed, by=request.user, at=timezone.now())
    except drafts.Stale as stale:
        words = _("Хтось зберіг захід раніше. Ваш текст не зник: натисніть «Далі» й порівняйте.")
        return JsonResponse({"text": words}, status=409) if program else _stale(request, stale.theirs, form)
    except Refused as refused:
        refuse(form, refused)
        told = {"text": refused.sentence}
        return JsonResponse(told, status=refused.status) if program else _page(request, event, form=form)
    return JsonResponse(_told(request, event, form)) if program else _went_on(request, event, form)


def _went_on(request, event, form):
    """All is saved; what is wrong is shown once, and the next press goes on."""
    if form.mistaken and "later" not in request.POST:
        form.forgive()
        return _page(request, event, form=form, later=True)
    if "stay" in request.POST:
        messages.success(request, _("Збережено."))
        return redirect("events:write", event.code)
    return redirect("events:check", event.code)


def _told(request, event, form):
    """What the script hears: the revision, what was not read, and how the event stands to the campaign's rules.

    `faults` and `marks` stand at their fields; of `said` it reads aloud what was not on the page before.
    """
    context = beside(event) | {"unreadable": [(form[name].label, form.errors[name]) for name in form.mistaken]}
    verdict, hints = context["verdict"], context["hints"]
    return {
        "revision": event.revision,
        "beside": render_to_string("events/writing/_beside.html", context, request),
        "faults": {form[name].auto_id: " ".join(form.errors[name]) for name in form.mistaken},
        "lacking": {f"id_{fault.field}": fault.sentence for fault in writing.faults(event)},
        "marks": {told.mark: render_to_string("events/writing/_mark.html", {"told": told}) for told in verdict},
        "said": [told.sentence for told in verdict] + [fault.sentence for fault in hints],
    }


def _mend(request, event, program):
    if program:
        words = _("Захід уже подано. Оновіть сторінку, щоб побачити його таким, як він є.")
        return JsonResponse({"text": words}, status=409)
    form = Writing(request.POST, event=event)
    if form.is_valid():
        act = {"values": form.values, "revision": revision_in(request), "by": request.user, "at": timezone.now()}
        try:
            event = mending.mend(event, **act)
        except drafts.Stale as stale:
            return _stale(request, stale.theirs, form)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Зміни збережено, їх видно всім, хто бачить захід."))
            if event.mended_at is not None:
                messages.info(request, _("Програма ще перегляне, що змінилося відтоді, як вона прийняла захід."))
            return redirect("events:write", event.code)
    return _page(request, event, form=form)


def _stale(request, theirs, form):
    """Both texts beside each other; whoever presses the button now has seen both, and means it."""
    differing = compared(theirs, form)
    form.forgive()
    return _page(request, theirs, form=form, differing=differing, status=409)


def beside(event):
    """What stands beside the form: the campaign's rules, and what looks odd or would help people."""
    hints = writing.warnings(event, at=timezone.now()) if event.state in WRITTEN else []
    return {"event": event, "verdict": inclusion.verdict(event), "hints": hints, "here": True}


def _page(request, event, *, form, later=False, differing=None, status=0):
    at = timezone.now()
    kind, words = writing.standing(event, at)
    context = beside(event)
    if form:
        form.hear(context["verdict"])
    context |= {
        "form": form,
        "kind": kind,
        "words": words,
        "is_draft": event.state in WRITTEN,
        "later": later,
        "differing": differing,
        "others": writing.of_series(event),
    }
    answer = render(request, "events/writing/write.html", context, status=status or (status_of(form) if form else 200))
    answer.headers["Permissions-Policy"] = middleware.LOCATING
    return answer


def _checked(request, event, *, refused=None):
    at = timezone.now()
    kind, words = writing.standing(event, at)
    faults = writing.faults(event)
    policy = writing.policy_of(event.programme)
    here = reverse("events:write", args=[event.code])
    hints = writing.warnings(event, at=at)
    context = {
        "event": event,
        "verdict": inclusion.verdict(event),
        "kind": kind,
        "words": words,
        "faults": [(f"{here}?check=1#id_{fault.field}", fault.sentence) for fault in faults],
        "warned": [(f"{here}#id_{fault.field}", fault.sentence) for fault in hints],
        "trusted": writing.is_trusted(event, policy),
        "policy": policy,
        "is_draft": event.state in WRITTEN,
        "refused": refused,
        "here": False,
        "address": request.build_absolute_uri(event.get_absolute_url()),
        "facts": telling.facts(event, exact=True),
        "groups": telling.groups(event),
    }
    context["ready"] = not faults and not any(told.refuses for told in context["verdict"])
    return render(request, "events/writing/check.html", context, status=refused.status if refused else 200)


@allowed(access.may_write, thing=events.by_code)
def check(request, event):
    """What the event says, what it lacks, how it stands to the rules, and the button that submits it."""
    return _checked(request, event)


@allowed(access.may_write, thing=events.by_code)
def submit(request, event):
    """Submit. A second press comes to the same."""
    if request.method != "POST":
        return redirect("events:check", event.code)
    try:
        event = drafts.submit(event, by=request.user, at=timezone.now())
    except Refused as refused:
        return _checked(request, event, refused=refused)
    if event.is_shown:
        messages.success(request, _("Захід оголошено: його бачать усі."))
    else:
        messages.success(request, _("Захід подано. Відповідь прийде листом."))
    return redirect("events:check", event.code)
