"""When a value is sure (interface.md, "Sure means"), one rule a test."""

import pytest

from ocr.model import Box
from tests.builders import profile
from verification.extraction import Field, Reading
from verification.layout import Candidate
from verification.settle import settle

NUMBER = "001320012345"
OTHER = "001320012346"
THIRD = "001320012347"


def said(by: str, value: str, *, parsed: bool = True, checked: bool = True, look: int = 1) -> Candidate:
    return Candidate(Reading(by, value, 0.9, 1, Box(0, 0, 10, 10)), parsed, checked, look)


def settled(*candidates: Candidate, name: str = "personal_number") -> Field:
    spec = profile("citizen_card_2021_front").field(name)
    assert spec is not None
    return settle(spec, candidates)


def verdict(*candidates: Candidate, name: str = "personal_number") -> tuple[str | None, bool]:
    found = settled(*candidates, name=name)
    return found.value, found.sure


def test_two_readers_that_agree_are_sure() -> None:
    assert verdict(said("asternet", NUMBER), said("tesseract", NUMBER)) == (NUMBER, True)


@pytest.mark.parametrize("by", ["asternet", "tesseract", "text_layer"])
def test_one_reader_of_print_is_never_sure(by: str) -> None:
    assert verdict(said(by, NUMBER)) == (NUMBER, False)


def test_the_same_reader_twice_is_one() -> None:
    assert verdict(said("asternet", NUMBER), said("asternet", NUMBER)) == (NUMBER, False)


def test_two_readers_that_differ_are_unsure() -> None:
    assert not settled(said("asternet", NUMBER), said("tesseract", OTHER)).sure


@pytest.mark.parametrize("zone", ["qr", "mrz", "barcode"])
def test_a_machine_zone_alone_is_sure(zone: str) -> None:
    assert verdict(said(zone, NUMBER)) == (NUMBER, True)


def test_a_zone_without_a_check_digit_alone_is_unsure() -> None:
    found = verdict(said("mrz", "NGUYEN THI MAU", checked=False), name="full_name")
    assert found == ("NGUYEN THI MAU", False)


def test_a_zone_and_a_reader_that_agree_are_sure() -> None:
    assert verdict(said("qr", NUMBER), said("asternet", NUMBER)) == (NUMBER, True)


def test_a_zone_that_one_reader_contradicts_is_unsure() -> None:
    assert not settled(said("qr", NUMBER), said("asternet", OTHER)).sure


def test_a_zone_beside_print_that_no_reader_could_read_is_unsure() -> None:
    assert verdict(said("qr", NUMBER), said("asternet", "0O13…", parsed=False)) == (NUMBER, False)


def test_a_zone_outweighs_no_two_readers() -> None:
    found = settled(said("asternet", NUMBER), said("tesseract", NUMBER), said("qr", OTHER))
    assert (found.value, found.sure) == (NUMBER, False)


def test_two_readers_that_the_text_layer_contradicts_are_unsure() -> None:
    found = settled(said("asternet", NUMBER), said("tesseract", NUMBER), said("text_layer", OTHER))
    assert not found.sure


def test_a_text_layer_and_a_reader_that_agree_are_two_means() -> None:
    assert verdict(said("asternet", NUMBER), said("text_layer", NUMBER)) == (NUMBER, True)


def test_one_reader_of_print_does_not_outweigh_two_means() -> None:
    found = settled(said("qr", NUMBER), said("asternet", NUMBER), said("tesseract", OTHER))
    assert (found.value, found.sure) == (NUMBER, True)


def test_two_pairs_that_contradict_each_other_are_unsure() -> None:
    pairs = [
        said("asternet", NUMBER),
        said("tesseract", NUMBER),
        said("qr", OTHER),
        said("text_layer", OTHER),
    ]
    assert not settled(*pairs).sure
    assert not settled(*reversed(pairs)).sure


def test_three_readings_of_which_none_agree_are_unsure() -> None:
    assert not settled(said("asternet", NUMBER), said("tesseract", OTHER), said("qr", THIRD)).sure


def test_a_value_of_a_wrong_form_is_shown_and_never_sure() -> None:
    found = settled(said("asternet", "0O13", parsed=False), said("tesseract", "0O13", parsed=False))
    assert (found.value, found.sure) == ("0O13", False)
    assert len(found.readings) == 2


def test_a_label_with_nothing_behind_it_gives_a_field_without_value() -> None:
    assert settled() == Field("personal_number", None, False, ())


def test_case_and_tone_placement_do_not_part_two_readings() -> None:
    found = verdict(
        said("asternet", "NGUYỄN THUÝ HOÀ"), said("tesseract", "Nguyễn Thúy Hòa"), name="full_name"
    )
    assert found == ("NGUYỄN THUÝ HOÀ", True)


@pytest.mark.parametrize("other", ["NGUYỄN THI MẪU", "NGUYỄN THỊ MAU", "NGUYỄN THỊ MẨU", "NGUYÊN THỊ MẪU"])
def test_one_diacritic_parts_two_readings(other: str) -> None:
    assert not settled(said("asternet", "NGUYỄN THỊ MẪU"), said("tesseract", other), name="full_name").sure


def test_the_value_is_written_as_the_print_has_it() -> None:
    found = settled(said("qr", "Nguyễn Thị Mẫu"), said("tesseract", "NGUYỄN THỊ MẪU"), name="full_name")
    assert found.value == "NGUYỄN THỊ MẪU"


def test_a_lost_capital_does_not_show() -> None:
    found = settled(said("asternet", "NGUYỄN THỊ mẪU"), said("tesseract", "NGUYỄN THỊ MẪU"), name="full_name")
    assert found.value == "NGUYỄN THỊ MẪU"


def test_all_readings_are_kept() -> None:
    found = settled(said("asternet", NUMBER), said("tesseract", OTHER), said("qr", THIRD))
    assert [r.value for r in found.readings] == [NUMBER, OTHER, THIRD]


@pytest.mark.parametrize(("name", "sure"), [("NGÔ THỊ HIỀN", False), ("NGÔ THỊ NGỌC", True), ("Y NHỚ", True)])
def test_small_marks_on_an_unclear_page_are_not_sure_by_print_alone(name: str, sure: bool) -> None:
    spec = profile("citizen_card_2021_front").field("full_name")
    assert spec is not None
    both = [said("asternet", name), said("tesseract", name)]
    assert settle(spec, both, unclear={1}).sure is sure
    assert settle(spec, both, unclear={2}).sure
    assert settle(spec, [*both, said("qr", name.title())], unclear={1}).sure


def test_a_second_look_may_confirm_a_first_one_and_not_another_second_one() -> None:
    first = [said("tesseract", OTHER), said("asternet", NUMBER)]
    assert settled(*first, said("tesseract", NUMBER, look=2)).sure
    neither = [said("tesseract", OTHER), said("asternet", THIRD)]
    assert not settled(*neither, said("tesseract", NUMBER, look=2), said("asternet", NUMBER, look=2)).sure


def test_a_second_look_is_no_second_reader() -> None:
    assert not settled(said("tesseract", NUMBER), said("tesseract", NUMBER, look=2)).sure


def test_a_reading_that_a_second_look_repeats_is_told_once() -> None:
    found = settled(said("tesseract", NUMBER), said("asternet", OTHER), said("tesseract", NUMBER, look=2))
    assert [(r.by, r.value) for r in found.readings] == [("tesseract", NUMBER), ("asternet", OTHER)]


def test_an_agreement_that_no_second_look_confirms_is_not_sure() -> None:
    agreed = [said("tesseract", NUMBER), said("asternet", NUMBER)]
    again = [said("tesseract", OTHER, look=2), said("asternet", THIRD, look=2)]
    assert not settled(*agreed, *again).sure
    assert settled(*agreed, again[0], said("asternet", NUMBER, look=2)).sure
