"""What the rich scene holds of results: an indicator that is counted, one that people report, periods, a value with its proof."""

from datetime import date

from tests.factories import files, results
from viche.results.models import Highlight


def add(scene):
    """Add indicators, targets, an open and a closed period, and a draft of the consultant's."""
    programme = scene.programme
    scene.indicator = results.counted(programme, "events", code="HELD", name="Заходів проведено", is_headline=True)
    scene.hidden_indicator = results.counted(programme, "ideas", code="INNER", is_public=False)
    scene.reported = results.indicator(programme, code="OWN", parts=results.PARTS)
    scene.period = results.period(programme)
    scene.closed_period = results.period(
        programme, since=date(2024, 1, 1), closed_at=results.MOMENT, closed_by=scene.officer
    )
    results.target(scene.indicator, 300)
    scene.value = results.value(scene.reported, 12, period=scene.period, reported_by=scene.consultant, proved=False)
    stored = files.stored(files.PDF, "протокол.pdf", owner_kind="results.value", owner_id=scene.value.pk)
    scene.evidence = results.evidence(scene.value, kind="protocol", stored=stored, link="")
    scene.approved = results.approved(scene.reported, 7, period=scene.period, by=scene.officer)
    scene.highlight = Highlight.objects.create(
        programme=programme, kind="award", record=scene.award.pk, chosen_by=scene.officer, chosen_at=results.MOMENT
    )
    scene.donor_report = results.donor_report(programme, by=scene.officer)
