"""What nobody is there to do: found before it hurts."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from portal.handover.gaps import gaps
from tests.factories.core import ProposalFactory, UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


def wards_found():
    return [(gap.ward, str(gap.role), gap.day) for gap in gaps(NOW).wards]


def test_a_ward_without_people_lacks_both():
    ward = WardFactory()
    today = date(2026, 11, 25)
    assert wards_found() == [(ward, "approver", today), (ward, "editor", today)]


def test_a_ward_that_will_lack_somebody_is_told_of_sixty_days_before():
    ward, later = WardFactory(), WardFactory()
    for place, ends in ((ward, date(2027, 1, 24)), (later, date(2027, 1, 25))):
        WardStaffFactory(ward=place)
        WardStaffFactory(ward=place, role="approver", ends_on=ends)
    assert wards_found() == [(ward, "approver", date(2027, 1, 24))]


def test_a_successor_or_a_substitute_fills_the_gap():
    ward = WardFactory()
    WardStaffFactory(ward=ward, ends_on=date(2026, 12, 1))
    WardStaffFactory(ward=ward, starts_on=date(2026, 12, 1))
    WardStaffFactory(ward=ward, role="approver", is_substitute=True)
    assert wards_found() == []


def test_people_who_cannot_sign_in_fill_none():
    ward = WardFactory()
    gone = UserFactory(is_staff=True, is_active=False)
    posts = [WardStaffFactory(ward=ward, user=gone, role=role) for role in ("editor", "approver")]
    assert [role for _, role, _ in wards_found()] == ["approver", "editor"]
    assert sorted(post.pk for post in gaps(NOW).posts) == [post.pk for post in posts]


def test_proposals_with_which_nobody_goes_on_are_named():
    ward = WardFactory()
    editor = WardStaffFactory(ward=ward).user
    former = WardStaffFactory(ward=ward, ends_on=date(2026, 11, 25)).user
    gone = UserFactory(is_staff=True, is_superuser=True, is_active=False)
    drafts = {
        who: ProposalFactory(record=WardProjectFactory(ward=ward), written_by=person)
        for who, person in (("editor", editor), ("former", former))
    }
    drafts["gone"] = ProposalFactory(record=NewsItemFactory(), written_by=gone)
    ProposalFactory(record=NewsItemFactory(), written_by=gone, state="dropped")
    assert {proposal.pk for proposal in gaps(NOW).proposals} == {drafts["former"].pk, drafts["gone"].pk}


def test_the_page_names_them_and_says_what_to_do(office):
    ward = WardFactory()
    proposal = ProposalFactory(record=NewsItemFactory(), written_by=UserFactory())
    shown = office.get(reverse("admin:handover_gaps")).content.decode()
    assert f"{ward.name}：いま区承認者・区担当者がいません。" in shown
    assert proposal.subject in shown


def test_the_page_says_when_all_is_well(office):
    shown = office.get(reverse("admin:handover_gaps")).content.decode()
    assert "担当者のいない区、引き継がれていない起案はありません。" in shown
