"""Whoever is known to be tied with applications submitted before ties were kept: authors, and memberships as they stand."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 500


def remember(apps, _schema_editor):
    """Place every numbered application in its organisation's hromada, and write down its people."""
    models = {name: apps.get_model("calls", name) for name in ("Application", "Receipt", "Tie")}
    organisations = apps.get_model("people", "Organisation").objects.filter(pk=OuterRef("organisation"))
    numbered = models["Application"].objects.exclude(code=None)
    numbered.update(hromada=Subquery(organisations.values("hromada")[:1]))
    hands, near = {}, {}
    for sheet, user in apps.get_model("questionnaires", "Hand").objects.values_list("sheet_id", "user_id"):
        hands.setdefault(sheet, set()).add(user)
    members = apps.get_model("people", "Membership").objects
    for user, organisation, hromada in members.values_list("user_id", "organisation_id", "organisation__hromada_id"):
        near.setdefault(hromada, []).append((organisation, user))
    senders = {}
    for application, user in models["Receipt"].objects.values_list("application_id", "submitted_by_id"):
        senders.setdefault(application, set()).add(user)
    ties = []
    columns = ("pk", "organisation_id", "hromada_id", "sheet_id", "begun_by_id")
    for key, organisation, hromada, sheet, begun_by in numbered.order_by("pk").values_list(*columns):
        whys = {user: "hromada" for _home, user in near.get(hromada, [])}
        whys |= {user: "organisation" for home, user in near.get(hromada, []) if home == organisation}
        authors = {begun_by, *hands.get(sheet, ()), *senders.get(key, ())} - {None}
        whys |= dict.fromkeys(authors, "author")
        ties += [models["Tie"](application_id=key, user_id=user, why=why) for user, why in whys.items()]
    models["Tie"].objects.bulk_create(ties, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0006_ties"),
        ("questionnaires", "0003_hands_of_before"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
