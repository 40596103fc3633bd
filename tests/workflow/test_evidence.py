"""The evidence held against its page, and the words of what it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import birth_page, birth_row
from tests.desk import Desk, approval, not_needed
from tests.workflow.attachments import evidence_in
from verification.workflow.evidence import SCHEMA

PAGE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def keys(value: object, path: str = "") -> Iterator[str]:
    """The paths of all values that are neither objects nor arrays of them: `files[].pages[].sha256`."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from keys(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
        for part in value:
            yield from keys(part, f"{path}[]")
    else:
        yield path


@pytest.fixture
def told(desk: Desk) -> list[dict[str, Any]]:
    """The evidence of a receipt, of a copy made all the same, and of a copy that no source knows of."""
    desk.load("civil_status", birth_row())
    receipt = desk.issue(not_needed(desk.hand_in(birth_page())))
    insisted = desk.issue(approval(desk.hand_in(birth_page()), demander="Công ty TNHH Mẫu"))
    return [evidence_in(desk.objects.get(issued.digest)) for issued in (receipt, insisted)]


def test_every_key_is_explained_and_every_one_explained_is_there(told: list[dict[str, Any]]) -> None:
    explained = {
        name
        for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }
    written = {key for each in told for key in keys(each)}
    assert written - explained == set()
    assert explained - written == {"record", "rule", "delegation"}


def test_the_page_and_the_evidence_name_the_same_schema(told: list[dict[str, Any]]) -> None:
    assert f"`{SCHEMA}`" in PAGE
    assert {each["schema"] for each in told} == {SCHEMA}


def test_it_names_the_rule_the_delegation_and_the_versions(told: list[dict[str, Any]]) -> None:
    receipt, _ = told
    assert receipt["rule"]["citation"]
    assert receipt["delegation"]["decision_number"] == "01/QĐ-MẪU"
    assert receipt["product"]["version"]
    digests = [receipt["rule"]["sha256"], *(each["sha256"] for each in receipt["profiles"])]
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)


def test_it_names_the_files_and_the_pictures_of_their_pages(desk: Desk) -> None:
    paper = desk.hand_in(birth_page())
    issued = desk.issue(approval(paper))
    with desk.database.transaction() as tx:
        [file] = tx.submissions.get(paper.submission_id).files
    [shown] = evidence_in(desk.objects.get(issued.digest))["files"]
    assert shown["sha256"] == file.digest
    assert [page["sha256"] for page in shown["pages"]] == [page.digest for page in file.pages]
