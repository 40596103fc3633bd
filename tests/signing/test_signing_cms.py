"""DER by hand, held against a library that builds and reads the same."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from asn1crypto import cms, core, tsp

from signing.cms import TST_INFO, template_of
from signing.der import OCTET_STRING, SEQUENCE, content_of, element, integer, oid, set_of
from signing.errors import CertificateNotForSigningError, TimeStampError
from signing.model import PreparedPdf
from signing.timestamp import LocalTimeStamps, token_facts
from tests.signing import others
from tests.signing.conftest import Home
from tests.signing.contents import NOW, SIGNATORY
from tests.signing.identities import P_384, RSA_2048, identity


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65_535, 65_536])
def test_lengths_are_as_short_as_they_can_be(size: int) -> None:
    assert element(OCTET_STRING, bytes(size)) == core.OctetString(bytes(size)).dump()


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, 2**63, 2**160 - 1])
def test_numbers_are_as_a_library_writes_them(value: int) -> None:
    assert integer(value) == core.Integer(value).dump()


@pytest.mark.parametrize(
    "dotted", ["1.2.840.113549.1.7.2", "2.5.29.37", "2.25.296483627365472638154271", "0.9"]
)
def test_object_identifiers_are_as_a_library_writes_them(dotted: str) -> None:
    assert oid(dotted) == core.ObjectIdentifier(dotted).dump()


def test_a_set_is_sorted() -> None:
    assert set_of([b"\x30\x02bb", b"\x30\x01z", b"\x04\x00"]) == b"\x04\x00\x30\x01z\x30\x02bb"


def test_an_element_is_found_by_its_place() -> None:
    whole = element(SEQUENCE, integer(1), element(SEQUENCE, integer(2), element(OCTET_STRING, b"x" * 300)))
    assert content_of(whole, (1, 1)) == b"x" * 300


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x05\x02\x01\x01",
        b"\x30\x80\x00\x00",
        b"\x30\x85" + bytes(9),
        b"\x30\x03\x02\x09\x01",
    ],
)
def test_what_is_cut_or_no_der_holds_nothing(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"element|DER"):
        content_of(data, (0, 0))


@pytest.mark.parametrize("kind", ["P-256", P_384, RSA_2048])
def test_a_signature_is_canonical_der_that_a_library_reads(home: Home, kind: str) -> None:
    holder = identity(home.pki, kind)
    template = template_of(holder.certificate, holder.chain)
    attributes = template.attributes(sha256(b"x").digest())
    packed = template.package(attributes, holder.key.sign(attributes))
    read = cms.ContentInfo.load(packed, strict=True)
    assert read.dump(force=True) == packed
    [info] = read["content"]["signer_infos"]
    names = [one["type"].native for one in info["signed_attrs"]]
    assert names == ["content_type", "message_digest", "signing_certificate_v2"]
    assert len(packed) <= template.largest(0) < len(packed) + 150


def test_a_token_lies_in_the_signature_as_it_came(home: Home) -> None:
    holder, token = (
        home.pki.person(SIGNATORY),
        LocalTimeStamps(home.pki.time_stamping).token(bytes(32), at=NOW),
    )
    template = template_of(holder.certificate, holder.chain)
    attributes = template.attributes(bytes(32))
    packed = template.package(attributes, holder.key.sign(attributes), token=token)
    [info] = cms.ContentInfo.load(packed, strict=True)["content"]["signer_infos"]
    [added] = info["unsigned_attrs"]
    assert (added["type"].native, added["values"][0].dump()) == ("signature_time_stamp_token", token)
    assert len(packed) <= template.largest(len(token)) < len(packed) + 150


def test_a_root_is_not_carried_and_every_other_issuer_is(home: Home) -> None:
    holder = home.pki.person(SIGNATORY)
    packed = template_of(holder.certificate, holder.chain).package(b"\x31\x00", b"")
    carried = cms.ContentInfo.load(packed)["content"]["certificates"]
    subjects = {one.chosen.serial_number for one in carried}
    assert subjects == {holder.certificate.serial_number, home.pki.issuing.certificate.serial_number}


def test_a_token_is_canonical_der_that_a_library_reads(home: Home) -> None:
    token = LocalTimeStamps(home.pki.time_stamping).token(bytes(32), at=NOW, nonce=2**62)
    read = cms.ContentInfo.load(token, strict=True)
    info = read["content"]["encap_content_info"]["content"].parsed
    assert isinstance(info, tsp.TSTInfo)
    assert (info["gen_time"].native, info["nonce"].native) == (NOW, 2**62)
    assert read.dump(force=True) == token


@pytest.mark.parametrize("token", [b"", b"\x30\x00", b"hello", b"\x30\x82\xff\xff"])
def test_nothing_is_read_from_what_is_no_token(token: bytes) -> None:
    with pytest.raises(TimeStampError):
        token_facts(token)


def test_there_is_no_template_for_a_key_of_another_kind(home: Home) -> None:
    holder = identity(home.pki, "Ed25519")
    with pytest.raises(CertificateNotForSigningError):
        template_of(holder.certificate, holder.chain)


def test_a_template_is_made_once_a_certificate(home: Home) -> None:
    first, again = home.pki.person(SIGNATORY), home.pki.person(SIGNATORY)
    assert template_of(first.certificate, first.chain) is template_of(again.certificate, again.chain)
    assert template_of(first.certificate, first.chain, TST_INFO).content_type == TST_INFO


def test_threads_may_share_a_signer(home: Home, prepared_receipt: PreparedPdf) -> None:
    with ThreadPoolExecutor(4) as pool:
        signed = list(pool.map(lambda _: home.sign(prepared_receipt).content, range(16)))
    assert len(set(signed)) == 16
    assert all(one.bottom_line for one in others.by_pyhanko(signed[-1], home.pki.anchor))
