"""What stands before Django: what it keeps, for whom, and until when."""

import gzip
import io

import pytest

from portal.serving.front import MAY_BE_KEPT, Front
from portal.serving.kept import SECONDS_KEPT, KeptPages, Page, known_query

TEXT = ("あ" * 1000).encode()


class Known:
    """A watch that is told how the records stand, and starts nothing."""

    def __init__(self, state="one"):
        self.state, self.is_closed = state, False

    def start(self):
        pass


class Site:
    """An application that counts how often it is asked."""

    def __init__(self, parameters=("q",), headers=(), status="200 OK", body=TEXT):
        self.parameters, self.headers, self.status, self.body = parameters, headers, status, body
        self.asked = []
        self.closed = 0

    def __call__(self, environ, start_response):
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}")
        if self.parameters is not None:
            environ[MAY_BE_KEPT] = self.parameters
        headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", 'W/"e"'), ("Cache-Control", "public")]
        start_response(self.status, [*headers, *self.headers])
        return Chunks([self.body], self)


class Chunks(list):
    def __init__(self, chunks, site):
        super().__init__(chunks)
        self.site = site

    def close(self):
        self.site.closed += 1


def ask(front, path="/", query="", method="GET", **headers):
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "portal.example",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "HTTP_ACCEPT_ENCODING": "gzip",
        **headers,
    }
    told = []
    chunks = front(environ, lambda *answer: told.extend(answer))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return told[0], {name.lower(): value for name, value in told[1]}, body


def front_of(site, watch=None, **options):
    return Front(site, watch or Known(), KeptPages(**options))


def test_the_second_who_asks_gets_what_was_kept_compressed():
    site = Site()
    front = front_of(site)

    first, second = ask(front), ask(front)

    assert first == second
    assert second[0] == "200 OK"
    assert second[1]["content-encoding"] == "gzip"
    assert second[1]["content-length"] == str(len(second[2]))
    assert gzip.decompress(second[2]) == TEXT
    assert site.asked == ["GET /?"]
    assert site.closed == 1


def test_who_cannot_read_compressed_pages_gets_them_plain():
    front = front_of(Site())
    ask(front)

    _, headers, body = ask(front, HTTP_ACCEPT_ENCODING="identity")

    assert body == TEXT
    assert "content-encoding" not in headers
    assert headers["content-length"] == str(len(TEXT))


def test_who_has_the_page_gets_304_without_a_body():
    front = front_of(Site())
    ask(front)

    status, headers, body = ask(front, HTTP_IF_NONE_MATCH='"x", W/"e"')

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["etag"] == 'W/"e"'
    assert "content-type" not in headers


def test_head_has_no_body_and_leaves_a_whole_page_behind():
    site = Site()
    front = front_of(site)

    assert ask(front, method="HEAD")[2] == b""
    assert gzip.decompress(ask(front)[2]) == TEXT
    assert site.asked == ["GET /?"]


def test_what_a_page_does_not_know_makes_no_new_entry():
    site = Site(parameters=("q", "page"))
    front = front_of(site)

    for query in ("q=a&page=2", "page=2&q=a", "utm_source=x&page=2&q=a", "q=a&page=2&%00=1"):
        ask(front, query=query)
    ask(front, query="q=a&page=3")

    assert site.asked == ["GET /?q=a&page=2", "GET /?q=a&page=3"]


@pytest.mark.parametrize("query", ["", "page=2", "page=2&q=%E6%B8%A9%E6%B3%89"])
def test_a_question_is_told_from_the_page_without_it(query):
    site = Site(parameters=("q", "page"))
    front = front_of(site)
    ask(front)
    ask(front, query=query)

    assert len(site.asked) == (2 if query else 1)


def test_another_state_of_the_records_makes_the_page_anew():
    site, watch = Site(), Known()
    front = front_of(site, watch)
    ask(front)
    watch.state = "two"

    ask(front)

    assert len(site.asked) == 2


def test_while_the_site_is_closed_nothing_is_answered_from_memory():
    site, watch = Site(), Known()
    front = front_of(site, watch)
    ask(front)
    watch.is_closed = True

    ask(front)

    assert len(site.asked) == 2


def test_the_number_of_one_request_is_not_given_to_another():
    front = front_of(Site(headers=[("X-Request-ID", "abcdefgh")]))

    assert "x-request-id" not in ask(front)[1]
    assert "x-request-id" not in ask(front)[1]


def test_while_nothing_is_known_of_the_records_nothing_is_kept():
    site = Site()
    front = front_of(site, Known(None))

    ask(front), ask(front)

    assert len(site.asked) == 2


def test_what_changes_while_a_page_is_made_makes_it_anew():
    watch = Known()

    class Changing(Site):
        def __call__(self, environ, start_response):
            watch.state = f"{watch.state}+"
            return super().__call__(environ, start_response)

    site = Changing()
    front = front_of(site, watch)

    ask(front), ask(front)

    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "a=b; messages=x"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
    ],
)
def test_who_is_somebody_is_never_answered_from_memory(headers):
    site = Site()
    front = front_of(site)
    ask(front)

    ask(front, **headers)
    ask(front)

    assert len(site.asked) == 2


def test_a_form_is_never_answered_from_memory():
    site = Site()
    front = front_of(site)
    ask(front)

    ask(front, method="POST")

    assert site.asked == ["GET /?", "POST /?"]


@pytest.mark.parametrize(
    "site",
    [
        Site(headers=[("Set-Cookie", "a=b")]),
        Site(headers=[("Cache-Control", "private, no-store")]),
        Site(status="404 Not Found"),
        Site(status="503 Service Unavailable"),
        Site(status="302 Found"),
        Site(parameters=None),
    ],
    ids=lambda site: f"{site.status}{site.headers}{site.parameters}",
)
def test_what_is_for_one_person_or_went_wrong_is_not_kept(site):
    front = front_of(site)

    assert [ask(front)[0], ask(front)[0]] == [site.status] * 2
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "headers", [{"HTTP_HOST": "evil.example"}, {"wsgi.url_scheme": "http"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}]
)
def test_under_another_name_it_is_another_page(headers):
    site = Site()
    front = front_of(site)
    ask(front)

    ask(front, **headers)

    assert len(site.asked) == 2


def test_switched_off_nothing_is_kept():
    site = Site()
    front = Front(site, Known(), None)

    assert ask(front)[2] == ask(front)[2] == TEXT
    assert len(site.asked) == 2


def page(state="one", made_at=0.0, size=0):
    return Page("200 OK", [], b"x" * size, state, made_at)


def test_a_page_is_true_for_a_minute():
    pages = KeptPages()
    pages.keep(("host", "/", ""), (), page())
    key = pages.key("host", "/", "")

    assert pages.find(key, "one", now=SECONDS_KEPT - 1)
    assert pages.find(key, "one", now=SECONDS_KEPT) is None


def test_while_one_makes_a_page_anew_the_others_get_the_one_before():
    pages = KeptPages()
    pages.keep(("host", "/", ""), (), page())
    key = pages.key("host", "/", "")

    assert pages.find(key, "two", now=10) is None
    assert pages.find(key, "two", now=10.5).state == "one"
    assert pages.find(key, "two", now=11.5) is None


def test_the_least_asked_for_leaves_first():
    pages = KeptPages(most_bytes=3 * (1000 + 2048))
    for name in ("a", "b", "c"):
        pages.keep(("host", name, ""), (), page(size=1000))
    pages.find(pages.key("host", "a", ""), "one", now=1)

    pages.keep(("host", "d", ""), (), page(size=1000))

    assert [name for name in "abcd" if pages.key("host", name, "")] == ["a", "c", "d"]
    assert pages.bytes == pages.most_bytes


def test_a_page_that_is_made_anew_takes_the_place_of_the_one_before():
    pages = KeptPages()
    for _ in range(3):
        pages.keep(("host", "/", ""), (), page(size=1000))

    assert pages.bytes == 1000 + 2048


def test_a_query_is_read_as_its_page_reads_it():
    assert known_query("b=2&a=1&a=0&c=3", ("a", "b")) == "a=1&a=0&b=2"
    assert known_query("q=温泉".encode().decode("latin-1"), ("q",)) == "q=%E6%B8%A9%E6%B3%89"
    assert known_query("q=&x", ("q", "x")) == "q=&x="
