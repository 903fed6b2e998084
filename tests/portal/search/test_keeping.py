"""The index says what the records say, whichever way they were changed."""

import contextlib
import io

import pytest
from django.core.management import call_command
from django.db import transaction

from events.actions import refresh_places
from events.models import Event
from municipalities.models import Municipality, Ward
from portal.core.changes import follow_up, gathered, rows_written
from portal.models import SearchEntry
from portal.search.index import rebuild
from tests.factories.core import AttachmentFactory
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, EventRoleFactory, SpeakerFactory, VenueFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MunicipalityFactory,
    MunicipalitySuccessionFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.factories.portal import NewsItemFactory
from tests.factories.search import SearchEntryFactory
from tests.portal.search.conftest import PUBLISHABLE

pytestmark = pytest.mark.django_db


def entries():
    """All that the index holds, as it is searched."""
    columns = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "terms")]
    return {row["record"]: row for row in SearchEntry.objects.values(*columns)}


def rebuilt():
    rebuild(lambda source, done, total: None)
    return entries()


def test_a_change_of_the_text_is_found_and_the_former_is_not(ask):
    news = NewsItemFactory(title="春の知らせ")
    news.title = "秋の知らせ"
    news.save()

    assert ask("春の").urls == []
    assert ask("秋の").urls == [news.get_absolute_url()]


def test_a_change_that_is_taken_back_changes_nothing(ask):
    news = NewsItemFactory(title="春の知らせ")
    with transaction.atomic():
        news.title = "秋の知らせ"
        news.save()
        assert ask("秋の").total == 1
        transaction.set_rollback(True)

    assert ask("春の").total == 1
    assert ask("秋の").total == 0


def test_what_is_related_is_told_and_told_no_more(ask):
    event, paper = EventFactory(title="会"), AttachmentFactory(title="瑪瑙の図")
    event.attachments.add(paper)
    assert ask("瑪瑙").total == 1
    event.attachments.remove(paper)
    assert ask("瑪瑙").total == 0
    paper.events.set([event])
    assert ask("瑪瑙").total == 1
    paper.events.clear()
    assert ask("瑪瑙").total == 0
    event.attachments.set([paper])
    assert ask("瑪瑙").total == 1
    event.attachments.clear()
    assert ask("瑪瑙").total == 0


def test_a_new_name_of_what_is_related_reaches_all_that_tell_of_it(ask):
    venue, paper = VenueFactory(name="古い会館"), AttachmentFactory(title="古い図")
    events = [EventFactory(venue=venue), EventFactory()]
    events[1].report_attachments.add(paper)
    for row, column, name in ((venue, "name", "瑪瑙会館"), (paper, "title", "瑪瑙の図")):
        setattr(row, column, name)
        row.save()

    assert sorted(ask("瑪瑙").urls) == sorted(event.get_absolute_url() for event in events)
    assert ask("古い").urls == []


def test_a_row_that_moves_leaves_the_record_it_was_told_by(ask):
    first, second = EventFactory(title="一の会"), EventFactory(title="二の会")
    speaker = SpeakerFactory(event=first, name="瑪瑙太郎")
    speaker.event = second
    speaker.save()
    assert ask("瑪瑙").urls == [second.get_absolute_url()]
    speaker.delete()
    assert ask("瑪瑙").urls == []


def test_rows_deleted_together_are_told_no_more(ask):
    event = EventFactory(title="会")
    EventRoleFactory(event=event, name="瑪瑙協会")
    EventRoleFactory(event=event, name="瑪瑙組合")
    assert ask("瑪瑙").total == 1
    event.roles.all().delete()
    assert ask("瑪瑙").total == 0


def test_a_town_that_is_deleted_is_told_by_nobody(ask):
    town = MunicipalityFactory(name="瑪瑙町", name_kana="めのうまち")
    disaster = DisasterFactory(name="台風")
    disaster.struck_municipalities.add(town)
    assert ask("瑪瑙").total == 2
    town.delete()
    assert ask("瑪瑙").total == 0


def test_a_merger_that_is_noted_or_taken_back(ask):
    old = MunicipalityFactory(name="旧川町", dissolved_on="2006-01-01")
    new = MunicipalityFactory(name="新川市")
    assert ask("旧川町").urls == [old.get_absolute_url()]
    merger = MunicipalitySuccessionFactory(predecessor=old, successor=new)
    assert ask("旧川町").urls == [new.get_absolute_url()]
    merger.delete()
    assert ask("旧川町").urls == [old.get_absolute_url()]


def test_a_proxy_is_the_same_record(ask):
    ward = WardFactory(name="古区")
    same = Ward.objects.get(pk=ward.pk)
    same.name = "瑪瑙区"
    same.save()

    assert ask("瑪瑙").urls == [ward.get_absolute_url()]
    assert SearchEntry.objects.filter(record__endswith=ward.pk).count() == 1


def test_an_agreement_is_called_after_its_bodies(ask):
    agreement = CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="山県町村会")])
    agreement.bodies.add(PartnerBodyFactory(name="瑪瑙県市長会"))

    assert ask("瑪瑙県市長会").titles == ["山県町村会・瑪瑙県市長会との広域連携協定"]


def test_places_noted_in_bulk_are_told(ask):
    town = MunicipalityFactory(name="瑪瑙町", prefecture=PrefectureFactory())
    event = EventFactory(title="会")
    Event.objects.filter(pk=event.pk).update(owner=town)
    refresh_places(Event.objects.filter(pk=event.pk))

    assert ask("瑪瑙", kind="event").urls == [event.get_absolute_url()]


def test_rows_written_in_bulk_are_told(ask):
    prefecture = PrefectureFactory(code="20", name="長野県")
    town = Municipality(
        code="202029", prefecture=prefecture, kind="city", name="松本市", name_kana="まつもとし", name_en="Matsumoto"
    )
    Municipality.objects.bulk_create([town])
    assert ask("松本").total == 0
    rows_written.send(Municipality, keys=[town.pk])
    assert ask("松本").urls == ["/municipalities/202029/"]


def test_many_changes_are_followed_up_once():
    done = []
    with gathered():
        follow_up(done.append, [1, 2])
        with gathered():
            follow_up(done.append, [2, 3])
        assert done == []
    follow_up(done.append, [])

    assert done == [{1, 2, 3}]


def test_what_was_gathered_for_nothing_is_forgotten():
    done = []
    with contextlib.suppress(ZeroDivisionError), gathered():
        follow_up(done.append, [1])
        raise ZeroDivisionError
    follow_up(done.append, [2])

    assert done == [{2}]


def test_rebuilding_changes_nothing_where_all_was_kept():
    for make in PUBLISHABLE.values():
        make()
    before = entries()

    assert len(before) > len(PUBLISHABLE)
    assert rebuilt() == before


def test_rebuilding_makes_what_is_missing_and_removes_what_is_left_over(ask):
    news = NewsItemFactory(title="瑪瑙の知らせ")
    SearchEntry.objects.filter(record=f"newsitem:{news.pk}").delete()
    SearchEntryFactory(title="瑪瑙の跡")
    SearchEntryFactory(record="nothing:1")
    said = io.StringIO()
    call_command("rebuild_search", stdout=said)

    assert ask("瑪瑙").urls == [news.get_absolute_url()]
    assert set(entries()) == {f"newsitem:{news.pk}"}
    assert "お知らせ：1／1件\n" in said.getvalue()
    assert said.getvalue().endswith("検索の索引を作り直しました：1件\n")


def test_whoever_searches_during_a_rebuilding_finds(ask):
    news = [NewsItemFactory(title=f"瑪瑙{number}") for number in range(3)]
    found = []
    rebuild(lambda source, done, total: found.append(ask("瑪瑙").total))

    assert set(found) == {len(news)}


@pytest.mark.parametrize("loaded", [("load_reference",), ("load_reference", "load_official")])
def test_what_was_loaded_is_found_as_if_rebuilt(ask, loaded):
    for command in loaded:
        call_command(command, stdout=io.StringIO())
    before = entries()

    assert ask("函館").urls[0] == "/municipalities/012025/"
    assert len(before) >= 1741 + 47
    assert rebuilt() == before
