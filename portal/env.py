"""Every variable the portal reads from its environment, with its default.

The defaults are those of production. ``.env`` in the project's folder, where there is one, fills in
what the environment leaves out. ``.env.example`` explains each variable to the administrator.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
# Each may lie in a file instead, which NAME_FILE names: a container is given its secrets so, and no list of processes
# or of variables shows them.
SECRETS = frozenset(
    {
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "DATABASE_URL",
        "DATABASE_REPLICA_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "BACKUP_KEY",
        "ERROR_WEBHOOK",
    }
)


class Environment(environ.Env):
    """The environment, with the secrets that lie in files."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        file = self.ENVIRON.get(f"{var}_FILE") if var in SECRETS else None
        if not file:
            return super().get_value(var, *args, **kwargs)
        if self.ENVIRON.get(var):
            raise ImproperlyConfigured(f"{var} と {var}_FILE の両方があります。どちらか一方だけにしてください。")
        return self.parse_value(_secret_in(Path(file), var), self.scheme[var][0])


def _secret_in(file: Path, name: str) -> str:
    """What a file holds, without the end of its line. Raises ImproperlyConfigured, and never quotes what it read."""
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = type(error).__name__
        raise ImproperlyConfigured(f"{name}_FILE のファイル {file} を読めません（{reason}）。") from None
    if not secret:
        raise ImproperlyConfigured(f"{name}_FILE のファイル {file} が空です。")
    return secret


env = Environment(
    DEBUG=(bool, False),
    SECRET_KEY=(str, ""),
    SECRET_KEY_FALLBACKS=(list, []),
    ALLOWED_HOSTS=(list, []),
    SITE_URL=(str, ""),
    HTTPS=(bool, True),
    TRUSTED_PROXY_COUNT=(int, 0),
    ADMIN_PATH=(str, "admin/"),
    ADMIN_NETWORKS=(list, []),
    DATABASE_URL=(str, ""),
    DATABASE_REPLICA_URL=(str, ""),
    DATABASE_POOL_SIZE=(int, 8),
    WEB_PROCESSES=(int, 2),
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


def networks(name: str, values: Iterable[str]) -> list[IPv4Network | IPv6Network]:
    """The networks that a variable names. Raises ImproperlyConfigured for what is none: it must let nobody in."""
    try:
        return [ip_network(value) for value in values]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} は「127.0.0.0/8,10.0.0.0/8」のように書いてください。") from error
