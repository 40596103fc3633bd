"""A folder goes in; a PostgreSQL of its own, started within the block and ended after it, comes out."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_DEBIAN = Path("/usr/lib/postgresql")
"""Debian and Ubuntu keep `initdb` and `postgres` there, off the PATH, one folder a version."""
SETTINGS = ("shared_buffers=1GB", "max_wal_size=8GB")
"""Beside what a new cluster has: the operations page recommends them to whoever loads millions."""
_WAIT_S = 30.0


def postgres_programs() -> Path | None:
    """Where this machine keeps them; None where it has none."""
    found = [Path(path).resolve().parent] if (path := shutil.which("initdb")) else []
    found += [p.parent for p in sorted(_DEBIAN.glob("*/bin/initdb"), reverse=True)]
    return next((folder for folder in found if (folder / "postgres").exists()), None)


@contextmanager
def postgres(programs: Path, folder: Path) -> Iterator[str]:
    """The URL of its one database, which is empty; it waits for the disk as a real one does.

    Raises RuntimeError if it does not start.
    """
    folder.mkdir()
    who = _unprivileged(folder)
    made = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
    subprocess.run(
        [programs / "initdb", "-D", folder / "cluster", *made], check=True, capture_output=True, **who
    )
    port = _free_port()
    set_to = [word for setting in SETTINGS for word in ("-c", setting)]
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", *set_to]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "cluster", *options], stdout=log, stderr=log, **who
        )
        try:
            _wait(port, server)
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            # Ends its children as well: they would still write while the folder is removed.
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package makes for it."""
    if os.geteuid() != 0:
        return {}
    for above in (folder.parent, folder):
        above.chmod(0o711)
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": folder}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _WAIT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as closed:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL did not start; see its log") from closed
            time.sleep(0.05)
        else:
            return
