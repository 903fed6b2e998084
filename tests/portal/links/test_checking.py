"""The nightly check: broken on the second night, told once to those who keep the record, and never unjustly."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail

from portal.links.checking import Outcome, check_links
from portal.links.telling import tell_keepers
from portal.models import LinkCheck, LinkUse, NewsItem
from portal.roles import Role, ensure_groups
from tests.factories.core import UserFactory, VersionFactory
from tests.factories.events import WardProjectFactory
from tests.factories.links import LinkUseFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.factories.portal import NewsItemFactory
from tests.portal.links.site import visitor

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SECOND, THIRD = FIRST + timedelta(days=1), FIRST + timedelta(days=2)


@pytest.fixture(autouse=True)
def secretariat(settings):
    settings.SITE_URL = "https://portal.example"
    person = UserFactory(is_staff=True, email="secretariat@city.example.jp")
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def states():
    return dict(LinkCheck.objects.values_list("address", "state"))


def check(at, **options):
    return check_links(visitor=visitor(**options), at=at)


def told():
    return [(message.to, message.subject) for message in mail.outbox]


def test_a_link_is_broken_on_the_second_night_and_told_once(site):
    gone, there = site.address("/gone"), site.address("/")
    item = NewsItemFactory(title="春のお知らせ", body=f"{gone} {there}")
    assert check(FIRST) == Outcome(asked=2, broken=0, told=0, is_offline=False)
    assert states() == {gone: "failed", there: "works"}
    assert check(SECOND) == Outcome(asked=2, broken=1, told=1, is_offline=False)
    assert states() == {gone: "broken", there: "works"}
    check(THIRD)
    assert told() == [
        (["secretariat@city.example.jp"], "【特別区全国連携プロジェクト】つながらないリンクが1件あります")
    ]
    assert "春のお知らせ（本文）" in mail.outbox[0].body
    assert gone in mail.outbox[0].body
    assert "https://portal.example/admin/portal/linkuse/" in mail.outbox[0].body
    link = LinkCheck.objects.get(address=gone)
    assert (link.code, link.reason, link.first_failed_at, link.checked_at, link.told_at) == (
        404,
        "ページがありません。",
        FIRST,
        THIRD,
        SECOND,
    )
    assert [(use.record, use.field_label) for use in link.uses.all()] == [(item, "本文")]


def test_two_checks_in_one_night_are_one(site):
    NewsItemFactory(body=site.address("/gone"))
    check(FIRST)
    check(FIRST + timedelta(hours=2))
    assert list(states().values()) == ["failed"]


def test_a_link_that_works_again_is_forgiven_and_told_anew_when_it_breaks_again(site):
    NewsItemFactory(body=site.address("/gone"))
    check(FIRST)
    check(SECOND)
    link = LinkCheck.objects.get()
    NewsItem.objects.update(body=site.address("/"))
    check(THIRD)
    assert states() == {site.address("/"): "works"}
    assert not LinkCheck.objects.filter(pk=link.pk).exists()


def test_what_no_record_names_any_more_is_forgotten(site):
    item = NewsItemFactory(body=site.address("/gone"))
    check(FIRST)
    NewsItem.objects.filter(pk=item.pk).update(publication_state="withdrawn")
    check(SECOND)
    assert (LinkCheck.objects.count(), LinkUse.objects.count()) == (0, 0)


def test_a_record_that_was_renamed_is_called_by_its_name(site):
    NewsItemFactory(title="前の名", body=site.address("/"))
    check(FIRST)
    NewsItem.objects.update(title="今の名")
    check(SECOND)
    assert list(LinkUse.objects.values_list("subject", flat=True)) == ["今の名"]


def offline(host, port):
    raise socket.gaierror(socket.EAI_NONAME, "")


def test_a_night_without_a_network_is_held_against_nobody():
    NewsItemFactory(body="https://a.example/ https://b.example/")
    for night in (FIRST, SECOND):
        assert check(night, look_up=offline) == Outcome(asked=2, broken=0, told=0, is_offline=True)
    assert set(states().values()) == {"unchecked"}
    assert mail.outbox == []


def test_a_resolver_that_fails_for_one_name_is_not_held_against_it(site):
    def sometimes(host, port):
        if host == "a.example":
            raise socket.gaierror(socket.EAI_AGAIN, "")
        return ["127.0.0.1"]

    NewsItemFactory(body=f"http://a.example/ http://b.example:{site.server_address[1]}/")
    check(FIRST, look_up=sometimes)
    assert sorted(states().values()) == ["unchecked", "works"]


def test_a_name_that_is_gone_is_broken_where_the_network_works():
    def look_up(host, port):
        return ["198.41.0.4"] if host == "a.root-servers.net" else offline(host, port)

    NewsItemFactory(body="https://a.example/")
    check(FIRST, look_up=look_up)
    check(SECOND, look_up=look_up)
    assert states() == {"https://a.example/": "broken"}


def test_the_portals_own_pages_are_looked_up_without_the_network(site):
    shown, secret = NewsItemFactory(), NewsItemFactory(publication_state="draft", publish_at=None)
    withdrawn = NewsItemFactory(publication_state="withdrawn")
    ward = WardFactory()
    base = "https://portal.example"
    right = [f"{base}{shown.get_absolute_url()}", f"{base}/", f"{base}/events/?when=all", f"{base}/wards/{ward.pk}/"]
    wrong = [f"{base}{secret.get_absolute_url()}", f"{base}{withdrawn.get_absolute_url()}", f"{base}/no-such-page/"]
    wrong += [f"{base}/wards/999999/", f"{base}/media/images/none.png"]
    NewsItemFactory(body="\n".join([*right, *wrong]))
    check(FIRST)
    found = states()
    assert found == dict.fromkeys(right, "works") | dict.fromkeys(wrong, "failed")
    assert LinkCheck.objects.get(address=wrong[1]).code == 410
    assert dict(site.asked) == {}


def project_of(ward, site):
    return WardProjectFactory(ward=ward, title="森の事業", url=site.address("/gone"))


def test_who_last_wrote_the_record_is_told(site):
    ward = WardFactory()
    writer = WardStaffFactory(ward=ward, user__email="writer@ward.example.jp").user
    WardStaffFactory(ward=ward, user__email="other@ward.example.jp")
    project = project_of(ward, site)
    VersionFactory(record=project, number=1, made_by=UserFactory(is_staff=True))
    VersionFactory(record=project, number=2, made_by=writer)
    check(FIRST)
    check(SECOND)
    assert [to for to, _ in told()] == [["writer@ward.example.jp"]]


@pytest.mark.parametrize("gone", [{"is_active": False}, {"is_staff": False}])
def test_who_has_left_is_not_told_but_the_editors_of_the_ward(site, gone):
    ward = WardFactory()
    project = project_of(ward, site)
    VersionFactory(
        record=project, made_by=WardStaffFactory(ward=ward, **{f"user__{k}": v for k, v in gone.items()}).user
    )
    WardStaffFactory(ward=ward, user__email="editor@ward.example.jp")
    WardStaffFactory(ward=ward, role="approver", user__email="approver@ward.example.jp")
    WardStaffFactory(user__email="elsewhere@ward.example.jp")
    check(FIRST)
    check(SECOND)
    assert [to for to, _ in told()] == [["editor@ward.example.jp"]]


def test_without_anybody_else_the_secretariat_is_told(site):
    project_of(WardFactory(), site)
    check(FIRST)
    check(SECOND)
    assert [to for to, _ in told()] == [["secretariat@city.example.jp"]]


def test_one_person_gets_one_mail(site):
    for path in ("/gone", "/withdrawn", "/broken"):
        NewsItemFactory(body=site.address(path))
    check(FIRST)
    check(SECOND)
    assert [subject for _, subject in told()] == ["【特別区全国連携プロジェクト】つながらないリンクが3件あります"]


def test_a_long_mail_names_twenty_and_counts_the_rest(site):
    for number in range(23):
        NewsItemFactory(title=f"知らせ{number:02}", body=site.address("/gone"))
    check(FIRST)
    check(SECOND)
    (message,) = mail.outbox
    assert (message.body.count("・知らせ"), "ほかに3件あります。" in message.body) == (20, True)


def test_a_record_deleted_while_the_links_were_asked_stops_nothing():
    use = LinkUseFactory()
    NewsItem.objects.all().delete()
    assert tell_keepers(at=SECOND) == 0
    assert LinkUse.objects.filter(pk=use.pk).exists()
    assert mail.outbox == []


def test_the_check_needs_no_query_for_each_record(site, django_assert_max_num_queries):
    for number in range(30):
        NewsItemFactory(body=f"{site.address('/')}?page={number}")
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(90):
        check(FIRST)
    assert LinkCheck.objects.count() == 30
