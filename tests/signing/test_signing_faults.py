"""Keys that fail, lie or have run out, time-stamps that come too large or too late: what leaves then."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from signing.errors import (
    CertificateExpiredError,
    KeysUnusableError,
    SignatureFaultyError,
    SigningError,
    TimeStampError,
)
from signing.keys import Identity, Key, KeyAlgorithm
from signing.model import PreparedPdf, SignatureLevel, SignedPdf
from signing.pades import PadesSigner
from signing.timestamp import LocalTimeStamps, TimeStamps
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY
from tests.signing.identities import KeysOfAKind, Purpose, identity

EXPIRED = Purpose(ends=NOW - timedelta(seconds=1))
NOT_YET = Purpose(begins=NOW + timedelta(seconds=1))


@dataclass
class Watched:
    """A key that counts, and does something else with what it signed."""

    key: Key
    does: Callable[[bytes], bytes] = bytes
    asked: list[bytes] = field(default_factory=list)

    @property
    def algorithm(self) -> KeyAlgorithm:
        return self.key.algorithm

    def sign(self, data: bytes) -> bytes:
        self.asked.append(data)
        return self.does(self.key.sign(data))


def fails(value: bytes) -> bytes:
    raise KeysUnusableError


def one_bit_off(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


def signed_by(
    home: Home, keys: KeysOfAKind, prepared: PreparedPdf, *, stamps: TimeStamps | None = None
) -> SignedPdf:
    signer = PadesSigner(keys, AGENCY, stamps)
    return signer.sign(prepared, person=SIGNATORY, reason="Chứng thực", at=NOW)


def keys(home: Home, *, officer: Purpose | None = None, seal: Purpose | None = None) -> KeysOfAKind:
    """Good ones, but for the purposes given; their keys are watched."""
    seal = seal or Purpose(organisation=True)
    first, second = identity(home.pki, "P-256", officer or Purpose()), identity(home.pki, "P-256", seal)
    return KeysOfAKind(with_key(first, bytes), with_key(second, bytes))


def with_key(one: Identity, does: Callable[[bytes], bytes]) -> Identity:
    return replace(one, key=Watched(one.key, does))


def asked(one: Identity) -> int:
    assert isinstance(one.key, Watched)
    return len(one.key.asked)


@pytest.mark.parametrize("purpose", [EXPIRED, NOT_YET])
def test_nothing_is_signed_with_a_certificate_that_is_out_of_date(
    home: Home, prepared_receipt: PreparedPdf, purpose: Purpose
) -> None:
    for ring in (keys(home, officer=purpose), keys(home, seal=purpose)):
        with pytest.raises(CertificateExpiredError):
            signed_by(home, ring, prepared_receipt)
        assert asked(ring.officer) == asked(ring.seal) == 0


def test_a_time_stamp_later_than_the_certificate_holds_lets_nothing_out(
    home: Home, prepared_receipt: PreparedPdf
) -> None:
    class Late:
        def token(self, digest: bytes, *, at: datetime) -> bytes:
            return LocalTimeStamps(home.pki.time_stamping).token(digest, at=at + timedelta(days=2))

    ring = keys(home, officer=Purpose(ends=NOW + timedelta(days=1)))
    with pytest.raises(CertificateExpiredError):
        signed_by(home, ring, prepared_receipt, stamps=Late())


@pytest.mark.parametrize("officers", [True, False])
@pytest.mark.parametrize(("does", "error"), [(fails, KeysUnusableError), (one_bit_off, SignatureFaultyError)])
def test_a_key_that_fails_or_signs_wrongly_lets_nothing_out(
    home: Home,
    prepared_receipt: PreparedPdf,
    officers: bool,
    does: Callable[[bytes], bytes],
    error: type[SigningError],
) -> None:
    good = keys(home)
    bad = (
        replace(good, officer=with_key(good.officer, does))
        if officers
        else replace(good, seal=with_key(good.seal, does))
    )
    with pytest.raises(error):
        signed_by(home, bad, prepared_receipt)


def test_a_key_that_is_not_the_certificates_lets_nothing_out(
    home: Home, prepared_receipt: PreparedPdf
) -> None:
    good = keys(home)
    swapped = replace(good, officer=replace(good.officer, key=home.pki.issuing.key))
    with pytest.raises(SignatureFaultyError):
        signed_by(home, swapped, prepared_receipt)


@dataclass
class Growing:
    """An authority whose tokens are larger each time, by padding behind them."""

    stamps: TimeStamps
    steps: list[int]

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        token = self.stamps.token(digest, at=at)
        return token + bytes(self.steps.pop(0) if self.steps else 0)


@pytest.mark.parametrize(("steps", "level"), [([0, 5000], "B-T"), ([0, 3000, 9000, 20000], "B-B")])
def test_a_time_stamp_larger_than_its_room_costs_another_try_and_never_the_document(
    home: Home, prepared_receipt: PreparedPdf, steps: list[int], level: str
) -> None:
    stamps = Growing(LocalTimeStamps(home.pki.time_stamping), steps)
    signed = signed_by(home, keys(home), prepared_receipt, stamps=stamps)
    assert signed.level == level


def test_a_time_stamp_larger_than_its_room_is_left_out_of_a_signature_made_elsewhere(
    home: Home, prepared_receipt: PreparedPdf
) -> None:
    stamps = Growing(LocalTimeStamps(home.pki.time_stamping), [0, 9000])
    signer = PadesSigner(home.pki, AGENCY, stamps)
    holder = home.pki.person(SIGNATORY)
    certificates = signer.certificates_of(SIGNATORY)
    pending = signer.begin(prepared_receipt, certificates=certificates, reason="Thử", at=NOW)
    signed = signer.finish(pending, holder.key.sign(pending.signed_attributes))
    assert signed.level is SignatureLevel.B_B
    assert [one.level for one in home.validate(signed.content).signatures] == ["B-B", "B-T"]


@pytest.mark.parametrize("token", [b"", b"garbage", b"\x30\x03\x02\x01\x00"])
def test_what_is_no_token_is_left_out(home: Home, prepared_receipt: PreparedPdf, token: bytes) -> None:
    class Nonsense:
        def token(self, digest: bytes, *, at: datetime) -> bytes:
            return token

    signed = signed_by(home, keys(home), prepared_receipt, stamps=Nonsense())
    assert signed.level is SignatureLevel.B_B


def test_a_token_over_something_else_is_left_out(home: Home, prepared_receipt: PreparedPdf) -> None:
    class Elsewhere:
        def token(self, digest: bytes, *, at: datetime) -> bytes:
            return LocalTimeStamps(home.pki.time_stamping).token(bytes(32), at=at)

    signed = signed_by(home, keys(home), prepared_receipt, stamps=Elsewhere())
    assert signed.level is SignatureLevel.B_B


def test_room_is_kept_for_a_token_while_the_authority_is_down(
    home: Home, prepared_receipt: PreparedPdf
) -> None:
    class BackSoon:
        down = True

        def token(self, digest: bytes, *, at: datetime) -> bytes:
            if self.down:
                self.down = False
                raise TimeStampError
            return LocalTimeStamps(home.pki.time_stamping).token(digest, at=at)

    signed = signed_by(home, keys(home), prepared_receipt, stamps=BackSoon())
    assert signed.level is SignatureLevel.B_T
