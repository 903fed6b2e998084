"""The demo data: fictional, marked, alive around today, and never in an official number."""

import pytest
from django.core.management import CommandError, call_command

from disaster_support.choices import SupportKind
from disaster_support.models import Disaster
from events.choices import EventKind, ProjectField, Status, StopState
from events.models import Event, Exhibition, Venue, WardProject
from municipalities.choices import TieKind
from municipalities.models import Company, Membership, MunicipalityProfile, Ward, WardTie
from portal.core.models import Attachment, ContactPoint, Image, User
from portal.core.publishing import PublicationState
from portal.models import NewsItem
from tests.portal.demo.site import PUBLISHABLE, SOURCED, TODAY, counts, noon, official_numbers, seed

# The demo data are written once for all of them.
pytestmark = pytest.mark.xdist_group(__name__)


@pytest.mark.django_db
def test_it_refuses_a_site_that_is_not_for_demonstration():
    with pytest.raises(CommandError, match="DEMO_SITE=true のサイトだけ"):
        seed()

    assert User.objects.count() == NewsItem.objects.count() == 0


def test_it_asks_for_the_municipalities_first(empty_site):
    with pytest.raises(CommandError, match="load_reference"):
        seed()

    assert User.objects.count() == 0


def test_it_says_what_is_wrong_with_the_day(empty_site):
    with pytest.raises(CommandError, match="日付として読めません（2026-13-40）"):
        call_command("seed_demo", today="2026-13-40")


def test_it_says_what_is_wrong_with_the_fixed_secret(empty_site, settings):
    settings.DEMO_TOTP_SECRET = "not base32"

    with pytest.raises(CommandError, match="Base32"):
        seed()


def test_it_fills_every_kind_of_page(seeded, demo_site):
    _, said = seeded

    assert {kind: new for kind, (new, _) in counts(said).items()} == {
        "画像": 12,
        "添付ファイル": 12,
        "会場": 4,
        "企業": 2,
        "問い合わせ先": 23,
        "各区の交流": 125,
        "会員登録": 60,
        "企業との包括連携協定": 3,
        "イベント": 37,
        "変更前の日程": 2,
        "全国連携展示": 3,
        "巡回展示": 9,
        "各区事業": 31,
        "お知らせ": 14,
        "刊行物": 5,
        "自治体の紹介": 2,
        "会員自治体の投稿": 6,
        "災害": 2,
        "支援の記録": 7,
        "利用者": 10,
    }


@pytest.mark.parametrize("model", SOURCED)
def test_every_row_is_marked_and_says_that_it_is_fictional(demo_site, model):
    demo_rows = model.objects.filter(source_notes__key__startswith="demo-")

    assert demo_rows.count() > 0
    assert [row for row in demo_rows if not row.is_demo] == []
    assert model.objects.filter(is_demo=True).count() == demo_rows.count()
    assert {note.source for row in demo_rows for note in row.source_notes.all()} == {"デモデータ（架空）"}


# A profile is called after its municipality.
@pytest.mark.parametrize("model", [model for model in PUBLISHABLE if model is not MunicipalityProfile])
def test_every_title_begins_with_the_mark(demo_site, model):
    titles = [getattr(row, "title", "") or row.name for row in model.objects.filter(is_demo=True)]

    assert [title for title in titles if not title.startswith("【デモ】")] == []


def test_names_of_things_and_offices_are_fictional_too(demo_site):
    names = [
        str(row) for model in (Company, Venue, ContactPoint, Attachment) for row in model.objects.filter(is_demo=True)
    ]

    assert [name for name in names if "デモ" not in name] == []
    assert {image.credit for image in Image.objects.all()} == {"ポータル作成（デモ）"}
    assert [phone for phone in ContactPoint.objects.values_list("phone", flat=True) if phone[:8] != "03-0000-"] == []


def test_ties_are_of_all_wards_regions_and_kinds_and_some_are_over(demo_site):
    ties = WardTie.objects.all()

    assert ties.values("ward").distinct().count() == 23
    assert ties.values("municipality__prefecture__region").distinct().count() == 8
    assert {tie.kind for tie in ties} == set(TieKind.values)
    assert ties.filter(starts_on=None).exists()
    assert 0 < ties.in_force(TODAY).count() < ties.count()


def test_members_are_in_every_prefecture_some_have_left_and_one_is_back(demo_site):
    everyone, members = Membership.objects.all(), Membership.objects.in_force(TODAY)

    assert everyone.values("municipality__prefecture").distinct().count() == 47
    assert everyone.exclude(withdrawn_on=None).count() == 5
    assert everyone.count() - everyone.values("municipality").distinct().count() == 1
    assert members.count() == 55


def test_events_are_of_every_kind_and_in_every_state(demo_site):
    events = Event.objects.filter(is_demo=True)

    assert {event.kind for event in events} == set(EventKind.values)
    assert {event.status for event in events} == set(Status.values)
    assert {event.publication_state for event in events} == set(PublicationState.values)
    assert {event.date_precision for event in events} == {"day", "month", "unknown"}
    assert events.filter(sub_events__isnull=False).distinct().count() == 2
    assert events.exclude(status_reason="").count() == 5
    assert events.filter(status=Status.HELD, visitors__gt=0).exclude(results="").count() == 6


def test_the_projects_cover_the_fields_and_three_years(demo_site):
    projects = WardProject.objects.published(noon(TODAY))

    assert {project.field for project in projects} == set(ProjectField.values)
    assert projects.fiscal_years() == [2026, 2025, 2024]
    assert projects.values("ward").distinct().count() == 23


def test_an_exhibition_is_on_view_and_its_tour_stands_in_every_state(demo_site):
    exhibition = Exhibition.objects.published(noon(TODAY)).on_now(noon(TODAY)).get()
    stops = list(exhibition.stops.all())

    assert [stop.state for stop in stops[:5]] == [
        StopState.HELD,
        StopState.HELD,
        StopState.PLANNED,
        StopState.PLANNED,
        StopState.ARRANGING,
    ]
    assert stops[0].last_day < TODAY
    assert stops[1].first_day <= TODAY <= stops[1].last_day
    assert stops[2].first_day > TODAY
    assert len({stop.ward_id for stop in stops}) == 6


def test_support_of_each_kind_is_shown(demo_site):
    disaster = Disaster.objects.published(noon(TODAY)).get(is_demo=True)

    assert {record.kind for record in disaster.support_records.all()} == set(SupportKind.values)
    assert disaster.struck_municipalities.count() == 0


def test_every_ward_can_be_asked(demo_site):
    assert [ward.name for ward in Ward.objects.select_related("contact") if not ward.contact.email] == []


def test_a_file_is_there_for_each_picture_and_paper(demo_site):
    files = [row.file for model in (Image, Attachment) for row in model.objects.all()]

    assert [file.name for file in files if not file.storage.exists(file.name)] == []
    assert [paper.title for paper in Attachment.objects.all() if paper.size != paper.file.size] == []


@pytest.mark.parametrize("model", PUBLISHABLE)
def test_what_is_not_public_carries_a_word_by_which_a_leak_is_seen(demo_site, model):
    hidden = model.objects.filter(is_demo=True).exclude(pk__in=model.objects.published(noon(TODAY)))

    assert hidden.count() > 0
    assert [row for row in hidden if "CANARY-" not in repr(vars(row))] == []


@pytest.mark.parametrize("model", PUBLISHABLE)
def test_what_is_public_carries_no_such_word(demo_site, model):
    def told(row) -> str:
        return repr({name: value for name, value in vars(row).items() if name != "internal_note"})

    assert [row for row in model.objects.published(noon(TODAY)) if "CANARY-" in told(row)] == []


def test_news_are_also_scheduled_drafted_withdrawn_and_over(demo_site):
    news = NewsItem.objects.filter(is_demo=True)
    now = noon(TODAY)

    assert news.published(now).count() == 9
    assert news.filter(publication_state=PublicationState.PUBLISHED, publish_at__gt=now).count() == 1
    assert news.filter(publication_state=PublicationState.DRAFT).count() == 1
    assert news.filter(publication_state=PublicationState.WITHDRAWN).exclude(withdrawal_note="").count() == 1
    assert news.filter(unpublish_at__lte=now).count() == 1


def test_no_official_number_changes(seeded, demo_site):
    before, _ = seeded

    assert official_numbers() == before
    assert (before["agreement members"], before["ties"], before["memberships"], before["linked"]) == (372, 0, 0, 372)
