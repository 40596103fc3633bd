"""Verify versions: an issued document and the digests of its versions in, what is wrong with them out."""

from collections.abc import Iterator

from ocr.model import Digest
from verification.errors import VerificationError
from verification.services import Services


def version_faults(
    services: Services, issued: bytes | None, kept: tuple[str, ...], witnessed: tuple[str, ...]
) -> Iterator[str]:
    """Codes: the versions are those that the audit trail tells of, in that order; each is in the store, and
    begins with the file as it was issued (None where that is itself not to be had)."""
    if kept != witnessed:
        yield "VERSION_CHANGED"
    for digest in kept:
        try:
            content = services.objects.get(Digest(digest))
        except VerificationError as error:
            yield error.code
            continue
        if issued is not None and not content.startswith(issued):
            yield "VERSION_DIFFERS"
