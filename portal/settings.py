"""Settings of the portal: one module, safe for production unless the environment says otherwise."""

import re
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.env import BASE_DIR, env, networks
from portal.operations.backups.retention import Keep

DEBUG = env("DEBUG")
HTTPS = env("HTTPS")
DEMO_SITE = env("DEMO_SITE")
DEMO_PASSWORD = env("DEMO_PASSWORD")
DEMO_TOTP_SECRET = env("DEMO_TOTP_SECRET")

SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY がありません。環境変数か .env に設定してください（.env.example を参照）。")
# What an earlier key signed holds as long as that key stands here: links that were sent, sessions.
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS")

SITE_NAME = "特別区全国連携プロジェクト"
SITE_URL = env("SITE_URL")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
if SITE_URL and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

# Where the back office is, and for whom: everybody where no network is named.
ADMIN_PATH = env("ADMIN_PATH")
if not re.fullmatch(r"([A-Za-z0-9_-]+/)+", ADMIN_PATH):
    raise ImproperlyConfigured("ADMIN_PATH は「admin/」のように、英数字、「-」、「_」と、最後の「/」で書いてください。")
ADMIN_NETWORKS = networks("ADMIN_NETWORKS", env("ADMIN_NETWORKS"))

DATA_DIR = Path(env("DATA_DIR"))

# Some calendars drop an entry without a word once it says STATUS:CANCELLED: people would go there all the same.
ICAL_SUBSCRIPTION_CANCELLED = env("ICAL_SUBSCRIPTION_CANCELLED")
if ICAL_SUBSCRIPTION_CANCELLED not in ("keep", "cancel"):
    raise ImproperlyConfigured("ICAL_SUBSCRIPTION_CANCELLED は keep か cancel にしてください。")

INSTALLED_APPS = [
    "portal.core",
    "municipalities",
    "events",
    "disaster_support",
    "portal",
    "portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_prose_editor",
]

MIDDLEWARE = [
    "portal.operations.middleware.Trace",
    "portal.core.headers.AddHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.operations.maintenance.Refuse",
    "portal.core.middleware.RefuseMalformedInput",
    "portal.core.networks.HideBackOffice",
    "portal.serving.middleware.MarkPublicPages",
    "portal.serving.middleware.AnswerWithoutDatabase",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.core.middleware.EndOrRecordSession",
    "portal.core.middleware.KeepWhatWasTyped",
    "portal.core.middleware.RequireSecondFactor",
    "portal.core.middleware.ExplainWithdrawal",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["portal.core.templatetags.japanese"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context_processors.site",
                "portal.context_processors.emergency",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    database = env.db_url_config(url)
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options |= {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # Each thread has a connection of its own, and so a cache of its own: eight megabytes.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
        }
    else:
        # A lock must not stall public pages: without lock_timeout a 12-second lock holds them for 10 seconds.
        options |= {
            "connect_timeout": 3,
            # Compiling a query just in time takes longer than any page's query runs: 107 of 110 ms, as measured.
            "options": "-c statement_timeout=5000 -c lock_timeout=500 -c jit=off",
            "pool": {"min_size": 1, "max_size": env("DATABASE_POOL_SIZE"), "timeout": 3},
        }
    return database


# SQLite in the data folder unless another is named; public pages may be read from a copy that follows it.
DATABASES = {"default": _database(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if env("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = _database(env("DATABASE_REPLICA_URL"))
    DATABASE_ROUTERS = ["portal.serving.replica.PublicPagesFromReplica"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url_config(env("CACHE_URL"))}
if CACHES["default"]["BACKEND"].endswith(".RedisCache"):
    if not find_spec("redis"):
        raise ImproperlyConfigured("CACHE_URL の Redis には、追加の部品 redis（pyproject.toml）が要ります。")
    CACHES["default"]["BACKEND"] = "portal.core.shared_cache.RedisCache"
else:
    # With Django's 300 entries, the counts of one busy evening would push out one another.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 10_000} | CACHES["default"].get("OPTIONS", {})
# How many processes answer pages, where gunicorn runs by portal.operations.server.
WEB_PROCESSES = env("WEB_PROCESSES")
# Off to measure, or to look for a fault: then every page is made anew.
if env("PAGE_CACHE") not in ("on", "off"):
    raise ImproperlyConfigured("PAGE_CACHE は on か off にしてください。")
PAGE_CACHE = env("PAGE_CACHE") == "on" and not DEBUG
# The public site as files, from which pages are answered while the database is silent.
MIRROR_DIR = Path(env("MIRROR_DIR") or DATA_DIR / "mirror")

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", "portal.roles.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "name")},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_sign_in"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.core.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env("TRUSTED_PROXY_COUNT")
ACCOUNT_FORMS = {"reset_password": "portal.core.accounts.ForgottenPasswordForm"}
# Five failures, of the password or of the code, close an account for so long; ten a minute close an address.
LOCK_OUT_MINUTES = 5
# Off for a test run only, which sends more than any person: the start says so.
if env("RATE_LIMITS") not in ("on", "off"):
    raise ImproperlyConfigured("RATE_LIMITS は on か off にしてください。")
RATE_LIMITS = env("RATE_LIMITS") == "on"
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,5/{LOCK_OUT_MINUTES}m/key"} if RATE_LIMITS else False
# How long the link of an invitation is good for.
INVITATION_LIFETIME = timedelta(hours=72)
MFA_ADAPTER = "portal.core.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey always checks who holds it: alone it is two factors. Were that asked only of those who sign in by passkey
# alone, what was asked of a second factor in one account could be answered for another.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# Who types a code that turns meanwhile is let in: one step of grace either way (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "portal.core.second_factor.AuthenticateForm",
    "reauthenticate": "portal.core.second_factor.ReauthenticateForm",
    "add_webauthn": "portal.core.passkeys.AddPasskeyForm",
    "edit_webauthn": "portal.core.passkeys.RenamePasskeyForm",
    "authenticate_webauthn": "portal.core.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "portal.core.passkeys.ReauthenticateForm",
    "login_webauthn": "portal.core.passkeys.LoginForm",
}

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"


def _media(address: str) -> dict[str, Any]:
    """The folder of the media; or the bucket that ``s3://bucket/folder?endpoint=…&region=…`` names."""
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = urlsplit(address)
    if place.scheme != "s3" or not place.netloc:
        raise ImproperlyConfigured("MEDIA_STORAGE は「s3://バケット?endpoint=…&region=…」の形にしてください。")
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured("MEDIA_STORAGE には、追加の部品 s3（pyproject.toml）が要ります。")
    asked = dict(parse_qsl(place.query))
    options = {
        "bucket_name": place.netloc,
        "location": place.path.strip("/"),
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "access_key": env("AWS_ACCESS_KEY_ID") or None,
        "secret_key": env("AWS_SECRET_ACCESS_KEY") or None,
    }
    return {"BACKEND": "portal.core.object_storage.ObjectStorage", "OPTIONS": options}


STORAGES = {
    "default": _media(env("MEDIA_STORAGE")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.core.stylesheets.BundlingStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "avif", "ico", "zip", "gz", "br", "map")
# Pages of other sites have no use for our style sheets; nginx, which gives them out in production, says so too.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Who hears of errors; empty: nobody, and the log has them all the same.
ERROR_MAIL = env("ERROR_MAIL")
ERROR_WEBHOOK = env("ERROR_WEBHOOK")
METRICS_NETWORKS = networks("METRICS_NETWORKS", env("METRICS_NETWORKS"))

# Empty: no backup is made by the schedule.
BACKUP_DIR = env("BACKUP_DIR")
BACKUP_KEY = env("BACKUP_KEY")
if BACKUP_KEY and len(BACKUP_KEY) < 32:
    raise ImproperlyConfigured("BACKUP_KEY は32文字以上の乱数にしてください。")
try:
    BACKUP_KEEP = Keep(*env("BACKUP_KEEP"))
except TypeError as error:
    raise ImproperlyConfigured("BACKUP_KEEP は、日・週・月の数を「7,4,12」のように書いてください。") from error

CRISPY_ALLOWED_TEMPLATE_PACKS = "dads"
CRISPY_TEMPLATE_PACK = "dads"

EMAIL_CONFIG = env.email_url_config(env("EMAIL_URL"))
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
EMAIL_SUBJECT_PREFIX = f"【{SITE_NAME}】"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if env("TASKS") == "database"
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        # The QR code of the second factor is a data: image.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
_UNUSED_FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture"),
    *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts"),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "usb", "xr-spatial-tracking"),
)
# Passkeys and the button that copies an address.
_USED_FEATURES = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
ANSWER_HEADERS = {
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{feature}=()" for feature in _UNUSED_FEATURES), *(f"{feature}=(self)" for feature in _USED_FEATURES)]
    ),
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
# Plain http is served on loopback only (`make run`); everything else that protects stays on there.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env("TRUSTED_PROXY_COUNT") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
# Unused for so long, overnight say, a session ends; however busy, after a day (portal.core.sessions).
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "portal.core.receiving.LimitingHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

if env("LOG_FORMAT") not in ("json", "line"):
    raise ImproperlyConfigured("LOG_FORMAT は json か line にしてください。")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "portal.core.logs.JsonLines"},
    },
    "filters": {
        "hide_secrets": {"()": "portal.core.logs.HideSecrets"},
        "add_request_id": {"()": "portal.core.logs.AddRequestId"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env("LOG_FORMAT"),
            "filters": ["hide_secrets", "add_request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
    "loggers": {
        # It warns of every line of CSS that is meant for screens.
        "weasyprint": {"level": "ERROR"},
        "weasyprint.progress": {"level": "ERROR"},
        # It tells of every job twice; ours tell what became of them.
        "apscheduler": {"level": "WARNING"},
        # It writes down which passkey signs in.
        "fido2": {"level": "WARNING"},
        # A line for each request is for programs.
        "portal.access": {"level": env("LOG_LEVEL") if env("LOG_FORMAT") == "json" else "WARNING"},
        # By default it writes for itself, while developing: everything is written in one way.
        "django": {"handlers": [], "level": "INFO"},
    },
}

if DEBUG and find_spec("debug_toolbar"):
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1", "::1"]
