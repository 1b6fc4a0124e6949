"""Commands and servers in processes of their own, on the database of a test or on one beside it."""

import os

from django.db import connection

from tests.architecture.house import ROOT


def database(name=""):
    """The address of the database that this test uses, or of another on the same server."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name or given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name or given['NAME']}"


# What a test of the demonstration, of settings or in a browser may have told this process; an installation is told it by name.
TOLD = {"VICHE_DEMO", "SITE_ADDRESS", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "DEBUG", "SECRET_KEY", "JOURNAL_KEY"} | {
    "DJANGO_ALLOW_ASYNC_UNSAFE"
}


def environment(var, address, **more):
    """What such a process is told: what the tests themselves are told of the machine, with its own folder and database."""
    own = {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(var), "DATABASE_URL": address}
    machine = {name: told for name, told in os.environ.items() if name not in TOLD and not name.startswith("EMAIL_")}
    return machine | own | {"DJANGO_SETTINGS_MODULE": "viche.config.settings", **more}
