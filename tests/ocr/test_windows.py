"""Where long lines are cut."""

import numpy as np

from ocr.readers.windows import cut_at_spaces
from tests.ocr.drawing import line_picture

LONG = line_picture("Nơi đăng ký khai sinh: Ủy ban nhân dân xã Thụy Lâm, huyện Đông Anh")


def test_a_short_line_stays_whole() -> None:
    (window,) = cut_at_spaces(LONG, widest=LONG.shape[1])
    assert np.array_equal(window.image, LONG)


def test_windows_put_together_are_the_line() -> None:
    windows = cut_at_spaces(LONG, widest=300)
    assert len(windows) > 3
    assert np.array_equal(np.hstack([window.image for window in windows]), LONG)


def test_no_window_is_wider_than_asked() -> None:
    assert all(window.image.shape[1] <= 300 for window in cut_at_spaces(LONG, widest=300))


def test_a_cut_lies_in_the_white_between_words() -> None:
    windows = cut_at_spaces(LONG, widest=300)
    assert all(window.image[:, 0].min() > 200 for window in windows[1:])
    assert not any(window.joined for window in windows[1:])


def test_a_cut_through_solid_ink_joins_without_a_space() -> None:
    bar = np.zeros((30, 900, 3), dtype=np.uint8)
    bar[:2] = bar[-2:] = 255
    assert all(window.joined for window in cut_at_spaces(bar, widest=300))
