"""How pages bear very many events: `make bench`. Prints times, queries and the ratio of the large to the small.

It fails where a page asks more of the database than it may. Times depend on the machine, and only inform.
PostgreSQL is measured as well where TEST_POSTGRES_URL names one.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.demo_site import ROOT, scratch_database


def measured_on(postgres_url: str) -> int:
    """Measures on a scratch database, on SQLite where no other is named; what the measuring ends with."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        scratch_database(Path(folder), "bench", postgres_url) as database_url,
    ):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": "benchmarks-" + "x" * 50,
            "ALLOWED_HOSTS": "testserver",
            "HTTPS": "false",
            "DEBUG": "false",
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
        }
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        return subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.measuring"], cwd=ROOT, env=environment
        ).returncode


def main() -> int:
    servers = ["", *filter(None, [os.environ.get("TEST_POSTGRES_URL")])]
    return max(measured_on(server) for server in servers)


if __name__ == "__main__":
    sys.exit(main())
