"""Checks every kind of page, and the joined style sheet, with the Nu HTML Checker; fails on any error."""

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from tests.browser.conftest import free_port
from tests.browser.demo_site import running_site
from tests.browser.pages import addresses_of
from tests.browser.screenshots import file_name
from tests.browser.tools import need


def body_of(url: str) -> bytes:
    """What an address answers with, error pages too."""
    try:
        with urlopen(url) as response:
            return response.read()
    except HTTPError as error:
        return error.read()


def errors_in(*arguments: str) -> int:
    command = ["npx", "--yes", "--package=vnu-jar", "--", "vnu", "--errors-only", "--format", "text", *arguments]
    return subprocess.run(command, check=False).returncode


def main() -> int:
    need("npx", "Node.js")
    need("java", "Java")
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder), free_port()) as site:
        pages = Path(folder) / "pages"
        pages.mkdir()
        for address in addresses_of(site):
            (pages / f"{file_name(address)}.html").write_bytes(body_of(site + quote(address, safe="/?=&")))
        return errors_in(str(pages)) + errors_in("--css", f"{folder}/static/css/portal.css")


if __name__ == "__main__":
    sys.exit(main())
