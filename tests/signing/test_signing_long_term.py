"""Long-term data: what is added, what others think of it, and what still holds years later."""

import asyncio
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.x509 import ReasonFlags
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from signing.certificate import render_receipt
from signing.errors import (
    NotSignedError,
    RevocationTooOldError,
    RevocationUnknownError,
    RevokedBeforeSigningError,
    TimeStampError,
    TimeStampGainsNothingError,
)
from signing.keys import Identity, certificate_pem
from signing.long_term import LongTerm
from signing.model import PreparedPdf, SignatureLevel, ValidationReport
from signing.pades import PadesSigner
from signing.revocation import crl_statement
from signing.revocation_answers import Answer, AnswerKind, FirstToAnswer, OwnAnswers
from signing.timestamp import LocalTimeStamps, TimeStamps
from signing.trial_certificates import issue, subject, time_stamping_profile
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from signing.validation import validate
from tests.signing import attacks, foreign
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, RECEIPT, SIGNATORY

DAY, YEAR = timedelta(days=1), timedelta(days=365)
LATER = NOW + DAY


def long_term(home: Home, stamps: TimeStamps | None = None) -> LongTerm:
    """Of the home's own authority."""
    stamps = stamps or LocalTimeStamps(home.pki.time_stamping)
    return LongTerm(stamps, OwnAnswers(home.pki.answers), home.trust)


def stamping(pki: TestPki, *, years: int, at: datetime) -> LocalTimeStamps:
    """Another time-stamp authority of that home."""
    name = subject(f"Dấu thời gian {at.year}")
    return LocalTimeStamps(issue(name, pki.issuing, at, years=years, profile=time_stamping_profile))


def codes(report: ValidationReport) -> set[str]:
    return {reason.code for reason in report.reasons} - {"TEST_AUTHORITY"}


def levels(report: ValidationReport) -> list[str]:
    return [one.level for one in report.signatures]


@pytest.fixture(scope="module")
def extended(home: Home, signed_receipt: bytes) -> bytes:
    return long_term(home).extend(signed_receipt, at=LATER).content


@pytest.fixture
def own(tmp_path: Path) -> Home:
    """A home in which certificates are revoked."""
    return Home(tmp_path)


# -- what is added ------------------------------------------------------------------------------


def test_what_was_issued_comes_first_unchanged(home: Home, signed_receipt: bytes, extended: bytes) -> None:
    assert extended.startswith(signed_receipt)
    report = validate(extended, trust=home.trust, at=LATER)
    assert (report.verdict, codes(report)) == ("VALID", set())
    assert levels(report) == ["B-LTA", "B-LTA", "RFC3161"]
    assert report.signatures[-1].signed_at == LATER


def test_a_kilobyte_a_certificate_is_added_and_no_list(signed_receipt: bytes, extended: bytes) -> None:
    assert len(extended) - len(signed_receipt) < 10_000
    with pikepdf.open(BytesIO(extended)) as pdf:
        # The officer's, the agency's, the time-stamp's and the issuing authority's.
        assert len(pdf.Root["/DSS"]["/OCSPs"]) == 4
        assert "/CRLs" not in pdf.Root["/DSS"]


def test_what_it_says_of_itself_is_so(home: Home, signed_receipt: bytes) -> None:
    done = long_term(home).extend(signed_receipt, at=LATER)
    assert done.digest == sha256(done.content).hexdigest()
    assert done.level is SignatureLevel.B_LTA
    assert done.good_until == home.pki.time_stamping.certificate.not_valid_after_utc


def test_a_copy_is_extended_as_well(home: Home, signed_copy: bytes) -> None:
    done = long_term(home).extend(signed_copy, at=LATER)
    assert validate(done.content, trust=home.trust, at=LATER).verdict == "VALID"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.99])
def test_one_changed_byte_in_what_was_added_is_invalid(
    home: Home, signed_receipt: bytes, extended: bytes, part: float
) -> None:
    at = len(signed_receipt) + int((len(extended) - len(signed_receipt)) * part)
    report = validate(attacks.flip_byte(extended, at), trust=home.trust, at=LATER)
    assert report.verdict == "INVALID"


def test_a_time_stamp_used_twice_proves_nothing_of_what_lies_between(home: Home) -> None:
    """The old token with its old byte range, in a new field at the end."""
    signed = foreign.approve(foreign.form({"Tên": "Trần Văn Thử"}), home.pki.person(SIGNATORY), "Sig1")
    dated = foreign.keep_for_long(signed, home.pki)
    later = foreign.approve(dated, home.pki.agency(AGENCY), "Sig2")
    replayed = attacks.repeat_time_stamp(later)
    report = validate(replayed, trust=home.trust, at=LATER)
    assert report.verdict == "INVALID"
    added = next(one for one in report.signatures if one.field == "Sig2")
    assert (added.time_source, added.level) == ("claimed", "B-B")


def test_a_page_drawn_over_afterwards_is_invalid(home: Home, extended: bytes) -> None:
    report = validate(attacks.draw_over_page(extended), trust=home.trust, at=LATER)
    assert report.verdict == "INVALID"


def test_the_new_field_has_a_name_for_screen_readers_and_no_size(extended: bytes) -> None:
    with pikepdf.open(BytesIO(extended)) as pdf:
        field = pdf.Root["/AcroForm"]["/Fields"][2]
        assert (str(field["/T"]), str(field["/TU"])) == ("DauThoiGian", "Dấu thời gian lưu trữ")
        assert [int(part) for part in field["/Rect"]] == [0, 0, 0, 0]


def test_what_authorities_say_lies_in_a_revision_before_the_time_stamp(extended: bytes) -> None:
    """EU DSS counts it as covered only so."""
    reader = PdfFileReader(BytesIO(extended))
    [stamp] = reader.embedded_timestamp_signatures
    assert "/DSS" in reader.get_historical_root(stamp.signed_revision - 1)


# -- what others think --------------------------------------------------------------------------


def test_pyhanko_accepts_all_three(home: Home, extended: bytes) -> None:
    reader = PdfFileReader(BytesIO(extended))
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(home.pki.anchor)],
        moment=LATER,
        allow_fetching=False,
        revocation_mode="require",
        ocsps=[asn1_ocsp.OCSPResponse.load(item.get_object().data) for item in reader.root["/DSS"]["/OCSPs"]],
    )

    async def judged() -> list[bool]:
        found = [
            await async_validate_pdf_signature(one, context, context)
            for one in reader.embedded_regular_signatures
        ]
        stamps = [
            await async_validate_pdf_timestamp(one, context) for one in reader.embedded_timestamp_signatures
        ]
        return [one.bottom_line for one in found] + [one.valid and one.trusted for one in stamps]

    assert asyncio.run(judged()) == [True, True, True]


def test_poppler_accepts_both_signatures(tmp_path: Path, extended: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(extended)
    answer = subprocess.run(["pdfsig", tmp_path / "x.pdf"], capture_output=True, check=True, text=True).stdout
    assert answer.count("Signature is Valid") == 2
    assert "Total document signed" in answer


def test_openssl_verifies_the_document_time_stamp(home: Home, tmp_path: Path, extended: bytes) -> None:
    stamp = PdfFileReader(BytesIO(extended)).embedded_timestamp_signatures[0]
    first, length, resume, rest = map(int, stamp.byte_range)
    digest = sha256(extended[first:length] + extended[resume : resume + rest]).hexdigest()
    (tmp_path / "token").write_bytes(stamp.pkcs7_content.rstrip(b"\0"))
    (tmp_path / "root.pem").write_bytes(certificate_pem(home.pki.root.certificate))
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-digest", digest]
    command += ["-CAfile", "root.pem", "-attime", str(int(LATER.timestamp()))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr


# -- years later --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Generations:
    """One paper over three time-stamp authorities, the last of which is of an authority that came later."""

    trust: TrustStore
    issued: bytes
    first: bytes
    renewed: bytes
    twice: bytes


@pytest.fixture(scope="module")
def generations(tmp_path_factory: pytest.TempPathFactory, prepared_receipt: PreparedPdf) -> Generations:
    folder = tmp_path_factory.mktemp("generations")
    old = TestPki.open(folder / "old", now=NOW)
    new = TestPki.open(folder / "new", now=NOW + 9 * YEAR)
    trust = TrustStore(folder / "trust", own=old)
    trust.add(new.anchor, name="Tổ chức sau này")
    answers = FirstToAnswer((OwnAnswers(old.answers), OwnAnswers(new.answers)))
    one = stamping(old, years=2, at=NOW)
    two = stamping(old, years=9, at=NOW + YEAR)
    three = LocalTimeStamps(new.time_stamping)
    issued = PadesSigner(old, AGENCY, one).sign(prepared_receipt, person=SIGNATORY, reason="Thử", at=NOW)
    first = LongTerm(one, answers, trust).extend(issued.content, at=LATER)
    renewed = LongTerm(two, answers, trust).extend(first.content, at=first.good_until - 90 * DAY)
    twice = LongTerm(three, answers, trust).extend(renewed.content, at=renewed.good_until - 30 * DAY)
    return Generations(trust, issued.content, first.content, renewed.content, twice.content)


@pytest.mark.parametrize(("version", "years"), [("first", 1), ("renewed", 4), ("twice", 15)])
def test_it_is_valid_whatever_has_run_out_since(generations: Generations, version: str, years: int) -> None:
    content = getattr(generations, version)
    report = validate(content, trust=generations.trust, at=NOW + years * YEAR)
    # Of the newest time-stamp nobody has said anything yet; that of the home's own authority is known here.
    notes = {"REVOCATION_NOT_CHECKED"} if version == "twice" else set()
    assert (report.verdict, codes(report)) == ("VALID", notes)
    assert levels(report)[:2] == ["B-LTA", "B-LTA"]
    assert content.startswith(generations.issued)


def test_a_renewal_asks_only_for_the_last_time_stamp(generations: Generations) -> None:
    with (
        pikepdf.open(BytesIO(generations.first)) as first,
        pikepdf.open(BytesIO(generations.renewed)) as then,
    ):
        # Of the first time-stamp's certificate and its authority's, since it was used.
        assert len(then.Root["/DSS"]["/OCSPs"]) == len(first.Root["/DSS"]["/OCSPs"]) + 2


def test_without_a_renewal_it_is_said_that_the_time_stamp_has_run_out(generations: Generations) -> None:
    report = validate(generations.first, trust=generations.trust, at=NOW + 4 * YEAR)
    assert (report.verdict, codes(report)) == ("VALID", {"TIME_STAMP_RUN_OUT"})


def test_a_renewal_that_holds_no_longer_is_not_kept(home: Home, extended: bytes) -> None:
    with pytest.raises(TimeStampGainsNothingError):
        long_term(home).extend(extended, at=LATER + DAY)


# -- signed while no time-stamp was to be had -----------------------------------------------------


@pytest.fixture(scope="module")
def undated(home: Home, prepared_receipt: PreparedPdf) -> bytes:
    signer = PadesSigner(home.pki, AGENCY)
    return signer.sign(prepared_receipt, person=SIGNATORY, reason="Thử", at=NOW).content


def test_a_signature_without_time_stamp_is_dated_by_the_next_one(home: Home, undated: bytes) -> None:
    dated = long_term(home).extend(undated, at=LATER)
    assert dated.level is SignatureLevel.B_T
    report = validate(dated.content, trust=home.trust, at=LATER)
    assert (report.verdict, codes(report), levels(report)[:2]) == ("VALID", set(), ["B-T", "B-T"])
    assert [(one.signed_at, one.time_source) for one in report.signatures[:2]] == [(LATER, "time_stamp")] * 2


def test_then_it_reaches_the_highest_level_like_any_other(home: Home, undated: bytes) -> None:
    adding = long_term(home)
    done = adding.extend(adding.extend(undated, at=LATER).content, at=LATER + DAY)
    assert done.level is SignatureLevel.B_LTA
    report = validate(done.content, trust=home.trust, at=LATER + 6 * YEAR)
    assert (report.verdict, codes(report), levels(report)[:2]) == ("VALID", set(), ["B-LTA", "B-LTA"])


def test_a_time_stamp_that_came_after_the_certificate_ran_out_dates_nothing(
    home: Home, undated: bytes
) -> None:
    dated = long_term(home).extend(undated, at=NOW + 5 * YEAR)
    report = validate(dated.content, trust=home.trust, at=NOW + 5 * YEAR)
    assert codes(report) == {"NO_TIME_STAMP"}
    assert [(one.signed_at, one.level) for one in report.signatures[:2]] == [(NOW, "B-B")] * 2


# -- revoked ------------------------------------------------------------------------------------


def test_a_certificate_revoked_after_it_signed_harms_nothing(
    own: Home, prepared_receipt: PreparedPdf
) -> None:
    signed = own.sign(prepared_receipt).content
    own.pki.revoke(own.pki.person(SIGNATORY).certificate, at=LATER, reason=ReasonFlags.key_compromise)
    done = long_term(own).extend(signed, at=LATER + DAY).content
    for content in (signed, done):
        report = validate(content, trust=own.trust, at=LATER + 5 * YEAR)
        assert (report.verdict, codes(report)) == ("VALID", set())


def test_a_certificate_revoked_before_it_signed_is_found_out(
    own: Home, prepared_receipt: PreparedPdf
) -> None:
    signed = own.sign(prepared_receipt).content
    own.pki.revoke(own.pki.person(SIGNATORY).certificate, at=NOW - DAY, reason=ReasonFlags.key_compromise)
    with pytest.raises(RevokedBeforeSigningError):
        long_term(own).extend(signed, at=LATER)
    report = validate(signed, trust=own.trust, at=LATER)
    assert (report.verdict, codes(report)) == ("INVALID", {"CERTIFICATE_REVOKED"})


def test_what_no_time_stamp_dated_falls_with_its_certificate(
    own: Home, prepared_receipt: PreparedPdf
) -> None:
    signer = PadesSigner(own.pki, AGENCY)
    signed = signer.sign(prepared_receipt, person=SIGNATORY, reason="Thử", at=NOW).content
    dated = long_term(own).extend(signed, at=LATER).content
    own.pki.revoke(own.pki.person(SIGNATORY).certificate, at=LATER + DAY, reason=ReasonFlags.key_compromise)
    left = validate(signed, trust=own.trust, at=LATER + 2 * DAY)
    assert (left.verdict, codes(left)) == ("UNDETERMINED", {"CERTIFICATE_REVOKED_SINCE", "NO_TIME_STAMP"})
    assert left.signatures[0].sub_indication == "REVOKED_NO_POE"
    assert validate(dated, trust=own.trust, at=LATER + 2 * DAY).verdict == "VALID"


def test_a_stolen_time_stamp_key_dates_nothing_that_is_not_covered(
    own: Home, prepared_receipt: PreparedPdf
) -> None:
    other = stamping(own.pki, years=3, at=NOW)
    signed = PadesSigner(own.pki, AGENCY, other).sign(
        prepared_receipt, person=SIGNATORY, reason="Thử", at=NOW
    )
    covered = long_term(own).extend(signed.content, at=LATER).content
    own.pki.revoke(other.identity.certificate, at=LATER + DAY, reason=ReasonFlags.key_compromise)
    at = LATER + 2 * DAY
    left = validate(signed.content, trust=own.trust, at=at)
    assert codes(left) == {"TIME_STAMP_REVOKED"}
    assert [one.time_source for one in left.signatures] == ["claimed", "claimed"]
    assert codes(validate(covered, trust=own.trust, at=at)) == set()


def test_a_time_stamp_key_that_was_only_replaced_still_dates(
    own: Home, prepared_receipt: PreparedPdf
) -> None:
    signed = own.sign(prepared_receipt).content
    own.pki.revoke(own.pki.time_stamping.certificate, at=LATER, reason=ReasonFlags.superseded)
    assert codes(validate(signed, trust=own.trust, at=LATER + DAY)) == set()


# -- what goes wrong ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lists:
    """An authority that answers by lists alone."""

    home: Home

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        content = self.home.pki.answers.crl(certificate, at=at) or b""
        said = crl_statement(content, certificate, issuer)
        assert said is not None
        return Answer(AnswerKind.CRL, content, said)


def test_where_there_are_only_lists_each_goes_in_once(own: Home, prepared_receipt: PreparedPdf) -> None:
    signed = own.sign(prepared_receipt).content
    own.pki.revoke(own.pki.agency("Xã khác").certificate, at=NOW, reason=ReasonFlags.superseded)
    # An ECDSA signature never comes twice the same: one answer a list.
    done = replace(long_term(own), answers=RememberedLists(Lists(own))).extend(signed, at=LATER).content
    with pikepdf.open(BytesIO(done)) as pdf:
        assert len(pdf.Root["/DSS"]["/CRLs"]) == 2
    report = validate(done, trust=own.trust, at=LATER + 5 * YEAR)
    assert (report.verdict, levels(report)[:2]) == ("VALID", ["B-LTA", "B-LTA"])


class RememberedLists:
    """As a server would: the same list for all certificates of an authority."""

    def __init__(self, lists: Lists) -> None:
        self._lists, self._known = lists, dict[bytes, Answer]()

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        fresh = self._lists.answer(certificate, issuer, since=since, at=at)
        return self._known.setdefault(issuer.subject.public_bytes(), fresh)


@dataclass(frozen=True, slots=True)
class StaleAnswers:
    """An authority that made its answers some days ago."""

    home: Home
    age: timedelta

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        own = OwnAnswers(self.home.pki.answers)
        return own.answer(certificate, issuer, since=since, at=at - self.age)


def test_an_answer_older_than_the_signature_is_not_enough(home: Home, signed_receipt: bytes) -> None:
    adding = replace(long_term(home), answers=StaleAnswers(home, 2 * DAY))
    with pytest.raises(RevocationTooOldError):
        adding.extend(signed_receipt, at=LATER)
    assert adding.extend(signed_receipt, at=NOW + 3 * DAY).level is SignatureLevel.B_LTA


def test_an_answer_made_when_the_certificate_had_run_out_is_not_enough(
    home: Home, signed_receipt: bytes
) -> None:
    with pytest.raises(RevocationTooOldError):
        long_term(home).extend(signed_receipt, at=NOW + 4 * YEAR)


def test_a_chain_that_leads_nowhere_is_not_proven(home: Home, tmp_path: Path, signed_receipt: bytes) -> None:
    with pytest.raises(RevocationUnknownError):
        replace(long_term(home), trust=TrustStore(tmp_path)).extend(signed_receipt, at=LATER)


@dataclass(frozen=True, slots=True)
class OtherTokens:
    """An authority that stamps what nobody asked for, or makes no token at all."""

    identity: Identity
    garbage: bytes | None = None

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        return self.garbage or LocalTimeStamps(self.identity).token(bytes(32), at=at)


@pytest.mark.parametrize("garbage", [None, b"", b"\x30\x03\x02\x01\x01", b"not at all"])
def test_a_token_of_something_else_is_not_kept(
    home: Home, signed_receipt: bytes, garbage: bytes | None
) -> None:
    stamps = OtherTokens(home.pki.time_stamping, garbage)
    with pytest.raises(TimeStampError):
        long_term(home, stamps).extend(signed_receipt, at=LATER)


@pytest.mark.parametrize("who", ["stranger", "signer"])
def test_a_token_of_somebody_not_trusted_is_not_kept(
    home: Home, tmp_path: Path, signed_receipt: bytes, who: str
) -> None:
    stranger = TestPki.open(tmp_path, now=NOW).time_stamping
    identity = stranger if who == "stranger" else home.pki.person(SIGNATORY)
    with pytest.raises(TimeStampError):
        long_term(home, LocalTimeStamps(identity)).extend(signed_receipt, at=LATER)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", render_receipt(RECEIPT).content])
def test_what_nobody_signed_is_refused(home: Home, content: bytes) -> None:
    with pytest.raises(NotSignedError):
        long_term(home).extend(content, at=LATER)


def test_a_damaged_signature_is_refused(home: Home, signed_receipt: bytes) -> None:
    start = signed_receipt.find(b"/Contents <") + 11
    damaged = signed_receipt[:start] + b"00" * 40 + signed_receipt[start + 80 :]
    with pytest.raises(NotSignedError):
        long_term(home).extend(damaged, at=LATER)
