"""Processes that run together: watched, restarted once when one dies, and ended together."""

import contextlib
import ctypes
import os
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
        self.clear()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — no thread is running yet
        )

    def clear(self) -> None:
        """End what it has started itself and left behind, because it died while it was starting: no port stays taken."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def died(self) -> bool:
        """Whether it has ended without being asked to."""
        return self.process is not None and self.process.poll() is not None


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed outright, so that no port stays taken."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def watch(children: list[Child], *, ready: Callable[[], None]) -> int:
    """Run all until somebody asks to stop. People wait for the first: `ready` is called before the others start.

    A child that dies twice ends the others.
    """
    asked: list[int] = []

    def ask_to_stop(number: int, _frame: object) -> None:
        asked.append(number)  # while a process is being forked Python swallows what a handler raises
        if len(asked) == 1:
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, ask_to_stop)
    try:
        children[0].start()
        ready()
        for child in children[1:]:
            child.start()
        while not asked:
            time.sleep(0.3)
            if not all(map(_is_well, children)):
                return 1
    except KeyboardInterrupt:
        pass
    finally:
        if asked:
            say("\nЗупиняю…")
        end(children)
    return 0


def _is_well(child: Child) -> bool:
    """Start a child that died once more; False when it died again."""
    if not child.died:
        return True
    if child.restarts:
        say(f"Процес «{child.name}» зупинився вдруге. Завершую роботу.")
        return False
    say(f"Процес «{child.name}» несподівано зупинився. Запускаю його ще раз.")
    child.restarts += 1
    child.start()
    return True


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
    for child in children:
        child.clear()
