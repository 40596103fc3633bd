"""In which order lines are read."""

from ocr.model import Box
from ocr.order import reading_order


def ordered(*boxes: Box) -> list[Box]:
    return reading_order(reversed(boxes), lambda box: box)


def test_rows_are_read_from_the_top() -> None:
    rows = tuple(Box(10, y, 400, y + 30) for y in (10, 60, 110))
    assert ordered(*rows) == list(rows)


def test_a_value_follows_the_label_on_its_row_although_it_stands_a_little_higher() -> None:
    label, value, below = Box(10, 104, 200, 134), Box(230, 98, 500, 128), Box(10, 150, 400, 180)
    assert ordered(label, value, below) == [label, value, below]


def test_tightly_set_lines_are_not_one_row() -> None:
    upper, lower = Box(10, 10, 400, 50), Box(10, 34, 400, 74)
    assert ordered(upper, lower) == [upper, lower]


def test_a_heading_of_two_columns_is_read_row_by_row() -> None:
    left, right = Box(10, 10, 300, 40), Box(400, 12, 900, 42)
    below_left, below_right = Box(10, 50, 300, 80), Box(400, 52, 900, 82)
    assert ordered(left, right, below_left, below_right) == [left, right, below_left, below_right]


def test_a_slanting_watermark_does_not_tear_a_row_apart() -> None:
    label, value, watermark = Box(10, 200, 200, 230), Box(600, 198, 800, 228), Box(250, 80, 560, 350)
    found = ordered(label, value, watermark)
    assert found.index(value) == found.index(label) + 1


def test_no_lines_are_no_lines() -> None:
    assert ordered() == []
