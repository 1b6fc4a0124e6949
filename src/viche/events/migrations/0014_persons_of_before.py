"""Who came before people were told apart gets a number: by the account, else by the mailbox, as `operations.recognising` does."""

from django.db import migrations


def number(apps, schema_editor):
    rows = apps.get_model("events", "Registration").objects.using(schema_editor.connection.alias)
    came = rows.filter(came_at__isnull=False, organisation=None).order_by("came_at", "pk")
    by_account, by_mailbox = {}, {}
    for pk, programme, user, email in came.values_list("pk", "event__programme", "user", "email").iterator():
        mailbox = email and by_mailbox.get((programme, email))
        if user is None:
            person = mailbox[1] if mailbox else pk
        else:
            person = by_account.get((programme, user))
            person = person or (mailbox[1] if mailbox and mailbox[0] is None else pk)
            by_account[programme, user] = person
        if email:
            by_mailbox[programme, email] = (user, person)
        rows.filter(pk=pk).update(person=person)


class Migration(migrations.Migration):
    dependencies = [("events", "0013_persons")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
