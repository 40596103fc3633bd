"""Long-term data: a signed PDF in, the same bytes followed by what keeps them provable out.

One revision has a document security store (what authorities said of every certificate after it was used), and
the next a document time-stamp over everything (ETSI EN 319 142-1, 5.4 and 5.5); DocMDP P=2 permits both. Two
revisions, for EU DSS, by which others judge, counts as covered only what lies in a revision before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any
from zlib import compress

import pikepdf
from asn1crypto import cms
from cryptography import x509

from signing.chain import RevocationData
from signing.errors import (
    NotPreparedError,
    NotSignedError,
    RevocationTooOldError,
    RevokedBeforeSigningError,
    RoomTooSmallError,
    TimeStampError,
    TimeStampGainsNothingError,
)
from signing.fields import empty_value, gap_of, widget, with_byte_range, with_value
from signing.increment import Revised, opened, reference, text_of, with_entries
from signing.model import Digest, SignatureLevel
from signing.proofs import (
    Kept,
    Signed,
    Token,
    Wanted,
    authorities,
    kept_answers,
    read_token,
    signed_fields,
    undated,
    wanted,
)
from signing.revocation import Statement, statements
from signing.revocation_answers import Answer, AnswerKind, RevocationAnswers
from signing.time_tokens import Known, judge_token
from signing.timestamp import TimeStamps
from signing.trust import Trust

STAMP_FIELD = "DauThoiGian"
_READABLE = "Dấu thời gian lưu trữ"
_FIRST_ROOM = 8 * 1024
_EXTENSION = b"<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>"
"""Says that a PDF 1.7 uses what ETSI added (ETSI EN 319 142-1, 5.6)."""


@dataclass(frozen=True, slots=True)
class Extended:
    """The file with what was added. `level` is what its signatures have reached; `good_until` is when the
    first certificate runs out that its newest time-stamp rests on."""

    content: bytes
    digest: Digest
    level: SignatureLevel
    good_until: datetime


@dataclass(frozen=True, slots=True)
class LongTerm:
    """Adds long-term data with these authorities. Safe to share between threads."""

    time_stamps: TimeStamps
    answers: RevocationAnswers
    trust: Trust

    def extend(self, content: bytes, *, at: datetime) -> Extended:
        """What comes next, at `at` (aware).

        1 where a signature has no time-stamp at all: a document time-stamp alone, which proves that it was
        there (B-T by EN 319 142-1, table 1); what authorities say must be newer than that, so it comes next;
        2 otherwise: what authorities say of every certificate since it was used, as far as it is not in the
        file, and a document time-stamp over it (B-LTA); again and again as time-stamps run out.

        Raises NotSignedError, TimeStampError, TimeStampGainsNothingError (nothing would hold longer than
        now), RevocationUnknownError, RevocationTooOldError, RevokedBeforeSigningError, SigningError.
        """
        try:
            with opened(content) as revised:
                found = signed_fields(revised.pdf)
                fresh = () if undated(found) else self._answers(found, kept_answers(revised.pdf), at)
                told = content + _store(revised, fresh) if fresh else content
            with opened(told) as revised:
                return self._stamped(revised, found, at)
        except NotPreparedError as error:
            raise NotSignedError(str(error)) from error

    def _answers(self, found: tuple[Signed, ...], kept: Kept, at: datetime) -> tuple[Answer, ...]:
        asked = (self._answer(one, kept, at) for one in wanted(found, self._anchors()))
        # One list speaks of many certificates, and goes in once.
        return tuple({one.content: one for one in asked if one is not None}.values())

    def _answer(self, one: Wanted, kept: Kept, at: datetime) -> Answer | None:
        """None when the file says enough already."""
        known = statements(one.certificate, one.issuer, ocsps=kept.ocsps, crls=kept.crls)
        if any(said.this_update > one.since for said in known):
            return None
        answer = self.answers.answer(one.certificate, one.issuer, since=one.since, at=at)
        _require_good(answer.statement, one)
        return answer

    def _anchors(self) -> tuple[x509.Certificate, ...]:
        return tuple(x509.load_der_x509_certificate(one.certificate) for one in self.trust.anchors())

    def _stamped(self, revised: Revised, found: tuple[Signed, ...], at: datetime) -> Extended:
        room = max((one.token.size for one in found if one.token), default=_FIRST_ROOM) * 5 // 4
        _write_stamp_field(revised, room)
        waiting = with_byte_range(revised.content, revised.tail())
        digest = gap_of(waiting).digest(waiting)
        package = self.time_stamps.token(digest, at=at)
        good_until = self._good_until(package, digest, _newest(found))
        try:
            content = with_value(waiting, package)
        except RoomTooSmallError:
            raise TimeStampError("larger than the last one by more than a quarter") from None
        level = SignatureLevel.B_T if undated(found) else SignatureLevel.B_LTA
        return Extended(content, Digest(sha256(content).hexdigest()), level, good_until)

    def _good_until(self, package: bytes, digest: bytes, newest: Token | None) -> datetime:
        """Until when the token holds; it is trusted, or not kept."""
        try:
            data = cms.ContentInfo.load(package)["content"]
            finding = judge_token(data, lambda _: digest, Known(self.trust, RevocationData()))
            token = read_token(data, len(package))
        except (ValueError, TypeError, KeyError) as error:
            raise TimeStampError("no token") from error
        if not (finding.intact and finding.trusted):
            raise TimeStampError("not of an authority that is trusted here")
        good_until = self._runs_out(token)
        if newest is not None and good_until <= self._runs_out(newest):
            raise TimeStampGainsNothingError
        return good_until

    def _runs_out(self, token: Token) -> datetime:
        return min(one.not_valid_after_utc for one in authorities(token, self._anchors()))


def _newest(found: tuple[Signed, ...]) -> Token | None:
    """The document time-stamp that a further one must outlive; the first two need not."""
    return found[-1].token if found[-1].stamps_document and not _waits_for_answers(found) else None


def _waits_for_answers(found: tuple[Signed, ...]) -> bool:
    return sum(one.stamps_document for one in found) == 1 and any(
        one.token is None for one in found if not one.stamps_document
    )


def _require_good(said: Statement, one: Wanted) -> None:
    if said.revoked_at is not None and said.revoked_at <= one.since:
        raise RevokedBeforeSigningError
    if not one.since <= said.this_update <= one.certificate.not_valid_after_utc:
        raise RevocationTooOldError


# -- the revision ------------------------------------------------------------------------------


def _store(revised: Revised, fresh: tuple[Answer, ...]) -> bytes:
    """A revision with the store, what is new behind what it has; nothing is taken out."""
    root: Any = revised.pdf.Root
    store: Any = root.get("/DSS", pikepdf.Dictionary())
    added = {kind: [_write_stream(revised, one) for one in fresh if one.kind is kind] for kind in AnswerKind}
    entries = {
        f"{kind.value}s": b"[ %s ]" % b" ".join([*_items(store, f"/{kind.value}s"), *new])
        for kind, new in added.items()
        if new
    }
    number = store.objgen[0] if "/DSS" in root and store.is_indirect else revised.new_number()
    revised.write(number, with_entries(store, **entries))
    if "/DSS" not in root or not store.is_indirect:
        revised.write(root.objgen[0], with_entries(root, DSS=reference(number), Extensions=_extensions(root)))
    return revised.tail()


def _items(owner: Any, array: str) -> list[bytes]:
    """As they are written: references."""
    return [item.unparse() for item in owner.get(array, ())]


def _extensions(root: Any) -> bytes:
    return text_of(root["/Extensions"]) if "/Extensions" in root else _EXTENSION


def _write_stream(revised: Revised, answer: Answer) -> bytes:
    number, packed = revised.new_number(), compress(answer.content, 9)
    head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
    revised.write(number, b"%s\nstream\n%s\nendstream" % (head, packed))
    return reference(number)


def _write_stamp_field(revised: Revised, room: int) -> None:
    """A new field with a document time-stamp (ISO 32000-2, 12.8.5), invisible, named for screen readers."""
    root, page = revised.pdf.Root, revised.pdf.pages[0].obj
    form: Any = root["/AcroForm"]
    field, value = revised.new_number(), revised.new_number()
    names = {str(one["/T"]) for one in form["/Fields"]}
    name = next(name for name in _names() if name not in names)
    body = widget(name, _READABLE, page).rstrip()
    revised.write(field, body[:-2] + b"/V %s >>" % reference(value))
    stamp = b"<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161%s >>"
    revised.write(value, stamp % empty_value(room))
    _append(revised, form, "Fields", field)
    _append(revised, page, "Annots", field)


def _names() -> Iterator[str]:
    yield STAMP_FIELD
    yield from (f"{STAMP_FIELD}{number}" for number in count(2))


def _append(revised: Revised, owner: Any, array: str, number: int) -> None:
    """One item more in an array of an object that stands by itself. Raises NotSignedError for another."""
    if not owner.is_indirect:
        raise NotSignedError(array)
    listed = b"[ %s ]" % b" ".join([*_items(owner, f"/{array}"), reference(number)])
    revised.write(owner.objgen[0], with_entries(owner, **{array: listed}))
