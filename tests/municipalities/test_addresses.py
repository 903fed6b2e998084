"""What an e-mail address is taken for: a municipality's by its form, its own site's, or anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.addresses import kind_of_address

SITE = "https://www.town-kawabe.example.jp/index.html"
LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True).filter(lambda text: text[:4] != "xn--")
LOCAL = st.from_regex(r"[a-z0-9.+_-]{1,10}", fullmatch=True)
KIND = st.sampled_from(["city", "town", "vill"])


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("kikaku@city.chiba.lg.jp", "local_government"),
        ("KIKAKU@City.Chiba.LG.JP", "local_government"),
        ("a@town.kawabe.gifu.lg.jp", "local_government"),
        ("a@vill.hinohara.tokyo.jp", "geographic"),
        ("a@city.date.hokkaido.jp", "geographic"),
        ("a@town-kawabe.example.jp", "own_site"),
        ("a@TOWN-kawabe.example.jp", "own_site"),
        # Look-alikes.
        ("a@city.chiba.lg.jp.evil.com", "other"),
        ("a@city.chiba.lg.jp.", "other"),
        ("a@city..lg.jp", "other"),
        ("a@city.lg.jp", "other"),
        ("user@lg.jp", "other"),
        ("a@evil-city.chiba.lg.jp", "other"),
        ("a@evil.city.chiba.lg.jp", "other"),
        ("a@pref.chiba.lg.jp", "other"),
        ("a@city.chiba.example.lg.jp", "other"),
        ("city.chiba.lg.jp@gmail.com", "other"),
        ("city.chiba.lg.jp", "other"),
        ("a@city.chiba.lg.jp@evil.com", "other"),
        ("a@city.chiba.evil.jp", "other"),
        ("a@city.chiba.lg.co.jp", "other"),
        ("a@city.chiba.xlg.jp", "other"),
        ("a@сity.chiba.lg.jp", "other"),
        ("a@city.xn--pck2bza.lg.jp", "other"),
        ("a@city.千葉.lg.jp", "other"),
        ("a@city.chiba.lg．jp", "other"),
        ("a@city.chiba.lg.jp\n", "other"),
        ("a@mail.town-kawabe.example.jp", "other"),
        ("a@www.town-kawabe.example.jp", "other"),
        ("a@example.jp", "other"),
        ("@", "other"),
        ("", "other"),
    ],
)
def test_an_address_says_what_it_is_by_its_form(email, kind):
    assert kind_of_address(email, SITE) == kind


@pytest.mark.parametrize(
    ("email", "site"),
    [
        ("a@facebook.com", "https://www.facebook.com/kawabe"),
        ("a@kawabe.jimdofree.com", "https://kawabe.jimdofree.com/"),
        ("a@aa.ne.jp", "http://www.aa.ne.jp/~kawabe/"),
        ("a@pref.gifu.jp", "https://www.pref.gifu.jp/kawabe/"),
        ("a@192.0.2.1", "http://192.0.2.1/"),
        ("a@localhost", "http://localhost/"),
        ("a@kawabe.example.jp", "https://[kawabe.example.jp/"),
        ("a@kawabe.example.jp", ""),
    ],
)
def test_a_site_that_others_share_or_that_is_none_says_nothing(email, site):
    assert kind_of_address(email, site) == "other"


@given(LOCAL, KIND, LABELS)
def test_every_municipality_under_lg_jp_is_known(local, kind, name):
    assert kind_of_address(f"{local}@{kind}.{name}.lg.jp") == "local_government"


@given(st.text(max_size=40), LABELS, LABELS)
def test_what_ends_otherwise_is_never_known(text, name, top):
    assert kind_of_address(f"{text}@city.chiba.lg.jp.{name}.{top}") == "other"


@given(st.text(), st.text())
def test_whatever_is_written_gets_an_answer(email, site):
    assert kind_of_address(email, site) in {"local_government", "geographic", "own_site", "other"}


@given(LOCAL, LABELS, LABELS)
def test_only_the_whole_domain_of_the_site_is_its_own(local, name, other):
    site = f"https://www.{name}-town.example.jp/"
    assert kind_of_address(f"{local}@{name}-town.example.jp", site) == "own_site"
    assert kind_of_address(f"{local}@{other}.{name}-town.example.jp", site) == "other"
