"""The words in which events, exhibitions and projects are classed."""

from django.db import models


class Status(models.TextChoices):
    """What becomes of an event: the one vocabulary of events, exhibitions and ward projects."""

    PLANNED = "planned", "予定"
    HELD = "held", "開催"
    CANCELLED = "cancelled", "中止"
    POSTPONED = "postponed", "延期"
    CHANGED = "changed", "内容変更"
    WITHHELD = "withheld", "見合わせ"


class DatePrecision(models.TextChoices):
    """How much is known of when: a month is kept as its first and last day."""

    DAY = "day", "日"
    MONTH = "month", "月"
    UNKNOWN = "unknown", "未定・不明"


class EventKind(models.TextChoices):
    LECTURE = "lecture", "講演会・シンポジウム・セミナー"
    PROMOTION = "promotion", "魅力発信イベント"
    SPONSORSHIP = "sponsorship", "協賛・特別協力"
    WARD = "ward", "各区事業"
    MEMBER = "member", "会員自治体の催し"


# What the 23 wards hold together; the others are of one ward or one member.
JOINT_KINDS = (EventKind.LECTURE, EventKind.PROMOTION, EventKind.SPONSORSHIP)


class EventRoleKind(models.TextChoices):
    ORGANIZER = "organizer", "主催"
    CO_ORGANIZER = "co_organizer", "共催"
    SPONSOR = "sponsor", "協賛"
    SPECIAL_COOPERATION = "special_cooperation", "特別協力"
    PATRON = "patron", "後援"
    COOPERATION = "cooperation", "連携協力"


class StopState(models.TextChoices):
    ARRANGING = "arranging", "調整中"
    PLANNED = "planned", "予定"
    HELD = "held", "実施"
    CANCELLED = "cancelled", "中止"
    UNKNOWN = "unknown", "不明"


class ProjectField(models.TextChoices):
    TOURISM = "tourism", "観光・物産"
    INDUSTRY = "industry", "産業・雇用"
    EDUCATION = "education", "教育・子ども"
    CULTURE = "culture", "文化・スポーツ"
    ENVIRONMENT = "environment", "環境・森林"
    DISASTER = "disaster", "防災"
    WELFARE = "welfare", "福祉・健康"
    STAFF = "staff", "職員交流"
    OTHER = "other", "その他"
