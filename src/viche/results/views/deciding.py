"""Deciding on reported values: approve, return with questions, withdraw an approval. Never one's own."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.results import access
from viche.results.forms.values import RemarkForm
from viche.results.operations import deciding
from viche.results.queries import reported
from viche.results.views.confirming import confirm
from viche.results.views.values import pressed
from viche.ui.access import allowed


@require_POST
@allowed(access.may_decide, thing=reported.of_programme)
def approve(request, value):
    """Approve a value: from now on it is in every figure."""
    return pressed(request, value, deciding.approve, _("Підтверджено: значення вже в показнику."))


@allowed(access.may_decide, thing=reported.of_programme)
def send_back(request, value):
    """Return a value with questions."""
    words = {
        "title": _("Повернути з питаннями"),
        "lead": _("Людина, яка подала значення, побачить ваші слова й зможе його доповнити."),
        "act": _("Повернути"),
    }
    return confirm(request, partial(deciding.send_back, value), words, back=_page_of(value), form=RemarkForm)


@allowed(access.may_decide, thing=reported.of_programme)
def withdraw(request, value):
    """Withdraw an approval, for a reason."""
    words = {
        "title": _("Відкликати підтвердження?"),
        "lead": _("Значення одразу зникне з показника й повернеться до людини, яка його подала."),
        "act": _("Відкликати"),
        "danger": True,
    }

    def act(remark, **done):
        return deciding.withdraw(value, why=remark, **done)

    return confirm(request, act, words, back=_page_of(value), form=RemarkForm)


def _page_of(value):
    return reverse("results:value", args=[value.indicator.programme.code, value.pk])
