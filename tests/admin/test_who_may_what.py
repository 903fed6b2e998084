"""Every page, form and action of the back office, as every role, against the written table of who may what."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from disaster_support.models import EmergencyNotice
from events.models import Event, EventReport, EventRole, TourStop, Venue, WardProject
from municipalities.models import MemberPost, MembershipApplication, WardTie
from portal.core.models import Proposal, User
from portal.models import Finding, Inquiry, PageFeedback
from portal.roles import OUR_APPS, Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import fields_of
from tests.admin.test_every_page import MODELS, draft, page
from tests.admin.who_may_what import ACTIONS, COMMON, GROUPS, OUTSIDERS, READ, ROLES, SITE, Rules
from tests.factories import contact, core, disaster_support, events, municipalities, quality

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-own-1"
OLD_ADDRESS, ELSE = "old address", "everything else"


def pages_of_models() -> dict[type, set[str]]:
    """What pages each model has."""
    return {
        model: {
            (pattern.name or "").removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_") or OLD_ADDRESS
            for pattern in model_admin.urls
        }
        for model, model_admin in admin.site._registry.items()
    }


def pages_of_site() -> set[str]:
    return {pattern.name or ELSE for pattern in admin.site.get_urls() if isinstance(pattern, URLPattern)}


def rules_of(model: type) -> Rules:
    return GROUPS.get(model, READ)


def answer(said: str, role: str) -> str:
    return said.split()[ROLES.index(role)]


def ward_events(ward, **fields) -> Event:
    return draft(events.EventFactory, owner=ward, title=CANARY if ward else "共通の催し", **fields)


def invitable() -> User:
    """Somebody who has no password yet."""
    user = core.UserFactory()
    user.set_unusable_password()
    user.save()
    return user


class Scene:
    """One record of each kind, of a ward where wards keep its kind, and one that is common where there are such."""

    def __init__(self) -> None:
        self.ward, self.other_ward = municipalities.WardFactory(), municipalities.WardFactory()
        over = {"first_day": date(2026, 10, 10), "last_day": date(2026, 10, 10)}
        self.project = draft(events.WardProjectFactory, ward=self.ward, title=CANARY)
        own = {
            WardTie: municipalities.WardTieFactory(ward=self.ward, title=CANARY),
            WardProject: self.project,
            TourStop: events.TourStopFactory(ward=self.ward, note=CANARY, exhibition=draft(events.ExhibitionFactory)),
            Event: ward_events(self.ward),
            EventReport: EventReport.objects.get(pk=ward_events(self.ward, **over).pk),
            EventRole: events.EventRoleFactory(event=ward_events(self.ward), name=CANARY),
            Venue: events.VenueFactory(municipality=self.ward),
            MemberPost: draft(municipalities.MemberPostFactory, addressed_to=self.ward, title=CANARY),
            Finding: quality.FindingFactory(record=self.project, message=f"{CANARY}とあります。"),
            Group: Group.objects.create(name="広報係"),
            Inquiry: contact.InquiryFactory(ward=self.ward, body=CANARY),
            PageFeedback: contact.PageFeedbackFactory(ward=self.ward, comment=CANARY),
            User: invitable(),
            Proposal: core.ProposalFactory(record=self.project),
            EmergencyNotice: disaster_support.EmergencyNoticeFactory(published_at=None, published_by=None),
        }
        self.records = {model: own[model] if model in own else self._made(model) for model in MODELS}
        self.common = {
            Event: ward_events(None),
            EventReport: EventReport.objects.get(pk=ward_events(None, **over).pk),
            EventRole: events.EventRoleFactory(event=ward_events(None)),
            TourStop: events.TourStopFactory(ward=None, state="arranging"),
            Venue: events.VenueFactory(),
            Inquiry: contact.InquiryFactory(ward=None, body=CANARY),
            PageFeedback: contact.PageFeedbackFactory(comment=CANARY),
        }
        for record in {(type(row), row.pk): row for row in (*self.records.values(), *self.common.values())}.values():
            core.VersionFactory(record=record, number=1)
        self.people = self._people()

    @staticmethod
    def _made(model):
        factory = MODELS[model][0]
        fields = getattr(getattr(factory, "_meta", None), "model", None)
        is_published = fields is not None and any(field.name == "publication_state" for field in fields._meta.fields)
        return draft(factory) if is_published else factory()

    def _people(self):
        groups = ensure_groups()
        staff = {role: core.UserFactory(is_staff=True) for role in ROLES}
        municipalities.WardStaffFactory(user=staff["other"], ward=self.other_ward)
        municipalities.WardStaffFactory(user=staff["editor"], ward=self.ward)
        municipalities.WardStaffFactory(user=staff["approver"], ward=self.ward, role="approver")
        staff["auditor"].groups.add(groups[Role.AUDITOR])
        staff["secretariat"].groups.add(groups[Role.SECRETARIAT])
        staff["administrator"].is_superuser = True
        staff["administrator"].save()
        return staff | {"member": core.UserFactory()}

    def browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "visitor":
            sign_in(client, self.people[role])
        return client

    def visits(self) -> Iterator[tuple[type, str, object, Rules]]:
        """Every page of every model: of the record of the ward, and of the common one."""
        for model, names in pages_of_models().items():
            for name in sorted(names):
                yield model, name, self.records[model], rules_of(model)
        for model, record in self.common.items():
            for name in sorted(pages_of_models()[model] & ABOUT_ONE):
                yield model, name, record, COMMON[model]


ABOUT_ONE = {"change", "delete", "history", "restore", "editors", "writing", "copy", OLD_ADDRESS} | {
    *("review", "preview", "links", "workbook", "workbook_import"),
}


def address_of(model: type, name: str, record) -> str:
    if name == OLD_ADDRESS:
        return page(model, "change", record.pk).removesuffix("change/")
    if name == "export":
        return page(model, name, "csv")
    if name not in ABOUT_ONE:
        return page(model, name)
    return page(model, name, record.pk, *([1] if name == "restore" else []))


@pytest.fixture
def scene(db):
    return Scene()


def everything() -> dict[str, list]:
    """All that is kept, to see whether anything changed."""
    models = [*(model for app in OUR_APPS for model in apps.get_app_config(app).get_models()), Group, LogEntry]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in models
        if not model._meta.proxy
    }


def posted(browser: Client, address: str, data: dict, before: dict[str, list]):
    """The answer to a form, and whether anything is another after it than before."""
    with CaptureQueriesContext(connection) as asked:
        response = browser.post(address, data)
    wrote = any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in asked)
    return response, wrote and everything() != before


def test_every_page_and_action_has_its_row():
    for model, names in pages_of_models().items():
        assert names - rules_of(model).keys() == set(), model
        for action in admin.site.get_model_admin(model).get_actions(_asked_by_administrator()):
            assert (action, model) in ACTIONS or (action, None) in ACTIONS, (model, action)
    assert pages_of_site() == SITE.keys()
    assert {model for model in GROUPS if model not in admin.site._registry} == set()


def _asked_by_administrator():
    request = RequestFactory().get("/")
    request.user = core.UserFactory(is_staff=True, is_superuser=True)
    return request


@pytest.mark.parametrize("role", ROLES)
def test_pages_answer_as_the_table_says(scene, role):
    browser, wrong = scene.browser(role), []
    for model, name, record, rules in scene.visits():
        address = address_of(model, name, record)
        response = browser.get(address)
        if str(response.status_code) != answer(rules[name].get, role):
            wrong.append(f"{address}: {response.status_code}, not {answer(rules[name].get, role)}")
        if role == "other" and CANARY in response.getvalue().decode(errors="replace"):
            wrong.append(f"{address}: tells of another ward's record")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", [*OUTSIDERS, *ROLES])
def test_the_pages_of_the_site_answer_as_the_table_says(scene, role):
    browser, wrong = scene.browser(role), {}
    kind = ContentType.objects.get_for_model(WardProject)
    for name, said in SITE.items():
        if name == ELSE:
            address = "/admin/nothing/here/"
        else:
            args = {
                "view_on_site": [kind.pk, scene.project.pk],
                "app_list": ["events"],
                "desk_list": ["stale"],
                "handover_template": ["csv"],
            }.get(name, [])
            address = reverse(f"admin:{name}", args=args)
        expected = said.split()[(*OUTSIDERS, *ROLES).index(role)]
        response = browser.get(address)
        if str(response.status_code) != expected:
            wrong[name] = (response.status_code, expected)
        if role == "other":
            assert CANARY not in response.content.decode()
    assert wrong == {}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_who_is_no_staff_is_led_to_sign_in_everywhere_and_changes_nothing(scene, role):
    browser = scene.browser(role)
    before = everything()
    for model, name, record, _ in scene.visits():
        address = address_of(model, name, record)
        assert [browser.get(address).status_code, browser.post(address, {"post": "yes"}).status_code] == [302, 302]
    assert everything() == before


DECISIONS = {
    Finding: {"decision": "dismissed", "reason": "見送る理由"},
    MembershipApplication: {"decision": "approve", "has_called_office": "on"},
}


def sent(office: Client, model: type, name: str, record) -> dict:
    """What the form of a page sends when somebody who may do it does it."""
    if name in ("add", "change"):
        form = office.get(page(model, "change", record.pk))
        decided = DECISIONS.get(model, {})
        typed = fields_of(form) if form.status_code == 200 else {}
        return {key: value for key, value in typed.items() if value is not None} | {"_save": "保存"} | decided
    return {
        "delete": {"post": "yes"},
        "review": {"step": "submitted"},
        "links": {"recipient": "○○町企画課"},
        "restore": {"_why": "元に戻す"},
        "freeze": {"day": "2026-04-01"},
    }.get(name, {})


# Where an empty form, or a draft of a proposal by others, leaves nothing to do for those who may.
NEED_MORE = {"add", "import", "freeze"}


@pytest.mark.parametrize("role", ROLES)
def test_forms_do_what_the_table_says_and_refusals_change_nothing(scene, role):
    browser, wrong = scene.browser(role), []
    office = browser if role == "administrator" else scene.browser("administrator")
    before = everything()
    for model, name, record, rules in scene.visits():
        address, rule = address_of(model, name, record), rules[name]
        expected = answer(rule.post or rule.get, role)
        data = sent(office, model, name, record)
        with transaction.atomic():
            response, is_changed = posted(browser, address, data, before)
            transaction.set_rollback(True)
        if expected == "yes":
            is_right = response.status_code in (200, 302) and (is_changed or name in NEED_MORE)
        else:
            is_right = str(response.status_code) == expected and not is_changed
        if not is_right:
            wrong.append(f"{address}: {response.status_code}, not {expected}{', changed' if is_changed else ''}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_actions_do_what_the_table_says_and_refusals_change_nothing(scene, role):
    browser, wrong = scene.browser(role), []
    before = everything()
    everywhere = {"delete_selected", *(name for name, _ in ACTIONS)}
    for model, record in scene.records.items():
        for action in sorted(everywhere):
            offered = admin.site.get_model_admin(model).actions or ()
            if action != "delete_selected" and action not in offered:
                continue
            said = ACTIONS.get((action, model)) or ACTIONS[action, None]
            with transaction.atomic():
                data = {"action": action, "_selected_action": [record.pk], "post": "yes"}
                _, is_changed = posted(browser, page(model, "changelist"), data, before)
                transaction.set_rollback(True)
            if is_changed != (answer(said, role) == "yes"):
                wrong.append(f"{model.__name__}.{action}: {'done' if is_changed else 'not done'}")
    assert wrong == []


@pytest.mark.parametrize("role", ["other", "editor"])
def test_fields_find_only_what_a_person_may_see(scene, role):
    browser = scene.browser(role)
    found = set()
    for model, model_admin in admin.site._registry.items():
        for source in (model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)):
            for field in source.autocomplete_fields:
                meta = source.model._meta
                query = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": field, "term": ""}
                response = browser.get(reverse("admin:autocomplete", query=query))
                target = meta.get_field(field).related_model
                is_open = answer(rules_of(target)["changelist"].get, role) == "200"
                assert response.status_code == (200 if is_open else 403), query
                if CANARY in response.content.decode():
                    found.add(target)
    assert found == (set() if role == "other" else {Event})
