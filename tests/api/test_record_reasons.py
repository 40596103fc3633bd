"""Every reason for which a row is rejected is told in Vietnamese too."""

import re
from pathlib import Path

import pytest

from api.record_reasons import reason_vi
from verification.errors import RecordRowError

_ROOT = Path(__file__).parents[2]
_RAISED = re.compile(r'RecordRowError\(\s*f?"([^"]+)"')
_FOUND_WRONG = re.compile(r'(?:return|else) f?"((?:is|has|lies) [^"]+)"')
_PUT_IN = re.compile(r"\{[^}]*\}")


def _written(name: str, pattern: re.Pattern[str]) -> list[str]:
    found = pattern.findall((_ROOT / name).read_text("utf-8"))
    return [_PUT_IN.sub("7", text) for text in found]


def _reasons() -> list[str]:
    whole = [
        reason
        for name in ("verification/records.py", "verification/record_lines.py", "api/record_files.py")
        for reason in _written(name, _RAISED)
    ]
    return [
        *(text for text in whole if text not in ("7 7", "not UTF-8: 7; convert the file first")),
        *(f"full_name {text}" for text in _written("verification/record_schema.py", _FOUND_WRONG)),
        "not UTF-8: it is written in VNI; convert the file first",
        "not UTF-8: its encoding is not known; convert the file first",
    ]


def test_reasons_are_found_in_the_code() -> None:
    assert len(_reasons()) > 20


@pytest.mark.parametrize("reason", _reasons())
def test_a_reason_is_told_in_vietnamese(reason: str) -> None:
    assert reason_vi(reason) != RecordRowError.message_vi
    assert not re.search(r"\b(is|has|not|the|lies)\b", reason_vi(reason))


def test_the_name_of_the_value_is_kept() -> None:
    assert reason_vi("child.sex is missing") == "child.sex bị thiếu"


def test_other_words_are_told_as_a_row_of_the_wrong_form() -> None:
    assert reason_vi("{0} of a kind that nobody knows") == RecordRowError.message_vi
