"""Django's settings. Nothing is made or opened by importing this."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from stillwater.core.home import Home

HOME = Home.from_environment()
BASE_DIR = Path(__file__).resolve().parent.parent

# The page server writes its own random key at every start (workers/supervisor.py):
# sessions end with the program. Commands sign nothing, so they need none.
SECRET_KEY = os.environ.get("STILLWATER_WEB_KEY") or os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost"]

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "stillwater.people",
    "stillwater.plan",
    "stillwater.vault",
    "stillwater.gate",
    "stillwater.web",
]
MIDDLEWARE = [
    "stillwater.web.middleware.RefuseStrangers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
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
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
STATIC_URL = "static/"
STATIC_ROOT = HOME.root / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "page"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
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
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
