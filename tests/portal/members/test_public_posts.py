"""Posts of members as the public finds them: those that are public, and no other."""

from datetime import UTC, datetime

import pytest

from tests.factories.municipalities import MemberPostFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db

HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
]


def test_only_what_is_public_stands_in_public(client, town):
    ward = WardFactory()
    MemberPostFactory(owner=town, addressed_to=ward, title="見える投稿")
    for facts in HIDDEN:
        MemberPostFactory(owner=town, addressed_to=ward, title="秘密の投稿", **facts)
    for address in ("/posts/", "/posts/feed/", town.get_absolute_url(), ward.get_absolute_url(), "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert "秘密の投稿" not in text, address
        assert ("見える投稿" in text) == (address != "/sitemap.xml"), address
    assert client.get("/sitemap.xml").content.decode().count("/posts/") == 2


def test_what_was_public_says_that_it_was_withdrawn(client, town):
    withdrawn = MemberPostFactory(owner=town, publication_state="withdrawn", withdrawal_note="募集を終えました。")
    response = client.get(withdrawn.get_absolute_url())
    assert response.status_code == 410
    assert "募集を終えました。" in response.content.decode()
    assert client.get("/posts/999999/").status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["山の幸", "海の便り"]),
        ("kind=product", ["山の幸"]),
        ("prefecture=14", ["山の幸", "海の便り"]),
        ("prefecture=13", []),
        ("kind=nothing", ["山の幸", "海の便り"]),
    ],
)
def test_the_list_is_filtered(client, town, query, titles):
    MemberPostFactory(owner=town, kind="product", title="山の幸", publish_at=datetime(2020, 2, 1, tzinfo=UTC))
    MemberPostFactory(kind="notice", title="海の便り")
    PrefectureFactory(code="13")
    response = client.get(f"/posts/?{query}")
    assert [post.title for post in response.context["page"]] == titles


def test_the_list_of_one_municipality_holds_no_other_s(client, town):
    MemberPostFactory(owner=town, title="山の幸")
    MemberPostFactory(title="海の便り")
    response = client.get(f"/posts/?municipality={town.code}")
    assert [post.title for post in response.context["page"]] == ["山の幸"]
