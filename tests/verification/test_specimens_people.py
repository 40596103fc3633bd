"""Invented people: numbers that fit, names of every make, dates in words."""

import unicodedata
from datetime import date

import pytest

from verification.specimens import Cohort, Person, family
from verification.specimens.names import Sex
from verification.specimens.places import Era, all_places, place_named
from verification.specimens.wording import date_in_words, unaccented

PEOPLE: tuple[Person, ...] = tuple(
    person
    for seed in range(700)
    for cohort in (Cohort.GROWN, Cohort.INFANT)
    for person in (family(seed, cohort).child, family(seed, cohort).mother)
)


def test_a_personal_number_fits_province_sex_and_year() -> None:
    for person in PEOPLE:
        number, born = person.personal_number, person.date_of_birth
        assert len(number) == 12
        assert number[:3] == person.place_of_registration.birth_code
        assert number[4:6] == f"{born.year % 100:02d}"
        assert int(number[3]) == (born.year // 100 - 19) * 2 + (person.sex is Sex.FEMALE)


def test_an_old_number_has_nine_digits_and_no_child_has_one() -> None:
    numbers = [person.old_id_number for person in PEOPLE if person.old_id_number]
    assert {len(number) for number in numbers} == {9}
    assert all(person.old_id_number is None for person in PEOPLE if person.date_of_birth.year > 2001)


def test_parents_are_grown_when_a_child_is_born() -> None:
    for seed in range(200):
        people = family(seed, Cohort.SCHOOL)
        assert people.child.date_of_birth.year - people.mother.date_of_birth.year >= 19


def test_names_hold_every_tone_and_names_of_every_make() -> None:
    names = [person.full_name for person in PEOPLE]
    letters = unicodedata.normalize("NFD", " ".join(names))
    assert all(tone in letters for tone in "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
    assert any(name.startswith("Y ") for name in names)
    assert any("H'" in name for name in names)
    assert any("K'" in name for name in names)
    assert any(" " not in name for name in names)
    assert any(name.startswith("Đ") for name in names)
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert len(set(names)) > 0.9 * len(names)


def test_every_old_province_is_in_the_table_and_the_known_merge_is_right() -> None:
    assert len({place.birth_code for place in all_places()}) == 63
    place = place_named("Thụy Lâm")
    assert place.written(Era.OLD, prefixed=False) == "Thụy Lâm, Đông Anh, Hà Nội"
    assert place.written(Era.NEW, prefixed=True) == "xã Thư Lâm, thành phố Hà Nội"


def test_a_numbered_ward_is_never_written_without_its_kind() -> None:
    ward = place_named("Phường 7")
    assert ward.written(Era.OLD, prefixed=True) == "phường 7, thành phố Đà Lạt, tỉnh Lâm Đồng"
    assert ward.written(Era.OLD, prefixed=False) == "Phường 7, Đà Lạt, Lâm Đồng"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1999, 1, 21), "Ngày hai mươi mốt tháng một năm một nghìn chín trăm chín mươi chín"),
        (date(2005, 4, 15), "Ngày mười lăm tháng tư năm hai nghìn không trăm linh năm"),
        (date(2024, 12, 5), "Ngày năm tháng mười hai năm hai nghìn không trăm hai mươi tư"),
        (date(2000, 10, 10), "Ngày mười tháng mười năm hai nghìn"),
    ],
)
def test_a_date_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


def test_a_spoken_date_says_mung_up_to_the_tenth() -> None:
    assert date_in_words(date(2024, 3, 7), spoken=True).startswith("Ngày mùng bảy tháng ba")
    assert date_in_words(date(2024, 3, 11), spoken=True).startswith("Ngày mười một tháng ba")


def test_an_unaccented_name_is_ascii_capitals() -> None:
    assert unaccented("Đặng Thị H'Ñiu Êban") == "DANG THI HNIU EBAN"
