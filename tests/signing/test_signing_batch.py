"""Whole documents signed with keys on real tokens: one session a batch, and what ends one."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from signing.certificate import render_receipt
from signing.errors import (
    PinNeededError,
    PinRefusedError,
    TokenLostError,
    TokenMissingError,
    WrongPinError,
)
from signing.keyring import AGENCY as SEAL_ENTRY
from signing.keyring import FileKeyring, OpenKeyring
from signing.lasting_key import LastingKey
from signing.model import PreparedPdf, Signatory, Signer, SigningWay
from signing.pades import PadesSigner, prepare
from signing.text import printed_text
from signing.timestamp import LocalTimeStamps
from signing.token_session import TokenKey
from tests.signing import others
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, RECEIPT
from tests.signing.identities import RSA_2048, Purpose, identity
from tests.signing.key_files import SEAL, KeyFolder, container_entry, real, token_entry
from tests.signing.tokens import PIN, WRONG, SoftTokens

LAN, BINH = Signatory("lan", "Nguyễn Thị Lan"), Signatory("binh", "Trần Văn Bình")


class Office:
    """Two officers with tokens that ask for a PIN, and a seal: in a container or on a token."""

    def __init__(self, folder: Path, home: Home, made: SoftTokens, *, seal_on_token: bool) -> None:
        self.home = home
        self.tokens = SoftTokens(folder).copy_of(made)
        self.keys = KeyFolder(folder)
        at_once = 'pin_file = "seal.pin"'
        text = token_entry("agency", "seal", self.tokens.environment, at_once) if seal_on_token else SEAL
        for officer in (LAN, BINH):
            text += token_entry(f"officers.{officer.id}", officer.id, self.tokens.environment)
        self.keyring = self.keys.keyring(text)
        self.signer = PadesSigner(self.keyring, AGENCY, LocalTimeStamps(home.pki.time_stamping))

    def sign(self, signer: Signer, prepared: PreparedPdf, person: Signatory = LAN) -> bytes:
        return signer.sign(prepared, person=person, reason="Chứng thực", at=NOW).content


def tokens_of(folder: Path, home: Home, kind: str) -> SoftTokens:
    """A token for each officer and one for the seal, whose container lies beside."""
    tokens, keys = SoftTokens(folder), KeyFolder(folder)
    for officer in (LAN, BINH):
        tokens.make(officer.id, identity(home.pki, kind, name=officer.name))
    seal = identity(home.pki, kind, Purpose(organisation=True), name=AGENCY)
    tokens.make("seal", seal)
    keys.container("seal", seal)
    keys.secret("seal.pin", PIN)
    return tokens


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, home: Home) -> SoftTokens:
    return tokens_of(tmp_path_factory.mktemp("made"), home, "P-256")


@pytest.fixture
def office(tmp_path: Path, home: Home, made: SoftTokens) -> Office:
    return Office(tmp_path, home, made, seal_on_token=False)


def session_of(signer: Signer) -> TokenKey:
    """The officer's open key of an unlocked signer."""
    assert isinstance(signer, PadesSigner)
    assert isinstance(signer.keyring, OpenKeyring)
    key = signer.keyring.identity.key
    assert isinstance(key, TokenKey)
    return key


@pytest.mark.parametrize("kind", ["P-256", RSA_2048])
def test_a_batch_of_twenty_is_signed_in_one_session_and_valid_everywhere(
    tmp_path: Path, home: Home, prepared_receipt: PreparedPdf, kind: str
) -> None:
    office = Office(tmp_path / "office", home, tokens_of(tmp_path, home, kind), seal_on_token=True)
    assert office.signer.way_of(LAN) is SigningWay.PIN
    with office.signer.unlocked(LAN, PIN) as signer:
        pid = session_of(signer).session.pid
        signed = [office.sign(signer, prepared_receipt) for _ in range(20)]
        assert session_of(signer).session.pid == pid
    office.keyring.close()
    assert len(set(signed)) == 20
    assert all(status.bottom_line for status in others.by_pyhanko(signed[-1], home.pki.anchor))
    assert others.by_pdfsig(signed[0], tmp_path).count("Signature is Valid") == 2
    assert home.validate(signed[7]).verdict == "VALID"


def test_a_locked_key_signs_nothing(office: Office, prepared_receipt: PreparedPdf) -> None:
    with pytest.raises(PinNeededError):
        office.sign(office.signer, prepared_receipt)


def test_the_session_ends_with_the_batch(office: Office, prepared_receipt: PreparedPdf) -> None:
    with office.signer.unlocked(LAN, PIN) as signer:
        office.sign(signer, prepared_receipt)
    with pytest.raises(TokenLostError):
        office.sign(signer, prepared_receipt)
    with pytest.raises(PinNeededError):
        office.sign(office.signer, prepared_receipt)


def test_a_wrong_pin_opens_nothing_and_soon_none_is_tried(office: Office) -> None:
    for error in (WrongPinError, WrongPinError, PinRefusedError):
        with pytest.raises(error), office.signer.unlocked(LAN, WRONG):
            pytest.fail("it opened")
    with pytest.raises(PinRefusedError), office.signer.unlocked(LAN, PIN):
        pytest.fail("it opened")
    with office.signer.unlocked(BINH, PIN) as signer:  # each token counts for itself
        assert signer.way_of(BINH) is SigningWay.AT_ONCE


def test_an_officers_pin_opens_no_other_officers_key(office: Office, prepared_receipt: PreparedPdf) -> None:
    with office.signer.unlocked(LAN, PIN) as signer, pytest.raises(PinNeededError):
        office.sign(signer, prepared_receipt, BINH)


def test_two_officers_sign_their_batches_at_once(office: Office, prepared_receipt: PreparedPdf) -> None:
    done: dict[str, list[bytes]] = {}

    def batch(officer: Signatory) -> None:
        with office.signer.unlocked(officer, PIN) as signer:
            done[officer.id] = [office.sign(signer, prepared_receipt, officer) for _ in range(3)]

    threads = [threading.Thread(target=batch, args=(officer,)) for officer in (LAN, BINH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for officer in (LAN, BINH):
        reports = [office.home.validate(content) for content in done[officer.id]]
        assert len(reports) == 3
        assert {report.verdict for report in reports} == {"VALID"}
        assert {report.signatures[0].signer for report in reports} == {f"{officer.name} (THỬ NGHIỆM)"}


def test_a_batch_cut_off_keeps_nothing_and_the_next_goes_on(
    office: Office, prepared_receipt: PreparedPdf
) -> None:
    with office.signer.unlocked(LAN, PIN) as signer:
        office.sign(signer, prepared_receipt)
        os.kill(session_of(signer).session.pid, signal.SIGKILL)
        with pytest.raises(TokenLostError):
            office.sign(signer, prepared_receipt)
    with office.signer.unlocked(LAN, PIN) as signer:
        assert office.home.validate(office.sign(signer, prepared_receipt)).verdict == "VALID"


def test_a_token_that_is_not_plugged_in_keeps_nobody_from_deciding(office: Office) -> None:
    office.tokens.remove_all()
    assert office.signer.way_of(LAN) is SigningWay.PIN
    with pytest.raises(TokenMissingError), office.signer.unlocked(LAN, PIN):
        pytest.fail("it opened")


# -- a seal that is on a token -----------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path: Path, home: Home, made: SoftTokens) -> Office:
    return Office(tmp_path, home, made, seal_on_token=True)


def seal_of(keyring: FileKeyring) -> LastingKey:
    key = keyring.identity(SEAL_ENTRY).key
    assert isinstance(key, LastingKey)
    return key


def test_a_seal_whose_process_was_killed_signs_with_a_fresh_one(sealed: Office) -> None:
    key = seal_of(sealed.keyring)
    first = key.pid
    os.kill(first, signal.SIGKILL)
    assert key.sign(b"x")
    assert key.pid != first
    sealed.keyring.close()


def test_a_seal_with_a_wrong_pin_in_its_file_is_tried_twice_and_no_more(sealed: Office) -> None:
    sealed.keys.secret("seal.pin", WRONG)
    for error in (WrongPinError, WrongPinError, PinRefusedError):
        with pytest.raises(error):
            sealed.signer.way_of(LAN)
    sealed.keys.secret("seal.pin", PIN)
    sealed.keyring.guard.unblock("seal")
    assert sealed.signer.way_of(LAN) is SigningWay.PIN
    sealed.keyring.close()


def test_a_closed_keyring_leaves_no_process(sealed: Office) -> None:
    pid = seal_of(sealed.keyring).pid
    sealed.keyring.close()
    assert not Path(f"/proc/{pid}").exists()


# -- what is printed ---------------------------------------------------------------------------


def test_what_real_keys_sign_says_nothing_of_tests(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    keys.container("seal", real(AGENCY))
    keys.container("lan", real(LAN.name))
    signer = PadesSigner(keys.keyring(SEAL + container_entry("officers.lan", "lan")), AGENCY)
    assert not signer.test
    receipt = replace(RECEIPT, issuing=replace(RECEIPT.issuing, test=signer.test))
    content = signer.sign(prepare(render_receipt(receipt)), person=LAN, reason="Xác nhận", at=NOW).content
    answer = others.by_pdfsig(content, tmp_path)
    assert answer.count("Signature is Valid") == 2
    assert "THỬ NGHIỆM" not in answer
    assert "THỬNGHIỆM" not in printed_text(content)


def test_a_key_elsewhere_signs_what_is_handed_out(
    tmp_path: Path, home: Home, prepared_receipt: PreparedPdf
) -> None:
    keys, holder = KeyFolder(tmp_path), home.pki.person(LAN)
    keys.container("seal", home.pki.agency(AGENCY))
    keys.certificate("lan.crt", holder.certificate)
    keys.certificate("chain.crt", *holder.chain)
    keyring = keys.keyring(
        SEAL + '[officers.lan]\noutside = true\ncertificate = "lan.crt"\nchain = ["chain.crt"]\n'
    )
    signer = PadesSigner(keyring, AGENCY, LocalTimeStamps(home.pki.time_stamping))
    given = signer.certificates_of(LAN)
    pending = signer.begin(prepared_receipt, certificates=given, reason="Chứng thực", at=NOW)
    signed = signer.finish(pending, holder.key.sign(pending.signed_attributes))
    assert home.validate(signed.content).verdict == "VALID"
