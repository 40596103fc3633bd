"""Small values of the door: promises, passes, codes, names, parts of the address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.passes import (
    DossierPass,
    Refused,
    form_token,
    form_token_fits,
    one_submission,
    read_pass,
    write_pass,
)
from api.routes.factor import dossier_code
from api.routes.showing.promise import Today, due_of
from api.routes.showing.words import shown_value
from api.routes.uploads import plain_name, plain_text, told_apart
from tests.storage.builders import submission
from verification.terms import OfficeTerms

KEY = b"k" * 32
NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)),
        (datetime(2026, 11, 24, 8, 1, tzinfo=UTC), datetime(2026, 11, 25, 10, tzinfo=UTC)),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)),
        (datetime(2026, 11, 28, 2, 0, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)),
    ],
    ids=["before 15:00", "after 15:00", "late on Friday", "on Saturday"],
)
def test_an_answer_is_due_by_the_hour_the_law_says(received: datetime, due: datetime) -> None:
    assert due_of(submission(received_at=received), OfficeTerms()).at == due


def test_a_dossier_is_late_when_the_office_has_closed() -> None:
    received = submission(received_at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    assert not Today(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), OfficeTerms()).is_late(received)
    assert Today(datetime(2026, 11, 24, 10, 1, tzinfo=UTC), OfficeTerms()).is_late(received)


def test_a_bulky_dossier_is_promised_for_later() -> None:
    received = submission(received_at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    terms = OfficeTerms(bulky_pages=1, bulky_days=1)
    assert due_of(received, terms).at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_a_pass_says_again_what_it_was_given() -> None:
    given_pass = DossierPass("D-1", NOW + timedelta(minutes=30), (Refused("ảnh.jpg", "EMPTY_FILE"),))
    assert read_pass(KEY, write_pass(KEY, given_pass), code="D-1", now=NOW) == given_pass


@pytest.mark.parametrize(
    ("code", "now", "key"),
    [("D-2", NOW, KEY), ("D-1", NOW + timedelta(hours=1), KEY), ("D-1", NOW, b"x" * 32)],
    ids=["another dossier", "over", "forged"],
)
def test_a_pass_that_does_not_fit_opens_nothing(code: str, now: datetime, key: bytes) -> None:
    text = write_pass(KEY, DossierPass("D-1", NOW + timedelta(minutes=30)))
    assert read_pass(key, text, code=code, now=now) is None


@given(st.text())
def test_whatever_stands_in_the_cookie_is_no_pass(text: str) -> None:
    assert read_pass(KEY, text, code="D-1", now=NOW) is None


def test_a_form_of_one_browser_is_not_one_of_another() -> None:
    assert form_token_fits(KEY, "a", form_token(KEY, "a"))
    assert not form_token_fits(KEY, "b", form_token(KEY, "a"))
    assert not form_token_fits(KEY, "", form_token(KEY, ""))


def test_one_token_is_one_submission_of_one_browser() -> None:
    assert one_submission(KEY, "a", "t") == one_submission(KEY, "a", "t")
    assert len({one_submission(KEY, b, t) for b in "ab" for t in "tu"}) == 4


@pytest.mark.parametrize(
    "typed", ["H26.10.05-261124-0001", "h261005 261124 0001", " h26.10.05–261124–0001 ", "H2610052611240001"]
)
def test_a_dossier_code_is_known_however_it_is_typed(typed: str) -> None:
    assert dossier_code(typed, "H26.10.05") == "H26.10.05-261124-0001"


@pytest.mark.parametrize("typed", ["", "0001", "H26.10.06-261124-0001", "H26.10.05-261124", "x" * 500])
def test_what_cannot_be_a_dossier_code_is_none(typed: str) -> None:
    assert dossier_code(typed, "H26.10.05") is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\an\\thẻ.jpg", "thẻ.jpg"),
        ("../../etc/passwd", "passwd"),
        ("the\u0309.jpg", "thẻ.jpg"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("", "?"),
        (None, "?"),
    ],
)
def test_a_files_name_is_shown_without_folders_and_tricks(name: str | None, shown: str) -> None:
    assert plain_name(name) == shown


def test_files_of_one_name_are_told_apart() -> None:
    assert told_apart(["a", "b", "a", "a"]) == ["a", "b", "a (2)", "a (3)"]


@given(st.text())
def test_one_line_stays_one_line(text: str) -> None:
    plain = plain_text(text)
    assert len(plain) <= 200
    assert plain == plain.strip()
    assert all(c.isprintable() for c in plain)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2019-03-05", "05/03/2019"), ("2019-03", "03/2019"), ("2019", "2019"), ("female", "Nữ"), (None, "")],
)
def test_a_value_is_shown_as_people_write_it(value: str | None, shown: str) -> None:
    assert shown_value(value) == shown
