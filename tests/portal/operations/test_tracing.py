"""Each request can be followed through the logs, and no person can."""

import json
import logging
import re
from io import StringIO

import pytest
from django.conf import settings as configured

from portal.core.logs import AddRequestId, HideSecrets, JsonLines, request_id
from tests.conftest import StrictClient
from tests.factories.portal import NewsItemFactory

GIVEN = "proxy-0123456789abcdef"
PERSON = "yamada@example.jp"


@pytest.fixture
def lines(settings):
    """What the site writes while a test runs, as objects: through the formatter and the filters of the settings."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for log_filter in (HideSecrets(), AddRequestId()):
        handler.addFilter(log_filter)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = "tests.portal.urls_that_fail"
    return StrictClient(raise_request_exception=False)


def test_the_settings_write_such_lines():
    console = configured.LOGGING["handlers"]["console"]

    assert configured.LOGGING["formatters"][console["formatter"]] == {"()": "portal.core.logs.JsonLines"}
    assert console["filters"] == ["hide_secrets", "add_request_id"]
    assert configured.LOGGING["root"]["handlers"] == ["console"]


def test_every_answer_carries_an_id_of_its_own(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))

    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, GIVEN, True),
        (0, GIVEN, False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, 'quoted"{}12345', False),
        (1, "日本語の番号です", False),
        (1, "", False),
    ],
)
def test_an_id_is_taken_from_our_own_proxy_and_only_if_it_is_one(client, settings, proxies, given, is_taken):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert (client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given) is is_taken


@pytest.mark.django_db
def test_a_request_leaves_one_line_that_says_nothing_of_the_person(client, lines):
    item = NewsItemFactory()
    agent = {"user-agent": "Browser of Yamada", "x-forwarded-for": "192.0.2.7", "cookie": "a=secretcookie"}

    response = client.get(item.get_absolute_url() + f"?q={PERSON}", headers=agent, REMOTE_ADDR="192.0.2.7")

    (line,) = [line for line in lines() if line["logger"] == "portal.access"]
    assert line.pop("milliseconds") >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00", line.pop("time"))
    assert line == {
        "level": "INFO",
        "logger": "portal.access",
        "message": f"GET /news/{item.pk}/ 200",
        "request_id": response["X-Request-ID"],
        "method": "GET",
        "view": "news_detail",
        "status": 200,
    }


def test_what_machines_ask_every_few_seconds_is_not_written(client, lines, caplog):
    client.get("/healthz")
    client.get("/no/such/page/")

    assert [line["message"] for line in lines() if line["logger"] == "portal.access"] == ["GET /no/such/page/ 404"]


def test_the_secret_of_an_address_is_left_out(client, lines):
    client.get("/preview/a-long-secret/x/")

    assert [line["message"] for line in lines() if line["logger"] == "portal.access"] == ["GET /preview/…/x/ 404"]


def test_an_error_is_told_by_kind_and_place_in_the_lines_of_its_request(failing, lines):
    response = failing.get("/broken/")

    errors = [line for line in lines() if line["level"] == "ERROR"]
    assert [line["logger"] for line in errors] == ["django.request"]
    assert errors[0]["request_id"] == response["X-Request-ID"]
    assert errors[0]["error"].startswith("builtins.")
    assert "urls_that_fail.py" in errors[0]["error"]
    assert {line["request_id"] for line in lines()} == {response["X-Request-ID"]}


def test_the_words_of_an_error_are_not_written(lines):
    words = "@".join(["yamada", "example.jp"])
    try:
        raise ValueError(words)
    except ValueError:
        logging.getLogger("portal").exception("失敗しました。")

    assert words not in json.dumps(lines())
    assert lines()[0]["error"].startswith("builtins.ValueError\n")


def test_several_lines_stay_one(lines):
    logging.getLogger("portal").warning("一行目\n二行目 %s", '"引用"')

    assert [line["message"] for line in lines()] == ['一行目\n二行目 "引用"']
    assert lines()[0]["request_id"] == "-"


def test_after_a_request_no_line_is_of_it(client):
    client.get("/healthz")

    assert request_id.get() == ""
