"""How many copies rules would have saved: only those really made, never one that cannot be told, and nothing
is asked or changed on the way."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import (
    NOW,
    PROFILES,
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    certified_birth_page,
    diploma_page,
)
from tests.desk import REQUEST, Desk, approval
from verification.assessment import Outcome
from verification.extraction import Kind
from verification.ports import PaperCase
from verification.rule import Rule, RuleId, parse_rules, shipped_rules
from verification.simulation import Proposed, Simulation, Tally, Untold
from verification.source import SourceName
from verification.submission import SubmissionId
from verification.workflow.simulate import last_month, simulate

MONTH = date(2026, 11, 1), date(2026, 11, 30)
BIRTH = Kind("birth_certificate")
OTHERS = tuple(r for r in shipped_rules() if BIRTH not in r.kinds)
"""The shipped rules without those for birth papers."""
DRAFT = next(r for r in shipped_rules() if r.id == "nq66-birth")
DIPLOMAS = """
[[rule]]
id = "diplomas"
title_vi = "Văn bằng"
title_en = "Diplomas"
kinds = ["diploma"]
source = "diplomas"
order = 1
citation_vi = "NQ 1"
citation_en = "Resolution 1"
"""


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Birth papers are compared, but no rule lets the record answer yet."""
    desk.load("civil_status", birth_row())
    desk.replace(rules=OTHERS)
    return desk


def simulated(desk: Desk, *rules: Rule, days: tuple[date, date] = MONTH) -> Simulation:
    return simulate(desk.services, Proposed(rules or (DRAFT,), *days))


def certified(desk: Desk, paper: PaperCase, *, copies: int = 1, demander: str | None = None) -> PaperCase:
    return desk.decide(approval(paper, copies=copies, demander=demander))


def test_copies_count_by_their_number_and_only_where_they_were_made(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()), copies=3)
    office.hand_in(birth_page())
    found = simulated(office)
    assert found.covered == Tally(papers=2, copies=3, saved=3)
    assert found.all == Tally(papers=2, copies=3)
    assert found.moves == {(Outcome.CERTIFICATION_NEEDED, Outcome.NO_COPY_NEEDED): 2}


def test_a_paper_that_differs_is_not_saved(office: Desk) -> None:
    certified(office, office.hand_in(birth_page(full_name="NGUYỄN THỊ MẬU")))
    certified(office, office.hand_in(birth_page(tesseract={"sex": "Nam"})))
    assert simulated(office).covered == Tally(papers=2, copies=2)


def test_what_other_rules_make_needless_is_not_saved_by_this_one(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    certified(desk, desk.hand_in(birth_page()), copies=2, demander="Ngân hàng Mẫu")
    assert simulated(desk).covered == Tally(papers=1, copies=2, needless=2)


def test_a_shipped_rule_is_taken_away_before_it_is_tried(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    certified(desk, desk.hand_in(birth_page()), demander="Ngân hàng Mẫu")
    all_of_birth = [r for r in shipped_rules() if BIRTH in r.kinds and not r.supporting]
    found = simulated(desk, *all_of_birth)
    assert (found.covered.saved, found.by_demander) == (1, {"Ngân hàng Mẫu": 1})


def test_it_is_told_by_kind_by_procedure_and_by_whom_it_was_for(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()))
    request = replace(REQUEST, procedure="Nhập học", audience="Trường Mầm non Mẫu")
    (paper,) = _papers(office, office.submit(office.upload(birth_page()), request=request).id)
    certified(office, paper, copies=2)
    found = simulated(office)
    assert found.by_kind == {BIRTH: Tally(papers=2, copies=3, saved=3)}
    assert found.by_procedure == {
        "2.000815": Tally(papers=1, copies=1, saved=1),
        "": Tally(papers=1, copies=2, saved=2),
    }
    assert found.by_demander == {"Trường THPT Mẫu": 1, "Trường Mầm non Mẫu": 2}


def _papers(desk: Desk, submission_id: SubmissionId) -> Iterable[PaperCase]:
    with desk.database.transaction() as tx:
        return tx.submissions.papers(submission_id)


def test_a_rule_for_a_procedure_is_for_its_papers_alone(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()))
    assert simulated(office, replace(DRAFT, procedures=("2.000815",))).covered.saved == 1
    assert simulated(office, replace(DRAFT, procedures=("1.001193",))).covered == Tally()


def test_a_rule_that_leaves_out_a_printed_field_saves_nothing_and_says_what_would_follow(
    office: Desk,
) -> None:
    certified(office, office.hand_in(birth_page()))
    found = simulated(office, replace(DRAFT, fields=("full_name", "date_of_birth", "sex")))
    assert found.covered == Tally(papers=1, copies=1)
    assert found.moves == {(Outcome.CERTIFICATION_NEEDED, Outcome.OFFICER_REVIEW): 1}


def test_a_rule_is_taken_as_if_it_had_been_in_force(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()))
    later = replace(DRAFT, valid_from=date(2027, 1, 1), valid_until=date(2027, 12, 31))
    assert simulated(office, later).covered.saved == 1


def test_the_changes_name_the_paper_and_the_proposals(office: Desk) -> None:
    paper = certified(office, office.hand_in(birth_page()))
    (change,) = simulated(office).changes
    assert (change.paper_id, change.kind, change.copies) == (paper.id, BIRTH, 1)
    assert (change.before, change.after) == (Outcome.CERTIFICATION_NEEDED, Outcome.NO_COPY_NEEDED)
    assert change.code.startswith("H26.10.05-261124-")


@pytest.mark.parametrize(
    ("days", "papers"),
    [
        ((date(2026, 11, 24), date(2026, 11, 24)), 1),
        ((date(2026, 11, 25), date(2026, 11, 30)), 0),
        ((date(2026, 11, 1), date(2026, 11, 23)), 0),
    ],
)
def test_both_days_asked_about_count(office: Desk, days: tuple[date, date], papers: int) -> None:
    office.hand_in(birth_page())
    assert simulated(office, days=days).all.papers == papers


def test_a_paper_received_after_midnight_in_vietnam_is_of_that_day(office: Desk) -> None:
    office.clock.at = NOW.replace(hour=17, minute=30)
    office.load("civil_status", birth_row(), as_of=office.clock.at)
    office.hand_in(birth_page())
    assert simulated(office, days=(date(2026, 11, 25), date(2026, 11, 25))).all.papers == 1


def test_both_sides_of_a_card_are_one_paper(desk: Desk) -> None:
    desk.load("population", card_row())
    desk.replace(rules=())
    certified(desk, desk.hand_in(card_front(), card_back()), copies=2)
    card = next(r for r in shipped_rules() if r.id == "nq66-card")
    assert simulated(desk, card).covered == Tally(papers=1, copies=2, saved=2)
    front_alone = replace(card, kinds=(Kind("citizen_card_2021_front"),))
    assert simulated(desk, front_alone).covered == Tally()


# -- what cannot be told ------------------------------------------------------------------------------------


def told(found: Simulation) -> tuple[Tally, dict[Untold, int]]:
    return found.covered, dict(found.untold)


def test_a_paper_that_no_source_was_asked_about_is_not_told(office: Desk) -> None:
    certified(office, office.hand_in(diploma_page()))
    found = simulated(office, *parse_rules(DIPLOMAS, PROFILES, file="mine.toml"))
    assert told(found) == (Tally(papers=1, copies=1, untold=1), {Untold.NEVER_COMPARED: 1})


def test_a_source_that_was_never_loaded_is_not_told(desk: Desk) -> None:
    certified(desk, desk.hand_in(birth_page()))
    assert told(simulated(desk)) == (Tally(papers=1, copies=1, untold=1), {Untold.NEVER_COMPARED: 1})


def test_a_source_that_was_too_old_is_not_told(office: Desk) -> None:
    office.clock.at += timedelta(hours=49)
    office.replace(rules=shipped_rules())
    certified(office, office.hand_in(birth_page()), copies=2)
    found = simulated(office)
    assert told(found) == (Tally(papers=1, copies=2, untold=2), {Untold.SOURCE_DID_NOT_ANSWER: 1})


def test_a_rule_that_needs_an_announcement_tells_nothing_of_days_before_it(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()))
    silent = tuple(replace(s, publications=()) for s in office.services.sources)
    office.replace(sources=silent)
    assert told(simulated(office)) == (Tally(papers=1, copies=1, untold=1), {Untold.NOT_ANNOUNCED: 1})


def test_a_paper_that_would_be_judged_otherwise_today_is_not_told(office: Desk) -> None:
    certified(office, office.hand_in(birth_page()))
    office.replace(rules=shipped_rules())
    assert told(simulated(office)) == (Tally(papers=1, copies=1, untold=1), {Untold.JUDGED_OTHERWISE: 1})


def test_a_certified_copy_brought_as_the_original_stays_one(office: Desk) -> None:
    office.hand_in(certified_birth_page())
    found = simulated(office)
    assert (found.all, told(found)) == (Tally(papers=1), (Tally(), {}))


# -- nothing happens ----------------------------------------------------------------------------------------


def test_nothing_is_asked_and_nothing_is_changed(office: Desk) -> None:
    paper = certified(office, office.hand_in(birth_page()))
    looks = office.database.access_log.about(SourceName("civil_status"), "KS-2020-15")
    before = office.actions(), office.case(paper.id)
    simulated(office)
    assert (office.actions(), office.case(paper.id)) == before
    assert office.database.access_log.about(SourceName("civil_status"), "KS-2020-15") == looks


def test_how_far_it_has_come_is_told(office: Desk) -> None:
    seen: list[int] = []
    office.hand_in(birth_page())
    office.hand_in(diploma_page())
    office.hand_in(birth_page())
    simulate(office.services, Proposed((DRAFT,), *MONTH), seen.append)
    assert seen == [1, 2], "papers of the kinds that the rules are for"


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 24), (date(2026, 10, 1), date(2026, 10, 31))),
        (date(2027, 1, 1), (date(2026, 12, 1), date(2026, 12, 31))),
        (date(2028, 3, 31), (date(2028, 2, 1), date(2028, 2, 29))),
    ],
)
def test_last_month_is_the_whole_of_it(today: date, month: tuple[date, date]) -> None:
    assert last_month(today) == month


def test_the_rules_that_were_simulated_are_named(office: Desk) -> None:
    assert simulated(office).rules == (RuleId("nq66-birth"),)
