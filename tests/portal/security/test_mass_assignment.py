"""A field that a form does not show is not read, whoever sends it."""

import pytest
from django.urls import reverse

from events.models import Event, WardProject
from municipalities.models import MemberPost, MembershipApplication, MemberStaff
from portal.core.models import User
from portal.models import Inquiry, PageFeedback
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import send
from tests.conftest import StrictClient
from tests.factories.core import UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.guarded import guarded
from tests.portal.members import signing_up, writing_events, writing_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return writing_events.town()


@pytest.fixture
def other():
    return writing_events.town("隣町", "042099")


@pytest.fixture
def extra(other):
    """What somebody would like to be true of a record, beside what the form asks."""
    return {
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "on",
        "is_demo": "on",
        "groups": "1",
        "publication_state": "published",
        "state": "approved",
        "status": "published",
        "owner": other.pk,
        "municipality": other.pk,
        "ward": "131091",
        "reference": "AAA-AAA-AAA",
        "created_at": "2001-01-01",
        "updated_at": "2001-01-01",
        "pk": "1",
        "id": "1",
        "by": "1",
        "user": "1",
        "decided_by": "1",
        "handled_by": "1",
        "counts": "on",
        "forgotten_at": "2020-01-01",
        "internal_note": "evil",
        "fiscal_year": "1999",
        "password": "evil",
        "role": "approver",
        "starts_on": "2001-01-01",
        "ends_on": "2099-01-01",
        "submission": "evil",
    }


def values(record, *names):
    record.refresh_from_db()
    return tuple(getattr(record, name) for name in names)


def test_a_member_writes_an_event_of_its_own_as_a_draft(home, extra):
    browser = writing_events.browser_of(home)
    browser.post(reverse("member_event_add"), extra | writing_events.typed(kind="seminar"))

    (event,) = Event.objects.all()
    found = values(event, "owner", "kind", "publication_state", "publish_at", "is_demo", "internal_note", "fiscal_year")
    assert found == (home, "member", "draft", None, False, "", 2026)


def test_a_member_changes_its_own_event_and_no_other(home, other, extra):
    mine, theirs = writing_events.draft_of(home), writing_events.draft_of(other)
    browser = writing_events.browser_of(home)
    sent = extra | {"id": theirs.pk, "pk": theirs.pk, "event": theirs.pk}
    browser.post(reverse("member_event_change", args=[mine.pk]), sent | writing_events.typed(title="新しい題名"))

    assert values(mine, "title", "owner", "publication_state", "is_demo") == ("新しい題名", home, "draft", False)
    assert values(theirs, "title", "owner", "publication_state") == ("下書き", other, "draft")


def test_a_member_writes_a_post_of_its_own_as_a_draft(home, extra):
    browser = writing_events.browser_of(home)
    writing_posts.write(browser, **extra)

    post = writing_posts.the_post()
    assert values(post, "owner", "publication_state", "publish_at", "is_demo", "internal_note") == (
        *(home, "draft", None, False, ""),
    )
    assert MemberPost.objects.filter(owner=home).count() == 1


def test_a_member_says_of_itself_what_the_page_asks(home, other, extra):
    browser = writing_events.browser_of(home)
    stranger = UserFactory(name="他人")
    before = User.objects.get(pk=browser.person.pk)
    browser.post("/members/people/me/", extra | {"user": stranger.pk, "department": "企画課", "phone": "03-0000-0000"})

    person = User.objects.get(pk=browser.person.pk)
    assert (person.is_staff, person.is_superuser, person.password, person.email) == (
        *(False, False, before.password, before.email),
    )
    assert values(MemberStaff.objects.get(), "municipality", "user", "department", "ends_on") == (
        *(home, person, "企画課", None),
    )
    assert values(stranger, "name") == ("他人",)


def test_whoever_applies_decides_nothing(client, other, extra):
    town = signing_up.town()
    signing_up.send(client, town, **{name: value for name, value in extra.items() if name != "municipality"})

    (application,) = MembershipApplication.objects.all()
    found = values(application, "municipality", "state", "decided_by", "user", "confirmed_at", "forgotten_at")
    assert found == (town, "unconfirmed", None, None, None, None)
    assert application.reference != "AAA-AAA-AAA"
    assert User.objects.count() == 0


def test_whoever_asks_leaves_an_open_inquiry(client, extra):
    UserFactory()
    letter = {"topic": "event", "body": "内容", "email": "", "name": "", "note": "evil"}
    client.post("/contact/", guarded(**(extra | letter | {"ward": ""})))

    (inquiry,) = Inquiry.objects.all()
    assert values(inquiry, "state", "handled_by", "note", "ward", "closed_at", "forgotten_at") == (
        *("open", None, "", None, None, None),
    )
    assert (inquiry.reference, inquiry.submission) != ("AAA-AAA-AAA", "evil")


def test_whoever_rates_a_page_says_nothing_of_another(client, extra):
    WardFactory()
    client.post("/feedback/?page=/about/", guarded(**(extra | {"page": "/about/", "answer": "yes", "title": "evil"})))

    (feedback,) = PageFeedback.objects.all()
    assert (feedback.path, feedback.ward, "evil" in (feedback.title, feedback.submission)) == ("/about/", None, False)
    assert feedback.created_at.year > 2001


def test_a_new_password_makes_nobody_staff(client, extra):
    user = UserFactory()
    sign_in(client, user)
    given = {"oldpassword": "correct horse battery", "password1": "staple gun 42 x", "password2": "staple gun 42 x"}
    client.post("/accounts/password/change/", extra | given)

    assert user.check_password("staple gun 42 x") is False
    user.refresh_from_db()
    assert user.check_password("staple gun 42 x") is True
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)


@pytest.fixture
def editor():
    """Somebody who writes for a ward and publishes nothing."""
    post = WardStaffFactory(role="editor")
    browser = StrictClient()
    sign_in(browser, post.user)
    browser.ward = post.ward
    return browser


def test_an_editor_of_a_ward_publishes_nothing_and_gives_nothing_away(editor, client):
    other = WardFactory()
    draft = WardProjectFactory(ward=editor.ward, publication_state="draft", publish_at=None)
    address = f"/admin/events/wardproject/{draft.pk}/change/"
    # When it is to be public is theirs to wish; that it is, is not.
    moment = {"publish_at_0": "2020-01-01", "publish_at_1": "00:00"}
    send(editor, address, publication_state="published", title="新しい題名", **moment)
    assert values(draft, "publication_state", "title") == ("draft", "新しい題名")
    assert client.get(draft.get_absolute_url()).status_code == 404

    send(editor, address, ward=other.pk, is_demo="on", title="もっと新しい題名")
    assert values(draft, "ward", "is_demo") == (editor.ward, False)


def test_an_editor_of_a_ward_adds_nothing_to_another(editor):
    other = WardFactory()
    send(editor, "/admin/events/wardproject/add/", ward=other.pk, title="よその事業", publication_state="published")

    assert WardProject.objects.filter(ward=other).count() == 0
    assert WardProject.objects.filter(publication_state="published").count() == 0


@pytest.mark.parametrize("whose", ["own", "other"])
def test_the_secretariat_makes_nobody_an_administrator(whose):
    secretary, other = UserFactory(is_staff=True), UserFactory(is_staff=True)
    secretary.groups.add(ensure_groups()[Role.SECRETARIAT])
    browser = StrictClient()
    sign_in(browser, secretary)
    user = secretary if whose == "own" else other
    page = browser.get(f"/admin/core/user/{user.pk}/change/")
    if page.status_code == 200:
        send(
            browser, f"/admin/core/user/{user.pk}/change/", is_superuser="on", user_permissions=["1"], name="新しい名前"
        )

    assert values(user, "is_superuser") == (False,)
    assert user.user_permissions.count() == 0
