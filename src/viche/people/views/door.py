"""Answers of the sign-in library: its pages say by their code how it went, as ours do."""

from functools import wraps
from http import HTTPStatus

from viche.ui.forms import status_of

# Faults that only waiting mends.
PATIENCE = {"too_many_login_attempts", "rate_limited"}


def telling(view):
    """Wrap a view of the library: 422 for a form with faults, 429 for one sent too often; the library itself says 200."""

    @wraps(view)
    def told(request, *args, **kwargs):
        answer = view(request, *args, **kwargs)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if request.method == "POST" and answer.status_code == HTTPStatus.OK and form is not None and form.errors:
            codes = {fault.code for faults in form.errors.as_data().values() for fault in faults}
            answer.status_code = 429 if codes & PATIENCE else status_of(form)
        return answer

    return told
