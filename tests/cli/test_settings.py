"""Settings as an installation gets them: each environment in a process of its own, for tests themselves are set differently."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

OPEN = {"SITE_ADDRESS": "https://viche.example", "ALLOWED_HOSTS": "viche.example", "TRUSTED_PROXIES": "1"}
TELL = """
import json
from viche.config import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=lambda value: type(value).__name__))
"""


def python(program, var, environment):
    """Run a program in an environment that holds nothing of ours besides what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "viche.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", program], env=kept | given | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def told(tmp_path):
    """The settings that an environment gives."""

    def ask(**environment):
        done = python(TELL, tmp_path, environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_open_to_the_world_it_guards_passwords_cookies_and_pages(told):
    given = told(**OPEN)
    assert given["PASSWORD_HASHERS"][0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert (given["DEBUG"], given["DEMO"]) == (False, False)
    assert given["ALLOWED_HOSTS"] == ["viche.example"]
    assert (given["SESSION_COOKIE_SECURE"], given["CSRF_COOKIE_SECURE"]) == (True, True)
    assert given["SECURE_HSTS_SECONDS"] == 31_536_000
    assert given["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert given["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert (given["X_FRAME_OPTIONS"], given["SECURE_REFERRER_POLICY"]) == ("DENY", "same-origin")
    assert {"django.middleware.security.SecurityMiddleware", "csp.middleware.CSPMiddleware"} <= set(given["MIDDLEWARE"])
    assert len(given["SECRET_KEY"]) == len(given["JOURNAL_KEY"]) == 64
    assert given["SECRET_KEY"] != given["JOURNAL_KEY"]


def test_a_page_may_load_nothing_from_elsewhere(told):
    directives = told(**OPEN)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == directives["base-uri"] == directives["frame-ancestors"] == ["'none'"]
    assert {sign for signs in directives.values() for sign in signs} == {"'none'", "'self'"}


def test_on_this_machine_alone_no_cookie_asks_for_tls(told):
    given = told()
    assert (given["SESSION_COOKIE_SECURE"], given["CSRF_COOKIE_SECURE"], given["SECURE_HSTS_SECONDS"]) == (
        False,
        False,
        0,
    )
    assert "SECURE_PROXY_SSL_HEADER" not in given
    assert (given["DEBUG"], given["ALLOWED_HOSTS"]) == (False, ["127.0.0.1", "localhost", "[::1]"])


def test_redis_is_used_where_there_is_one(told):
    kept = "django.core.cache.backends"
    engines = {name: one["BACKEND"] for name, one in told()["CACHES"].items()}
    paper = {"paper": f"{kept}.filebased.FileBasedCache"}
    here = dict.fromkeys(("pages", "asking"), f"{kept}.locmem.LocMemCache")
    assert engines == {"default": f"{kept}.db.DatabaseCache", **here, **paper}
    shared = told(REDIS_URL="redis://127.0.0.1/1")
    engines = {name: one["BACKEND"] for name, one in shared["CACHES"].items()}
    assert engines == {**dict.fromkeys(("default", "pages", "asking"), f"{kept}.redis.RedisCache"), **paper}
    assert shared["SESSION_ENGINE"] == "django.contrib.sessions.backends.cached_db"


def test_a_form_comes_from_our_own_address(told):
    assert told(SITE_ADDRESS="https://viche.example:8443/")["CSRF_TRUSTED_ORIGINS"] == ["https://viche.example:8443"]
    assert told()["CSRF_TRUSTED_ORIGINS"] == ["http://127.0.0.1:8000"]


POST = """
import django
django.setup()
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
headers = {"origin": "https://viche.example", "host": "viche.example", "cookie": "csrftoken=" + "a" * 32}
request = RequestFactory().post("/", {"csrfmiddlewaretoken": "a" * 32}, headers=headers)
refused = CsrfViewMiddleware(lambda _: None).process_view(request, lambda _: None, (), {})
print("refused" if refused else "taken")
"""


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_a_form_sent_by_https_through_a_proxy_is_taken(tmp_path, proxies):
    done = python(POST, tmp_path, OPEN | {"TRUSTED_PROXIES": proxies})
    assert done.stdout == "taken\n", done.stderr


def checked(var, **environment):
    return python(
        "import sys; from viche.config.cli import __main__; sys.argv[1:] = ['check']; sys.exit(__main__.main())",
        var,
        environment,
    )


def test_check_says_what_only_we_can_know(tmp_path):
    alone = checked(tmp_path, **OPEN | {"TRUSTED_PROXIES": "0"})
    assert "задайте TRUSTED_PROXIES=1" in alone.stdout
    right = checked(tmp_path, **OPEN)
    assert (right.returncode, "TRUSTED_PROXIES" in right.stdout) == (0, False)
    both = checked(tmp_path, EMAIL_USE_TLS="1", EMAIL_USE_SSL="1")
    assert both.returncode == 1
    assert "разом не бувають" in both.stderr


def test_mail_may_be_encrypted_from_the_first_byte(told):
    assert told(EMAIL_USE_SSL="1", EMAIL_PORT="465")["EMAIL_USE_SSL"] is True


MANY = """
import sys
from viche.config.settings import kept_secret
print("ready", flush=True)
sys.stdin.readline()
print(*(kept_secret(f"key_{number}") for number in range(500)), sep="\\n")
"""


def test_of_two_first_starts_at_once_both_get_one_whole_key(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(tmp_path)}
    command = [sys.executable, "-c", MANY]
    both = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    for one in both:
        one.stdin.write("\n")
        one.stdin.flush()
    first, second = (one.communicate(timeout=60)[0].split("\n")[:-1] for one in both)
    assert first == second
    assert {len(key) for key in first} == {64}
    assert len(set(first)) == 500
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert (tmp_path / "key_1").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["secret_key", "journal_key"])
def test_an_empty_key_is_refused_in_a_sentence(tmp_path, name):
    (tmp_path / name).write_text("\n")
    refused = checked(tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Файл {tmp_path / name} порожній.")
    assert refused.stderr.count("\n") == 1
