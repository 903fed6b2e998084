"""Mail about what members write: to whom, about what, once, and without the text."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.core.approval import actions
from portal.core.models import Proposal
from tests.factories.municipalities import MemberPostFactory, MemberStaffFactory, WardFactory, WardStaffFactory
from tests.portal.members.writing_posts import the_post, write

pytestmark = pytest.mark.django_db


def sent_to(person):
    mails = [one for one in mail.outbox if one.to == [person.email]]
    return [one.subject.removeprefix("【特別区全国連携プロジェクト】") for one in mails]


def test_who_is_to_decide_gets_one_mail_without_the_text(member, secretary):
    ward = WardFactory()
    approver = WardStaffFactory(ward=ward, role="approver").user
    mail.outbox.clear()
    write(member, submit="1", addressed_to=ward.pk, body="CANARY の本文")
    assert sent_to(approver) == ["会員自治体から確認の依頼があります"]
    assert sent_to(secretary) == []
    assert "CANARY" not in "".join(one.body for one in mail.outbox)

    mail.outbox.clear()
    write(member, submit="1")
    assert (sent_to(secretary), sent_to(approver)) == (["会員自治体から確認の依頼があります"], [])


def test_the_writer_hears_of_each_decision_once(member, secretary):
    write(member, submit="1")
    post = the_post()
    mail.outbox.clear()
    actions.remand(proposal=Proposal.objects.open_for(post), by=secretary, comment="CANARY の理由")
    write(member, post, submit="1")
    actions.approve(proposal=Proposal.objects.open_for(post), by=secretary)
    actions.publish(proposal=Proposal.objects.open_for(post), by=secretary)
    post.refresh_from_db()
    actions.withdraw(record=post, by=secretary, explanation="募集が終わりました。")

    assert sent_to(member.person) == [
        "会員自治体の投稿：差し戻されました",
        "会員自治体の投稿：承認されました",
        "会員自治体の投稿：公開の手続きが済みました",
        "会員自治体の投稿：取り下げられました",
    ]
    told = [one for one in mail.outbox if one.to == [member.person.email]]
    assert all(f"/members/posts/{post.pk}/" in one.body for one in told)
    assert "CANARY の理由" not in "".join(one.body for one in told)


def test_who_left_the_municipality_hears_nothing(member, town, secretary):
    write(member, submit="1")
    MemberStaffFactory(municipality=town)
    post_held = member.person.member_posts.get()
    post_held.ends_on = timezone.localdate()
    post_held.save()
    mail.outbox.clear()

    actions.remand(proposal=Proposal.objects.open_for(the_post()), by=secretary, comment="理由")

    assert mail.outbox == []


def test_a_change_published_by_its_minute_is_told_too(member, town, secretary):
    post = MemberPostFactory(owner=town, kind="notice", title="前の題名")
    write(member, post, submit="1")
    proposal = Proposal.objects.open_for(post)
    actions.approve(proposal=proposal, by=secretary)
    later = timezone.now() + timedelta(hours=1)
    actions.publish(proposal=proposal, by=secretary, moment=later)
    mail.outbox.clear()

    assert actions.publish_due(at=later + timedelta(minutes=1)) == (1, [])

    assert len(sent_to(member.person)) == 1
