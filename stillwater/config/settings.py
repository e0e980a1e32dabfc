"""Django's settings. Nothing is made or opened by importing this."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from stillwater.core.home import Home
from stillwater.core.zones import system_zone

HOME = Home.from_environment()
# A made-up home (up --try) says so on every page; the value tells its cookies from others'.
MADE_UP = os.environ.get("STILLWATER_MADE_UP", "")
BASE_DIR = Path(__file__).resolve().parent.parent

# Made anew at every start (cli/up.py): sessions end with the program. Commands sign
# nothing, so they need none.
SECRET_KEY = os.environ.get("STILLWATER_WEB_KEY") or os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
# The page of all components (/m/) is for whoever works on Stillwater.
STYLE_PAGE = DEBUG or bool(os.environ.get("STILLWATER_STYLE_PAGE"))

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "stillwater.people",
    "stillwater.plan",
    "stillwater.vault",
    "stillwater.recovery",
    "stillwater.circle",
    "stillwater.gate",
    "stillwater.web",
]
MIDDLEWARE = [
    "stillwater.web.middleware.RefuseStrangers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "stillwater.config.urls"
WSGI_APPLICATION = "stillwater.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "csp.context_processors.nonce",
                "stillwater.web.frame.every_page",
            ]
        },
    }
]


def _database() -> dict[str, Any]:
    """SQLite in the home folder, or the PostgreSQL that STILLWATER_POSTGRES names.

    The value is a libpq connection string: ``host=… port=… dbname=… user=…``.
    """
    postgres = os.environ.get("STILLWATER_POSTGRES")
    if postgres:
        words = dict(part.split("=", 1) for part in postgres.split())
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": words.get("dbname", "stillwater"),
            "HOST": words.get("host", ""),
            "PORT": words.get("port", ""),
            "USER": words.get("user", ""),
            "PASSWORD": words.get("password", ""),
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        "OPTIONS": {
            # Read-then-write in four processes: 115 of 400 lock errors with
            # DEFERRED, none with IMMEDIATE.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                # An old wrapped key or an emptied plan must not stay in free pages.
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

USE_TZ = True
# Rows hold UTC; what is said ("since 23:10") is said in the time of this machine.
TIME_ZONE = system_zone()
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("de", "Deutsch")]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # served from the package: nothing is collected, nothing copied
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

# What is uploaded stays in memory until it is sealed: there is no handler that would write a
# temporary file. More at once than this is not taken (web/uploads.py says where it may be sent).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 80_000_000

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"page{MADE_UP}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# That a browser came in by a link is remembered for half a day at most; it opens nothing by
# itself but the lock (docs/decisions/0060).
SESSION_COOKIE_AGE = 12 * 3600
# The idle lock: keys that nobody has used for so long are dropped (safety.md: 1 to 30
# minutes, 5 where nothing else is chosen).
IDLE_LOCK = timedelta(seconds=int(os.environ.get("STILLWATER_IDLE_SECONDS") or 300))
# Not saved by merely looking: each page would wait for the disk, and half a day would never end.
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_NAME = f"csrftoken{MADE_UP}"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # like the session, it ends with the browser: no trace of a year
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "stillwater.web.views.refused"
# Not "no-referrer": browsers then send "Origin: null" with our own forms, and Origin
# could no longer be checked. Nothing leaves for another origin either way.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# What the browser shows as the page's name: it gives nothing away, and can be changed.
PAGE_TITLE = os.environ.get("STILLWATER_PAGE_TITLE") or "Home"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Logs hold what happened and where in our code, never content, names or handles.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "stillwater.config.logs.PlacesOnly",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers write elsewhere, and mail; its refusals name the path
        # that was asked for, which may hold a link's token.
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # It may name where notes go.
        "apprise": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
