"""What is signed by template must be what every other program takes for a good signature, and only that."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.certificate import render_copy, render_receipt
from signing.keys import certificate_pem
from signing.model import SignatureLevel
from signing.pades import PadesSigner, prepare
from signing.timestamp import LocalTimeStamps
from tests.signing import others
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, COPY, NOW, RECEIPT, SIGNATORY
from tests.signing.identities import P_384, RSA_2048, KeysOfAKind

_STREAM = re.compile(rb"(?<=stream\n).*?(?=endstream)", re.DOTALL)
SIGNED = [
    (kind, level, paper)
    for kind in ("P-256", RSA_2048)
    for level in (SignatureLevel.B_B, SignatureLevel.B_T)
    for paper in ("receipt", "copy")
] + [(P_384, SignatureLevel.B_T, "receipt")]


@pytest.fixture(scope="module", params=SIGNED, ids="-".join)
def signed(request: pytest.FixtureRequest, home: Home) -> tuple[bytes, SignatureLevel]:
    kind, level, paper = request.param
    stamps = LocalTimeStamps(home.pki.time_stamping) if level is SignatureLevel.B_T else None
    signer = PadesSigner(KeysOfAKind.of(home.pki, kind), AGENCY, stamps)
    prepared = prepare(render_receipt(RECEIPT) if paper == "receipt" else render_copy(COPY))
    done = signer.sign(prepared, person=SIGNATORY, reason="Chứng thực", at=NOW)
    assert done.level is level
    return done.content, level


@pytest.fixture(scope="module")
def root_pem(home: Home) -> bytes:
    return certificate_pem(home.pki.root.certificate)


def test_pyhanko_accepts_both_and_what_followed(home: Home, signed: tuple[bytes, SignatureLevel]) -> None:
    content, level = signed
    officer, agency = others.by_pyhanko(content, home.pki.anchor)
    assert officer.bottom_line
    assert agency.bottom_line
    assert officer.modification_level is ModificationLevel.FORM_FILLING
    assert agency.coverage is SignatureCoverageLevel.ENTIRE_FILE
    for one in (officer, agency):
        stamp = one.timestamp_validity
        assert (stamp is not None and stamp.valid and stamp.trusted) == (level is SignatureLevel.B_T)


def test_poppler_accepts_both(signed: tuple[bytes, SignatureLevel], tmp_path: Path) -> None:
    answer = others.by_pdfsig(signed[0], tmp_path)
    assert answer.count("Signature is Valid") == 2
    assert answer.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in answer


def test_openssl_accepts_each_as_cades(
    signed: tuple[bytes, SignatureLevel], root_pem: bytes, tmp_path: Path
) -> None:
    cuts = others.cut_out(signed[0])
    answers = [others.by_openssl_cms(one, root_pem, tmp_path) for one in cuts]
    assert ["CAdES Verification successful" in answer for answer in answers] == [True, True]


def test_openssl_accepts_each_time_stamp(
    signed: tuple[bytes, SignatureLevel], root_pem: bytes, tmp_path: Path
) -> None:
    content, level = signed
    tokens = [(one.token, one.value) for one in others.cut_out(content)]
    if level is SignatureLevel.B_B:
        assert [token for token, _ in tokens] == [None, None]
        return
    for token, value in tokens:
        assert token is not None
        answer = others.by_openssl_ts(token, sha256(value).digest(), root_pem, tmp_path)
        assert "Verification: OK" in answer


def test_our_own_validation_accepts_both(home: Home, signed: tuple[bytes, SignatureLevel]) -> None:
    content, level = signed
    report = home.validate(content)
    assert report.verdict == "VALID"
    assert [one.level for one in report.signatures] == [level, level]
    assert [one.role for one in report.signatures] == ["person", "agency"]


def with_a_byte_changed(content: bytes) -> bytes:
    """In the middle of the largest stream, where every program still reads the file."""
    streams = [(match.end() - match.start(), match.start()) for match in _STREAM.finditer(content)]
    size, start = max(streams)
    at = start + size // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_a_changed_byte_of_the_paper_is_refused_by_all(
    home: Home, signed: tuple[bytes, SignatureLevel], root_pem: bytes, tmp_path: Path
) -> None:
    broken = with_a_byte_changed(signed[0])
    assert home.validate(broken).verdict == "INVALID"
    assert not any(one.bottom_line for one in others.by_pyhanko(broken, home.pki.anchor))
    assert "Signature is Valid" not in others.by_pdfsig(broken, tmp_path)
    for one in others.cut_out(broken):
        assert "Verification successful" not in others.by_openssl_cms(one, root_pem, tmp_path)


def test_a_changed_byte_of_a_signature_value_is_refused_by_all(
    home: Home, signed: tuple[bytes, SignatureLevel], root_pem: bytes, tmp_path: Path
) -> None:
    content = signed[0]
    value = others.cut_out(content)[1].value
    at = content.rindex(value[-8:].hex().encode())
    broken = content[:at] + (b"1" if content[at : at + 1] == b"0" else b"0") + content[at + 1 :]
    assert home.validate(broken).verdict == "INVALID"
    assert [one.bottom_line for one in others.by_pyhanko(broken, home.pki.anchor)] == [True, False]
    assert others.by_pdfsig(broken, tmp_path).count("Signature is Valid") == 1
    answers = [others.by_openssl_cms(one, root_pem, tmp_path) for one in others.cut_out(broken)]
    assert ["Verification successful" in answer for answer in answers] == [True, False]
