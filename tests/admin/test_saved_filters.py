"""What somebody asks of a list again and again: kept under a name, theirs alone."""

import pytest
from django.urls import reverse

from events.models import Event, EventReport
from portal.core.models import SavedFilter
from portal.core.saved_filters.models import MOST_PER_LIST
from tests.accounts.signing_in import sign_in
from tests.factories.core import SavedFilterFactory, UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import WardStaffFactory

pytestmark = pytest.mark.django_db

LIST, FILTERS = reverse("admin:events_event_changelist"), reverse("admin:events_event_filters")


def keep(office, query, name="春の催し", **fields):
    return office.post(FILTERS, {"query": query, "name": name, **fields})


def mine(person):
    return list(SavedFilter.objects.filter(user=person).values_list("name", "query", "is_default"))


def test_a_question_is_kept_and_leads_back_to_its_answer(office, administrator):
    EventFactory(title="春の講演会", kind="lecture")
    EventFactory(title="春の市", kind="promotion")
    page = office.get(LIST, {"q": "春", "kind__exact": "lecture", "p": "1"})
    assert page.context["question"] == "kind__exact=lecture&q=%E6%98%A5"
    answer = keep(office, page.context["question"])
    assert answer.headers["Location"] == f"{LIST}?kind__exact=lecture&q=%E6%98%A5"
    assert mine(administrator) == [("春の催し", "kind__exact=lecture&q=%E6%98%A5", False)]
    page = office.get(answer.headers["Location"])
    assert [str(event) for event in page.context["cl"].result_list] == ["春の講演会"]
    assert [(str(one), is_current) for one, is_current in page.context["saved_filters"]] == [("春の催し", True)]
    assert page.context["question"] == ""
    assert '<a href="?kind__exact=lecture&amp;q=%E6%98%A5" aria-current="true">春の催し</a>' in page.content.decode()


def test_without_a_question_there_is_nothing_to_keep(office):
    assert "いまの条件を保存する" not in office.get(LIST).content.decode()
    assert "いまの条件を保存する" in office.get(LIST, {"q": "春"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "p=2",
        "no_such_parameter=1",
        "owner__official_site__contains=x",
        "first_day__gte=x",
        "contact__email__startswith=a",
        "o=x&kind__nothing=1",
    ],
)
def test_only_what_the_list_knows_is_kept(office, administrator, query):
    answer = keep(office, query, name="何か")
    assert (answer.status_code, mine(administrator)) == (200, [])
    assert "この一覧では使えない条件です。" in answer.content.decode()
    assert 'value="何か"' in answer.content.decode()


def test_a_list_opens_with_the_one_that_is_marked(office, administrator):
    keep(office, "kind__exact=lecture", name="講演会", is_default="on")
    keep(office, "kind__exact=promotion", name="魅力発信", is_default="on")
    assert mine(administrator) == [
        ("講演会", "kind__exact=lecture", False),
        ("魅力発信", "kind__exact=promotion", True),
    ]
    assert office.get(LIST).headers["Location"] == f"{LIST}?kind__exact=promotion"


def test_all_records_can_still_be_seen(office):
    EventFactory.create_batch(2)
    keep(office, "kind__exact=promotion", name="魅力発信", is_default="on")
    page = office.get(LIST, {"_all": "1"})
    assert page.status_code == 200
    assert len(page.context["cl"].result_list) == 2
    filtered = office.get(LIST, {"kind__exact": "promotion"})
    assert filtered.context["cl"].clear_all_filters_qs == "?_all=1"


def test_a_window_for_choosing_is_not_filtered(office):
    keep(office, "kind__exact=promotion", name="魅力発信", is_default="on")
    assert office.get(LIST, {"_popup": "1"}).status_code == 200


def test_a_filter_is_named_anew_unmarked_and_deleted(office, administrator):
    saved = SavedFilterFactory(user=administrator, model=Event, is_default=True)
    office.post(FILTERS, {"saved": saved.pk, "name": "秋の催し"})
    assert mine(administrator) == [("秋の催し", saved.query, False)]
    office.post(FILTERS, {"saved": saved.pk, "name": "秋の催し", "delete": "1"})
    assert mine(administrator) == []


def test_a_name_that_is_taken_or_empty_is_refused(office, administrator):
    SavedFilterFactory(user=administrator, model=Event, name="春")
    other = SavedFilterFactory(user=administrator, model=Event, name="秋")
    for name, message in (
        ("春", "この名前の条件は、すでにあります。"),
        ("", "名前を40文字までで入れてください。"),
        ("あ" * 41, "名前を40文字までで入れてください。"),
    ):
        page = office.post(FILTERS, {"saved": other.pk, "name": name}, follow=True)
        assert message in page.content.decode()
    assert "この名前の条件は、すでにあります。" in keep(office, "q=a", name="春").content.decode()
    assert [name for name, *_ in mine(administrator)] == ["春", "秋"]


def test_there_are_only_so_many(office, administrator):
    SavedFilterFactory.create_batch(MOST_PER_LIST, user=administrator, model=Event)
    assert "20個までです" in keep(office, "q=a").content.decode()
    assert len(mine(administrator)) == MOST_PER_LIST


def test_the_list_of_a_proxy_has_its_own(office, administrator):
    keep(office, "q=a", name="イベントの条件")
    assert SavedFilter.objects.of(administrator, EventReport).count() == 0
    assert office.get(reverse("admin:events_eventreport_changelist"), {"q": "b"}).context["saved_filters"] == []


def test_nobody_sees_or_touches_the_filters_of_others(office):
    theirs = SavedFilterFactory(model=Event, name="他人の条件", is_default=True)
    assert office.get(LIST).status_code == 200
    assert "他人の条件" not in office.get(FILTERS).content.decode()
    assert office.post(FILTERS, {"saved": theirs.pk, "name": "x", "delete": "1"}).status_code == 404
    for key in ("x", "9" * 30, ""):
        assert office.post(FILTERS, {"saved": key, "name": "x"}).status_code == 404
    assert SavedFilter.objects.filter(pk=theirs.pk).exists()


def test_who_may_not_see_a_list_keeps_nothing_of_it(client):
    sign_in(client, WardStaffFactory().user)
    assert client.get(reverse("admin:core_user_filters")).status_code == 403
    assert client.post(reverse("admin:core_user_filters"), {"query": "q=a", "name": "a"}).status_code == 403
    assert client.get(FILTERS).status_code == 200


def test_a_kept_question_that_no_longer_fits_harms_nothing(office, administrator):
    SavedFilterFactory(user=administrator, model=Event, query="no_such_parameter=1", is_default=True)
    assert office.get(LIST, follow=True).status_code == 200


def test_filters_go_with_their_person():
    saved = SavedFilterFactory(user=UserFactory())
    saved.user.delete()
    assert SavedFilter.objects.count() == 0
