"""What the API says of itself: the description for programs, the page for people, the catalogue; and that there is nothing else."""

import json

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from viche.formats import dcat
from viche.formats import openapi as formats
from viche.site.queries import api as addresses
from viche.site.queries.open_data import catalogue, examples
from viche.site.views.kept import kept
from viche.ui import api
from viche.ui.access import anyone


@api.document
def openapi(request):
    """The API as OpenAPI 3.1."""
    del request
    described = formats.document(addresses.description(get_language() or "uk", settings.SITE_ADDRESS))
    return HttpResponse(json.dumps(described, ensure_ascii=False, indent=1), content_type=api.JSON)


@anyone
@kept
def page(request):
    """How to read the data by a program: rules, addresses, examples that run."""
    told = addresses.description(get_language() or "uk", settings.SITE_ADDRESS)
    context = {
        "told": told,
        "groups": addresses.grouped(told),
        "examples": examples.every(settings.SITE_ADDRESS),
        "a_minute": settings.API_REQUESTS_A_MINUTE,
    }
    return render(request, "site/public/api.html", context)


@api.document
def catalogue_jsonld(request):
    """The datasets for portals, as JSON-LD."""
    del request
    return HttpResponse(dcat.json_ld(catalogue.told()), content_type=dcat.JSON_LD)


@api.document
def catalogue_turtle(request):
    """The same as Turtle."""
    del request
    return HttpResponse(dcat.turtle(catalogue.told()), content_type=dcat.TURTLE)


@api.document
def nothing(request, rest):
    """Say to a program that there is no such address."""
    del request, rest
    raise Http404
