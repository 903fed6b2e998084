"""Deciding on an application: one membership, one user, one mail, whoever decides; and what is kept how long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from municipalities.models import Membership, MembershipApplication, MemberStaff, Municipality
from portal.core.invitations import Invitation, InvitationState, state_of
from portal.core.models import AuditEntry, OutgoingMail, User, Version
from portal.members.access import member_of
from portal.members.applications.actions import (
    approve,
    cancel,
    consent,
    expire_overdue,
    forget_ended,
    forget_unconfirmed,
    refuse,
)
from tests.factories.core import UserFactory
from tests.factories.municipalities import (
    MembershipApplicationFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
)
from tests.portal.members.signing_up import link_in, opened
from tests.reading import facts
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 11, 26), date(2026, 11, 25)
SITE = "https://portal.example"
CALLED = {"has_called_office": True}


@pytest.fixture
def secretary():
    return UserFactory(name="事務局太郎", is_staff=True)


@pytest.fixture
def application():
    return MembershipApplicationFactory(municipality=MunicipalityFactory(name="芽室町"), email="a@town.memuro.lg.jp")


def approved(application, by, **fields):
    return approve(**{"application": application, "by": by, "checks": CALLED, "site": SITE, "at": NOON} | fields)


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (User, MemberStaff, Membership, MembershipApplication, OutgoingMail, AuditEntry, Version)
    ]


def test_approval_makes_a_member_and_its_person_from_today(application, secretary, mailoutbox):
    user = approved(application, secretary, explanation="ようこそ。")
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.ended_at) == ("approved", secretary, NOON)
    assert (application.has_called_office, application.has_seen_document, application.user) == (True, False, user)
    membership = Membership.objects.get()
    assert (membership.municipality, membership.registered_on, membership.application, membership.is_demo) == (
        application.municipality,
        TODAY,
        application,
        False,
    )
    post = MemberStaff.objects.get()
    assert (post.user, post.department, post.phone, post.starts_on) == (user, "企画課", "0123-45-6789", TODAY)
    assert (user.email, user.name, user.is_staff, user.has_usable_password()) == (
        "a@town.memuro.lg.jp",
        "申込花子",
        False,
        False,
    )
    assert state_of(user, NOON) == InvitationState.PENDING
    assert (member_of(user, NOON).membership, member_of(user, NOON - timedelta(days=1))) == (membership, None)
    invitation, told = mailoutbox
    assert (invitation.to, told.to) == ([user.email], [user.email])
    assert link_in(invitation).startswith("/accounts/invitation/")
    assert told.subject == "【特別区全国連携プロジェクト】会員登録の申込みが承認されました"
    assert "別のメールで、招待をお送りします。" in told.body
    assert "ようこそ。" in told.body


def test_it_is_written_down_who_did_it(application, secretary):
    user = approved(application, secretary)
    entries = AuditEntry.objects.order_by("pk").values_list("action", "by", "object_id", "detail")
    assert list(entries) == [
        ("role", secretary.pk, str(user.pk), "会員自治体の担当者：芽室町"),
        ("approval", secretary.pk, str(application.pk), "会員登録の申込み：承認"),
    ]
    kept = Version.objects.order_by("pk").values_list("content_type__model", "kind", "made_by")
    assert list(kept) == [
        ("user", "added", secretary.pk),
        ("memberstaff", "added", secretary.pk),
        ("membership", "added", secretary.pk),
    ]


def test_the_count_of_members_rises_today_and_stays_what_it_was_yesterday(client, application, secretary):
    MembershipFactory()

    def counts():
        linked = Municipality.objects.linked
        return [linked("member", day, official=True).count() for day in (YESTERDAY, TODAY)]

    assert counts() == [1, 1]
    approved(application, secretary)
    assert counts() == [1, 2]
    shown = [client.get("/statistics/partners/", {"as_of": day, "set": "member"}) for day in (YESTERDAY, TODAY)]
    assert ["芽室町" in response.content.decode() for response in shown] == [False, True]


def test_a_user_without_work_is_taken_again(application, secretary, mailoutbox):
    known = UserFactory(email=application.email, name="芽室花子")
    MemberStaffFactory(user=known, ends_on=date(2026, 4, 1))
    assert approved(application, secretary) == known
    assert User.objects.filter(email=application.email).count() == 1
    assert MemberStaff.objects.in_force(TODAY).get().municipality == application.municipality
    (told,) = mailoutbox
    assert "いまのパスワードでサインインできます。" in told.body
    assert not Invitation.objects.exists()


def test_a_membership_in_force_stays_the_one(application, secretary):
    MembershipFactory(municipality=application.municipality)
    approved(application, secretary)
    assert Membership.objects.get().application is None


def test_a_member_that_left_begins_anew(application, secretary):
    MembershipFactory(municipality=application.municipality, withdrawn_on=TODAY)
    approved(application, secretary)
    assert sorted(Membership.objects.values_list("registered_on", "withdrawn_on")) == [
        (date(2015, 4, 1), TODAY),
        (TODAY, None),
    ]


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ({"is_staff": True}, "管理画面を使う職員のものです"),
        ({"is_active": False}, "無効にされています"),
        ({"has_post": True}, "この利用者は、同じ期間にすでに会員自治体の担当者です。"),
    ],
)
def test_who_cannot_be_admitted_is_told_and_nothing_changes(application, secretary, person, message):
    has_post = person.pop("has_post", False)
    user = UserFactory(email=application.email, **person)
    if has_post:
        MemberStaffFactory(user=user)
    before = everything()
    with pytest.raises(ValidationError, match=message):
        approved(application, secretary)
    assert everything() == before


def test_a_membership_that_is_to_begin_is_no_reason_for_a_second(application, secretary):
    MembershipFactory(municipality=application.municipality, registered_on=date(2027, 4, 1))
    before = everything()
    with pytest.raises(ValidationError, match="この自治体は、同じ期間にすでに会員です。"):
        approved(application, secretary)
    assert everything() == before


def test_nobody_is_approved_without_a_check(application, secretary):
    with pytest.raises(ValidationError, match="何で確かめたかを一つ以上選んでください。"):
        approved(application, secretary, checks={"has_called_office": False})
    application.refresh_from_db()
    assert application.state == "in_review"


def test_refusing_tells_why(application, secretary, mailoutbox):
    with pytest.raises(ValidationError, match="説明を書いてください。"):
        refuse(application=application, by=secretary, explanation=" ", site=SITE)
    refuse(application=application, by=secretary, explanation="自治体に確かめられませんでした。", site=SITE, at=NOON)
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.ended_at) == ("refused", secretary, NOON)
    (mail,) = mailoutbox
    assert "自治体に確かめられませんでした。" in mail.body
    assert link_in(mail) == "/members/signup/"
    assert not Membership.objects.exists()


ENDINGS = [
    approved,
    lambda application, by: consent(application=application, by=by, site=SITE),
    lambda application, by: refuse(application=application, by=by, explanation="説明", site=SITE),
    lambda application, by: cancel(application=application),
]


@pytest.mark.parametrize("state", ["unconfirmed", "approved", "refused", "cancelled", "expired"])
@pytest.mark.parametrize("end", ENDINGS)
def test_what_does_not_wait_cannot_be_decided(secretary, state, end):
    ended = {} if state == "unconfirmed" else {"ended_at": NOON}
    application = MembershipApplicationFactory(
        state=state, decided_by=secretary, explanation="説明", has_called_office=True, **ended
    )
    before = everything()
    with pytest.raises(ValidationError, match="この申込みの手続きは、すでに終わっています。"):
        end(application, secretary)
    assert everything() == before


def test_a_colleague_takes_in_without_a_new_membership(mailoutbox):
    colleague = MemberStaffFactory()
    application = MembershipApplicationFactory(
        municipality=colleague.municipality, state="awaiting_consent", is_joining=True
    )
    user = consent(application=application, by=colleague.user, site=SITE, at=NOON)
    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("approved", colleague.user)
    assert member_of(user, NOON).municipality == colleague.municipality
    assert not Membership.objects.exists()
    assert len(mailoutbox) == 2


ENDED = "この申込みの手続きは、すでに終わっています。"


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_at_once_make_one_member(application, secretary, mailoutbox):
    both = [secretary, UserFactory(is_staff=True)]
    works = [lambda by=by: approved(application, by) for by in both]
    assert at_once(works) == sorted(["done", ENDED])
    assert [model.objects.count() for model in (Membership, MemberStaff, Invitation)] == [1, 1, 1]
    assert User.objects.filter(email=application.email).count() == 1
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_of_one_municipality_at_once_make_one_member(application, secretary):
    other = MembershipApplicationFactory(municipality=application.municipality)
    works = [lambda asked=asked: approved(asked, secretary) for asked in (application, other)]
    assert at_once(works) == ["done", "done"]
    assert [model.objects.count() for model in (Membership, MemberStaff)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_one_person_of_two_municipalities_at_once_is_admitted_to_one(application, secretary):
    other = MembershipApplicationFactory(email=application.email)
    works = [lambda asked=asked: approved(asked, secretary) for asked in (application, other)]
    assert "done" in at_once(works)
    assert [model.objects.count() for model in (Membership, MemberStaff)] == [1, 1]
    assert sorted(MembershipApplication.objects.values_list("state", flat=True)) == ["approved", "in_review"]


@pytest.mark.django_db(transaction=True)
def test_approved_and_taken_back_at_once_it_is_one_of_both(application, secretary):
    works = [lambda: approved(application, secretary), lambda: cancel(application=application)]
    assert at_once(works) == sorted(["done", ENDED])
    application.refresh_from_db()
    assert Membership.objects.count() == (application.state == "approved")


def tidied(at):
    return forget_unconfirmed(at), expire_overdue(at), forget_ended(at)


def test_tidying_removes_expires_and_forgets_in_time(mailoutbox, secretary):
    def made(**fields):
        return MembershipApplicationFactory(**fields)

    day = timedelta(days=1)
    late = made(state="unconfirmed", requested_at=NOON - day, confirmed_at=None)
    in_time = made(state="unconfirmed", requested_at=NOON - day + timedelta(seconds=1), confirmed_at=None)
    long_ago = {"requested_at": NOON - 100 * day}
    overdue = made(confirmed_at=NOON - 90 * day, **long_ago)
    overdue_consent = made(confirmed_at=NOON - 95 * day, state="awaiting_consent", is_joining=True, **long_ago)
    waiting = made(confirmed_at=NOON - 90 * day + timedelta(seconds=1), **long_ago)
    old = made(state="refused", ended_at=NOON - 30 * day, decided_by=secretary, explanation="説明")
    young = made(state="cancelled", ended_at=NOON - 30 * day + timedelta(seconds=1))
    assert tidied(NOON) == (1, 2, 1)
    kept = {row.pk: row for row in MembershipApplication.objects.all()}
    assert late.pk not in kept
    assert {kept[row.pk].state for row in (overdue, overdue_consent)} == {"expired"}
    assert (kept[overdue.pk].ended_at, kept[overdue.pk].email) == (NOON, overdue.email)
    assert (kept[in_time.pk].state, kept[waiting.pk].state) == ("unconfirmed", "in_review")
    assert (kept[young.pk].name, kept[young.pk].forgotten_at) == ("申込花子", None)
    gone = kept[old.pk]
    assert (gone.name, gone.email, gone.phone, gone.department, gone.forgotten_at) == ("", "", "", "", NOON)
    assert (gone.municipality, gone.reference, gone.explanation) == (old.municipality, old.reference, "説明")
    assert sorted(mail.to for mail in mailoutbox) == sorted([[overdue.email], [overdue_consent.email]])
    assert "90日の間に決まらなかった" in mailoutbox[0].body
    # Once more, nothing is left to do.
    assert tidied(NOON) == (0, 0, 0)
    assert len(mailoutbox) == 2
    assert forget_ended(NOON + 30 * day) == 3


def test_the_command_says_what_it_did(capsys):
    MembershipApplicationFactory(requested_at=NOON - timedelta(days=9999), confirmed_at=NOON - timedelta(days=9998))
    call_command("tidy_applications")
    assert capsys.readouterr().out == "1件の申込みを期限切れとしました。\n"


def test_what_is_forgotten_is_not_found_by_its_number_any_more(client):
    gone = MembershipApplicationFactory(
        reference="7KX-M2P-QRA",
        state="cancelled",
        ended_at=NOON,
        forgotten_at=NOON,
        name="",
        department="",
        phone="",
        email="",
    )
    response = client.post(
        "/members/status/", {"reference": gone.reference, "email": "a@town.memuro.lg.jp", **opened()}
    )
    assert facts(response) == {}
