"""What pages write, where links lead, where two values differ."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest

import api.web
from api.web import paths, writing
from api.web.differences import Piece, differing, whole
from api.web.language import Bilingual


def test_only_the_letters_that_differ_are_marked() -> None:
    paper, record = differing("TRẦN THỊ HƯỜNG", "Trần Thị Hương")
    assert [piece.text for piece in paper if piece.differs] == ["Ờ"]
    assert [piece.text for piece in record if piece.differs] == ["ơ"]


def test_the_pieces_put_together_are_the_value() -> None:
    paper, record = differing("NGUYỄN VĂN A", "NGUYỄN THỊ AN")
    assert "".join(piece.text for piece in paper) == "NGUYỄN VĂN A"
    assert "".join(piece.text for piece in record) == "NGUYỄN THỊ AN"


def test_a_value_that_is_not_there_has_no_pieces() -> None:
    assert differing("05/03/2019", "") == ((Piece("05/03/2019", differs=True),), ())
    assert whole("") == ()


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "", "/a\nb"]
)
def test_a_link_back_never_leads_to_another_host(path: str) -> None:
    assert paths.local_or_home(path) == "/"


def test_a_link_back_keeps_page_and_query() -> None:
    assert paths.local_or_home("/tra-cuu?ma=1") == "/tra-cuu?ma=1"
    assert paths.display(choice="lang", value="en", back="/a?b=1") == "/hien-thi?lang=en&next=%2Fa%3Fb%3D1"


def test_a_code_cannot_climb_out_of_its_address() -> None:
    assert paths.status("../can-bo") == "/tra-cuu/..%2Fcan-bo"


def test_times_are_written_in_viet_nam_time() -> None:
    assert writing.moment(datetime(2026, 11, 20, 18, 5, tzinfo=UTC)) == "21/11/2026 01:05"


@pytest.mark.parametrize(("minutes", "written"), [(5, "5 phút"), (125, "2 giờ"), (60 * 24 * 3, "3 ngày")])
def test_waiting_is_written_in_the_largest_unit(minutes: int, written: str) -> None:
    assert writing.waiting(timedelta(minutes=minutes)).vi == written


def test_the_day_of_a_moment_is_that_of_viet_nam() -> None:
    assert writing.day(datetime(2026, 11, 28, 19, 40, tzinfo=UTC)) == "29/11/2026"


def test_sizes_days_and_names_are_short() -> None:
    assert writing.file_size(2_200_000) == "2,1 MB"
    assert writing.file_size(10) == "1 KB"
    assert writing.day(datetime(2026, 3, 5, tzinfo=UTC).date()) == "05/03/2026"
    assert writing.initials("Trần thị Hường") == "T.T.H."


def test_a_text_is_never_without_its_other_language() -> None:
    with pytest.raises(TypeError):
        Bilingual("Chỉ tiếng Việt")  # type: ignore[call-arg]


def test_the_example_of_the_package_works() -> None:
    assert doctest.testmod(api.web).failed == 0
    assert doctest.testmod(api.web).attempted > 0
