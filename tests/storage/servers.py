"""Real servers for the tests: PostgreSQL and SeaweedFS, each in a folder and on ports of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.s3 import Bucket, S3Store
from verification.errors import StoreUnavailableError

_DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
"""Debian and Ubuntu keep `initdb` and `postgres` there, off the PATH, one folder a version."""


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, all different, below 32768.

    SeaweedFS adds 10000 to each for gRPC, and ports from 32768 on are handed out to anybody who connects.
    """
    with ExitStack() as open_sockets:
        ports: list[int] = []
        candidate = 20_000 + os.getpid() % 9_000
        while len(ports) < count:
            candidate += 1
            sockets = [open_sockets.enter_context(socket.socket()) for _ in range(2)]
            try:
                for sock, port in zip(sockets, (candidate, candidate + 10_000), strict=True):
                    sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            ports.append(candidate)
        return ports


@contextmanager
def postgres() -> Iterator[str]:
    """A running cluster; the URL of its one database, which is empty."""
    programs = _postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="chungthuc-pg-"))
    who = _unprivileged(folder)
    (port,) = free_ports(1)
    try:
        cluster = str(folder / "cluster")
        made = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([programs / "initdb", "-D", cluster, *made], check=True, capture_output=True, **who)
        options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-F"]
        command = [str(programs / "postgres"), "-D", cluster, *options]
        # SIGQUIT ends its children as well: they would still write while the folder is removed.
        with running(command, folder, who, end_by=signal.SIGQUIT) as server:
            wait_for_port(port, server)
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder)


def _postgres_programs() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(_DEBIAN_POSTGRES.glob("*/bin/initdb"))
    if not versions:
        raise RuntimeError("these tests need PostgreSQL: apt-get install postgresql")
    return versions[-1].parent


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian makes for it."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": folder}


@dataclass(frozen=True, slots=True)
class Weed:
    """A running SeaweedFS: its bucket, and the port of the filer behind it."""

    bucket: Bucket
    filer_port: int


@contextmanager
def seaweed() -> Iterator[Weed]:
    """A running SeaweedFS with an S3 door; kept apart by `security.toml` from whoever finds its filer."""
    folder = Path(tempfile.mkdtemp(prefix="chungthuc-weed-"))
    names = ("s3", "master", "filer", "volume", "admin")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    bucket = Bucket(f"127.0.0.1:{ports['s3']}", "papers", "tester", "not-a-real-secret", secure=False)
    (folder / "data").mkdir()
    (folder / "security.toml").write_text(_SECURITY)
    try:
        with running(_weed_command(folder, ports), folder, {"cwd": folder, "env": _weed_env(bucket)}):
            _wait_until_it_keeps(S3Store(bucket))
            yield Weed(bucket, ports["filer"])
    finally:
        shutil.rmtree(folder)


_SECURITY = """
[jwt.signing]
key = "for-the-tests-only"
[jwt.filer_signing]
key = "for-the-tests-only"
[jwt.filer_signing.read]
key = "for-the-tests-only"
"""


def _weed_command(folder: Path, ports: dict[str, int]) -> list[str]:
    settings = {
        "dir": str(folder / "data"),
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "admin.ui": "false",
        "webdav": "false",
        "master.telemetry": "false",
        "filer.localSocket": str(folder / "filer.sock"),
        "s3.localSocket": str(folder / "s3.sock"),
        "s3.port.iceberg": "0",
        "s3.port.lance": "0",
        **{f"{name}.port": str(port) for name, port in ports.items()},
    }
    weed = Path(sys.executable).with_name("weed")
    return [str(weed), "mini", *(f"-{name}={value}" for name, value in settings.items())]


def _weed_env(bucket: Bucket) -> dict[str, str]:
    keys = {"AWS_ACCESS_KEY_ID": bucket.access_key, "AWS_SECRET_ACCESS_KEY": bucket.secret_key}
    return {**os.environ, **keys}


def _wait_until_it_keeps(store: S3Store) -> None:
    """An open port is not ready: wait for the first byte that is kept."""
    end = time.monotonic() + 30
    while True:
        try:
            store.prepare()
            store.put_once(b"\0")
        except StoreUnavailableError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def running(
    command: list[str], folder: Path, options: dict[str, Any], *, end_by: signal.Signals = signal.SIGKILL
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that runs within the block and is ended, by its id, at the end of it."""
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **options)
        try:
            yield server
        finally:
            server.send_signal(end_by)
            server.wait()


def wait_for_port(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until somebody listens. Raises RuntimeError if the server ended or took more than 30 s."""
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as closed:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the server did not start") from closed
            time.sleep(0.05)
        else:
            return


def http_status(url: str, method: str = "GET") -> int:
    """The status a plain HTTP request is answered with."""
    request = urllib.request.Request(url, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
