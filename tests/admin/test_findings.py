"""The inbox of what the checks found: who reads it, who decides, what each button does."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from municipalities.choices import WardRole
from municipalities.models import WardStaff
from portal.models import Finding, NewsItem
from portal.quality.looking import check_all
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import errors_of, fields_of, send
from tests.english import english_on
from tests.factories.core import SourceNoteFactory, UserFactory
from tests.factories.events import ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.factories.portal import NewsItemFactory
from tests.factories.quality import FindingFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
INBOX = "admin:portal_finding_changelist"


@pytest.fixture
def item():
    return NewsItemFactory(title="会費のお知らせ", body="100円円です。")


@pytest.fixture
def finding(item):
    check_all(MONDAY)
    return Finding.objects.get()


def page(finding):
    return reverse("admin:portal_finding_change", args=[finding.pk])


def decide(office, finding, decision, reason=""):
    sent = fields_of(office.get(page(finding)))
    return office.post(page(finding), sent | {"reason": reason, "decision": decision})


def subjects(office, **query):
    return [finding.subject for finding in office.get(reverse(INBOX, query=query)).context["cl"].result_list]


def signed_in_as(client, role):
    person = UserFactory(name=str(role), is_staff=True)
    if role in WardRole.values:
        WardStaffFactory(user=person, role=role)
    else:
        person.groups.add(ensure_groups()[role])
    sign_in(client, person)
    return client


def test_the_list_is_an_inbox_of_what_is_open(office):
    FindingFactory(subject="未対応の記録")
    FindingFactory(subject="注記した記録", state="accepted", reason="注記", decided_at=MONDAY)
    FindingFactory(subject="直した記録", state="corrected", decided_at=MONDAY)

    assert subjects(office) == ["未対応の記録"]
    assert subjects(office, state="accepted") == ["注記した記録"]
    assert subjects(office, state="corrected") == ["直した記録"]
    assert len(subjects(office, state="all")) == 3
    assert subjects(office, state="somewhere") == []


def test_it_is_narrowed_by_severity_kind_and_rule(office):
    news = FindingFactory(subject="お知らせ", record=NewsItemFactory(), severity="review", code="fee")
    FindingFactory(subject="目的")

    assert subjects(office, severity__exact="review") == ["お知らせ"]
    assert subjects(office, kind=news.content_type_id) == ["お知らせ"]
    assert subjects(office, code="misprint") == ["目的"]
    assert len(subjects(office, kind="x")) == 2


def test_the_filters_speak_japanese(office):
    FindingFactory(record=NewsItemFactory())
    html = office.get(reverse(INBOX)).content.decode()

    for words in ("未対応", "注記済み", "見送り", "解消", "誤り", "確認", "未記入", "お知らせ", "曜日と日付の食い違い"):
        assert words in html


def test_its_page_shows_the_paper_and_leads_to_the_record(office, item, finding):
    SourceNoteFactory(record=item, as_printed="会費は\n100円円")
    response = office.get(page(finding))
    html = response.content.decode()

    assert reverse("admin:portal_newsitem_change", args=[item.pk]) in html
    assert "会費は<br>100円円" in html
    assert "単位の重なり・字の抜け" in html
    assert "まだ判断されていません。" in html
    assert english_on(response) == []


def test_a_record_that_is_gone_has_no_link(office, item, finding):
    item.delete()

    response = office.get(page(finding))

    assert (response.status_code, "この記録のページを開く" in response.content.decode()) == (200, False)


def test_without_a_paper_there_is_no_button_to_accept_as_printed(office, item, finding):
    assert buttons(office, finding) == ["修正した", "見送る"]

    SourceNoteFactory(record=item)
    assert buttons(office, finding) == ["資料のまま注記する", "修正した", "見送る"]


def buttons(office, finding):
    html = office.get(page(finding)).content.decode()
    return [words for words in ("資料のまま注記する", "修正した", "見送る") if f">{words}</button>" in html]


def test_accepted_as_printed(office, administrator, item, finding):
    note = SourceNoteFactory(record=item, as_printed="100円円")

    assert decide(office, finding, "accepted", "「円」の重なりです。").status_code == 302

    note.refresh_from_db()
    finding.refresh_from_db()
    assert (note.reason, finding.state, finding.reason) == ("「円」の重なりです。", "accepted", "「円」の重なりです。")
    assert finding.decided_by == administrator
    log = LogEntry.objects.get(object_id=str(finding.pk))
    assert (log.get_change_message(), log.user) == ("「資料のまま注記する」と判断しました。", administrator)
    assert "管理者（" in office.get(page(finding)).content.decode()


def test_dismissed_with_a_reason(office, item, finding):
    assert decide(office, finding, "dismissed", "商品名です。").status_code == 302

    finding.refresh_from_db()
    assert (finding.state, finding.reason, NewsItem.objects.get().body) == (
        "dismissed",
        "商品名です。",
        "<p>100円円です。</p>",
    )


def test_corrected_once_it_is_not_found_any_more(office, administrator, item, finding):
    response = decide(office, finding, "corrected")
    assert errors_of(response) == ["点検し直しましたが、まだ同じ内容が見つかります。先に記録を直してください。"]

    NewsItem.objects.update(body="100円です。")
    assert decide(office, finding, "corrected").status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by) == ("corrected", administrator)


@pytest.mark.parametrize("decision", ["accepted", "dismissed"])
@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_accepting_and_dismissing_need_words(office, item, finding, decision, words):
    SourceNoteFactory(record=item)

    assert errors_of(decide(office, finding, decision, words)) == ["注記の文か、見送る理由を書いてください。"]


def test_accepting_needs_a_paper(office, finding):
    assert errors_of(decide(office, finding, "accepted", "注記")) == [
        "この記録には出典の記載がないため、資料のまま注記することはできません。"
    ]


@pytest.mark.parametrize("decision", ["", "open", "everything"])
def test_one_of_the_buttons_must_be_pressed(office, finding, decision):
    response = decide(office, finding, decision, "理由")

    assert response.status_code == 200
    assert "三つのボタンのどれかで判断してください。" in response.content.decode()
    assert Finding.objects.get().state == "open"


def test_the_auditor_reads_and_does_not_decide(client, finding):
    office = signed_in_as(client, Role.AUDITOR)

    assert subjects(office) == ["会費のお知らせ"]
    assert buttons(office, finding) == []
    assert office.post(page(finding), {"decision": "dismissed", "reason": "理由"}).status_code == 403
    finding.refresh_from_db()
    assert finding.state == "open"


@pytest.mark.parametrize("role", WardRole.values)
def test_a_ward_reads_what_was_found_about_its_own_records(client, finding, role):
    office = signed_in_as(client, role)
    own = FindingFactory(subject="区の事業", record=WardProjectFactory(ward=WardStaff.objects.get().ward))
    FindingFactory(subject="よその区の事業", record=WardProjectFactory())

    assert subjects(office) == ["区の事業"]
    assert office.get(page(finding)).status_code == 404
    assert office.post(page(own), {"decision": "dismissed", "reason": "理由"}).status_code == 403
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}


def test_the_secretariat_decides(client, finding):
    office = signed_in_as(client, Role.SECRETARIAT)

    assert decide(office, finding, "dismissed", "商品名です。").status_code == 302


def test_the_first_page_counts_what_is_open(office):
    FindingFactory()
    FindingFactory(severity="missing")
    FindingFactory(severity="missing")
    FindingFactory(state="corrected", decided_at=MONDAY)

    html = " ".join(office.get(reverse("admin:index")).content.decode().split())

    assert "誤り <strong>1</strong>件" in html
    assert "確認 <strong>0</strong>件" in html
    assert "未記入 <strong>2</strong>件" in html
    assert f'{reverse(INBOX)}?severity__exact=missing"' in html


def test_who_may_not_see_findings_is_told_of_none(client):
    FindingFactory()
    sign_in(client, UserFactory(is_staff=True))

    assert "データの点検" not in client.get(reverse("admin:index")).content.decode()


def test_what_is_saved_is_looked_through_at_once(office, item):
    NewsItem.objects.update(publication_state="draft")
    assert send(office, reverse("admin:portal_newsitem_change", args=[item.pk])).status_code == 302
    assert Finding.objects.get().record == item

    send(office, reverse("admin:portal_newsitem_change", args=[item.pk]), body="100円です。")
    assert Finding.objects.get().state == "corrected"


def test_what_is_added_is_looked_through_at_once(office):
    address = reverse("admin:portal_newsitem_add")

    assert send(office, address, title="会費", body="100円円です。", publication_state="draft").status_code == 302

    assert (Finding.objects.get().subject, NewsItem.objects.get().body) == ("会費", "<p>100円円です。</p>")


def test_rows_of_a_saved_record_are_looked_through_with_it(office):
    ward, exhibition = WardFactory(), ExhibitionFactory(publication_state="draft", first_day=date(2199, 10, 10))
    rows = {"stops-TOTAL_FORMS": "1", "stops-0-ward": ward.pk, "stops-0-state": "held", "stops-0-listing_order": "0"}
    days = {"stops-0-first_day": "2026-10-01", "stops-0-last_day": "2026-10-02", "stops-0-exhibition": exhibition.pk}
    address = reverse("admin:events_exhibition_change", args=[exhibition.pk])

    assert send(office, address, **rows, **days).status_code == 302

    assert [(finding.code, finding.content_type.model) for finding in Finding.objects.all()] == [("period", "tourstop")]
