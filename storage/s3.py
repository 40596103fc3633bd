"""Content-addressed objects in a bucket: bytes come in, their digest goes out, over S3 by the MinIO SDK."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import urllib3
from minio import Minio
from minio.commonconfig import REPLACE, CopySource
from minio.error import S3Error

from ocr.model import Digest
from storage.objects import digest_of
from verification.errors import ObjectDamagedError, ObjectMissingError, StoreUnavailableError

_TIMEOUT = urllib3.Timeout(connect=5, read=60)
_RETRIES = urllib3.Retry(total=3, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504))
_Headers = dict[str, str | list[str] | tuple[str]]
_ABSENT = frozenset({"NoSuchKey", "NoSuchObject", "ResourceNotFound"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the objects are: `endpoint` is `host:port`, and `secure` says whether it is spoken to by TLS."""

    endpoint: str
    name: str
    access_key: str
    secret_key: str = field(repr=False)
    secure: bool = True
    region: str = "us-east-1"


class S3Store:
    """`verification.ports.ObjectStore` in a bucket. Raises StoreUnavailableError when it does not answer."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket.name
        self._client = Minio(
            bucket.endpoint,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            secure=bucket.secure,
            region=bucket.region,
            http_client=urllib3.PoolManager(timeout=_TIMEOUT, retries=_RETRIES, maxsize=16),
        )

    def prepare(self) -> None:
        """Make the bucket where there is none."""
        with _answers():
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

    def put_once(self, content: bytes) -> Digest:
        """Keep these bytes.

        1. Put them only if the key is free, with their checksum: the server refuses bytes that were
           damaged on the way, which it does not do for the signed hash alone.
        2. The key is taken, by somebody or by a resent request of our own: the same content is success.
        """
        digest = digest_of(content)
        checksum = base64.b64encode(hashlib.sha256(content).digest()).decode()
        headers: _Headers = {"If-None-Match": "*", "x-amz-checksum-sha256": checksum}
        with _answers():
            try:
                # The public `put_object` cannot say If-None-Match (SDK 7.2.20); it would overwrite.
                self._client._put_object(self._bucket, digest, content, headers=headers)
            except S3Error as refused:
                if refused.code != "PreconditionFailed":
                    raise
                self._use_again(digest)
        return digest

    def _use_again(self, digest: Digest) -> None:
        """Put again is used again: a new time, so that the sweep does not take it for an old leftover."""
        self.get(digest)
        source = CopySource(self._bucket, digest)
        self._client.copy_object(self._bucket, digest, source, metadata_directive=REPLACE, metadata={})

    def get(self, digest: Digest) -> bytes:
        with _answers():
            response = self._client.get_object(self._bucket, digest)
            try:
                content: bytes = response.read()
            finally:
                response.close()
                response.release_conn()
        if digest_of(content) != digest:
            raise ObjectDamagedError
        return content

    def exists(self, digest: Digest) -> bool:
        try:
            with _answers():
                self._client.stat_object(self._bucket, digest)
        except ObjectMissingError:
            return False
        return True

    def sweep(self, moment: datetime) -> int:  # noqa: ARG002 an object is there whole or not at all
        """Nothing half written is ever kept."""
        return 0

    def delete(self, digest: Digest) -> None:
        with _answers():
            self._client.remove_object(self._bucket, digest)

    def stored_before(self, moment: datetime) -> Iterator[Digest]:
        with _answers():
            listed = [(o.object_name, o.last_modified) for o in self._client.list_objects(self._bucket)]
        yield from (Digest(name) for name, put_at in listed if put_at < moment)


@contextmanager
def _answers() -> Iterator[None]:
    """An absent object comes out as ObjectMissingError, whatever else fails as StoreUnavailableError."""
    try:
        yield
    except (ObjectMissingError, ObjectDamagedError, StoreUnavailableError):
        raise
    except S3Error as refused:
        raise (ObjectMissingError if refused.code in _ABSENT else StoreUnavailableError) from refused
    except Exception as failed:
        # The SDK lets urllib3's errors through, and meets an answer that is not XML with errors of any kind.
        raise StoreUnavailableError from failed
