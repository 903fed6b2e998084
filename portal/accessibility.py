"""The results of the accessibility tests, as the test run wrote them down."""

import json
from datetime import date
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "data" / "accessibility-results.json"

# Success criteria of levels A and AA that came after WCAG 2.0, whose text JIS X 8341-3:2016 is, by version.
ADDED_IN = {
    "2.1": {
        *("1.3.4", "1.3.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13"),
        *("2.1.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "4.1.3"),
    },
    "2.2": {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"},
}


def latest_results() -> dict[str, Any] | None:
    """What the last test run found; None where none has been written down.

    Each criterion has ``added_in``: the version of WCAG it came with, empty where JIS X 8341-3:2016 has it too.
    """
    try:
        results = json.loads(RESULTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    results["date"] = date.fromisoformat(results["date"])
    for criterion in results["criteria"]:
        criterion["added_in"] = _added_in(criterion["number"])
    return results


def _added_in(number: str) -> str:
    return next((version for version, numbers in ADDED_IN.items() if number in numbers), "")
