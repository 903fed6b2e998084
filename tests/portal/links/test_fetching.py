"""Asking an address: which answers count, and what is never asked."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.links.fetching import Answer, Visitor, is_public
from tests.portal.links.site import visitor

REFUSED = Answer(None, "公開されていない場所を指すアドレスです。", is_refused=True)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", Answer(200)),
        ("/moved", Answer(200)),
        ("/get-only", Answer(200)),
        ("/guarded", Answer(403)),
        ("/gone", Answer(404, "ページがありません。")),
        ("/withdrawn", Answer(410, "ページがありません。")),
        ("/broken", Answer(500, "サーバーがエラーを返します（500）。")),
        ("/loop", Answer(None, "転送が多すぎます。", is_refused=True)),
        ("/inside", REFUSED),
        ("/file", Answer(None, "http:// か https:// のアドレスではありません。", is_refused=True)),
    ],
)
def test_an_address_is_asked_as_a_browser_would(site, path, answer):
    assert visitor().ask(site.address(path)) == answer


def test_what_answers_the_first_question_is_asked_no_more(site):
    visitor().ask(site.address("/"))
    visitor().ask(site.address("/gone"))
    assert dict(site.asked) == {"HEAD /": 1, "HEAD /gone": 1, "GET /gone": 1}


def test_the_portal_gives_its_name(site, settings):
    settings.SITE_URL = "https://portal.example"
    visitor().ask(site.address("/"))
    assert site.agents == {"zenkoku-renkei-portal link check (https://portal.example)"}


def test_no_host_is_asked_more_than_twice_at_once(site):
    asking = visitor()
    with ThreadPoolExecutor(8) as workers:
        answers = list(workers.map(asking.ask, [site.address("/")] * 16))
    assert answers == [Answer(200)] * 16
    assert site.most == 2


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::ffff:127.0.0.1]"]
)
def test_nothing_inside_is_ever_asked(site, host):
    port = site.server_address[1]
    assert Visitor(pause=0).ask(f"http://{host}:{port}/") == REFUSED
    assert dict(site.asked) == {}


def test_a_name_that_leads_inside_is_not_asked(site):
    asking = Visitor(pause=0, look_up=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    assert (
        asking.ask(f"http://town.example:{site.server_address[1]}/").reason
        == "公開されていない場所を指すアドレスです。"
    )
    assert dict(site.asked) == {}


def test_the_address_that_was_looked_up_is_the_one_that_is_asked(site):
    """A name that leads elsewhere the next time leads nowhere: it is looked up once for each question."""
    found = []

    def turning(host, port):
        found.append(host)
        return ["127.0.0.1"] if len(found) == 1 else ["10.0.0.1"]

    assert visitor(look_up=turning).ask(f"http://town.example:{site.server_address[1]}/") == Answer(200)
    assert found == ["town.example"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_which_addresses_are_public(address, expected):
    assert is_public(address) is expected


def test_names_that_are_not_found_tell_whose_fault_it_is():
    def failing(code):
        def look(host, port):
            raise socket.gaierror(code, "")

        return look

    unknown = visitor(look_up=failing(socket.EAI_NONAME)).ask("https://town.example/")
    own = visitor(look_up=failing(socket.EAI_AGAIN)).ask("https://town.example/")
    assert (unknown, own) == (
        Answer(None, "サーバーの名前が見つかりません。"),
        Answer(None, "サーバーの名前が見つかりません。", is_ours=True),
    )


def test_what_does_not_listen_cannot_be_reached():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert visitor().ask(f"http://127.0.0.1:{port}/") == Answer(None, "サーバーに接続できません。")


def test_what_does_not_answer_in_time_is_given_up():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert visitor(seconds=0.2).ask(address) == Answer(None, "10秒待っても応答がありません。")


def test_what_speaks_no_tls_is_told_so(site):
    address = site.address("/").replace("http://", "https://")
    assert visitor().ask(address).reason == "安全な接続（TLS）ができません。"


@pytest.mark.parametrize("address", ["ftp://town.example/", "https://", "http://[", "http://town.example:99999/", "あ"])
def test_what_is_no_address_of_the_web_is_refused(address):
    assert visitor().ask(address).reason in (
        "http:// か https:// のアドレスではありません。",
        "アドレスの形が正しくありません。",
    )
