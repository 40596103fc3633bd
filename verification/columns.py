"""Which section of a paper a label belongs to: labels in reading order in, sections and column margins out.

Labels repeat (the mother's and the father's year of birth). A label that only one section knows opens that
section; two opened on one row stand in two columns, and what follows goes by its column (a marriage
certificate's wife and husband).
"""

from dataclasses import dataclass

from ocr.model import Box
from verification.labels import Label
from verification.profile import FieldProfile


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a section was opened."""

    section: str
    box: Box


class Columns:
    """The sections open at this point of the page."""

    def __init__(self, order: list[str], right: int) -> None:
        self._order = order
        self._right = right
        self._open = [_Opening(order[0], Box(0, 0, 0, 0))]

    def choose(self, label: Label, box: Box) -> tuple[str, FieldProfile] | None:
        """The field this label announces here; None for a stop or a heading, which may open a section."""
        options = dict(label.fields)
        if label.heads is not None:
            self._opened(label.heads, box)
        if not options:
            return None
        here = self._column(box).section
        section = here if here in options else self._next(options, here)
        if len(options) == 1 and section != here:
            self._opened(section, box)
        return section, options[section]

    def left(self, box: Box) -> int:
        """The left edge of the column this box stands in; the page's when there is only one."""
        return self._column(box).box.x0 if len(self._open) > 1 else 0

    def right(self, box: Box) -> int:
        """The right edge of the column this box stands in."""
        further = [o.box.x0 for o in self._open if o.box.x0 > self._column(box).box.x0]
        return min(further, default=self._right)

    def _column(self, box: Box) -> _Opening:
        """The opening that the box stands under: the last one that begins no further right."""
        left = [o for o in self._open if o.box.x0 <= box.x0 + 2 * box.height]
        return max(left, key=lambda o: o.box.x0) if left else self._open[0]

    def _next(self, options: dict[str, FieldProfile], here: str) -> str:
        later = [s for s in self._order[self._order.index(here) :] if s in options]
        return later[0] if later else next(iter(options))

    def _opened(self, section: str, box: Box) -> None:
        opening = _Opening(section, box)
        beside = [o for o in self._open if same_row(o.box, box)]
        self._open = [*beside, opening]


def same_row(a: Box, b: Box) -> bool:
    """Whether two boxes stand side by side."""
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return shared > 0.5 * min(a.height, b.height)
