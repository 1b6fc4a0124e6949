"""Who may open a view. Every view carries exactly one of these words, and a test walks all addresses to see that it does.

`@anyone` — everybody. `@signed_in` — whoever has signed in. `@allowed(may, thing=load)` — whoever `may(user, thing)` says.
What a person may not see does not exist for them: 404. Who has not signed in is asked to, and comes back: in the cabinet and
the office before anything is looked up, so that nobody learns from the door what exists; on a public page only where
`door` says that the thing is for everybody to see, and merely the act needs a name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from . import resend

View = Callable[..., HttpResponse]


class Access(NamedTuple):
    """What a view declares; tests and the access table read it from `view.viche_access`."""

    kind: str
    may: Callable[..., bool] | None = None


def marked(view: View, guarded: View, access: Access) -> View:
    """Give the guarded view its declaration."""
    wrapped = wraps(view)(guarded)
    wrapped.viche_access = access  # type: ignore[attr-defined]
    return wrapped


def sign_in_address(request: HttpRequest) -> str:
    """Say where to sign in so as to come back: to this page, or after a POST to the page that sent it."""
    back = request.get_full_path()
    if request.method != "GET":
        came_from = request.headers.get("Referer", "")
        known = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        back = came_from if known else "/"
    return f"{resolve_url('account_login')}?{urlencode({'next': back})}"


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the door; a script hears 401, and what was typed in a form is held for them."""
    address = sign_in_address(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"sign_in": address}, status=401)
    if request.method == "POST" and resend.typed(request):
        return resend.signed_out(request, sign_in=f"{resolve_url('account_login')}")
    return redirect(address)


def anyone(view: View) -> View:
    """Open to everybody."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    return marked(view, guarded, Access("anyone"))


def signed_in(view: View) -> View:
    """Open to whoever has signed in."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        return view(request, **kwargs)

    return marked(view, guarded, Access("signed_in"))


def is_behind_door(request: HttpRequest) -> bool:
    """Whether the address is of the cabinet or the office, where nobody comes without signing in."""
    path = request.path_info.removeprefix("/en")
    return path.startswith(("/me/", "/office/"))


def allowed(
    may: Callable[..., bool],
    *,
    thing: Callable[..., Any] | None = None,
    also: tuple[str, ...] = (),
    door: Callable[..., bool] | None = None,
) -> Callable[[View], View]:
    """Open to those of whom `may(user, thing)` says yes.

    `thing` loads what the address names from the address's parts (all but those in `also`, which go on to the view);
    the view is then called as `view(request, thing, **also)`. Without `thing` it is `may(user)` and `view(request, **kwargs)`.
    """

    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            subject: tuple[Any, ...] = ()
            if is_behind_door(request) and not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if thing is not None:
                passed = {name: kwargs.pop(name) for name in also if name in kwargs}
                subject, kwargs = (found(thing, kwargs),), passed
            if may(request.user, *subject):
                return view(request, *subject, **kwargs)
            for_all = thing is None or (door is not None and door(request.user, *subject))
            if for_all and not request.user.is_authenticated:
                return ask_to_sign_in(request)
            raise Http404

        return marked(view, guarded, Access("allowed", may))

    return decorate


def found(load: Callable[..., Any], parts: dict[str, Any]) -> Any:
    """Load what an address names, or answer 404."""
    try:
        result = load(**parts)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if result is None:
        raise Http404
    return result
