"""Chromium for the tests that need a browser: the one that CHROMIUM names, else the system's."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.demo_site import free_port, running_site

# Playwright runs an event loop in the thread of the tests, where Django would otherwise refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


EXECUTABLE = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# Root, as in a container, cannot use the sandbox.
LAUNCH_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    if EXECUTABLE is None:
        reason = "Chromium is not here. On Debian: apt-get install chromium libatomic1; elsewhere set CHROMIUM."
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=EXECUTABLE,
            args=LAUNCH_ARGUMENTS,
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A page of the running site, with Japanese as its language; what goes wrong in it is kept in ``page.faults``."""
    context = chromium.new_context(base_url=live_server.url, locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("response", lambda answer: answer.status >= 400 and page.faults.append(f"{answer.status} {answer.url}"))
    yield page
    context.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The address of the running demo site, built once for all tests."""
    with running_site(tmp_path_factory.mktemp("demo-site"), free_port()) as address:
        yield address


@pytest.fixture
def visit(chromium, demo_site):
    """Opens an address of the demo site in a window of its own: ``visit("/", width=320, color_scheme="dark")``."""
    contexts = []

    def open_page(address, *, width=1280, height=900, **options):
        context = chromium.new_context(
            base_url=demo_site,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            viewport={"width": width, "height": height},
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
