"""Signed PDFs that others made."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from signing.model import Mark
from signing.trust import TrustAnchor
from signing.validation import validate
from tests.signing import attacks, foreign
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY

FORM = foreign.form({"Tên": "Trần Văn Thử", "Số tiền": "1000"})


@pytest.fixture(scope="module")
def approved(home: Home) -> bytes:
    return foreign.approve(FORM, home.pki.person(SIGNATORY), "Sig1", shows="So: 12/TB-UBND")


def test_a_signature_without_time_stamp_is_valid_with_a_note(home: Home, approved: bytes) -> None:
    report = home.validate(approved)
    assert report.verdict == "VALID"
    assert "NO_TIME_STAMP" in {reason.code for reason in report.reasons}
    assert (report.signatures[0].level, report.signatures[0].time_source) == ("B-B", "claimed")


def test_what_a_signature_shows_is_told_with_its_place(home: Home, approved: bytes) -> None:
    assert home.validate(approved).signatures[0].marks == (Mark(1, (100, 282, 400, 342), "So: 12/TB-UBND"),)


def test_a_field_changed_after_the_last_signature_is_invalid(home: Home, approved: bytes) -> None:
    report = home.validate(foreign.set_value(approved, "Tên", "Kẻ Gian"))
    assert report.verdict == "INVALID"
    assert "FORM_CHANGED" in {reason.code for reason in report.reasons}
    assert report.signatures[0].changes_after == ("field Tên: 'Trần Văn Thử' -> 'Kẻ Gian'",)


def test_a_field_changed_between_two_signatures_is_a_doubt(home: Home, approved: bytes) -> None:
    changed = foreign.set_value(approved, "Tên", "Người Khác")
    report = home.validate(foreign.approve(changed, home.pki.agency(AGENCY), "Sig2"))
    assert report.verdict == "UNDETERMINED"
    assert "FORM_CHANGED_BETWEEN_SIGNATURES" in {reason.code for reason in report.reasons}


def test_a_second_approval_changes_nothing(home: Home, approved: bytes) -> None:
    report = home.validate(foreign.approve(approved, home.pki.agency(AGENCY), "Sig2"))
    assert report.verdict == "VALID"
    assert [one.role for one in report.signatures] == ["person", "agency"]


def test_a_moved_seal_is_invalid(home: Home, approved: bytes) -> None:
    assert "MARK_CHANGED" in home.codes(attacks.move_widget(approved, "Sig1"))


def test_long_term_data_may_follow_and_raise_the_level(home: Home, signed_receipt: bytes) -> None:
    report = home.validate(foreign.keep_for_long(signed_receipt, home.pki))
    assert report.verdict == "VALID"
    assert [(one.role, one.level) for one in report.signatures] == [
        ("person", "B-LTA"),
        ("agency", "B-LTA"),
        ("timestamp", "RFC3161"),
    ]


@dataclass(frozen=True, slots=True)
class TrustWithCrls:
    """The home's anchors and other revocation lists."""

    home: Home
    lists: tuple[bytes, ...]

    def anchors(self) -> tuple[TrustAnchor, ...]:
        return self.home.trust.anchors()

    def crls(self) -> tuple[bytes, ...]:
        return (self.home.pki.crls[0], *self.lists)


@pytest.mark.parametrize(
    ("days", "verdict", "code"),
    [(-1, "INVALID", "CERTIFICATE_REVOKED"), (1, "UNDETERMINED", "CERTIFICATE_REVOKED_SINCE")],
)
def test_a_signature_that_nothing_dates_falls_with_its_certificate(
    home: Home, approved: bytes, days: int, verdict: str, code: str
) -> None:
    day = NOW + timedelta(days=days)
    revoked = foreign.crl_revoking(home.pki.person(SIGNATORY), home.pki.issuing, day)
    report = validate(approved, trust=TrustWithCrls(home, (revoked,)), at=NOW + timedelta(days=2))
    assert report.verdict == verdict
    assert {one.code for one in report.reasons if one.code.startswith("CERTIFICATE_REVOKED")} == {code}


@pytest.mark.parametrize(("days", "verdict"), [(-1, "INVALID"), (1, "VALID")])
def test_of_a_dated_signature_a_revocation_counts_from_its_day_on(
    home: Home, signed_receipt: bytes, days: int, verdict: str
) -> None:
    day = NOW + timedelta(days=days)
    revoked = foreign.crl_revoking(home.pki.person(SIGNATORY), home.pki.issuing, day)
    report = validate(signed_receipt, trust=TrustWithCrls(home, (revoked,)), at=NOW + timedelta(days=2))
    assert report.verdict == verdict
    assert ("CERTIFICATE_REVOKED" in {reason.code for reason in report.reasons}) is (verdict == "INVALID")


def test_a_kind_of_signature_not_known_here_is_a_doubt(home: Home) -> None:
    signed = foreign.approve(FORM, home.pki.person(SIGNATORY), "Sig1", kind="adbe.x509.rsa_sha1")
    report = home.validate(signed)
    assert report.verdict == "UNDETERMINED"
    assert "SIGNATURE_KIND_UNKNOWN" in {reason.code for reason in report.reasons}


def test_a_signature_that_is_not_pades_is_read_all_the_same(home: Home) -> None:
    signed = foreign.approve(FORM, home.pki.person(SIGNATORY), "Sig1", kind="adbe.pkcs7.detached")
    report = home.validate(signed)
    assert (report.verdict, report.signatures[0].level) == ("VALID", "PKCS7-B")
