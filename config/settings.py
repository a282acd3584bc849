"""All settings, driven by the environment. `docs/operating.md` lists what an operator may set."""

from __future__ import annotations

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config.keys import is_push_key, push_keys, secret_key
from config.logs import logging_at
from reminders.push.endpoints import KNOWN_SERVICES, Service

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- where things live -------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).absolute()
WEB_BUILD = BASE_DIR / "static" / "build"
SECRET_KEY_FILE = None if env.str("SECRET_KEY", default="") else DATA_DIR / "secret.key"
SECRET_KEY = secret_key(DATA_DIR) if SECRET_KEY_FILE else env.str("SECRET_KEY")
DEBUG = False

# The address that people type. HTTPS there switches on everything that only makes sense with it.
PUBLIC_URL = env.str("UNPINCH_URL", default="")
_public = urlsplit(PUBLIC_URL)
if PUBLIC_URL and (_public.scheme not in ("http", "https") or not _public.hostname or _public.path not in ("", "/")):
    raise ImproperlyConfigured("UNPINCH_URL must be an address like https://unpinch.example, without a path.")
if len(PUBLIC_URL) > 80:
    raise ImproperlyConfigured("UNPINCH_URL may have 80 characters: health links with a longer one are not valid.")
HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([_public.hostname] if _public.hostname else [])]
HOST = env.str("HOST", default="")
if HOST and HOST not in ("0.0.0.0", "::"):  # noqa: S104  # compared with, not listened on
    # A server told to listen on one address answers to it.
    ALLOWED_HOSTS.append(f"[{HOST}]" if ":" in HOST else HOST)
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []

# --- the apps, lowest last ---------------------------------------------------------------------
INSTALLED_APPS = [
    "reminders",
    "sharing",
    "tracker",
    "exercises",
    "accounts",
    "config",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before WhiteNoise, whose answers go no further in: the built shell is a page too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.privacy.never_stored",
    "config.sound.sound_json",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
APPEND_SLASH = False

# --- rows --------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(DATA_DIR / 'unpinch.sqlite3'))}")}
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at BEGIN: two writers wait for each other instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: the phone forgets an entry once it is acknowledged, so a power cut must not take it from us.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must be an address like redis://localhost:6379/0.")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Shared by the web server's workers and the scheduler, as rate limits must be; an `add` is one row, whoever else
    # adds. Written where somebody signs in, opens a health link or tries a reminder out: no other request waits for it.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # What has expired is removed once there are more. A third of what has not, as by default, would never be
            # missed by its owner but by whoever guesses at passphrases: a part in a thousand million is none.
            "OPTIONS": {"MAX_ENTRIES": 1000, "CULL_FREQUENCY": 10**9},
        }
    }

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Nothing is shared with an address yet but the mail that resets its password: there is nothing to verify it for.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Beside allauth's own: what strangers may ask of health links.
ACCOUNT_RATE_LIMITS = {"health_link": "60/m/ip"}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Unpinch] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = True
# A new password signs everybody out, whoever chose it too: nobody who knew the old one stays.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
USERSESSIONS_ADAPTER = "accounts.adapter.SignInsAdapter"
# Shows when each was used last; `accounts.signing_in` notes that. allauth's middleware, which would write at every
# request, is left out.
USERSESSIONS_TRACK_ACTIVITY = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_reset_password": "/reset-password",
    "account_reset_password_from_key": "/reset-password/{key}",
    "account_signup": "/sign-up",
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
# Browsers keep cookies by host, not by port: two instances side by side must not sign each other out. What counts is
# the port that people type: several web servers behind one address share their sign-ins.
PORT = int(env.str("PORT", default="") or 8000)
SESSION_COOKIE_NAME = f"unpinch_session_{(_public.port or _public.scheme) if PUBLIC_URL else PORT}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- the API -----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.PersonAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["accounts.parsing.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "accounts.schema.ContractSchema",
    "EXCEPTION_HANDLER": "accounts.answering.answer_problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Of a patient and who set their plan: whether the latter may set plans for them no more, so that the patient ends it.
PRESCRIBER_SETS_NO_MORE = "sharing.ending.sets_plans_no_more"
SPECTACULAR_SETTINGS = {
    "TITLE": "Unpinch",
    "DESCRIPTION": "Symptom logs, stretch routines and what was done. Every row belongs to the signed-in person.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "SkipReasonEnum": "exercises.vocabulary.REASONS",
        "WeekdayEnum": "exercises.vocabulary.WEEKDAYS",
        "VerdictEnum": "exercises.vocabulary.VERDICTS",
        "ResponseVerdictEnum": "exercises.response.VERDICTS",
        "ConditionEnum": "accounts.vocabulary.CONDITIONS",
        "LevelEnum": "tracker.vocabulary.LEVELS",
        "ResolutionEnum": "tracker.vocabulary.RESOLUTIONS",
        "FlagReasonEnum": "tracker.vocabulary.FLAG_REASONS",
        "FlagChangeReasonEnum": "tracker.vocabulary.CHANGE_REASONS",
        "SnoozeReasonEnum": "tracker.vocabulary.SNOOZES",
        "SensitivityEnum": "tracker.vocabulary.SENSITIVITIES",
        "RedFlagAnswerEnum": "tracker.redflags.known_answers",
        "StateEnum": "tracker.vocabulary.FLAG_STATES",
        "KindEnum": "tracker.vocabulary.SELF_CARE",
        "MeasureKindEnum": "tracker.vocabulary.MEASURES",
        "ReminderKindEnum": "reminders.vocabulary.KINDS",
        "OccurrenceStateEnum": "reminders.vocabulary.STATES",
        "OccurrenceReasonEnum": "reminders.vocabulary.REASONS",
        "OccurrenceAnswerEnum": "reminders.vocabulary.ANSWERS",
        "DeliveryStateEnum": "reminders.vocabulary.DELIVERY_STATES",
        "ShareStateEnum": "sharing.vocabulary.SHARE_STATES",
        "ReportSectionEnum": "sharing.vocabulary.SECTIONS",
        "ReadEnum": "sharing.vocabulary.READS",
        "ReadOutcomeEnum": "sharing.vocabulary.OUTCOMES",
        "ChannelEnum": "reminders.vocabulary.CHANNELS",
        "AnnouncementKindEnum": "reminders.vocabulary.ANNOUNCED",
        "NewsSourceEnum": "reminders.vocabulary.NEWS",
        "RoleEnum": "sharing.vocabulary.ROLES",
        "ScopeEnum": "sharing.vocabulary.SCOPES",
        "TriageReasonEnum": "sharing.vocabulary.TRIAGE",
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

# A batch of a hundred entries with their notes fits (accounts/parsing.py holds the smaller limit of single bodies).
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# --- the web -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
# The web build's own files answer at the root; the API's documentation page comes from the finders.
WHITENOISE_ROOT = WEB_BUILD if WEB_BUILD.is_dir() else None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/_app/immutable/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.faults.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # HTTPS ends at a proxy: sign-in attempts are counted by the address that it saw, not by its own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365)
    # Other names below this one are not ours to decide about, unless the operator says so.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=False)
    SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W005", "security.W021"]

# --- mail: a folder until an address is given --------------------------------------------------
globals().update(env.email_url("MAIL_URL", default="consolemail://"))
if not env.str("MAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default=f"Unpinch <noreply@{_public.hostname or 'localhost'}>")

# --- web push ----------------------------------------------------------------------------------
# Newest first: browsers subscribe with the first one, the others serve those that subscribed before.
PUSH_KEYS_FILE = None if env.str("PUSH_KEYS", default="") else DATA_DIR / "push.keys"
PUSH_KEYS = push_keys(PUSH_KEYS_FILE) if PUSH_KEYS_FILE else env.list("PUSH_KEYS")
if not all(is_push_key(key) for key in PUSH_KEYS):
    raise ImproperlyConfigured("PUSH_KEYS must be private P-256 keys in base64url, 43 characters each, with commas.")
try:
    PUSH_SERVICES = [
        *KNOWN_SERVICES,
        *map(Service.parse, env.list("PUSH_SERVICES", default=[])),
        # Those may stand in the operator's own network; every other name that leads there is refused.
        *(Service.parse(name, inside=True) for name in env.list("PUSH_SERVICES_INSIDE", default=[])),
    ]
except ValueError as error:
    raise ImproperlyConfigured(f"PUSH_SERVICES: {error}") from error
# For so long a process that sends has a delivery to itself; when it dies, another takes it after that. No channel may
# take longer for one.
DELIVERY_LEASE_SECONDS = 60.0
# Where the links in mails lead, and what their ids end in.
OWN_URL = PUBLIC_URL.rstrip("/") or f"http://localhost:{PORT}"
MAIL_DOMAIN = _public.hostname or "localhost"
# Where a push service complains; Apple's takes no address of a host that is none.
PUSH_CONTACT = env.str("PUSH_CONTACT", default=PUBLIC_URL if HTTPS else f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
if not PUSH_CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured("PUSH_CONTACT must begin with mailto: or https://.")
PUSH_CA_FILE = env.str("PUSH_CA_FILE", default="")
PUSH_SECONDS = 10.0
# Of each process that sends. When it is killed, as many may be sent again, of which a device shows one.
PUSHES_IN_FLIGHT = env.int("PUSHES_IN_FLIGHT", default=1)
if not 1 <= PUSHES_IN_FLIGHT <= 32:
    raise ImproperlyConfigured("PUSHES_IN_FLIGHT must be a number from 1 to 32.")
# For so long the app's list of what came due goes back; the clock itself looks back for two weeks.
REMINDER_LOG_DAYS = env.int("REMINDER_LOG_DAYS", default=365)
if not 60 <= REMINDER_LOG_DAYS <= 36500:
    raise ImproperlyConfigured("REMINDER_LOG_DAYS must be a number from 60 to 36500.")

# --- jobs: rows are the truth, Redis is a doorbell, and without one the scheduler runs them itself
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# One for each core that it may use is the fastest: four on two cores send a quarter less than two (benchmarks/).
_processes = env.str("WORKER_PROCESSES", default="") or str(len(os.sched_getaffinity(0)))
if not _processes.isdecimal() or int(_processes) < 1:
    raise ImproperlyConfigured("WORKER_PROCESSES must be a number from 1 on.")
CELERY_WORKER_CONCURRENCY = int(_processes)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# For ever: by default a worker ends for good after a hundred times, within the hour.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

LOGGING = logging_at(env.str("LOG_LEVEL", default="WARNING").upper())
