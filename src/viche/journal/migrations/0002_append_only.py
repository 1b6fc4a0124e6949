"""Entries of the journal may be added, never changed or deleted: the database itself refuses, whoever asks.

This guards against mistakes; somebody who may drop a trigger is found by the chain of seals. PostgreSQL refuses
TRUNCATE as well. The flush between transactional tests needs DELETE (SQLite) or TRUNCATE (PostgreSQL): the tests
therefore drop the one trigger `journal_entry_no_flush` of their own database and put it back where they test it.
A migration that lets SQLite rebuild the table must put the triggers back: run `guard` again.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER IF NOT EXISTS journal_entry_no_update BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS journal_entry_no_flush BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'journal entries are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation'; END$$;
CREATE OR REPLACE TRIGGER journal_entry_no_update BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse();
CREATE OR REPLACE TRIGGER journal_entry_no_flush BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse();
"""


def guard(connection):
    """Put the triggers on the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE.strip().split("END;"):
                if statement.strip():
                    cursor.execute(statement + "END;")
        else:
            cursor.execute(POSTGRESQL)


def unguard(connection, *names):
    """Take the named triggers off the table."""
    with connection.cursor() as cursor:
        for name in names or ("journal_entry_no_update", "journal_entry_no_flush"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else ""))


class Migration(migrations.Migration):
    """Guard the table of entries."""

    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: guard(editor.connection),
            lambda _apps, editor: unguard(editor.connection),
        ),
    ]
