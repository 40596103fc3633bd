"""What pages, commands and files call the books, and why a line was cancelled: values in, words out."""

import re
from collections.abc import Iterator
from functools import cache

from api.web.language import Bilingual as Both
from ocr.errors import OcrError
from signing.errors import SigningError
from storage.errors import StorageError
from verification.errors import VerificationError
from verification.register import Series

TITLES = {
    Series.COPIES: Both(
        "Sổ chứng thực bản sao điện tử từ bản chính", "Book of certifications (electronic copies)"
    ),
    Series.PAPER_COPIES: Both("Sổ chứng thực bản sao từ bản chính", "Book of certifications (copies)"),
    Series.RECEIPTS: Both("Danh sách phiếu xác nhận kết quả đối chiếu", "List of receipts"),
}
NAMES = {"copies": Series.COPIES, "paper": Series.PAPER_COPIES, "receipts": Series.RECEIPTS}
"""What commands and programs call the series."""
_TREES: tuple[type[Exception], ...] = (VerificationError, SigningError, StorageError, OcrError)
_OTHERS = {
    "TAKEN_BACK": Both(
        "Cán bộ rút lại quyết định trước khi ký", "The officer took the decision back before it was signed"
    ),
}
_OF_A_FAULT = re.compile(r"[A-Z]\w*(?:Error|Exception|Interrupt)")


def name_of(series: Series) -> str:
    """What commands and programs call this series."""
    return next(name for name, named in NAMES.items() if named is series)


def reason_words(reason: str) -> Both:
    """Why a line was cancelled: the words of a code, or what an administrator wrote, as it was written."""
    if reason in _OTHERS:
        return _OTHERS[reason]
    if _OF_A_FAULT.fullmatch(reason):
        return Both(f"Lỗi nội bộ ({reason})", f"Internal fault ({reason})")
    found = _words().get(reason)
    return Both(*(text.rstrip(".") for text in found)) if found else Both(reason, reason)


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Of every error that may end an issue. A class whose words need its instance gives those it has."""
    found: dict[str, tuple[str, str]] = {}
    for error in (error for root in _TREES for error in _tree(root)):
        code, vi = getattr(error, "code", None), getattr(error, "message_vi", None)
        english = (error.__doc__ or "").strip().splitlines()
        if isinstance(code, str) and isinstance(vi, str) and english:
            found.setdefault(code, (vi, english[0]))
    return found


def _tree(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)
