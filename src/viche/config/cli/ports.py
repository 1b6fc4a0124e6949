"""Ports of this machine: whether one is free, which one is, and when somebody answers on it."""

import contextlib
import socket
import time

from viche.config.cli.speaking import Stop

HIGHEST = 65535
LOOPBACK = "127.0.0.1"


def free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def demand(port: int, host: str = LOOPBACK) -> None:
    """Stop with a sentence unless a server could listen there."""
    if not 0 < port <= HIGHEST:
        raise Stop(f"Порту {port} не буває: число має бути від 1 до {HIGHEST}.", code=2)
    if free(port, host):
        return
    other = next((number for number in range(port + 1, min(port + 200, HIGHEST)) if free(number, host)), None)
    advice = f" Вільний, наприклад, {other}: додайте --port {other}" if other else ""
    raise Stop(f"Порт {port} уже зайнято або недоступно.{advice}")


def wait_for_answer(port: int, *, seconds: float = 30) -> bool:
    """Wait until a server accepts connections."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return True
        time.sleep(0.05)
    return False
