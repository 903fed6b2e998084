"""What the project says of itself: aims, prospectus, policy, plan."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from portal.models import Aim, FoundingDocument, PlanItem, PolicyDocument
from tests.factories.core import SourceNoteFactory
from tests.factories.portal import AimFactory, FoundingDocumentFactory, PlanItemFactory, PolicyDocumentFactory
from tests.reading import texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_content_types():
    """Looked up once in the life of a process; not part of a page's own queries."""
    ContentType.objects.get_for_models(Aim, FoundingDocument, PlanItem, PolicyDocument)


@pytest.fixture
def html(client):
    return lambda address: client.get(address).content.decode()


def in_order(html, *words):
    positions = [html.index(word) for word in words]
    return positions == sorted(positions)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/about/", "目的はまだ登録されていません。"),
        ("/about/prospectus/", "趣意書はまだ登録されていません。"),
        ("/about/history/", "経緯はまだ登録されていません。"),
        ("/about/policy/", "国の文書はまだ登録されていません。"),
        ("/about/plan/", "今後の展開はまだ登録されていません。"),
    ],
)
def test_an_empty_page_says_what_is_missing(html, address, message):
    assert message in html(address)


def test_the_overview_gives_purpose_aims_and_the_way_on(html):
    AimFactory(number=2, title="地域課題の克服", summary="足りないところを補い合います。")
    AimFactory(number=1, title="元気創造")
    FoundingDocumentFactory(title="趣意書", issuer="特別区長会", issued_on=date(2014, 9, 16))
    page = html("/about/")

    assert in_order(page, "元気創造", "地域課題の克服", "足りないところを補い合います。")
    assert '特別区長会が<time datetime="2014-09-16">平成26年9月16日</time>に出した趣意書' in page
    for name in ("prospectus", "history", "policy", "plan"):
        assert f'href="/about/{name}/"' in page


def test_the_prospectus_has_date_issuer_summary_and_aims(html):
    FoundingDocumentFactory(tagline="日本の元気づくり", summary="ともに発展するための取組です。")
    FoundingDocumentFactory(slug="another", title="別の文書")
    AimFactory(title="信頼関係の強化")
    page = html("/about/prospectus/")

    assert '<time datetime="2014-09-16">平成26年9月16日</time>' in page
    assert "</time>　特別区長会</p>" in page
    assert "日本の元気づくり" in page
    assert in_order(page, ">要約</h3>", "公式の文ではありません。", "ともに発展するための取組です。", "信頼関係の強化")
    assert "公式の全文は、まだ掲載していません。" in page
    assert "別の文書" not in page


def test_the_official_text_is_shown_once_it_is_entered(html):
    FoundingDocumentFactory(official_text="一行目。\n二行目。<b>")
    page = html("/about/prospectus/")

    assert "<p>一行目。<br>二行目。&lt;b&gt;</p>" in page
    assert "まだ掲載していません" not in page


def test_each_line_of_the_paper_is_named_once(html):
    for number in (1, 2):
        SourceNoteFactory(record=AimFactory(number=number), line=10, as_printed="目的の行", reason="")
    SourceNoteFactory(
        record=FoundingDocumentFactory(), line=3, as_printed="趣意書の行", reason="日付は末尾にあります。"
    )
    page = html("/about/prospectus/")

    assert page.count("目的の行") == 1
    assert in_order(page, "（3行目）", "趣意書の行", "※ 日付は末尾にあります。", "（10行目）", "目的の行")


def test_policy_documents_stand_in_order_with_their_month(html):
    PolicyDocumentFactory(name="基本方針２０２１", decided_year=2021, decided_month=6)
    PolicyDocumentFactory(name="総合戦略", decided_year=2017, decided_month=12)
    page = html("/about/policy/")

    assert "次の2件の文書" in page
    assert in_order(page, "平成29年12月", "総合戦略", "令和3年6月", "基本方針２０２１")
    assert '<time datetime="2017-12">平成29年12月</time>' in page
    assert "での位置づけ" not in page


def test_where_the_project_stands_in_a_document(client):
    document = PolicyDocumentFactory(
        name="基本方針２０２１",
        decided_year=2021,
        decided_month=6,
        location="第３章\n（２）地方とのつながりの構築",
        summary="魅力を伝える催しを進めます。",
        ministries="内閣府",
    )
    response = client.get("/about/policy/")
    page = response.content.decode()

    assert f'<h2 id="policy-{document.pk}">「基本方針２０２１」での位置づけ</h2>' in page
    assert f'href="#policy-{document.pk}"' in page
    assert texts(response, "policy-document__step") == ["第３章", "（２）地方とのつながりの構築"]
    assert in_order(page, "魅力を伝える催しを進めます。", "内閣府")


@pytest.mark.parametrize("extra", [{"location": "第３章"}, {"summary": "要点"}])
def test_a_document_may_be_known_in_part(html, extra):
    PolicyDocumentFactory(**extra)
    page = html("/about/policy/")

    assert next(iter(extra.values())) in page
    assert "担当府省" not in page


def test_the_plan_is_grouped_by_heading_in_its_order(html):
    PlanItemFactory(heading="情報発信", title="ホームページの充実", listing_order=3)
    PlanItemFactory(heading="事業の展開", title="シンポジウム", listing_order=1, summary="開催を続けます。")
    PlanItemFactory(heading="事業の展開", title="魅力の発信", listing_order=2)
    SourceNoteFactory(record=PlanItemFactory(listing_order=4, heading="情報発信"), as_printed="計画の行")
    page = html("/about/plan/")

    assert in_order(
        page, "事業の展開", "シンポジウム", "開催を続けます。", "魅力の発信", "情報発信", "ホームページの充実"
    )
    assert page.count("<h2 id=") == 3
    assert "計画の行" in page


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(
    ("address", "queries"), [("/about/", 4), ("/about/prospectus/", 4), ("/about/policy/", 2), ("/about/plan/", 2)]
)
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, address, queries, rows):
    FoundingDocumentFactory()
    for number in range(rows):
        for factory in (AimFactory, PlanItemFactory):
            SourceNoteFactory(record=factory())
        SourceNoteFactory(record=PolicyDocumentFactory(decided_year=2020 + number, location="第１章"))

    with django_assert_num_queries(queries):
        client.get(address)
