"""What the normaliser makes one, and what it must keep apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.agreement import Agreement, Compared
from verification.normalise import (
    canonical,
    canonical_i,
    fold,
    is_unaccented,
    name_key,
    same_name,
)

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặềếểễệồốổỗộờớởỡợừứửữựỳýỷỹỵĐÐ’' -", max_size=30
)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("hoà", "hòa", "tone_placement"),
        ("Thuỵ", "Thụy", "tone_placement"),
        ("THUỶ", "Thủy", "tone_placement"),
        ("qúy", "quý", "tone_placement"),
        ("Toạ", "Tọa", "tone_placement"),
        ("Khoẻ", "Khỏe", "tone_placement"),
        ("Ðỗ Văn An", "Đỗ Văn An", "lookalike"),
        ("Ɖỗ Văn An", "Đỗ Văn An", "lookalike"),
        ("H’Hen", "H'Hen", "apostrophe"),
        ("Hʼ Hen", "H' Hen", "apostrophe"),
        ("Ðặng Hoà", "Đặng Hòa", "tone_placement"),
    ],
)
def test_two_writings_of_one_name_are_equivalent_by_a_named_rule(one: str, other: str, rule: str) -> None:
    assert same_name(one, other) == Compared(Agreement.EQUIVALENT, rule)
    assert same_name(other, one) == Compared(Agreement.EQUIVALENT, rule)
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("paper", "record"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        (" Nguyễn  Văn\u00a0An\n", "Nguyễn Văn An"),
        ("Nguyễn\u200b Văn An", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoè"), "Nguyễn Thị Hoè"),
        ("Y", "y"),
    ],
)
def test_case_space_and_unicode_form_are_exact(paper: str, record: str) -> None:
    assert same_name(paper, record) == Compared(Agreement.EXACT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khuê", "Khuề"),
        ("Hùng", "Hưng"),
        ("Sa Pà", "Sa Pả"),
        ("Thạnh An", "Thành An"),
        ("Thúy", "Thúi"),
        ("Mai", "May"),
        ("Nguyễn Van An", "Nguyễn Văn An"),
        ("Hoàng", "Hoang Đỗ"),
        ("Đan", "Dân"),
    ],
)
def test_one_letter_is_another_person(one: str, other: str) -> None:
    assert same_name(one, other) == Compared(Agreement.DIFFERENT)


@pytest.mark.parametrize(
    ("one", "other"), [("Lý", "Lí"), ("Mỹ", "Mĩ"), ("Quý", "Quí"), ("Nguyễn Vỹ", "Nguyễn Vĩ")]
)
def test_i_and_y_are_for_an_officer(one: str, other: str) -> None:
    assert same_name(one, other) == Compared(Agreement.PARTIAL, "i_y")
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("paper", "record"),
    [("NGUYEN VAN AN", "Nguyễn Văn An"), ("Sa Pa", "Sa Pả"), ("Đỗ Thị Hòa", "DO THI HOA")],
)
def test_a_name_without_accents_never_agrees_in_full(paper: str, record: str) -> None:
    assert same_name(paper, record) == Compared(Agreement.PARTIAL, "unaccented")


def test_i_and_y_stay_apart_where_they_are_two_sounds() -> None:
    assert canonical_i("Thúy Nguyệt Huyền Hay") == canonical("Thúy Nguyệt Huyền Hay")


def test_the_key_of_an_index_is_the_same_for_every_writing() -> None:
    assert {name_key(name) for name in ("H’Hen Niê", "H'HEN NIE", "h hen  niê")} == {"hhennie"}


@given(st.text(max_size=40))
def test_canonical_is_idempotent_on_any_text(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    apart, together = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert canonical(apart) == canonical(together)
    assert same_name(apart, together).agreement is Agreement.EXACT


@given(VIETNAMESE)
def test_folding_takes_the_accents_and_nothing_else(text: str) -> None:
    assert fold(canonical(text)) == fold(text)
    assert fold(fold(text)) == fold(text)
    assert is_unaccented(fold(text))
    assert len(fold(text)) == len(canonical(text))


@given(VIETNAMESE, VIETNAMESE)
def test_agreement_does_not_depend_on_the_side(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
