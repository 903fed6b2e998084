"""The words in which publications and figures are classed."""

from django.db import models


class PublicationKind(models.TextChoices):
    NEWSLETTER = "newsletter", "東京23区全国連携NEWS"
    PAMPHLET = "pamphlet", "パンフレット"
    POSTER = "poster", "ポスター"


class FigureTable(models.TextChoices):
    PARTNERS = "partners", "連携自治体数の推移"
    PROJECTS = "projects", "連携事業数の一覧"
    AGREEMENTS = "agreements", "協定締結団体一覧"


class FigureState(models.TextChoices):
    STATED = "stated", "数"
    DID_NOT_EXIST = "did_not_exist", "–（まだなかった）"


class FigureOrigin(models.TextChoices):
    """Where a figure comes from: a paper, or the records of a day, fixed as they were counted."""

    PRINTED = "printed", "資料の公表値"
    COUNTED = "counted", "記録から確定した数"
