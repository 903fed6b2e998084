import logging

from django.apps import AppConfig
from django.conf import settings

logger = logging.getLogger(__name__)


class CoreConfig(AppConfig):
    name = "portal.core"
    verbose_name = "共通"

    def ready(self) -> None:
        if not settings.RATE_LIMITS:
            logger.warning("RATE_LIMITS=off：送信の回数を制限していません。公開するサイトでは使わないでください。")
