"""A paper that could not be issued in; why, in words, and the way out, out."""

from api.problems import OURS
from api.web.language import Bilingual as Both
from api.web.views import Message
from verification.ports import PaperCase


def failed(paper: PaperCase) -> Message | None:
    """Why it could not be issued, in words, and the way out; None while nothing failed."""
    if not paper.failure:
        return None
    why = failure_words(paper.failure)
    way = Both(
        "Số đã lấy được hủy và ghi lý do trong sổ. Quyết định lại để cấp bằng số mới.",
        "The number is cancelled in the book with its reason. Decide again to issue under a new one.",
    )
    return Message(Both(f"Lần cấp trước không xong: {why.vi}", f"Issuing failed: {why.en}"), next_step=way)


def failure_words(code: str) -> Both:
    """The sentences of an error's code; a fault of ours has none but its name."""
    for kind in _every(*OURS):
        if getattr(kind, "code", None) == code:
            return Both(getattr(kind, "message_vi", code), (kind.__doc__ or code).strip().splitlines()[0])
    return Both(f"lỗi hệ thống ({code})", f"a fault of the system ({code})")


def _every(*roots: type[Exception]) -> list[type[Exception]]:
    found = [*roots]
    for kind in found:
        found += kind.__subclasses__()
    return found
