"""municipalities.csv and ties.csv: the municipalities, and what ties them to the wards."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from events.profiles import Column, Kind, Profile
from municipalities.choices import MunicipalityKind, TieKind
from municipalities.models import Municipality, WardTie
from portal.core.periods import last_day
from portal.open_data.dataset import Dataset, Moment, summary_of_all

HAS, HAS_NOT = "有", "無"

MUNICIPALITY_PROFILE = Profile(
    "municipalities",
    "市区町村と23区とのつながり",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column("団体コード", "code", Kind.CODE, "検査数字を含む6桁の団体コード。", "012025", True),
        Column("都道府県コード", "prefecture_code", Kind.CODE, "2桁の都道府県コード。", "01", True),
        Column("都道府県名", "prefecture", Kind.TEXT, "都道府県の名称。", "北海道", True),
        Column("市区町村名", "name", Kind.TEXT, "市区町村の名称。", "函館市", True),
        Column("読み", "name_kana", Kind.TEXT, "名称の読み（ひらがな）。", "はこだてし", True),
        Column("英語名", "name_en", Kind.TEXT, "名称の英語表記。", "Hakodate City", True),
        Column("種別", "kind", Kind.CHOICE, "・".join(map(str, MunicipalityKind.labels)) + "のいずれか。", "市", True),
        Column("緯度", "latitude", Kind.DEGREES, "代表点の緯度。", "41.793947"),
        Column("経度", "longitude", Kind.DEGREES, "代表点の経度。", "140.77429"),
        Column("公式サイト", "official_site", Kind.URL, "自治体の公式サイト。", "https://www.example.jp/"),
        Column("各区の交流", "exchange", Kind.CHOICE, "作成日に、特別区との交流があるか（有・無）。", HAS, True),
        Column("会員登録", "member", Kind.CHOICE, "作成日に、会員登録自治体であるか（有・無）。", HAS_NOT, True),
        Column("広域連携協定", "agreement", Kind.CHOICE, "作成日に、協定の構成自治体であるか（有・無）。", HAS, True),
    ),
)

TIE_PROFILE = Profile(
    "ties",
    "各区の交流",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column("区の団体コード", "ward_code", Kind.CODE, "特別区の団体コード。", "131091", True),
        Column("区名", "ward", Kind.TEXT, "特別区の名称。", "品川区", True),
        Column("相手の団体コード", "code", Kind.CODE, "交流する自治体の団体コード。", "012025", True),
        Column("相手の都道府県名", "prefecture", Kind.TEXT, "交流する自治体の都道府県。", "北海道", True),
        Column("相手の市区町村名", "municipality", Kind.TEXT, "交流する自治体の名称。", "函館市", True),
        Column(
            "種別", "kind", Kind.CHOICE, "、".join(map(str, TieKind.labels)) + "のいずれか。", "災害時応援協定", True
        ),
        Column("名称", "title", Kind.TEXT, "協定などの名称。", "災害時における相互援助に関する協定（架空の例）"),
        Column("開始日", "starts_on", Kind.DAY, "交流の最初の日。分からないときは空欄です。", "2010-04-01"),
        Column("終了日", "ends_on", Kind.DAY, "交流の最後の日。続いているときは空欄です。", "2020-03-31"),
        Column("根拠", "evidence", Kind.TEXT, "協定書や公式サイトなど。", "協定書"),
    ),
)


def _has(value: bool) -> str:
    return HAS if value else HAS_NOT


def _municipality_rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for place in Municipality.objects.existing().for_list().with_links(timezone.localdate(moment.at)).order_by("code"):
        linked: Any = place
        yield (
            place.code,
            place.prefecture.code,
            place.prefecture.name,
            place.name,
            place.name_kana,
            place.name_en,
            str(place.get_kind_display()),
            place.latitude,
            place.longitude,
            place.official_site,
            _has(linked.official_exchange),
            _has(linked.official_member),
            _has(linked.official_agreement),
        )


def _tie_rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for tie in WardTie.objects.official().for_open_data():
        yield (
            tie.ward.code,
            tie.ward.name,
            tie.municipality.code,
            tie.municipality.prefecture.name,
            tie.municipality.name,
            str(tie.get_kind_display()),
            tie.title,
            tie.starts_on,
            last_day(tie.ends_on),
            tie.evidence,
        )


MUNICIPALITIES = Dataset(
    "municipalities",
    "自治体",
    "全国の市区町村と、特別区とのつながりの有無。",
    (MUNICIPALITY_PROFILE,),
    _municipality_rows,
    lambda dataset, at: summary_of_all(Municipality.objects.existing(), dataset),
    Municipality,
    is_logged=True,
)
TIES = Dataset(
    "ties",
    "各区の交流",
    "特別区と自治体の友好都市、災害時応援協定などの交流。終わった交流も含みます。",
    (TIE_PROFILE,),
    _tie_rows,
    lambda dataset, at: summary_of_all(WardTie.objects.official(), dataset),
    WardTie,
    is_logged=True,
)
