"""The numbers of one paper in; those that cannot be, or that say otherwise than the paper, out.

A personal number names sex, century and year of birth and the province of the first registration (domain.md
2.1); a corrected civil status may contradict it lawfully, so all of this is for an officer.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from verification.contradiction import Contradiction, ReadPaper
from verification.normalise import fold, name_key
from verification.personal_number import (
    PROVINCES_OF_REGISTRATION,
    contradictions,
    parse_personal_number,
)
from verification.places import parse_places, province_of_code

_PERSONAL: Final = re.compile(r"(?<!\d)\d{12}(?!\d)")
_CARD_SHOWN: Final = re.compile(r"(?:can cuoc|cccd|dinh danh)\D*(\d{12})(?!\d)")

_HOLDERS: Final = (("", None), ("owner_", None), ("wife_", "female"), ("husband_", "male"))
"""Whose number: the prefix of the fields, and the sex where the place on the form tells it."""

_FORMS: Final = (
    ("driving_licence", "licence_number", re.compile(r"\d{12}")),
    # One letter or two and six digits; two and eight since 2025 (TT 10/2024/TT-BTNMT).
    ("land_certificate", "serial_number", re.compile(r"[A-ZĐ]{1,2}\d{6}|[A-ZĐ]{2}\d{8}")),
)
_TAX_NUMBER: Final = re.compile(r"(\d{9})(\d)(?:-\d{3})?")
_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Of the nine digits; the tenth is ten less their weighted sum modulo eleven (domain.md 2.11)."""

_YEAR_IN_NUMBER: Final = re.compile(r"\d{1,6}/((?:19|20)\d{2})")
_NUMBERED: Final = (("registration_number", "registered_on"),)
_NUMBERED_BY_KIND: Final = {
    "birth_certificate": (("number", "registered_on"),),
    "marriage_certificate": (("number", "registered_on"),),
}
"""Books of civil status are numbered anew every year, and the number names it (TT 04/2020/TT-BTP)."""

_PROVINCE_STATED: Final = {
    "birth_certificate": "registered_at",
    "citizen_card_2024_back": "place_of_birth_registration",
}
_HEAD_THEMSELVES: Final = "chu ho"


def numbers_that_cannot_be(paper: ReadPaper) -> Iterator[Contradiction]:
    """1. Personal numbers beside sex and birth. 2. One person's number in two places. 3. Forms, check
    digits, years. 4. The head of the household. 5. The province (a note)."""
    yield from _personal_numbers(paper)
    yield from _same_person(paper)
    yield from _forms(paper)
    yield from _tax_number(paper)
    yield from _years(paper)
    yield from _head(paper)
    yield from _province(paper)


def _personal_numbers(paper: ReadPaper) -> Iterator[Contradiction]:
    for holder, known_sex in _HOLDERS:
        for name, number in _numbers_of(paper, holder):
            sex = known_sex or paper.value(f"{holder}sex")
            wrong = contradictions(
                number, sex=sex, birth_date=paper.day(f"{holder}date_of_birth"), today=paper.today
            )
            if wrong == ("form",):
                yield Contradiction("PERSONAL_NUMBER_IMPOSSIBLE", (name,), paper.titles(field=name))
            elif wrong:
                fields = {"sex": f"{holder}sex", "birth_year": f"{holder}date_of_birth"}
                yield Contradiction("PERSONAL_NUMBER_CONTRADICTS", (name, *(fields[w] for w in wrong)))
    head = paper.value("head_personal_number") or ""
    if _PERSONAL.fullmatch(head) and parse_personal_number(head, latest_year=paper.today.year) is None:
        words = paper.titles(field="head_personal_number")
        yield Contradiction("PERSONAL_NUMBER_IMPOSSIBLE", ("head_personal_number",), words)


def _numbers_of(paper: ReadPaper, holder: str) -> Iterator[tuple[str, str]]:
    """Fields that hold a personal number of this person, with the number."""
    name = f"{holder}personal_number"
    number = paper.value(name) or ""
    if _PERSONAL.fullmatch(number):
        yield name, number
    shown = f"{holder}identity_paper"
    if found := _CARD_SHOWN.search(fold(paper.value(shown) or "")):
        yield shown, found[1]


def _same_person(paper: ReadPaper) -> Iterator[Contradiction]:
    for first, second in combinations(_numbers_of(paper, ""), 2):
        if first[1] != second[1]:
            yield _differ(paper, first[0], second[0])
    business, owner = paper.value("number") or "", paper.value("owner_personal_number") or ""
    both = _PERSONAL.fullmatch(business) and _PERSONAL.fullmatch(owner)
    if both and business != owner:  # twelve digits are the owner's (NĐ 168/2025/NĐ-CP)
        yield _differ(paper, "number", "owner_personal_number")


def _differ(paper: ReadPaper, first: str, second: str) -> Contradiction:
    return Contradiction("NUMBERS_DIFFER", (first, second), paper.titles(first=first, second=second))


def _forms(paper: ReadPaper) -> Iterator[Contradiction]:
    for kind, name, form in _FORMS:
        value = paper.value(name)
        if paper.kind == kind and value and not form.fullmatch(value.replace(" ", "").upper()):
            yield Contradiction("NUMBER_FORM_WRONG", (name,), paper.titles(field=name))


def _tax_number(paper: ReadPaper) -> Iterator[Contradiction]:
    if paper.kind != "household_business_certificate":
        return
    found = _TAX_NUMBER.fullmatch(paper.value("number") or "")
    if found is None:
        return
    total = sum(int(digit) * weight for digit, weight in zip(found[1], _TAX_WEIGHTS, strict=True))
    if 10 - total % 11 != int(found[2]):
        yield Contradiction("NUMBER_CHECK_DIGIT_WRONG", ("number",), paper.titles(field="number"))


def _years(paper: ReadPaper) -> Iterator[Contradiction]:
    for number, at in paper.pairs((*_NUMBERED, *_NUMBERED_BY_KIND.get(paper.kind, ()))):
        found, day = _YEAR_IN_NUMBER.fullmatch(paper.value(number) or ""), paper.day(at)
        if found and day and int(found[1]) != day.year:
            yield Contradiction("NUMBER_YEAR_DIFFERS", (number, at), paper.titles(first=number, second=at))
    book, day = paper.value("certification_book"), paper.day("registered_on") or paper.day("issued_on")
    found = re.match(r"\d+/((?:19|20)\d{2})(?!\d)", book or "")
    if found and day and not day.year <= int(found[1]) <= paper.today.year:
        yield Contradiction("NUMBER_YEAR_DIFFERS", ("certification_book",), _BOOK)


_BOOK: Final = {
    "first": "quyển số chứng thực",
    "first_en": "certification book",
    "second": "ngày của bản chính",
    "second_en": "the date of the original",
}


def _head(paper: ReadPaper) -> Iterator[Contradiction]:
    """Who is the head of their own household has one name and one number; one number is one person."""
    relation = paper.value("head_relation")
    if relation is None:
        return
    oneself = fold(relation) == _HEAD_THEMSELVES
    numbers, names = ("personal_number", "head_personal_number"), ("full_name", "head_full_name")
    same = [_same(paper, *pair) for pair in (numbers, names)]
    if (oneself and False in same) or (not oneself and same[0]):
        yield Contradiction("HEAD_CONTRADICTS", (*numbers, *names, "head_relation"))


def _same(paper: ReadPaper, first: str, second: str) -> bool | None:
    ours, theirs = paper.value(first), paper.value(second)
    return name_key(ours) == name_key(theirs) if ours and theirs else None


def _province(paper: ReadPaper) -> Iterator[Contradiction]:
    """The province of the first registration beside the one stated, both as they are today."""
    name = _PROVINCE_STATED.get(paper.kind, "")
    number, stated = paper.value("personal_number") or "", paper.value(name)
    if stated is None or number[:3] not in PROVINCES_OF_REGISTRATION:
        return
    own = province_of_code(number[1:3])
    places = {province for place in parse_places(stated) for province in place.provinces}
    if own and places and not places & own.provinces:
        yield Contradiction("PERSONAL_NUMBER_PROVINCE", ("personal_number", name), paper.titles(field=name))
