"""Every setting of an installation, read from the environment once. What differs per programme is a row, not a setting."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from viche.config import schedules

SOURCE = Path(__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no from the environment."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def kept_secret(name: str) -> str:
    """Take a secret from the environment, or make one once and keep it in `var/<name>` readable by the owner alone."""
    given = os.environ.get(name.upper())
    if given:
        return given
    file = VAR / name
    if not file.exists():
        _make_secret(file)
    key = file.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            f"Файл {file} порожній. Поверніть його з копії; якщо копії немає, вилучіть файл, і новий ключ буде зроблено."
        )
    return key


def _make_secret(file: Path) -> None:
    """Write a key beside and give it its name when it is whole; of two starts at once, the key of the first holds."""
    VAR.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(48))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        os.link(beside, file)
    beside.unlink()


VAR = Path(os.environ.get("VICHE_VAR", ROOT / "var"))
DEMO = flag("VICHE_DEMO")
DEBUG = flag("DEBUG")
SECRET_KEY = kept_secret("secret_key")
JOURNAL_KEY = kept_secret("journal_key")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "http://127.0.0.1:8000")
SITE_NAME = os.environ.get("SITE_NAME", "Віче")
SOURCE_URL = os.environ.get("SOURCE_URL", "https://github.com/viche-platform/viche")
# Who publishes open data for donors, as their registers know it; nothing goes to IATI without an identifier (UA-EDR-…).
PUBLISHER = {one: os.environ.get(f"PUBLISHER_{one.upper()}", "") for one in ("id", "name", "name_en", "kind", "prefix")}
# Pictures of the ground under the map of events, and whom to thank. Every visitor's browser asks there, so by default none.
MAP_TILES = os.environ.get("MAP_TILES", "")
MAP_TILES_CREDIT = os.environ.get("MAP_TILES_CREDIT", "")
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
BEHIND_TLS = SITE_ADDRESS.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *("viche." + room for room in ("ui", "journal", "work", "files", "mail", "places", "people")),
    *("viche." + room for room in ("questionnaires", "facts", "programmes", "calls", "events")),
    *("viche." + room for room in ("reviews", "awards", "results", "site", "demo")),
    # After ours, whose templates take the place of the library's.
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "viche.files.middleware.cap",
    "viche.ui.middleware.legible",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "viche.ui.middleware.Policies",
]

ROOT_URLCONF = "viche.config.urls"
WSGI_APPLICATION = "viche.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "viche.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "viche.ui.templatetags.ui"],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR}/viche.sqlite3", conn_max_age=600, conn_health_checks=True
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several processes write at once: who comes second waits up to ten seconds for the lock, taken before the first read.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
    }
    # Threads of a race need a database that lies in a file.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
else:
    # A connection asks the same questions again and again: PostgreSQL plans them once. DATABASE_URL may say otherwise.
    prepared = {"server_side_binding": True, "prepare_threshold": 2}
    DATABASES["default"]["OPTIONS"] = prepared | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# "default" counts tries to sign in (allauth knows no other name) and must be one for all processes: a table where there
# is no Redis. "pages" keeps what visitors are shown, "paper" documents too large for memory; keys go stale by themselves.
if os.environ.get("REDIS_URL"):
    REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    CACHES = {"default": REDIS, "pages": REDIS}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "people_cacherow",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
# How often each machine asks the API: where there is no Redis each process counts for itself, so that reading writes nothing.
CACHES["asking"] = (
    CACHES["pages"]
    if os.environ.get("REDIS_URL")
    else {**CACHES["pages"], "LOCATION": "asking", "OPTIONS": {"MAX_ENTRIES": 50_000}}
)
CACHES["paper"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": VAR / "paper",
    "OPTIONS": {"MAX_ENTRIES": 5000},
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "viche.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Only in the browser in which the account was made; elsewhere the password is asked for.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "viche.people.forms.LoginForm",
    "signup": "viche.people.forms.SignupForm",
    "add_email": "viche.people.forms.AddEmailForm",
    "change_password": "viche.people.forms.ChangePasswordForm",
    "set_password": "viche.people.forms.SetPasswordForm",
    "reset_password": "viche.people.forms.ResetPasswordForm",
    "reset_password_from_key": "viche.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "viche.people.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Beside the library's own: how often one machine, and one mailbox, is registered for events; asks to take photographs down.
ACCOUNT_RATE_LIMITS = {"seat": "60/10m/ip,20/d/key", "own_seat": "60/10m/ip", "plea": "10/h/ip"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Українська")), ("en", _("English"))]
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = int(os.environ.get("UPLOAD_LIMIT_MB", "10")) * 1024 * 1024
# A larger file is skipped while the rest of its form is read; a larger body is not read at all.
BODY_LIMIT = int(os.environ.get("BODY_LIMIT_GB", "4")) * 1024**3
FILE_UPLOAD_HANDLERS = [
    "viche.files.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# How many letters with an invitation go in a day from one person, and to one mailbox.
INVITATIONS_A_DAY = int(os.environ.get("INVITATIONS_A_DAY", "30"))
INVITATIONS_TO_ONE_MAILBOX = int(os.environ.get("INVITATIONS_TO_ONE_MAILBOX", "5"))
# How many requests one machine may ask of the API in a minute, and under which licence open data are given.
API_REQUESTS_A_MINUTE = int(os.environ.get("API_REQUESTS_A_MINUTE", "300"))
OPEN_LICENCE = os.environ.get("OPEN_LICENCE", "CC BY 4.0")
OPEN_LICENCE_URL = os.environ.get("OPEN_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")
# How many organisations one person may register in a day, and into how many they may ask to be let.
REGISTRATIONS_A_DAY = int(os.environ.get("REGISTRATIONS_A_DAY", "10"))
REQUESTS_TO_JOIN_A_DAY = int(os.environ.get("REQUESTS_TO_JOIN_A_DAY", "10"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SCHEDULES = schedules.SCHEDULES

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "viche@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
# Where each process would keep sessions in a memory of its own, whoever signs out stays signed in in the others.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if os.environ.get('REDIS_URL') else 'db'}"
# What a browser names as the origin of a form, even where a proxy does not tell us that it was asked by https.
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(SITE_ADDRESS))]
CSRF_FAILURE_VIEW = "viche.ui.views.stale_form"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(MAP_TILES))] if MAP_TILES else [])],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no tokens": {"()": "viche.config.logs.NoTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no tokens"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
