"""The agreements with companies."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.core import SourceNoteFactory
from tests.factories.events import EventRoleFactory
from tests.factories.municipalities import CompanyAgreementFactory, CompanyFactory

pytestmark = pytest.mark.django_db

URL = "/agreements/companies/"
HIDDEN = [
    ({"publication_state": "draft"}, 404),
    ({"publish_at": datetime(2199, 1, 1, tzinfo=UTC)}, 404),
    ({"publication_state": "withdrawn"}, 410),
]


def test_public_agreements_are_listed_the_newest_first(client):
    old = CompanyAgreementFactory(signed_on=date(2018, 4, 1), ends_on=date(2020, 4, 1))
    new = CompanyAgreementFactory(is_demo=True)
    for extra, _ in HIDDEN:
        CompanyAgreementFactory(**extra)

    response = client.get(URL)
    html = response.content.decode()

    assert list(response.context["page"]) == [new, old]
    assert "令和2年3月31日" in html
    assert html.count('data-variant="demo"') == 1


def test_an_empty_list_explains_itself(client):
    CompanyAgreementFactory(publication_state="draft")
    html = client.get(URL).content.decode()

    assert "掲載している協定は、まだありません。" in html
    assert "<table" not in html


def test_an_agreement_shows_company_day_and_fields(client):
    company = CompanyFactory(name="架空鉄道株式会社", official_site="https://company.example.jp/")
    agreement = CompanyAgreementFactory(
        company=company, fields_of_cooperation="観光\n防災", summary="概要の文です。", is_demo=True
    )
    SourceNoteFactory(record=agreement, reason="注記の文です。")
    html = client.get(agreement.get_absolute_url()).content.decode()

    assert f"<h1>{agreement.title}</h1>" in html
    assert '<a href="https://company.example.jp/">架空鉄道株式会社</a>' in html
    assert "平成31年4月1日（月曜日）" in html
    assert "観光<br>防災" in html
    assert "概要の文です。" in html
    assert "※ 注記の文です。" in html
    assert 'data-variant="demo"' in html


def test_what_is_not_known_is_called_unknown(client):
    html = client.get(CompanyAgreementFactory().get_absolute_url()).content.decode()

    assert "<dd>不明</dd>" in html


@pytest.mark.parametrize(("extra", "status"), HIDDEN)
def test_an_agreement_that_is_not_public_is_not_shown(client, extra, status):
    agreement = CompanyAgreementFactory(company=CompanyFactory(name="秘密株式会社"), title="秘密", **extra)

    response = client.get(agreement.get_absolute_url())

    assert response.status_code == status
    assert "秘密株式会社" not in response.content.decode()


def test_an_unknown_agreement_and_an_unknown_page_are_not_found(client):
    assert client.get(f"{URL}1/").status_code == 404
    assert client.get(URL, {"page": 2}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    agreements = [CompanyAgreementFactory() for _ in range(rows)]

    with django_assert_num_queries(2):
        client.get(URL)
    for _ in range(rows):
        EventRoleFactory(name="", company=agreements[0].company)
    with django_assert_num_queries(3):
        client.get(agreements[0].get_absolute_url())
