"""Fictional projects of the wards, over all fields and three fiscal years."""

from events.choices import ProjectField, Status
from events.models import WardProject
from portal.core.publishing import PublicationState
from portal.demo.writing import DemoWriter

PROJECTS = 30
TITLES = {
    ProjectField.TOURISM: ("ふるさと物産ひろば", "産地の味と手仕事を、区の催しで紹介します。"),
    ProjectField.INDUSTRY: ("仕事の出会いの場", "区と地域の会社を引き合わせ、新しい取引を生み出します。"),
    ProjectField.EDUCATION: ("子ども自然学校", "子どもたちが山や川で過ごし、土地の暮らしを学びます。"),
    ProjectField.CULTURE: ("郷土芸能の共演", "踊りやお囃子の担い手が、互いの舞台に立ちます。"),
    ProjectField.ENVIRONMENT: ("交流の森づくり", "区民が苗を植え、下草を刈り、森を一緒に守ります。"),
    ProjectField.DISASTER: ("防災の助け合い訓練", "物資の送り方と受け入れ方を、毎年一緒に確かめます。"),
    ProjectField.WELFARE: ("元気づくりの旅", "高齢の方が温泉のまちに滞在し、体を動かします。"),
    ProjectField.STAFF: ("職員の学び合い", "職員が一年間、互いの役所で働きます。"),
    ProjectField.OTHER: ("まちの記録の交換", "古い写真を持ち寄り、二つのまちの歩みを残します。"),
}


def write(writer: DemoWriter) -> None:
    for number in range(PROJECTS):
        _project(writer, number)
    writer.sourced(
        "project-draft",
        WardProject,
        ward=writer.ward(9),
        title="【デモ】CANARY-shinagawa-10 起案中の事業",
        field=ProjectField.TOURISM,
        summary="CANARY-shinagawa-11",
        dates={"fiscal_year": writer.days.fiscal_year + 1},
    )


def _project(writer: DemoWriter, number: int) -> None:
    """The n-th project: wards, fields and municipalities in turn, this year's still planned, one cancelled."""
    ward, field, years_ago = writer.wards[number * 7 % 23], list(TITLES)[number % len(TITLES)], number % 3
    prefectures = writer.prefecture_codes
    partners = [
        writer.municipality(prefectures[(number * 5 + step * 13) % len(prefectures)], number + step)
        for step in range(1 + number % 3)
    ]
    title, summary = TITLES[field]
    status = Status.HELD if years_ago else Status.PLANNED
    writer.sourced(
        f"project-{number + 1}",
        WardProject,
        ward=ward,
        title=f"【デモ】{ward.name}・{partners[0].name} {title}",
        field=field,
        status=Status.CANCELLED if number == PROJECTS - 1 else status,
        summary=f"{summary}（これは架空の事業です。）",
        url="https://example.jp/demo/project/",
        publication_state=PublicationState.PUBLISHED,
        links={"municipalities": partners},
        dates={
            "fiscal_year": writer.days.fiscal_year - years_ago,
            "publish_at": writer.days.moment(-10 - 365 * years_ago),
        },
    )
