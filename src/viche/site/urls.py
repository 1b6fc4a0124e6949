"""Addresses of the pages that put packages together."""

from django.urls import path

from viche.site.views import cabinet, office, pages, public, publication
from viche.site.views import open as donors
from viche.site.views.api import about, lists

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("hromadas/<slug:slug>/", public.hromada, name="hromada"),
    path("organisations/<int:organisation>/", public.organisation, name="organisation"),
    path("programmes/<slug:programme>/", public.programme, name="programme"),
    path("programmes/<slug:programme>/participants/", public.participants, name="participants"),
    path("programmes/<slug:programme>/participants.<str:ending>", public.participants_file, name="participants_file"),
    path("search/", public.search, name="search"),
    path("open/iati/activities.xml", donors.iati, name="iati"),
    path("open/360giving.json", donors.threesixty, name="threesixty"),
    path("open/", public.open_data, name="open_data"),
    path("open/catalogue.jsonld", about.catalogue_jsonld, name="catalogue_jsonld"),
    path("open/catalogue.ttl", about.catalogue_turtle, name="catalogue_turtle"),
    path("open/organisations.<str:ending>", lists.organisations_file, name="organisations_file"),
    path("open/participants.<str:ending>", lists.participants_file, name="all_participants_file"),
    path("api/", about.page, name="api"),
    path("api/v1/openapi.json", about.openapi, name="openapi"),
    path("api/v1/organisations", lists.organisations, name="api_organisations"),
    path("api/v1/organisations/<int:organisation>", lists.organisation, name="api_organisation"),
    path("api/v1/participants", lists.participants, name="api_participants"),
    path("api/v1/<path:rest>", about.nothing, name="api_nothing"),
    path("about/", pages.about, name="about"),
    path("help/", pages.guide, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("healthz", pages.healthz, name="healthz"),
    path("me/", cabinet.cabinet, name="cabinet"),
    path("office/", office.desk, name="desk"),
    path("office/letters/", office.letters, name="letters"),
    path("office/letters.<str:ending>", office.letters_file, name="letters_file"),
    path("office/letters/<uuid:key>/", office.letter, name="letter"),
    path("office/letters/<uuid:key>/html/", office.letter_html, name="letter_html"),
    path("office/journal/", office.journal, name="journal"),
    path("office/journal.<str:ending>", office.journal_file, name="journal_file"),
    path("office/<slug:programme>/open-data/", publication.findings, name="publication"),
    path("office/<slug:programme>/open-data.<str:ending>", publication.findings_file, name="publication_file"),
    path("office/<slug:programme>/open-data/check/", publication.check, name="publication_check"),
    path("office/<slug:programme>/", office.door, name="door"),
    path("office/<slug:programme>/letters/", office.office_letters, name="office_letters"),
    path("office/<slug:programme>/letters.<str:ending>", office.office_letters_file, name="office_letters_file"),
]
