"""Seeding again: nothing comes twice, the days move along, what staff did stays."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from events.models import Event, Exhibition, TourStop
from municipalities.models import Membership, Municipality, Ward
from portal.core.models import Attachment, Image, SourceNote, User
from portal.core.publishing import PublicationState
from portal.models import NewsItem
from tests.factories.core import ContactPointFactory
from tests.factories.municipalities import MembershipFactory
from tests.portal.demo.site import NAMED, SOURCED, TODAY, counts, noon, seed

# The demo data are written once for all of them.
pytestmark = pytest.mark.xdist_group(__name__)


def everything() -> dict[str, list[dict]]:
    """All that the demo data may write, as it stands."""
    models = [*SOURCED, *NAMED, TourStop, SourceNote, User, EmailAddress, Authenticator, Municipality]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_a_second_time_changes_nothing(demo_site):
    before = everything()

    said = seed()

    assert set(counts(said).values()) == {(0, 0)}
    assert everything() == before


@pytest.mark.parametrize(
    "later",
    # The next day, a Saturday, a Sunday, the last days of January and March, the first of April, another year.
    [TODAY + timedelta(days=days) for days in (1, 5, 6, 69, 128, 129, 400)],
)
def test_on_a_later_day_everything_moves_along_and_nothing_comes_twice(demo_site, capsys, later):
    def titles(rows) -> set[str]:
        return {event.title for event in rows.whole() if event.is_demo}

    coming, on_now = titles(Event.objects.upcoming(noon(TODAY))), titles(Event.objects.on_now(noon(TODAY)))

    said = seed(later)

    assert {new for new, _ in counts(said).values()} == {0}
    assert capsys.readouterr().err == ""
    assert titles(Event.objects.upcoming(noon(later))) == coming
    assert titles(Event.objects.on_now(noon(later))) >= on_now
    assert Exhibition.objects.published(noon(later)).on_now(noon(later)).count() == 1
    assert NewsItem.objects.published(noon(later)).first().publish_at.date() <= later


def test_this_weekend_there_is_something_on_the_weekend_too(demo_site):
    sunday = TODAY + timedelta(days=6)
    seed(sunday)

    event = Event.objects.get(title="【デモ】ふるさと味めぐり")

    assert (event.first_day, event.last_day) == (sunday - timedelta(days=1), sunday)


def test_what_staff_wrote_stays_while_the_days_move(demo_site):
    event = Event.objects.get(title="【デモ】北の港まち味の市")
    Event.objects.filter(pk=event.pk).update(fee="500円", publication_state=PublicationState.IN_REVIEW)

    seed(TODAY + timedelta(days=3))

    moved = Event.objects.get(pk=event.pk)
    assert (moved.fee, moved.publication_state) == ("500円", PublicationState.IN_REVIEW)
    assert moved.first_day == event.first_day + timedelta(days=3)


def test_what_no_longer_fits_the_days_is_left_as_staff_have_it(demo_site, capsys):
    news = NewsItem.objects.get(title="【デモ】「ふるさと味めぐり」を開きます")
    NewsItem.objects.filter(pk=news.pk).update(unpublish_at=noon(TODAY))
    Event.objects.filter(title="【デモ】川辺の交流コンサート").update(
        date_precision="unknown", first_day=None, last_day=None
    )

    seed(TODAY + timedelta(days=3))

    assert Event.objects.get(title="【デモ】川辺の交流コンサート").first_day is None
    assert "入れませんでした：イベント「【デモ】川辺の交流コンサート」" in capsys.readouterr().err


def test_a_text_changed_in_the_demo_data_is_written_again(demo_site):
    note = SourceNote.objects.get(key="demo-event-weekend")
    event = note.record
    Event.objects.filter(pk=event.pk).update(summary="前の版の文です。")
    event.roles.all().delete()
    SourceNote.objects.filter(pk=note.pk).update(row_digest="前の版")

    assert counts(seed())["イベント"] == (0, 1)

    event.refresh_from_db()
    assert event.summary.startswith("各地の味と芸能が集まる二日間です。")
    assert event.roles.count() == 5


def test_what_staff_deleted_comes_back(demo_site):
    Event.objects.get(title="【デモ】北の港まち味の市").delete()

    assert counts(seed())["イベント"] == (1, 0)
    assert counts(seed())["イベント"] == (0, 0)


def test_a_real_member_is_not_doubled_by_a_fictional_one(demo_site, capsys):
    fictional = SourceNote.objects.get(key="demo-member-1").record
    municipality = fictional.municipality
    fictional.delete()
    real = MembershipFactory(municipality=municipality)

    seed()

    assert list(Membership.objects.filter(municipality=municipality)) == [real]
    assert "この自治体は、同じ期間にすでに会員です。" in capsys.readouterr().err


def test_a_ward_that_names_its_own_office_keeps_it(demo_site):
    ward, office = Ward.objects.first(), ContactPointFactory()
    Municipality.objects.filter(pk=ward.pk).update(contact=office)

    seed()

    ward.refresh_from_db()
    assert ward.contact == office


def test_a_lost_picture_is_drawn_again(demo_site):
    image, paper = Image.objects.first(), Attachment.objects.first()
    image.file.delete(save=False)
    paper.file.delete(save=False)

    said = counts(seed())

    assert (said["画像"], said["添付ファイル"]) == ((0, 1), (0, 1))
    image.refresh_from_db()
    assert image.file.storage.exists(image.file.name)
