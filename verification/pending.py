"""A signature waited for: what was handed out to be signed elsewhere, under which line, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from ocr.model import Digest
from verification.register import EntryId
from verification.submission import OfficerId, PaperId

PendingToken = NewType("PendingToken", str)
"""Names one handing out: a signature that comes back under an older one is not taken."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One a paper. `document` is the PDF with its empty place for the signature, in the object store;
    `signed_attributes`, `certificate` and `chain` are DER (`signing.model.PendingSignature`)."""

    paper_id: PaperId
    token: PendingToken
    officer_id: OfficerId
    entry_id: EntryId
    document: Digest
    signed_attributes: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    reason: str
    begun_at: datetime
    expires_at: datetime
