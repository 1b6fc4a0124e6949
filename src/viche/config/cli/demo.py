"""The demonstration: invented programmes on this machine alone, with a sign-in link for every role."""

import hashlib
import json
import os
import sys
from datetime import date
from pathlib import Path

from viche.config.cli import ports, server
from viche.config.cli.children import Child, watch
from viche.config.cli.speaking import ROOT, Parser, Stop, say, start_django

HELP = "показати Віче з вигаданими програмами на цьому комп’ютері (--port N, --fresh)"
Links = list[tuple[str, str]]


def run(arguments: list[str]) -> int:
    """Prepare the demonstration's own database, serve it and do its background work until Ctrl+C."""
    parser = Parser("demo", HELP)
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    ports.demand(options.port)
    address = f"http://{ports.LOOPBACK}:{options.port}"
    var = _keep_to_itself(address)
    links = None if options.fresh else _prepared_before(var)
    if links is None:
        links = _prepare(var, fresh=options.fresh)

    def ready() -> None:
        if not ports.wait_for_answer(options.port):
            raise Stop("Сервер не відповів за півхвилини. Що він сказав, видно вище.")
        _welcome(address, links)

    children = [
        Child("сервер", server.command(host=ports.LOOPBACK, port=options.port, workers=1)),
        Child("фонова робота", [sys.executable, "-P", "-m", "viche.config.cli", "worker"]),
    ]
    return watch(children, ready=ready)


def _keep_to_itself(address: str) -> Path:
    """Own folder, own database, no letter leaves: whatever the real installation on this machine is set to."""
    var = Path(os.environ.get("VICHE_VAR", ROOT / "var")) / "demo"
    for name in ("DATABASE_URL", "REDIS_URL", "TRUSTED_PROXIES", "ALLOWED_HOSTS", "DEBUG"):
        os.environ.pop(name, None)
    os.environ.update(
        VICHE_DEMO="1",
        VICHE_VAR=str(var),
        SITE_ADDRESS=address,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )
    return var


def _prepare(var: Path, *, fresh: bool) -> Links:
    """Make the database and remember for what it was made; that is written last."""
    remembered = var / "prepared.json"
    remembered.unlink(missing_ok=True)
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.demo import prepare

    prepare.prepare(fresh=fresh, say=say)
    links = prepare.links("")
    beside = remembered.with_suffix(".unfinished")
    beside.write_text(json.dumps({"made_for": _made_for(), "links": links}))
    beside.replace(remembered)
    return links


def _prepared_before(var: Path) -> Links | None:
    """Give the links of a database that today's code made today: then nothing is left to do, and starting is quick."""
    try:
        remembered = json.loads((var / "prepared.json").read_text())
        known = remembered["made_for"] == _made_for() and (var / "viche.sqlite3").exists()
        return [(role, path) for role, path in remembered["links"]] if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made_for() -> str:
    """Say what the demonstration depends on: the tables, its own code and texts, and the day."""
    source = ROOT / "src" / "viche"
    files = [*source.glob("*/migrations/*.py"), *(path for path in source.glob("demo/**/*") if path.suffix != ".pyc")]
    digest = hashlib.sha256(date.today().isoformat().encode())  # noqa: DTZ011 — the day of this machine
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _welcome(address: str, links: Links) -> None:
    """Say where to look and how to come in as whom."""
    say(f"\nВіче відкрито: {address}\n")
    if links:
        say("Увійти одним дотиком:")
        width = max(len(role) for role, _ in links)
        for role, path in links:
            say(f"  {role:<{width}}  {address}{path}")
        say()
    say("Зупинити: Ctrl+C")
