"""From a draft to the public: who takes which step, what the public sees meanwhile, what is written down."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, WardProject
from portal.core.models import AuditEntry, Proposal, Version
from portal.models import NewsItem
from portal.roles import Access, Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import errors_of, fields_of, send
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory, SpeakerFactory, WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory, WardStaffFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


def address(record, page="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def signed_in(person):
    client = Client()
    sign_in(client, person)
    client.person = person
    return client


def of_secretariat(name):
    person = UserFactory(name=name, is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return signed_in(person)


def of_ward(ward, role, name, **post):
    return signed_in(WardStaffFactory(user__name=name, user__is_staff=True, ward=ward, role=role, **post).user)


@pytest.fixture
def writer(db):
    return of_secretariat("書く人")


@pytest.fixture
def approver(db):
    return of_secretariat("確かめる人")


def take(client, record, step, **given):
    return client.post(address(record, "review"), {"step": step, **given})


def buttons(client, record):
    return [value for value, _ in client.get(address(record, "review")).context["form"].buttons]


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def public_text(record):
    return Client().get(record.get_absolute_url()).content.decode()


def test_a_draft_goes_its_way_to_the_public(writer, approver):
    send(writer, reverse("admin:portal_newsitem_add"), title="新しいお知らせ", body="本文です。")
    item = NewsItem.objects.get()
    states = [item.publication_state]
    for client, step in ((writer, "submitted"), (approver, "approved"), (writer, "published")):
        assert take(client, item, step).status_code == 302
        item.refresh_from_db()
        states.append(item.publication_state)

    assert states == ["draft", "in_review", "approved", "published"]
    assert "新しいお知らせ" in public_text(item)
    steps = Proposal.objects.get().steps.values_list("kind", "by__name")
    assert list(steps) == [
        ("written", "書く人"),
        ("submitted", "書く人"),
        ("approved", "確かめる人"),
        ("published", "書く人"),
    ]


def test_nobody_approves_what_they_wrote_or_submitted(writer, approver):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    send(writer, address(item), title="書いた人の題名")
    take(approver, item, "submitted")

    for client in (writer, approver):
        assert "approved" not in buttons(client, item)
        take(client, item, "approved")
    item.refresh_from_db()
    assert item.publication_state == "in_review"
    assert buttons(of_secretariat("三人目"), item) == ["approved", "remanded", "taken_back"]


def test_a_remand_needs_words_and_comes_back_to_the_draft(writer, approver):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    send(writer, address(item), title="直すところのある題名", _submit_for_review="1")

    refused = take(approver, item, "remanded", comment=" ")
    assert refused.context["form"].errors == {"comment": ["「差し戻す」ときは、コメントを書いてください。"]}
    assert Proposal.objects.get().state == "in_review"

    take(approver, item, "remanded", comment="日付を確かめてください。")
    assert Proposal.objects.get().state == "draft"
    assert "日付を確かめてください。" in writer.get(address(item, "review")).content.decode()


def test_what_is_under_review_is_not_changed(writer, approver):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    send(writer, address(item), title="出した題名", _submit_for_review="1")

    assert "title" not in fields_of_page(writer, item)
    assert writer.post(address(item), {"title": "すり替えた題名", "body": "x"}).status_code == 403
    item.refresh_from_db()
    assert item.title == "出した題名"
    take(writer, item, "taken_back")
    assert "title" in fields_of_page(writer, item)


def fields_of_page(client, record):
    response = client.get(address(record))
    return fields_of(response) if response.context["has_change_permission"] else {}


def test_the_public_text_stays_until_the_new_one_is_approved(writer, approver):
    item = NewsItemFactory(title="いまの題名")
    send(writer, address(item), title="新しい題名", change_note="題名を改めました。")
    assert ("いまの題名" in public_text(item), "新しい題名" in public_text(item)) == (True, False)
    assert fields_of(writer.get(address(item)))["title"] == "新しい題名"

    take(writer, item, "submitted")
    take(approver, item, "approved")
    assert "新しい題名" not in public_text(item)
    take(writer, item, "published")

    assert ("いまの題名" in public_text(item), "新しい題名" in public_text(item)) == (False, True)
    assert "題名を改めました。" in public_text(item)
    item.refresh_from_db()
    assert (item.publication_state, item.publish_at) == ("published", datetime(2020, 1, 1, tzinfo=UTC))


def test_a_change_shows_what_differs_field_by_field(writer, approver):
    event = EventFactory(title="講演会", first_day=date(2199, 10, 10))
    photo_rows = {"speakers-TOTAL_FORMS": "1", "speakers-0-listing_order": "1", "speakers-0-name": "登壇する人"}
    send(writer, address(event), title="大講演会", first_day="2199-10-11", last_day="2199-10-11", **photo_rows)

    told = approver.get(address(event, "review")).context["differences"]

    assert [(difference.label, difference.before, difference.after) for difference in told] == [
        ("初日", "令和181年10月10日（木）", "令和181年10月11日（金）"),
        ("最終日", "令和181年10月10日（木）", "令和181年10月11日（金）"),
        ("名称", "講演会", "大講演会"),
        ("登壇者", "", "順番：1、氏名：登壇する人"),
    ]


def test_rows_of_a_public_record_wait_with_it(writer, approver):
    speaker = SpeakerFactory(name="もとの人")
    event = speaker.event
    rows = {"speakers-TOTAL_FORMS": "2", "speakers-0-name": "改めた人", "speakers-1-listing_order": "2"}
    send(writer, address(event), **rows, **{"speakers-1-name": "加えた人"})
    send(writer, address(event), **{"speakers-1-affiliation": "加えた所属"})
    assert list(event.speakers.values_list("name", flat=True)) == ["もとの人"]

    for client, step in ((writer, "submitted"), (approver, "approved"), (approver, "published")):
        take(client, event, step)

    assert list(event.speakers.values_list("name", "affiliation")) == [("改めた人", ""), ("加えた人", "加えた所属")]
    assert event.speakers.first().pk == speaker.pk


def test_a_moved_event_keeps_its_announced_days_once_that_is_public(writer, approver):
    event = EventFactory(first_day=date(2199, 10, 10))
    send(writer, address(event), first_day="2199-10-11", last_day="2199-10-11")
    send(writer, address(event), first_day="2199-10-12", last_day="2199-10-12")
    assert event.former_schedules.count() == 0

    for client, step in ((writer, "submitted"), (approver, "approved"), (approver, "published")):
        take(client, event, step)

    assert [former.first_day for former in event.former_schedules.all()] == [date(2199, 10, 10)]
    assert Event.objects.get(pk=event.pk).first_day == date(2199, 10, 12)


def test_a_place_of_a_changed_event_is_found_once_that_is_public(writer, approver):
    event, town = EventFactory(), MunicipalityFactory()
    rows = {"roles-TOTAL_FORMS": "1", "roles-0-role": "host", "roles-0-municipality": town.pk}
    role = next(value for value, _ in event.roles.model._meta.get_field("role").choices)
    send(writer, address(event), **rows | {"roles-0-role": role})
    assert list(event.places.all()) == []

    for client, step in ((writer, "submitted"), (approver, "approved"), (approver, "published")):
        take(client, event, step)

    assert list(event.places.all()) == [town]


def test_saving_without_a_change_proposes_nothing(writer):
    item = NewsItemFactory()
    response = writer.get(send(writer, address(item)).headers["Location"])

    assert messages_of(response) == ["公開中の内容と同じため、変更案はありません。"]
    assert Proposal.objects.count() == 0


def test_a_change_is_put_in_place_at_its_minute(writer, approver):
    item = NewsItemFactory(title="いまの題名")
    send(writer, address(item), title="四月からの題名", _submit_for_review="1")
    take(approver, item, "approved")
    moment = timezone.localtime() + timedelta(hours=2)
    take(writer, item, "published", moment_0=f"{moment:%Y-%m-%d}", moment_1=f"{moment:%H:%M}")
    assert "四月からの題名" not in public_text(item)

    with time_machine.travel(moment + timedelta(minutes=-2), tick=False):
        call_command("publish_due")
        assert "四月からの題名" not in public_text(item)
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        call_command("publish_due")
        assert "四月からの題名" in public_text(item)


def test_a_new_record_is_public_from_its_minute_without_any_job(writer, approver):
    item = NewsItemFactory(title="予約のお知らせ", publication_state="draft", publish_at=None)
    moment = timezone.localtime() + timedelta(hours=2)
    day, hour = f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"
    send(writer, address(item), publish_at_0=day, publish_at_1=hour, _submit_for_review="1")
    take(approver, item, "approved")
    take(writer, item, "published", moment_0=day, moment_1=hour)

    assert Client().get(item.get_absolute_url()).status_code == 404
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        assert "予約のお知らせ" in public_text(item)


def test_a_withdrawal_needs_an_explanation_and_leaves_it(writer, approver):
    item = NewsItemFactory()
    take(approver, item, "withdrawn")
    assert Client().get(item.get_absolute_url()).status_code == 200

    take(approver, item, "withdrawn", comment="内容に誤りがありました。")

    response = Client().get(item.get_absolute_url())
    assert (response.status_code, "内容に誤りがありました。" in response.content.decode()) == (410, True)
    entry = AuditEntry.objects.get(action="withdrawal")
    assert (entry.by.name, entry.detail) == ("確かめる人", "内容に誤りがありました。")


def test_what_was_withdrawn_is_public_again_only_by_approval(writer, approver):
    item = NewsItemFactory(publication_state="withdrawn", withdrawal_note="誤り")
    send(writer, address(item), body="正しい本文", _submit_for_review="1")
    take(approver, item, "approved")
    assert Client().get(item.get_absolute_url()).status_code == 410

    take(approver, item, "published")

    assert "正しい本文" in public_text(item)


def test_a_change_can_be_dropped(writer):
    item = NewsItemFactory(title="いまの題名")
    send(writer, address(item), title="やめる題名")
    take(writer, item, "dropped")

    assert Proposal.objects.get().state == "dropped"
    assert fields_of(writer.get(address(item)))["title"] == "いまの題名"


def test_a_wards_approver_approves_and_its_editor_does_not():
    ward = WardFactory()
    editor, approver = of_ward(ward, "editor", "担当"), of_ward(ward, "approver", "承認する人")
    stranger = of_ward(WardFactory(), "approver", "よその承認者")
    project = WardProjectFactory(ward=ward, publication_state="draft", publish_at=None)
    send(editor, address(project), title="区の事業", _submit_for_review="1")

    assert buttons(editor, project) == ["taken_back"]
    assert stranger.get(address(project, "review")).status_code == 404
    assert take(stranger, project, "approved").status_code == 404
    take(approver, project, "approved")
    take(editor, project, "published")

    assert WardProject.objects.get().publication_state == "published"


def test_a_substitute_approves_in_the_days_of_the_post_and_is_written_down_as_one():
    ward = WardFactory()
    days = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 1)}
    with time_machine.travel(datetime(2026, 11, 30, 3, tzinfo=UTC)):
        editor = of_ward(ward, "editor", "担当")
        substitute = of_ward(ward, "approver", "代わりの人", is_substitute=True, **days)
        project = WardProjectFactory(ward=ward, publication_state="draft", publish_at=None)
        send(editor, address(project), title="区の事業", _submit_for_review="1")
        take(substitute, project, "approved")

    (step,) = Proposal.objects.get().steps.filter(kind="approved")
    assert (str(step), step.by.name) == ("承認（代理）", "代わりの人")
    last, after = datetime(2026, 11, 30, 14, 59, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert [Access(substitute.person, at).approves(project) for at in (last, after)] == [True, False]


def test_the_queue_shows_the_longest_waiting_first(writer, approver):
    items = [NewsItemFactory(title=f"お知らせ{n}", publication_state="draft", publish_at=None) for n in range(3)]
    for days, item in zip((1, 5, 3), items, strict=True):
        send(writer, address(item), body="本文", _submit_for_review="1")
        Proposal.objects.filter(object_id=item.pk).update(submitted_at=timezone.now() - timedelta(days=days))

    response = approver.get(reverse("admin:core_proposal_changelist"))

    shown = [
        (proposal.subject, response.context["cl"].model_admin.waiting(proposal))
        for proposal in response.context["cl"].result_list
    ]
    assert shown == [("お知らせ1", "5日"), ("お知らせ2", "3日"), ("お知らせ0", "1日")]
    row = reverse("admin:core_proposal_change", args=[Proposal.objects.get(object_id=items[1].pk).pk])
    assert approver.get(row).headers["Location"] == address(items[1], "review")


def test_after_three_days_the_approvers_are_reminded_once(writer, approver):
    item = NewsItemFactory(title="内緒の題名", publication_state="draft", publish_at=None)
    send(writer, address(item), body="本文", _submit_for_review="1")
    call_command("remind_approvers")
    assert mail.outbox == []

    Proposal.objects.update(submitted_at=timezone.now() - timedelta(days=3))
    call_command("remind_approvers")
    call_command("remind_approvers")

    (sent,) = mail.outbox
    assert sent.to == [approver.person.email]
    assert "1件" in sent.subject
    assert reverse("admin:core_proposal_changelist") in sent.body
    assert "内緒の題名" not in sent.body + sent.subject


def test_every_step_is_in_the_audit_log(writer, approver):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    send(writer, address(item), title="題名", _submit_for_review="1")
    take(approver, item, "approved", comment="よいと思います。")

    told = AuditEntry.objects.filter(action="approval").order_by("pk").values_list("by__name", "detail")
    assert list(told) == [("書く人", "確認依頼"), ("確かめる人", "承認：よいと思います。")]


def test_a_deleted_draft_leaves_no_open_proposal(writer):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    send(writer, address(item), title="消す題名")
    assert writer.post(address(item, "delete"), {"post": "yes"}).status_code == 302

    assert Proposal.objects.get().state == "dropped"
    assert Version.objects.filter(kind="deleted").count() == 1
    assert writer.get(reverse("admin:core_proposal_changelist", query={"state": "all"})).status_code == 200


def test_a_form_that_breaks_a_rule_proposes_nothing(writer):
    event = EventFactory(first_day=date(2026, 10, 10))
    refused = send(writer, address(event), last_day="2026-10-09")

    assert errors_of(refused) == ["最終日は初日より前にできません。"]
    assert Proposal.objects.count() == 0
