"""The quick way through a row says what the careful way says, or nothing."""

import json
import random
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import birth_row, card_row
from verification.errors import RecordRowError
from verification.normalise import name_key
from verification.plain_rows import plain_row, shape_of
from verification.record_text import TCVN3, VNI, old_letters
from verification.record_values import PackedValues, packed, unpacked
from verification.records import parse_row
from verification.source import RecordValue
from verification.source_profile import shipped_sources, source_of

AS_OF = datetime(2026, 11, 24, tzinfo=UTC)
LOOKED_AT = {"note_of_the_sender": "two  spaces"}
"""Beside a row: it sends the row the careful way, and nobody keeps it."""
VALUES: list[object] = [
    "Nguyễn Thị Mẫu",
    " Mẫu",
    "Mẫu ",
    "Mẫu  Hai",
    "",
    "Nguye\u0302\u0303n",
    "Nguy\u00adễn",
    "Lê\u00a0Mẫu",
    "a\tb",
    "a\\b",
    'a"b',
    "\x00",
    "\ud800",
    "\ufffd",
    "NguyÔn",
    "Traàn Thò",
    17,
    0,
    True,
    1.5,
    None,
    [],
    ["012345678", "087654321"],
    ["012345678", " 087654321"],
    [1, None],
    {"text": "Phường Mẫu", "commune_code": "00070"},
    {"text": None, "commune_code": 70},
    {"text": " Phường Mẫu", "other": 1.5},
    {"text": "Phường Mẫu", "commune_code": " 1"},
    {"full_name": "Trần Văn Thử"},
    {"full_name": {"text": "sâu"}},
    {},
]


def parsed(row: dict[str, Any] | str, name: str) -> object:
    source = source_of(name, shipped_sources())
    assert source is not None
    try:
        found = parse_row(row, source, as_of=AS_OF)
    except RecordRowError as error:
        return error.detail
    return found.record, found.keys, found.updated_at, found.deleted, set(found.unknown) - set(LOOKED_AT)


@pytest.mark.parametrize("name", ["population", "civil_status"])
def test_both_ways_say_the_same(name: str) -> None:
    chance, row = random.Random(4), card_row() if name == "population" else birth_row()
    for _ in range(3000):
        changed = dict(row)
        for path in chance.sample([*row, "father", "residence", "child", "odd"], 2):
            changed[path] = chance.choice(VALUES)
        carefully = parsed({**changed, **LOOKED_AT}, name)
        assert parsed(changed, name) == carefully
        line = json.dumps(changed, ensure_ascii="\ud800" in changed.values())
        assert parsed(f"{line}\n", name) == carefully


def test_most_rows_go_the_quick_way() -> None:
    source = source_of("population", shipped_sources())
    assert source is not None
    shape = shape_of(source.schema)
    assert plain_row(card_row(), shape, AS_OF.date()) is not None
    assert plain_row({**card_row(), **LOOKED_AT}, shape, AS_OF.date()) is None


def test_packed_values_are_the_values() -> None:
    values = {"full_name": RecordValue("Mẫu"), "residence": RecordValue("", "00070"), "sex": RecordValue("")}
    text = packed(values)
    assert text == '{"full_name":"Mẫu","residence":{"text":"","commune_code":"00070"},"sex":""}'
    assert unpacked(text) == values == PackedValues(text)
    assert packed(PackedValues(text)) is text
    assert PackedValues(text)["residence"].commune_code == "00070"
    assert "Mẫu" not in repr(PackedValues(text))


# -- what is remembered or looked for in another order -------------------------------------------


def test_the_key_of_a_name_is_that_of_its_words() -> None:
    chance = random.Random(5)
    letters = "aàâăeêoôơuưyđĐqgiI'’- \u0301\u0323ßÆŒ1"
    for _ in range(3000):
        name = "".join(chance.choices(letters, k=12))
        assert name_key(name) == "".join(name_key(word) for word in name.split(" "))


_TCVN3 = re.compile(
    r"[a-z\u00df-\u00ff][\u00c0-\u00de]|[^\W\d_][¨ª¬µ¶·¸¹»¼½¾]|[®§][^\W\d_]|[^\W\d_]©[^\W\d_]"
)
_VNI = re.compile(r"[aeouy][ïøû]|[ae][âåäãáàõù]|o[âåä]|a[êë]", re.IGNORECASE)


def test_old_letters_are_those_of_the_plain_patterns() -> None:
    chance = random.Random(6)
    letters = "aàâeêoôuyAÂEOYïøûåäãáàõùêëÏØÛÅÄµ·®§©¨ßĐđ 1.ấn"
    found = set()
    for _ in range(20_000):
        text = unicodedata.normalize("NFC", "".join(chance.choices(letters, k=3)))
        plainly = TCVN3 if _TCVN3.search(text) else VNI if _VNI.search(text) else None
        assert old_letters(text) == plainly, ascii(text)
        found.add(plainly)
    assert found == {TCVN3, VNI, None}
