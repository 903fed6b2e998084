"""Every page of every model in the back office: it opens, in Japanese, within twelve queries at fifty rows."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disaster_support.models import Disaster, DisasterMode, EmergencyNotice, NoticeTemplate, SupportRecord
from events.models import Event, EventReport, EventRole, Exhibition, TourStop, Venue, WardProject
from municipalities.models import (
    AgreementMember,
    Company,
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Membership,
    MembershipApplication,
    MembershipConfirmation,
    MemberStaff,
    Municipality,
    MunicipalityProfile,
    PartnerBody,
    Prefecture,
    Ward,
    WardStaff,
    WardTie,
)
from portal.core.models import Attachment, AuditEntry, ContactPoint, Image, OutgoingMail, Proposal, SourceNote, User
from portal.models import (
    Aim,
    Finding,
    FoundingDocument,
    Inquiry,
    LinkUse,
    Milestone,
    NewsItem,
    PageFeedback,
    PlanItem,
    PolicyDocument,
    Publication,
    PublishedFigure,
    SearchMiss,
)
from tests.english import english_on
from tests.factories import contact, core, disaster_support, events, links, municipalities, portal, quality, search

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
WAITING = {"state": "in_review", "submitted_at": datetime(2026, 11, 20, tzinfo=UTC)}
ROWS = 50


def pictures(count=ROWS):
    return core.ImageFactory.create_batch(count)


def papers(count=ROWS):
    return core.AttachmentFactory.create_batch(count)


def towns(count=ROWS):
    return municipalities.MunicipalityFactory.create_batch(count)


def draft(factory, **fields):
    """A row whose pages show everything, the one for deleting it too."""
    return factory(publication_state="draft", publish_at=None, **fields)


def an_event():
    whole = draft(events.EventFactory, contact=core.ContactPointFactory())
    whole.images.set(pictures())
    whole.attachments.set(papers())
    whole.prefectures.set(municipalities.PrefectureFactory.create_batch(12))
    for town in towns():
        draft(events.EventFactory, parent=whole)
        events.EventRoleFactory(event=whole, name="", municipality=town)
        events.EventRoleFactory(event=whole, name="", company=municipalities.CompanyFactory())
        events.SpeakerFactory(event=whole)
        events.FormerScheduleFactory(event=whole)
    return whole


def a_report():
    event = events.EventFactory(first_day=date(2026, 10, 10), last_day=date(2026, 10, 10))
    event.participants.set(towns())
    event.report_images.set(pictures())
    event.report_attachments.set(papers())
    return event


def an_exhibition():
    exhibition = draft(events.ExhibitionFactory, prefecture=municipalities.PrefectureFactory())
    exhibition.images.set(pictures())
    exhibition.attachments.set(papers())
    for _ in range(ROWS):
        events.TourStopFactory(exhibition=exhibition, venue=events.VenueFactory())
        events.FormerScheduleFactory(event=None, exhibition=exhibition)
    return exhibition


def a_project():
    project = draft(events.WardProjectFactory)
    project.municipalities.set(towns())
    return project


def an_agreement():
    bodies = municipalities.PartnerBodyFactory.create_batch(ROWS)
    return draft(municipalities.CooperationAgreementFactory, bodies=bodies, members=towns())


def a_disaster():
    disaster = draft(disaster_support.DisasterFactory)
    disaster.struck_municipalities.set(towns())
    disaster_support.SupportRecordFactory.create_batch(ROWS, disaster=disaster)
    disaster_support.DisasterStepFactory.create_batch(ROWS, disaster=disaster)
    return disaster


def a_notice():
    disaster_support.NoticeTemplateFactory.create_batch(ROWS)
    return disaster_support.EmergencyNoticeFactory(published_at=None, published_by=None)


def a_news_item():
    item = draft(portal.NewsItemFactory)
    item.images.set(pictures())
    item.attachments.set(papers())
    return item


def a_profile():
    profile = draft(municipalities.MunicipalityProfileFactory)
    profile.images.set(pictures())
    return profile


def a_post():
    post = draft(municipalities.MemberPostFactory, addressed_to=municipalities.WardFactory())
    post.images.set(pictures())
    post.attachments.set(papers())
    return post


def a_publication():
    return draft(portal.PublicationFactory, cover=core.ImageFactory(), attachment=core.AttachmentFactory())


def a_picture():
    image = core.MadeImageFactory(pixels=(1000, 800))
    for _ in range(ROWS):
        events.EventFactory().images.add(image)
        events.EventFactory().report_images.add(image)
        events.ExhibitionFactory().images.add(image)
        portal.NewsItemFactory().images.add(image)
        portal.PublicationFactory(cover=image)
    return image


def a_paper():
    paper = core.AttachmentFactory()
    for _ in range(ROWS):
        events.EventFactory().attachments.add(paper)
        events.EventFactory().report_attachments.add(paper)
        events.ExhibitionFactory().attachments.add(paper)
        portal.NewsItemFactory().attachments.add(paper)
        portal.PublicationFactory(attachment=paper)
    return paper


def a_town():
    town = municipalities.MunicipalityFactory(contact=core.ContactPointFactory())
    for _ in range(23):
        municipalities.WardTieFactory(municipality=town)
    return town


def a_user():
    user = core.UserFactory()
    user.groups.set(Group.objects.create(name=f"係{n}") for n in range(ROWS))
    return user


def a_venue():
    venue = events.VenueFactory(municipality=municipalities.MunicipalityFactory())
    for _ in range(ROWS):
        events.EventFactory(venue=venue)
    return venue


def a_company():
    company = municipalities.CompanyFactory()
    municipalities.CompanyAgreementFactory.create_batch(ROWS, company=company)
    return company


# For each model: what makes one more row, and what makes the row whose own pages are opened.
MODELS = {
    User: (core.UserFactory, a_user),
    Group: (lambda: Group.objects.create(name=f"課{Group.objects.count()}"),) * 2,
    SourceNote: (lambda: core.SourceNoteFactory(record=portal.AimFactory()),) * 2,
    Image: (core.MadeImageFactory, a_picture),
    Attachment: (core.AttachmentFactory, a_paper),
    ContactPoint: (core.ContactPointFactory,) * 2,
    Prefecture: (municipalities.PrefectureFactory,) * 2,
    Municipality: (municipalities.MunicipalityFactory, a_town),
    Ward: (municipalities.WardFactory,) * 2,
    WardTie: (municipalities.WardTieFactory,) * 2,
    PartnerBody: (municipalities.PartnerBodyFactory,) * 2,
    CooperationAgreement: (municipalities.CooperationAgreementFactory, an_agreement),
    AgreementMember: (municipalities.AgreementMemberFactory,) * 2,
    Company: (municipalities.CompanyFactory, a_company),
    CompanyAgreement: (
        municipalities.CompanyAgreementFactory,
        lambda: draft(municipalities.CompanyAgreementFactory),
    ),
    Membership: (municipalities.MembershipFactory,) * 2,
    MembershipApplication: (municipalities.MembershipApplicationFactory,) * 2,
    WardStaff: (municipalities.WardStaffFactory,) * 2,
    MemberStaff: (municipalities.MemberStaffFactory,) * 2,
    MembershipConfirmation: (municipalities.MembershipConfirmationFactory,) * 2,
    MunicipalityProfile: (municipalities.MunicipalityProfileFactory, a_profile),
    MemberPost: (municipalities.MemberPostFactory, a_post),
    AuditEntry: (core.AuditEntryFactory,) * 2,
    Proposal: (lambda: core.ProposalFactory(record=portal.NewsItemFactory(), **WAITING),) * 2,
    Venue: (events.VenueFactory, a_venue),
    Event: (events.EventFactory, an_event),
    EventReport: (events.EventFactory, a_report),
    EventRole: (events.EventRoleFactory,) * 2,
    Exhibition: (events.ExhibitionFactory, an_exhibition),
    TourStop: (events.TourStopFactory,) * 2,
    WardProject: (events.WardProjectFactory, a_project),
    Disaster: (disaster_support.DisasterFactory, a_disaster),
    SupportRecord: (disaster_support.SupportRecordFactory,) * 2,
    EmergencyNotice: (disaster_support.EmergencyNoticeFactory, a_notice),
    NoticeTemplate: (disaster_support.NoticeTemplateFactory,) * 2,
    DisasterMode: (disaster_support.DisasterModeFactory,) * 2,
    NewsItem: (portal.NewsItemFactory, a_news_item),
    Publication: (portal.PublicationFactory, a_publication),
    FoundingDocument: (portal.FoundingDocumentFactory,) * 2,
    Aim: (portal.AimFactory,) * 2,
    Milestone: (portal.MilestoneFactory,) * 2,
    PlanItem: (portal.PlanItemFactory,) * 2,
    PolicyDocument: (portal.PolicyDocumentFactory,) * 2,
    PublishedFigure: (portal.PublishedFigureFactory,) * 2,
    Finding: (quality.FindingFactory, lambda: quality.FindingFactory(record=portal.NewsItemFactory())),
    LinkUse: (links.LinkUseFactory,) * 2,
    SearchMiss: (search.SearchMissFactory,) * 2,
    OutgoingMail: (lambda: core.OutgoingMailFactory(state="failed"),) * 2,
    Inquiry: (contact.InquiryFactory,) * 2,
    PageFeedback: (contact.PageFeedbackFactory,) * 2,
}
# What the back office refuses on purpose.
_KEPT_BY_ITSELF = {
    *(Finding, AuditEntry, Proposal, LinkUse, OutgoingMail, Inquiry, PageFeedback, DisasterMode),
    SearchMiss,
    *(MembershipApplication, MembershipConfirmation),
}
NO_ADDING = {SourceNote, Ward, EventReport, MunicipalityProfile, MemberPost} | _KEPT_BY_ITSELF
NO_DELETING = {User, Prefecture, Municipality, Ward, EventReport} | _KEPT_BY_ITSELF
# Whose page is another record's.
LEADING_ELSEWHERE = {Proposal, LinkUse}


def opened(office, address, queries=MOST_QUERIES):
    """A page, which must not need more than so many queries."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = office.get(address)
    assert len(asked) <= queries, f"{address}: {len(asked)}\n" + "\n".join(q["sql"][:150] for q in asked)
    return response


def page(model, name, *args, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args, query=query)


def test_every_model_of_the_project_has_its_pages():
    assert set(admin.site._registry) == set(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_its_list_opens_with_a_search(office, model):
    one_more, _ = MODELS[model]
    unique = {FoundingDocument: 1, Prefecture: 12, Ward: 23}.get(model, ROWS)
    for _ in range(unique):
        one_more()
    for query in ({}, {"q": "第"}):
        response = opened(office, page(model, "changelist", **query))
        assert (response.status_code, english_on(response)) == (200, [])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_its_form_for_a_new_record_opens(office, model):
    response = opened(office, page(model, "add"))
    assert response.status_code == (403 if model in NO_ADDING else 200)
    assert english_on(response) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_pages_of_a_record_open(office, administrator, model):
    _, make = MODELS[model]
    row = make()
    if hasattr(row, "source_notes"):
        core.SourceNoteFactory.create_batch(ROWS, record=row)
    kind = ContentType.objects.get_for_model(model)
    for _ in range(ROWS):
        LogEntry.objects.create(
            user=administrator, content_type=kind, object_id=row.pk, object_repr=str(row), action_flag=CHANGE
        )
    for name in ("change", "history"):
        response = opened(office, page(model, name, row.pk))
        if model in LEADING_ELSEWHERE and name == "change":
            assert response.status_code == 302
            continue
        assert (response.status_code, english_on(response)) == (200, [])
    response = opened(office, page(model, "delete", row.pk))
    assert response.status_code == (403 if model in NO_DELETING else 200)
    assert english_on(response) == []


def test_the_first_page_opens(office):
    response = opened(office, reverse("admin:index"))
    assert (response.status_code, english_on(response)) == (200, [])


@pytest.mark.parametrize("app", ["core", "municipalities", "events", "disaster_support", "portal", "auth"])
def test_the_page_of_an_app_opens(office, app):
    response = opened(office, reverse("admin:app_list", args=[app]))
    assert (response.status_code, english_on(response)) == (200, [])


def test_nothing_is_styled_or_scripted_inline(office):
    event = an_event()
    for address in (reverse("admin:index"), page(Event, "changelist"), page(Event, "change", event.pk)):
        html = office.get(address).content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)[^>]*>", html) == []
        assert re.findall(r" on[a-z]+=\"", html) == []
