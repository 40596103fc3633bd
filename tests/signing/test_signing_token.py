"""Sessions of a real token (SoftHSM 2), and the care that no PIN ever locks one."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from signing.errors import (
    KeyNotOfCertificateError,
    KeyNotThereError,
    KeysUnusableError,
    PinNeededError,
    PinRefusedError,
    TokenBusyError,
    TokenLostError,
    TokenMissingError,
    WrongPinError,
)
from signing.fitness import require_own
from signing.keys import KeyAlgorithm
from signing.model import Signatory
from signing.pin_guard import PinGuard, TokenIdentity
from signing.token_session import TokenPlace, TokenSession
from tests.signing.conftest import Home
from tests.signing.contents import SIGNATORY
from tests.signing.identities import P_384, RSA_2048, identity
from tests.signing.tokens import DRIVER, PIN, WRONG, SoftTokens


@pytest.fixture
def tokens(tmp_path: Path) -> SoftTokens:
    return SoftTokens(tmp_path / "softhsm")


@pytest.fixture
def guard(tmp_path: Path) -> PinGuard:
    return PinGuard(tmp_path / "pins")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, home: Home) -> SoftTokens:
    """One token, to be copied."""
    tokens = SoftTokens(tmp_path_factory.mktemp("made"))
    tokens.make("officer", home.pki.person(SIGNATORY))
    return tokens


@pytest.fixture
def place(tokens: SoftTokens, made: SoftTokens) -> TokenPlace:
    return tokens.copy_of(made).place("officer")


@pytest.fixture
def session(place: TokenPlace) -> Iterator[TokenSession]:
    with TokenSession(place) as session:
        yield session


def tried(place: TokenPlace, pin: str, guard: PinGuard) -> type[Exception] | None:
    """What came of one entry of the PIN."""
    with TokenSession(place) as session:
        try:
            session.sign_in(pin, guard)
        except KeysUnusableError as error:
            return type(error)
    return None


@pytest.mark.parametrize("kind", ["P-256", P_384, RSA_2048])
def test_a_key_on_a_token_signs_for_its_certificate(
    home: Home, tokens: SoftTokens, guard: PinGuard, kind: str
) -> None:
    holder = identity(home.pki, kind)
    with TokenSession(tokens.make("officer", holder)) as session:
        key = session.sign_in(PIN, guard)
        assert key.algorithm is (KeyAlgorithm.RSA if kind == RSA_2048 else KeyAlgorithm.ECDSA)
        require_own(key, holder.certificate)
        with pytest.raises(KeyNotOfCertificateError):
            require_own(key, home.pki.person(Signatory("b", "Trần Thị B")).certificate)


def test_certificates_are_read_from_the_token_without_a_pin(
    home: Home, tokens: SoftTokens, place: TokenPlace
) -> None:
    holder = home.pki.person(SIGNATORY)
    tokens.put_certificate("officer", holder)
    with TokenSession(place) as session:
        assert session.certificates() == (holder.certificate,)


def test_a_certificate_of_another_label_is_found_by_the_keys_id(
    home: Home, tokens: SoftTokens, place: TokenPlace, guard: PinGuard
) -> None:
    holder, other = home.pki.person(SIGNATORY), home.pki.person(Signatory("b", "Trần Thị B"))
    tokens.put_certificate("officer", holder, name="Chứng thư ký")
    with TokenSession(place) as session:
        assert session.certificates()[0] == holder.certificate  # the only holder's
        tokens.put_certificate("officer", other, name="Chứng thư mã hóa", number="02")
    with TokenSession(place) as session:
        with pytest.raises(KeyNotThereError):
            session.certificates()
        session.sign_in(PIN, guard)
        assert session.certificates() == (holder.certificate, other.certificate)


def test_a_key_is_found_by_its_id_and_as_the_only_one(
    home: Home, tokens: SoftTokens, guard: PinGuard, place: TokenPlace
) -> None:
    only = TokenPlace(DRIVER, "officer", environment=tokens.environment)
    assert tried(only, PIN, guard) is None
    tokens.put_key("officer", home.pki.person(Signatory("b", "Trần Thị B")), name="sign", number="0a")
    assert tried(place, PIN, guard) is KeyNotThereError  # two are called so
    assert (
        tried(TokenPlace(DRIVER, "officer", key_id="0A", environment=tokens.environment), PIN, guard) is None
    )


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (TokenPlace(Path("/no/driver.so"), "officer"), TokenMissingError),
        (TokenPlace(Path(__file__), "officer"), TokenMissingError),
        (TokenPlace(DRIVER, "another"), TokenMissingError),
        (TokenPlace(DRIVER, "officer", serial="0000"), TokenMissingError),
        (TokenPlace(DRIVER, "officer", key="another"), KeyNotThereError),
    ],
    ids=["no driver", "no library", "no such token", "no such serial number", "no such key"],
)
def test_what_is_not_there_is_told(
    tokens: SoftTokens, made: SoftTokens, guard: PinGuard, place: TokenPlace, error: type[Exception]
) -> None:
    tokens.copy_of(made)
    there = TokenPlace(place.module, place.token, place.key, "", place.serial, tokens.environment)
    assert tried(there, PIN, guard) is error


# -- the PIN -----------------------------------------------------------------------------------


def test_after_two_wrong_pins_not_even_the_right_one_is_tried(place: TokenPlace, guard: PinGuard) -> None:
    tries = [tried(place, pin, guard) for pin in (WRONG, WRONG, WRONG, PIN)]
    assert tries == [WrongPinError, WrongPinError, PinRefusedError, PinRefusedError]


def test_no_pin_at_all_is_no_try(place: TokenPlace, guard: PinGuard) -> None:
    assert [tried(place, "", guard) for _ in range(3)] == [PinNeededError] * 3
    assert tried(place, PIN, guard) is None


def test_a_restart_forgets_no_wrong_pin(place: TokenPlace, guard: PinGuard) -> None:
    tried(place, WRONG, guard)
    assert tried(place, WRONG, PinGuard(guard.folder)) is WrongPinError
    assert tried(place, PIN, PinGuard(guard.folder)) is PinRefusedError


def test_a_right_pin_ends_the_count(place: TokenPlace, guard: PinGuard) -> None:
    tries = [tried(place, pin, guard) for pin in (WRONG, PIN, WRONG, PIN)]
    assert tries == [WrongPinError, None, WrongPinError, None]


def test_an_administrator_lets_the_right_pin_be_tried_again(place: TokenPlace, guard: PinGuard) -> None:
    tried(place, WRONG, guard)
    tried(place, WRONG, guard)
    assert guard.unblock("officer") == 1
    assert tried(place, PIN, guard) is None
    assert guard.unblock("officer") == 0


def test_a_wrong_pin_typed_elsewhere_counts_as_one(place: TokenPlace, guard: PinGuard) -> None:
    tried(place, WRONG, PinGuard(guard.folder / "elsewhere"))
    assert [tried(place, WRONG, guard), tried(place, PIN, guard)] == [WrongPinError, PinRefusedError]


def test_a_sign_in_that_was_cut_off_counts_as_wrong(guard: PinGuard) -> None:
    token = TokenIdentity("officer", "1234")
    with guard.turn(token) as turn:
        turn.begin(token_counts=False)
    with PinGuard(guard.folder).turn(token) as turn:
        assert turn.wrong == 1


def test_a_count_that_cannot_be_read_lets_nothing_be_tried(place: TokenPlace, guard: PinGuard) -> None:
    tried(place, WRONG, guard)
    for path in guard.folder.glob("*.json"):
        path.write_bytes(b"{")
    assert tried(place, PIN, guard) is PinRefusedError


def test_counts_are_for_their_owner_alone_and_hold_no_pin(place: TokenPlace, guard: PinGuard) -> None:
    tried(place, WRONG, guard)
    files = list(guard.folder.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert not any(WRONG in path.read_text() for path in files)


def test_who_signs_in_while_another_does_waits_or_is_told(place: TokenPlace, guard: PinGuard) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda _: tried(place, PIN, guard), range(3))) == [None, None, None]
    with TokenSession(place) as session:
        token = TokenIdentity(
            "officer", session.ask("find", module=str(DRIVER), label="officer", serial="")["serial"]
        )
    with guard.turn(token):
        assert tried(place, PIN, PinGuard(guard.folder, wait_s=0.1)) is TokenBusyError


def test_the_process_has_the_pin_in_no_place_that_others_read(session: TokenSession, guard: PinGuard) -> None:
    session.sign_in(PIN, guard)
    proc = Path(f"/proc/{session.pid}")
    assert PIN.encode() not in (proc / "cmdline").read_bytes() + (proc / "environ").read_bytes()


# -- the process -------------------------------------------------------------------------------


def test_a_process_killed_in_the_middle_is_told_and_the_next_signs(
    session: TokenSession, place: TokenPlace, guard: PinGuard
) -> None:
    key = session.sign_in(PIN, guard)
    os.kill(session.pid, signal.SIGKILL)
    with pytest.raises(TokenLostError):
        key.sign(b"x")
    assert not session.alive
    assert tried(place, PIN, guard) is None


def test_a_token_pulled_out_is_told(session: TokenSession, tokens: SoftTokens, guard: PinGuard) -> None:
    key = session.sign_in(PIN, guard)
    tokens.remove_all()
    with pytest.raises((TokenLostError, TokenMissingError)):
        key.sign(b"x")
    assert tried(session.place, PIN, guard) is TokenMissingError


def test_a_process_that_nobody_asks_ends(place: TokenPlace, guard: PinGuard) -> None:
    with TokenSession(place, idle_s=1.0) as session:
        session.sign_in(PIN, guard)
        end = time.monotonic() + 10
        while session.alive and time.monotonic() < end:
            time.sleep(0.05)
        assert not session.alive


def test_a_closed_session_leaves_no_process(place: TokenPlace, guard: PinGuard) -> None:
    with TokenSession(place) as session:
        session.sign_in(PIN, guard)
        pid = session.pid
    assert not Path(f"/proc/{pid}").exists()


_HOLDER = """
import os, signal, sys
from pathlib import Path
from signing.pin_guard import PinGuard
from signing.token_session import TokenPlace, TokenSession
driver, conf, pins = sys.argv[1:]
session = TokenSession(TokenPlace(Path(driver), "officer", environment={"SOFTHSM2_CONF": conf}))
session.sign_in(sys.stdin.readline().strip(), PinGuard(Path(pins)))
print(session.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_ends_with_its_parent_however_that_ends(place: TokenPlace, guard: PinGuard) -> None:
    conf = place.environment["SOFTHSM2_CONF"]
    holder = [sys.executable, "-c", _HOLDER, str(DRIVER), conf, str(guard.folder)]
    done = subprocess.run(holder, input=f"{PIN}\n", capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    end = time.monotonic() + 10
    while runs(int(done.stdout)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not runs(int(done.stdout))


def runs(pid: int) -> bool:
    """There is such a process, and it has not ended yet."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_stop_of_the_service_leaves_the_paper_that_is_being_signed(
    session: TokenSession, guard: PinGuard
) -> None:
    key = session.sign_in(PIN, guard)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(session.pid, number)
    assert key.sign(b"x")
