"""What authors are told after saving, and the page on which their words are put right."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.urls import reverse

from events.models import Event, EventReport, Speaker
from portal.core.models import Proposal, SourceNote
from portal.models import FoundingDocument, NewsItem
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import fields_of, send
from tests.english import english_on
from tests.factories.core import ImageFactory, SourceNoteFactory, UserFactory
from tests.factories.events import EventFactory, SpeakerFactory
from tests.factories.portal import FoundingDocumentFactory, NewsItemFactory

pytestmark = pytest.mark.django_db


def page(record, name="change", model=None, **query):
    options = (model or type(record))._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{name}", args=[record.pk], query=query)


def told(response):
    """What is said about the words; other checks have tests of their own."""
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request) if "writing-told" in str(message)]


def choose(office, address, *keys):
    """Opens the page of proposals and sends it with some of them chosen."""
    shown = office.get(address).content.decode()
    digests = {key: shown.split(f'name="{key}" value="')[1][:64] for key in keys}
    return office.post(address, digests)


@pytest.fixture
def item():
    return NewsItemFactory(publication_state="draft", title="お知らせ", body="<p>本文です。</p>")


def test_good_words_are_saved_without_a_word(office, item):
    assert told(send(office, page(item), title="次のお知らせ", body="よい文です。")) == []


def test_what_was_typed_is_saved_and_told_with_the_way_to_put_it_right(office, item):
    (message,) = told(send(office, page(item), title="第１回の<お知らせ>", body="ｶﾞｲﾄﾞ"))

    item.refresh_from_db()
    assert (item.title, item.body) == ("第１回の<お知らせ>", "<p>ｶﾞｲﾄﾞ</p>")
    assert "題名：全角の英数字「１」は、半角で書きます。" in message
    assert "本文：半角のカタカナや記号「ｶﾞｲﾄﾞ」は、全角で書きます。" in message
    address = page(item, "writing", field=[f"newsitem-{item.pk}-title", f"newsitem-{item.pk}-body"])
    assert f'href="{address.replace("&", "&amp;")}"' in message
    assert message in office.get(page(item)).content.decode()


def test_only_what_was_changed_is_told(office, item):
    NewsItem.objects.update(title="第１回")

    assert told(send(office, page(item), body="よい文です。")) == []


def test_a_new_record_is_told_of_too(office):
    (message,) = told(send(office, reverse("admin:portal_newsitem_add"), title="①のお知らせ", body="よい文です。"))

    assert "題名：環境によって表示や読み上げが変わる文字「①」があります。" in message


def test_the_page_shows_before_and_after(office, item):
    NewsItem.objects.update(title="第１回 日 時", body='<h3>題</h3><p><a href="/x">こちら</a></p>')
    response = office.get(page(item, "writing", field=[f"newsitem-{item.pk}-title"]))
    shown = response.content.decode()

    assert response.status_code == 200
    assert english_on(response) == []
    assert "<del><span" in shown
    assert "リンクの文字「こちら」だけでは、行き先が分かりません。" in shown
    title, body = (shown.index(f'name="newsitem-{item.pk}-{field}"') for field in ("title", "body"))
    assert "checked" in shown[title : title + 200]
    assert "checked" not in shown[body : body + 200]
    assert fields_of(response).keys() - {"csrfmiddlewaretoken"} == {f"newsitem-{item.pk}-title"}


def test_what_is_chosen_is_put_right_and_the_rest_stays(office, item, administrator):
    NewsItem.objects.update(title="第１回", body="<p>ｶﾞｲﾄﾞ <strong>１</strong></p>")
    response = choose(office, page(item, "writing"), f"newsitem-{item.pk}-body")

    assert (response.status_code, response.url) == (302, page(item))
    before = item.revision
    item.refresh_from_db()
    assert (item.title, item.body, item.revision) == ("第１回", "<p>ガイド <strong>1</strong></p>", before + 1)
    entry = LogEntry.objects.latest("pk")
    assert (entry.user, entry.object_id, entry.change_message) == (
        administrator,
        str(item.pk),
        "書き方を直しました（本文）。",
    )


def test_nothing_chosen_changes_nothing(office, item):
    NewsItem.objects.update(title="第１回")
    response = office.post(page(item, "writing"))

    assert "直すものを選んでください。" in response.content.decode()
    assert NewsItem.objects.get().title == "第１回"


def test_what_somebody_else_has_changed_meanwhile_stays(office, item):
    NewsItem.objects.update(title="第１回")
    shown = office.get(page(item, "writing")).content.decode()
    key = f"newsitem-{item.pk}-title"
    digest = shown.split(f'name="{key}" value="')[1][:64]
    NewsItem.objects.update(title="第２回")
    response = office.post(page(item, "writing"), {key: digest})

    assert "確かめた後に、内容が変わりました。もう一度確かめてください。" in response.content.decode()
    assert NewsItem.objects.get().title == "第２回"


def test_what_would_become_too_long_is_refused_with_the_reason(office, item):
    NewsItem.objects.update(title="㈱" * 100)
    response = choose(office, page(item, "writing"), f"newsitem-{item.pk}-title")

    assert response.status_code == 200
    assert "200 文字以下" in response.content.decode()
    assert NewsItem.objects.get().title == "㈱" * 100


def test_a_record_without_doubts_says_so(office, item):
    assert "確かめてほしいところはありません。" in office.get(page(item, "writing")).content.decode()


def test_only_words_that_cannot_be_mended_have_no_button(office, item):
    NewsItem.objects.update(body='<p><a href="/x">こちら</a></p>')
    response = office.get(page(item, "writing"))

    assert "自動では直せないところです。" in response.content.decode()
    assert 'type="submit" class="default"' not in response.content.decode()


def test_rows_of_a_record_are_told_of_and_put_right(office):
    event = EventFactory(publication_state="draft", title_kana="よみ")
    speaker = SpeakerFactory(event=event, name="山田花子", topic="よい題")
    (message,) = told(send(office, page(event), speakers____0____topic="第１部"))

    assert "登壇者「山田花子」の演題：全角の英数字「１」は、半角で書きます。" in message
    choose(office, page(event, "writing"), f"speaker-{speaker.pk}-topic")
    assert Speaker.objects.get().topic == "第1部"


def test_a_report_is_put_right_at_its_own_levels_of_headings(office):
    event = EventFactory(publication_state="draft", results="<h4>様子</h4><p>１００人</p>", status="held")
    choose(office, page(event, "writing", EventReport), f"eventreport-{event.pk}-results")

    assert Event.objects.get().results == "<h3>様子</h3><p>100人</p>"


def test_an_alternative_that_says_nothing_is_told(office):
    image = ImageFactory(alt_text="港で撮った写真")
    (message,) = told(send(office, page(image), alt_text="写真"))

    assert "代替テキスト「写真」では、何が写っているか伝わりません。" in message


def test_words_of_a_paper_are_left_as_printed(office, item):
    note = SourceNoteFactory(record=item, as_printed="１２３", reason="")
    document = FoundingDocumentFactory()

    assert told(send(office, page(note), as_printed="４５６")) == []
    assert told(send(office, page(document), official_text="平成２６年")) == []
    assert SourceNote.objects.get().as_printed == "４５６"
    assert FoundingDocument.objects.get().official_text == "平成２６年"
    assert "確かめてほしいところはありません。" in office.get(page(document, "writing")).content.decode()


def test_a_record_that_is_not_there_has_no_page(office):
    assert office.get(reverse("admin:portal_newsitem_writing", args=[999])).status_code == 404


def test_a_text_in_public_is_put_right_by_a_proposal(office):
    item = NewsItemFactory(title="第１回")
    response = office.get(page(item, "writing"))
    (writing,) = response.context["writings"]

    office.post(page(item, "writing"), {writing.key: writing.digest})

    item.refresh_from_db()
    assert item.title == "第１回"
    assert Proposal.objects.get().changes == {"fields": {"title": "第1回"}}


def test_who_may_not_change_a_record_may_not_put_it_right(client, item):
    NewsItem.objects.update(title="第１回")
    sign_in(client, UserFactory(is_staff=True))

    assert client.get(page(item, "writing")).status_code == 403
    assert client.post(page(item, "writing"), {f"newsitem-{item.pk}-title": "x"}).status_code == 403
