from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "ポータル"
    default = True

    def ready(self) -> None:
        from portal.search.receivers import connect

        connect()


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own site object: the back office."""

    default = False
    default_site = "portal.back_office.BackOffice"
