"""Figures of `bench read` from papers made up here: shares, letters, goals, and what is said of them."""

from dataclasses import replace

import pytest

from api.cli.bench_reading.figures import figures_of
from api.cli.bench_reading.goals import codes, licences, measured_goals, short_fields, wrong_when_sure
from api.cli.bench_reading.letters import edits, edits_on_page
from api.cli.bench_reading.measured import Cost, FieldSeen, Measured
from api.cli.bench_reading.papers import SETS, PaperToRead, papers_to_read
from api.cli.bench_reading.report import document, markdown, sentences
from api.cli.bench_reading.share import Share
from api.cli.bench_reading.splice import MARKERS, spliced
from api.cli.bench_reading.whole_page import stands_in
from verification.normalise import squeeze
from verification.profile import Profile, shipped_profiles
from verification.specimens import KINDS, PUBLISHED_SEEDS, Grade, sketch

COST = Cost(2.0, 1.5, 0.6, 0.9, 0.5, 0.5, 0.4, 800)
RIGHT = FieldSeen("full_name", "LÊ THỊ MẪU", "LÊ THỊ MẪU", True, ("LÊ THỊ MẪU", "LÊ THỊ MẦU"), True)
UNREAD = FieldSeen("class", "B2", None, False, (None, None), False)
WRONG = replace(RIGHT, name="residence", value="LÊ THỊ MÃU")


def paper(*fields: FieldSeen, kind: str = "driving_licence", grade: Grade = Grade.PHOTO) -> Measured:
    return Measured(
        paper=PaperToRead(kind, grade, 7),
        pages=1,
        kinds=(kind,),
        refused=None,
        fields=fields,
        beyond_truth=(),
        dpi=600.0,
        code_read=None,
        licence_as_person=False,
        printed=100,
        printed_edits=(2, 3, 10),
        cost=COST,
    )


# -- which papers ------------------------------------------------------------------------------


def test_the_published_set_is_kept_apart() -> None:
    published = papers_to_read(KINDS, tuple(Grade), count=300, first_seed=SETS["published"])
    working = papers_to_read(KINDS, tuple(Grade), count=300, first_seed=SETS["working"])
    assert min(p.seed for p in published) == PUBLISHED_SEEDS
    assert max(p.seed for p in working) < PUBLISHED_SEEDS


def test_three_hundred_papers_are_five_of_every_kind_and_grade() -> None:
    papers = papers_to_read(KINDS, tuple(Grade), count=300, first_seed=0)
    assert len(set(papers)) == 300
    assert {p.seed for p in papers} == {0, 1, 2, 3, 4}


def test_a_few_papers_are_spread_over_kinds_and_grades() -> None:
    papers = papers_to_read(KINDS, tuple(Grade), count=len(KINDS), first_seed=0)
    assert [p.kind for p in papers] == list(KINDS)
    assert {p.grade for p in papers} == set(Grade)


# -- letters and shares ------------------------------------------------------------------------


def test_a_field_that_was_not_read_has_all_its_letters_wrong() -> None:
    assert (edits(None, "Kinh"), edits("Kinh", "Kinh"), edits("Kính", "Kinh")) == (4, 0, 1)


@pytest.mark.parametrize(
    ("page", "expected"),
    [("Họ tên: Lê Thị Mẫu, nữ", 0), ("Họ tên: Lê Thi Mẫu, nữ", 1), ("Lê  Mẫu", 3), ("", 10), ("XYZ", 10)],
)
def test_print_is_sought_where_it_fits_the_page_best(page: str, expected: int) -> None:
    assert edits_on_page("Lê Thị Mẫu", page) == expected


def test_no_stretch_of_the_page_fits_better() -> None:
    printed, page = "Kinh Nghi", "dân tộc: Kih nghĩa, Kinh"
    stretches = (page[i:j] for i in range(len(page) + 1) for j in range(i, len(page) + 1))
    assert edits_on_page(printed, page) == min(edits(stretch, printed) for stretch in stretches)


def test_the_interval_is_that_of_wilson() -> None:
    assert Share(0, 100).interval() == pytest.approx((0.0, 0.0370), abs=1e-4)
    assert Share(3, 1000).interval() == pytest.approx((0.00102, 0.00879), abs=1e-4)
    assert Share(0, 0).interval() == (0.0, 1.0)


# -- Tesseract alone ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("ngày / date 03 tháng / month 4 năm / year 2020", "2020-04-03"),
        ("03/04/2020", "2020-04-03"),
        ("Năm sinh: 1987.", "1987"),
        ("IDVNM<<NGUYEN<<THI<MAU<<<", "NGUYEN THI MAU"),
        ("Có giá trị đến: Không thời hạn", "unlimited"),
        ("Số: 944 /UBND", "944/UBND"),
    ],
)
def test_a_value_is_found_in_the_forms_in_which_papers_print_it(text: str, truth: str) -> None:
    assert stands_in(text, truth)


@pytest.mark.parametrize(
    ("text", "truth"),
    [("13/04/2020", "2020-04-03"), ("Lê Thi Mẫu", "Lê Thị Mẫu"), ("Số: 19871", "1987")],
)
def test_another_value_is_not_found(text: str, truth: str) -> None:
    assert not stands_in(text, truth)


@pytest.mark.parametrize(
    "profile", [p for p in shipped_profiles() if not (p.qr or p.mrz)], ids=lambda p: str(p.kind)
)
def test_a_page_read_without_a_fault_says_all_that_is_true(profile: Profile) -> None:
    drawing = sketch(profile.kind, seed=2, dpi=80)
    text = squeeze(" ".join(drawing.texts))
    truths = {name: truth for name, truth in drawing.truth.items() if name != "copy_of"}
    assert [name for name, truth in truths.items() if not stands_in(text, truth)] == []


# -- figures -----------------------------------------------------------------------------------


def test_every_field_of_the_truth_counts_read_or_not() -> None:
    found = figures_of([paper(RIGHT, UNREAD, WRONG)])
    assert (found.exact, found.coverage, found.wrong) == (Share(1, 3), Share(2, 3), Share(1, 2))
    assert found.cer == Share(3, 22)
    assert found.alone == (Share(2, 3), Share(0, 3), Share(2, 3))
    assert found.printed == (Share(2, 100), Share(3, 100), Share(10, 100))


def test_cost_is_of_a_page_and_beside_tesseract() -> None:
    found = figures_of([paper(RIGHT), replace(paper(RIGHT), pages=2)])
    assert (found.page_s, found.peak_mb) == (1.5, 800)
    assert (found.lead, found.lead_vie, found.first_pass) == pytest.approx((1.2, 1.5, 1.8))


def test_a_file_that_came_out_as_two_papers_has_no_right_kind() -> None:
    two = replace(paper(RIGHT), kinds=("driving_licence", "unknown"))
    assert figures_of([paper(RIGHT), two]).kinds == Share(1, 2)


def test_a_licence_taken_for_a_person_is_counted_among_licences_only() -> None:
    taken = replace(paper(RIGHT), licence_as_person=True)
    assert licences([paper(RIGHT), taken, paper(RIGHT, kind="diploma")]) == Share(1, 2)


def test_codes_of_coarse_pictures_are_counted_apart() -> None:
    read = replace(paper(kind="citizen_card_2021_front"), code_read=True)
    missed, coarse = replace(read, code_read=False, dpi=150.0), replace(read, code_read=False, dpi=149.0)
    assert codes([read, missed, coarse, paper()]) == (Share(1, 2), 1)


def test_clean_and_scan_share_one_goal() -> None:
    papers = [paper(RIGHT, grade=grade) for grade in (Grade.CLEAN, Grade.SCAN, Grade.HARD)]
    goals = {goal.name: (goal.reached(found), found.papers) for goal, found in measured_goals(papers)}
    assert goals == {"clean+scan": (True, 2), "hard": (True, 1)}


def test_hard_papers_may_be_unsure_but_not_wrong() -> None:
    ((_, wrong), *_) = [(g, g.reached(f)) for g, f in measured_goals([paper(RIGHT, WRONG, grade=Grade.HARD)])]
    unsure = replace(RIGHT, sure=False)
    ((_, honest), *_) = [(g, g.reached(f)) for g, f in measured_goals([paper(unsure, grade=Grade.HARD)])]
    assert (wrong, honest) == (False, True)


def test_the_fields_that_keep_coverage_down_are_named_worst_first() -> None:
    papers = [paper(RIGHT, UNREAD), paper(replace(RIGHT, sure=False), UNREAD)]
    assert [f.name for f in short_fields(papers)] == ["driving_licence.class", "driving_licence.full_name"]
    assert short_fields([paper(UNREAD, grade=Grade.HARD)]) == []


def test_a_wrong_sure_value_is_told_by_its_place_and_not_by_its_text() -> None:
    assert wrong_when_sure([paper(RIGHT, WRONG)]) == ["driving_licence.residence photo 7"]


def test_a_sure_value_that_the_truth_does_not_know_is_told_apart_from_the_wrong_ones() -> None:
    invented = replace(paper(RIGHT), beyond_truth=("nationality",))
    assert figures_of([invented]).wrong == Share(0, 1)
    said = "sure, not in the truth and so not judged: driving_licence.nationality (2)"
    assert said in list(sentences([invented, invented]))


# -- the report --------------------------------------------------------------------------------


def test_people_get_all_that_was_asked() -> None:
    said = "\n".join(sentences([paper(RIGHT, UNREAD, WRONG)]))
    assert "SHORT    photo: exact 33.3 (≥ 95), sure 66.7 (≥ 85), wrong when sure 1/2" in said
    assert "driving licences taken for a person's card or number: 0 of 1 (0)" in said
    assert "QR codes of cards at 150 dpi or more read: none of these papers" in said
    assert "short of coverage: driving_licence.class (photo): 0 of 1 sure, 0 exact" in said


def test_programs_get_what_was_asked_and_what_was_reached_apart() -> None:
    (goal,) = document([paper(RIGHT, UNREAD, WRONG)])["goals"]
    assert (goal["asked"]["exact"], goal["exact"], goal["reached"]) == (0.95, 0.3333, False)


def test_every_row_of_a_table_for_the_readme_has_all_its_cells() -> None:
    papers = [paper(RIGHT), paper(RIGHT, WRONG, grade=Grade.HARD), paper(RIGHT, kind="diploma")]
    tables = [b.splitlines() for b in markdown(papers, "title").split("\n\n") if b.startswith("|")]
    assert len(tables) == 3
    assert all(len({line.count("|") for line in table}) == 1 for table in tables)


def test_a_table_goes_between_its_marks_and_nowhere_else() -> None:
    page = f"before\n{MARKERS[0]}\nold\n{MARKERS[1]}\nafter"
    assert spliced(page, "new\n") == f"before\n{MARKERS[0]}\nnew\n{MARKERS[1]}\nafter"
    assert spliced("before\nafter", "new\n") is None
