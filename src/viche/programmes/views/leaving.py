"""What is done about a person's account. It lies here, because a programme may not lose its last officer by it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.people import operations as people
from viche.people import queries
from viche.people.access import may_administer
from viche.programmes.operations import leaving
from viche.ui import menu
from viche.ui.access import allowed, signed_in

# What is done, what is asked before, what the button says, whether it is grave.
ACTS = {
    "deactivate": (
        leaving.deactivate,
        gettext_lazy("Закрити вхід?"),
        gettext_lazy("Людина не зможе ввійти, доки ви не відкриєте вхід знову. Усе зроблене лишиться."),
        gettext_lazy("Закрити вхід"),
        True,
    ),
    "reactivate": (
        people.reactivate,
        gettext_lazy("Відкрити вхід?"),
        gettext_lazy("Людина знову зможе ввійти зі своєю поштою й паролем."),
        gettext_lazy("Відкрити вхід"),
        False,
    ),
    "appoint": (
        people.make_administrator,
        gettext_lazy("Зробити адміністратором?"),
        gettext_lazy("Адміністратор бачить і змінює все в усіх програмах і може призначати інших."),
        gettext_lazy("Зробити адміністратором"),
        True,
    ),
    "relieve": (
        people.unmake_administrator,
        gettext_lazy("Забрати право адміністратора?"),
        gettext_lazy("Ролі в програмах та організаціях лишаться."),
        gettext_lazy("Забрати право"),
        True,
    ),
    "forget": (
        leaving.forget,
        gettext_lazy("Забути людину назавжди?"),
        gettext_lazy(
            "Ім’я, пошта й членство в організаціях зникнуть, у журналі лишаться самі дії. Цього не повернути."
        ),
        gettext_lazy("Забути назавжди"),
        True,
    ),
}


@signed_in
def forget(request):
    """Ask before a person is forgotten for good, and do it."""
    fault = ""
    if request.method == "POST":
        try:
            leaving.forget(request.user, by=request.user, at=timezone.now())
        except Refused as no:
            fault = no.sentence
        else:
            logout(request)
            messages.success(request, _("Ваші дані прибрано. Дякуємо, що були з нами."))
            return redirect("/")
    return render(
        request,
        "programmes/forget.html",
        {"fault": fault, "trail": _trail()},
        status=409 if fault else 200,
    )


@allowed(lambda user, _person: may_administer(user), thing=queries.person, also=("act",))
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


def _trail():
    """From the cabinet through the profile."""
    cabinet = menu.door(get_language() or "uk")["cabinet"]
    return [(cabinet, _("Кабінет")), (reverse("people:profile"), _("Профіль")), ("", _("Прибрати мої дані"))]
