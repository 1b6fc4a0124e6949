"""Where figures are read and opened down to their records: by everybody, and by the office."""

from django.urls import path, register_converter

from viche.results.views import comparing, coverage, dashboards, figures, highlights, records


class List:
    """The endings of a list; the brief under the same address ends otherwise."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(List, "list")
PUBLIC, OFFICE = "programmes/<slug:programme>/", "office/<slug:programme>/"
RESULTS, FIGURE = "results/", "figures/<slug:code>/"
STORIES = f"{OFFICE}{RESULTS}stories/"

urlpatterns = [
    path(PUBLIC + RESULTS, dashboards.dashboard, name="dashboard"),
    path(PUBLIC + "results.<list:ending>", dashboards.dashboard_file, name="dashboard_file"),
    path(PUBLIC + "results/compare/", comparing.compare, name="compare"),
    path(PUBLIC + "results/coverage/", coverage.coverage, name="coverage"),
    path(PUBLIC + "results/coverage.<str:ending>", coverage.coverage_file, name="coverage_file"),
    path(PUBLIC + "results/of/<str:measure>/", records.measure, name="measure"),
    path(PUBLIC + "results/of/<str:measure>.<str:ending>", records.measure_file, name="measure_file"),
    path(PUBLIC + FIGURE, figures.figure, name="figure"),
    path(PUBLIC + FIGURE + "values/<int:value>/", figures.told_value, name="told_value"),
    path(PUBLIC + FIGURE + "records/", records.records, name="records"),
    path(PUBLIC + FIGURE + "records.<str:ending>", records.records_file, name="records_file"),
    path(OFFICE + RESULTS, dashboards.office, name="office"),
    path(OFFICE + "results.<list:ending>", dashboards.office_file, name="office_file"),
    path(OFFICE + "results/compare/", comparing.office_compare, name="office_compare"),
    path(OFFICE + "results/coverage/", coverage.office_coverage, name="office_coverage"),
    path(OFFICE + "results/coverage.<str:ending>", coverage.office_coverage_file, name="office_coverage_file"),
    path(OFFICE + "results/of/<str:measure>/", records.office_measure, name="office_measure"),
    path(OFFICE + "results/of/<str:measure>.<str:ending>", records.office_measure_file, name="office_measure_file"),
    path(OFFICE + FIGURE, figures.office_figure, name="office_figure"),
    path(OFFICE + FIGURE + "records/", records.office_records, name="office_records"),
    path(OFFICE + FIGURE + "records.<str:ending>", records.office_records_file, name="office_records_file"),
    path(STORIES, highlights.highlights, name="highlights"),
    path(STORIES + "choose/", highlights.choose, name="highlight_choose"),
    path(STORIES + "<int:pk>/", highlights.change, name="highlight"),
    path(STORIES + "<int:pk>/move/", highlights.move, name="highlight_move"),
    path(STORIES + "<int:pk>/remove/", highlights.remove, name="highlight_remove"),
]
