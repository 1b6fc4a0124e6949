"""The demonstration: invented programmes on this machine alone, with a sign-in link for every role."""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from viche.config.cli import ports, server, showing
from viche.config.cli.children import Child, watch
from viche.config.cli.speaking import ROOT, Parser, Stop, say, start_django
from viche.demo import shipped

HELP = "показати Віче з вигаданими програмами на цьому комп’ютері (--port N, --fresh)"
Links = list[tuple[str, str]]


def run(arguments: list[str]) -> int:
    """Prepare the demonstration's own folder, serve it and do its background work until Ctrl+C."""
    parser = Parser("demo", HELP)
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--build", nargs="?", type=Path, const=shipped.FILE, metavar="ФАЙЛ")
    options = parser.parse_args(arguments)
    if options.build:
        return _build(options.build)
    ports.demand(options.port)
    address = f"http://{ports.LOOPBACK}:{options.port}"
    home = Path(os.environ.get("VICHE_VAR", ROOT / "var")) / "demo"
    _keep_to_itself(home, address)
    with showing.Turn(home.with_name("demo.lock")) as turn:
        links = _links(home, address, alone=turn.alone, fresh=options.fresh)
        turn.share()
        return _show(options.port, address, links)


def _keep_to_itself(var: Path, address: str) -> None:
    """Own folder, own database, own keys, no letter leaves: whatever the real installation on this machine is set to."""
    for name in ("DATABASE_URL", "REDIS_URL", "TRUSTED_PROXIES", "ALLOWED_HOSTS", "DEBUG", "SECRET_KEY", "JOURNAL_KEY"):
        os.environ.pop(name, None)
    os.environ.update(
        VICHE_DEMO="1",
        VICHE_VAR=str(var),
        SITE_ADDRESS=address,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )


def _links(home: Path, address: str, *, alone: bool, fresh: bool) -> Links:
    """Give the links of what is prepared; prepare it where it is not there, made for other code, or over."""
    found = showing.Prepared.read(home)
    good = found is not None and not fresh and found.made_for == showing.made_for() and found.is_current(date.today())  # noqa: DTZ011 — the day of this machine
    if good and found.address == address:
        return found.links
    if not alone:
        raise Stop("Показова установка вже працює в іншому вікні. Спершу зупиніть її там: Ctrl+C")
    if good:
        return _move(found, home, address)
    return _prepare(home, address, fresh=fresh)


def _prepare(home: Path, address: str, *, fresh: bool) -> Links:
    """Make everything in a folder beside and put it in place when it is whole; what was there is laid aside."""
    half = showing.empty(home.with_name("demo.unfinished"))
    os.environ["VICHE_VAR"] = str(half)
    (half / shipped.KEY).write_text(shipped.JOURNAL_KEY)
    unpacking = Child("розпаковування", [sys.executable, "-P", "-m", "viche.demo.shipped", str(half)])
    if not fresh:
        say("Розпаковую показову установку…")
        unpacking.start()
    start_django()
    # Django must be up before a package with models can be imported.
    from django.db import connections
    from django.utils import timezone

    from viche.demo import prepare

    if unpacking.process and unpacking.process.wait():
        say("Готовий файл не вдалося розпакувати, тож будую все з початку.")
        (half / shipped.DATABASE).unlink(missing_ok=True)
    prepare.prepare(say)
    links, until = prepare.links(), prepare.good_until(timezone.now())
    connections.close_all()
    showing.Prepared(showing.made_for(), until, address, links).write(half)
    aside = showing.put_in_place(half, home)
    if aside:
        say(f"Те, що було тут раніше, лежить у {aside}")
    os.environ["VICHE_VAR"] = str(home)
    return links


def _move(found: showing.Prepared, home: Path, address: str) -> Links:
    """Let the letters of what is prepared lead to another port."""
    start_django()
    from django.db import connections

    from viche.demo import prepare

    prepare.speak_of_here()
    connections.close_all()
    showing.Prepared(found.made_for, found.good_until, address, found.links).write(home)
    return found.links


def _show(port: int, address: str, links: Links) -> int:
    """Serve until somebody asks to stop."""

    def ready() -> None:
        if not ports.wait_for_answer(port):
            raise Stop("Сервер не відповів за півхвилини. Що він сказав, видно вище.")
        _welcome(address, links)

    children = [
        Child("сервер", server.command(host=ports.LOOPBACK, port=port, workers=1)),
        Child("фонова робота", [sys.executable, "-P", "-m", "viche.config.cli", "worker"]),
    ]
    return watch(children, ready=ready)


def _build(target: Path) -> int:
    """For those who build Viche: pack the file that the repository carries (docs/decisions/0004)."""
    with tempfile.TemporaryDirectory(prefix="viche-demo-") as folder:
        var = Path(folder)
        _keep_to_itself(var, f"http://{ports.LOOPBACK}:8000")
        (var / shipped.KEY).write_text(shipped.JOURNAL_KEY)
        start_django()
        from django.db import connections

        from viche.demo import prepare

        prepare.lay_ground(say)
        connections.close_all()
        shipped.write(shipped.dump(var), target)
    say(f"Записано {target}: {target.stat().st_size // 1024} КБ")
    return 0


def _welcome(address: str, links: Links) -> None:
    """Say where to look and how to come in as whom."""
    say(f"\nВіче відкрито: {address}\n")
    say("Увійти одним дотиком:")
    width = max(len(role) for role, _ in links)
    for role, path in links:
        say(f"  {role:<{width}}  {address}{path}")
    say("\nЗупинити: Ctrl+C")
