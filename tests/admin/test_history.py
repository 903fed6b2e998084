"""Every change leaves a version that can be read and brought back; nobody's save is overwritten unseen."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from municipalities.models import WardTie
from portal.core.models import AuditEntry, Proposal, Version
from portal.models import Aim, NewsItem
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import fields_of, send
from tests.factories.core import ImageFactory, UserFactory
from tests.factories.municipalities import WardTieFactory
from tests.factories.portal import AimFactory, NewsItemFactory

pytestmark = pytest.mark.django_db


def address(record, page="change", *more):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk, *more])


@pytest.fixture
def second_office(db):
    client = Client()
    sign_in(client, UserFactory(name="もう一人", is_staff=True, is_superuser=True))
    return client


def kept(record):
    return list(Version.objects.of(record).values_list("number", "kind", "made_by__name", "reason"))


def test_a_change_keeps_how_it_was_and_how_it_is(office):
    aim = AimFactory(title="もとの題")
    send(office, address(aim), title="新しい題", _why="言い回しを改めた")

    assert kept(aim) == [(2, "changed", "管理者", "言い回しを改めた"), (1, "former", None, "")]
    assert [version.data["fields"]["title"] for version in Version.objects.of(aim)] == ["新しい題", "もとの題"]


def test_saving_without_a_change_keeps_nothing_more(office):
    aim = AimFactory()
    send(office, address(aim))
    assert kept(aim) == [(1, "former", None, "")]


def test_what_is_added_and_deleted_is_kept(office):
    send(office, reverse("admin:portal_aim_add"), number="7", title="七つ目")
    aim = Aim.objects.get()
    office.post(address(aim, "delete"), {"post": "yes"})

    assert [kind for _, kind, _, _ in kept(aim)] == ["deleted", "added"]
    assert AuditEntry.objects.get(action="deletion").subject == "七つ目"


def test_the_page_tells_who_when_why_and_what(office):
    tie = WardTieFactory(kind="sister", title="協定")
    send(office, address(tie), kind="other", starts_on="令和3年2月10日", _why="協定書による")

    response = office.get(address(tie, "history"))
    html = response.content.decode()

    for words in (
        "第2版",
        "変更",
        "管理者",
        "協定書による",
        "姉妹都市・友好都市",
        "その他の交流",
        "令和3年2月10日（水）",
    ):
        assert words in html


def test_a_version_is_brought_back_after_a_look(office):
    aim = AimFactory(title="もとの題", summary="説明")
    send(office, address(aim), title="誤って変えた題")
    before = office.get(address(aim, "restore", 1))
    assert [difference.label for difference in before.context["differences"]] == ["名称"]
    aim.refresh_from_db()
    assert aim.title == "誤って変えた題"

    assert office.post(address(aim, "restore", 1), {"_why": "誤りのため"}).status_code == 302

    aim.refresh_from_db()
    assert (aim.title, aim.summary) == ("もとの題", "説明")
    assert kept(aim)[0] == (3, "restored", "管理者", "第1版に戻しました。誤りのため")


def test_sets_and_rows_come_back_too(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    pictures = [ImageFactory(), ImageFactory()]
    item.images.set(pictures)
    send(office, address(item), images=[pictures[0].pk])
    assert list(item.images.all()) == [pictures[0]]

    office.post(address(item, "restore", 1))

    assert set(item.images.all()) == set(pictures)


def test_a_picture_that_is_gone_stops_a_restoration_with_a_reason(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    picture = ImageFactory()
    item.images.set([picture])
    send(office, address(item), images=[], title="写真なし")
    picture.delete()

    html = office.post(address(item, "restore", 1), follow=True).content.decode()

    assert "「写真」で選ばれていた記録の一部が、もうありません。" in html
    assert NewsItem.objects.get().title == "写真なし"


def test_a_public_record_is_brought_back_by_a_proposal(office):
    item = NewsItemFactory(title="いまの題名")
    Version.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=str(item.pk),
        number=1,
        kind="former",
        data={"fields": {"title": "むかしの題名"}, "sets": {}, "rows": {}},
        subject="x",
    )

    office.post(address(item, "restore", 1))

    item.refresh_from_db()
    assert item.title == "いまの題名"
    assert Proposal.objects.get().changes == {"fields": {"title": "むかしの題名"}}


def test_history_cannot_be_rewritten(office):
    aim = AimFactory()
    send(office, address(aim), title="新しい題")
    for change in (lambda: Version.objects.update(reason="なかったことに"), lambda: Version.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Version.objects.count() == 2


def test_a_save_over_a_newer_version_is_refused_with_both_shown(office, second_office):
    tie = WardTieFactory(title="もとの名称", evidence="協定書")
    opened = fields_of(office.get(address(tie)))
    send(second_office, address(tie), title="先に保存した名称", _why="先に直した")

    refused = office.post(address(tie), opened | {"title": "後から入れた名称", "_save": "保存"})

    html = refused.content.decode()
    assert refused.status_code == 200
    assert "ほかの人が先に保存しています" in html
    told = refused.context["collision"]
    assert (told.latest.made_by.name, told.latest.reason) == ("もう一人", "先に直した")
    assert [(one.label, one.before, one.after) for one in told.differences] == [
        ("名称", "先に保存した名称", "後から入れた名称")
    ]
    assert WardTie.objects.get().title == "先に保存した名称"
    assert fields_of(refused)["title"] == "後から入れた名称"

    again = office.post(address(tie), fields_of(refused) | {"_save": "保存"})
    assert again.status_code == 302
    assert WardTie.objects.get().title == "後から入れた名称"


def test_two_who_change_one_public_record_collide_too(office, second_office):
    item = NewsItemFactory(title="いまの題名")
    opened = fields_of(office.get(address(item)))
    send(second_office, address(item), title="先の変更案")

    refused = office.post(address(item), opened | {"title": "後の変更案", "_save": "保存"})

    assert [(one.before, one.after) for one in refused.context["collision"].differences] == [
        ("先の変更案", "後の変更案")
    ]
    assert Proposal.objects.get().changes == {"fields": {"title": "先の変更案"}}


def test_a_form_sent_without_the_state_it_was_opened_in_is_refused(office):
    aim = AimFactory(title="もとの題")
    response = office.post(address(aim), {"number": aim.number, "title": "新しい題"})
    assert response.status_code == 200
    aim.refresh_from_db()
    assert aim.title == "もとの題"


def test_who_else_is_editing_is_shown(office, second_office):
    cache.clear()
    aim = AimFactory()
    assert "さんもこの記録を開いています" in office.get(address(aim)).content.decode()
    assert office.get(address(aim)).context["other_editors"] == []
    assert second_office.get(address(aim)).context["other_editors"] == ["管理者"]
    assert office.get(address(aim, "editors")).json() == {"editors": ["もう一人"]}


def test_nobody_is_told_who_edits_what_they_may_not_change(client):
    aim = AimFactory()
    sign_in(client, UserFactory(is_staff=True))
    assert client.get(address(aim, "editors")).status_code == 404


def test_signing_in_and_out_is_written_down(client):
    person = UserFactory(name="職員", is_staff=True)
    sign_in(client, person)
    client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    client.post(reverse("account_logout"))
    Client().post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    Client().post(reverse("account_login"), {"login": "stranger@example.com", "password": "wrong"})

    told = AuditEntry.objects.order_by("pk").values_list("action", "by__name", "subject")
    assert list(told) == [
        ("sign_in", "職員", ""),
        ("sign_out", "職員", ""),
        ("sign_in_failed", None, "職員"),
        ("sign_in_failed", None, ""),
    ]
    assert get_user_model().objects.filter(email="stranger@example.com").count() == 0
