"""Which time-stamp authorities are asked: what stands in the environment, and what is made of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.settings import SettingError, from_environment
from api.wiring import time_stamps_in_use
from signing.timestamp import token_facts
from signing.trial_pki import TestPki
from tests.signing.time_authority import running

DIGEST = bytes(range(32))


def test_authorities_are_asked_in_the_order_given() -> None:
    settings = from_environment(
        {"CHUNGTHUC_TSA": " https://a.example/tsa, http://b.example ,", "CHUNGTHUC_TSA_POLICY": "1.2.3.4"}
    )
    assert [one.address for one in settings.time_services] == ["https://a.example/tsa", "http://b.example"]
    assert {one.policy for one in settings.time_services} == {"1.2.3.4"}


@pytest.mark.parametrize(
    "url", ["tsa.example", "ftp://tsa.example/", "https:///x", "http://[::1/", "file:///a"]
)
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingError, match="CHUNGTHUC_TSA") as raised:
        from_environment({"CHUNGTHUC_TSA": url})
    assert url not in str(raised.value)


@pytest.mark.parametrize("policy", ["x", "1", "3.1", "1..2", "1.2\n"])
def test_what_is_no_policy_is_refused(policy: str) -> None:
    with pytest.raises(SettingError, match="CHUNGTHUC_TSA_POLICY"):
        from_environment({"CHUNGTHUC_TSA_POLICY": policy})


def test_without_authorities_the_homes_own_dates_what_test_keys_sign(tmp_path: Path) -> None:
    pki = TestPki.open(tmp_path, now=datetime.now(UTC))
    stamps = time_stamps_in_use(from_environment({}), pki, pki)
    token = stamps.token(DIGEST, at=datetime.now(UTC))
    assert token_facts(token).imprint == DIGEST


def test_an_authority_of_the_settings_is_asked_for_test_keys_too(tmp_path: Path) -> None:
    pki = TestPki.open(tmp_path, now=datetime.now(UTC))
    with running(pki) as authority:
        authority.at = datetime.now(UTC)
        stamps = time_stamps_in_use(from_environment({"CHUNGTHUC_TSA": authority.url}), pki, pki)
        stamps.token(DIGEST, at=datetime.now(UTC))
    assert len(authority.asked) == 1
