"""What a source's schema refuses of a row, and what it leaves out."""

import pytest

from tests.builders import birth_row, card_row
from tests.verification.test_records import parsed, why_not
from verification.profile import shipped_profiles
from verification.source_profile import shipped_sources, source_of


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("date_of_birth", "1849", "lies before 1850"),
        ("date_of_birth", "0199-01-01", "is no date of the calendar"),
        ("sex", "khác", "is neither male nor female"),
        ("full_name", "Nguy3n Thị Mẫu", "is no name: it has a digit"),
        ("personal_number", "00119901234", "is no personal number: it has not twelve digits"),
        ("personal_number", "003199012345", "is no personal number: no province has its first three digits"),
        ("personal_number", "001399012345", "is no personal number: its year of birth has not come yet"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_name(field: str, value: str, detail: str) -> None:
    assert why_not({**card_row(), field: value}) == f"{field} {detail}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date_of_birth", "1850"),
        ("date_of_birth", "1950-00-00"),
        ("date_of_birth", ""),
        ("sex", "Nữ"),
        ("full_name", "Y"),
        ("full_name", "H'Hen Niê"),
    ],
)
def test_what_is_rare_and_may_be_is_taken(field: str, value: str) -> None:
    assert parsed({**card_row(), field: value}).record.record_id == "001199012345"


def test_a_parents_number_is_held_to_the_same() -> None:
    row = birth_row(mother__personal_number="123456789")
    assert why_not(row, "civil_status").startswith("mother.personal_number is no personal number")


@pytest.mark.parametrize(
    ("expires_on", "why"),
    [
        ("unlimited", None),
        ("2036-01-01", None),
        ("Không thời hạn", None),
        ("sau này", "expires_on is neither a date of the calendar nor unlimited"),
    ],
)
def test_an_expiry_may_be_to_come_or_never(expires_on: str, why: str | None) -> None:
    row: dict[str, object] = {
        "licence_number": "790123456789",
        "full_name": "Nguyễn Thị Mẫu",
        "date_of_birth": "1999-01-01",
        "expires_on": expires_on,
    }
    if why:
        assert why_not(row, "driving_licence") == why
    else:
        assert parsed(row, "driving_licence").record.values["expires_on"].text == expires_on


def test_of_a_name_that_nobody_asked_for_nothing_is_kept_and_it_is_told() -> None:
    row = {**card_row(), "blood_group": "O", "father": {"full_name": "Nguyễn Văn Mẫu", "religion": "x"}}
    found = parsed(row)
    assert found.unknown == ("blood_group", "father.religion")
    assert not {"blood_group", "father.religion"} & set(found.record.values)
    assert found.record.values["father.full_name"].text == "Nguyễn Văn Mẫu"


def test_every_field_that_a_paper_is_compared_by_stands_in_its_sources_schema() -> None:
    asked = {(p.source, f.record) for p in shipped_profiles() for f in p.fields if p.source and f.record}
    assert len(asked) > 50
    lacking = []
    for name, path in asked:
        source = source_of(str(name), shipped_sources())
        if source is None or path not in source.schema.fields:
            lacking.append((name, path))
    assert lacking == []
