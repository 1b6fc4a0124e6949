"""Where results leave: reports to donors, the brief to print, figures on other sites."""

from django.urls import path

from viche.results.views import brief, embed, telling

REPORTS = "office/<slug:programme>/donor-reports"
ONE = f"{REPORTS}/<int:pk>/"
EMBED = "embed/figures/<slug:programme>/<slug:code>"

urlpatterns = [
    path("programmes/<slug:programme>/results.pdf", brief.brief, name="brief"),
    path(f"{REPORTS}/", telling.reports, name="donor_reports"),
    path(f"{REPORTS}.<str:ending>", telling.reports_file, name="donor_reports_file"),
    path(f"{REPORTS}/new/", telling.new, name="donor_report_new"),
    path(ONE, telling.report, name="donor_report"),
    path(f"{ONE}edit/", telling.edit, name="donor_report_edit"),
    path(f"{ONE}copy/", telling.copy, name="donor_report_copy"),
    path(f"{ONE}remove/", telling.remove, name="donor_report_remove"),
    path(f"{ONE}report.<str:ending>", telling.report_file, name="donor_report_file"),
    path(f"{EMBED}/", embed.figure, name="embed"),
    path(f"{EMBED}.json", embed.figure_json, name="embed_json"),
    path(f"{EMBED}.svg", embed.badge, name="embed_badge"),
]
