"""Who is believed when it is told whether a certificate holds, and how it is asked over HTTP."""

import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ReasonFlags, ocsp

from signing.certificate import render_receipt
from signing.errors import KeysUnusableError, RevocationUnknownError
from signing.fetching import Bounds, FetchError, Message, fetch
from signing.keys import Identity, certificate_pem, private_key
from signing.long_term import LongTerm
from signing.pades import PadesSigner, prepare
from signing.revocation import Statement, crl_statement, ocsp_statement, statements
from signing.revocation_answers import (
    Answer,
    AnswerKind,
    FirstToAnswer,
    HttpAnswers,
    OwnAnswers,
    RememberedAnswers,
    RevocationAnswers,
)
from signing.timestamp import LocalTimeStamps
from signing.trial_certificates import issue, responder_profile, signer_profile, subject
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from signing.validation import validate
from tests.signing.authority_online import OnlineAuthority, Reply, online
from tests.signing.contents import AGENCY, NOW, RECEIPT, SIGNATORY

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def own(tmp_path: Path) -> TestPki:
    """One in which certificates are revoked."""
    return TestPki.open(tmp_path / "keys", now=NOW)


@pytest.fixture(scope="module")
def authority(pki: TestPki) -> Iterator[OnlineAuthority]:
    with online(pki, NOW) as started:
        yield started


@pytest.fixture(autouse=True)
def as_usual(authority: OnlineAuthority) -> None:
    authority.replies.clear()
    authority.asked.clear()


def officer(pki: TestPki) -> x509.Certificate:
    return pki.person(SIGNATORY).certificate


def issuing(pki: TestPki) -> x509.Certificate:
    return pki.issuing.certificate


# -- the test authority -----------------------------------------------------------------------------


def test_a_certificate_that_holds_is_good_by_ocsp_and_by_list(own: TestPki) -> None:
    answer, listed = own.answers.ocsp(officer(own), at=NOW), own.answers.crl(officer(own), at=NOW)
    assert answer is not None
    assert listed is not None
    assert ocsp_statement(answer, officer(own), issuing(own)) == Statement(NOW, NOW + 7 * DAY)
    assert crl_statement(listed, officer(own), issuing(own)) == Statement(NOW, NOW + 12 * 365 * DAY)


@pytest.mark.parametrize(
    ("reason", "harmless"), [(ReasonFlags.key_compromise, False), (ReasonFlags.superseded, True)]
)
def test_a_revoked_one_is_revoked_by_ocsp_and_by_list(
    own: TestPki, reason: ReasonFlags, harmless: bool
) -> None:
    own.revoke(officer(own), at=NOW, reason=reason)
    answer = own.answers.ocsp(officer(own), at=NOW + DAY) or b""
    found = statements(officer(own), issuing(own), ocsps=[answer], crls=own.crls)
    assert [(one.revoked_at, one.harmless) for one in found] == [(NOW, harmless)] * 2


def test_the_first_revocation_stays_and_a_home_opened_again_knows_it(own: TestPki) -> None:
    own.revoke(officer(own), at=NOW, reason=ReasonFlags.key_compromise)
    own.revoke(officer(own), at=NOW + DAY, reason=ReasonFlags.superseded)
    again = TestPki.open(own.folder, now=NOW + DAY)
    answer = again.answers.ocsp(officer(own), at=NOW + DAY) or b""
    said = ocsp_statement(answer, officer(own), issuing(own))
    assert said is not None
    assert (said.revoked_at, said.harmless) == (NOW, False)


def test_the_issuing_authority_can_be_revoked_by_the_root(own: TestPki) -> None:
    own.revoke(issuing(own), at=NOW, reason=ReasonFlags.key_compromise)
    said = crl_statement(own.crls[0], issuing(own), own.root.certificate)
    assert said is not None
    assert said.revoked_at == NOW


def test_it_answers_and_revokes_only_its_own(own: TestPki, pki: TestPki) -> None:
    assert own.answers.ocsp(officer(pki), at=NOW) is None
    assert own.answers.crl(officer(pki), at=NOW) is None
    with pytest.raises(KeysUnusableError):
        own.revoke(officer(pki), at=NOW, reason=ReasonFlags.superseded)


def test_openssl_believes_its_answers(own: TestPki, tmp_path: Path) -> None:
    for name, certificate in (
        ("cert", officer(own)),
        ("issuer", issuing(own)),
        ("root", own.root.certificate),
    ):
        (tmp_path / f"{name}.pem").write_bytes(certificate_pem(certificate))
    (tmp_path / "answer").write_bytes(own.answers.ocsp(officer(own), at=NOW) or b"")
    command = ["openssl", "ocsp", "-respin", "answer", "-issuer", "issuer.pem", "-cert", "cert.pem"]
    command += ["-CAfile", "root.pem", "-validity_period", str(10**9)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert "Response verify OK" in done.stderr
    assert "cert.pem: good" in done.stdout


# -- who is believed ----------------------------------------------------------------------------------


def said_by(signer: Identity, pki: TestPki, *, certificates: list[x509.Certificate]) -> bytes:
    """An answer about the officer that somebody signed."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=officer(pki),
        issuer=issuing(pki),
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=NOW,
        next_update=NOW + DAY,
        revocation_time=None,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, signer.certificate)
    if certificates:
        builder = builder.certificates(certificates)
    return builder.sign(private_key(signer), hashes.SHA256()).public_bytes(Encoding.DER)


def test_the_issuer_itself_is_believed(pki: TestPki) -> None:
    assert ocsp_statement(said_by(pki.issuing, pki, certificates=[]), officer(pki), issuing(pki))


def test_a_responder_that_the_issuer_appointed_is_believed(pki: TestPki) -> None:
    responder = issue(subject("OCSP"), pki.issuing, NOW, years=1, profile=responder_profile)
    answer = said_by(responder, pki, certificates=[responder.certificate])
    assert ocsp_statement(answer, officer(pki), issuing(pki))


@pytest.mark.parametrize("who", ["a signer", "another authority's", "run out", "itself"])
def test_nobody_else_is_believed(pki: TestPki, tmp_path: Path, who: str) -> None:
    stranger = TestPki.open(tmp_path / "keys", now=NOW)
    signers = {
        "a signer": lambda: issue(subject("A"), pki.issuing, NOW, years=1, profile=signer_profile),
        "another authority's": lambda: issue(
            subject("OCSP"), stranger.issuing, NOW, years=1, profile=responder_profile
        ),
        "run out": lambda: issue(
            subject("OCSP"), pki.issuing, NOW - 800 * DAY, years=1, profile=responder_profile
        ),
        "itself": lambda: pki.person(SIGNATORY),
    }
    signer = signers[who]()
    answer = said_by(signer, pki, certificates=[signer.certificate])
    assert ocsp_statement(answer, officer(pki), issuing(pki)) is None


def test_an_answer_about_another_certificate_says_nothing(pki: TestPki) -> None:
    answer = pki.answers.ocsp(pki.time_stamping.certificate, at=NOW) or b""
    assert ocsp_statement(answer, officer(pki), issuing(pki)) is None


def test_a_changed_answer_says_nothing(pki: TestPki) -> None:
    answer = pki.answers.ocsp(officer(pki), at=NOW) or b""
    for at in range(0, len(answer), 7):
        changed = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
        said = ocsp_statement(changed, officer(pki), issuing(pki))
        # What is not signed (the certificates beside it) may change; what it says may not.
        assert said in (None, Statement(NOW, NOW + 7 * DAY))


@pytest.mark.parametrize("content", [b"", b"0", b"\x30\x03\x0a\x01\x06", b"<html>"])
def test_what_is_no_answer_says_nothing(pki: TestPki, content: bytes) -> None:
    assert statements(officer(pki), issuing(pki), ocsps=[content], crls=[content]) == ()


def a_list(pki: TestPki, *extensions: x509.ExtensionType) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuing(pki).subject)
        .last_update(NOW)
        .next_update(NOW + DAY)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(private_key(pki.issuing), hashes.SHA256()).public_bytes(Encoding.DER)


def part(**what: bool | frozenset[ReasonFlags] | list[x509.GeneralName]) -> x509.IssuingDistributionPoint:
    none = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**{**none, **what})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("extension", "tells"),
    [
        (part(only_contains_user_certs=True), True),
        (part(only_contains_ca_certs=True), False),
        (part(indirect_crl=True), False),
        (part(only_some_reasons=frozenset({ReasonFlags.key_compromise})), False),
        (part(full_name=[x509.UniformResourceIdentifier("http://a.example.vn/1.crl")]), False),
        (x509.DeltaCRLIndicator(1), False),
    ],
)
def test_silence_in_a_part_of_a_list_says_nothing(
    pki: TestPki, extension: x509.ExtensionType, tells: bool
) -> None:
    found = crl_statement(a_list(pki, extension), officer(pki), issuing(pki))
    assert (found is not None) is tells


def test_a_list_of_another_authority_says_nothing(pki: TestPki, own: TestPki) -> None:
    assert crl_statement(own.crls[1], officer(pki), issuing(pki)) is None


def test_a_list_made_when_a_certificate_had_run_out_settles_nothing(pki: TestPki) -> None:
    end = officer(pki).not_valid_after_utc
    assert not Statement(end + DAY, end + 2 * DAY).settles(officer(pki), NOW)
    assert Statement(end - DAY, end).settles(officer(pki), NOW)
    assert Statement(NOW - DAY, NOW + DAY).settles(officer(pki), NOW)
    assert not Statement(NOW - DAY, NOW - DAY / 2).settles(officer(pki), NOW)
    assert not Statement(NOW - DAY, None).settles(officer(pki), NOW)


# -- over HTTP ------------------------------------------------------------------------------------------


def ask(authority: OnlineAuthority, certificate: x509.Certificate, **bounds: Bounds) -> Answer:
    source = HttpAnswers(**bounds)
    return source.answer(certificate, issuing(authority.pki), since=NOW, at=NOW)


def test_a_responder_is_asked_by_post(authority: OnlineAuthority) -> None:
    answer = ask(authority, authority.certificate())
    assert (answer.kind, answer.statement) == (AnswerKind.OCSP, Statement(NOW, NOW + 7 * DAY))
    assert authority.asked == ["POST /ocsp"]


def test_one_that_wants_get_is_asked_by_get(authority: OnlineAuthority) -> None:
    def by_get() -> Reply:
        encoded = authority.asked[-1].removeprefix("GET /ocsp/")
        return 200, authority.answer(b64decode(unquote(encoded)))

    authority.replies.update(POST=lambda: (405, b""), GET=by_get)
    assert ask(authority, authority.certificate()).kind is AnswerKind.OCSP


def test_where_no_responder_is_named_the_list_is_taken(authority: OnlineAuthority) -> None:
    answer = ask(authority, authority.certificate(ocsp_path=None, crl_path="/1.crl"))
    assert (answer.kind, authority.asked) == (AnswerKind.CRL, ["GET /1.crl"])


@pytest.mark.parametrize(
    "reply",
    [
        (500, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"\x30\x03\x0a\x01\x06"),
        (302, b""),
        (200, b"x" * 300_000),
    ],
)
def test_where_the_responder_fails_the_list_is_taken(authority: OnlineAuthority, reply: Reply) -> None:
    authority.replies["POST"] = lambda: reply
    answer = ask(authority, authority.certificate(crl_path="/1.crl"))
    assert (answer.kind, authority.asked) == (AnswerKind.CRL, ["POST /ocsp", "GET /1.crl"])


@pytest.mark.parametrize("age", [timedelta(days=8), timedelta(days=-1)])
def test_an_answer_that_has_run_out_or_is_of_tomorrow_is_none(
    authority: OnlineAuthority, age: timedelta
) -> None:
    certificate = authority.certificate()
    authority.replies["POST"] = lambda: (
        200,
        authority.pki.answers.ocsp(certificate, at=NOW - age) or b"",
    )
    with pytest.raises(RevocationUnknownError):
        ask(authority, certificate)


def test_an_answer_that_drips_in_is_given_up(authority: OnlineAuthority) -> None:
    def slow() -> Reply:
        time.sleep(0.6)
        return 200, b""

    authority.replies["POST"] = slow
    begun = time.monotonic()
    with pytest.raises(RevocationUnknownError, match="timeout"):
        ask(authority, authority.certificate(), ocsp_bounds=Bounds(seconds=0.2))
    assert time.monotonic() - begun < 0.5


def test_a_certificate_that_names_nobody_is_not_told_of(authority: OnlineAuthority) -> None:
    with pytest.raises(RevocationUnknownError, match="no address"):
        ask(authority, authority.certificate(ocsp_path=None))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/hostname", "address"),
        ("ldap://127.0.0.1/cn=x", "address"),
        ("http://", "address"),
        ("http://[::1", "address"),
        ("http://127.0.0.1:1/", "connection"),
    ],
)
def test_only_http_is_spoken(address: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        fetch(address, Message(b"", "application/ocsp-request"), bounds=Bounds(seconds=1))


# -- several, and what they said before -------------------------------------------------------------------


class Counting:
    """Counts how often the other is asked."""

    def __init__(self, source: RevocationAnswers) -> None:
        self.source, self.asked = source, 0

    def answer(self, certificate: x509.Certificate, issuer: x509.Certificate, **when: object) -> Answer:
        self.asked += 1
        return self.source.answer(certificate, issuer, **when)  # type: ignore[arg-type]


def test_the_home_answers_for_its_own_and_the_network_for_others(
    authority: OnlineAuthority, own: TestPki
) -> None:
    both = FirstToAnswer((OwnAnswers(own.answers), HttpAnswers()))
    assert both.answer(officer(own), issuing(own), since=NOW, at=NOW).kind is AnswerKind.OCSP
    assert authority.asked == []
    certificate = authority.certificate()
    assert both.answer(certificate, issuing(authority.pki), since=NOW, at=NOW).kind is AnswerKind.OCSP
    assert authority.asked == ["POST /ocsp"]


def test_nobody_to_ask_knows_nothing(pki: TestPki) -> None:
    with pytest.raises(RevocationUnknownError):
        FirstToAnswer(()).answer(officer(pki), issuing(pki), since=NOW, at=NOW)


def test_what_was_said_after_a_signature_is_remembered_for_it(pki: TestPki) -> None:
    counting = Counting(OwnAnswers(pki.answers))
    remembered = RememberedAnswers(counting)

    def asked(*, since: timedelta, at: timedelta) -> int:
        remembered.answer(officer(pki), issuing(pki), since=NOW + since, at=NOW + at)
        return counting.asked

    assert asked(since=-DAY, at=timedelta()) == 1
    assert asked(since=-2 * DAY, at=DAY) == 1
    assert asked(since=DAY / 2, at=DAY) == 2, "signed after what was said"
    assert asked(since=DAY, at=9 * DAY) == 3, "what was said has run out"
    other = replace(pki.time_stamping).certificate
    remembered.answer(other, issuing(pki), since=NOW, at=NOW + DAY)
    assert counting.asked == 4


# -- the whole way ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """The server for whom it knows; the home for the authority above."""

    authority: OnlineAuthority

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        known = certificate.serial_number in self.authority.known
        source = HttpAnswers() if known else OwnAnswers(self.authority.pki.answers)
        return source.answer(certificate, issuer, since=since, at=at)


@pytest.mark.parametrize(("server", "kinds"), [((200, b"?"), {"/CRLs", "/OCSPs"}), (None, {"/OCSPs"})])
def test_a_paper_signed_with_keys_of_an_authority_on_the_net_is_made_provable(
    authority: OnlineAuthority, tmp_path: Path, server: Reply | None, kinds: set[str]
) -> None:
    """By its responder, or, where that talks nonsense, by its list."""
    holder, stamper = (authority.identity(stamps=stamps, crl_path="/1.crl") for stamps in (False, True))

    class Keys:
        test = True
        way_of = staticmethod(authority.pki.way_of)
        unlocked = staticmethod(authority.pki.unlocked)
        certificates = staticmethod(authority.pki.certificates)
        person = agency = staticmethod(lambda _: holder)

    if server is not None:
        authority.replies["POST"] = lambda: server
    trust = TrustStore(tmp_path, own=authority.pki)
    stamps = LocalTimeStamps(stamper)
    signer = PadesSigner(Keys(), AGENCY, stamps)
    signed = signer.sign(prepare(render_receipt(RECEIPT)), person=SIGNATORY, reason="Thử", at=NOW)
    done = LongTerm(stamps, Asked(authority), trust).extend(signed.content, at=NOW)
    with pikepdf.open(BytesIO(done.content)) as pdf:
        assert set(pdf.Root["/DSS"].keys()) == kinds
    report = validate(done.content, trust=trust, at=NOW + 2000 * DAY)
    assert [one.level for one in report.signatures] == ["B-LTA", "B-LTA", "RFC3161"]
    assert {one.indication for one in report.signatures} == {"TOTAL-PASSED"}
