"""Write on applications what panels gave before applications knew it."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy(apps, schema_editor):
    """From the decisions of calls that are decided."""
    using = schema_editor.connection.alias
    decisions = apps.get_model("reviews", "Decision").objects.using(using).filter(application=OuterRef("pk"))
    applications = apps.get_model("calls", "Application").objects.using(using)
    supported = applications.filter(call__stage="decided", outcome="supported")
    supported.update(granted=Subquery(decisions.values("amount")[:1]))


class Migration(migrations.Migration):
    dependencies = [("calls", "0011_granted"), ("reviews", "0003_conflicts_as_ties")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
