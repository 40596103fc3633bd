"""Pull: papers compared with what a platform answers over real HTTP, and with our copy standing in for it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.record_states import source_states
from api.routes.showing.records import Asked as Rehearsal
from api.routes.showing.records import shown_sources
from api.routes.showing.review import shown_review
from api.schemas.records import source_status
from api.web.views import Sign
from ocr.model import PageReading
from storage.errors import DatabaseUnavailableError
from tests.builders import NOW, birth_page, birth_row, card_front, card_row, marriage_row
from tests.desk import PURPOSE, Desk
from tests.platform.asking import asker
from tests.platform.reference import Platform, Record, listening
from tests.platform.shapes import birth, person
from verification.assessment import Outcome
from verification.register import Series
from verification.source import LookUp, SourceName
from verification.workflow.review import case

BIRTHS, PEOPLE = "/ho-tich/khai-sinh", "/dan-cu/tra-cuu"


@pytest.fixture
def platform(desk: Desk) -> Iterator[Platform]:
    records: dict[str, list[Record]] = {BIRTHS: [birth(birth_row())], PEOPLE: [person(card_row())]}
    with listening(Platform(records, now=desk.clock)) as listens:
        yield listens


@pytest.fixture
def asked(desk: Desk, platform: Platform, tmp_path: Path) -> Desk:
    """A desk whose two sources are asked over HTTP, and of which it has no copy."""
    pull = asker(
        tmp_path, platform, "population", "civil_status", now=desk.clock, failures="2", timeout_s="2.0"
    )
    desk.replace(pull=pull)
    return desk


def said(desk: Desk, **changes: str) -> tuple[Outcome, list[str]]:
    assessment = desk.check(birth_page(changes)).assessment
    return assessment.outcome, [reason.code for reason in assessment.reasons]


def lines(desk: Desk) -> list[LookUp]:
    """What our log holds of the dossier, oldest first."""
    return list(reversed(desk.database.access_log.of_dossier(PURPOSE.dossier)))


# -- what is answered --------------------------------------------------------------------------------


def test_a_paper_that_the_platform_confirms_needs_no_copy(asked: Desk) -> None:
    paper = asked.check(birth_page())
    assert paper.assessment.outcome is Outcome.NO_COPY_NEEDED
    match = paper.assessment.match
    assert match is not None
    assert match.snapshot is not None
    assert (match.snapshot.sequence, match.snapshot.as_of) == (0, NOW - timedelta(minutes=10))


def test_a_card_is_asked_for_by_what_its_qr_says(asked: Desk, platform: Platform) -> None:
    assert asked.check(card_front()).assessment.outcome is Outcome.NO_COPY_NEEDED
    assert [call.number for call in platform.log] == ["001199012345"]


@pytest.mark.parametrize(
    "changes",
    [
        {"mother_full_name": "Trần Thị Thứ"},
        {"sex": "Nam"},
        {"registered_on": "11/03/2020"},
        {"date_of_birth": "03/02/2020", "in_words": "Ngày ba tháng hai năm hai nghìn không trăm hai mươi"},
    ],
)
def test_an_altered_paper_is_for_the_officer(asked: Desk, changes: dict[str, str]) -> None:
    assert said(asked, **changes)[0] is Outcome.OFFICER_REVIEW


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("soDangKy", "16/2020"),
        ("ngayDangKy", "11/03/2020"),
        ("nksNgaySinh", "02/03/2021"),
        ("nksGioiTinh", "1"),
        ("nksDanToc", "Tày"),
        ("nksQuocTich", "Lào"),
        ("nksNoiSinh", "Xã Đông Anh, thành phố Hà Nội"),
        ("nksQueQuan", "Xã Đông Anh, thành phố Hà Nội"),
        ("meHoTen", "Trần Thị Thứ"),
        ("meNgaySinh", "06/05/1991"),
        ("meDanToc", "Nùng"),
        ("chaHoTen", "Nguyễn Văn Thứ"),
        ("chaNgaySinh", None),
        ("chaQuocTich", "Trung Quốc"),
        ("trangThai", "9"),
    ],
)
def test_what_the_platform_says_otherwise_is_for_the_officer(
    asked: Desk, platform: Platform, name: str, value: str | None
) -> None:
    platform.records[BIRTHS] = [birth(birth_row(), **{name: value})]
    assert said(asked)[0] is Outcome.OFFICER_REVIEW


@pytest.mark.parametrize("changes", [{"full_name": "NGUYỄN THỊ MẬU"}, {"personal_number": "001320012346"}])
def test_a_number_and_a_name_that_do_not_go_together_are_for_the_officer(
    asked: Desk, changes: dict[str, str]
) -> None:
    """A platform says "not found" of both: of a number that is nobody's, and of an altered name."""
    assert said(asked, **changes) == (Outcome.OFFICER_REVIEW, ["NOT_CONFIRMED"])


def test_an_annulled_entry_is_for_the_officer(asked: Desk, platform: Platform) -> None:
    platform.records[BIRTHS] = [birth(birth_row(status="annulled"))]
    assert said(asked) == (Outcome.OFFICER_REVIEW, ["RECORD_NOT_VALID"])


def test_data_of_too_long_ago_answer_nothing(asked: Desk, platform: Platform) -> None:
    platform.data_age = timedelta(hours=49)
    assert said(asked) == (Outcome.SOURCE_UNAVAILABLE, ["SOURCE_STALE"])


@pytest.mark.parametrize("wrong", ["several", "another_number", "http_500", "cut", "page to sign in"])
def test_no_answer_is_no_verdict(asked: Desk, platform: Platform, wrong: str) -> None:
    platform.misbehaves = wrong
    assert asked.check(card_front()).assessment.outcome is Outcome.SOURCE_UNAVAILABLE


@pytest.mark.parametrize(
    ("wrong", "page", "told"),
    [
        (None, birth_page(), "Electronic civil status database, as of 24/11/2026 09:20"),
        ("http_503", birth_page(), "Electronic civil status database: it cannot be used at present."),
        (None, birth_page(personal_number=""), "Electronic civil status database: it was not asked."),
    ],
    ids=["answered", "silent", "not asked"],
)
def test_the_officer_is_told_of_when_the_answer_is_or_why_there_is_none(
    asked: Desk, platform: Platform, wrong: str | None, page: PageReading, told: str
) -> None:
    platform.misbehaves = wrong
    paper = asked.hand_in(page)
    shown = shown_review(asked.services, case(asked.services, paper.id), may_sign=frozenset(Series))
    assert shown.snapshot.en == told


# -- what is not asked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (birth_page(tesseract={"personal_number": "001320012340"}), "KEY_UNSURE"),
        (birth_page(personal_number=""), "NO_KEY"),
        (birth_page(personal_number="012345678"), "NO_KEY"),
    ],
    ids=["unsure", "none", "of nine digits"],
)
def test_what_is_no_sure_number_of_a_person_is_never_sent(
    asked: Desk, platform: Platform, page: PageReading, code: str
) -> None:
    assessment = asked.check(page).assessment
    assert (assessment.outcome, code in [r.code for r in assessment.reasons]) == (
        Outcome.OFFICER_REVIEW,
        True,
    )
    assert (platform.log, platform.tokens_given) == ([], 0)


# -- our copy ----------------------------------------------------------------------------------------


def test_a_fresh_copy_answers_while_the_platform_is_silent(asked: Desk, platform: Platform) -> None:
    asked.load("civil_status", birth_row())
    platform.misbehaves = "http_503"
    match = asked.check(birth_page()).assessment.match
    assert match is not None
    assert match.snapshot is not None
    assert (match.found.value, match.snapshot.sequence) == ("ONE", 1)


def test_a_copy_past_its_limit_answers_nothing(asked: Desk, platform: Platform) -> None:
    asked.load("civil_status", birth_row(), as_of=NOW - timedelta(hours=49))
    platform.misbehaves = "http_503"
    assert said(asked) == (Outcome.SOURCE_UNAVAILABLE, ["SOURCE_DOWN"])


@pytest.mark.parametrize("wrong", ["several", "http_404", "clock behind"])
def test_no_copy_stands_in_for_an_answer_that_cannot_be_trusted(
    asked: Desk, platform: Platform, wrong: str
) -> None:
    asked.load("population", card_row())
    platform.misbehaves = wrong
    assert asked.check(card_front()).assessment.outcome is Outcome.SOURCE_UNAVAILABLE


def test_no_copy_stands_in_for_a_refusal(asked: Desk, platform: Platform) -> None:
    asked.load("civil_status", birth_row())
    platform.officers = frozenset({"another"})
    assert said(asked) == (Outcome.SOURCE_UNAVAILABLE, ["SOURCE_DOWN"])


def test_no_copy_stands_in_for_not_found(asked: Desk, platform: Platform) -> None:
    asked.load("civil_status", birth_row())
    platform.records[BIRTHS] = []
    assert said(asked) == (Outcome.OFFICER_REVIEW, ["NOT_CONFIRMED"])


def test_no_copy_stands_in_where_the_operator_will_not_have_it(
    desk: Desk, platform: Platform, tmp_path: Path
) -> None:
    desk.replace(pull=asker(tmp_path, platform, "civil_status", now=desk.clock, copy_when_silent="false"))
    desk.load("civil_status", birth_row())
    platform.misbehaves = "http_503"
    assert said(desk) == (Outcome.SOURCE_UNAVAILABLE, ["SOURCE_DOWN"])


def test_what_the_platform_cannot_be_asked_our_copy_may_tell(asked: Desk, platform: Platform) -> None:
    """By name and birth date, as ever."""
    asked.load("civil_status", birth_row(), marriage_row())
    assert said(asked, personal_number="")[0] is not Outcome.SOURCE_UNAVAILABLE
    assert platform.log == []
    assert [line.key for line in lines(asked)] == ["name_and_birth_date"]


# -- the breaker, the second question and the log ----------------------------------------------------


def test_a_platform_that_fails_is_left_alone_for_a_while(asked: Desk, platform: Platform) -> None:
    platform.misbehaves = "http_500"
    for _ in range(4):
        assert said(asked) == (Outcome.SOURCE_UNAVAILABLE, ["SOURCE_DOWN"])
    assert len(platform.log) == 2
    platform.misbehaves = None
    assert said(asked)[0] is Outcome.SOURCE_UNAVAILABLE
    asked.clock.move(seconds=31)
    assert said(asked)[0] is Outcome.NO_COPY_NEEDED


def test_a_line_that_was_lost_quickly_is_tried_once_more(asked: Desk, platform: Platform) -> None:
    asked.check(birth_page())
    platform.end_tokens()
    assert said(asked)[0] is Outcome.NO_COPY_NEEDED
    assert [call.status for call in platform.log] == [200, 401, 200]
    assert len({call.request_code for call in platform.log}) == 3


def test_both_logs_name_a_question_by_one_code(asked: Desk, platform: Platform) -> None:
    asked.check(birth_page())
    (call,) = platform.log
    before, after = lines(asked)
    assert before.request_code == after.request_code == call.request_code
    assert (call.officer, call.dossier, call.purpose) == (PURPOSE.officer, PURPOSE.dossier, PURPOSE.purpose)
    assert (before.answer, before.record_ids, before.fields) == ("asked", (), ())
    assert (after.answer, after.record_ids) == ("found", ("00475;15/2020;10/03/2020",))
    assert "full_name" in after.fields


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [("http_503", "PULL_UNAVAILABLE: http_503"), ("several", "PULL_ANSWER_UNUSABLE: several")],
)
def test_what_failed_is_logged_with_its_cause(
    asked: Desk, platform: Platform, wrong: str, answer: str
) -> None:
    platform.misbehaves = wrong
    asked.check(card_front())
    assert [line.answer for line in lines(asked)] == ["asked", answer]


def test_what_cannot_be_logged_is_not_asked(asked: Desk, platform: Platform) -> None:
    asked.replace(database=Forgetful(asked.database))
    with pytest.raises(DatabaseUnavailableError):
        asked.check(birth_page())
    assert platform.log == []


class Forgetful:
    """A database whose access log is out of order."""

    def __init__(self, database: object) -> None:
        self.access_log = self
        self._database = database

    def add(self, look_ups: object) -> None:
        raise DatabaseUnavailableError

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


@pytest.mark.parametrize(
    ("asked_times", "sign", "reach", "failures"),
    [(0, Sign.GOOD, "asked", 0), (1, Sign.CHECK, "asked", 1), (2, Sign.BAD, "resting", 2)],
)
def test_programs_and_officers_are_told_how_asking_goes(
    asked: Desk, platform: Platform, asked_times: int, sign: Sign, reach: str, failures: int
) -> None:
    platform.misbehaves = "http_503"
    for _ in range(asked_times):
        asked.check(birth_page())
    with asked.database.reading() as tx:
        states = source_states(asked.services, tx)
    told = {state.source.name: source_status(state).pull for state in states}
    one = told[SourceName("civil_status")]
    assert one is not None
    assert (one.reach, one.failures, one.address) == (reach, failures, f"{platform.address}")
    assert told[SourceName("driving_licence")] is None
    shown = shown_sources(states, (), Rehearsal(), may_try=False)
    signs = {row.name.en: row.asked.sign for row in shown.rows if row.asked}
    assert signs["Electronic civil status database"] is sign
    assert "Driving licence database" not in signs
