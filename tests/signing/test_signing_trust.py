"""Whom a home trusts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import CertificateUnreadableError, TrustAnchorUnknownError
from signing.keys import certificate_pem
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from tests.signing.contents import NOW


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("other"), now=NOW)


@pytest.mark.parametrize("form", ["pem", "der"])
def test_an_added_anchor_is_listed_under_its_name(tmp_path: Path, other: TestPki, form: str) -> None:
    certificate = other.root.certificate
    content = certificate_pem(certificate) if form == "pem" else certificate.public_bytes(Encoding.DER)
    [added] = TrustStore(tmp_path).add(content, name="Tổ chức\nkhác")
    [listed] = TrustStore(tmp_path).anchors()
    assert listed.id == added.id
    assert listed.name == "Tổ chức khác"
    assert listed.test


def test_an_anchor_without_a_name_has_its_own(tmp_path: Path, other: TestPki) -> None:
    [added] = TrustStore(tmp_path).add(certificate_pem(other.root.certificate))
    assert added.name == "CA gốc (THỬ NGHIỆM)"


def test_adding_twice_is_adding_once(tmp_path: Path, other: TestPki) -> None:
    store = TrustStore(tmp_path)
    for _ in range(2):
        store.add(certificate_pem(other.root.certificate))
    assert len(store.anchors()) == 1


def test_a_bundle_adds_each_of_its_certificates(tmp_path: Path, other: TestPki) -> None:
    bundle = certificate_pem(other.root.certificate) + certificate_pem(other.issuing.certificate)
    assert len(TrustStore(tmp_path).add(bundle)) == 2


def test_a_removed_anchor_is_gone(tmp_path: Path, other: TestPki) -> None:
    store = TrustStore(tmp_path)
    [added] = store.add(certificate_pem(other.root.certificate))
    store.remove(added.id[:8])
    assert store.anchors() == ()


@pytest.mark.parametrize("anchor_id", ["", "00", "0000000000000000", "../../../etc"])
def test_an_unknown_id_is_refused(tmp_path: Path, other: TestPki, anchor_id: str) -> None:
    store = TrustStore(tmp_path)
    store.add(certificate_pem(other.root.certificate))
    with pytest.raises(TrustAnchorUnknownError):
        store.remove(anchor_id)


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CertificateUnreadableError):
        TrustStore(tmp_path).add(b"-----BEGIN CERTIFICATE-----\nhello")


def test_the_own_test_authority_comes_first(tmp_path: Path, other: TestPki) -> None:
    [own] = TrustStore(tmp_path, own=other).anchors()
    assert own.certificate == other.anchor
    assert own.test
