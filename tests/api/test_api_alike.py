"""An officer asks for the records most like a paper that has none, sees them, and is logged."""

import json

import httpx
import pytest

from tests.api.conftest import OFFICER
from tests.api.serving import Running
from tests.api.test_api_pages import handed_in, paper_of
from tests.api.walking import Browser
from verification.source import LookUp, SourceName
from verification.specimens import Grade, Specimen, draw
from verification.workflow.rank import RANKING

OTHER_NUMBER = "001090777777"


@pytest.fixture
def unknown(service: Running, keys: dict[str, str]) -> Specimen:
    """A card without a record; somebody born that day has almost its holder's name."""
    specimen = draw("citizen_card_2021_front", seed=61, grade=Grade.CLEAN)
    row = dict(next(record for name, record in specimen.records if name == "population"))
    row |= {"full_name": f"{row['full_name']}g", "personal_number": OTHER_NUMBER, "old_id_numbers": []}
    answer = httpx.post(
        f"{service.address}/api/v1/records/population",
        content=json.dumps(row, ensure_ascii=False).encode(),
        headers={"Authorization": f"Bearer {keys['admin']}", "Content-Type": "application/x-ndjson"},
    )
    assert answer.json().get("accepted") == 1, answer.text
    return specimen


def _rankings(service: Running) -> tuple[LookUp, ...]:
    found = service.wired.database.access_log.about(SourceName("population"), OTHER_NUMBER)
    return tuple(line for line in found if line.purpose == RANKING)


def test_records_alike_are_shown_when_an_officer_asks_and_each_time_is_logged(
    service: Running, browser: Browser, officer: Browser, unknown: Specimen
) -> None:
    code = handed_in(browser, unknown)
    paper = paper_of(officer, code)
    assert OTHER_NUMBER not in officer.open(paper).text
    assert _rankings(service) == ()

    shown = officer.send(paper, f"{paper}/gan-giong", {}).text
    assert OTHER_NUMBER[-4:] in shown
    assert 'class="differs"' in shown
    (line,) = _rankings(service)
    assert (line.officer, line.dossier) == (OFFICER, code)
