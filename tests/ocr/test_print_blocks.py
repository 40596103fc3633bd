"""Print of two cards on one page stands in two blocks; a form with its columns does not."""

import pytest

from ocr.model import Box
from ocr.print_blocks import card_blocks

PAGE = (1654, 2339)
CARD = (674.0, 425.0)
"""At 200 dpi."""


def block(left: int, top: int, *, rows: int = 6, width: int = 560) -> list[Box]:
    """Lines as on a card."""
    return [Box(left, top + 60 * row, left + width, top + 60 * row + 24) for row in range(rows)]


@pytest.mark.parametrize("card", [CARD, None])
@pytest.mark.parametrize("second", [(480, 900), (1000, 300)])
def test_two_blocks_as_large_as_cards_are_two(
    card: tuple[float, float] | None, second: tuple[int, int]
) -> None:
    found = card_blocks([*block(100, 300), *block(*second)], card, PAGE)
    assert sorted(found) == sorted(
        [Box(100, 300, 660, 624), Box(second[0], second[1], second[0] + 560, second[1] + 324)]
    )


@pytest.mark.parametrize("card", [CARD, None])
def test_one_block_and_blocks_close_together_are_none(card: tuple[float, float] | None) -> None:
    assert card_blocks(block(100, 300), card, PAGE) == []
    assert card_blocks([*block(100, 300), *block(100, 680)], card, PAGE) == []


def test_blocks_of_another_size_than_cards_are_none() -> None:
    wide = [*block(100, 300, width=900), *block(100, 900, width=900)]
    assert card_blocks(wide, CARD, PAGE) == []
    assert card_blocks([*block(100, 300), *block(100, 900, width=380)], None, PAGE) == []


def test_a_form_with_other_lines_is_no_page_of_cards() -> None:
    others = [Box(100, 1500 + 150 * row, 1500, 1530 + 150 * row) for row in range(5)]
    assert card_blocks([*block(100, 300), *block(100, 900), *others], CARD, PAGE) == []


def test_a_page_without_lines_has_no_blocks() -> None:
    assert card_blocks([], None, PAGE) == []
