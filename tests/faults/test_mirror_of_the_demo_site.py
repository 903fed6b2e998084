"""The mirror of the demo site: no broken link, and no page that says something else than the live one."""

import html
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from portal.mirror.addresses import original
from portal.mirror.export import current_version
from tests.browser.demo_site import ROOT, free_port, manage, served
from tests.faults.crowd import get

pytestmark = pytest.mark.faults

# Places look alike: one of so many is compared, and every page of any other kind.
ONE_OF = 25
LIVE = re.compile(r"/(events/calendar/\d+/\d+|municipalities/\d+)/")


@pytest.fixture(scope="module")
def site(folder, environment):
    # Pages tell their own address: it must be known when they are copied.
    site_url = f"http://127.0.0.1:{free_port()}"
    environment = environment | {"SITE_URL": site_url, "PAGE_CACHE": "off"}
    manage(environment, "export_mirror", str(folder / "copy"))
    return folder, environment


def files_of(folder):
    root = current_version(folder)
    return {f"/{path.relative_to(root).as_posix()}": path for path in root.rglob("*") if path.is_file()}


def address_of(name):
    return name.removesuffix("index.html")


def links_of(text):
    return {html.unescape(link) for link in re.findall(r'\b(?:href|src|action)="([^"]*)"', text)}


def main_text(text):
    """What stands between the tags of the main part."""
    main = re.search(r"<main\b.*</main>", text, re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", main[0])))


def test_a_crawler_finds_no_broken_link(site):
    folder, _ = site
    files = files_of(folder / "copy")
    pages = {name: path.read_text() for name, path in files.items() if name.endswith(".html")}

    broken = set()
    for name, text in pages.items():
        for link in links_of(text):
            parts = urlsplit(urljoin(address_of(name), link))
            if parts.scheme or parts.netloc:
                continue
            file = f"{parts.path}index.html" if parts.path.endswith("/") else parts.path
            if file not in files:
                broken.add((link, name))

    assert len(pages) > 2000
    assert broken == set()


def test_no_page_differs_from_the_live_one(site):
    folder, environment = site
    files = files_of(folder / "copy")
    alike = [name for name in sorted(files) if LIVE.match(name)]
    compared = sorted(set(files) - set(alike)) + alike[::ONE_OF]

    different = []
    with served(environment, urlsplit(environment["SITE_URL"]).port, "--threads", "4") as address:
        for name in compared:
            if name.endswith("index.html") and name != "/not-in-mirror/index.html":
                page = original(address_of(name))
                live = get(address, page)
                if live.status != 200 or main_text(live.body.decode()) != main_text(files[name].read_text()):
                    different.append(page)

    assert different == []


def test_a_second_run_writes_nothing_and_a_killed_one_breaks_nothing(site):
    folder, environment = site
    before = current_version(folder / "copy")
    assert manage(environment, "export_mirror", str(folder / "copy")).startswith("変更はありません")

    command = [sys.executable, "manage.py", "export_mirror", "--anew", str(folder / "copy")]
    killed = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert "ページを書き出しました" in killed.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=10)

    assert current_version(folder / "copy") == before
    assert manage(environment, "export_mirror", str(folder / "copy")).startswith("変更はありません")
    assert _leftover(killed.pid) == []


def _leftover(parent: int) -> list[str]:
    """Processes that were begun by one that was killed and still run, given a moment to notice."""
    for _ in range(50):
        running = [path for path in Path("/proc").glob("[0-9]*/environ") if _is_maker(path.parent, parent)]
        if not running:
            return []
        time.sleep(0.1)
    return [path.parent.name for path in running]


def _is_maker(process: Path, parent: int) -> bool:
    try:
        return f"parent_pid={parent}".encode() in (process / "cmdline").read_bytes()
    except OSError:
        return False
