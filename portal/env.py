"""Every variable the portal reads from its environment, with its default.

The defaults are those of production. ``.env`` in the project's folder, where there is one, fills in
what the environment leaves out. ``.env.example`` explains each variable to the administrator.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    DEBUG=(bool, False),
    SECRET_KEY=(str, ""),
    ALLOWED_HOSTS=(list, []),
    SITE_URL=(str, ""),
    HTTPS=(bool, True),
    TRUSTED_PROXY_COUNT=(int, 0),
    ADMIN_PATH=(str, "admin/"),
    ADMIN_NETWORKS=(list, []),
    DATABASE_URL=(str, ""),
    DATABASE_REPLICA_URL=(str, ""),
    DATABASE_POOL_SIZE=(int, 8),
    CACHE_URL=(str, "locmemcache://"),
    DATA_DIR=(str, str(BASE_DIR / "var")),
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


def networks(name: str, values: Iterable[str]) -> list[IPv4Network | IPv6Network]:
    """The networks that a variable names. Raises ImproperlyConfigured for what is none: it must let nobody in."""
    try:
        return [ip_network(value) for value in values]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} は「127.0.0.0/8,10.0.0.0/8」のように書いてください。") from error
