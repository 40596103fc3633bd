"""Both sides of a card on one page of A4: both truths, and regions where the sides lie."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from verification.specimens import Grade, SharedPage, Specimen, draw, two_sides_on_a4
from verification.specimens.chance import Chance
from verification.specimens.errors import NotCleanError
from verification.specimens.two_sides import middles


def sides(year: int, seed: int) -> tuple[Specimen, Specimen]:
    front, back = (
        draw(f"citizen_card_{year}_{side}", seed=seed, grade=Grade.CLEAN) for side in ("front", "back")
    )
    return front, back


@pytest.fixture(scope="module")
def photo() -> SharedPage:
    return two_sides_on_a4(*sides(2024, 5), grade=Grade.PHOTO)


def test_each_side_keeps_its_kind_its_truth_and_the_group_they_share(photo: SharedPage) -> None:
    front, back = sides(2024, 5)
    assert [paper.kind for paper in photo.papers] == [front.kind, back.kind]
    assert [paper.truth for paper in photo.papers] == [front.truth, back.truth]
    assert {paper.group for paper in photo.papers} == {front.group}
    assert photo.records == front.records


def test_the_same_sides_give_the_same_bytes(photo: SharedPage) -> None:
    assert two_sides_on_a4(*sides(2024, 5), grade=Grade.PHOTO) == photo
    assert two_sides_on_a4(*sides(2024, 5), grade=Grade.HARD).content != photo.content


def test_the_code_can_still_be_read(photo: SharedPage) -> None:
    page = np.array(Image.open(io.BytesIO(photo.content)).convert("L"))
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text.startswith(photo.papers[1].truth["personal_number"])


def test_sides_lie_on_the_page_and_apart_above_or_beside_each_other() -> None:
    ways = set()
    for seed in range(40):
        upper, lower = middles(Chance("middles", seed))
        above, beside = lower[1] - upper[1] > 60, lower[0] - upper[0] > 95
        assert above or beside
        assert 45 < min(upper[0], lower[0]) <= max(upper[0], lower[0]) < 165
        assert 30 < min(upper[1], lower[1]) <= max(upper[1], lower[1]) < 265
        ways.add(above)
    assert ways == {True, False}


def test_a_region_is_as_large_as_a_card_that_is_hardly_turned(photo: SharedPage) -> None:
    for left, top, right, bottom in (paper.region for paper in photo.papers):
        assert 85 < right - left < 90
        assert 53.5 < bottom - top < 58


def test_a_side_that_is_not_clean_is_refused() -> None:
    front, _ = sides(2021, 1)
    with pytest.raises(NotCleanError):
        two_sides_on_a4(front, draw("citizen_card_2021_back", seed=1, grade=Grade.SCAN))
