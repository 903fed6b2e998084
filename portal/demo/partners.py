"""Fictional ties, members, companies and contacts. The municipalities are real rows; nothing said of them here is."""

from datetime import date, timedelta

from municipalities.choices import TieKind
from municipalities.models import Company, CompanyAgreement, Membership, Municipality, WardTie
from portal.core.models import ContactPoint
from portal.core.publishing import PublicationState
from portal.demo.writing import SOURCE, DemoWriter

TOKYO = "13"
TIES_PER_WARD = 5
MEMBERS = 59
# The member, counted from 1, that has not left but rests.
RESTING = 18
TITLES = {
    TieKind.SISTER: "友好交流の約束",
    TieKind.DISASTER: "災害時の助け合いに関する協定",
    TieKind.COOPERATION: "まちづくりの連携に関する協定",
    TieKind.OTHER: "子どもと地域の交流",
}


def write(writer: DemoWriter, companies: list[Company]) -> None:
    _contacts(writer)
    _ties(writer)
    _memberships(writer)
    _company_agreements(writer, companies)


def _contacts(writer: DemoWriter) -> None:
    for number, ward in enumerate(writer.wards, start=1):
        contact = writer.named(
            ContactPoint,
            {"organization": f"デモ区役所（{ward.name}）", "department": "全国連携担当（架空）"},
            phone=f"03-0000-{1000 + number}",
            email=f"renkei-{ward.code}@example.jp",
            url=f"https://example.jp/demo/{ward.code}/",
        )
        # A ward that names an office of its own keeps it.
        Municipality.objects.filter(pk=ward.pk, contact=None).update(contact=contact)


def _ties(writer: DemoWriter) -> None:
    """Five ties of each ward in five prefectures, some over; every fifth ward has one renewed and one of two kinds."""
    prefectures = [code for code in writer.prefecture_codes if code != TOKYO]
    kinds = list(TieKind)
    for w in range(len(writer.wards)):
        for t in range(TIES_PER_WARD):
            municipality = writer.municipality(prefectures[(w * 7 + t * 11) % len(prefectures)], w * 5 + t * 3)
            kind = kinds[(w + t) % len(kinds)]
            begins = date(1975 + (w * 7 + t * 11) % 40, (w + t) % 12 + 1, (w * 3 + t * 5) % 28 + 1)
            ends = begins.replace(year=begins.year + 6)
            is_renewed = t == 0 and w % 5 == 0
            is_over = is_renewed or (w + t) % 9 == 0
            is_unknown = t == 4 and w % 4 == 0 and not is_over
            name = f"tie-{w + 1}-{t + 1}"
            _tie(writer, name, w, municipality, kind, None if is_unknown else begins, ends if is_over else None)
            if is_renewed:
                _tie(writer, f"{name}-renewed", w, municipality, kind, ends, None)
                _tie(writer, f"{name}-second", w, municipality, kinds[(w + t + 1) % len(kinds)], ends, None)


def _tie(
    writer: DemoWriter,
    key: str,
    ward: int,
    municipality: Municipality,
    kind: TieKind,
    begins: date | None,
    ends: date | None,
) -> None:
    writer.sourced(
        key,
        WardTie,
        ward=writer.ward(ward + 1),
        municipality=municipality,
        kind=kind,
        title=f"【デモ】{writer.ward(ward + 1).name}・{municipality.name} {TITLES[kind]}（架空）",
        starts_on=begins,
        ends_on=ends,
        evidence=SOURCE,
    )


def member(writer: DemoWriter, number: int) -> Municipality:
    """The municipality of a demo member, by the number of the member from 1."""
    prefectures = writer.prefecture_codes
    round_, place = divmod(number - 1, len(prefectures))
    prefecture = prefectures[(place * (1 + 3 * round_)) % len(prefectures)]
    return writer.municipality(prefecture, (number - 1) * 3 + round_)


def _memberships(writer: DemoWriter) -> None:
    """One member in each prefecture, then more; every twelfth has left, but one of these is back, and one rests."""
    for m in range(MEMBERS):
        municipality = member(writer, m + 1)
        registered = date(2014, 12, 1) + timedelta(days=37 * m)
        withdrawn = registered + timedelta(days=1200) if m % 12 == 5 else None
        writer.sourced(
            f"member-{m + 1}",
            Membership,
            municipality=municipality,
            registered_on=registered,
            withdrawn_on=withdrawn,
            ended_by_suspension=m + 1 == RESTING,
        )
        if m == 5:
            again = registered + timedelta(days=1500)
            writer.sourced(f"member-{m + 1}-again", Membership, municipality=municipality, registered_on=again)


def _company_agreements(writer: DemoWriter, companies: list[Company]) -> None:
    store, railway = companies
    writer.sourced(
        "company-store",
        CompanyAgreement,
        company=store,
        title=f"{store.name}との包括連携協定",
        signed_on=date(2022, 6, 1),
        fields_of_cooperation="各地の産品の販売\n魅力発信イベントの会場の提供\n買い物を通した防災の啓発",
        summary="架空の協定です。店内の催し場で各地の産品を紹介し、暮らしの中で地域を知る機会をつくります。",
        dates={"publish_at": writer.days.moment(-300)},
        publication_state=PublicationState.PUBLISHED,
    )
    writer.sourced(
        "company-railway",
        CompanyAgreement,
        company=railway,
        title=f"{railway.name}との包括連携協定",
        signed_on=date(2023, 10, 2),
        ends_on=date(2033, 10, 2),
        fields_of_cooperation="駅での観光案内\n企画乗車券による往来の促進\n広報紙とポスターの掲出",
        summary="架空の協定です。駅と列車を使い、地域を訪ねる人を増やす取組を進めます。",
        dates={"publish_at": writer.days.moment(-200)},
        publication_state=PublicationState.PUBLISHED,
    )
    writer.sourced(
        "company-draft",
        CompanyAgreement,
        company=railway,
        title="【デモ】CANARY-secretariat-1 準備中の協定",
        signed_on=date(2024, 4, 1),
        fields_of_cooperation="CANARY-secretariat-2",
        summary="CANARY-secretariat-3 公開前の協定の文案です。",
    )
