"""The list of broken links, and the nightly command."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal.models import LinkCheck
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.links import LinkUseFactory
from tests.factories.municipalities import WardStaffFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

LIST = "admin:portal_linkuse_changelist"


def subjects(client, **query):
    return sorted(use.subject for use in client.get(reverse(LIST, query=query)).context["cl"].result_list)


@pytest.fixture
def secretary(client):
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    return client


def test_the_list_holds_what_is_broken_and_more_when_asked(secretary):
    LinkUseFactory(subject="切れたもの")
    LinkUseFactory(subject="一度失敗したもの", link__state="failed")
    assert subjects(secretary) == ["切れたもの"]
    assert subjects(secretary, state="failed") == ["一度失敗したもの"]
    assert subjects(secretary, state="all") == ["一度失敗したもの", "切れたもの"]


def test_a_row_leads_to_the_record(secretary):
    item = NewsItemFactory()
    use = LinkUseFactory(record=item)
    answer = secretary.get(reverse("admin:portal_linkuse_change", args=[use.pk]))
    assert answer.headers["Location"] == reverse("admin:portal_newsitem_change", args=[item.pk])


def test_a_ward_sees_the_links_of_its_own_records(client):
    post = WardStaffFactory()
    LinkUseFactory(record=WardProjectFactory(ward=post.ward), subject="自区")
    theirs = LinkUseFactory(record=WardProjectFactory(), subject="他区")
    LinkUseFactory(subject="事務局")
    sign_in(client, post.user)
    assert subjects(client, state="all") == ["自区"]
    assert client.get(reverse("admin:portal_linkuse_change", args=[theirs.pk])).status_code == 404


def test_nothing_is_written_by_hand(secretary):
    use = LinkUseFactory()
    assert secretary.get(reverse("admin:portal_linkuse_add")).status_code == 403
    assert secretary.post(reverse("admin:portal_linkuse_delete", args=[use.pk]), {"post": "yes"}).status_code == 403
    assert LinkCheck.objects.count() == 1


def test_the_command_tells_what_it_did(capsys):
    call_command("check_links")
    assert capsys.readouterr().out == "0件のアドレスを確かめました。リンク切れ0件、知らせた人0人\n"


def test_the_command_never_asks_this_machine(capsys):
    NewsItemFactory(body="http://127.0.0.1:1/")
    call_command("check_links")
    assert LinkCheck.objects.get().reason == "公開されていない場所を指すアドレスです。"
