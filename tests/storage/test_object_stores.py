"""What each object store does on its own: files on a disk, a bucket behind a server."""

import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.memory import MemoryObjects
from storage.objects import FileStore
from storage.s3 import Bucket, S3Store
from tests.storage.builders import digest as some_digest
from tests.storage.servers import Weed, free_ports, http_status
from verification.errors import ObjectDamagedError, StoreUnavailableError

OLD = datetime(2026, 1, 1, tzinfo=UTC)
BETWEEN = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


def path_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def test_a_kept_file_is_read_only_and_nothing_half_written_stays(files: FileStore, tmp_path: Path) -> None:
    path = path_of(tmp_path, files.put_once(b"scan"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_damaged_file_is_never_given_out_nor_taken_for_the_same(files: FileStore, tmp_path: Path) -> None:
    digest = files.put_once(b"scan")
    path = path_of(tmp_path, digest)
    path.chmod(0o644)
    path.write_bytes(b"scam")
    with pytest.raises(ObjectDamagedError):
        files.get(digest)
    with pytest.raises(ObjectDamagedError):
        files.put_once(b"scan")


def test_a_file_put_again_is_young_again(files: FileStore, tmp_path: Path) -> None:
    digest = files.put_once(b"scan")
    os.utime(path_of(tmp_path, digest), (OLD.timestamp(), OLD.timestamp()))
    assert list(files.stored_before(BETWEEN)) == [digest]
    files.put_once(b"scan")
    assert list(files.stored_before(BETWEEN)) == []


def test_the_sweep_removes_only_old_leftovers_of_a_crash(files: FileStore, tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / "tmp" / name).write_bytes(b"half a sc")
    os.utime(tmp_path / "tmp" / "old", (OLD.timestamp(), OLD.timestamp()))
    assert files.sweep(BETWEEN) == 1
    assert [left.name for left in (tmp_path / "tmp").iterdir()] == ["new"]


def test_a_folder_that_cannot_be_written_is_a_store_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnavailableError):
        FileStore(tmp_path / "file")


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    writer = (
        "import os, sys; from pathlib import Path; from storage.objects import FileStore\n"
        "store = FileStore(Path(sys.argv[1]))\n"
        "while True: print(store.put_once(os.urandom(200_000)), flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", writer, str(tmp_path)], stdout=subprocess.PIPE) as process:
        time.sleep(1.5)
        process.kill()
        assert process.stdout is not None
        acknowledged = [line.decode().strip() for line in process.stdout if line.endswith(b"\n")]
    kept = set(FileStore(tmp_path).stored_before(datetime.now(UTC) + timedelta(minutes=1)))
    assert acknowledged
    assert kept >= set(acknowledged)
    assert all(FileStore(tmp_path).get(digest) for digest in kept)


def test_memory_can_be_damaged_for_a_test() -> None:
    objects = MemoryObjects(lambda: OLD)
    digest = objects.put_once(b"scan")
    objects.damage(digest)
    with pytest.raises(ObjectDamagedError):
        objects.get(digest)


def test_an_object_put_again_is_young_again(weed: Weed) -> None:
    store = S3Store(weed.bucket)
    digest = store.put_once(b"put twice")
    time.sleep(2.1)
    between = datetime.now(UTC) - timedelta(seconds=1)
    assert digest in store.stored_before(between)
    store.put_once(b"put twice")
    assert digest not in store.stored_before(between)
    store.delete(digest)


def test_an_object_that_was_overwritten_behind_us_is_never_given_out(weed: Weed) -> None:
    store = S3Store(weed.bucket)
    digest = store.put_once(b"scan")
    store._client._put_object(weed.bucket.name, digest, b"scam")
    with pytest.raises(ObjectDamagedError):
        store.get(digest)
    with pytest.raises(ObjectDamagedError):
        store.put_once(b"scan")
    store.delete(digest)


def test_a_server_that_is_not_there_is_a_store_that_does_not_answer() -> None:
    (port,) = free_ports(1)
    store = S3Store(Bucket(f"127.0.0.1:{port}", "papers", "key", "secret", secure=False))
    for ask in (store.prepare, lambda: store.put_once(b"scan"), lambda: store.exists(some_digest(1))):
        with pytest.raises(StoreUnavailableError):
            ask()


def test_a_wrong_secret_is_a_store_that_does_not_answer(weed: Weed) -> None:
    bucket = Bucket(weed.bucket.endpoint, weed.bucket.name, "tester", "wrong", secure=False)
    with pytest.raises(StoreUnavailableError):
        S3Store(bucket).put_once(b"scan")


def test_a_secret_is_not_shown(weed: Weed) -> None:
    assert weed.bucket.secret_key not in repr(weed.bucket)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_nobody_gets_past_s3_to_the_filer(weed: Weed, method: str) -> None:
    digest = S3Store(weed.bucket).put_once(b"behind the door")
    filer = f"http://127.0.0.1:{weed.filer_port}/buckets/{weed.bucket.name}/{digest}"
    assert http_status(filer, method) == 401
    assert S3Store(weed.bucket).exists(digest)
