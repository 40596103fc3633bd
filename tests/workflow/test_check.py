"""Check: files in, papers with their proposals out; a signed file is validated before it is read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from ocr.intake import take_in
from ocr.model import Limits
from signing.model import Verdict
from signing.trust import Trust, TrustAnchor
from storage.errors import DatabaseUnavailableError
from storage.memory.access_log import MemoryAccessLog
from tests.builders import (
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    diploma_page,
    document,
    picture,
)
from tests.desk import PURPOSE, Desk, approval
from verification.assessment import Outcome
from verification.source import LookUp, SourceName
from verification.workflow.check import cross_check, joined, read_file, signatures_of
from verification.workflow.compose import Held, compose
from verification.workflow.issue import code_of


@pytest.fixture
def signed(desk: Desk) -> bytes:
    """A file that this office issued."""
    return desk.objects.get(desk.issue(approval(desk.hand_in(diploma_page()))).digest)


def proposal(desk: Desk, content: bytes) -> tuple[Outcome, list[str]]:
    desk.papers.lay_down(content, (birth_page(),))
    read = read_file(desk.services, take_in(content, Limits()))
    (assessed,) = cross_check(desk.services, [read], PURPOSE)
    return assessed.assessment.outcome, [reason.code for reason in assessed.assessment.reasons]


def test_a_validly_signed_file_is_to_be_sent_itself(desk: Desk, signed: bytes) -> None:
    desk.load("civil_status", birth_row())
    assert proposal(desk, signed) == (Outcome.OFFICER_REVIEW, ["ELECTRONIC_ORIGINAL"])


def test_a_signature_that_nothing_is_said_against_is_still_one(desk: Desk, signed: bytes) -> None:
    """A real authority's file has not even the reason that its authority is a test one."""
    desk.replace(trust=RealTrust(desk.services.trust))
    desk.load("civil_status", birth_row())
    report = signatures_of(desk.services, take_in(signed, Limits()))
    assert report is not None
    assert (report.verdict, report.reasons) == (Verdict.VALID, ())
    assert proposal(desk, signed) == (Outcome.OFFICER_REVIEW, ["ELECTRONIC_ORIGINAL"])


@dataclass(frozen=True, slots=True)
class RealTrust:
    """The same anchors, none of them a test one."""

    base: Trust

    def anchors(self) -> tuple[TrustAnchor, ...]:
        return tuple(replace(anchor, test=False) for anchor in self.base.anchors())

    def crls(self) -> tuple[bytes, ...]:
        return self.base.crls()


def test_a_pdf_without_signatures_is_read_like_any_paper(desk: Desk, held: Held) -> None:
    desk.load("civil_status", birth_row())
    unsigned = compose(desk.services, held, code_of(desk.services, held.entry)).content
    assert signatures_of(desk.services, take_in(unsigned, Limits())) is None
    assert proposal(desk, unsigned)[0] is Outcome.NO_COPY_NEEDED


def test_a_signed_file_with_one_byte_changed_is_for_the_officer(desk: Desk, signed: bytes) -> None:
    desk.load("civil_status", birth_row())
    at = signed.index(b"/Reason <") + 15
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert proposal(desk, changed) == (Outcome.OFFICER_REVIEW, ["SIGNED_FILE_INVALID"])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("tampered", "code"), [(False, "ELECTRONIC_ORIGINAL"), (True, "SIGNED_FILE_INVALID")]
)
def test_a_signature_on_either_side_of_a_card_counts(
    desk: Desk, signed: bytes, first: bool, tampered: bool, code: str
) -> None:
    desk.load("population", card_row())
    at = signed.index(b"/Reason <") + 15
    back = signed[:at] + bytes([signed[at] ^ tampered]) + signed[at + 1 :]
    files = [desk.upload(card_front()).content, desk.papers.lay_down(back, (card_back(),))]
    order = files[::-1] if first else files
    read = [read_file(desk.services, take_in(content, Limits())) for content in order]
    (card,) = cross_check(desk.services, joined(desk.services, read), PURPOSE)
    assert card.assessment.outcome is Outcome.OFFICER_REVIEW
    assert [reason.code for reason in card.assessment.reasons] == [code]


def test_the_signatures_are_told_with_the_papers(desk: Desk, signed: bytes) -> None:
    desk.papers.lay_down(signed, (birth_page(),))
    read = read_file(desk.services, take_in(signed, Limits()))
    assert read.signatures is not None
    assert read.signatures.verdict is Verdict.VALID
    assert read.reading.document.content == signed


def test_a_picture_has_no_signatures(desk: Desk) -> None:
    assert signatures_of(desk.services, document(picture(1))) is None


class SilentLog(MemoryAccessLog):
    """A log that cannot be written."""

    def add(self, look_ups: Iterable[LookUp]) -> None:
        raise DatabaseUnavailableError


def test_what_cannot_be_logged_is_not_answered(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    desk.database.access_log = SilentLog()
    with pytest.raises(DatabaseUnavailableError):
        desk.check(birth_page())


def test_checking_keeps_nothing_but_who_asked(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    before = desk.actions()
    desk.check(birth_page())
    assert desk.actions() == before
    assert len(desk.database.access_log.about(SourceName("civil_status"), "KS-2020-15")) == 1
