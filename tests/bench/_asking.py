"""How scripts of measurements ask pages: through the WSGI application in this process, processor time, best of several."""

import gzip
import io
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BEST_OF = 5
APPLICATION = WSGIHandler()


def server_time():
    """Processor seconds of this session's PostgreSQL process; nothing on SQLite, which works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def cookies(user):
    """What the browser of somebody signed in brings with each request."""
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def ask(address, brought="", **headers):
    """One request as a browser sends it; `headers` as WSGI names them."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_COOKIE": brought,
        "wsgi.input": io.BytesIO(b""),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        **headers,
    }
    answer = APPLICATION.get_response(WSGIRequest(environ))
    answer.close()
    assert answer.status_code in (200, 304), (address, answer.status_code)
    return answer


def spent(act):
    """Processor milliseconds of an act, the database's too, and what it gave back."""
    server, before = server_time(), time.process_time()
    given = act()
    return (time.process_time() - before + server_time() - server) * 1000, given


def measured(address, brought=""):
    """Best of several, made anew each time: milliseconds, queries, kilobytes as sent."""
    ask(address, brought)
    tries = []
    for _ in range(BEST_OF):
        caches["pages"].clear()
        tries.append(spent(lambda: ask(address, brought)))
    best, answer = min(tries, key=lambda one: one[0])
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        ask(address, brought)
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return best, len(captured), len(answer.content if packed else gzip.compress(answer.content)) / 1024
