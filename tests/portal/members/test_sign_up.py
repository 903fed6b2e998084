"""Signing up: the municipality is found, who applies is looked through, and one mail leads on."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from municipalities.models import MembershipApplication
from portal.core.guard import stamp
from portal.core.models import OutgoingMail
from portal.core.references import new_reference
from portal.members.sign_up.actions import ask, confirm
from portal.members.sign_up.links import link_token, read_token
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.municipalities import (
    MembershipApplicationFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    WardFactory,
)
from tests.portal.members.signing_up import GIVEN, link_in, send, town
from tests.reading import facts, links, main_text, table
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
SITE = "https://portal.example"


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def applications():
    return list(MembershipApplication.objects.values_list("state", "email", "name"))


def answer_of(response):
    """All that a visitor can tell of an answer, but for what is another in each."""
    one_time = ("Content-Security-Policy", "X-Request-ID")
    headers = {name: value for name, value in response.items() if name not in one_time}
    return response.status_code, headers, response.content, response.cookies.keys()


def test_the_page_says_what_it_is_and_how_long_things_last(client):
    response = client.get("/members/")
    said = main_text(response)
    assert (response.status_code, english_on(response)) == (200, [])
    assert links(response)["会員登録を申し込む"] == "/members/signup/"
    assert "24時間以内に開き" in said
    assert "申込みから90日の間に決まらないとき" in said
    assert "30日後に消します" in said


@pytest.mark.parametrize("typed", ["芽室", "めむろ", "メムロ", "memuro", "{code}"])
def test_a_municipality_is_found_however_it_is_written(client, typed):
    place = town(name_en="Memuro Town")
    MunicipalityFactory(name="更別村", name_kana="さらべつむら", name_en="Sarabetsu Village")
    response = client.get("/members/signup/", {"q": typed.format(code=place.code)})
    rows = table(response, "選ぶと")
    assert rows[1:] == [["芽室町を選ぶ", "めむろちょう", "神奈川県", place.code]]
    assert links(response)["芽室町を選ぶ"] == f"/members/signup/{place.code}/"


def test_without_a_question_there_is_no_list(client):
    town()
    response = client.get("/members/signup/")
    assert "見つかった自治体" not in main_text(response)


@pytest.mark.parametrize("query", [{"q": "x" * 51}, {"prefecture": "99"}, {"q": "どこにもない町"}, {"q": "'\"<"}])
def test_a_bad_question_says_so(client, query):
    response = client.get("/members/signup/", query)
    assert response.status_code == 200


def test_wards_and_dissolved_ones_are_found_and_told_why_not(client):
    ward, gone = WardFactory(name="港区"), MunicipalityFactory(name="港町", dissolved_on=date(2005, 4, 1))
    response = client.get("/members/signup/", {"q": "港"})
    said = main_text(response)
    assert "廃止された自治体です。" in said
    assert "特別区は、会員を迎える側です。" in said
    assert not any("選ぶ" in label for label in links(response))
    for place, reason in ((ward, "特別区は、会員を迎える側です。"), (gone, "廃止された自治体です。")):
        for response in (client.get(f"/members/signup/{place.code}/"), send(client, place)):
            assert response.status_code == 400
            assert reason in main_text(response)
    assert applications() == []


def test_one_that_is_to_be_dissolved_may_still_sign_up(client, at_noon):
    place = town(dissolved_on=date(2027, 4, 1))
    assert client.get(f"/members/signup/{place.code}/").status_code == 200


@pytest.mark.parametrize("code", ["000000", "abc", "99999999"])
def test_there_is_no_page_for_what_is_no_municipality(client, code):
    assert client.get(f"/members/signup/{code}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"department": ""}, "所属：このフィールドは必須です。"),
        ({"name": " "}, "氏名：このフィールドは必須です。"),
        ({"phone": "でんわ"}, "電話番号：電話番号は、数字とハイフンで入れてください。"),
        ({"phone": "119"}, "電話番号：電話番号は、数字とハイフンで入れてください。"),
        ({"email": "kikaku"}, "メールアドレス：有効なメールアドレスを入力してください。"),
        ({"name": "あ" * 101}, "氏名：この値は 100 文字以下でなければなりません"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(client, given, message):
    response = send(client, town(), **given)
    html = response.content.decode()
    assert (response.status_code, english_on(response)) == (200, [])
    assert message in main_text(response)
    assert all(f'value="{value}"' in html for value in (GIVEN | given).values() if value.strip())
    assert applications() == []


@pytest.mark.parametrize(
    ("email", "kind", "words"),
    [
        ("kikaku@town.memuro.lg.jp", "自治体のドメイン（lg.jp）", "自治体のアドレスと分かりました。"),
        ("a@town.memuro.hokkaido.jp", "自治体のドメイン（地域型）", "自治体のアドレスと分かりました。"),
        ("a@memuro.example.jp", "登録済みの公式サイトのドメイン", "自治体のアドレスと分かりました。"),
        (
            "a@gmail.com",
            "その他のドメイン（手作業で確認）",
            "自治体の公表する電話番号や公文書で確かめてから承認します。",
        ),
    ],
)
def test_before_anything_is_sent_it_is_shown_with_what_the_address_is_taken_for(client, mailoutbox, email, kind, words):
    place = town(official_site="https://www.memuro.example.jp/")
    response = send(client, place, step="", email=email)
    assert facts(response) == {
        "自治体": ["神奈川県 芽室町"],
        "所属": ["企画財政課"],
        "氏名": ["芽室花子"],
        "電話番号": ["0155-62-9720"],
        "メールアドレス": [email],
        "アドレスの種類": [kind],
    }
    assert words in main_text(response)
    assert (applications(), mailoutbox) == ([], [])
    assert "no-store" in response.headers["Cache-Control"]


def test_what_was_looked_through_can_be_put_right(client):
    response = send(client, town(), step="change")
    assert 'value="芽室花子"' in response.content.decode()
    assert applications() == []


def test_full_width_signs_are_read(client):
    send(client, town(), phone="０１５５－６２−９７２０", email=" Kikaku＠Town.Memuro.lg.jp ")
    asked = MembershipApplication.objects.get()
    assert (asked.phone, asked.email) == ("0155-62-9720", "kikaku@town.memuro.lg.jp")


def test_a_mail_leads_to_the_button_and_nothing_of_the_link_is_kept(client, mailoutbox, no_worker, at_noon):
    send(client, town())
    asked = MembershipApplication.objects.get()
    assert (asked.state, asked.address_kind, asked.requested_at) == ("unconfirmed", "local_government", NOON)
    kept = str(list(OutgoingMail.objects.values()))
    assert link_token(asked.reference) not in kept
    assert "芽室花子" not in kept


def test_the_mail_says_until_when_and_names_nobody(client, mailoutbox, at_noon):
    send(client, town())
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["kikaku@town.memuro.lg.jp"],
        "【特別区全国連携プロジェクト】会員登録の申込み：メールアドレスの確認",
    )
    assert "期限は2026年11月27日 12:00です。" in mail.body
    assert "芽室花子" not in mail.body
    assert read_token(link_in(mail).split("/")[-2]) == MembershipApplication.objects.get().reference


def known(client, place):
    MemberStaffFactory(user=UserFactory(email=GIVEN["email"]), municipality=MunicipalityFactory())


def staff(client, place):
    UserFactory(email=GIVEN["email"], is_staff=True)


def with_people(client, place):
    MemberStaffFactory(municipality=place)


def waiting(client, place):
    send(client, place)


def in_review(client, place):
    MembershipApplicationFactory(municipality=place, email=GIVEN["email"])


def too_many(client, place):
    for _ in range(3):
        send(client, MunicipalityFactory())


@pytest.mark.parametrize("before", [known, staff, with_people, waiting, in_review, too_many])
def test_nobody_can_tell_what_is_known(client, at_noon, before):
    answers = [send(client, town())]
    MembershipApplication.objects.all().delete()
    OutgoingMail.objects.all().delete()
    place = MunicipalityFactory()
    before(client, place)
    answers.append(send(client, place))
    assert answer_of(answers[0]) == answer_of(answers[1])
    assert answers[0].headers["Location"] == reverse("member_signup_sent")


def test_the_page_after_it_is_one_for_all(client):
    response = client.get(reverse("member_signup_sent"))
    assert english_on(response) == []
    assert "24時間以内に、メールに書かれたアドレスを開いてください。" in main_text(response)


@pytest.mark.parametrize("before", [known, staff])
def test_whoever_has_an_account_is_told_so_by_mail_once_a_day(client, mailoutbox, at_noon, before):
    place = town()
    before(client, place)
    send(client, place)
    send(client, MunicipalityFactory())
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([GIVEN["email"]], "【特別区全国連携プロジェクト】会員登録の申込みについて")
    assert "すでに登録されています。新しい申込みは要りません。" in mail.body
    assert applications() == []


def test_somebody_whose_account_has_no_work_applies_as_others_do(client):
    MemberStaffFactory(user=UserFactory(email=GIVEN["email"]), ends_on=date(2026, 4, 1))
    send(client, town())
    assert applications() == [("unconfirmed", GIVEN["email"], "芽室花子")]


def test_whose_application_runs_already_is_told_its_number(client, mailoutbox):
    running = MembershipApplicationFactory(municipality=town(), email=GIVEN["email"])
    send(client, running.municipality)
    (mail,) = mailoutbox
    assert running.reference in mail.body
    assert len(applications()) == 1


def test_sent_twice_it_is_one_application_and_one_mail(client, mailoutbox, at_noon):
    place = town()
    send(client, place, name="芽室花個")
    at_noon.shift(timedelta(hours=23))
    send(client, place)
    assert applications() == [("unconfirmed", GIVEN["email"], "芽室花子")]
    assert len(mailoutbox) == 1
    at_noon.shift(timedelta(hours=1))
    send(client, place)
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_one_application_and_one_mail(mailoutbox):
    place = town()
    at_once([lambda: ask(municipality=place, given=GIVEN, site=SITE)] * 10)
    assert (len(applications()), len(mailoutbox)) == (1, 1)


def test_one_address_gets_three_links_at_most(client, mailoutbox):
    for _ in range(5):
        send(client, MunicipalityFactory())
    assert (len(mailoutbox), len(applications())) == (3, 3)


def test_machines_are_kept_out_without_a_puzzle(client):
    place = town()
    for given, message in (
        ({"homepage": "https://spam.example"}, "画面に表示しない欄に文字が入っていた"),
        ({"opened": stamp()}, "画面を開いてから送信までの時間が短すぎます。"),
        ({"opened": "x"}, "画面を開いてから時間がたっています。"),
    ):
        response = send(client, place, **given)
        assert response.status_code == 200
        assert message in main_text(response)
        assert 'value="芽室花子"' in response.content.decode()
    assert applications() == []


def test_ten_an_hour_may_come_from_one_place(client):
    for number in range(10):
        assert send(client, MunicipalityFactory(), email=f"a{number}@town.memuro.lg.jp").status_code == 302
    response = send(client, town())
    assert response.status_code == 429
    assert "短い時間に送信が続いたため、受付を止めています。" in main_text(response)
    assert len(applications()) == 10


def test_references_are_easy_to_read_out():
    references = [new_reference() for _ in range(200)]
    assert len(set(references)) == 200
    assert not set("".join(references)) & set("01OIabcdefghijklmnopqrstuvwxyz")
    assert {len(reference) for reference in references} == {11}


def test_asking_takes_time_as_it_is_told():
    place = town()
    ask(municipality=place, given=GIVEN, site=SITE, at=NOON - timedelta(days=3))
    asked = MembershipApplication.objects.get()
    confirmed = confirm(application=asked, site=SITE, at=NOON - timedelta(days=2, hours=1))
    assert (confirmed.state, confirmed.confirmed_at) == ("in_review", NOON - timedelta(days=2, hours=1))
