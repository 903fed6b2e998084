"""Components, their styles and the gallery belong together: nothing is missing, and nothing is left over."""

import re
from pathlib import Path

import pytest

from portal.gallery.forms import EveryControlForm
from portal.gallery.samples import samples
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.test_architecture import ROOT, TEMPLATES, name_of, tracked

COMPONENTS = {path.stem for path in TEMPLATES if path.parent == ROOT / "templates" / "components"}
STYLES = tracked("static/css/*.css")
COMPONENT_STYLES = [path for path in STYLES if path.parent.name == "components"]
SCRIPTS = tracked("static/js/*.js")
# Python names classes too: those of forms.
CODE = [path for path in tracked("*.py") if not name_of(path).startswith("tests/") and "migrations" not in path.parts]

_CLASS_ATTRIBUTE = re.compile(r'(?:\bclass="|\bclassName = "|\bform_class = ")([^"]*)"')
_TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_CLASS_IN_STYLE = re.compile(r"\.(-?[a-z][\w-]*)")
_NOT_SELECTORS = re.compile(r"/\*.*?\*/|\"[^\"]*\"|:\s[^;{}]*;|[\d]\.\d+", re.DOTALL)

# Arrangements that several blocks share.
SHARED = {"chip-rows"}
# Named for the reader of the markup only: their looks come from their tags and from the block around them.
UNSTYLED = {
    *("disaster__facts", "disaster__support", "support-total__givers", "totp__code"),
    *(
        "event__announcement",
        "event__participants",
        "event__parts",
        "event__report",
        "event__visitors",
        "event__whole",
        "event-row__body",
    ),
    *("exhibition__facts", "exhibition__summary", "exhibition__tour", "exhibition-row__body"),
    *("project__facts", "project-item__body", "route__station", "route__venue"),
    *("status-banner__reason", "status-banner__words"),
    *("venue__access", "venue__address", "venue__barrier-free", "venue__bicycle-parking", "venue__name"),
    *("venue__parking", "venue__site"),
}


def classes_named_in(paths: list[Path]) -> set[str]:
    """Every class that templates, scripts or forms give to an element."""
    found: set[str] = set()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for names in _CLASS_ATTRIBUTE.findall(text):
            found |= set(_TEMPLATE_TAG.sub(" ", names).split())
    return found


def classes_styled_in(path: Path) -> set[str]:
    return set(_CLASS_IN_STYLE.findall(_NOT_SELECTORS.sub(" ", path.read_text(encoding="utf-8"))))


NAMED = classes_named_in([*TEMPLATES, *SCRIPTS, *CODE])
BLOCKS = {name.split("__")[0] for name in NAMED}
STYLED = {name for path in STYLES for name in classes_styled_in(path)}


def test_there_is_something_to_judge():
    assert len(COMPONENTS) > 20
    assert len(COMPONENT_STYLES) > 20
    assert len(NAMED) > 50


def test_the_gallery_shows_every_component_and_no_other():
    assert set(samples()) == COMPONENTS


def test_every_sample_has_a_state():
    assert [name for name, states in samples().items() if not states] == []


@pytest.mark.parametrize("path", COMPONENT_STYLES, ids=lambda path: path.stem)
def test_a_style_sheet_belongs_to_a_component_or_a_block(path):
    assert path.stem in {name.replace("_", "-") for name in COMPONENTS} | BLOCKS | SHARED


@pytest.mark.parametrize("path", COMPONENT_STYLES, ids=lambda path: path.stem)
def test_a_style_sheet_styles_only_what_there_is(path):
    assert classes_styled_in(path) - NAMED == set()


def test_what_is_named_as_part_of_a_block_is_styled():
    assert {name for name in NAMED if "__" in name} - STYLED == UNSTYLED


@pytest.mark.parametrize("path", COMPONENT_STYLES, ids=lambda path: path.stem)
def test_colours_come_from_the_tokens(path):
    """The yellow of the focus and the ink on it are the same in every theme."""
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text(encoding="utf-8"))

    assert set(found) <= {"#ffd43d", "#1a1a1a"}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_style_sheet_fetches_nothing(path):
    assert "url(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_rule_of_a_style_sheet_is_closed(path):
    """One that is not swallows all that follow it, without a word from any browser."""
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert rules.count("{") == rules.count("}")


def test_scripts_are_small():
    """Those of a public page together; the back office, behind a sign-in, loads what a page of it needs."""
    public = [path for path in SCRIPTS if path.name in {"menu.js", "filters.js", "copy-link.js", "print.js"}]
    assert len(public) == 4
    assert sum(len(path.read_bytes()) for path in public) < 8 * 1024
    assert max(len(path.read_bytes()) for path in SCRIPTS) < 8 * 1024


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.django_db
def test_the_gallery_is_not_for_the_public(client, signed_in):
    if signed_in:
        sign_in(client, UserFactory(name="会員自治体の職員"))

    assert client.get("/components/").status_code == 404


@pytest.mark.django_db
def test_staff_see_every_component_in_every_state(client):
    sign_in(client, UserFactory(name="職員", is_staff=True, is_superuser=True))
    response = client.get("/components/")

    shown = response.context["components"]
    assert set(shown) == COMPONENTS | {"forms"}
    for name, states in samples().items():
        assert [state.state for state in shown[name]] == list(states)
    assert [
        f"{name}：{drawn.state}" for name, states in shown.items() for drawn in states if not drawn.html.strip()
    ] == []


@pytest.mark.django_db
def test_whoever_builds_the_site_sees_the_gallery(client, settings):
    settings.DEBUG = True

    assert client.get("/components/").status_code == 200


def test_the_gallery_s_form_has_every_control():
    controls = {type(field.widget).__name__ for field in EveryControlForm().fields.values()}

    assert controls == {
        *("TextInput", "EmailInput", "PasswordInput", "NumberInput", "Select", "SelectMultiple", "Textarea"),
        *("JapaneseDateWidget", "RadioSelect", "CheckboxSelectMultiple", "FileInput", "CheckboxInput"),
    }
