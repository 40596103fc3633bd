"""What holds for any value of a field: what may differ without any meaning, and that nothing else may."""

import unicodedata
from datetime import date
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verification.addresses import compare_addresses
from verification.agreement import Agreement, Compared
from verification.comparing import (
    compare_dates,
    compare_ethnicity,
    compare_names,
    compare_nationality,
    compare_numbers,
    compare_sex,
)
from verification.dates import PartialDate, date_in_words, parse_date
from verification.normalise import canonical, canonical_i
from verification.specimens.chance import Chance
from verification.specimens.names import Sex, ethnic_group, full_name, surname
from verification.specimens.places import Era, Place, all_places

FULL = (Agreement.EXACT, Agreement.EQUIVALENT)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
BENIGN = {None, "lookalike", "apostrophe", "tone_placement"}
"""The named rules under which two writings of a name are one."""


def _name(seed: int) -> str:
    chance = Chance("properties", seed)
    people = ethnic_group(chance)
    return full_name(chance, people, chance.pick(list(Sex)), surname(chance, people))


NAMES = st.integers(0, 5000).map(_name)
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 24))
PARTIAL_DATES = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), DAYS, st.integers(1, 3)
)
HAMLETS = st.sampled_from(["", "Thôn Đoài, ", "Số 31 đường Lúa Vàng, ", "Tổ dân phố 12, "])
SPELLINGS = {"hmông", "mông", "hơmông", "khơme", "khơmer", "khmer", "êđê", "rađê"}
"""Of groups that the list of ethnic groups writes in several ways, one letter apart."""
PROPERTIES = settings(max_examples=150, derandomize=True, deadline=None)


def changed(text: str, place: int, letter: str, how: int) -> str:
    """One letter another, one too many, one too few, or two changed about."""
    at = place % len(text)
    middle = (letter, letter + text[at], "", text[at + 1 : at + 2] + text[at])[how]
    return text[:at] + middle + text[at + (2 if how == 3 else 1) :]


EDITS = st.tuples(st.integers(0, 99), st.sampled_from(LETTERS + "0123456789"), st.integers(0, 3))


# -- names --------------------------------------------------------------------------------------------------


@PROPERTIES
@given(NAMES, EDITS)
def test_a_name_with_a_letter_changed_is_the_same_by_a_named_rule_or_not_at_all(
    name: str, edit: tuple[int, str, int]
) -> None:
    other = changed(name, *edit)
    found = compare_names(other, name)
    if found.agreement in FULL:
        assert found.rule in BENIGN
        assert canonical(other) == canonical(name)


@PROPERTIES
@given(NAMES, EDITS)
def test_it_does_not_matter_which_of_two_names_is_the_papers(name: str, edit: tuple[int, str, int]) -> None:
    other = changed(name, *edit)
    assume(other.strip())
    assert compare_names(name, other) == compare_names(other, name)


@PROPERTIES
@given(
    NAMES, st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
)
def test_form_and_case_never_matter(name: str, form: str, case: object) -> None:
    assert callable(case)
    written = unicodedata.normalize("NFD" if form == "NFD" else "NFC", case(name))
    assert compare_names(written, name) == Compared(Agreement.EXACT)


@pytest.mark.parametrize(("one", "other"), [("Lý", "Lí"), ("Mỹ", "Mĩ"), ("Vỹ", "Vĩ"), ("Quý", "Quí")])
def test_i_and_y_are_for_an_officer_in_names_and_of_no_matter_in_places(one: str, other: str) -> None:
    assert compare_names(f"Nguyễn {one}", f"Nguyễn {other}") == Compared(Agreement.PARTIAL, "i_y")
    assert compare_addresses(f"Thôn {one} Hòa, Hà Nội", f"Thôn {other} Hòa, Hà Nội").agreement in FULL


# -- numbers, dates and words of lists ----------------------------------------------------------------------


@PROPERTIES
@given(st.text("0123456789", min_size=12, max_size=12), EDITS)
def test_no_digit_of_a_number_is_of_no_matter(number: str, edit: tuple[int, str, int]) -> None:
    other = changed(number, *edit)
    assume(other != number)
    assert compare_numbers(other, number).agreement not in FULL
    assert compare_numbers(number, other).agreement not in FULL


@PROPERTIES
@given(PARTIAL_DATES, PARTIAL_DATES)
def test_dates_agree_in_full_exactly_if_they_are_one(one: PartialDate, other: PartialDate) -> None:
    assert (compare_dates(one.iso(), other.iso()).agreement in FULL) == (one == other)
    assert compare_dates(one.iso(), other.iso()) == compare_dates(other.iso(), one.iso())


@PROPERTIES
@given(DAYS)
def test_a_day_with_its_parts_swapped_or_a_year_off_is_another(day: date) -> None:
    for other in (
        f"{day.year:04}-{day.day:02}-{day.month:02}",
        f"{day.year - 1:04}-{day.month:02}-{min(day.day, 28):02}",
        f"{day.year + 1:04}-{day.month:02}-{min(day.day, 28):02}",
    ):
        assume(other != day.isoformat())
        assert compare_dates(other, day.isoformat()).agreement in (Agreement.DIFFERENT, Agreement.UNREADABLE)


@PROPERTIES
@given(PARTIAL_DATES)
def test_a_date_is_itself_however_it_is_written(day: PartialDate) -> None:
    written = "/".join(f"{part:02}" for part in reversed(day.parts()))
    assert parse_date(written) == day
    assert compare_dates(written, day.iso()).agreement is Agreement.EXACT
    assert compare_dates(date_in_words(day), day.iso()).agreement is Agreement.EQUIVALENT


@PROPERTIES
@given(st.sampled_from(["Kinh", "Tày", "Mường", "Mông", "H'Mông", "Ê Đê", "Khơ-me", "Thái", "Dao"]), EDITS)
def test_a_word_of_a_list_with_a_letter_changed_is_another_or_unknown(
    word: str, edit: tuple[int, str, int]
) -> None:
    other = changed(word, *edit)
    assume(_letters(other) != _letters(word))
    found = compare_ethnicity(other, word)
    assert found.agreement not in FULL or {_letters(other), _letters(word)} <= SPELLINGS


def _letters(text: str) -> str:
    return "".join(c for c in canonical_i(text) if c.isalnum())


@PROPERTIES
@given(st.sampled_from(["nam", "nữ", "male", "female", "Nam", "Nữ"]), st.sampled_from(["male", "female"]))
def test_a_sex_is_the_same_or_the_other(paper: str, record: str) -> None:
    men = {"nam", "male"}
    same = (paper.casefold() in men) == (record in men)
    assert (compare_sex(paper, record).agreement in FULL) == same
    assert compare_nationality(paper, "Việt Nam").agreement not in FULL


# -- addresses ----------------------------------------------------------------------------------------------


@cache
def places() -> tuple[Place, ...]:
    """Real communes that went whole into one of today."""
    return all_places()


ADDRESSES = st.tuples(
    st.integers(0, 10_000), HAMLETS, st.sampled_from(list(Era)), st.booleans(), st.booleans()
)


def _written(drawn: tuple[int, str, Era, bool, bool]) -> tuple[str, str]:
    """An address in an old or a new form, and the record's of the same place."""
    number, hamlet, era, prefixed, recorded = drawn
    place = places()[number % len(places())]
    return hamlet + place.written(era, prefixed=prefixed), hamlet + place.written(Era.NEW, prefixed=recorded)


@PROPERTIES
@given(ADDRESSES, EDITS)
def test_an_address_with_a_letter_changed_is_never_the_same(
    drawn: tuple[int, str, Era, bool, bool], edit: tuple[int, str, int]
) -> None:
    paper, record = _written(drawn)
    other = changed(paper, *edit)
    assume(canonical_i(other) != canonical_i(paper) and canonical_i(other) != canonical_i(record))
    assume([w for w in _words(other) if w not in _words(paper)])
    assert compare_addresses(other, record).agreement not in FULL


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in canonical_i(text)).split()


@PROPERTIES
@given(ADDRESSES, st.sampled_from([str.upper, str.lower]), st.sampled_from(["NFC", "NFD"]))
def test_form_and_case_of_an_address_never_matter(
    drawn: tuple[int, str, Era, bool, bool], case: object, form: str
) -> None:
    paper, record = _written(drawn)
    assert callable(case)
    written = unicodedata.normalize("NFD" if form == "NFD" else "NFC", case(paper))
    plain, changed_form = compare_addresses(paper, record), compare_addresses(written, record)
    assert changed_form == plain or {changed_form.agreement, plain.agreement} == set(FULL)


@PROPERTIES
@given(ADDRESSES, ADDRESSES)
def test_places_in_two_communes_are_never_the_same(
    one: tuple[int, str, Era, bool, bool], other: tuple[int, str, Era, bool, bool]
) -> None:
    mine, theirs = (places()[drawn[0] % len(places())] for drawn in (one, other))
    assume(mine.commune_code != theirs.commune_code)
    assert compare_addresses(_written(one)[0], _written(other)[1]).agreement not in FULL
