"""One test authority for the desks that papers are compared at."""

from pathlib import Path

import pytest

from signing.trial_pki import TestPki
from tests.builders import NOW, birth_row, card_row
from tests.desk import Desk


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    return Desk(pki, tmp_path)


@pytest.fixture
def loaded(desk: Desk) -> Desk:
    """A desk whose copies hold one birth and one person."""
    desk.load("civil_status", birth_row())
    desk.load("population", card_row())
    return desk
