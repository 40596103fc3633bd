"""What is proposed: the table of domain.md 1.7 row by row, and every condition of NO_COPY_NEEDED alone.

A wrong NO_COPY_NEEDED is the worst fault there is, so each condition is taken away by itself and one letter
of what tells people apart is changed at a time.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.model import PageReading, PageWarning
from signing.trial_pki import TestPki
from tests.builders import (
    BIRTH,
    BIRTH_ROW,
    NOW,
    PROFILES,
    birth_lines,
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    certified_birth_page,
    diploma_page,
    marriage_row,
    page,
    paper_on,
    profile,
    qr,
    texts,
)
from tests.desk import Desk
from verification.assess import Evidence, SignedFile, assess, of_one_group
from verification.assessment import Assessment, Outcome
from verification.match import merged
from verification.matching import Found, RecordMatch
from verification.normalise import canonical
from verification.source import SourceName


def proposed(desk: Desk, *pages: PageReading) -> Outcome:
    return desk.check(*pages).assessment.outcome


def codes(assessment: Assessment) -> set[str]:
    return {reason.code for reason in assessment.reasons}


def said(desk: Desk, *pages: PageReading) -> tuple[Outcome, set[str]]:
    assessment = desk.check(*pages).assessment
    return assessment.outcome, codes(assessment)


# -- the table, row by row ---------------------------------------------------------------------------------


def test_a_paper_whose_record_agrees_needs_no_copy(loaded: Desk) -> None:
    assert said(loaded, birth_page()) == (Outcome.NO_COPY_NEEDED, {"ALL_FIELDS_AGREE"})
    assert said(loaded, card_front()) == (Outcome.NO_COPY_NEEDED, {"ALL_FIELDS_AGREE"})


@pytest.mark.parametrize(
    "changes",
    [
        {"place_of_birth": "Xã Thuỵ Lâm, Đông Anh, Hà Nội"},
        {"full_name": "NGUYỄN  THỊ MẪU"},
        {"ethnicity": "Kinh (Việt)"},
        {"number": "15 / 2020"},
    ],
)
def test_what_differs_in_writing_only_needs_no_copy(loaded: Desk, changes: dict[str, str]) -> None:
    assert proposed(loaded, birth_page(changes)) is Outcome.NO_COPY_NEEDED


def test_a_real_difference_is_for_the_officer(loaded: Desk) -> None:
    outcome, reasons = said(loaded, birth_page(full_name="NGUYỄN THỊ MẬU"))
    assert (outcome, reasons) == (Outcome.OFFICER_REVIEW, {"FIELD_DIFFERS"})


def test_a_sure_key_that_finds_nothing_makes_the_source_unavailable(desk: Desk) -> None:
    desk.load("civil_status", birth_row(child__personal_number="001320000001", child__full_name="Lê Thị Thử"))
    assert said(desk, birth_page()) == (Outcome.SOURCE_UNAVAILABLE, {"RECORD_NOT_FOUND"})


def test_an_unsure_key_that_finds_nothing_is_for_the_officer(desk: Desk) -> None:
    desk.load("civil_status", birth_row(child__personal_number="001320000001", child__full_name="Lê Thị Thử"))
    misread = {"personal_number": "001320012344", "full_name": "NGUYỄN THI MẪU"}
    assert said(desk, birth_page(tesseract=misread)) == (Outcome.OFFICER_REVIEW, {"KEY_UNSURE"})


def test_a_stale_copy_of_the_source_answers_nothing(desk: Desk) -> None:
    desk.load("civil_status", birth_row(), as_of=NOW - timedelta(hours=49))
    assert said(desk, birth_page()) == (Outcome.SOURCE_UNAVAILABLE, {"SOURCE_STALE"})


def test_a_source_that_does_not_answer_is_unavailable() -> None:
    match = RecordMatch(SourceName("civil_status"), None, Found.SOURCE_DOWN)
    found = assess(evidence(match=match))
    assert (found.outcome, codes(found)) == (Outcome.SOURCE_UNAVAILABLE, {"SOURCE_DOWN"})


def test_a_source_that_was_never_loaded_asks_for_certification(desk: Desk) -> None:
    assert said(desk, birth_page()) == (Outcome.CERTIFICATION_NEEDED, {"NO_SOURCE"})


def test_a_kind_that_no_source_knows_asks_for_certification(loaded: Desk) -> None:
    assert said(loaded, diploma_page()) == (Outcome.CERTIFICATION_NEEDED, {"NO_SOURCE"})


def test_a_copy_brought_as_an_original_is_to_be_refused_with_what_the_record_answers(loaded: Desk) -> None:
    outcome, reasons = said(loaded, certified_birth_page())
    assert outcome is Outcome.REFUSAL_PROPOSED
    assert reasons == {"COPY_BROUGHT_AS_ORIGINAL", "RECORD_ANSWERS_INSTEAD", "ALL_FIELDS_AGREE"}


def test_a_copy_that_the_record_contradicts_is_to_be_refused_and_says_so(loaded: Desk) -> None:
    outcome, reasons = said(loaded, certified_birth_page(full_name="NGUYỄN THỊ MẬU"))
    assert outcome is Outcome.REFUSAL_PROPOSED
    assert reasons == {"COPY_BROUGHT_AS_ORIGINAL", "RECORD_DOES_NOT_ANSWER", "FIELD_DIFFERS"}


def test_a_copy_of_something_unknown_is_to_be_refused(loaded: Desk) -> None:
    seen = texts("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Hợp đồng mua bán")
    assert said(loaded, page(seen)) == (Outcome.REFUSAL_PROPOSED, {"COPY_BROUGHT_AS_ORIGINAL"})


def test_an_unknown_paper_is_for_the_officer(loaded: Desk) -> None:
    assert said(loaded, page(texts("Đơn xin nghỉ"))) == (Outcome.OFFICER_REVIEW, {"KIND_UNKNOWN"})


def test_a_validly_signed_file_is_sent_itself() -> None:
    found = assess(evidence(signed=SignedFile(valid=True)))
    assert (found.outcome, codes(found)) == (Outcome.OFFICER_REVIEW, {"ELECTRONIC_ORIGINAL"})


def test_a_file_whose_signature_does_not_hold_is_for_the_officer() -> None:
    found = assess(evidence(signed=SignedFile(valid=False)))
    assert (found.outcome, codes(found)) == (Outcome.OFFICER_REVIEW, {"SIGNED_FILE_INVALID"})


def evidence(*, match: RecordMatch | None = None, signed: SignedFile | None = None) -> Evidence:
    paper, birth = paper_on(birth_page()), profile("birth_certificate")
    return Evidence((paper,), birth, birth.fields, merged((paper,)), None, match, signed)


def test_every_proposal_cites_what_it_rests_on(loaded: Desk) -> None:
    for paper in (birth_page(), certified_birth_page(), diploma_page()):
        assert loaded.check(paper).assessment.reasons[0].legal_basis


# -- each condition of NO_COPY_NEEDED taken away ------------------------------------------------------------

Paper = Callable[[], PageReading]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (lambda: birth_page(tesseract={"title": "G1AV"}), "KIND_UNSURE"),
        (lambda: birth_page(tesseract={"full_name": "NGUYỄN THI MẪU"}), "FIELD_UNSURE"),
        (lambda: birth_page(tesseract={"sex": "Nam"}), "FIELD_UNSURE"),
        (lambda: birth_page(tesseract={"personal_number": "001320012346"}), "FIELD_UNSURE"),
        (lambda: birth_page(full_name="NGUYEN THI MAU"), "FIELD_PARTIAL"),
        (lambda: birth_page(full_name="NGUYỄN THỊ MẬU"), "FIELD_DIFFERS"),
        (lambda: birth_page(full_name="", personal_number=""), "NO_KEY"),
        (lambda: birth_page(full_name=""), "FIELD_NOT_READ"),
        (lambda: birth_page(full_name="........"), "FIELD_NOT_READ"),
        (lambda: birth_page(date_of_birth="03/03/2020", in_words=""), "FIELD_DIFFERS"),
        (lambda: birth_page(date_of_birth="2020", in_words=""), "FIELD_PARTIAL"),
        (lambda: birth_page(sex="Nam", personal_number=""), "FIELD_DIFFERS"),
        (lambda: birth_page(number="16/2020"), "FIELD_DIFFERS"),
        (lambda: birth_page(mother_full_name="TRẦN THỊ THỨ"), "FIELD_DIFFERS"),
        (lambda: birth_page(mother_full_name=""), "FIELD_NOT_READ"),
        (lambda: birth_page(tesseract={"father_full_name": "NGUYỄN VĂN THỨ"}), "FIELD_UNSURE"),
        (lambda: birth_page(mother_year="1991"), "FIELD_DIFFERS"),
        (lambda: birth_page(ethnicity="Tày"), "FIELD_DIFFERS"),
        (lambda: birth_page(place_of_birth="Xã Xuân Nộn, huyện Đông Anh, Hà Nội"), "FIELD_PARTIAL"),
        (lambda: birth_page(place_of_birth="Phường Hàng Bạc, quận Hoàn Kiếm, Hà Nội"), "FIELD_DIFFERS"),
        (lambda: birth_page(place_of_birth="Xã Bịa Đặt, huyện Không Có"), "FIELD_UNDECIDED"),
        (lambda: birth_page(registered_on="11/03/2020"), "FIELD_DIFFERS"),
        (lambda: birth_page(warnings=(PageWarning.TEXT_LAYER_DIFFERS,)), "TEXT_LAYER_DIFFERS"),
        (lambda: birth_page(in_words="Ngày mồng ba tháng ba năm hai nghìn"), "DATE_WORDS_DIFFER"),
    ],
)
def test_a_birth_paper_that_lacks_one_condition_is_for_the_officer(
    loaded: Desk, changed: Paper, reason: str
) -> None:
    outcome, reasons = said(loaded, changed())
    assert outcome is Outcome.OFFICER_REVIEW
    assert reason in reasons


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (birth_row(status="annulled"), "RECORD_NOT_VALID"),
        (birth_row(without=("child.sex",)), "FIELD_NOT_IN_RECORD"),
        (birth_row(without=("child.full_name",)), "FIELD_NOT_IN_RECORD"),
        (birth_row(without=("child.ethnicity",)), "FIELD_NOT_IN_RECORD"),
        (birth_row(child__date_of_birth="2020-03"), "FIELD_PARTIAL"),
        (birth_row(child__full_name="Nguyễn Thị Mậu"), "FIELD_DIFFERS"),
        (birth_row(child__personal_number="001320012346"), "FIELD_DIFFERS"),
        (birth_row(mother__date_of_birth="1991-05-06"), "FIELD_DIFFERS"),
        (birth_row(number="16/2020"), "FIELD_DIFFERS"),
    ],
)
def test_a_record_that_lacks_one_condition_is_for_the_officer(
    desk: Desk, row: dict[str, object], reason: str
) -> None:
    desk.load("civil_status", row)
    outcome, reasons = said(desk, birth_page())
    assert outcome is Outcome.OFFICER_REVIEW
    assert reason in reasons


def test_an_identity_field_that_stands_neither_here_nor_there_is_for_the_officer(desk: Desk) -> None:
    desk.load("civil_status", birth_row(without=("child.sex",)))
    unsexed = page(texts(*(line.replace("Giới tính: Nữ ", "") for line in birth_lines())))
    assert said(desk, unsexed) == (Outcome.OFFICER_REVIEW, {"FIELD_NOT_READ"})


def test_several_records_are_for_the_officer(loaded: Desk) -> None:
    loaded.load("civil_status", birth_row(record_id="KS-2020-16"))
    assert said(loaded, birth_page()) == (Outcome.OFFICER_REVIEW, {"SEVERAL_RECORDS"})


def test_a_corrected_record_still_answers(desk: Desk) -> None:
    desk.load("civil_status", birth_row(status="corrected"))
    assert proposed(desk, birth_page()) is Outcome.NO_COPY_NEEDED


def test_an_unsure_key_that_finds_the_record_is_for_the_officer(loaded: Desk) -> None:
    unsure = birth_page(tesseract={"personal_number": "001320012344", "full_name": "NGUYỄN THI MẪU"})
    outcome, reasons = said(loaded, unsure)
    assert outcome is Outcome.OFFICER_REVIEW
    assert "KEY_UNSURE" in reasons


def test_a_marriage_of_the_same_person_never_makes_a_birth_paper_needless(desk: Desk) -> None:
    desk.load("civil_status", marriage_row())
    assert proposed(desk, birth_page()) is Outcome.SOURCE_UNAVAILABLE


# -- cards --------------------------------------------------------------------------------------------------


def test_both_sides_of_a_card_are_assessed_as_one(loaded: Desk) -> None:
    (assessed,) = loaded.check_all((card_front(), card_back()))
    assert [paper.kind for _, paper in assessed.sides] == [
        "citizen_card_2021_front",
        "citizen_card_2021_back",
    ]
    assert assessed.assessment.outcome is Outcome.NO_COPY_NEEDED


def test_the_sides_may_come_in_two_files(loaded: Desk) -> None:
    (assessed,) = loaded.check_all((card_front(),), (card_back(),))
    assert [number for number, _ in assessed.sides] == [0, 1]


def test_a_card_of_which_one_side_is_not_surely_told_is_for_the_officer(loaded: Desk) -> None:
    (assessed,) = loaded.check_all((card_front(), card_back(other={0: "Đ4c đ13m"})))
    assert [paper.sure for _, paper in assessed.sides] == [True, False]
    assert assessed.assessment.outcome is Outcome.OFFICER_REVIEW
    assert codes(assessed.assessment) == {"KIND_UNSURE"}


@pytest.mark.parametrize(
    "front",
    [
        lambda: card_front(full_name="NGUYỄN THỊ MẬU"),
        lambda: card_front(personal_number="001199012346"),
        lambda: card_front(date_of_birth="02/01/1999"),
        lambda: card_front(sex="Nam"),
        lambda: card_front(residence="Thôn Đoài, Thụy Lâm, Đông Anh, Hà Nội"),
        lambda: card_front(
            code=qr("001199012346", "", "Nguyễn Thị Mẫu", "01011999", "Nữ", "Hà Nội", "01012022")
        ),
    ],
)
def test_a_card_whose_print_and_code_differ_is_for_the_officer(loaded: Desk, front: Paper) -> None:
    assert proposed(loaded, front()) is Outcome.OFFICER_REVIEW


@pytest.mark.parametrize("status", ["deceased", "cancelled"])
def test_a_person_who_is_no_longer_active_is_for_the_officer(desk: Desk, status: str) -> None:
    desk.load("population", card_row(status=status))
    assert said(desk, card_front()) == (Outcome.OFFICER_REVIEW, {"RECORD_NOT_VALID"})


def test_papers_of_no_group_are_assessed_alone() -> None:
    papers = [paper_on(birth_page()), paper_on(diploma_page())]
    assert of_one_group(papers) == [(papers[0],), (papers[1],)]


# -- one letter ---------------------------------------------------------------------------------------------

LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
NAMES = ("full_name", "mother_full_name", "father_full_name")
PLACES = ("place_of_birth", "place_of_origin")
DIGITS = ("personal_number", "date_of_birth", "number")


@pytest.fixture(scope="module")
def one_desk(pki: TestPki) -> Desk:
    """One desk for hundreds of looks: looking keeps nothing but who asked."""
    with TemporaryDirectory() as folder:
        desk = Desk(pki, Path(folder))
        desk.load("civil_status", birth_row())
    return desk


def changed_at(value: str, place: int, letter: str) -> str:
    """One letter of the value another one; what is no letter stays."""
    at = place % len(value)
    return value if not value[at].isalnum() else value[:at] + letter + value[at + 1 :]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(name=st.sampled_from(NAMES), place=st.integers(0, 40), letter=st.sampled_from(LETTERS))
def test_no_paper_with_one_letter_of_a_name_changed_is_needless(
    one_desk: Desk, name: str, place: int, letter: str
) -> None:
    changed = changed_at(BIRTH[name], place, letter)
    if canonical(changed) != canonical(BIRTH[name]):
        assert proposed(one_desk, birth_page({name: changed})) is not Outcome.NO_COPY_NEEDED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(name=st.sampled_from(PLACES), place=st.integers(0, 60), letter=st.sampled_from(LETTERS))
def test_no_paper_with_one_letter_of_a_place_changed_is_needless(
    one_desk: Desk, name: str, place: int, letter: str
) -> None:
    changed = changed_at(BIRTH[name], place, letter)
    if canonical(changed) != canonical(BIRTH[name]):
        assert proposed(one_desk, birth_page({name: changed})) is not Outcome.NO_COPY_NEEDED


@settings(max_examples=80, deadline=None, derandomize=True)
@given(name=st.sampled_from(DIGITS), place=st.integers(0, 20), digit=st.sampled_from("0123456789"))
def test_no_paper_with_one_digit_changed_is_needless(
    one_desk: Desk, name: str, place: int, digit: str
) -> None:
    changed = changed_at(BIRTH[name], place, digit)
    if changed != BIRTH[name]:
        assert proposed(one_desk, birth_page({name: changed}, in_words="")) is not Outcome.NO_COPY_NEEDED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(("child.full_name", "child.personal_number", "child.date_of_birth")),
    place=st.integers(0, 20),
    letter=st.sampled_from("aáeêhiklmnostuư0123456789"),
)
def test_no_record_with_one_letter_changed_makes_a_paper_needless(
    pki: TestPki, name: str, place: int, letter: str
) -> None:
    changed = changed_at(BIRTH_ROW[name], place, letter)
    if canonical(changed) == canonical(BIRTH_ROW[name]):
        return
    with TemporaryDirectory() as folder:
        desk = Desk(pki, Path(folder))
        desk.load("civil_status", birth_row({name: changed}))
        assert proposed(desk, birth_page()) is not Outcome.NO_COPY_NEEDED


def test_the_proof_above_looks_at_every_field_that_tells_people_apart() -> None:
    told = {f.name for p in PROFILES if p.kind == "birth_certificate" for f in p.fields if f.identity}
    assert told - {"sex"} <= {*NAMES, *DIGITS}
