from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "ポータル"
    default = True

    def ready(self) -> None:
        # Its receivers hear of errors in every process, whatever else that one has imported.
        import_module("portal.operations.notices")


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own site object: the back office."""

    default = False
    default_site = "portal.back_office.BackOffice"
