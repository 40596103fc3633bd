"""Rows of a delivery: what they become, by what they are found, and why a bad one is refused."""

import json
from datetime import UTC, datetime

import pytest

from tests.builders import birth_row, card_row
from verification.errors import RecordRowError
from verification.record_rows import parse_rows
from verification.records import from_dotted, named_in, parse_row
from verification.source import IncomingRecord, RecordValue, RejectedRow, SubjectKey
from verification.source_profile import shipped_sources, source_of

AS_OF = datetime(2026, 11, 24, tzinfo=UTC)


def parsed(row: dict[str, object], name: str = "population") -> IncomingRecord:
    source = source_of(name, shipped_sources())
    assert source is not None
    return parse_row(row, source, as_of=AS_OF)


def why_not(row: dict[str, object], name: str = "population") -> str:
    with pytest.raises(RecordRowError) as refused:
        parsed(row, name)
    return refused.value.detail


# -- what a row becomes ------------------------------------------------------------------------------------


def test_a_person_is_kept_under_the_personal_number() -> None:
    record = parsed(card_row()).record
    assert (record.record_id, record.status) == ("001199012345", "active")
    assert record.values["full_name"] == RecordValue("Nguyễn Thị Mẫu")


def test_what_is_nested_is_kept_under_dotted_names() -> None:
    record = parsed(birth_row(), "civil_status").record
    assert record.values["child.full_name"].text == "Nguyễn Thị Mẫu"
    assert record.values["mother.date_of_birth"].text == "1990-05-06"


def test_status_and_times_are_no_values() -> None:
    assert not {"status", "updated_at", "deleted"} & set(parsed(card_row()).record.values)


def test_a_place_keeps_its_codes() -> None:
    place = {"text": "Thôn Đông, xã Thư Lâm", "commune_code": "00472", "province_code": "01"}
    record = parsed({**card_row(), "residence": place}).record
    assert record.values["residence"] == RecordValue("Thôn Đông, xã Thư Lâm", "00472", "01")


def test_a_place_may_be_known_by_its_code_alone() -> None:
    record = parsed({**card_row(), "residence": {"text": None, "commune_code": 472}}).record
    assert record.values["residence"] == RecordValue("", "472", None)


def test_nothing_is_kept_of_what_is_null() -> None:
    record = parsed({**card_row(), "residence": None, "father": {"full_name": None}}).record
    assert not {"residence", "father.full_name"} & set(record.values)


def test_text_is_composed_and_its_spaces_squeezed() -> None:
    record = parsed(card_row(full_name="Nguye\u0302\u0303n  Thi\u0323 Ma\u0302\u0303u ")).record
    assert record.values["full_name"].text == "Nguyễn Thị Mẫu"


def test_a_time_without_a_zone_is_taken_as_utc() -> None:
    at = parsed(card_row(updated_at="2026-11-20T07:00:00")).updated_at
    assert at == datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.mark.parametrize("mark", [True, 1, "true", "1", "yes"])
def test_a_tombstone_needs_no_more_than_its_id_and_time(mark: object) -> None:
    row = {"personal_number": "001199012345", "updated_at": "2026-11-20T00:00:00Z", "deleted": mark}
    found = parsed(row)
    assert found.deleted
    assert found.record.record_id == "001199012345"


@pytest.mark.parametrize("mark", ["có", "Y", "x", 1.0, 2, [True]])
def test_what_may_mean_that_a_record_is_removed_is_refused(mark: object) -> None:
    """Taken for no, the record would go on answering."""
    assert why_not({**card_row(), "deleted": mark}) == "deleted is neither true nor false"


@pytest.mark.parametrize("written", ["001 199 012 345", "001199 012345"])
def test_a_number_in_groups_names_the_same_record(written: str) -> None:
    found = parsed({**card_row(), "personal_number": written, "old_id_numbers": ["012 345 678"]})
    assert found.record.record_id == found.record.values["personal_number"].text == "001199012345"
    assert [key.number for key in found.keys] == ["001199012345", "012345678"]


@pytest.mark.parametrize("name", ["status", "deleted", "updated_at"])
def test_a_line_that_says_twice_what_becomes_of_its_record_is_refused(name: str) -> None:
    """The last word would win: "annulled" and, behind it, "valid"."""
    source = source_of("population", shipped_sources())
    assert source is not None
    line = json.dumps({**card_row(), "deleted": False})[:-1] + f', "{name}": "active"}}'
    (rejected,) = parse_rows([(1, line)], source, AS_OF)
    assert isinstance(rejected, RejectedRow)
    assert (rejected.detail, rejected.speaks_of is None) == (f"{name} stands twice", False)


def test_a_value_may_be_called_like_what_a_row_says_of_itself() -> None:
    source = source_of("population", shipped_sources())
    assert source is not None
    line = json.dumps({**card_row(), "note": "status", "inner": {"status": "x"}})
    (found,) = parse_rows([(1, line)], source, AS_OF)
    assert isinstance(found, IncomingRecord)


def test_news_of_a_number_in_groups_is_news_of_the_same_record() -> None:
    source = source_of("population", shipped_sources())
    assert source is not None
    assert named_in({"personal_number": "001 199 012 345"}, source, as_of=AS_OF) == ("001199012345", AS_OF)


def test_a_tombstone_of_a_birth_needs_no_key() -> None:
    row: dict[str, object] = {"record_id": "KS-1", "updated_at": "2026-11-20T00:00:00Z", "deleted": True}
    assert parsed(row, "civil_status").keys == ()


# -- by what it is found -------------------------------------------------------------------------------------


def test_a_person_is_found_by_the_new_number_and_by_every_old_one() -> None:
    keys = parsed(card_row(old_id_numbers="012345678|112345678")).keys
    assert [key.number for key in keys] == ["001199012345", "012345678", "112345678"]
    assert {(key.birth_date, key.name_key) for key in keys} == {("1999-01-01", "nguyenthimau")}


def test_every_subject_of_a_marriage_is_found() -> None:
    row: dict[str, object] = {
        "record_id": "KH-1",
        "type": "marriage",
        "wife": {"full_name": "Nguyễn Thị Mẫu", "date_of_birth": "1999-01-01"},
        "husband": {"full_name": "Lê Văn Thử", "personal_number": "001099000001"},
        "updated_at": "2026-11-20T00:00:00Z",
    }
    assert parsed(row, "civil_status").keys == (
        SubjectKey(None, "1999-01-01", "nguyenthimau"),
        SubjectKey("001099000001", None, None),
    )


def test_a_parent_is_no_subject_of_a_birth() -> None:
    row = birth_row(mother__personal_number="001190000001")
    assert "001190000001" not in {key.number for key in parsed(row, "civil_status").keys}


def test_a_year_of_birth_makes_no_name_key() -> None:
    (key,) = parsed(card_row(old_id_numbers="", date_of_birth="1999")).keys
    assert key == SubjectKey("001199012345", None, None)


# -- bad rows ------------------------------------------------------------------------------------------------


def test_a_row_without_its_id_is_refused() -> None:
    assert why_not(card_row(without=("personal_number",))) == "personal_number is missing"


def test_a_row_that_nobody_could_find_is_refused() -> None:
    row: dict[str, object] = {"record_id": "KS-1", "type": "birth", "updated_at": "2026-11-20T00:00:00Z"}
    assert why_not(row, "civil_status") == "neither a number nor a name with a full birth date"


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        (20261120, "updated_at is not a text"),
        ("20/11/2026", "updated_at is not an ISO 8601 time"),
    ],
)
def test_a_row_without_a_time_is_refused(value: object, detail: str) -> None:
    assert why_not({**card_row(), "updated_at": value}) == detail


@pytest.mark.parametrize("value", [True, 1.5])
def test_a_value_that_is_neither_text_nor_number_is_refused(value: object) -> None:
    assert why_not({**card_row(), "full_name": value}) == "full_name is neither text nor number"


def test_a_row_without_a_time_counts_as_of_its_delivery() -> None:
    assert parsed({**card_row(), "updated_at": None}).updated_at == AS_OF


def test_a_row_without_a_status_is_good_for_no_answer() -> None:
    source = source_of("population", shipped_sources())
    status = parsed({**card_row(), "status": None}).record.status
    assert source is not None
    assert status not in source.status_good


def test_a_status_that_is_no_text_is_refused() -> None:
    assert why_not({**card_row(), "status": 1}) == "status is not a text"


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("date_of_birth", "1999-02-30", "date_of_birth is no date of the calendar"),
        ("date_of_birth", "2026-11-27", "date_of_birth lies after the delivery"),
        ("updated_at", "2099-01-01T00:00:00Z", "updated_at lies after the delivery"),
        (
            "full_name",
            "NguyÔn ThÞ MÉu",
            "full_name is written in TCVN3 (ABC); convert the file to Unicode first",
        ),
        ("full_name", "Nguy\ufffdn", "full_name has signs that no text has"),
        ("full_name", "Nguyen\x00", "full_name has signs that no text has"),
        ("full_name", "Nguyen\ud800", "full_name has signs that no text has"),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: str, detail: str) -> None:
    assert why_not({**card_row(), field: value}) == detail


def test_a_list_of_anything_but_words_is_refused() -> None:
    assert why_not({**card_row(), "old_id_numbers": [{}]}) == "old_id_numbers is neither text nor number"


# -- CSV -----------------------------------------------------------------------------------------------------


def test_a_row_with_dotted_names_is_the_nested_one() -> None:
    row = {
        "record_id": "KS-1",
        "child.full_name": " Nguyễn Thị Mẫu ",
        "child.sex": "",
        "mother.full_name": "  ",
    }
    assert from_dotted(row) == {"record_id": "KS-1", "child": {"full_name": "Nguyễn Thị Mẫu"}}


def test_old_numbers_stand_in_one_cell() -> None:
    assert from_dotted({"old_id_numbers": "012345678|112345678"}) == {
        "old_id_numbers": ["012345678", "112345678"]
    }


def test_a_place_with_codes_stands_in_three_cells() -> None:
    row = from_dotted({"residence.text": "Xã Thư Lâm", "residence.commune_code": "00472"})
    assert row == {"residence": {"text": "Xã Thư Lâm", "commune_code": "00472"}}


@pytest.mark.parametrize(
    "names", [("child", "child.full_name"), ("child.full_name", "child.full_name.first")]
)
def test_a_name_that_is_a_value_and_a_group_is_refused(names: tuple[str, str]) -> None:
    with pytest.raises(RecordRowError):
        from_dotted(dict.fromkeys(names, "x"))
