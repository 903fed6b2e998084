"""Settings of the tests: those of production, with what a test run needs to be quick and alone."""

import os
import tempfile

os.environ["SECRET_KEY"] = "tests-only-" + "x" * 50
os.environ["DEBUG"] = "false"
os.environ["HTTPS"] = "false"
os.environ["DEMO_SITE"] = "false"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["TASKS"] = "immediate"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["BACKUP_DIR"] = f"{os.environ['DATA_DIR']}/backups"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from portal.settings import *  # noqa: F403

# A query repeated for each row of a page is an error (N+1).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    # allauth asks for an address again when it signs somebody in.
    {"model": "account.EmailAddress", "field": "get()"},
    # Django's form sets look each row up that is sent back.
    {"model": "events.Speaker", "field": "get()"},
    # And what each row names.
    {"model": "events.Venue", "field": "get()"},
    # There too it looks whether each session of somebody has ended, and whose it is.
    {"model": "sessions.Session", "field": "get()"},
    {"model": "core.User", "field": "get()"},
    # Saving a part of an event reads its whole for the form, for the rule and, locked, for the change.
    {"model": "events.Event", "field": "get()"},
    # Each row of a table that is read in brings partners of its own.
    {"model": "events.WardProject", "field": "municipalities"},
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
# A server within the tests shares their database: nobody else may look at it meanwhile.
WSGI_APPLICATION = None
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
