"""What `verification.pulling.Pull` promises, held against the reference platform over real HTTP."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.feeds.platform import HttpPull
from tests.builders import NOW, card_row
from tests.desk import Clock
from tests.platform.asking import POPULATION, asker, asking
from tests.platform.reference import MISBEHAVIOUR, Platform, listening
from tests.platform.shapes import person
from verification.errors import PullAnswerError, PullRefusedError, PullUnavailableError
from verification.pulling import Reach
from verification.source import SourceName

ROW = {**card_row(), "father": {"full_name": "Nguyễn Văn Thử", "personal_number": "001070012345"}}
ODD = {
    **dict.fromkeys(("page to sign in", "name told twice", "list", "not UTF-8", "deep"), "not_json"),
    **dict.fromkeys(("clock behind", "clock ahead", "shows the future"), "clock"),
    **dict.fromkeys(("records are text", "name is a list"), "shape"),
    **dict.fromkeys(("no such day", "short date"), "no_date"),
    "moment without zone": "no_moment",
    "years differ": "dates_differ",
}
"""The word for what is odd; where none stands here, it is the name of the misbehaviour."""
SILENT = {"slow", "drip", "http_500", "http_503", "http_429", "connection"}


@pytest.fixture
def platform() -> Iterator[Platform]:
    with listening(Platform({"/dan-cu/tra-cuu": [person(ROW)]}, now=lambda: NOW)) as listens:
        yield listens


@pytest.fixture
def pull(platform: Platform, tmp_path: Path) -> HttpPull:
    return asker(tmp_path, platform, timeout_s="0.8", failures="100")


def test_a_person_comes_as_a_record_like_any_other(pull: HttpPull) -> None:
    answer = pull.ask(asking())
    (record,) = answer.records
    texts = {name: value.text for name, value in record.values.items()}
    assert texts["full_name"] == "Nguyễn Thị Mẫu"
    assert (texts["date_of_birth"], texts["sex"]) == ("1999-01-01", "female")
    assert (texts["old_id_numbers"], texts["father.full_name"]) == ("012345678", "Nguyễn Văn Thử")
    assert (record.record_id, record.status) == ("001199012345", "active")
    assert answer.as_of == NOW - timedelta(minutes=10)


def test_what_no_rule_names_is_dropped_unread(pull: HttpPull) -> None:
    (record,) = pull.ask(asking()).records
    assert not {"Không", "O"} & {value.text for value in record.values.values()}


def test_the_platform_knows_who_asked_for_which_dossier_and_why(pull: HttpPull, platform: Platform) -> None:
    pull.ask(asking(code="H26.10.05-m1"))
    (call,) = platform.log
    assert (call.status, call.request_code, call.officer) == (200, "H26.10.05-m1", "mau.officer")
    assert (call.service, call.dossier, call.purpose) == ("2.000815", "H26.10.05-261124-0001", "2.000815")


@pytest.mark.parametrize(
    ("number", "name"), [("001199012346", "Nguyễn Thị Mẫu"), ("001199012345", "Nguyễn Thị Mậu")]
)
def test_a_pair_that_nobody_bears_finds_nothing(pull: HttpPull, number: str, name: str) -> None:
    assert pull.ask(asking(number, name)).records == ()


def test_nobody_is_found_by_a_name_alone(pull: HttpPull, platform: Platform) -> None:
    with pytest.raises(PullAnswerError):
        pull.ask(asking(number="", birth_date="1999-01-01"))
    assert [call.status for call in platform.log] == [422]


def test_a_request_code_is_good_for_one_question(pull: HttpPull) -> None:
    pull.ask(asking(code="H26.10.05-lan-1"))
    with pytest.raises(PullAnswerError, match="http_409"):
        pull.ask(asking(code="H26.10.05-lan-1"))


def test_the_old_number_of_the_card_is_no_key_of_somebody_else(pull: HttpPull, platform: Platform) -> None:
    platform.records["/dan-cu/tra-cuu"] = [person(ROW, SoCMND=["012345678", "987654321"])]
    (record,) = pull.ask(asking(old_number="987654321")).records
    assert record.values["old_id_numbers"].text == "012345678|987654321"


# -- an answer that cannot be trusted is never a record ----------------------------------------------


@pytest.mark.parametrize("wrong", sorted(MISBEHAVIOUR.keys() - SILENT))
def test_an_answer_that_is_odd_is_none(pull: HttpPull, platform: Platform, wrong: str) -> None:
    platform.misbehaves = wrong
    with pytest.raises(PullAnswerError) as odd:
        pull.ask(asking())
    assert (odd.value.why, odd.value.again) == (ODD.get(wrong, wrong), False)


@pytest.mark.parametrize("wrong", sorted(SILENT))
def test_a_platform_that_does_not_answer_is_not_waited_for(
    pull: HttpPull, platform: Platform, wrong: str
) -> None:
    pull.ask(asking())
    platform.misbehaves = wrong
    with pytest.raises(PullUnavailableError) as silent:
        pull.ask(asking())
    assert not isinstance(silent.value, PullAnswerError)
    assert silent.value.again is (wrong == "connection")


@pytest.mark.parametrize("wrong", ["slow", "drip"])
def test_a_line_that_nobody_waits_for_is_let_go(pull: HttpPull, platform: Platform, wrong: str) -> None:
    platform.misbehaves = wrong
    with pytest.raises(PullUnavailableError, match="timeout"):
        pull.ask(asking())
    talking = [thread for thread in threading.enumerate() if thread.name == "pull"]
    for thread in talking:
        thread.join(0.5)
    assert not any(thread.is_alive() for thread in talking)


@pytest.mark.parametrize("changes", [{"QuocTich": "Vi\x00t Nam"}, {"GioiTinh": "9"}])
def test_a_row_that_no_delivery_may_hold_is_no_answer_either(
    pull: HttpPull, platform: Platform, changes: dict[str, str]
) -> None:
    platform.records["/dan-cu/tra-cuu"] = [person(ROW, **changes)]
    with pytest.raises(PullAnswerError, match="no_record"):
        pull.ask(asking())


def test_a_person_whose_state_is_not_told_does_not_count_as_alive(pull: HttpPull, platform: Platform) -> None:
    platform.records["/dan-cu/tra-cuu"] = [person(ROW, TrangThai=None)]
    assert pull.ask(asking()).records[0].status == "unstated"


# -- tokens and refusals -----------------------------------------------------------------------------


def test_one_token_serves_many_questions(pull: HttpPull, platform: Platform) -> None:
    for _ in range(3):
        pull.ask(asking())
    assert (platform.tokens_given, len(platform.log)) == (1, 3)


def test_a_token_that_ended_is_worth_one_more_question(pull: HttpPull, platform: Platform) -> None:
    pull.ask(asking())
    platform.end_tokens()
    with pytest.raises(PullUnavailableError, match="token_ended") as ended:
        pull.ask(asking())
    assert ended.value.again
    assert pull.ask(asking()).records
    assert platform.tokens_given == 2


def test_a_wrong_secret_is_for_the_administrator(platform: Platform, tmp_path: Path) -> None:
    pull = asker(tmp_path, platform)
    (tmp_path / "secret").write_text("another")
    wrong = asker(tmp_path / "other", platform, secret_file=f'"{tmp_path / "secret"}"')
    with pytest.raises(PullRefusedError, match="credentials"):
        wrong.ask(asking())
    assert pull.ask(asking()).records


def test_an_officer_whom_the_platform_refuses_stops_nobody_else(platform: Platform, tmp_path: Path) -> None:
    platform.officers = frozenset({"CB-1"})
    pull = asker(tmp_path, platform, officers='{ "mau.officer" = "CB-1", "other" = "CB-2" }', failures="1")
    with pytest.raises(PullRefusedError, match="officer"):
        pull.ask(asking(officer="other"))
    with pytest.raises(PullRefusedError, match="officer_without_code"):
        pull.ask(asking(officer="third"))
    assert pull.ask(asking()).records
    assert [call.officer for call in platform.log] == ["CB-2", "CB-1"]


def test_the_secret_and_the_token_are_in_no_text_of_these_values(platform: Platform, tmp_path: Path) -> None:
    pull = asker(tmp_path, platform)
    pull.ask(asking())
    inside = pull._platforms[POPULATION]
    shown = f"{inside.terms!r} {inside._tokens.get(within_s=1)!r} {pull.standing(POPULATION)!r}"
    assert "bí mật" not in shown
    assert "token-1" not in shown


# -- the breaker -------------------------------------------------------------------------------------


def test_after_failures_in_a_row_nobody_asks_until_one_tries(platform: Platform, tmp_path: Path) -> None:
    clock = Clock()
    platform.now = clock
    pull = asker(tmp_path, platform, now=clock, failures="2", rest_s="30")
    platform.misbehaves = "http_500"
    for _ in range(4):
        with pytest.raises(PullUnavailableError):
            pull.ask(asking())
    standing = pull.standing(POPULATION)
    assert standing is not None
    assert (len(platform.log), standing.reach, standing.failures) == (2, Reach.RESTING, 2)
    assert (standing.code, standing.last_failure) == ("http_500", NOW)

    clock.move(seconds=31)
    with pytest.raises(PullUnavailableError, match="http_500"):
        pull.ask(asking())
    with pytest.raises(PullUnavailableError, match="resting"):
        pull.ask(asking())
    assert len(platform.log) == 3

    clock.move(seconds=31)
    platform.misbehaves = None
    assert pull.ask(asking()).records
    standing = pull.standing(POPULATION)
    assert standing is not None
    assert (standing.reach, standing.failures, standing.last_answer) == (Reach.ASKED, 0, clock.at)


@pytest.mark.parametrize("wrong", ["several", "another_number", "no such day"])
def test_what_is_wrong_with_one_person_keeps_nobody_else_from_asking(
    platform: Platform, tmp_path: Path, wrong: str
) -> None:
    pull = asker(tmp_path, platform, failures="1")
    platform.misbehaves = wrong
    for _ in range(2):
        with pytest.raises(PullAnswerError):
            pull.ask(asking())
    platform.misbehaves = None
    assert pull.ask(asking()).records


def test_a_token_that_ended_is_no_failure(platform: Platform, tmp_path: Path) -> None:
    pull = asker(tmp_path, platform, failures="1")
    pull.ask(asking())
    platform.end_tokens()
    with pytest.raises(PullUnavailableError, match="token_ended"):
        pull.ask(asking())
    assert pull.ask(asking()).records


def test_an_account_that_is_refused_is_not_tried_on_and_on(platform: Platform, tmp_path: Path) -> None:
    """Some platforms lock an account after so many wrong secrets."""
    pull = asker(tmp_path, platform, failures="1", client_id='"another"')
    with pytest.raises(PullRefusedError, match="credentials"):
        pull.ask(asking())
    with pytest.raises(PullUnavailableError, match="resting"):
        pull.ask(asking())


def test_no_more_ask_at_once_than_agreed(platform: Platform, tmp_path: Path) -> None:
    pull = asker(tmp_path, platform, at_once="2", failures="1")
    pull.ask(asking())
    platform.misbehaves = "slow"
    words: list[str] = []

    def ask() -> None:
        with pytest.raises(PullUnavailableError) as silent:
            pull.ask(asking())
        words.append(silent.value.why)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(words) == ["busy", "busy", "busy", "timeout", "timeout"]


def test_processes_of_one_home_stop_together(platform: Platform, tmp_path: Path) -> None:
    platform.misbehaves = "http_500"
    one, other = (asker(tmp_path, platform, failures="1") for _ in range(2))
    with pytest.raises(PullUnavailableError, match="http_500"):
        one.ask(asking())
    with pytest.raises(PullUnavailableError, match="resting"):
        other.ask(asking())


def test_where_nothing_can_be_kept_of_how_it_goes_nothing_is_asked(
    platform: Platform, tmp_path: Path
) -> None:
    pull = asker(tmp_path, platform)
    (tmp_path / "pull").write_text("no folder")
    with pytest.raises(PullUnavailableError, match="home_not_writable"):
        pull.ask(asking())
    assert platform.tokens_given == 0


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b'{"failures": "x"}'])
def test_what_a_crash_left_of_the_breaker_counts_as_nothing_known(
    platform: Platform, tmp_path: Path, left: bytes
) -> None:
    pull = asker(tmp_path, platform)
    (tmp_path / "pull").mkdir()
    (tmp_path / "pull" / "population.json").write_bytes(left)
    assert pull.ask(asking()).records
    standing = pull.standing(POPULATION)
    assert standing is not None
    assert (standing.failures, standing.last_answer) == (0, NOW)


def test_a_source_that_is_not_asked_has_no_terms(pull: HttpPull) -> None:
    assert pull.terms(SourceName("civil_status")) is None
    assert pull.standing(SourceName("civil_status")) is None
