"""The words in which support is classed."""

from django.db import models


class SupportKind(models.TextChoices):
    DONATION = "donation", "義援金"
    RECONSTRUCTION = "reconstruction", "復興支援金"
    SYMPATHY = "sympathy", "災害見舞金"
    GOODS = "goods", "救援物資"
    STAFF = "staff", "職員派遣"
    VEHICLES = "vehicles", "車両派遣"


class Giver(models.TextChoices):
    WARDS = "wards", "各区"
    JOINT = "joint", "23区共同"
    NOT_STATED = "not_stated", "記載なし"


class DispatchState(models.TextChoices):
    PLANNED = "planned", "予定"
    ONGOING = "ongoing", "派遣中"
    DONE = "done", "既派遣"


# The kinds that are money. They are never summed across.
MONEY = [SupportKind.DONATION, SupportKind.RECONSTRUCTION, SupportKind.SYMPATHY]
# The kinds that are sent, and come back.
DISPATCHED = [SupportKind.STAFF, SupportKind.VEHICLES]
# The kinds that are counted in pieces of something.
THINGS = [SupportKind.GOODS, SupportKind.VEHICLES]


class NoticeLevel(models.TextChoices):
    """How grave an emergency notice is, the gravest first."""

    EMERGENCY = "emergency", "緊急"
    WARNING = "warning", "注意"
    INFORMATION = "information", "お知らせ"


class ModeKind(models.TextChoices):
    ON = "on", "災害時"
    DRILL = "drill", "訓練"
