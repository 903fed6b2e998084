"""How a municipality presents itself: written by its people, public once others approve it."""

from datetime import UTC, datetime

import pytest

from municipalities.models import Membership, MunicipalityProfile
from portal.core.approval import actions
from portal.core.models import Proposal
from portal.roles import Role, ensure_groups
from tests.factories.core import MadeImageFactory, UserFactory
from tests.factories.municipalities import MunicipalityProfileFactory

pytestmark = pytest.mark.django_db

PAGE = "/members/profile/"
TYPED = {"introduction": "川と山の町です。\n\n春には山菜が採れます。", "strengths": "棚田の案内", "name_en": "Yamakawa"}


@pytest.fixture
def approve():
    secretary = UserFactory(is_staff=True)
    secretary.groups.add(ensure_groups()[Role.SECRETARIAT])

    def approve(profile):
        proposal = Proposal.objects.open_for(profile)
        actions.approve(proposal=proposal, by=secretary)
        actions.publish(proposal=proposal, by=secretary)

    return approve


def the_profile():
    return MunicipalityProfile.objects.get()


def test_the_first_profile_is_a_draft_until_it_is_approved(member, town, client, approve):
    assert member.get(PAGE).context["way"] is None
    member.post(PAGE, TYPED | {"submit": "1"})

    profile = the_profile()
    assert (profile.municipality, profile.publication_state) == (town, "in_review")
    assert "春には山菜が採れます。" not in client.get(town.get_absolute_url()).content.decode()

    approve(profile)
    shown = client.get(town.get_absolute_url()).content.decode()
    assert "<p>川と山の町です。</p>" in shown
    assert "棚田の案内" in shown
    assert ("Yamakawa<" in shown, "Yamakawa Town" in shown, "やまかわちょう" in shown) == (True, False, True)


def test_the_old_text_stays_until_the_new_is_approved(member, town, client, approve):
    profile = MunicipalityProfileFactory(municipality=town, introduction="前の紹介")
    response = member.post(PAGE, {"introduction": "新しい紹介", "submit": "1"}, follow=True)
    assert response.context["way"].is_change

    address = town.get_absolute_url()
    assert "新しい紹介" in member.get(f"{PAGE}preview/").content.decode()
    assert "前の紹介" in client.get(address).content.decode()
    assert "新しい紹介" not in client.get(address).content.decode()

    approve(profile)
    assert "新しい紹介" in client.get(address).content.decode()
    assert "前の紹介" not in client.get(address).content.decode()


def test_the_form_shows_the_plain_text_of_what_is_proposed(member, town):
    MunicipalityProfileFactory(municipality=town, introduction="前の紹介")
    member.post(PAGE, {"introduction": "一行目\n二行目\n\n次の段落"})

    form = member.get(PAGE).context["sheet"].form
    assert form["introduction"].value() == "一行目\n二行目\n\n次の段落"


def test_headings_that_the_secretariat_made_are_not_flattened(member, town):
    profile = MunicipalityProfileFactory(municipality=town, introduction="<h3>歴史</h3><p>宿場町です。</p>")
    shown = member.get(PAGE).context["sheet"].form["introduction"].value()
    member.post(PAGE, {"introduction": shown, "strengths": "棚田"})
    assert set(Proposal.objects.open_for(profile).changes["fields"]) == {"strengths"}


def test_a_script_in_the_introduction_does_not_get_through(member):
    member.post(PAGE, {"introduction": "<p>町です。</p><script>alert(1)</script><img src=x onerror=alert(1)>"})
    assert the_profile().introduction == "<p>町です。</p>"


def test_two_people_who_begin_at_once_make_one_profile(member, town):
    """The second had opened an empty page."""
    member.get(PAGE)
    MunicipalityProfileFactory(municipality=town, publication_state="draft", publish_at=None, introduction="同僚の文")
    response = member.post(PAGE, TYPED | {"mark": ""})

    assert the_profile().introduction == "<p>同僚の文</p>"
    assert "この画面を開いた後に、内容が変わりました。" in response.content.decode()
    assert response.context["sheet"].form["strengths"].value() == "棚田の案内"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"official_site": "ftp://town.example.jp/"}, "official_site"),
        ({"furusato_url": "javascript:alert(1)"}, "furusato_url"),
        ({"antenna_shop_url": "https://"}, "antenna_shop_url"),
        ({"introduction": "", "submit": "1"}, "introduction"),
        ({"strengths": "あ" * 1001}, "strengths"),
        ({"name_kana": "あ" * 61}, "name_kana"),
    ],
)
def test_a_bad_value_is_told_at_its_field(member, typed, field):
    response = member.post(PAGE, TYPED | typed)
    assert response.context["sheet"].form.errors[field]
    assert not MunicipalityProfile.objects.exists()
    assert response.context["sheet"].form["name_en"].value() == "Yamakawa"


def test_under_review_it_is_read_only_with_a_way_back(member):
    member.post(PAGE, TYPED | {"submit": "1"})
    response = member.get(PAGE)
    assert response.context["way"].buttons == [("taken_back", "取り戻して直す")]
    assert 'name="introduction"' not in response.content.decode()
    member.post(f"{PAGE}step/", {"step": "taken_back"})
    assert the_profile().publication_state == "draft"


def test_a_neighbour_sees_their_own(member, neighbour):
    member.post(PAGE, TYPED)
    assert "川と山の町です。" not in neighbour.get(PAGE).content.decode()
    for page in ("preview/", "step/"):
        assert neighbour.post(f"{PAGE}{page}").status_code == 404
    neighbour.post(PAGE, {"introduction": "海の町です。"})
    assert MunicipalityProfile.objects.count() == 2


@pytest.mark.parametrize("page", ["", "preview/"])
def test_a_municipality_that_left_writes_no_more(member, town, page):
    MunicipalityProfileFactory(municipality=town)
    Membership.objects.update(withdrawn_on=datetime(2020, 4, 1, tzinfo=UTC))
    assert member.get(f"{PAGE}{page}").status_code == 404


HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
]


@pytest.mark.parametrize("facts", HIDDEN)
def test_what_is_not_public_is_not_on_the_page_of_the_municipality(client, town, facts):
    MunicipalityProfileFactory(municipality=town, introduction="秘密の紹介", name_kana="ひみつ", **facts)
    shown = client.get(town.get_absolute_url()).content.decode()
    assert ("秘密の紹介" in shown, "ひみつ" in shown, "やまかわちょう" in shown) == (False, False, True)


def test_its_links_and_pictures_are_shown_while_their_rights_last(client, town):
    profile = MunicipalityProfileFactory(municipality=town, furusato_url="https://furusato.example.jp/yamakawa")
    profile.images.add(MadeImageFactory(alt_text="棚田の夕日"))
    profile.images.add(
        MadeImageFactory(alt_text="期限切れの写真", rights_until=datetime(2020, 1, 1, tzinfo=UTC).date())
    )
    shown = client.get(town.get_absolute_url()).content.decode()
    assert 'href="https://furusato.example.jp/yamakawa"' in shown
    assert ("棚田の夕日" in shown, "期限切れの写真" in shown) == (True, False)


def test_its_page_needs_few_queries(member, town, django_assert_max_num_queries):
    MunicipalityProfileFactory(municipality=town).images.set(
        MadeImageFactory.create_batch(20, uploaded_by=member.person)
    )
    with django_assert_max_num_queries(18):
        assert member.get(PAGE).status_code == 200
