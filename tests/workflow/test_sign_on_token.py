"""The whole way with an officer's key on a real token (SoftHSM 2): decided, waited, signed with one PIN."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from api.signing_desk import Ordered, sign_now
from signing.errors import WrongPinError
from signing.keyring import FileKeyring
from signing.model import Signatory
from signing.pades import PadesSigner
from signing.timestamp import LocalTimeStamps
from tests.builders import diploma_page
from tests.desk import OFFICER, OFFICER_NAME, UNIT, Desk, approval
from tests.signing.identities import Purpose, identity
from tests.signing.key_files import SEAL, KeyFolder, token_entry
from tests.signing.tokens import PIN, WRONG, SoftTokens
from verification.batch import Batch, BatchState, PaperState
from verification.register import EntryState
from verification.submission import PaperId, PaperStage
from verification.workflow.verify_register import verify_register

PERSON = Signatory(OFFICER, OFFICER_NAME)


@pytest.fixture
def keyring(desk: Desk, tmp_path: Path) -> FileKeyring:
    """The desk signs with the officer's token and a seal in a container."""
    keys, tokens = KeyFolder(tmp_path, now=desk.clock), SoftTokens(tmp_path)
    tokens.make("officer", identity(desk.pki, "P-256", name=OFFICER_NAME))
    keys.container("seal", identity(desk.pki, "P-256", Purpose(organisation=True), name=UNIT.agency))
    keyring = keys.keyring(SEAL + token_entry(f'officers."{OFFICER}"', "officer", tokens.environment))
    desk.replace(signer=PadesSigner(keyring, UNIT.agency, LocalTimeStamps(desk.pki.time_stamping)))
    return keyring


def approved(desk: Desk, count: int) -> tuple[PaperId, ...]:
    papers = tuple(desk.hand_in(diploma_page()) for _ in range(count))
    for paper in papers:
        desk.decide(approval(paper))
    return tuple(paper.id for paper in papers)


def batch(
    desk: Desk, papers: tuple[PaperId, ...], pin: str = PIN, *, stop: Callable[[], bool] = lambda: False
) -> Batch:
    return sign_now(desk.services, Ordered(PERSON, papers, pin), "here", begun=lambda _: None, stop=stop)


def test_one_entry_of_the_pin_issues_what_was_approved(desk: Desk, keyring: FileKeyring) -> None:
    papers = approved(desk, 3)
    assert {desk.case(paper).stage for paper in papers} == {PaperStage.TO_SIGN}
    assert batch(desk, papers).state is BatchState.DONE
    numbers = [issued.number for paper in papers for issued in desk.issued(paper)]
    assert numbers == ["1/2026", "2/2026", "3/2026"]
    assert verify_register(desk.services).faults == ()


def test_a_wrong_pin_takes_no_number(desk: Desk, keyring: FileKeyring) -> None:
    papers = approved(desk, 1)
    with pytest.raises(WrongPinError):
        batch(desk, papers, WRONG)
    assert desk.lines() == ()
    assert batch(desk, papers).count(PaperState.ISSUED) == 1


def test_a_token_process_killed_in_the_middle_loses_no_number(desk: Desk, keyring: FileKeyring) -> None:
    papers = approved(desk, 3)
    asked = iter((False, True))

    def kill_before_the_second() -> bool:
        if next(asked):
            os.kill(token_process(), signal.SIGKILL)
        return False

    halted = batch(desk, papers, stop=kill_before_the_second)
    assert (halted.state, halted.reason) == (BatchState.HALTED, "TOKEN_LOST")
    assert [line.state for line in desk.lines()] == [EntryState.ISSUED, EntryState.HELD]
    assert [paper.number for paper in batch(desk, papers).papers] == ["2/2026", "3/2026"]
    assert verify_register(desk.services).faults == ()


def token_process() -> int:
    """The number of the one that this process started."""
    (found,) = (
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"signing.token_process" in path.read_bytes()
        and f"PPid:\t{os.getpid()}\n" in (path.parent / "status").read_text()
    )
    return found
