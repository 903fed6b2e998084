"""The kinds in which search results are told apart."""

from django.db import models


class Kind(models.TextChoices):
    """In the order in which people are offered them."""

    WARD = "ward", "特別区"
    MUNICIPALITY = "municipality", "自治体"
    PREFECTURE = "prefecture", "都道府県"
    EVENT = "event", "イベント"
    EXHIBITION = "exhibition", "全国連携展示"
    PROJECT = "project", "各区事業"
    AGREEMENT = "agreement", "協定"
    DISASTER = "disaster", "被災地支援"
    NEWS = "news", "お知らせ"
    PUBLICATION = "publication", "刊行物"
    POST = "post", "会員自治体の投稿"
    PROFILE = "profile", "自治体の紹介"


# What people mean first when they type a name, the likeliest first.
PLACES: tuple[str, ...] = (Kind.WARD, Kind.MUNICIPALITY, Kind.PREFECTURE)
