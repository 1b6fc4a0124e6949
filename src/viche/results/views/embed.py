"""A figure inside pages of somebody else's: a small page to be framed, the same for programs, a picture."""

from csp.decorators import csp_replace
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from viche.results import access
from viche.results.exports import badge as pictures
from viche.results.queries import opened
from viche.results.queries.embedding import shown
from viche.results.views.asked import read
from viche.ui.access import allowed

SCHEMES = {"light": "day", "dark": "night"}
FRESH = 5 * 60  # seconds


def _shown(request, indicator):
    """The number of the months and the place that the address asks for; the same for everybody."""
    asked = read(request, indicator.programme, is_office=False)
    return shown(indicator, asked.chosen, on=asked.on)


def _for_all(answer, indicator):
    """Let other sites read it, and keep it for five minutes."""
    answer["Access-Control-Allow-Origin"] = "*"
    is_public = indicator.is_public and indicator.programme.is_public
    patch_cache_control(answer, max_age=FRESH, **({"public": True} if is_public else {"private": True}))
    return answer


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@allowed(access.may_see_indicator, thing=opened.indicator)
@require_safe
def figure(request, indicator):
    """The live number with its name, to be shown inside a page of somebody else's."""
    scheme = SCHEMES.get(request.GET.get("scheme", ""), "")
    context = {"figure": _shown(request, indicator), "scheme": scheme}
    return _for_all(render(request, "results/embed/figure.html", context), indicator)


@allowed(access.may_see_indicator, thing=opened.indicator)
@require_safe
def figure_json(request, indicator):
    """The same for programs."""
    plain = _shown(request, indicator).plain
    plain |= {name: None if plain[name] is None else float(plain[name]) for name in ("value", "target")}
    return _for_all(JsonResponse(plain, json_dumps_params={"ensure_ascii": False}), indicator)


@allowed(access.may_see_indicator, thing=opened.indicator)
@require_safe
def badge(request, indicator):
    """The same as a small picture."""
    found = _shown(request, indicator)
    number = " ".join(filter(None, (found.said, found.unit)))
    return _for_all(
        HttpResponse(pictures.drawn(indicator.called, number), content_type=pictures.CONTENT_TYPE), indicator
    )
