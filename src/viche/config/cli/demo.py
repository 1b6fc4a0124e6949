"""The demonstration: invented programmes on this machine alone, with a sign-in link for every role."""

import os
import sys
from pathlib import Path

from viche.config.cli import ports, server
from viche.config.cli.children import Child, watch
from viche.config.cli.speaking import ROOT, Parser, say, start_django

HELP = "показати Віче з вигаданими програмами на цьому комп’ютері (--port N, --fresh)"


def run(arguments: list[str]) -> int:
    """Prepare the demonstration's own database, serve it and do its background work until Ctrl+C."""
    parser = Parser("demo", HELP)
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    ports.demand(options.port)
    address = f"http://{ports.LOOPBACK}:{options.port}"
    _keep_to_itself(address)
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.demo import prepare

    prepare.prepare(fresh=options.fresh, say=say)

    def ready() -> None:
        ports.wait_for_answer(options.port)
        _welcome(address, prepare.links(address))

    children = [
        Child("сервер", server.command(host=ports.LOOPBACK, port=options.port, workers=1)),
        Child("фонова робота", [sys.executable, "-P", "-m", "viche.config.cli", "worker"]),
    ]
    return watch(children, ready=ready)


def _keep_to_itself(address: str) -> None:
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


def _welcome(address: str, links: list[tuple[str, str]]) -> None:
    """Say where to look and how to come in as whom."""
    say(f"\nВіче відкрито: {address}\n")
    if links:
        say("Увійти одним дотиком:")
        width = max(len(role) for role, _ in links)
        for role, link in links:
            say(f"  {role:<{width}}  {link}")
        say()
    say("Зупинити: Ctrl+C")
