"""The columns of the table of ward projects, the same for the way out and the way in."""

from events.choices import ProjectField, Status
from portal.core.importing.columns import Column, Kind, Profile

_FIELDS = "、".join(str(label) for label in ProjectField.labels)
_STATUSES = "、".join(str(label) for label in Status.labels)

PROJECTS = Profile(
    "ward-projects",
    "各区事業の表",
    "1.0",
    "各区事業",
    (
        Column(
            "番号",
            "number",
            Kind.WHOLE_NUMBER,
            "事業を特定する番号。新しい事業は空欄にします。空欄のときは、区・年度・事業名が同じ事業とみなします。",
            "12",
        ),
        Column("区", "ward", Kind.TEXT, "事業を行う特別区の名称か団体コード。", "新宿区", is_required=True),
        Column(
            "年度", "fiscal_year", Kind.WHOLE_NUMBER, "年度（西暦。4月から翌年3月まで）。", "2020", is_required=True
        ),
        Column("事業名", "title", Kind.TEXT, "事業の名称（200文字まで）。", "森の教室（架空の例）", is_required=True),
        Column("分野", "field", Kind.CHOICE, f"{_FIELDS}のいずれか。", "環境・森林"),
        Column(
            "連携自治体",
            "municipalities",
            Kind.TEXT,
            "連携する自治体の団体コードと名称。「、」で区切ります。取り込むときは、どちらか一方でも読めます。",
            "042081 角田市、012025 函館市",
        ),
        Column("実施状況", "status", Kind.CHOICE, f"{_STATUSES}のいずれか。", "予定"),
        Column("概要", "summary", Kind.TEXT, "事業の概要。", "小学生が森を訪ねます。"),
        Column("URL", "url", Kind.URL, "事業のホームページ。", "https://www.example.jp/mori"),
        Column("更新日", "updated_on", Kind.DAY, "最後に更新した日。取り込むときは使いません。", "2021-02-10"),
    ),
)
