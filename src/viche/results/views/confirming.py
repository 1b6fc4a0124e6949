"""What every page does that asks before an act: show the question, act, tell what stood in the way."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.ui.forms import Form, refuse, status_of

TEMPLATE = "ui/confirm.html"


def confirm(request, act, words, *, back, onward="", form=Form, done="", template=TEMPLATE):
    """Ask by a page with these words; once sent, do the act with what is typed and go `onward`, or `back`."""
    asked = form(request.POST if request.method == "POST" else None)  # a button without a field is something too
    if asked.is_bound and asked.is_valid():
        try:
            act(**asked.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(asked, no)
        else:
            messages.success(request, done or _("Зроблено."))
            return redirect(onward or back)
    return render(request, template, {"form": asked, "back": back, **words}, status=status_of(asked))
