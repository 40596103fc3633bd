"""A person's key that is elsewhere: the signature begun here, its value made there, and finished."""

import pickle
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing.cms import template_of
from signing.errors import (
    CertificateExpiredError,
    CertificateNotForSigningError,
    CertificateUnreadableError,
    KeyTooWeakError,
    NotPreparedError,
    SignatureRefusedError,
    SigningError,
)
from signing.keys import Identity
from signing.model import PendingSignature, PreparedPdf, SignatureLevel
from signing.pades import PadesSigner
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY
from tests.signing.identities import P_384, RSA_1024, RSA_2048, SIGNS, STAMPS, Purpose, identity

P_256, P_521 = "P-256", "P-521"


def presented(holder: Identity) -> tuple[bytes, ...]:
    return tuple(link.public_bytes(Encoding.DER) for link in (holder.certificate, *holder.chain))


def begun(home: Home, prepared: PreparedPdf, certificates: tuple[bytes, ...]) -> PendingSignature:
    return home.signer.begin(prepared, certificates=certificates, reason="Chứng thực", at=NOW)


@pytest.fixture(scope="module")
def holder(home: Home) -> Identity:
    return home.pki.person(SIGNATORY)


@pytest.fixture(scope="module")
def pending(home: Home, prepared_receipt: PreparedPdf, holder: Identity) -> PendingSignature:
    return begun(home, prepared_receipt, presented(holder))


@pytest.mark.parametrize("kind", [P_256, P_384, RSA_2048])
def test_a_signature_made_elsewhere_is_as_good_as_one_made_here(
    home: Home, prepared_receipt: PreparedPdf, kind: str
) -> None:
    theirs = identity(home.pki, kind)
    waiting = begun(home, prepared_receipt, presented(theirs))
    signed = home.signer.finish(waiting, theirs.key.sign(waiting.signed_attributes))
    report = home.validate(signed.content)
    assert (signed.level, report.verdict) == (SignatureLevel.B_T, "VALID")
    assert [one.role for one in report.signatures] == ["person", "agency"]
    assert signed.content.startswith(prepared_receipt.content)


def test_without_its_issuers_certificates_only_the_way_to_the_root_is_missing(
    home: Home, prepared_receipt: PreparedPdf, holder: Identity
) -> None:
    waiting = begun(home, prepared_receipt, presented(holder)[:1])
    assert waiting.chain == ()
    signed = home.signer.finish(waiting, holder.key.sign(waiting.signed_attributes))
    report = home.validate(signed.content)
    assert report.verdict == "UNDETERMINED"
    assert report.signatures[0].sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"


def test_the_chain_is_put_in_order_and_rid_of_what_is_not_of_it(
    home: Home, prepared_receipt: PreparedPdf, holder: Identity
) -> None:
    stranger = home.pki.time_stamping.certificate.public_bytes(Encoding.DER)
    own, issuing, root = presented(holder)
    assert begun(home, prepared_receipt, (own, root, stranger, issuing)).chain == (issuing, root)


def test_another_process_finishes_what_was_begun(
    home: Home, pending: PendingSignature, holder: Identity
) -> None:
    """Nothing is left of the one that began but the bytes that were kept."""
    template_of.cache_clear()
    pki = TestPki.open(home.pki.folder, now=NOW)
    signer = PadesSigner(pki, AGENCY, LocalTimeStamps(pki.time_stamping))
    kept = pickle.loads(pickle.dumps(pending))
    signed = signer.finish(kept, holder.key.sign(kept.signed_attributes))
    assert home.validate(signed.content).verdict == "VALID"


def test_a_value_of_another_key_is_refused(home: Home, pending: PendingSignature) -> None:
    other = identity(home.pki, P_256).key.sign(pending.signed_attributes)
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(pending, other)


def test_a_value_over_another_document_is_refused(
    home: Home, pending: PendingSignature, holder: Identity
) -> None:
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(pending, holder.key.sign(b"another document"))


@pytest.mark.parametrize("value", [b"", b"x", bytes(64), b"0" * 5000])
def test_what_is_no_value_at_all_is_refused(home: Home, pending: PendingSignature, value: bytes) -> None:
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(pending, value)


@pytest.mark.parametrize("at", [100, 30_000])
def test_a_pending_file_that_was_changed_meanwhile_is_refused(
    home: Home, pending: PendingSignature, holder: Identity, at: int
) -> None:
    changed = pending.content[:at] + bytes([pending.content[at] ^ 1]) + pending.content[at + 1 :]
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(replace(pending, content=changed), holder.key.sign(pending.signed_attributes))


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"1 0 obj\nnull\nendobj\n"])
def test_a_pending_file_that_was_added_to_is_refused(
    home: Home, pending: PendingSignature, holder: Identity, tail: bytes
) -> None:
    longer = replace(pending, content=pending.content + tail)
    with pytest.raises(SigningError):
        home.signer.finish(longer, holder.key.sign(pending.signed_attributes))


def test_attributes_that_were_swapped_are_refused(
    home: Home, pending: PendingSignature, holder: Identity
) -> None:
    other = pending.signed_attributes[:-1] + bytes([pending.signed_attributes[-1] ^ 1])
    swapped = replace(pending, signed_attributes=other)
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(swapped, holder.key.sign(swapped.signed_attributes))


def test_a_certificate_that_was_swapped_is_refused(
    home: Home, pending: PendingSignature, holder: Identity
) -> None:
    other = presented(identity(home.pki, P_256))[0]
    with pytest.raises(SignatureRefusedError):
        home.signer.finish(replace(pending, certificate=other), holder.key.sign(pending.signed_attributes))


@pytest.mark.parametrize(
    ("kind", "purpose", "error"),
    [
        (P_256, Purpose(ends=NOW - timedelta(seconds=1)), CertificateExpiredError),
        (P_256, Purpose(begins=NOW + timedelta(seconds=1)), CertificateExpiredError),
        (P_256, Purpose(usage=("key_encipherment",)), CertificateNotForSigningError),
        (P_256, Purpose(authority=True), CertificateNotForSigningError),
        (P_256, STAMPS, CertificateNotForSigningError),
        (P_256, Purpose(extended=(ExtendedKeyUsageOID.SERVER_AUTH,)), CertificateNotForSigningError),
        (RSA_1024, SIGNS, KeyTooWeakError),
        (P_521, SIGNS, KeyTooWeakError),
    ],
)
def test_a_certificate_that_cannot_sign_documents_begins_nothing(
    home: Home, prepared_receipt: PreparedPdf, kind: str, purpose: Purpose, error: type[SigningError]
) -> None:
    certificates = presented(identity(home.pki, kind, purpose))
    with pytest.raises(error):
        begun(home, prepared_receipt, certificates)


@pytest.mark.parametrize("certificates", [(), (b"",), (b"0\x82",)])
def test_what_is_no_certificate_begins_nothing(
    home: Home, prepared_receipt: PreparedPdf, certificates: tuple[bytes, ...]
) -> None:
    with pytest.raises(CertificateUnreadableError):
        begun(home, prepared_receipt, certificates)


def test_what_is_not_prepared_is_not_begun(home: Home, holder: Identity, pending: PendingSignature) -> None:
    with pytest.raises(NotPreparedError):
        begun(home, PreparedPdf(pending.content), presented(holder))
