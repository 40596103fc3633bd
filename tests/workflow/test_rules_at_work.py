"""Rules where they act: the day and procedure of a paper reach them, and what they cite is printed."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import msgspec
import pdfplumber
import pytest

from ocr.model import Document
from tests.builders import birth_page, birth_row, card_front, card_row
from tests.desk import REQUEST, Desk, not_needed
from verification.assessment import Assessment, Outcome
from verification.errors import NoLongerAnsweredError
from verification.extraction import Kind
from verification.ports import PaperCase
from verification.rule import Rule, RuleId, shipped_rules
from verification.workflow.check import cross_check, joined, read_file
from verification.workflow.inquire import Purpose

BIRTH = Kind("birth_certificate")
OTHERS = tuple(r for r in shipped_rules() if BIRTH not in r.kinds)
SCHOOL = replace(
    next(r for r in shipped_rules() if r.id == "nq66-birth"),
    id=RuleId("school"),
    procedures=("1.001193",),
    citation_vi="QĐ 12/2026/QĐ-UBND",
    citation_en="Decision 12/2026/QD-UBND",
)


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.load("civil_status", birth_row())
    desk.load("population", card_row())
    return desk


def handed_in(desk: Desk, procedure: str, *rules: Rule) -> PaperCase:
    """A birth paper of a dossier for this procedure, under these rules and no others for birth papers."""
    desk.replace(rules=(*OTHERS, *rules))
    submission = desk.submit(desk.upload(birth_page()), request=replace(REQUEST, procedure=procedure))
    with desk.database.transaction() as tx:
        (paper,) = tx.submissions.papers(submission.id)
    return paper


@pytest.mark.parametrize(
    ("procedure", "outcome", "rule"),
    [
        ("1.001193 Đăng ký khai sinh", Outcome.NO_COPY_NEEDED, "school"),
        ("1.001193.000.00.00.H26", Outcome.NO_COPY_NEEDED, "school"),
        ("2.000815", Outcome.CERTIFICATION_NEEDED, None),
        ("Nhập học", Outcome.CERTIFICATION_NEEDED, None),
        ("", Outcome.CERTIFICATION_NEEDED, None),
    ],
)
def test_the_procedure_of_a_dossier_decides_which_rules_hold(
    office: Desk, procedure: str, outcome: Outcome, rule: str | None
) -> None:
    assessment = handed_in(office, procedure, SCHOOL).assessment
    assert (assessment.outcome, assessment.rule) == (outcome, rule)


def test_what_is_missing_names_day_source_paper_and_procedure(office: Desk) -> None:
    (reason,) = handed_in(office, "2.000815", SCHOOL).assessment.reasons
    assert reason.code == "NO_RULE"
    for word in ("24/11/2026", "giấy khai sinh", "Cơ sở dữ liệu hộ tịch", "thủ tục 2.000815"):
        assert word in reason.message_vi
    assert "procedure 2.000815" in reason.message_en


def test_a_check_is_made_for_the_procedure_it_names(office: Desk) -> None:
    office.replace(rules=(*OTHERS, SCHOOL))
    read = joined(office.services, [read_file(office.services, _document(office))])
    why = Purpose("test", "-", "test")
    (told,) = cross_check(office.services, read, why, procedure="1.001193")
    (untold,) = cross_check(office.services, read, why)
    assert told.assessment.outcome is Outcome.NO_COPY_NEEDED
    assert untold.assessment.outcome is Outcome.CERTIFICATION_NEEDED


def _document(desk: Desk) -> Document:
    return desk.services.take_in(desk.upload(birth_page()).content, desk.services.limits)


def test_the_rules_of_the_day_in_vietnam_hold(office: Desk) -> None:
    office.clock.move(hours=14, minutes=29)  # 23:59 of the 24th in Vietnam
    from_25th = replace(SCHOOL, procedures=(), valid_from=date(2026, 11, 25))
    assert handed_in(office, "", from_25th).assessment.outcome is Outcome.CERTIFICATION_NEEDED
    office.clock.move(minutes=2)
    assert handed_in(office, "", from_25th).assessment.outcome is Outcome.NO_COPY_NEEDED


def test_a_receipt_prints_the_acts_of_the_rules_that_were_in_force(office: Desk) -> None:
    paper = handed_in(office, "1.001193", SCHOOL)
    issued = office.issue(not_needed(paper))
    with pdfplumber.open(BytesIO(office.objects.get(issued.digest))) as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages)
    assert "QĐ 12/2026/QĐ-UBND" in words
    assert "NQ 66.7" not in words


def test_a_rule_that_ended_since_the_paper_was_compared_gives_no_receipt(office: Desk) -> None:
    paper = handed_in(office, "1.001193", SCHOOL)
    assert paper.assessment.outcome is Outcome.NO_COPY_NEEDED
    office.replace(rules=OTHERS)
    with pytest.raises(NoLongerAnsweredError):
        office.decide(not_needed(paper))


def test_a_card_cites_its_acts_in_both_languages(office: Desk) -> None:
    (reason,) = office.check(card_front()).assessment.reasons
    vi, en = (text.split("; ") for text in (reason.legal_basis or "", reason.legal_basis_en or ""))
    assert [act.split("/")[0] for act in vi] == ["NQ 66.7", "NĐ 23", "NĐ 23"]
    assert [act.split()[0] for act in en] == ["Resolution", "Decree", "Decree"]


def test_an_assessment_kept_before_there_were_rules_is_still_read() -> None:
    kept = b"""{"outcome": "NO_COPY_NEEDED", "match": null, "reasons": [{"code": "ALL_FIELDS_AGREE",
        "message_vi": "v", "message_en": "e", "legal_basis": "NQ 1", "page": null, "box": null}]}"""
    assessment = msgspec.json.decode(kept, type=Assessment)
    assert (assessment.rule, assessment.reasons[0].legal_basis_en) == (None, None)
