"""What each signature shows on the pages (seal, number, date, name): bytes in, marks by field out.

In Vietnamese official papers the number, the date and the seal are often drawn by signatures, not
by the page; who vouches for each is told by the field that draws it.
"""

from signing.model import Mark
from signing.pages import drawn_texts
from signing.revisions import Widget, signature_widgets


def visible_marks(content: bytes) -> dict[str, tuple[Mark, ...]]:
    """The marks of every visible signature field. Boxes are PDF points from the page's upper left corner
    before rotation. Raises NotAPdfError and what `read_form` raises."""
    widgets = signature_widgets(content)
    texts = drawn_texts(content, tuple((one.page, one.box) for one in widgets)) if widgets else ()
    marks: dict[str, tuple[Mark, ...]] = {}
    for widget, text in zip(widgets, texts, strict=True):
        marks[widget.field] = (*marks.get(widget.field, ()), Mark(widget.page + 1, _from_top(widget), text))
    return marks


def _from_top(widget: Widget) -> tuple[int, int, int, int]:
    (left, bottom, right, top), (x, y) = widget.box, widget.corner
    return round(left - x), round(y - top), round(right - x), round(y - bottom)
