"""Programs that are not ours and that not every machine has."""

import shutil
import sys


def need(program: str | None, name: str) -> None:
    """Ends the run with a message where a program is missing."""
    if program is None or shutil.which(program) is None:
        sys.exit(f"{name} が見つかりません。入れてから、もう一度実行してください。")
