"""Photographs every kind of page of the demo site, wide and narrow, light and dark, into screenshots/."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import EXECUTABLE, LAUNCH_ARGUMENTS, free_port
from tests.browser.demo_site import ROOT, running_site
from tests.browser.pages import addresses_of

FOLDER = ROOT / "screenshots"
WIDTHS = {"wide": 1280, "narrow": 320}


def file_name(address: str) -> str:
    return address.strip("/").replace("/", "-").replace("?", "_") or "home"


def photograph(browser: Browser, site: str) -> None:
    for name, width in WIDTHS.items():
        for color_scheme in ("light", "dark"):
            folder = FOLDER / f"{name}-{color_scheme}"
            folder.mkdir(parents=True, exist_ok=True)
            page = browser.new_page(
                viewport={"width": width, "height": 900}, locale="ja-JP", color_scheme=color_scheme, base_url=site
            )
            for address in addresses_of(site):
                page.goto(address)
                page.screenshot(path=folder / f"{file_name(address)}.png", full_page=True)
            sys.stdout.write(f"{folder.relative_to(ROOT)}\n")
            page.close()


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder), free_port()) as site,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=EXECUTABLE, args=LAUNCH_ARGUMENTS)
        photograph(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
