"""The test authority, its files, and telling real keys from test keys."""

import stat
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing.errors import KeysUnusableError
from signing.keys import holds_real_keys
from signing.model import Signatory
from signing.trial_pki import TestPki
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY


def open_and_name(folder: Path) -> tuple[bytes, int]:
    pki = TestPki.open(folder, now=NOW)
    return pki.anchor, pki.person(SIGNATORY).certificate.serial_number


def test_a_second_opening_finds_the_same_keys(home: Home) -> None:
    again = TestPki.open(home.pki.folder, now=NOW)
    assert again.anchor == home.pki.anchor
    assert again.agency(AGENCY).certificate == home.pki.agency(AGENCY).certificate


def test_processes_that_start_at_once_share_one_authority(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    with ProcessPoolExecutor(4, mp_context=get_context("forkserver")) as executor:
        assert len(set(executor.map(open_and_name, [folder] * 8))) == 1
    assert not list(folder.glob(".authority-*"))


def test_every_certificate_says_that_it_is_for_tests(home: Home) -> None:
    pki = home.pki
    for identity in (pki.root, pki.issuing, pki.time_stamping, pki.person(SIGNATORY), pki.agency(AGENCY)):
        assert "THỬ NGHIỆM" in identity.certificate.subject.rfc4514_string()


def test_keys_are_for_their_owner_alone(home: Home) -> None:
    home.pki.person(SIGNATORY)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in home.pki.folder.rglob("*.pem")}
    assert modes == {0o600}


def test_a_name_that_is_no_file_name_gets_a_key(home: Home) -> None:
    assert home.pki.person(Signatory("x", "../../x/ „Đặng“ " + "rất dài " * 20)).certificate


def test_an_expired_key_is_issued_anew(tmp_path: Path) -> None:
    old = TestPki.open(tmp_path, now=NOW).person(SIGNATORY)
    later = TestPki.open(tmp_path, now=NOW + timedelta(days=4 * 365)).person(SIGNATORY)
    assert later.certificate.not_valid_before_utc > old.certificate.not_valid_after_utc


def test_a_cut_key_file_is_refused(tmp_path: Path) -> None:
    TestPki.open(tmp_path, now=NOW)
    path = tmp_path / "authority" / "root.pem"
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(KeysUnusableError):
        TestPki.open(tmp_path, now=NOW)


def test_a_test_home_holds_no_real_keys(home: Home) -> None:
    home.pki.person(SIGNATORY)
    assert not holds_real_keys(home.pki.folder)


@pytest.mark.parametrize("name", ["officer.p12", "hsm.key", "seal.pem", "deep/er/seal.txt"])
def test_a_key_of_any_other_kind_counts_as_real(tmp_path: Path, name: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert holds_real_keys(tmp_path)
