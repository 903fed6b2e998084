"""A PostgreSQL server of the test's own, which can be stopped without hurting anybody."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class OwnPostgres:
    """A cluster in a folder, listening on loopback."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def create(self) -> None:
        self._make_folder()
        self._run("initdb", "--pgdata", str(self.folder), "--username=postgres", "--auth=trust", "--encoding=UTF8")

    def follow(self, primary: "OwnPostgres") -> None:
        """Becomes a copy of another server, which it follows from the moment it is started."""
        self._make_folder()
        source = ["--host=127.0.0.1", f"--port={primary.port}", "--username=postgres"]
        self._run("pg_basebackup", "--pgdata", str(self.folder), *source, "--write-recovery-conf", "--checkpoint=fast")

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--pgdata", str(self.folder), "--wait", "--log", log, "--options", options)

    def stop(self) -> None:
        """At once, as where its machine loses power."""
        self._run("pg_ctl", "stop", "--pgdata", str(self.folder), "--mode=immediate")

    def kill(self) -> None:
        """Every process of it at once, and none has time to tidy up."""
        processes = self._processes()
        for process in processes:
            os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}").exists() for process in processes):
            time.sleep(0.05)

    def freeze(self) -> None:
        """Every process of it stands still; its connections stay open."""
        for process in self._processes():
            os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes():
            os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        head = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(head)], capture_output=True, text=True, check=False)
        return [head, *map(int, listed.stdout.split())]

    def _run(self, program: str, *arguments: str) -> None:
        # Root may not run it: the package's own user does.
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(PROGRAMS[-1] / program), *arguments]
        subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


@contextmanager
def own_postgres(port: int) -> Iterator[OwnPostgres]:
    """A server of one's own for a while, in a folder that its user may enter, too."""
    with TemporaryDirectory(prefix="portal-faults-") as folder:
        Path(folder).chmod(0o755)
        server = OwnPostgres(Path(folder) / "cluster", port)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.thaw()
            server.stop()
