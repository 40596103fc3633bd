"""Time-stamps over HTTP: what is asked, what is believed, and what a bad authority costs."""

import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from signing.errors import TimeStampError
from signing.fetching import Bounds
from signing.model import PreparedPdf, SignatureLevel
from signing.pades import PadesSigner
from signing.time_service import HttpTimeStamps, Patience, TimeService
from signing.timestamp import POLICY_OID, token_facts
from tests.signing.conftest import Home
from tests.signing.contents import AGENCY, NOW, SIGNATORY
from tests.signing.time_authority import RIGHT, Authority, running

DIGEST = sha256(b"value").digest()
SHORT = Patience(bounds=Bounds(seconds=0.2, max_bytes=64 * 1024))
NOWHERE = TimeService("http://127.0.0.1:9/tsa")


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(scope="module")
def authority(home: Home) -> Iterator[Authority]:
    with running(home.pki) as one:
        yield one


@pytest.fixture(autouse=True)
def right_again(authority: Authority) -> None:
    authority.does = RIGHT
    authority.asked.clear()


def stamps(
    *services: TimeService, clock: Clock | None = None, patience: Patience | None = None
) -> HttpTimeStamps:
    return HttpTimeStamps(services, clock or Clock(), patience)


def service(authority: Authority) -> TimeService:
    return TimeService(authority.url)


def test_a_token_over_the_digest_is_given(authority: Authority) -> None:
    facts = token_facts(stamps(service(authority)).token(DIGEST, at=NOW))
    assert (facts.time, facts.imprint) == (NOW, DIGEST)


def test_an_authority_with_an_rsa_key_is_believed(authority: Authority) -> None:
    authority.does = "RSA"
    assert token_facts(stamps(service(authority)).token(DIGEST, at=NOW)).imprint == DIGEST


def test_each_request_has_a_nonce_of_its_own_and_asks_for_the_certificate(authority: Authority) -> None:
    asking = stamps(service(authority))
    asking.token(DIGEST, at=NOW)
    asking.token(DIGEST, at=NOW)
    first, second = (request for request, _ in authority.asked)
    assert first["nonce"].native != second["nonce"].native
    assert first["cert_req"].native is True


def test_a_policy_is_asked_for_and_must_be_answered(authority: Authority) -> None:
    stamps(TimeService(authority.url, POLICY_OID)).token(DIGEST, at=NOW)
    [(request, _)] = authority.asked
    assert request["req_policy"].dotted == POLICY_OID
    with pytest.raises(TimeStampError, match="another question"):
        stamps(TimeService(authority.url, "1.2.3.4")).token(DIGEST, at=NOW)


def test_a_name_and_a_password_are_sent_as_a_header_and_shown_nowhere(authority: Authority) -> None:
    secret = TimeService(authority.url.replace("//", "//xa%20mau:b%C3%AD%20m%E1%BA%ADt@"))
    stamps(secret).token(DIGEST, at=NOW)
    [(_, authorization)] = authority.asked
    assert authorization == f"Basic {b64encode('xa mau:bí mật'.encode()).decode()}"
    assert "mau" not in repr(secret) + secret.address


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("status 500", "status 500"),
        ("garbage", "unreadable"),
        ("cut", "unreadable"),
        ("rejected", "rejected"),
        ("wrong digest", "another question"),
        ("wrong nonce", "another question"),
        ("no nonce", "another question"),
        ("wrong clock", "clock"),
        ("wrong signature", "signature"),
        ("no certificate", "unreadable"),
        ("expired", "certificate"),
        ("not for time-stamps", "certificate"),
    ],
)
def test_a_bad_answer_is_no_time_stamp(authority: Authority, does: str, why: str) -> None:
    authority.does = does
    with pytest.raises(TimeStampError, match=f"^{why}$"):
        stamps(service(authority)).token(DIGEST, at=NOW)


@pytest.mark.parametrize("does", ["silent", "drips"])
def test_nobody_waits_longer_than_the_time_allowed(authority: Authority, does: str) -> None:
    authority.does = does
    start = time.monotonic()
    with pytest.raises(TimeStampError, match=r"^timeout$"):
        stamps(service(authority), patience=SHORT).token(DIGEST, at=NOW)
    assert time.monotonic() - start < 2


def test_the_next_authority_is_asked_when_one_is_down(authority: Authority) -> None:
    token = stamps(NOWHERE, service(authority)).token(DIGEST, at=NOW)
    assert token_facts(token).imprint == DIGEST


def test_an_authority_that_fails_is_left_alone_for_a_while(authority: Authority) -> None:
    clock = Clock()
    asking = stamps(service(authority), clock=clock)
    authority.does = "status 500"
    for _ in range(3):
        with pytest.raises(TimeStampError):
            asking.token(DIGEST, at=NOW)
    assert len(authority.asked) == 1
    clock.at += timedelta(seconds=30)
    authority.does = RIGHT
    asking.token(DIGEST, at=NOW)
    asking.token(DIGEST, at=NOW)
    assert len(authority.asked) == 3


def test_the_pause_grows_up_to_a_limit(authority: Authority) -> None:
    clock = Clock()
    asking = stamps(service(authority), clock=clock)
    authority.does = "rejected"
    for seconds in (0, 30, 60, 120, 240, 480, 600, 600):
        clock.at += timedelta(seconds=seconds)
        with pytest.raises(TimeStampError):
            asking.token(DIGEST, at=NOW)
    assert len(authority.asked) == 8


def test_of_those_who_come_when_a_pause_ends_one_waits(authority: Authority) -> None:
    clock = Clock()
    asking = stamps(service(authority), clock=clock, patience=SHORT)
    authority.does = "status 500"
    with pytest.raises(TimeStampError):
        asking.token(DIGEST, at=NOW)
    clock.at += timedelta(seconds=30)
    authority.does = "silent"
    errors: list[str] = []

    def ask() -> None:
        with pytest.raises(TimeStampError) as raised:
            asking.token(DIGEST, at=NOW)
        errors.append(str(raised.value))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(errors) == ["left alone"] * 3 + ["timeout"]


def test_a_document_is_signed_with_time_stamps_of_an_authority_elsewhere(
    home: Home, prepared_receipt: PreparedPdf, authority: Authority
) -> None:
    signer = PadesSigner(home.pki, AGENCY, stamps(service(authority)))
    for _ in range(2):
        signed = signer.sign(prepared_receipt, person=SIGNATORY, reason="Chứng thực", at=NOW)
    assert signed.level is SignatureLevel.B_T
    assert home.validate(signed.content).verdict == "VALID"
    assert len(authority.asked) == 1 + 2 + 2  # the size of a token is measured once


def test_a_document_is_signed_without_when_the_authority_is_down(
    home: Home, prepared_receipt: PreparedPdf, authority: Authority
) -> None:
    authority.does = "status 500"
    signer = PadesSigner(home.pki, AGENCY, stamps(service(authority)))
    signed = signer.sign(prepared_receipt, person=SIGNATORY, reason="Chứng thực", at=NOW)
    assert signed.level is SignatureLevel.B_B
    assert home.validate(signed.content).verdict == "VALID"
    assert len(authority.asked) == 1
