"""Where everything of a certified copy stands: the page scans in, places on A4 pages in millimetres out.

The original is drawn in its real size wherever that leaves room for what must be added, and smaller
otherwise; it is never enlarged, and nothing added ever lies on ink.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from signing.blank import Blank, blank_bands
from signing.model import PageScan

A4_MM = (210.0, 297.0)
SIDE_MM = 8.0
FIRST_HEAD_MM, HEAD_MM, FOOT_MM = 24.0, 13.0, 12.0
"""Room above the original on page 1 (form of copy, agency, signing time) and on others, and below."""
_GAP_MM = 4.0
_STATEMENT_SIDE_MM = 18.0
_LEAST_ROOM_MM, _WIDEST_MM = (150.0, 45.0), 174.0
"""What no statement fits into, and beyond what its lines would be hard to read."""
_MM_PER_INCH = 25.4
_CUT_MM = 1.0
"""A scan of A4 is seldom A4 to the millimetre."""
_SHORT_MM = 8.0
"""What is smaller than its page by more has edges that words beside it would cross."""
_SMALL_MM = (125.0, 95.0)
"""A card with the glass of the scanner around it; two of them leave room for a statement."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in millimetres from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: how it lies, where its scans are drawn, and whether one in real size fills it."""

    width: float
    height: float
    head: float
    scans: tuple[Place, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """All pages; `room` is the blank place on the last one for the statement, None where there is none."""

    pages: tuple[PagePlan, ...]
    room: Place | None


def plan_copy(scans: tuple[PageScan, ...], *, statement_on_last: bool) -> CopyPlan:
    """Lay it out. Only pages that would fill an A4 page, and the last one, are looked at for blank bands.

    Raises RenderError for a scan that is no picture.
    """
    pages = tuple(_page(on_it, first=index == 0) for index, on_it in enumerate(_together(scans)))
    if not statement_on_last:
        return CopyPlan(pages, None)
    return CopyPlan(pages, _room(pages[-1], blank_bands(scans[-1].content)))


def _together(scans: tuple[PageScan, ...]) -> list[tuple[PageScan, ...]]:
    """Two small scans that follow each other, as both sides of a card do, share a page."""
    pages: list[tuple[PageScan, ...]] = []
    for scan in scans:
        if pages and len(pages[-1]) == 1 and _share(pages[-1][0], scan):
            pages[-1] = (*pages[-1], scan)
        else:
            pages.append((scan,))
    return pages


def _share(one: PageScan, other: PageScan) -> bool:
    """The same bytes twice on a page would be one picture in the PDF, which could not be counted any more."""
    return _is_small(one) and _is_small(other) and one.content != other.content


def _is_small(scan: PageScan) -> bool:
    across, down = _size(scan)
    return across <= _SMALL_MM[0] and down <= _SMALL_MM[1]


def _size(scan: PageScan) -> tuple[float, float]:
    """Of the original, in millimetres."""
    return scan.width / scan.dpi * _MM_PER_INCH, scan.height / scan.dpi * _MM_PER_INCH


def _page(scans: tuple[PageScan, ...], *, first: bool) -> PagePlan:
    head = FIRST_HEAD_MM if first else HEAD_MM
    if len(scans) > 1:
        return PagePlan(*A4_MM, head, tuple(_stacked(scans, head)))
    [scan] = scans
    across, down = _size(scan)
    # A card lies on an upright page; turned is only what is wider than that.
    turned = across > down and across > A4_MM[0] - 2 * SIDE_MM
    width, height = A4_MM[::-1] if turned else A4_MM
    room = (width - 2 * SIDE_MM, height - head - FOOT_MM)
    if across <= room[0] and down <= room[1]:
        return PagePlan(width, height, head, (Place((width - across) / 2, head, across, down),))
    whole = _in_real_size(scan, (width, height), (across, down), head)
    if whole:
        return PagePlan(width, height, head, (whole,), whole=True)
    scale = min(room[0] / across, room[1] / down)
    across, down = across * scale, down * scale
    return PagePlan(width, height, head, (Place((width - across) / 2, head, across, down),))


def _stacked(scans: tuple[PageScan, ...], head: float) -> Iterator[Place]:
    y = head
    for scan in scans:
        across, down = _size(scan)
        yield Place((A4_MM[0] - across) / 2, y, across, down)
        y += down + _GAP_MM


def _in_real_size(
    scan: PageScan, page: tuple[float, float], size: tuple[float, float], head: float
) -> Place | None:
    """Where an A4 scan fills its page, if head and foot of it are blank where words are to be added."""
    (width, height), (across, down) = page, size
    if across > width + _CUT_MM or down > height + _CUT_MM:
        return None
    if across < width - _SHORT_MM or down < height - _SHORT_MM:
        return None
    fit = min(1.0, width / across, height / down)
    across, down = across * fit, down * fit
    place = Place((width - across) / 2, (height - down) / 2, across, down)
    blank = blank_bands(scan.content)
    free_head = place.y + blank.top * down
    free_foot = height - place.y - down + blank.bottom * down
    return place if free_head >= head and free_foot >= FOOT_MM else None


def _room(page: PagePlan, blank: Blank) -> Place | None:
    """The tallest blank place of the last page; whether it will do, the template knows.

    Beside a framed scan, or within its frame, but never across the frame.
    """
    scan = page.scans[-1]
    low, high = (
        scan.y + scan.height * (1 - blank.bottom) + _GAP_MM,
        scan.y + scan.height * blank.top - _GAP_MM,
    )
    foot = page.height - FOOT_MM
    if page.whole:
        rooms = [_across(page, low, foot), _across(page, page.head, high)]
    elif len(page.scans) > 1:
        rooms = [_across(page, scan.y + scan.height + _GAP_MM, foot)]
    else:
        frame = scan.y + scan.height
        within = (max(scan.x + _GAP_MM, _STATEMENT_SIDE_MM), scan.width - 2 * _GAP_MM)
        rooms = [
            _across(page, frame + _GAP_MM, foot),
            _between(within, low, frame - _GAP_MM),
            _between(within, scan.y + _GAP_MM, high),
        ]
    return max((room for room in rooms if room), key=lambda room: room.height, default=None)


def _across(page: PagePlan, top: float, bottom: float) -> Place | None:
    width = min(page.width - 2 * _STATEMENT_SIDE_MM, _WIDEST_MM)
    return _between(((page.width - width) / 2, width), top, bottom)


def _between(sides: tuple[float, float], top: float, bottom: float) -> Place | None:
    x, width = sides
    if bottom - top < _LEAST_ROOM_MM[1] or width < _LEAST_ROOM_MM[0]:
        return None
    return Place(x, top, min(width, _WIDEST_MM), bottom - top)
