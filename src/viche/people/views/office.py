"""Administrators' pages: everybody who has an account, and what may be done about one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.methods.refusals import Refused
from viche.people import access, exports, operations, queries
from viche.people.forms import PeopleSearch
from viche.people.views import trails
from viche.ui import listing, paging
from viche.ui.access import allowed

ORDERS = {"email": "email", "name": "name", "joined": "joined_at"}
# What is done, what is asked before, what the button says, whether it is grave.
ACTS = {
    "deactivate": (
        operations.deactivate,
        gettext_lazy("Закрити вхід?"),
        gettext_lazy("Людина не зможе ввійти, доки ви не відкриєте вхід знову. Усе зроблене лишиться."),
        gettext_lazy("Закрити вхід"),
        True,
    ),
    "reactivate": (
        operations.reactivate,
        gettext_lazy("Відкрити вхід?"),
        gettext_lazy("Людина знову зможе ввійти зі своєю поштою й паролем."),
        gettext_lazy("Відкрити вхід"),
        False,
    ),
    "appoint": (
        operations.make_administrator,
        gettext_lazy("Зробити адміністратором?"),
        gettext_lazy("Адміністратор бачить і змінює все в усіх програмах і може призначати інших."),
        gettext_lazy("Зробити адміністратором"),
        True,
    ),
    "relieve": (
        operations.unmake_administrator,
        gettext_lazy("Забрати право адміністратора?"),
        gettext_lazy("Ролі в програмах та організаціях лишаться."),
        gettext_lazy("Забрати право"),
        True,
    ),
    "forget": (
        operations.forget,
        gettext_lazy("Забути людину назавжди?"),
        gettext_lazy(
            "Ім’я, пошта й членство в організаціях зникнуть, у журналі лишаться самі дії. Цього не повернути."
        ),
        gettext_lazy("Забути назавжди"),
        True,
    ),
}


def _listed(request):
    search = PeopleSearch(request.GET)
    search.is_valid()
    chosen = search.cleaned_data
    rows = queries.users(chosen.get("q", ""), only=chosen.get("only", ""))
    return search, listing.ordered(request, rows, ORDERS, default="email")


@allowed(access.may_administer)
def people(request):
    """Everybody who has an account."""
    search, rows = _listed(request)
    context = {"search": search, "page": paging.page(request, rows), "order": "email"}
    return render(request, "people/office/people.html", context)


@allowed(access.may_administer)
def people_file(request, ending):
    """The same list for programs."""
    _search, rows = _listed(request)
    return listing.answer(request, ending=ending, columns=exports.PEOPLE, rows=exports.people(rows), filename="people")


@allowed(lambda user, _person: access.may_administer(user), thing=queries.person)
def person(request, person):
    """One person: where they belong, and what an administrator may do."""
    context = {
        "trail": trails.people(str(person)),
        "person": person,
        "memberships": list(queries.memberships_of(person)),
    }
    return render(request, "people/office/person.html", context)


@allowed(lambda user, _person: access.may_administer(user), thing=queries.person, also=("act",))
def act(request, person, act):
    """Ask before something is done about a person, and do it."""
    if act not in ACTS:
        raise Http404
    operation, title, lead, button, danger = ACTS[act]
    back = reverse("people:person", args=[person.pk])
    if request.method == "POST":
        try:
            operation(person, by=request.user, at=timezone.now())
        except Refused as no:
            messages.error(request, no.sentence)
            return redirect(back)
        messages.success(request, _("Зроблено."))
        return redirect("people:people" if act == "forget" else back)
    title = f"{title} {person}"
    context = {"title": title, "lead": lead, "act": button, "back": back, "danger": danger}
    return render(request, "ui/confirm.html", context)
