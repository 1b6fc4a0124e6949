"""Processes that run together: watched, restarted once when one dies, and ended together."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from viche.config.cli.speaking import say

PATIENCE = 8.0  # seconds a child gets to end by itself


@dataclass
class Child:
    """A process with a name that people understand."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0

    def start(self) -> None:
        """Start away from the terminal: Ctrl+C reaches the parent alone, which ends its children in order."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — no thread is running yet
        )

    @property
    def died(self) -> bool:
        """Whether it has ended without being asked to."""
        return self.process is not None and self.process.poll() is not None


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed outright, so that no port stays taken."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def watch(children: list[Child], *, ready: Callable[[], None]) -> int:
    """Run all until somebody asks to stop; call `ready` when they are up. A child that dies twice ends the others."""

    def ask_to_stop(*_: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    try:
        for child in children:
            child.start()
        ready()
        while True:
            time.sleep(0.3)
            for child in filter(lambda one: one.died, children):
                if child.restarts:
                    say(f"Процес «{child.name}» зупинився вдруге. Завершую роботу.")
                    return 1
                say(f"Процес «{child.name}» несподівано зупинився. Запускаю його ще раз.")
                child.restarts += 1
                child.start()
    except KeyboardInterrupt:
        say("\nЗупиняю…")
        return 0
    finally:
        end(children)


def end(children: list[Child]) -> None:
    """Ask every child to end, wait a little, then insist."""
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
