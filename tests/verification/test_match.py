"""Fields and records compared: the key that is asked with, which records fit, which fields pass."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import (
    NOW,
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    certified_birth_page,
    marriage_row,
    paper_on,
    papers_on,
    profile,
)
from tests.desk import Desk
from verification.agreement import Agreement
from verification.extraction import Extraction, Field
from verification.match import Question, compare, fitting, merged, merged_profile, not_asked, question
from verification.matching import Comparison, Found
from verification.records import parse_row
from verification.source import Snapshot, Source, SourceName, SourceRecord
from verification.source_profile import shipped_sources, source_of, with_own_sources

BIRTH = profile("birth_certificate")


def source(name: str) -> Source:
    found = source_of(name, shipped_sources())
    assert found is not None
    return found


def record(row: dict[str, object], name: str = "civil_status") -> SourceRecord:
    return parse_row(row, source(name), as_of=datetime(2026, 11, 24, tzinfo=UTC)).record


def fields(*papers: Extraction) -> dict[str, Field]:
    return merged(papers)


def compared(paper: Extraction, row: dict[str, object]) -> dict[str, Comparison]:
    found = compare(fields(paper), BIRTH.fields, record(row))
    return {c.field: c for c in found}


# -- the key ---------------------------------------------------------------------------------------


def asked(paper: Extraction) -> Question:
    return question(fields(paper), BIRTH)


def test_a_paper_is_asked_about_by_number_and_by_name_with_birth_date() -> None:
    assert asked(paper_on(birth_page())) == Question("001320012345", True, "nguyenthimau", "2020-03-02", True)


def test_a_paper_without_a_number_is_asked_about_by_name() -> None:
    found = asked(paper_on(birth_page(personal_number="")))
    assert (found.number, found.number_sure, found.name_sure) == (None, False, True)


def test_a_year_alone_is_no_key() -> None:
    found = asked(paper_on(birth_page(date_of_birth="2020", in_words="")))
    assert (found.name_key, found.birth_date, found.name_sure) == (None, None, False)


@pytest.mark.parametrize("misread", ["full_name", "date_of_birth"])
def test_a_name_key_is_as_sure_as_its_weaker_half(misread: str) -> None:
    other = {"full_name": "NGUYỄN THI MẪU", "date_of_birth": "02/08/2020"}[misread]
    page = birth_page(tesseract={misread: other}, in_words="")
    assert not asked(paper_on(page)).name_sure


# -- which records fit -------------------------------------------------------------------------------


def test_a_marriage_never_answers_for_a_birth() -> None:
    birth, marriage = record(birth_row()), record(marriage_row())
    assert fitting((birth, marriage), BIRTH) == (birth,)


def test_a_source_that_was_never_loaded_is_not_configured() -> None:
    assert not_asked(source("population"), None, NOW) is Found.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("hours", "found"),
    [(-0.1, Found.SOURCE_STALE), (-0.08, None), (47.9, None), (48, None), (48.1, Found.SOURCE_STALE)],
)
def test_a_snapshot_past_its_limit_or_of_a_time_to_come_is_stale(hours: float, found: Found | None) -> None:
    snapshot = Snapshot(SourceName("population"), 1, NOW - timedelta(hours=hours), 1)
    assert not_asked(source("population"), snapshot, NOW) is found


# -- fields --------------------------------------------------------------------------------------------


def test_every_field_that_stands_on_either_side_is_compared() -> None:
    found = compared(paper_on(birth_page(number="")), birth_row(without=("child.ethnicity",)))
    assert found["number"].agreement is Agreement.MISSING_ON_PAPER
    assert found["ethnicity"].agreement is Agreement.MISSING_IN_RECORD
    assert "mother_residence" not in found


def test_a_field_that_papers_may_lack_passes_when_its_label_is_not_there() -> None:
    found = compared(paper_on(birth_page(personal_number="")), birth_row())
    assert found["personal_number"].passes


def test_a_label_with_nothing_legible_behind_it_never_passes() -> None:
    found = compared(paper_on(birth_page(personal_number="............")), birth_row())
    assert not found["personal_number"].passes


def test_a_field_of_the_paper_that_the_record_lacks_does_not_pass() -> None:
    found = compared(paper_on(birth_page()), birth_row(without=("child.ethnicity",)))
    assert not found["ethnicity"].passes


def test_an_unsure_field_does_not_pass_though_it_agrees() -> None:
    found = compared(paper_on(birth_page(tesseract={"mother_full_name": "TRẦN THI THỬ"})), birth_row())
    comparison = found["mother_full_name"]
    assert (comparison.agreement, comparison.passes) == (Agreement.EXACT, False)


def test_a_parents_year_passes_under_the_rule_the_profile_names() -> None:
    comparison = compared(paper_on(birth_page()), birth_row())["mother_date_of_birth"]
    assert (comparison.rule, comparison.passes) == ("year_only", True)


def test_the_childs_year_alone_does_not_pass() -> None:
    comparison = compared(paper_on(birth_page(date_of_birth="2020", in_words="")), birth_row())[
        "date_of_birth"
    ]
    assert (comparison.agreement, comparison.passes) == (Agreement.PARTIAL, False)


def test_no_rule_of_a_profile_lets_an_identity_field_pass_in_part() -> None:
    spec = BIRTH.field("date_of_birth")
    assert spec is not None
    lenient = replace(spec, partial=("year_only",))
    read = {"date_of_birth": Field("date_of_birth", "2020", True, ())}
    (comparison,) = compare(read, (lenient,), record(birth_row()))
    assert (comparison.rule, comparison.passes) == ("year_only", False)


def test_an_unaccented_name_does_not_pass() -> None:
    comparison = compared(paper_on(birth_page(full_name="NGUYEN THI MAU")), birth_row())["full_name"]
    assert (comparison.rule, comparison.passes) == ("unaccented", False)


def test_an_agency_is_compared_by_its_place() -> None:
    spec = BIRTH.field("registered_at")
    assert spec is not None
    row = birth_row(registered_at="Ủy ban nhân dân xã Thư Lâm, thành phố Hà Nội")
    read = {"registered_at": Field("registered_at", "UBND xã Thụy Lâm, huyện Đông Anh, Hà Nội", True, ())}
    (comparison,) = compare(read, (spec,), record(row))
    assert (comparison.rule, comparison.passes) == ("commune_merge_2025", True)


def test_an_old_number_on_the_paper_is_that_of_the_record() -> None:
    spec = profile("citizen_card_2021_front").field("personal_number")
    assert spec is not None
    read = {"personal_number": Field("personal_number", "012345678", True, ())}
    (comparison,) = compare(read, (spec,), record(card_row(), "population"))
    assert (comparison.agreement, comparison.rule) == (Agreement.EQUIVALENT, "old_number")


@pytest.mark.parametrize("number", ["012345678", "112345678"])
def test_any_of_the_old_numbers_will_do(number: str) -> None:
    spec = profile("citizen_card_2021_front").field("old_id_number")
    assert spec is not None
    row = card_row(old_id_numbers="012345678|112345678")
    read = {"old_id_number": Field("old_id_number", number, True, ())}
    (comparison,) = compare(read, (spec,), record(row, "population"))
    assert comparison.agreement is Agreement.EXACT


def test_an_old_number_of_the_holder_is_no_number_of_a_licence() -> None:
    own = source_of(
        "driving_licence", with_own_sources('[driving_licence.fields]\nold_id_numbers = "list"\n')
    )
    spec = profile("driving_licence").field("licence_number")
    assert own is not None
    assert spec is not None
    row = {**card_row(), "licence_number": "790123456789"}
    read = {"licence_number": Field("licence_number", "012345678", True, ())}
    (comparison,) = compare(read, (spec,), parse_row(row, own, as_of=NOW).record)
    assert (comparison.agreement, comparison.passes) == (Agreement.DIFFERENT, False)


# -- the sides of a card -------------------------------------------------------------------------------


def test_what_both_sides_say_is_one_field_with_all_readings() -> None:
    both = fields(*papers_on(card_front(), card_back()))
    assert both["personal_number"].sure
    assert {r.by for r in both["personal_number"].readings} >= {"qr", "mrz", "asternet"}


def test_sides_that_contradict_each_other_make_the_field_unsure() -> None:
    front = Field("date_of_birth", "1999-01-01", True, ())
    for other in (
        Field("date_of_birth", "1999-01-02", True, ()),
        Field("date_of_birth", "1999-01-02", False, ()),
    ):
        sides = [_paper(front), _paper(other)]
        assert not fields(*sides)["date_of_birth"].sure
        assert not fields(*reversed(sides))["date_of_birth"].sure


def _paper(field: Field) -> Extraction:
    base = paper_on(card_front())
    return Extraction(base.kind, True, None, (1,), None, (field,))


def test_a_side_that_says_nothing_takes_nothing_away() -> None:
    empty, full = Field("sex", None, False, ()), Field("sex", "female", True, ())
    assert fields(_paper(empty), _paper(full))["sex"] == full
    assert fields(_paper(full), _paper(empty))["sex"] == full


def test_the_unaccented_name_of_the_back_is_as_sure_as_the_name_in_front() -> None:
    unaccented = Field("full_name_unaccented", "NGUYEN THI MAU", False, ())
    name = Field("full_name", "NGUYỄN THỊ MẪU", True, ())
    other = Field("full_name", "NGUYỄN THỊ MÂY", True, ())
    assert fields(_paper(unaccented), _paper(name))["full_name_unaccented"].sure
    assert not fields(_paper(unaccented), _paper(other))["full_name_unaccented"].sure


def test_the_profiles_of_both_sides_are_one_list_of_fields() -> None:
    front, back = profile("citizen_card_2021_front"), profile("citizen_card_2021_back")
    names = [spec.name for spec in merged_profile((front, back))]
    assert len(names) == len(set(names))
    assert set(names) == {f.name for p in (front, back) for f in p.fields}
    personal = next(s for s in merged_profile((front, back)) if s.name == "personal_number")
    assert personal == front.field("personal_number")


# -- asking ------------------------------------------------------------------------------------------------


def found_by(desk: Desk, **changes: str) -> tuple[Found, bool]:
    match = desk.check(birth_page(changes)).assessment.match
    assert match is not None
    return match.found, match.key_sure


def test_a_sure_number_finds_the_record(loaded: Desk) -> None:
    assert found_by(loaded) == (Found.ONE, True)


def test_a_sure_name_with_birth_date_finds_the_record(loaded: Desk) -> None:
    assert found_by(loaded, personal_number="") == (Found.ONE, True)


def test_the_records_are_asked_by_the_surest_key_first(loaded: Desk) -> None:
    match = loaded.check(birth_page(tesseract={"personal_number": "001320012344"})).assessment.match
    assert match is not None
    assert (match.found, match.key_sure) == (Found.ONE, True)


def test_a_paper_that_says_nothing_to_ask_with_has_no_key(loaded: Desk) -> None:
    assert found_by(loaded, personal_number="", full_name="") == (Found.NO_KEY, False)


def test_two_births_of_one_name_and_day_are_several(loaded: Desk) -> None:
    twin = birth_row(record_id="KS-2020-16", child__personal_number="001320099999")
    loaded.load("civil_status", twin)
    assert found_by(loaded, personal_number="") == (Found.SEVERAL, True)


def test_the_number_of_a_wife_never_answers_for_a_birth(desk: Desk) -> None:
    desk.load("civil_status", marriage_row())
    assert found_by(desk) == (Found.NONE, True)


def test_a_certified_copy_is_compared_as_the_paper_it_was_made_from(loaded: Desk) -> None:
    match = loaded.check(certified_birth_page()).assessment.match
    assert match is not None
    assert (match.source, match.found) == ("civil_status", Found.ONE)


def test_every_question_is_logged_with_who_and_why(loaded: Desk) -> None:
    loaded.check(birth_page())
    (look_up,) = loaded.database.access_log.about(SourceName("civil_status"), "KS-2020-15")
    assert (look_up.officer, look_up.purpose, look_up.key) == ("test", "2.000815", "number")
    assert {"full_name", "date_of_birth", "mother_full_name"} <= set(look_up.fields)
    assert "father_residence" not in look_up.fields
