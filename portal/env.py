"""Every variable the portal reads from its environment, with its default.

The defaults are those of production. ``.env`` in the project's folder, where there is one, fills in
what the environment leaves out. ``.env.example`` explains each variable to the administrator.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    DEBUG=(bool, False),
    SECRET_KEY=(str, ""),
    ALLOWED_HOSTS=(list, []),
    SITE_URL=(str, ""),
    HTTPS=(bool, True),
    TRUSTED_PROXY_COUNT=(int, 0),
    DATABASE_URL=(str, ""),
    DATABASE_REPLICA_URL=(str, ""),
    DATABASE_POOL_SIZE=(int, 8),
    CACHE_URL=(str, "locmemcache://"),
    DATA_DIR=(str, str(BASE_DIR / "var")),
    MEDIA_STORAGE=(str, ""),
    AWS_ACCESS_KEY_ID=(str, ""),
    AWS_SECRET_ACCESS_KEY=(str, ""),
    DEMO_SITE=(bool, False),
    DEMO_PASSWORD=(str, ""),
    DEMO_TOTP_SECRET=(str, ""),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, "portal@localhost"),
    TASKS=(str, "database"),
    RATE_LIMITS=(str, "on"),
    PAGE_CACHE=(str, "on"),
    MIRROR_DIR=(str, ""),
    ICAL_SUBSCRIPTION_CANCELLED=(str, "keep"),
    BACKUP_DIR=(str, ""),
    BACKUP_KEY=(str, ""),
    BACKUP_KEEP=([int], [7, 4, 12]),
    LOG_LEVEL=(str, "INFO"),
    LOG_FORMAT=(str, "json"),
    ERROR_MAIL=(list, []),
    ERROR_WEBHOOK=(str, ""),
    METRICS_NETWORKS=(list, ["127.0.0.0/8", "::1/128"]),
)
environ.Env.read_env(BASE_DIR / ".env")
