"""disaster-support.csv: what the wards gave, one line for each kind of support."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

from disaster_support.choices import Giver, SupportKind
from disaster_support.models import Disaster, SupportRecord
from events.profiles import Column, Kind, Profile
from portal.open_data.dataset import Dataset, Moment, summary_of_published

CUMULATIVE = {True: "累積", False: "単独", None: ""}

PROFILE = Profile(
    "disaster-support",
    "被災地支援の記録",
    "1.1",
    "特別区全国連携プロジェクト",
    (
        Column("災害番号", "disaster", Kind.WHOLE_NUMBER, "災害を特定する番号。変わりません。", "1", True),
        Column("災害名", "name", Kind.TEXT, "災害の名称。", "東日本大震災", True),
        Column("発生日", "first_day", Kind.DAY, "発生した日。資料に記載がなければ空欄です。", "2011-03-11"),
        Column("終息日", "last_day", Kind.DAY, "終息した日。資料に記載がなければ空欄です。", ""),
        Column("順番", "order", Kind.WHOLE_NUMBER, "同じ災害の中での順番。", "1", True),
        Column("種類", "kind", Kind.CHOICE, "・".join(map(str, SupportKind.labels)) + "のいずれか。", "義援金", True),
        Column("主体", "giver", Kind.CHOICE, "・".join(map(str, Giver.labels)) + "のいずれか。", "23区共同", True),
        Column("金額", "amount_yen", Kind.WHOLE_NUMBER, "金額（円）。お金でない支援は空欄です。", "1000000"),
        Column("人数", "people", Kind.WHOLE_NUMBER, "派遣した職員（人）。記載がなければ空欄です。", "111"),
        Column("内容", "description", Kind.TEXT, "金額でも人数でもない支援の内容。", "救援物資による支援"),
        Column("現在日", "as_of", Kind.DAY, "いつ現在の数か。資料に記載がなければ空欄です。", "2021-03-31"),
        Column("区", "ward", Kind.TEXT, "一つの区の支援であれば、その区。", "港区"),
        Column("品目", "item", Kind.TEXT, "物資や車両の品目。", "飲料水"),
        Column("数量", "quantity", Kind.WHOLE_NUMBER, "物資や車両の数量。記載がなければ空欄です。", "1200"),
        Column("単位", "unit", Kind.TEXT, "数量の単位。", "本"),
        Column("職種", "job", Kind.TEXT, "派遣した職員の職種や業務。", "保健師"),
        Column("派遣の状態", "dispatch_state", Kind.CHOICE, "予定・派遣中・既派遣のいずれか。", "既派遣"),
        Column("累積", "is_cumulative", Kind.CHOICE, "累積・単独のいずれか。記載がなければ空欄です。", "累積"),
    ),
)


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for disaster in Disaster.objects.published(moment.at).official().for_list().order_by("pk"):
        records = [record for record in disaster.support_records.all() if not record.is_demo]
        for position, record in enumerate(records, start=1):
            yield (disaster.pk, disaster.name, disaster.first_day, disaster.last_day, position, *_support(record))


def _support(record: SupportRecord) -> tuple[Any, ...]:
    return (
        str(record.get_kind_display()),
        str(record.get_giver_display()),
        record.amount_yen,
        record.people,
        record.description,
        record.as_of,
        record.ward.name if record.ward else "",
        record.item,
        record.quantity,
        record.unit,
        record.job,
        str(record.get_dispatch_state_display()),
        CUMULATIVE[record.is_cumulative],
    )


def _lines(public: Q) -> Combinable:
    return Count("support_records", filter=public & Q(support_records__is_demo=False))


def _summary(dataset: str, at: datetime) -> QuerySet:
    return summary_of_published(Disaster.objects.official(), dataset, at, _lines)


DISASTER_SUPPORT = Dataset(
    "disaster-support",
    "被災地支援",
    "特別区が行った義援金、災害見舞金、職員派遣などの支援。種類の違うお金は合計できません。",
    (PROFILE,),
    _rows,
    _summary,
    Disaster,
)
