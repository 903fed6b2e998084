"""The words in which municipalities, ties and bodies are classed."""

from django.db import models


class MunicipalityKind(models.TextChoices):
    CITY = "city", "市"
    TOWN = "town", "町"
    VILLAGE = "village", "村"
    SPECIAL_WARD = "special_ward", "特別区"


class TieKind(models.TextChoices):
    SISTER = "sister", "姉妹都市・友好都市"
    DISASTER = "disaster", "災害時応援協定"
    COOPERATION = "cooperation", "相互連携協定"
    OTHER = "other", "その他の交流"


class BodyKind(models.TextChoices):
    CITY_MAYORS = "city_mayors", "市長会"
    TOWNS_AND_VILLAGES = "towns_and_villages", "町村会"


class Relation(models.TextChoices):
    """How a municipality is linked with the wards."""

    EXCHANGE = "exchange", "各区の交流自治体"
    MEMBER = "member", "会員登録自治体"
    AGREEMENT = "agreement", "広域連携協定の構成自治体"
    UNION = "union", "いずれか（連携自治体）"


class WardRole(models.TextChoices):
    """What somebody does for a ward."""

    EDITOR = "editor", "区担当者"
    APPROVER = "approver", "区承認者"


class AddressKind(models.TextChoices):
    """What the e-mail address of somebody who applies for a municipality says by its form."""

    LOCAL_GOVERNMENT = "local_government", "自治体のドメイン（lg.jp）"
    GEOGRAPHIC = "geographic", "自治体のドメイン（地域型）"
    OWN_SITE = "own_site", "登録済みの公式サイトのドメイン"
    OTHER = "other", "その他のドメイン（手作業で確認）"


class ApplicationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "メール未確認"
    AWAITING_CONSENT = "awaiting_consent", "同意待ち"
    IN_REVIEW = "in_review", "確認中"
    APPROVED = "approved", "承認"
    REFUSED = "refused", "見送り"
    CANCELLED = "cancelled", "申込みの取消し"
    EXPIRED = "expired", "期限切れ"


class PostKind(models.TextChoices):
    NOTICE = "notice", "お知らせ"
    PRODUCT = "product", "特産品"
    PROGRAMME = "programme", "関係人口のプログラム"
