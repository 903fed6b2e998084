"""What an editor of a ward sends of another ward's records: nothing is told of them, and nothing of theirs changes."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from events.models import Event, EventRole, TourStop, WardProject
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import errors_of, fields_of, send
from tests.admin.test_every_page import draft, page
from tests.conftest import StrictClient
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    TourStopFactory,
    WardProjectFactory,
)
from tests.factories.municipalities import WardFactory, WardStaffFactory

pytestmark = pytest.mark.django_db

SECRET = "まだ秘密の催し"
NO_CHOICE = "正しく選択してください。選択したものは候補にありません。"


@pytest.fixture
def wards(db):
    return WardFactory(), WardFactory()


@pytest.fixture
def editor(client, wards):
    sign_in(client, WardStaffFactory(ward=wards[0]).user)
    return client


@pytest.fixture
def events_of_both(wards):
    return [
        draft(EventFactory, owner=ward, title=title) for ward, title in zip(wards, ("自区の催し", SECRET), strict=True)
    ]


def test_another_wards_event_is_not_taken_as_the_whole_of_ones_own(editor, events_of_both):
    own, foreign = events_of_both
    response = send(editor, page(Event, "change", own.pk), parent=foreign.pk)
    assert errors_of(response) == [NO_CHOICE]
    assert SECRET not in response.content.decode()
    own.refresh_from_db()
    assert own.parent is None


def test_the_whole_that_an_event_has_already_may_stay(editor, events_of_both):
    own, foreign = events_of_both
    Event.objects.filter(pk=own.pk).update(parent=foreign)
    assert send(editor, page(Event, "change", own.pk), theme="新しいテーマ").status_code == 302
    own.refresh_from_db()
    assert (own.parent, own.theme) == (foreign, "新しいテーマ")


def test_a_role_is_not_written_for_another_wards_event(editor, events_of_both):
    own, foreign = events_of_both
    sent = {"event": foreign.pk, "role": "organizer", "name": "団体", "_save": "保存"}
    response = editor.post(page(EventRole, "add"), sent)
    assert NO_CHOICE in response.content.decode()
    assert SECRET not in response.content.decode()
    assert EventRole.objects.count() == 0
    assert editor.post(page(EventRole, "add"), sent | {"event": own.pk}).status_code == 302


def test_a_row_of_another_wards_event_is_not_changed_through_ones_own(editor, events_of_both):
    own, foreign = events_of_both
    role = EventRoleFactory(event=foreign, name="元の団体")
    sent = fields_of(editor.get(page(Event, "change", own.pk))) | {
        "roles-TOTAL_FORMS": "1",
        "roles-INITIAL_FORMS": "1",
        "roles-0-id": str(role.pk),
        "roles-0-event": str(own.pk),
        "roles-0-role": "organizer",
        "roles-0-name": "書き換えた団体",
        "_save": "保存",
    }
    typed = {key: value for key, value in sent.items() if value is not None}
    editor.post(page(Event, "change", own.pk), typed)
    role.refresh_from_db()
    assert (role.name, role.event_id) == ("元の団体", foreign.pk)


def test_a_record_is_not_given_to_another_ward_nor_made_for_one(editor, wards):
    own = draft(WardProjectFactory, ward=wards[0])
    response = send(editor, page(WardProject, "change", own.pk), ward=wards[1].pk)
    assert response.status_code == 200
    typed = {"ward": wards[1].pk, "title": "他区の事業", "field": "tourism", "fiscal_year": "2026", "status": "planned"}
    notes = {f"portal-core-sourcenote-content_type-object_id-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    assert editor.post(page(WardProject, "add"), typed | notes | {"_save": "保存"}).status_code == 200
    assert list(WardProject.objects.values_list("ward", flat=True)) == [wards[0].pk]


def test_stops_of_other_wards_are_not_shown_with_an_exhibition_nor_changed(editor, wards):
    exhibition = draft(ExhibitionFactory)
    stops = [TourStopFactory(exhibition=exhibition, ward=ward, note=f"補足{n}") for n, ward in enumerate(wards)]
    shown = editor.get(page(type(exhibition), "change", exhibition.pk)).content.decode()
    assert ("補足0" in shown, "補足1" in shown) == (True, False)
    assert editor.post(page(TourStop, "change", stops[1].pk), {"note": "変えた"}).status_code == 404


def test_only_ones_own_are_deleted_of_several_that_are_chosen(editor, events_of_both):
    own, foreign = events_of_both
    common = draft(EventFactory)
    chosen = {"action": "delete_selected", "post": "yes"}
    editor.post(page(Event, "changelist"), chosen | {"_selected_action": [own.pk, foreign.pk]})
    assert set(Event.objects.all()) == {foreign, common}
    editor.post(page(Event, "changelist"), chosen | {"_selected_action": [common.pk]})
    assert set(Event.objects.all()) == {foreign, common}


def test_lists_are_not_filtered_by_what_others_keep(editor, events_of_both):
    for query in ({"parent__title__startswith": SECRET[:2]}, {"owner__staff__user__password__startswith": "p"}):
        assert editor.get(page(Event, "changelist", **query)).status_code == 400
    for query in ({"_to_field": "title"}, {"q": SECRET}):
        assert SECRET not in editor.get(page(Event, "changelist", **query)).content.decode().replace(
            f'value="{SECRET}"', ""
        )


def test_nobody_feels_their_way_to_a_password(office):
    response = office.get(reverse("admin:core_user_changelist"), {"password__startswith": "md5"})
    assert response.status_code == 400


def test_a_record_that_moved_to_another_ward_takes_its_history_along(editor, wards):
    own = draft(WardProjectFactory, ward=wards[0])
    assert editor.get(page(WardProject, "history", own.pk)).status_code == 200
    WardProject.objects.filter(pk=own.pk).update(ward=wards[1])
    assert editor.get(page(WardProject, "history", own.pk)).status_code == 404
    kind = ContentType.objects.get_for_model(WardProject)
    assert editor.get(reverse("admin:view_on_site", args=[kind.pk, own.pk])).status_code == 404


def test_notes_on_common_records_are_for_those_who_keep_them(editor, office_of_all):
    common = draft(EventFactory, internal_note="事務局の覚え書き")
    address = page(Event, "change", common.pk)
    assert "事務局の覚え書き" not in editor.get(address).content.decode()
    assert "事務局の覚え書き" in office_of_all.get(address).content.decode()


@pytest.fixture
def office_of_all(administrator):
    browser = StrictClient()
    sign_in(browser, administrator)
    return browser
