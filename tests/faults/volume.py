"""A volume of a few megabytes that can be filled without hurting anybody."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


class Volume:
    """A folder in memory with room for so much."""

    def __init__(self, folder: Path):
        self.folder = folder

    def fill(self) -> None:
        with suppress(OSError), (self.folder / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))

    def free(self) -> None:
        (self.folder / "filler").unlink(missing_ok=True)

    def files(self) -> set[str]:
        names = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        return names - {"filler"}


@contextmanager
def volume(folder: Path, megabytes: int) -> Iterator[Volume]:
    """Mounts one over a folder, with what lies in it; left out where nobody may mount anything."""
    with TemporaryDirectory() as aside:
        subprocess.run(["cp", "-a", f"{folder}/.", aside], check=True)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)])
        if mounted.returncode:
            pytest.skip("Nothing may be mounted here.")
        try:
            subprocess.run(["cp", "-a", f"{aside}/.", str(folder)], check=True)
            yield Volume(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
