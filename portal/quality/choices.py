"""The words in which findings are classed."""

from django.db import models


class Severity(models.TextChoices):
    """How much a finding weighs: what contradicts itself, what somebody should look at, what is not known yet."""

    ERROR = "error", "誤り"
    REVIEW = "review", "確認"
    MISSING = "missing", "未記入"


class FindingState(models.TextChoices):
    OPEN = "open", "未対応"
    ACCEPTED = "accepted", "注記済み"
    DISMISSED = "dismissed", "見送り"
    CORRECTED = "corrected", "解消"
