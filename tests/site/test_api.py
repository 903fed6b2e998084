"""The API on the official data: the examples work, and every answer is as described, whatever is asked."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from portal.api.service import api
from tests.reading import headings, links, main_text

pytestmark = pytest.mark.django_db

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_the_page_lists_every_operation_with_an_example_that_works(client):
    page = client.get("/api/v1/")

    assert headings(page) == [
        *("イベント", "全国連携展示・各区事業", "自治体", "協定", "被災地支援", "公表値・お知らせ"),
    ]
    text = main_text(page)
    for path in api.get_openapi_schema()["paths"]:
        assert f"GET {path}" in text
    examples = [address for address in links(page).values() if address.startswith("/api/v1/")]
    assert len(examples) == 14
    for address in examples:
        assert client.get(address).status_code == 200


def test_the_official_numbers_are_those_of_the_pages(client):
    assert client.get("/api/v1/municipalities?relation=agreement&as_of=2019-10-26").json()["count"] == 372
    assert client.get("/api/v1/municipalities?relation=agreement&as_of=2018-05-01").json()["count"] == 321
    figures = client.get("/api/v1/statistics?table=partners&fiscal_year=2020").json()["results"]
    assert [figure["value"] for figure in figures if figure["is_total"]] == [1035]


SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@SCHEMA.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_answer_is_as_described(case):
    case.call_and_validate(
        checks=[
            checks.not_a_server_error,
            checks.response_schema_conformance,
            checks.content_type_conformance,
        ]
    )
