"""The keys file and key containers: what they may say, and one sentence for whatever is wrong with them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from signing.errors import (
    CertificateExpiredError,
    CertificateNotForSigningError,
    KeyElsewhereError,
    KeyMissingError,
    KeyNotOfCertificateError,
    KeyNotThereError,
    KeyPasswordError,
    KeysMixedError,
    KeysUnusableError,
    KeyTooWeakError,
    PinNeededError,
    PinRefusedError,
    WrongPinError,
)
from signing.keys import KeyAlgorithm
from signing.keys_file import KeysFileError, read_keys_file
from signing.model import Signatory, SigningWay
from signing.pkcs12 import read_pkcs12
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY
from tests.signing.identities import RSA_1024, RSA_3072, STAMPS, identity
from tests.signing.key_files import PASSWORD, SEAL, KeyFolder, container_entry, real

LAN = Signatory("lan", "Nguyễn Thị Lan")


@pytest.fixture
def keys(tmp_path: Path, home: Home) -> KeyFolder:
    folder = KeyFolder(tmp_path)
    folder.container("seal", home.pki.agency(AGENCY))
    folder.container("lan", home.pki.person(LAN))
    folder.certificate("lan.crt", home.pki.person(LAN).certificate)
    return folder


# -- containers --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["P-256", "P-384", RSA_3072])
def test_a_container_gives_its_key_with_the_chain(home: Home, keys: KeyFolder, kind: str) -> None:
    holder = identity(home.pki, kind)
    keys.container("holder", holder)
    read = read_pkcs12(keys.folder / "holder.p12", PASSWORD)
    assert (read.certificate, read.chain) == (holder.certificate, holder.chain)
    assert read.key.algorithm is (KeyAlgorithm.RSA if kind == RSA_3072 else KeyAlgorithm.ECDSA)


def test_a_chain_that_the_container_lacks_comes_out_of_files(home: Home, keys: KeyFolder) -> None:
    holder = home.pki.person(LAN)
    keys.container("bare", holder, whole=False)
    further = (real("Ai").certificate, *reversed(holder.chain))
    assert read_pkcs12(keys.folder / "bare.p12", PASSWORD).chain == ()
    assert read_pkcs12(keys.folder / "bare.p12", PASSWORD, further=further).chain == holder.chain


def test_a_wrong_password_is_told(keys: KeyFolder) -> None:
    with pytest.raises(KeyPasswordError):
        read_pkcs12(keys.folder / "lan.p12", "sai")


def test_a_container_without_a_key_is_told(home: Home, keys: KeyFolder) -> None:
    only = pkcs12.serialize_key_and_certificates(
        b"x", None, home.pki.person(LAN).certificate, None, NoEncryption()
    )
    (keys.folder / "only.p12").write_bytes(only)
    with pytest.raises(KeyNotThereError):
        read_pkcs12(keys.folder / "only.p12", "")


@pytest.mark.parametrize("kind", [RSA_1024, "P-521"])
def test_a_key_that_does_not_sign_here_is_told(home: Home, keys: KeyFolder, kind: str) -> None:
    keys.container("weak", identity(home.pki, kind))
    with pytest.raises(KeyTooWeakError):
        read_pkcs12(keys.folder / "weak.p12", PASSWORD)


@pytest.mark.parametrize("content", [b"", b"no container", None], ids=["empty", "other", "cut"])
def test_a_file_that_is_no_container_is_told(keys: KeyFolder, content: bytes | None) -> None:
    path = keys.folder / "lan.p12"
    path.write_bytes(path.read_bytes()[:200] if content is None else content)
    with pytest.raises(KeysUnusableError):
        read_pkcs12(path, PASSWORD)


# -- a keyring of containers -------------------------------------------------------------------


def test_officers_are_found_by_account_and_the_seal_by_its_entry(home: Home, keys: KeyFolder) -> None:
    keyring = keys.keyring(SEAL + container_entry("officers.lan", "lan"))
    assert keyring.person(LAN).certificate == home.pki.person(LAN).certificate
    assert keyring.agency(AGENCY).certificate == home.pki.agency(AGENCY).certificate
    assert (keyring.test, keyring.way_of(LAN)) == (True, SigningWay.AT_ONCE)
    with keyring.unlocked(LAN, "") as unlocked:
        assert unlocked.person(LAN) is keyring.person(LAN)
    with pytest.raises(KeyMissingError):
        keyring.way_of(SIGNATORY)


def test_a_password_may_stand_in_a_variable(keys: KeyFolder) -> None:
    named = replace(keys, variables={"LAN_PASSWORD": PASSWORD})
    keyring = named.keyring(SEAL + '[officers.lan]\npkcs12 = "lan.p12"\npassword_variable = "LAN_PASSWORD"\n')
    assert keyring.person(LAN).chain


def test_a_renewed_container_is_read_without_a_restart(home: Home, keys: KeyFolder) -> None:
    keyring = keys.keyring(SEAL + container_entry("officers.lan", "lan"))
    before = keyring.person(LAN)
    keys.container("lan", identity(home.pki, "P-256"))
    assert keyring.person(LAN).certificate != before.certificate


def test_a_key_elsewhere_shows_its_certificates_and_never_signs_here(home: Home, keys: KeyFolder) -> None:
    issuing = home.pki.person(LAN).chain
    keys.certificate("chain.crt", *issuing)
    keyring = keys.keyring(
        SEAL + '[officers.lan]\noutside = true\ncertificate = "lan.crt"\nchain = ["chain.crt"]\n'
    )
    assert keyring.way_of(LAN) is SigningWay.OUTSIDE
    assert keyring.certificates(LAN) == (home.pki.person(LAN).certificate, *issuing)
    with pytest.raises(KeyElsewhereError):
        keyring.person(LAN)


def test_an_expired_key_is_refused_before_anybody_decides(home: Home, keys: KeyFolder) -> None:
    late = replace(keys, now=lambda: NOW + timedelta(days=5 * 365))
    keyring = late.keyring(SEAL + container_entry("officers.lan", "lan"))
    for ask in (keyring.way_of, keyring.person):
        with pytest.raises(CertificateExpiredError):
            ask(LAN)


def test_nobody_may_sign_when_the_seal_cannot(home: Home, keys: KeyFolder) -> None:
    keys.container("seal", home.pki.agency(AGENCY), password="another")
    keys.secret("seal.password", PASSWORD)
    with pytest.raises(KeyPasswordError):
        keys.keyring(SEAL + container_entry("officers.lan", "lan")).way_of(LAN)


def test_a_certificate_for_something_else_signs_nothing(home: Home, keys: KeyFolder) -> None:
    keys.container("lan", identity(home.pki, "P-256", STAMPS))
    with pytest.raises(CertificateNotForSigningError):
        keys.keyring(SEAL + container_entry("officers.lan", "lan")).person(LAN)


@pytest.mark.parametrize("seal_is_real", [True, False])
def test_test_keys_and_real_keys_do_not_mix(home: Home, keys: KeyFolder, seal_is_real: bool) -> None:
    keys.container("seal", real(AGENCY) if seal_is_real else home.pki.agency(AGENCY))
    keys.container("lan", home.pki.person(LAN) if seal_is_real else real("Nguyễn Thị Lan"))
    keyring = keys.keyring(SEAL + container_entry("officers.lan", "lan"))
    assert not keyring.test
    for ask in (lambda: keyring.person(LAN), lambda: keyring.agency(AGENCY), lambda: keyring.way_of(LAN)):
        with pytest.raises(KeysMixedError):
            ask()


def test_keys_without_the_word_are_real(keys: KeyFolder) -> None:
    keys.container("seal", real(AGENCY))
    keys.container("lan", real("Nguyễn Thị Lan"))
    keyring = keys.keyring(SEAL + container_entry("officers.lan", "lan"))
    assert (keyring.test, keyring.way_of(LAN)) == (False, SigningWay.AT_ONCE)


# -- what is wrong with a file -----------------------------------------------------------------

_TOKEN = '[officers.lan]\npin = "ask"\npkcs11 = {{ {} }}\n'
_MODULE = 'module = "lan.crt"'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[agency", "the file is not TOML: Expected ']'"),
        ("", "[agency] must be a table that says where the key is"),
        ("[agencies]", "has no agencies; known are agency, officers"),
        ("[agency]\n", "[agency] needs exactly one of pkcs12, pkcs11, outside"),
        (
            '[agency]\npkcs12 = "none.p12"\npassword_file = "seal.password"',
            "[agency] pkcs12: there is no file none.p12",
        ),
        ('[agency]\npkcs12 = "seal.p12"\npin = "x"', "[agency] has no pin; known are"),
        ('[agency]\npkcs12 = "seal.p12"', '[agency] needs either password = "ask", or password_file'),
        ('[agency]\npkcs12 = "seal.p12"\npassword_variable = "PW"', "[agency] the variable PW is not set"),
        (
            '[agency]\npkcs12 = "seal.p12"\npassword_file = "open"',
            "[agency] open must be readable by its owner alone",
        ),
        (
            '[agency]\noutside = true\ncertificate = "lan.crt"',
            "[agency] the seal follows each officer's signature",
        ),
        (SEAL + "officers = 1", "[agency] has no officers; known are"),
        (SEAL + "[officers]\nlan = 1", "[officers.lan] must be a table"),
        (SEAL + container_entry('officers.""', "lan"), "[officers] cannot hold an account called agency"),
        (SEAL + container_entry("officers.agency", "lan"), "[officers] cannot hold an account called agency"),
        (
            SEAL + '[officers.lan]\noutside = "yes"\ncertificate = "lan.crt"',
            "[officers.lan] outside can only be true",
        ),
        (SEAL + "[officers.lan]\noutside = true", "[officers.lan] needs the certificate of the key"),
        (
            SEAL + '[officers.lan]\noutside = true\ncertificate = "lan.p12"',
            "lan.p12 holds no certificate in PEM or DER",
        ),
        (
            SEAL + _TOKEN.format('module = "no.so", token = "t"'),
            "[officers.lan.pkcs11] module: there is no file no.so",
        ),
        (SEAL + _TOKEN.format(_MODULE), "[officers.lan.pkcs11] needs the label of the token"),
        (
            SEAL + _TOKEN.format(_MODULE + ', token = "t", key_id = "xy"'),
            "[officers.lan.pkcs11] key_id must be",
        ),
        (
            SEAL + _TOKEN.format(_MODULE + ', token = "t", pin = "1"'),
            "[officers.lan.pkcs11] has no pin; known are",
        ),
        (
            SEAL + '[officers.lan]\npkcs12 = "lan.p12"\npassword = "ask"',
            "[officers.lan] needs the certificate beside a container",
        ),
        (
            SEAL + '[officers.lan]\npin = "1234"\npkcs11 = { module = "lan.crt", token = "t" }',
            '[officers.lan] needs either pin = "ask", or pin_file, or pin_variable',
        ),
    ],
)
def test_what_is_wrong_in_a_keys_file_is_one_sentence(keys: KeyFolder, text: str, sentence: str) -> None:
    (keys.folder / "open").write_text("x")
    (keys.folder / "open").chmod(0o644)
    with pytest.raises(KeysFileError) as told:
        read_keys_file(keys.write(text), variables=keys.variables.get)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_the_seal_is_asked_for_no_pin(keys: KeyFolder) -> None:
    text = '[agency]\npin = "ask"\npkcs11 = { module = "lan.crt", token = "t" }'
    with pytest.raises(KeysFileError, match="give its PIN or password in a file"):
        read_keys_file(keys.write(text), variables=keys.variables.get)


def test_a_file_that_is_no_text_is_told(keys: KeyFolder) -> None:
    keys.write("").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeysFileError, match="cannot be read as UTF-8"):
        read_keys_file(keys.folder / "keys.toml", variables=keys.variables.get)


# -- a container whose holder is asked ---------------------------------------------------------

ASKED = SEAL + '[officers.lan]\npkcs12 = "lan.p12"\npassword = "ask"\ncertificate = "lan.crt"\n'


def test_a_container_may_ask_its_holder_for_the_password(home: Home, keys: KeyFolder) -> None:
    keyring = keys.keyring(ASKED)
    assert keyring.way_of(LAN) is SigningWay.PIN
    with pytest.raises(PinNeededError):
        keyring.person(LAN)
    with keyring.unlocked(LAN, PASSWORD) as unlocked:
        assert unlocked.person(LAN).chain == home.pki.person(LAN).chain
    with pytest.raises(PinNeededError):
        keyring.person(LAN)


def test_an_asked_container_holds_what_the_certificate_beside_it_says(home: Home, keys: KeyFolder) -> None:
    keys.certificate("lan.crt", home.pki.person(SIGNATORY).certificate)
    with pytest.raises(KeyNotOfCertificateError), keys.keyring(ASKED).unlocked(LAN, PASSWORD):
        pytest.fail("it opened")


def test_nobody_guesses_the_password_of_a_container(keys: KeyFolder) -> None:
    keyring = keys.keyring(ASKED)
    for error in (WrongPinError, WrongPinError, PinRefusedError):
        with pytest.raises(error), keyring.unlocked(LAN, "sai"):
            pytest.fail("it opened")
    keyring.guard.unblock("lan.p12")
    with keyring.unlocked(LAN, PASSWORD) as unlocked:
        assert unlocked.way_of(LAN) is SigningWay.AT_ONCE


def test_the_seals_container_asks_nobody(keys: KeyFolder) -> None:
    text = '[agency]\npkcs12 = "lan.p12"\npassword = "ask"\ncertificate = "lan.crt"\n'
    with pytest.raises(KeysFileError, match="give its PIN or password in a file"):
        read_keys_file(keys.write(text), variables=keys.variables.get)
