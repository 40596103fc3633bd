"""One running service a session, its people, and papers it knows; slow things once."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from api import auth
from api.logging import start_logging
from storage.accounts import Scope
from tests.api.serving import PASSWORD, Running, running
from tests.api.walking import Browser, signed_in
from verification.decision import Delegation, Role
from verification.specimens import Grade, Specimen, draw
from verification.submission import OfficerId

OFFICER, OTHER, AUDITOR, ADMIN = "lan.mau", "cuong.mau", "kiem.toan", "quan.tri"
PEOPLE = (
    (OFFICER, "Phạm Thị Lan Mẫu", Role.OFFICER),
    (OTHER, "Đỗ Mẫu Cường", Role.OFFICER),
    (AUDITOR, "Kiều Thị Mẫu", Role.AUDITOR),
    (ADMIN, "Lưu Văn Mẫu", Role.ADMIN),
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log of this process, and afterwards what was there before."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    start_logging(stream)
    yield stream
    root.handlers[:], root.level = before, level


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real service with people, delegations and the records of the specimens."""
    with running(tmp_path_factory.mktemp("home"), CHUNGTHUC_MAX_BYTES=str(4 * 1024 * 1024)) as service:
        hire(service)
        yield service


def hire(service: Running) -> None:
    """Accounts with passwords; two officers may sign."""
    now = service.wired.services.now()
    database = service.wired.database
    for username, name, role in PEOPLE:
        token = auth.create_account(database, username, name, {role}, now=now)
        auth.set_password(database, token, PASSWORD, now=now)
    with database.transaction() as tx:
        for username in (OFFICER, OTHER):
            tx.officers.add_delegation(
                Delegation(
                    id=f"{username}-1",
                    officer_id=OfficerId(username),
                    decision_number="12/QĐ-UBND",
                    capacity=("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"),
                    valid_from=(now - timedelta(days=30)).date(),
                    valid_to=(now + timedelta(days=300)).date(),
                )
            )


@pytest.fixture(scope="session")
def keys(service: Running) -> dict[str, str]:
    """A key of every scope, in the name of an officer; `admin` in the administrator's."""
    now, database = service.wired.services.now(), service.wired.database
    made = {s.value: auth.create_api_key(database, s.value, OFFICER, s, now=now) for s in Scope}
    made["admin"] = auth.create_api_key(database, "loads", ADMIN, Scope.OFFICER, now=now)
    return made


@pytest.fixture
def client(service: Running) -> Iterator[httpx.Client]:
    """A program without a key."""
    with httpx.Client(base_url=service.address, timeout=60) as client:
        yield client


@pytest.fixture
def browser(service: Running) -> Iterator[Browser]:
    """A browser in which nobody is signed in."""
    with Browser.at(service.address) as browser:
        yield browser


@pytest.fixture
def officer(service: Running) -> Iterator[Browser]:
    """A browser in which the officer is signed in."""
    with signed_in(service.address, OFFICER) as browser:
        yield browser


@pytest.fixture
def admin(service: Running) -> Iterator[Browser]:
    """A browser in which the administrator is signed in."""
    with signed_in(service.address, ADMIN) as browser:
        yield browser


@pytest.fixture(scope="session")
def card(service: Running, keys: dict[str, str]) -> Specimen:
    """A card whose record says the same; the record is loaded over HTTP."""
    specimen = draw("citizen_card_2021_front", seed=5, grade=Grade.CLEAN)
    for source in {name for name, _ in specimen.records}:
        rows = [record for name, record in specimen.records if name == source]
        answer = httpx.post(
            f"{service.address}/api/v1/records/{source}",
            content="\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(),
            headers={"Authorization": f"Bearer {keys['admin']}", "Content-Type": "application/x-ndjson"},
        )
        assert answer.json().get("accepted") == len(rows), answer.text
    return specimen


@pytest.fixture(scope="session")
def diploma() -> Specimen:
    """A paper no source knows."""
    return draw("diploma", seed=4, grade=Grade.SCAN)
