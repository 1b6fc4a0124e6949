"""The web server of a real installation."""

import os
import sys

from viche.config.cli import ports, server
from viche.config.cli.speaking import Parser, Stop, start_django

HELP = "запустити вебсервер (HOST, PORT, WORKERS із середовища)"


def run(arguments: list[str]) -> int:
    """Become the server, so that whoever started this command watches the server itself."""
    Parser("serve", HELP).parse_args(arguments)
    host = os.environ.get("HOST", ports.LOOPBACK)
    port = _whole_number("PORT", 8000)
    workers = _whole_number("WORKERS", 2)
    ports.demand(port, host)
    _demand_migrated()
    os.execv(sys.executable, server.command(host=host, port=port, workers=workers))


def _whole_number(name: str, default: int) -> int:
    """Read a positive number from the environment."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise Stop(f"{name} має бути додатним цілим числом, а не «{text}».", code=2)
    return int(text)


def _demand_migrated() -> None:
    """Refuse to serve on tables that do not match the code."""
    start_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Stop("База даних ще не готова для цієї версії. Спершу: ./viche migrate")
    connection.close()
