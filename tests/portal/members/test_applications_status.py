"""Where an application stands: told to whoever knows both its number and its address, and taken back there."""

from datetime import UTC, datetime

import pytest

from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipApplicationFactory
from tests.portal.members.signing_up import opened
from tests.reading import facts, links, main_text

pytestmark = pytest.mark.django_db

PAGE = "/members/status/"
NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
ENDED = {"ended_at": NOON}


@pytest.fixture
def application():
    return MembershipApplicationFactory(reference="7KX-M2P-QRA", email="kikaku@town.memuro.lg.jp")


def ask(client, reference="7KX-M2P-QRA", email="kikaku@town.memuro.lg.jp", **data):
    return client.post(PAGE, {"reference": reference, "email": email, **opened(), **data})


@pytest.mark.parametrize("reference", ["7KX-M2P-QRA", "7kxm2pqra", " ７ＫＸ‐Ｍ２Ｐ‐ＱＲＡ ", "7kx m2p qra"])
def test_it_is_found_however_its_number_is_typed(client, application, reference):
    response = ask(client, reference, "KIKAKU@town.memuro.lg.jp")
    assert (response.status_code, english_on(response)) == (200, [])
    assert facts(response)["状態"] == ["確認中"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("reference", "email"),
    [
        ("7KX-M2P-QRB", "kikaku@town.memuro.lg.jp"),
        ("7KX-M2P-QRA", "other@town.memuro.lg.jp"),
        ("MMM-MMM-MMM", "young@town.memuro.lg.jp"),
        ("x", "kikaku@town.memuro.lg.jp"),
    ],
)
def test_a_pair_that_does_not_match_is_always_answered_the_same(client, application, reference, email):
    MembershipApplicationFactory(
        reference="MMM-MMM-MMM", email="young@town.memuro.lg.jp", state="unconfirmed", confirmed_at=None
    )
    response = ask(client, reference, email)
    assert response.status_code == 200
    assert "この受付番号とメールアドレスの組合せの申込みは見つかりません。" in main_text(response)
    assert facts(response) == {}


@pytest.mark.parametrize(("reference", "email"), [("", ""), ("！", "x"), ("7" * 30, "a@b"), ("7KX-M2P-QRA", "")])
def test_bad_input_is_told(client, application, reference, email):
    response = ask(client, reference, email)
    assert response.status_code == 200
    assert "入力内容をご確認ください" in main_text(response)


@pytest.mark.parametrize(
    ("fields", "state", "following"),
    [
        ({}, "確認中", "事務局が内容を確かめています。お電話することがあります。2027年2月18日までに"),
        ({"state": "awaiting_consent", "is_joining": True}, "同意待ち", "いまの担当者の方に、同意をお願いしています。"),
        ({"state": "approved", "has_called_office": True, **ENDED}, "承認", "招待のメールのアドレスを開き"),
        ({"state": "refused", "explanation": "確認できませんでした。", **ENDED}, "見送り", "もう一度申し込む"),
        ({"state": "cancelled", **ENDED}, "申込みの取消し", "もう一度申し込む"),
        ({"state": "expired", **ENDED}, "期限切れ", "もう一度申し込む"),
    ],
)
def test_each_state_is_told_with_what_comes_next(client, fields, state, following):
    application = MembershipApplicationFactory(reference="7KX-M2P-QRA", decided_by=UserFactory(), **fields)
    response = ask(client, application.reference, application.email)
    said = facts(response)
    assert (said["状態"], english_on(response)) == ([state], [])
    assert following in said["これから"][0]
    assert said.get("説明") == ([fields["explanation"]] if "explanation" in fields else None)
    assert ("申込みを取り消す" in main_text(response)) == (state in ("確認中", "同意待ち"))


def test_it_is_taken_back_after_asking_once_more(client, application, mailoutbox):
    response = ask(client, step="ask")
    assert "この申込みを取り消しますか。" in main_text(response)
    application.refresh_from_db()
    assert application.state == "in_review"
    response = ask(client, step="cancel")
    application.refresh_from_db()
    assert (application.state, application.ended_at is None) == ("cancelled", False)
    assert facts(response)["状態"] == ["申込みの取消し"]
    response = ask(client, step="cancel")
    assert "この申込みの手続きは、すでに終わっています。" in main_text(response)
    assert links(response)["もう一度申し込む"] == "/members/signup/"


def test_nothing_can_be_taken_back_without_the_address(client, application):
    ask(client, email="other@town.memuro.lg.jp", step="cancel")
    application.refresh_from_db()
    assert application.state == "in_review"


def test_neither_number_nor_address_is_read_from_the_page_s_own_address(client, application):
    response = client.get(PAGE, {"reference": "7KX-M2P-QRA", "email": "kikaku@town.memuro.lg.jp"})
    assert facts(response) == {}


def test_who_asked_too_often_learns_nothing_more(client, application):
    for _ in range(20):
        ask(client, "MMM-MMM-MMM")
    for reference in ("MMM-MMM-MMM", application.reference):
        response = ask(client, reference)
        assert response.status_code == 429
        assert "受付を止めています。" in main_text(response)
        assert "見つかりません" not in main_text(response)
        assert facts(response) == {}
