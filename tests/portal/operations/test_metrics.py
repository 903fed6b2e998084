"""The numbers for Prometheus: right, and for nobody outside."""

import json
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from portal.core.mail.models import MailState, OutgoingMail
from portal.operations import heartbeat
from portal.operations.metrics import count_kept
from tests.factories.quality import FindingFactory
from tests.portal.operations.test_health import IN_DATABASE

pytestmark = pytest.mark.django_db(transaction=True)


def numbers(client):
    response = client.get("/metrics")
    assert response.status_code == 200
    found = {}
    for family in text_string_to_metric_families(response.content.decode()):
        for sample in family.samples:
            found[sample.name, *sorted(sample.labels.items())] = sample.value
    return found


def answers(found, view, status):
    return found.get(("portal_request_seconds_count", ("status", status), ("view", view)), 0)


def test_requests_are_counted_by_view_and_class_of_status(client):
    before = numbers(client)
    for path in ("/news/", "/news/", "/news/999/", "/no/such/page/"):
        client.get(path)

    after = numbers(client)

    told = [("news_list", "2xx"), ("news_detail", "4xx"), ("-", "4xx")]
    assert [answers(after, *row) - answers(before, *row) for row in told] == [2, 1, 1]
    assert after["portal_request_seconds_sum", ("status", "2xx"), ("view", "news_list")] > 0


def test_what_waits_and_what_ages_is_told(client, settings, tmp_path):
    settings.TASKS = IN_DATABASE
    settings.BACKUP_DIR = str(tmp_path)
    made = timezone.localtime() - timedelta(hours=5)
    Path(tmp_path, f"portal-{made:%Y%m%d-%H%M%S}.backup").write_text("")
    heartbeat.beat()
    for state in (MailState.WAITING, MailState.WAITING, MailState.FAILED, MailState.DROPPED):
        OutgoingMail.objects.create(recipient="a@example.jp", subject="件名", state=state)
    FindingFactory(severity="error")

    found = numbers(client)

    assert found["portal_mails", ("state", "waiting")] == 2
    assert found["portal_mails", ("state", "failed")] == 1
    assert ("portal_mails", ("state", "dropped")) not in found
    assert found[("portal_tasks_waiting",)] == 1
    assert 0 <= found["portal_heartbeat_age_seconds", ("process", "schedule")] < 60
    assert ("portal_heartbeat_age_seconds", ("process", "worker")) not in found
    assert found["portal_findings_open", ("severity", "error")] == 1
    assert found["portal_findings_open", ("severity", "review")] == 0
    assert 5 * 3600 <= found[("portal_backup_age_seconds",)] < 5 * 3600 + 60
    assert found["portal_ready", ("check", "database")] == 1
    assert found["portal_ready", ("check", "worker")] == 0


def test_without_any_backup_no_age_is_told(client, settings, tmp_path):
    for folder in ("", str(tmp_path / "missing"), str(tmp_path)):
        settings.BACKUP_DIR = folder
        assert ("portal_backup_age_seconds",) not in numbers(client)


def test_the_age_of_the_mirror_is_told_where_there_is_one(client, settings, tmp_path):
    settings.MIRROR_DIR = tmp_path
    assert ("portal_mirror_age_seconds",) not in numbers(client)
    version = tmp_path / "versions" / "one"
    version.mkdir(parents=True)
    made = timezone.now() - timedelta(hours=3)
    version.with_name("one.json").write_text(json.dumps({"made_at": made.isoformat()}))
    (tmp_path / "current").symlink_to("versions/one")

    assert 3 * 3600 <= numbers(client)[("portal_mirror_age_seconds",)] < 3 * 3600 + 60


def test_what_is_answered_from_memory_is_counted_apart(client):
    before = numbers(client)[("portal_pages_from_memory_total",)]

    count_kept()

    assert numbers(client)[("portal_pages_from_memory_total",)] == before + 1


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("192.0.2.7", {}, 404),
        ("", {}, 404),
        # Through a proxy, even one that lies beside the site.
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),
        ("10.1.2.3", {"forwarded": "for=10.1.2.3"}, 404),
    ],
)
def test_nobody_outside_learns_of_them(client, settings, address, headers, status):
    settings.METRICS_NETWORKS = [*settings.METRICS_NETWORKS, ip_network("10.0.0.0/8")]

    response = client.get("/metrics", headers=headers, REMOTE_ADDR=address)

    assert response.status_code == status
    assert (b"portal_request_seconds" in response.content) is (status == 200)
