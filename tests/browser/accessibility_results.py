"""What a test run with axe-core found, page by page, as /accessibility/results/ shows it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from portal.accessibility import RESULTS
from tests.browser.criteria import CRITERIA

NOT_JUDGED, NO_VIOLATION, VIOLATION = "自動検査の対象外", "違反なし", "違反あり"
ONLY_PARTLY = "自動検査で判定できる範囲の結果です。"


class Results:
    """Gathers what axe says of each page; a page that is looked at several times keeps all its violations."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.violations: Counter[str] = Counter()
        self.judged: set[str] = set()
        self.violated: set[str] = set()
        self.tool = ""

    def add(self, address: str, title: str, response: dict[str, Any]) -> None:
        self.titles[address] = title.split("｜")[0]
        self.violations[address] += sum(len(rule["nodes"]) for rule in response["violations"])
        self.judged |= _tags(response["passes"]) | _tags(response["violations"])
        self.violated |= _tags(response["violations"])
        self.tool = f"axe-core {response['testEngine']['version']}"

    def write(self, on: date, path: Path = RESULTS) -> None:
        """Writes the file that the page of results is made of."""
        results = {
            "date": on.isoformat(),
            "standard": "JIS X 8341-3:2016、WCAG 2.2",
            "level": "AA",
            "technologies": ["HTML", "CSS", "JavaScript", "SVG"],
            "selection": "すべての種類のページから一つずつ選び、幅1280pxと320px、明るい配色と暗い配色で検査しました。",
            "tool": f"{self.tool}（Chromium、すべての規則）",
            "pages": [
                {"address": address, "title": title, "violations": self.violations[address]}
                for address, title in self.titles.items()
            ],
            "criteria": [self._criterion(*criterion) for criterion in CRITERIA],
        }
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def _criterion(self, number: str, name: str, level: str) -> dict[str, str]:
        tag = f"wcag{number.replace('.', '')}"
        result = VIOLATION if tag in self.violated else NO_VIOLATION if tag in self.judged else NOT_JUDGED
        note = "" if result == NOT_JUDGED else ONLY_PARTLY
        return {"number": number, "name": name, "level": level, "result": result, "note": note}


def _tags(rules: list[dict[str, Any]]) -> set[str]:
    return {tag for rule in rules for tag in rule["tags"]}
