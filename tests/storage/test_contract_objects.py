"""The contract of `ports.ObjectStore`, on memory, files and a real SeaweedFS."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.storage.builders import digest
from verification.errors import ObjectMissingError
from verification.ports import ObjectStore

SCAN = bytes(range(256)) * 4000


def test_bytes_come_back_as_they_were_put(objects: ObjectStore) -> None:
    key = objects.put_once(SCAN)
    assert objects.get(key) == SCAN
    assert objects.exists(key)


def test_the_key_is_the_sha256_of_the_bytes(objects: ObjectStore) -> None:
    assert objects.put_once(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_empty_file_can_be_kept(objects: ObjectStore) -> None:
    assert objects.get(objects.put_once(b"")) == b""


def test_putting_the_same_again_changes_nothing(objects: ObjectStore) -> None:
    assert objects.put_once(SCAN) == objects.put_once(SCAN)
    assert objects.get(objects.put_once(SCAN)) == SCAN


def test_of_many_who_put_the_same_at_once_all_succeed(objects: ObjectStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(objects.put_once, [SCAN] * 16))
    assert len(keys) == 1
    assert objects.get(keys.pop()) == SCAN


def test_what_was_never_put_is_missing(objects: ObjectStore) -> None:
    assert not objects.exists(digest(1))
    with pytest.raises(ObjectMissingError):
        objects.get(digest(1))


def test_deleted_bytes_are_gone_and_deleting_again_is_nothing(objects: ObjectStore) -> None:
    key = objects.put_once(SCAN)
    objects.delete(key)
    objects.delete(key)
    assert not objects.exists(key)


def test_the_sweep_sees_what_was_put_before_a_moment(objects: ObjectStore) -> None:
    key = objects.put_once(SCAN)
    now = datetime.now(UTC)
    assert list(objects.stored_before(now + timedelta(minutes=1))) == [key]
    assert list(objects.stored_before(now - timedelta(minutes=1))) == []
