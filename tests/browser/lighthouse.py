"""Measures four kinds of page with Lighthouse, as a telephone; fails unless every category reaches 100."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import EXECUTABLE, LAUNCH_ARGUMENTS, free_port
from tests.browser.demo_site import running_site
from tests.browser.tools import need

ADDRESSES = ["/", "/municipalities/", "/events/1/", "/statistics/"]


def scores_of(url: str) -> dict[str, int]:
    """The score of each category, 0 to 100."""
    command = ["npx", "--yes", "lighthouse", url, "--quiet", "--output=json", "--output-path=stdout"]
    flags = " ".join(["--headless", "--disable-gpu", *LAUNCH_ARGUMENTS])
    measured = subprocess.run(
        [*command, f"--chrome-flags={flags}"],
        env=os.environ | {"CHROME_PATH": str(EXECUTABLE)},
        capture_output=True,
        text=True,
        check=True,
    )
    categories = json.loads(measured.stdout)["categories"]
    return {name: round((category["score"] or 0) * 100) for name, category in categories.items()}


def main() -> int:
    need("npx", "Node.js")
    need(EXECUTABLE, "Chromium")
    lowest = 100
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder), free_port()) as site:
        for address in ADDRESSES:
            scores = scores_of(site + address)
            sys.stdout.write(f"{address}  {scores}\n")
            lowest = min(lowest, *scores.values())
    return 0 if lowest == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
