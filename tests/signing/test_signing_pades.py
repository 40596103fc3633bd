"""Two signatures, their order, their level, and what other programs think of them."""

import asyncio
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from signing.certificate import render_receipt
from signing.errors import NotPreparedError, SigningError, TimeStampError
from signing.keys import certificate_pem
from signing.model import PreparedPdf, SignatureLevel, UnsignedPdf
from signing.pades import PadesSigner, prepare
from signing.timestamp import LocalTimeStamps
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, RECEIPT, SIGNATORY


@dataclass(frozen=True, slots=True)
class TimeStampsDown:
    """An authority that answers for a while and then no more."""

    then: LocalTimeStamps
    answers: list[bool]

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        if self.answers and self.answers.pop(0):
            return self.then.token(digest, at=at)
        raise TimeStampError("down")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return done.stdout + done.stderr


def test_both_signatures_are_valid_by_own_validation(home: Home, signed_receipt: bytes) -> None:
    report = home.validate(signed_receipt)
    assert report.verdict == "VALID"
    assert [(one.field, one.role, one.level) for one in report.signatures] == [
        ("NguoiThucHien", "person", "B-T"),
        ("CoQuan", "agency", "B-T"),
    ]


def test_both_signatures_are_valid_by_poppler(tmp_path: Path, signed_copy: bytes) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed_copy)
    answer = run("pdfsig", path)
    assert answer.count("Signature is Valid") == 2
    assert answer.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in answer


def test_openssl_verifies_the_cms_of_each_signature(
    home: Home, tmp_path: Path, signed_receipt: bytes
) -> None:
    (tmp_path / "root.pem").write_bytes(certificate_pem(home.pki.root.certificate))
    for signature in PdfFileReader(BytesIO(signed_receipt)).embedded_signatures:
        first, length, resume, rest = map(int, signature.byte_range)
        signed = signed_receipt[first:length] + signed_receipt[resume : resume + rest]
        (tmp_path / "content").write_bytes(signed)
        (tmp_path / "cms").write_bytes(signature.pkcs7_content.rstrip(b"\0"))
        answer = run(
            *("openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-purpose", "any"),
            *("-attime", str(int(NOW.timestamp())), "-CAfile", tmp_path / "root.pem"),
            *("-in", tmp_path / "cms", "-content", tmp_path / "content", "-out", tmp_path / "out"),
        )
        assert "CAdES Verification successful" in answer


def test_openssl_verifies_a_time_stamp(home: Home, tmp_path: Path) -> None:
    digest = sha256(b"content").digest()
    token = LocalTimeStamps(home.pki.time_stamping).token(digest, at=NOW)
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "root.pem").write_bytes(certificate_pem(home.pki.root.certificate))
    answer = run(
        *("openssl", "ts", "-verify", "-token_in", "-in", tmp_path / "token", "-digest", digest.hex()),
        *("-CAfile", tmp_path / "root.pem", "-attime", str(int(NOW.timestamp()))),
    )
    assert "Verification: OK" in answer


def test_the_officer_certifies_that_only_the_agency_may_follow(signed_receipt: bytes) -> None:
    reader = PdfFileReader(BytesIO(signed_receipt))
    [transform] = reader.root["/Perms"]["/DocMDP"]["/Reference"]
    assert transform["/TransformParams"]["/P"] == 2
    assert reader.root["/Perms"]["/DocMDP"]["/ByteRange"] == reader.embedded_signatures[0].byte_range


def test_both_fields_have_a_name_for_screen_readers(prepared_receipt: PreparedPdf) -> None:
    fields = PdfFileReader(BytesIO(prepared_receipt.content)).root["/AcroForm"]["/Fields"]
    assert [str(field.get_object()["/TU"]) for field in fields] == [
        "Chữ ký số của người thực hiện chứng thực",
        "Chữ ký số của cơ quan",
    ]


def test_the_prepared_pdf_is_a_prefix_of_the_signed_one(
    prepared_receipt: PreparedPdf, signed_receipt: bytes
) -> None:
    assert signed_receipt.startswith(prepared_receipt.content)


def test_the_digest_is_that_of_the_signed_bytes(home: Home, prepared_receipt: PreparedPdf) -> None:
    signed = home.sign(prepared_receipt)
    assert signed.digest == sha256(signed.content).hexdigest()


@pytest.mark.parametrize("answers", [[], [True], [True, True, False]])
def test_a_time_stamp_authority_that_is_down_lowers_the_level_only(
    home: Home, prepared_receipt: PreparedPdf, answers: list[bool]
) -> None:
    stamps = TimeStampsDown(LocalTimeStamps(home.pki.time_stamping), answers)
    signer = PadesSigner(home.pki, AGENCY, stamps)
    signed = signer.sign(prepared_receipt, person=SIGNATORY, reason="Thử", at=NOW)
    assert signed.level is SignatureLevel.B_B
    report = home.validate(signed.content)
    assert report.verdict == "VALID"
    assert "NO_TIME_STAMP" in {reason.code for reason in report.reasons}


def test_signing_works_inside_a_running_event_loop(home: Home, prepared_receipt: PreparedPdf) -> None:
    async def handler() -> SignatureLevel:
        return home.sign(prepared_receipt).level

    assert asyncio.run(handler()) is SignatureLevel.B_T


def test_a_pdf_that_was_not_prepared_is_not_signed(home: Home) -> None:
    unsigned = render_receipt(RECEIPT)
    with pytest.raises(NotPreparedError):
        home.sign(PreparedPdf(unsigned.content))


def test_a_signed_pdf_is_not_signed_again(home: Home, signed_receipt: bytes) -> None:
    with pytest.raises(NotPreparedError):
        home.sign(PreparedPdf(signed_receipt))


def test_what_is_no_pdf_is_not_prepared() -> None:
    with pytest.raises(SigningError):
        prepare(UnsignedPdf(b"hello"))


def test_the_reserved_space_is_nearly_used(signed_receipt: bytes) -> None:
    for signature in PdfFileReader(BytesIO(signed_receipt)).embedded_signatures:
        used = len(signature.signed_data.dump())
        assert 0.7 < used / len(signature.pkcs7_content) < 0.9


def test_the_time_stamp_says_the_signing_time(signed_receipt: bytes) -> None:
    for signature in PdfFileReader(BytesIO(signed_receipt)).embedded_signatures:
        [token] = extract_tst_data_iter(signature.signer_info, signed=False)
        stamped = token["encap_content_info"]["content"].parsed["gen_time"].native
        assert abs(stamped - NOW) < timedelta(seconds=1)


def test_a_moment_with_microseconds_is_signed_to_the_second(home: Home) -> None:
    moment = NOW.replace(microsecond=123456)
    content = replace(RECEIPT, issuing=replace(RECEIPT.issuing, issued_at=moment))
    prepared = prepare(render_receipt(content))
    signed = home.signer.sign(prepared, person=SIGNATORY, reason="Thử", at=moment)
    report = home.validate(signed.content)
    assert report.verdict == "VALID"
    assert [one.time_source for one in report.signatures] == ["time_stamp", "time_stamp"]
