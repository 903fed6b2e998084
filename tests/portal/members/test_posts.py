"""A member's posts: written, reviewed, sent back, published; and nobody else's business until then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import MemberPost
from portal.core.approval import actions
from portal.core.models import AuditEntry, Proposal, Version
from tests.factories.municipalities import (
    MemberPostFactory,
    WardFactory,
)
from tests.portal.members.writing_posts import ADD, TYPED, page, said, the_post, write

pytestmark = pytest.mark.django_db


def test_a_draft_is_the_municipality_s_own_and_no_more_than_a_draft(member, town, client):
    response = write(member)

    post = the_post()
    assert (post.owner, post.publication_state, post.title) == (town, "draft", TYPED["title"])
    assert said(response) == ["下書きを保存しました。公開するには、確認に出してください。"]
    assert response.context["way"].stage == "draft"
    assert Version.objects.of(post).count() == 1
    assert client.get(post.get_absolute_url()).status_code == 404
    assert TYPED["title"] not in client.get("/posts/").content.decode()


def test_what_is_sent_to_review_becomes_public_when_others_approve_it(member, secretary, client):
    response = write(member, submit="1")
    assert said(response) == ["確認に出しました。結果はメールでお知らせします。"]

    proposal = Proposal.objects.open_for(the_post())
    actions.approve(proposal=proposal, by=secretary)
    actions.publish(proposal=proposal, by=secretary)

    shown = client.get(the_post().get_absolute_url())
    assert shown.status_code == 200
    assert "田んぼの仕事" in shown.content.decode()
    assert member.get(page(the_post())).context["way"].stage == "public"


def test_under_review_it_is_read_only_until_it_is_taken_back(member):
    write(member, submit="1")
    post = the_post()

    response = write(member, post, title="書き換え")
    assert "その間に手続きが進んだ" in response.content.decode()
    assert (the_post().title, "sheet" in response.context) == (TYPED["title"], False)

    told = member.post(page(post, "step"), {"step": "taken_back"}, follow=True)
    assert said(told) == ["取り戻しました。内容を直せます。"]
    write(member, post, title="書き換え")
    assert the_post().title == "書き換え"


def test_what_was_sent_back_says_why_until_it_goes_on(member, secretary):
    write(member, submit="1")
    post = the_post()
    actions.remand(proposal=Proposal.objects.open_for(post), by=secretary, comment="申込みの期限を書いてください。")

    response = member.get(page(post))
    html = response.content.decode()
    assert response.context["way"].stage == "remanded"
    assert html.index("申込みの期限を書いてください。") < html.index('<form class="form"')
    assert "事務局の職員" not in html

    write(member, post, body="期限は3月末です。", submit="1")
    assert member.get(page(post)).context["way"].answer == ""


def test_what_those_who_decide_write_to_each_other_is_not_shown(member, secretary):
    write(member, submit="1")
    actions.approve(proposal=Proposal.objects.open_for(the_post()), by=secretary, comment="局長も了承済みです。")

    html = member.get(page(the_post())).content.decode()
    assert "局長も了承済みです。" not in html
    assert "承認" in html


def test_the_public_text_stays_until_its_change_is_approved(member, town, secretary, client):
    post = MemberPostFactory(owner=town, kind="notice", title="前の題名", body="前の本文")
    write(member, post, title="新しい題名", submit="1")

    address = post.get_absolute_url()
    assert "前の題名" in client.get(address).content.decode()
    assert "新しい題名" in member.get(page(post, "preview")).content.decode()
    assert "新しい題名" not in client.get(address).content.decode()

    proposal = Proposal.objects.open_for(post)
    actions.approve(proposal=proposal, by=secretary)
    actions.publish(proposal=proposal, by=secretary)
    assert "新しい題名" in client.get(address).content.decode()


def test_a_change_is_given_up_by_its_button_and_by_writing_the_public_text_again(member, town):
    post = MemberPostFactory(owner=town, kind="notice", title="題名", body="本文")
    for give_up in (
        lambda: member.post(page(post, "step"), {"step": "dropped"}),
        lambda: write(member, post, title="題名", body="本文"),
    ):
        write(member, post, title="新しい題名", body="本文")
        assert Proposal.objects.open_for(post).state == "draft"
        give_up()
        assert Proposal.objects.open_for(post) is None
    assert the_post().title == "題名"


def test_what_waits_for_its_day_and_is_written_anew_is_reviewed_anew(member, secretary, client):
    write(member, submit="1")
    proposal = Proposal.objects.open_for(the_post())
    actions.approve(proposal=proposal, by=secretary)
    tomorrow = timezone.now() + timedelta(days=1)
    actions.publish(proposal=proposal, by=secretary, moment=tomorrow)
    assert member.get(page(the_post())).context["way"].stage == "scheduled"

    write(member, the_post(), title="確認されていない題名", publish_at_0=f"{tomorrow:%Y-%m-%d}", publish_at_1="23:59")

    assert the_post().publication_state == "draft"
    assert not the_post().is_public(tomorrow + timedelta(days=30))


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"title": ""}, "title", "このフィールドは必須です。"),
        ({"kind": "event"}, "kind", None),
        ({"body": "", "submit": "1"}, "body", "確認に出すには、本文を書いてください。"),
        ({"url": "ftp://town.example.jp/a"}, "url", "http:// か https:// で始まるアドレスを入れてください。"),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"publish_at_0": "2020-01-01", "publish_at_1": "10:00"}, "publish_at", "これから先の日時を入れてください。"),
        ({"publish_at_0": "2199-01-01"}, "publish_at", None),
        (
            {"first_day_era": "令和", "first_day_year": "9", "first_day_month": "2", "first_day_day": "30"},
            "first_day",
            "日付として読めません。例：2021-02-10、令和3年2月10日",
        ),
        ({"addressed_to": "999999"}, "addressed_to", None),
        ({"images": "999"}, "images", None),
        ({"title": "あ" * 201}, "title", None),
    ],
)
def test_a_bad_value_is_told_at_its_field_and_nothing_typed_is_lost(member, typed, field, message):
    response = write(member, contact="農林課", **typed)

    assert response.status_code == 200
    assert MemberPost.objects.count() == 0
    errors = response.context["sheet"].form.errors[field]
    assert errors == [message] if message else errors
    assert response.context["sheet"].form["contact"].value() == "農林課"
    assert "農林課" in response.content.decode()


def test_the_rules_of_the_record_are_told_too(member):
    response = write(
        member,
        publish_at_0="2199-02-01",
        publish_at_1="9:00",
        unpublish_at_0="2199-01-01",
        unpublish_at_1="9:00",
    )
    assert response.context["sheet"].form.non_field_errors() == ["公開終了日時は公開日時より後にしてください。"]


def test_who_saves_what_another_has_changed_meanwhile_is_told_and_may_save_again(member, town):
    post = MemberPostFactory(owner=town, publication_state="draft", publish_at=None)
    mark = member.get(page(post)).context["sheet"].mark
    colleague = write(member, post, title="同僚の題名")
    assert said(colleague) == ["下書きを保存しました。公開するには、確認に出してください。"]

    response = write(member, post, title="自分の題名", mark=mark)
    assert "この画面を開いた後に、内容が変わりました。" in response.content.decode()
    assert the_post().title == "同僚の題名"
    assert response.context["sheet"].form["title"].value() == "自分の題名"

    write(member, post, title="自分の題名", mark=response.context["sheet"].mark)
    assert the_post().title == "自分の題名"


def test_a_draft_is_deleted_after_a_question_and_what_was_public_is_not(member, town):
    draft = MemberPostFactory(owner=town, publication_state="draft", publish_at=None, title="下書きの題名")
    assert "下書きの題名" in member.get(page(draft, "delete")).content.decode()
    member.post(page(draft, "delete"))
    assert not MemberPost.objects.exists()
    assert AuditEntry.objects.filter(action="deletion", subject="下書きの題名").count() == 1

    public = MemberPostFactory(owner=town)
    response = member.post(page(public, "delete"), follow=True)
    assert said(response) == ["確認中のものと、一度公開したものは削除できません。"]
    assert MemberPost.objects.filter(pk=public.pk).exists()


@pytest.mark.parametrize("step", ["approved", "published", "remanded", "withdrawn", "", "x"])
def test_nobody_decides_on_their_own(member, step):
    write(member, submit="1")
    response = member.post(page(the_post(), "step"), {"step": step, "comment": "よい"}, follow=True)

    assert said(response) == [actions.TOO_LATE]
    assert Proposal.objects.open_for(the_post()).state == "in_review"


def test_a_step_needs_a_button(member):
    write(member)
    assert member.get(page(the_post(), "step")).status_code == 405


NAMES = ("change", "step", "preview", "delete")


@pytest.mark.parametrize("name", NAMES)
def test_another_municipality_s_post_is_not_there(neighbour, town, name):
    post = MemberPostFactory(owner=town, title="秘密の投稿", publication_state="draft", publish_at=None)
    for answer in (neighbour.get(page(post, name)), neighbour.post(page(post, name), TYPED | {"step": "submitted"})):
        assert answer.status_code in (404, 405)
    assert "秘密の投稿" not in neighbour.get("/members/posts/").content.decode()
    assert the_post().title == "秘密の投稿"


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_and_one_who_left_see_nothing(client, member, town, name):
    post = MemberPostFactory(owner=town, title="秘密の投稿")
    assert client.get(page(post, "change")).status_code == 302
    post_held = member.person.member_posts.get()
    post_held.ends_on = timezone.localdate()
    post_held.save()
    assert member.post(page(post, name)).status_code in (404, 405)


def test_its_pages_are_kept_by_nobody(member, town):
    post = MemberPostFactory(owner=town)
    for address in ("/members/posts/", ADD, page(post), page(post, "preview"), "/members/profile/"):
        kept = member.get(address).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.split(", "))


def test_the_list_shows_where_each_stands_with_few_queries(member, town, django_assert_max_num_queries):
    for number in range(30):
        MemberPostFactory(owner=town, title=f"投稿{number}", addressed_to=WardFactory())
    write(member)
    with django_assert_max_num_queries(15):
        response = member.get("/members/posts/")
    assert [way.stage for way in response.context["ways"]][:2] == ["draft", "public"]
