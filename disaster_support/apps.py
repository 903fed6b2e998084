from django.apps import AppConfig


class DisasterSupportConfig(AppConfig):
    name = "disaster_support"
    verbose_name = "被災地支援"
