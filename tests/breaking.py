"""Each constraint of every model, and how it is broken once."""

from datetime import UTC, date, datetime
from functools import partial

from disaster_support.choices import SupportKind
from portal.core.models import ProposalStep
from tests.factories import contact, core, disaster_support, events, links, municipalities, portal, quality, search
from tests.factories.municipalities import code6

NOON, EARLIER = datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)

PUBLISHABLE = {
    "events_event": events.EventFactory,
    "events_exhibition": events.ExhibitionFactory,
    "events_wardproject": events.WardProjectFactory,
    "municipalities_cooperationagreement": municipalities.CooperationAgreementFactory,
    "municipalities_companyagreement": municipalities.CompanyAgreementFactory,
    "municipalities_memberpost": municipalities.MemberPostFactory,
    "municipalities_municipalityprofile": municipalities.MunicipalityProfileFactory,
    "disaster_support_disaster": disaster_support.DisasterFactory,
    "portal_newsitem": portal.NewsItemFactory,
    "portal_publication": portal.PublicationFactory,
}
SCHEDULED = {"events_event": events.EventFactory, "events_exhibition": events.ExhibitionFactory}


def own_predecessor():
    user = core.UserFactory()
    return municipalities.WardStaffFactory(user=user, predecessor=user)


def own_predecessor_at_member():
    user = core.UserFactory()
    return municipalities.MemberStaffFactory(user=user, predecessor=user)


def tie(**fields):
    return partial(municipalities.WardTieFactory.build, **fields)


def breaking_publication(table, factory):
    return {
        f"{table}_publication_state": lambda: factory(publication_state="secret"),
        f"{table}_published_has_moment": lambda: factory(publish_at=None),
        f"{table}_publish_before_unpublish": lambda: factory(publish_at=NOON, unpublish_at=EARLIER),
    }


def breaking_days(table, factory):
    return {
        f"{table}_date_precision": lambda: factory(date_precision="week"),
        f"{table}_last_day_after_first_day": lambda: factory(first_day=date(2026, 4, 2), last_day=APRIL),
        f"{table}_days_as_precise": lambda: factory(first_day=APRIL, last_day=None),
        f"{table}_fiscal_year_of_first_day": lambda: factory(first_day=date(2026, 3, 31), fiscal_year=2026),
        f"{table}_fiscal_year_range": lambda: factory(first_day=None, last_day=None, fiscal_year=20),
    }


def breaking_schedule(table, factory):
    return breaking_days(table, factory) | {
        f"{table}_status": lambda: factory(status="実施済"),
        f"{table}_ordinal_counts_from_one": lambda: factory(ordinal=0),
    }


def ordinary_ward_tie(**fields):
    return municipalities.WardTieFactory(**fields)


def goods(**fields):
    return disaster_support.SupportRecordFactory(kind=SupportKind.GOODS, amount_yen=None, **fields)


def application(**fields):
    return municipalities.MembershipApplicationFactory(**fields)


def overlapping(factory, **same):
    factory(**same)
    return factory(**same)


def other_town():
    return municipalities.MunicipalityFactory(number=199)


def proposal(**fields):
    return core.ProposalFactory(record=portal.NewsItemFactory(), **fields)


def approved_by_its_author():
    author = core.UserFactory()
    return proposal(
        state="approved",
        written_by=author,
        submitted_by=core.UserFactory(),
        submitted_at=NOON,
        decided_by=author,
        decided_at=NOON,
    )


def step(**fields):
    return ProposalStep.objects.create(proposal=proposal(), at=NOON, **{"kind": "written", **fields})


def version(**fields):
    return core.VersionFactory(record=portal.AimFactory(), **fields)


def counted_figure(origin="counted"):
    frozen = {"frozen_at": NOON, "frozen_by": core.UserFactory()}
    return portal.PublishedFigureFactory(origin=origin, row="union", as_of=APRIL, fiscal_year=2026, **frozen)


BREAKING = {
    **breaking_days("events_formerschedule", events.FormerScheduleFactory),
    "core_user_email_in_lower_case": lambda: core.UserFactory(email="Person@example.jp"),
    "core_invitation_sendings_count_from_one": lambda: core.InvitationFactory(sendings=0),
    "core_invitation_revoked_at_after_sent_at": lambda: core.InvitationFactory(sent_at=NOON, revoked_at=EARLIER),
    "core_source_note_correction_explained": lambda: core.SourceNoteFactory(
        record=portal.NewsItemFactory(), corrected="万円"
    ),
    "core_image_described_or_decorative": lambda: core.ImageFactory(alt_text=""),
    "core_image_crop_within": lambda: core.ImageFactory(crop_left=60, crop_width=41),
    "core_image_focus_within": lambda: core.ImageFactory(focus_x=101),
    "core_contact_point_office": lambda: overlapping(
        core.ContactPointFactory, organization="港区", department="企画課"
    ),
    "municipalities_prefecture_code": lambda: municipalities.PrefectureFactory(code="48"),
    "municipalities_prefecture_tile": lambda: (
        municipalities.PrefectureFactory(code="20", tile_column=3),
        municipalities.PrefectureFactory(code="21", tile_column=3),
    ),
    "municipalities_municipality_code_digits": lambda: municipalities.MunicipalityFactory(code="14200x"),
    "municipalities_municipality_check_digit": lambda: municipalities.MunicipalityFactory(code="011003"),
    "municipalities_municipality_code_in_prefecture": lambda: municipalities.MunicipalityFactory(code="011002"),
    "municipalities_municipality_kind": lambda: municipalities.MunicipalityFactory(kind="county"),
    "municipalities_municipality_ward_code": lambda: municipalities.MunicipalityFactory(kind="special_ward"),
    "municipalities_municipality_point": lambda: municipalities.MunicipalityFactory(latitude=35),
    "municipalities_municipalitysuccession_once": lambda: overlapping(
        municipalities.MunicipalitySuccessionFactory,
        predecessor=municipalities.MunicipalityFactory(number=201),
        successor=other_town(),
    ),
    "municipalities_municipalitysuccession_two_places": lambda: municipalities.MunicipalitySuccessionFactory(
        predecessor=municipalities.MunicipalityFactory(number=198), successor_id=code6("14198")
    ),
    "municipalities_wardtie_kind": lambda: ordinary_ward_tie(kind="friend"),
    "municipalities_wardtie_ends_on_after_starts_on": lambda: ordinary_ward_tie(starts_on=MAY, ends_on=MAY),
    "municipalities_wardtie_ward_code": lambda: ordinary_ward_tie(ward_id=other_town().pk),
    "municipalities_wardtie_two_places": lambda: ordinary_ward_tie(
        ward=municipalities.WardFactory(number=1), municipality_id="131016"
    ),
    "municipalities_wardtie_no_overlap": lambda: overlapping(
        municipalities.WardTieFactory, ward=municipalities.WardFactory(), municipality=other_town()
    ),
    "municipalities_partnerbody_kind": lambda: municipalities.PartnerBodyFactory(kind="association"),
    "municipalities_cooperationagreement_ends_on_after_signed_on": lambda: municipalities.CooperationAgreementFactory(
        signed_on=MAY, ends_on=APRIL
    ),
    "municipalities_agreementmember_left_on_after_joined_on": lambda: municipalities.AgreementMemberFactory(
        joined_on=MAY, left_on=MAY
    ),
    "municipalities_agreementmember_no_overlap": lambda: overlapping(
        municipalities.AgreementMemberFactory,
        agreement=municipalities.CooperationAgreementFactory(),
        municipality=other_town(),
    ),
    "municipalities_companyagreement_ends_on_after_signed_on": lambda: municipalities.CompanyAgreementFactory(
        signed_on=MAY, ends_on=APRIL
    ),
    "municipalities_membership_withdrawn_on_after_registered_on": lambda: municipalities.MembershipFactory(
        registered_on=MAY, withdrawn_on=APRIL
    ),
    "municipalities_membership_no_overlap": lambda: overlapping(
        municipalities.MembershipFactory, municipality=other_town()
    ),
    "municipalities_membership_suspension_has_a_day": lambda: municipalities.MembershipFactory(
        ended_by_suspension=True
    ),
    "municipalities_membershipapplication_address_kind": lambda: application(address_kind="post"),
    "municipalities_membershipapplication_state": lambda: application(state="lost"),
    "municipalities_membershipapplication_confirmed_later": lambda: application(
        requested_at=NOON, confirmed_at=EARLIER
    ),
    "municipalities_membershipapplication_timed": lambda: application(ended_at=NOON),
    "municipalities_membershipapplication_person_until_forgotten": lambda: application(name=""),
    "municipalities_membershipapplication_approved_for_a_reason": lambda: application(
        state="approved", ended_at=NOON, decided_by=core.UserFactory()
    ),
    "municipalities_membershipapplication_refused_for_a_reason": lambda: application(
        state="refused", ended_at=NOON, decided_by=core.UserFactory()
    ),
    "municipalities_membershipconfirmation_once_a_year": lambda: overlapping(
        municipalities.MembershipConfirmationFactory, membership=municipalities.MembershipFactory()
    ),
    "municipalities_membershipconfirmation_confirmed_later": lambda: municipalities.MembershipConfirmationFactory(
        asked_at=NOON, confirmed_at=EARLIER
    ),
    "municipalities_memberstaff_ends_on_after_starts_on": lambda: municipalities.MemberStaffFactory(
        starts_on=MAY, ends_on=APRIL
    ),
    "municipalities_memberstaff_follows_another": own_predecessor_at_member,
    "municipalities_memberstaff_no_overlap": lambda: overlapping(
        municipalities.MemberStaffFactory, user=core.UserFactory()
    ),
    "municipalities_memberpost_kind": lambda: municipalities.MemberPostFactory(kind="song"),
    "municipalities_memberpost_last_day_after_first_day": lambda: municipalities.MemberPostFactory(
        first_day=MAY, last_day=APRIL
    ),
    "municipalities_memberpost_addressed_to_code": lambda: municipalities.MemberPostFactory(
        addressed_to_id=other_town().pk
    ),
    "events_event_addressed_to_code": lambda: events.EventFactory(owner=other_town(), addressed_to_id="141992"),
    "events_event_addressed_by_a_member": lambda: events.EventFactory(addressed_to=municipalities.WardFactory()),
    "core_outgoingmail_state": lambda: core.OutgoingMailFactory(state="lost"),
    "core_outgoingmail_sent_has_moment": lambda: core.OutgoingMailFactory(state="sent", text=""),
    "core_outgoingmail_one_source_of_text": lambda: core.OutgoingMailFactory(writer="portal.core.nowhere"),
    "events_venue_point": lambda: events.VenueFactory(latitude=35, longitude=200),
    "events_event_kind": lambda: events.EventFactory(kind="festival"),
    "events_event_not_its_own_part": lambda: events.EventFactory(pk=7, parent_id=7),
    "events_event_times_in_order": lambda: events.EventFactory(start_time="10:00", end_time="10:00"),
    "events_event_number_of_owner": lambda: overlapping(events.EventFactory, owner=other_town(), number="7"),
    "events_event_deadline_time_has_day": lambda: events.EventFactory(application_deadline_time="17:00"),
    "events_formerschedule_one_record": lambda: events.FormerScheduleFactory(exhibition=events.ExhibitionFactory()),
    "events_venue_postal_code": lambda: events.VenueFactory(postal_code="1020072"),
    "events_tourstop_fiscal_year_of_first_day": lambda: events.TourStopFactory(
        first_day=MAY, last_day=MAY, fiscal_year=2025
    ),
    "events_eventrole_role": lambda: events.EventRoleFactory(role="guest"),
    "events_eventrole_one_holder": lambda: events.EventRoleFactory(municipality=other_town()),
    "events_tourstop_state": lambda: events.TourStopFactory(state="done"),
    "events_tourstop_last_day_after_first_day": lambda: events.TourStopFactory(first_day=MAY, last_day=APRIL),
    "events_tourstop_both_days_or_none": lambda: events.TourStopFactory(first_day=MAY),
    "events_tourstop_place_known_once_planned": lambda: events.TourStopFactory(ward=None),
    "events_tourstop_ward_code": lambda: events.TourStopFactory(ward=None, ward_id=other_town().pk),
    "events_wardproject_field": lambda: events.WardProjectFactory(field="fun"),
    "events_wardproject_status": lambda: events.WardProjectFactory(status="done"),
    "events_wardproject_ward_code": lambda: events.WardProjectFactory(ward=None, ward_id=other_town().pk),
    "events_wardproject_fiscal_year_range": lambda: events.WardProjectFactory(fiscal_year=30),
    "disaster_support_disaster_last_day_after_first_day": lambda: disaster_support.DisasterFactory(
        first_day=MAY, last_day=APRIL
    ),
    "disaster_support_supportrecord_kind": lambda: disaster_support.SupportRecordFactory(kind="song"),
    "disaster_support_supportrecord_giver": lambda: disaster_support.SupportRecordFactory(giver="nobody"),
    "disaster_support_supportrecord_one_measure": lambda: disaster_support.SupportRecordFactory(people=3),
    "disaster_support_supportrecord_measure_of_kind": lambda: disaster_support.SupportRecordFactory(
        kind=SupportKind.GOODS
    ),
    "disaster_support_emergencynotice_level": lambda: disaster_support.EmergencyNoticeFactory(level="grave"),
    "disaster_support_emergencynotice_ends_at_after_starts_at": lambda: disaster_support.EmergencyNoticeFactory(
        starts_at=NOON, ends_at=EARLIER
    ),
    "disaster_support_emergencynotice_published_by_somebody": lambda: disaster_support.EmergencyNoticeFactory(
        published_by=None
    ),
    "disaster_support_noticetemplate_level": lambda: disaster_support.NoticeTemplateFactory(level="grave"),
    "disaster_support_disastermode_kind": lambda: disaster_support.DisasterModeFactory(kind="off"),
    "disaster_support_disastermode_ended_at_after_started_at": lambda: disaster_support.DisasterModeFactory(
        started_at=NOON, ended_at=EARLIER
    ),
    "disaster_support_disastermode_one_open": lambda: overlapping(disaster_support.DisasterModeFactory, ended_at=None),
    "disaster_support_disastermode_drill_ends": lambda: disaster_support.DisasterModeFactory(
        kind="drill", ended_at=None
    ),
    "disaster_support_supportrecord_pieces_of_something": lambda: goods(quantity=1200),
    "disaster_support_supportrecord_job_of_staff": lambda: goods(description="毛布", job="保健師"),
    "disaster_support_supportrecord_item_of_things": lambda: disaster_support.SupportRecordFactory(item="毛布"),
    "disaster_support_supportrecord_state_of_what_is_sent": lambda: goods(description="毛布", dispatch_state="done"),
    "disaster_support_supportrecord_ward_is_of_the_wards": lambda: disaster_support.SupportRecordFactory(
        ward=municipalities.WardFactory()
    ),
    "disaster_support_supportrecord_ward_code": lambda: disaster_support.SupportRecordFactory(
        giver="wards", ward_id=other_town().pk
    ),
    "core_proposal_state": lambda: proposal(state="lost"),
    "core_proposal_one_open": lambda: overlapping(core.ProposalFactory, record=portal.AimFactory()),
    "core_proposal_waits_since": lambda: proposal(state="in_review", submitted_at=None),
    "core_proposal_approved_by_another": approved_by_its_author,
    "core_proposalstep_kind": lambda: step(kind="lost"),
    "core_proposalstep_remand_says_why": lambda: step(kind="remanded"),
    "core_proposalstep_frozen": lambda: step().delete(),
    "core_version_number": lambda: overlapping(core.VersionFactory, record=portal.AimFactory(), number=1),
    "core_version_kind": lambda: version(kind="lost"),
    "core_version_frozen": lambda: version().delete(),
    "core_previewlink_expires_later": lambda: core.PreviewLinkFactory(
        record=portal.NewsItemFactory(), made_at=NOON, expires_at=EARLIER
    ),
    "core_savedfilter_name": lambda: overlapping(core.SavedFilterFactory, user=core.UserFactory(), name="春"),
    "core_savedfilter_one_default": lambda: overlapping(
        core.SavedFilterFactory, user=core.UserFactory(), is_default=True
    ),
    "core_savedfilter_asks_something": lambda: core.SavedFilterFactory(query=""),
    "core_auditentry_action": lambda: core.AuditEntryFactory(action="other"),
    "core_auditentry_frozen": lambda: core.AuditEntryFactory().delete(),
    "municipalities_wardstaff_role": lambda: municipalities.WardStaffFactory(role="mayor"),
    "municipalities_wardstaff_ends_on_after_starts_on": lambda: municipalities.WardStaffFactory(
        ends_on=APRIL, starts_on=APRIL
    ),
    "municipalities_wardstaff_ward_code": lambda: municipalities.WardStaffFactory(ward=None, ward_id=other_town().pk),
    "municipalities_wardstaff_substitute_approves": lambda: municipalities.WardStaffFactory(is_substitute=True),
    "municipalities_wardstaff_follows_another": own_predecessor,
    "municipalities_wardstaff_no_overlap": lambda: overlapping(
        municipalities.WardStaffFactory, user=core.UserFactory(), ward=municipalities.WardFactory()
    ),
    "portal_publication_kind": lambda: portal.PublicationFactory(kind="book"),
    "portal_milestone_dated_one_way": lambda: portal.MilestoneFactory(happened_on=MAY, fiscal_year=2026),
    "portal_policydocument_month": lambda: portal.PolicyDocumentFactory(decided_month=13),
    "portal_publishedfigure_table": lambda: portal.PublishedFigureFactory(table="other"),
    "portal_publishedfigure_state": lambda: portal.PublishedFigureFactory(state="maybe"),
    "portal_publishedfigure_cell": lambda: overlapping(portal.PublishedFigureFactory, row="total"),
    "portal_publishedfigure_origin": lambda: counted_figure(origin="guessed"),
    "portal_publishedfigure_counted_once": lambda: (counted_figure(), counted_figure()),
    "portal_publishedfigure_counted_is_frozen": lambda: portal.PublishedFigureFactory(origin="counted"),
    "portal_publishedfigure_frozen_by_somebody": lambda: portal.PublishedFigureFactory(frozen_at=NOON),
    "portal_publishedfigure_frozen": lambda: counted_figure().delete(),
    "portal_finding_severity": lambda: quality.FindingFactory(severity="grave"),
    "portal_finding_state": lambda: quality.FindingFactory(state="lost", decided_at=NOON),
    "portal_finding_once": lambda: overlapping(quality.FindingFactory, record=portal.AimFactory(), message="同じ指摘"),
    "portal_finding_decided_unless_open": lambda: quality.FindingFactory(decided_at=NOON),
    "portal_finding_reason_given": lambda: quality.FindingFactory(state="accepted", decided_at=NOON),
    "portal_finding_dismissed_by_somebody": lambda: quality.FindingFactory(
        state="dismissed", decided_at=NOON, reason="資料のとおりです。"
    ),
    "portal_inquiry_topic": lambda: contact.InquiryFactory(topic="weather"),
    "portal_inquiry_state": lambda: contact.InquiryFactory(state="lost"),
    "portal_inquiry_ward_code": lambda: contact.InquiryFactory(ward_id=other_town().pk),
    "portal_inquiry_closed_has_moment": lambda: contact.InquiryFactory(state="closed"),
    "portal_inquiry_words_until_forgotten": lambda: contact.InquiryFactory(
        state="closed", closed_at=NOON, forgotten_at=NOON, body=""
    ),
    "portal_pagefeedback_ward_code": lambda: contact.PageFeedbackFactory(ward_id=other_town().pk),
    "portal_pagefeedback_path_is_ours": lambda: contact.PageFeedbackFactory(path="https://elsewhere.example/"),
    "portal_linkcheck_state": lambda: links.LinkCheckFactory(state="lost"),
    "portal_linkcheck_failed_since": lambda: links.LinkCheckFactory(reason=""),
    "portal_searchentry_kind": lambda: search.SearchEntryFactory(kind="weather"),
    "portal_searchentry_until_after_from": lambda: search.SearchEntryFactory(public_from=NOON, public_until=EARLIER),
    "portal_searchmiss_once_a_day": lambda: overlapping(search.SearchMissFactory, words="温泉"),
    "portal_searchmiss_searched": lambda: search.SearchMissFactory(times=0),
    "portal_linkuse_once": lambda: overlapping(
        links.LinkUseFactory, link=links.LinkCheckFactory(), record=portal.NewsItemFactory()
    ),
    "portal_publishedfigure_value_when_stated": lambda: portal.PublishedFigureFactory(value=None),
}
for table, factory in PUBLISHABLE.items():
    BREAKING |= breaking_publication(table, factory)
for table, factory in SCHEDULED.items():
    BREAKING |= breaking_schedule(table, factory)
