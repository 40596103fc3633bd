"""A page with several cards on it in, the place of each out; a reading of the page in, one of each card out.

Nothing is stretched or cut out: boxes stay pixels of the whole picture, and lines go where they stand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.flatten import candidates, reduced, stands_out
from ocr.geometry import Quad, box_of, in_order, sides
from ocr.model import Box, DocumentReading, Page, PageReading, Pixels
from ocr.print_blocks import card_blocks

# ISO/IEC 7810 ID-1: cards, driving licences.
_CARD_MM = (85.6, 53.98)
_CARD_SHAPE = _CARD_MM[0] / _CARD_MM[1]
_NEAR_SHAPE = 0.13
_NEAR_SIZE = 0.15
_LEAST_SHARE, _MOST_SHARE = 0.02, 0.45
_LIKE_SIZE = 0.6
_MM_PER_INCH = 25.4
# Of the height of a card: by how much its region is wider, so that print at its edge belongs to it.
_MARGIN = 0.03
# Fewer lines outside all cards are page numbers and specks, not a paper.
_LEAST_LINES_OUTSIDE = 3
# A copied card is a pale grey on white: it is looked for in a small picture, as what is darker than the
# lightest within a hand's breadth, by several steps of grey, since light falls unevenly.
_SMALL = 400
_BREADTH = 0.275
_DARKER_BY = (4, 7, 11, 16)
_LEAST_FILLED = 0.85
# Where one card is found and a second is too pale: print that fits into a card of that size is one.
_LEAST_LINES = 4
_FITS = 1.05
# Of the height of a card: how far codes and pictures may reach past its print.
_UNPRINTED = 0.12


def find_cards(page: Page, lines: Sequence[Quad]) -> tuple[Box, ...]:
    """The places of the cards on a page from the top, left before right; () when there are not several.

    A card is an area of the shape of ISO/IEC 7810 ID-1, of its size where the page's resolution is known,
    that stands out from what it lies on; all are of like size. Where none is seen, a block of print is.
    """
    apart = list[Quad]()
    for quad in sorted(_card_shapes(page), key=_area, reverse=True):
        box = _region(quad, page)
        if all(not box.overlap(_region(other, page)) for other in apart):
            apart.append(quad)
    found = [_region(quad, page) for quad in apart if _area(quad) >= _LIKE_SIZE * _area(apart[0])]
    boxes = [box_of(line, page.width, page.height) for line in lines]
    if len(found) == 1:
        found += _print_like(found[0], boxes, page)
    if len(found) < 2:
        found = _by_print_alone(boxes, page)
    return tuple(sorted(found, key=lambda box: (round(box.centre[1] / box.height), box.x0)))


def _card_shapes(page: Page) -> Iterator[Quad]:
    """Areas that may be cards, in pixels of the page, most of them more than once."""
    whole = float(page.width * page.height)
    small, scale = reduced(page.image, _SMALL)
    lit = (quad / scale for quad in candidates(small) if stands_out(small, quad))
    for quad in (*lit, *_pale_shapes(page.image)):
        if _is_card(quad, page.dpi) and _LEAST_SHARE <= _area(quad) / whole <= _MOST_SHARE:
            yield quad


def _pale_shapes(image: Pixels) -> Iterator[Quad]:
    """Rectangles a little darker than what is around them."""
    small, scale = reduced(image, _SMALL)
    soft = cv2.medianBlur(small, 3)
    breadth = max(round(_BREADTH * max(small.shape)), 1)
    ground = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((breadth, breadth), np.uint8))
    darker = np.asarray(cv2.subtract(ground, soft), dtype=np.uint8).max(axis=2)
    for step in _DARKER_BY:
        mask = (darker >= step).astype(np.uint8)
        for size, how in ((7, cv2.MORPH_CLOSE), (9, cv2.MORPH_OPEN)):
            mask = cv2.morphologyEx(mask, how, np.ones((size, size), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            around = cv2.minAreaRect(contour)
            if cv2.contourArea(contour) >= _LEAST_FILLED * max(around[1][0] * around[1][1], 1.0):
                yield in_order(np.asarray(cv2.boxPoints(around), dtype=np.float64)) / scale


def _print_like(card: Box, boxes: Sequence[Box], page: Page) -> list[Box]:
    """The lines outside a card, as one more, when together they fit into a card of its size."""
    outside = [box for box in boxes if not _inside(card)(box)]
    if len(outside) < _LEAST_LINES:
        return []
    around = outside[0]
    for box in outside[1:]:
        around = around.union(box)
    region = _grown(around, round(_UNPRINTED * card.height), page)
    fits = around.width <= _FITS * card.width and around.height <= _FITS * card.height
    return [region] if fits and around.width >= card.width / 2 and not region.overlap(card) else []


def _by_print_alone(boxes: Sequence[Box], page: Page) -> list[Box]:
    """Regions around blocks of print as large as cards; [] where there are not several, apart."""
    size = tuple(mm / _MM_PER_INCH * page.dpi for mm in _CARD_MM) if page.dpi else None
    blocks = card_blocks(boxes, (size[0], size[1]) if size else None, (page.width, page.height))
    regions = [_grown(block, round(_UNPRINTED * block.height), page) for block in blocks]
    overlap = any(one.overlap(other) for i, one in enumerate(regions) for other in regions[:i])
    return [] if overlap else regions


def by_region(reading: DocumentReading) -> DocumentReading:
    """The same with a `PageReading` for each paper that was told apart on a page (`parts_of`)."""
    return replace(reading, pages=tuple(part for page in reading.pages for part in parts_of(page)))


def parts_of(page: PageReading) -> list[PageReading]:
    """One reading of each paper on the page, or the page itself where none were told apart.

    They carry the same page number, each its `page.region`, and the very lines, codes and marks that stand
    there. What stands outside all of them comes last, without a region, when it is three lines or more (a
    stamp below two copied cards).
    """
    if not page.regions:
        return [page]
    parts = [_part(page, region, _inside(region)) for region in page.regions]
    outside = _part(page, None, lambda box: not any(_inside(region)(box) for region in page.regions))
    written = sum(bool(line.text) for text in outside.texts[:1] for line in text.lines)
    return [*parts, outside] if written >= _LEAST_LINES_OUTSIDE else parts


def _part(page: PageReading, region: Box | None, belongs: Callable[[Box], bool]) -> PageReading:
    texts = (replace(t, lines=tuple(line for line in t.lines if belongs(line.box))) for t in page.texts)
    return PageReading(
        replace(page.page, region=region),
        tuple(texts),
        tuple(code for code in page.codes if belongs(code.box)),
        page.warnings,
        tuple(mark for mark in page.marks if belongs(mark.box)),
    )


def _inside(region: Box) -> Callable[[Box], bool]:
    def holds(box: Box) -> bool:
        x, y = box.centre
        return region.x0 <= x < region.x1 and region.y0 <= y < region.y1

    return holds


def _grown(box: Box, by: int, page: Page) -> Box:
    return Box(
        max(box.x0 - by, 0), max(box.y0 - by, 0), min(box.x1 + by, page.width), min(box.y1 + by, page.height)
    )


def _is_card(quad: Quad, dpi: int | None) -> bool:
    width, height = sides(quad)
    long, short = max(width, height), max(min(width, height), 1.0)
    expected = _CARD_MM[0] / _MM_PER_INCH * dpi if dpi else long
    return bool(
        abs(np.log(long / short / _CARD_SHAPE)) <= _NEAR_SHAPE and abs(np.log(long / expected)) <= _NEAR_SIZE
    )


def _area(quad: Quad) -> float:
    width, height = sides(quad)
    return width * height


def _region(quad: Quad, page: Page) -> Box:
    margin = _MARGIN * min(sides(quad))
    grown: NDArray[np.float64] = np.concatenate((quad - margin, quad + margin))
    return box_of(grown, page.width, page.height)
