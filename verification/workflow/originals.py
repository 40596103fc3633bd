"""The pages of an original as a copy shows them: a paper's sides in, page pictures and their fineness out."""

from signing.model import PageScan
from verification.errors import ScanTooCoarseError
from verification.ports import PaperCase
from verification.services import Services
from verification.submission import PageImage, Submission

LEAST_DPI = 200
"""NĐ 30/2020, annex: paper is scanned in colour at 200 dpi or more, at 100 %."""
_CARD_INCHES, _A4_INCHES = 3.37, 11.69


def pages_of(submission: Submission, paper: PaperCase) -> list[PageImage]:
    """The pictures of all pages of a paper, side by side as they were handed in."""
    return [
        submission.files[side.file].pages[number - 1]
        for side in paper.sides
        for number in side.extraction.pages
    ]


def require_fine(submission: Submission, paper: PaperCase) -> None:
    """Before a number is taken: no page may be coarser than the law has it. Raises ScanTooCoarseError."""
    if any(fineness(page) < LEAST_DPI for page in pages_of(submission, paper)):
        raise ScanTooCoarseError


def fineness(page: PageImage) -> int:
    """Dots an inch of the original: what the file states, of a photograph its pixels over the size it is
    drawn at, and of a scan in a PDF no more than that scan has."""
    return min(drawn_dpi(page), page.scanned_dpi or drawn_dpi(page))


def drawn_dpi(page: PageImage) -> int:
    """By how many pixels an inch the page is drawn in real size.

    A photograph does not say its scale: a card's shape is drawn as a card, anything else as A4.
    """
    if page.dpi:
        return page.dpi
    longer, shorter = max(page.width, page.height), min(page.width, page.height)
    card = 1.5 < longer / shorter < 1.68
    return max(round(longer / (_CARD_INCHES if card else _A4_INCHES)), 72)


def scans_of(services: Services, submission: Submission, paper: PaperCase) -> tuple[PageScan, ...]:
    """The pages with their bytes, as they are kept. Raises the object store's errors."""
    return tuple(
        PageScan(services.objects.get(page.digest), page.width, page.height, drawn_dpi(page))
        for page in pages_of(submission, paper)
    )
