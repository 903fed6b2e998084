from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "ポータル"
    default = True

    def ready(self) -> None:
        # What reads models can be imported only now.
        watch = import_string("portal.serving.changes.watch_public_tables")
        post_migrate.connect(watch, sender=self, dispatch_uid="portal.serving.changes")
        # Its receivers hear of errors in every process, whatever else that one has imported.
        import_module("portal.operations.notices")
        import_module("portal.operations.checks")
        # Whatever is saved is found from then on.
        import_string("portal.search.receivers.connect")()


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own site object: the back office."""

    default = False
    default_site = "portal.back_office.BackOffice"
