"""The words in which what visitors write is classed."""

from django.db import models


class Topic(models.TextChoices):
    EVENT = "event", "イベント・展示"
    PARTNERSHIP = "partnership", "自治体どうしの交流・協定"
    MEMBERSHIP = "membership", "会員登録"
    CORRECTION = "correction", "掲載内容の誤り・更新"
    SITE = "site", "このサイトの使い方・アクセシビリティ"
    PRIVACY = "privacy", "個人情報の取扱い"
    OTHER = "other", "その他"


class InquiryState(models.TextChoices):
    OPEN = "open", "未対応"
    IN_HAND = "in_hand", "対応中"
    CLOSED = "closed", "対応済み"
