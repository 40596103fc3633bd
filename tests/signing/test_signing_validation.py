"""One verdict a document, and why."""

import asyncio
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from signing.certificate import render_receipt
from signing.errors import NotAPdfError, PdfEncryptedError, PdfTooLargeError
from signing.keys import Identity, certificate_pem
from signing.model import About, PreparedPdf, ValidationReport
from signing.pades import PadesSigner
from signing.reasons import REASONS, Weight
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from signing.validation import POLICY, Limits, validate
from tests.signing import attacks
from tests.signing.conftest import Home
from tests.signing.contents import NOW, OFFICER, RECEIPT, SIGNATORY
from tests.signing.foreign import sign_regardless


def about(report: ValidationReport) -> set[About]:
    """What the reasons speak of that are more than a note."""
    return {one.about for one in report.reasons if REASONS[one.code].weight > Weight.NOTE}


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Another home, whose authority is not trusted here."""
    return Home(tmp_path_factory.mktemp("stranger"))


def test_a_good_paper_is_valid_and_says_it_is_a_test(home: Home, signed_receipt: bytes) -> None:
    report = home.validate(signed_receipt)
    assert report.verdict == "VALID"
    assert [reason.code for reason in report.reasons] == ["TEST_AUTHORITY"]
    assert "THỬ NGHIỆM" in report.reasons[0].message_vi
    assert report.policy == POLICY


def test_each_signature_tells_who_when_and_how(home: Home, signed_copy: bytes) -> None:
    person, agency = home.validate(signed_copy).signatures
    assert person.signer == "Nguyễn Thị Mẫu (THỬ NGHIỆM)"
    assert (person.signed_at, person.time_source, person.digest) == (NOW, "time_stamp", "SHA-256")
    assert (person.covers, person.changes_after) == ("revision", ("signature CoQuan",))
    assert (agency.covers, agency.indication, agency.sub_indication) == ("whole_file", "TOTAL-PASSED", None)


@pytest.mark.parametrize("part", [0.05, 0.2, 0.4, 0.6, 0.72, 0.93, 0.999])
def test_one_changed_byte_anywhere_is_invalid(home: Home, signed_receipt: bytes, part: float) -> None:
    changed = attacks.flip_byte(signed_receipt, int(len(signed_receipt) * part))
    report = home.validate(changed)
    assert report.verdict == "INVALID"
    assert About.INTEGRITY in about(report)


def test_a_changed_byte_in_the_signature_value_is_invalid(home: Home, signed_receipt: bytes) -> None:
    start = signed_receipt.rfind(b"/Contents <") + 11
    for step in range(0, 9000, 300):  # the CMS, its certificates, the time-stamp and the padding
        report = home.validate(attacks.flip_byte(signed_receipt, start + step))
        assert report.verdict == "INVALID"
        assert About.INTEGRITY in about(report)


@pytest.mark.parametrize(
    "attack",
    [
        attacks.draw_over_page,
        attacks.note_on_page,
        attacks.say_nothing,
        attacks.drop_form,
        attacks.rewrite,
        lambda content: attacks.clear_field(content, "CoQuan"),
        lambda content: attacks.clear_field(content, "NguoiThucHien"),
        lambda content: attacks.move_widget(content, "CoQuan"),
        lambda content: content + b"\n1 0 obj\n<<>>\nendobj\n",
        lambda content: content + b"%PDF-1.7 and so on %%EOF\n",
        lambda content: content[:-700],
        lambda content: content[: content.find(b"/Contents <") + 5000],
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_what_is_done_after_signing_is_invalid_whoever_signed(
    home: Home, stranger: Home, prepared_receipt: PreparedPdf, attack: "attacks.Attack", known: bool
) -> None:
    signed = (home if known else stranger).sign(prepared_receipt).content
    report = home.validate(attack(signed))
    assert report.verdict == "INVALID"
    assert About.INTEGRITY in about(report)


def test_validating_works_inside_a_running_event_loop(home: Home, signed_receipt: bytes) -> None:
    async def handler() -> ValidationReport:
        return home.validate(signed_receipt)

    assert asyncio.run(handler()) == home.validate(signed_receipt)


def test_page_changes_are_named_as_such(home: Home, signed_receipt: bytes) -> None:
    assert "PAGES_CHANGED" in home.codes(attacks.draw_over_page(signed_receipt))


def test_a_moved_mark_is_named_as_such(home: Home, signed_receipt: bytes) -> None:
    assert "MARK_CHANGED" in home.codes(attacks.move_widget(signed_receipt, "CoQuan"))


def test_a_signature_taken_out_leaves_traces(home: Home, signed_receipt: bytes) -> None:
    assert "SIGNATURE_REMOVED" in home.codes(attacks.clear_field(signed_receipt, "CoQuan"))
    assert "SIGNATURE_REMOVED" in home.codes(attacks.drop_form(signed_receipt))


def test_spaces_after_the_end_change_nothing(home: Home, signed_receipt: bytes) -> None:
    assert home.validate(signed_receipt + b"\r\n\n").verdict == "VALID"


def test_a_paper_that_only_the_officer_signed_is_not_valid(home: Home, signed_receipt: bytes) -> None:
    report = home.validate(attacks.as_first_signed(signed_receipt))
    assert report.verdict == "UNDETERMINED"
    assert "AGENCY_SIGNATURE_MISSING" in {reason.code for reason in report.reasons}


def test_a_person_cannot_sign_for_the_agency(home: Home, prepared_receipt: PreparedPdf) -> None:
    class Impostor:
        test = True
        person = staticmethod(home.pki.person)
        way_of = staticmethod(home.pki.way_of)
        unlocked = staticmethod(home.pki.unlocked)
        certificates = staticmethod(home.pki.certificates)

        def agency(self, name: str) -> Identity:
            return home.pki.person(SIGNATORY)

    signed = PadesSigner(Impostor(), OFFICER).sign(prepared_receipt, person=SIGNATORY, reason="x", at=NOW)
    assert "AGENCY_SIGNATURE_MISSING" in home.codes(signed.content)


def test_an_unknown_signer_alone_is_a_matter_of_trust(
    home: Home, stranger: Home, prepared_receipt: PreparedPdf
) -> None:
    report = home.validate(stranger.sign(prepared_receipt).content)
    assert report.verdict == "UNDETERMINED"
    assert about(report) == {About.TRUST}
    assert report.signatures[0].sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"


def test_another_homes_test_authority_stays_a_test_when_trusted(
    tmp_path: Path, stranger: Home, prepared_receipt: PreparedPdf
) -> None:
    trust = TrustStore(tmp_path)
    trust.add(certificate_pem(stranger.pki.root.certificate), name="Xã bên cạnh")
    report = validate(stranger.sign(prepared_receipt).content, trust=trust, at=NOW)
    assert report.verdict == "VALID"
    codes = {reason.code for reason in report.reasons}
    assert {"TEST_AUTHORITY", "REVOCATION_NOT_CHECKED"} <= codes


def test_certificates_are_judged_at_the_signing_time(home: Home, signed_receipt: bytes) -> None:
    much_later = NOW + timedelta(days=9 * 365)
    assert validate(signed_receipt, trust=home.trust, at=much_later).verdict == "VALID"


def test_a_signing_time_in_the_future_is_a_doubt(home: Home, signed_receipt: bytes) -> None:
    report = validate(signed_receipt, trust=home.trust, at=NOW - timedelta(days=2))
    assert report.verdict == "UNDETERMINED"
    assert About.TIME in about(report)


def test_a_certificate_that_had_run_out_is_a_doubt(tmp_path: Path, prepared_receipt: PreparedPdf) -> None:
    pki = TestPki.open(tmp_path / "keys", now=NOW)
    late = NOW + timedelta(days=5 * 365)
    signed = sign_regardless(prepared_receipt, pki.person(SIGNATORY), pki.agency("Xã Mẫu"), at=late)
    report = validate(signed, trust=TrustStore(tmp_path / "trust", own=pki), at=late)
    assert report.verdict == "UNDETERMINED"
    assert report.signatures[0].sub_indication == "OUT_OF_BOUNDS_NO_POE"


@pytest.mark.parametrize("prepared", [False, True])
def test_a_pdf_without_a_signature_is_undetermined(
    home: Home, prepared_receipt: PreparedPdf, prepared: bool
) -> None:
    content = prepared_receipt.content if prepared else render_receipt(RECEIPT).content
    report = home.validate(content)
    assert report.verdict == "UNDETERMINED"
    assert [(one.code, one.about) for one in report.reasons] == [("NO_SIGNATURE", "format")]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"x" * 5000])
def test_what_is_no_pdf_is_refused(home: Home, content: bytes) -> None:
    with pytest.raises(NotAPdfError):
        home.validate(content)


@pytest.mark.parametrize(
    "rest", [b"", b"\n%%EOF", b"\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF"]
)
def test_an_empty_shell_of_a_pdf_is_damaged(home: Home, rest: bytes) -> None:
    report = home.validate(b"%PDF-1.7" + rest)
    assert report.verdict == "UNDETERMINED"
    assert [reason.code for reason in report.reasons] == ["FILE_DAMAGED"]


def test_a_locked_pdf_is_refused(home: Home) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(render_receipt(RECEIPT).content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(PdfEncryptedError):
        home.validate(out.getvalue())


def test_a_pdf_past_the_limit_is_refused(home: Home, signed_receipt: bytes) -> None:
    with pytest.raises(PdfTooLargeError):
        validate(signed_receipt, trust=home.trust, at=NOW, limits=Limits(max_bytes=1000))


@pytest.mark.parametrize("limits", [Limits(max_signatures=1), Limits(max_revisions=2)])
def test_too_many_parts_are_said_and_not_checked(home: Home, signed_receipt: bytes, limits: Limits) -> None:
    report = validate(signed_receipt, trust=home.trust, at=NOW, limits=limits)
    assert [reason.code for reason in report.reasons] == ["TOO_MANY_PARTS"]
    assert report.verdict == "UNDETERMINED"


def test_every_reason_has_words_in_both_languages() -> None:
    for line in REASONS.values():
        assert all((line.vi, line.en, line.next_vi, line.next_en))
        assert "công chứng" not in line.vi + line.next_vi
