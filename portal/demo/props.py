"""What the fictional records share and call by name: pictures, papers, venues, companies, an office."""

from typing import Any, NamedTuple

from events.models import Venue
from municipalities.models import Company, Ward
from portal.core.models import Attachment, ContactPoint, Image
from portal.demo import pictures
from portal.demo.plans import Plan, read
from portal.demo.writing import DemoWriter

PLANS = ("events", "exhibitions", "notices", "members")


class Props(NamedTuple):
    images: dict[str, Image]
    papers: dict[str, Attachment]
    venues: dict[str, Venue]
    companies: list[Company]
    contact: ContactPoint

    def files_of(self, plan: Plan) -> dict[str, list[Any]]:
        """The pictures and papers that a plan names."""
        return {
            "images": [self.images[name] for name in plan.get("images", [])],
            "attachments": [self.papers[title] for title in plan.get("attachments", [])],
        }

    def report_files_of(self, plan: Plan) -> dict[str, list[Any]]:
        """The pictures and papers that a plan names for the report."""
        return {
            "report_images": [self.images[name] for name in plan.get("report_images", [])],
            "report_attachments": [self.papers[title] for title in plan.get("report_attachments", [])],
        }

    def venue_of(self, plan: Plan) -> Venue | None:
        return self.venues.get(plan.get("venue", ""))

    def contact_of(self, plan: Plan) -> ContactPoint | None:
        return self.contact if plan.get("contact") else None


def write(writer: DemoWriter) -> Props:
    contents = {title: paper for name in PLANS for title, paper in read(name)["attachments"].items()}
    return Props(
        images=pictures.gallery(writer),
        papers=pictures.papers(writer, contents),
        venues=_venues(writer),
        companies=_companies(writer),
        contact=_office(writer),
    )


def _companies(writer: DemoWriter) -> list[Company]:
    return [
        writer.named(Company, {"name": name}, official_site=f"https://example.jp/demo/{slug}/")
        for name, slug in (("【デモ】架空百貨株式会社", "store"), ("【デモ】架空鉄道株式会社", "railway"))
    ]


def _office(writer: DemoWriter) -> ContactPoint:
    office = {"organization": "デモ連携事務局（架空）", "department": "全国連携担当（架空）"}
    return writer.named(
        ContactPoint, office, phone="03-0000-0000", email="renkei@example.jp", url="https://example.jp/demo/"
    )


def _venues(writer: DemoWriter) -> dict[str, Venue]:
    """Three venues in wards and one online."""
    places = (
        ("plaza", "【デモ】全国連携プラザ（架空）", 1, "架空の駅から徒歩3分です。"),
        ("hall", "【デモ】しながわ交流ホール（架空）", 9, "架空の駅から徒歩8分です。"),
        ("park", "【デモ】めぐろ青空広場（架空）", 10, "架空のバス停の前です。"),
    )
    venues = {key: _venue(writer, name, writer.ward(ward), access) for key, name, ward, access in places}
    online = {"name": "【デモ】オンライン会場（架空）"}
    return {**venues, "online": writer.named(Venue, online, is_online=True, url="https://example.jp/demo/online/")}


def _venue(writer: DemoWriter, name: str, ward: Ward, access: str) -> Venue:
    return writer.named(
        Venue,
        {"name": name},
        municipality=ward,
        postal_code="000-0000",
        address=f"東京都{ward.name}デモ町（架空）",
        address_detail="架空ビル1階",
        access=access,
        parking="ありません。公共の交通機関をご利用ください。",
        bicycle_parking="20台",
        barrier_free="段差のない入口、車いすで使えるトイレ、筆談の用意があります。",
        url="https://example.jp/demo/venue/",
    )
