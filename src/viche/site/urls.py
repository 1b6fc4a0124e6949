"""Addresses of the pages that put packages together."""

from django.urls import path

from viche.site.views import cabinet, office, pages, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("hromadas/<slug:slug>/", public.hromada, name="hromada"),
    path("organisations/<int:organisation>/", public.organisation, name="organisation"),
    path("programmes/<slug:programme>/", public.programme, name="programme"),
    path("programmes/<slug:programme>/participants/", public.participants, name="participants"),
    path("programmes/<slug:programme>/participants.<str:ending>", public.participants_file, name="participants_file"),
    path("search/", public.search, name="search"),
    path("open/", public.open_data, name="open_data"),
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
    path("office/<slug:programme>/", office.door, name="door"),
    path("office/<slug:programme>/letters/", office.office_letters, name="office_letters"),
    path("office/<slug:programme>/letters.<str:ending>", office.office_letters_file, name="office_letters_file"),
]
