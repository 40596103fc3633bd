"""Capacity: the lines typed for above a signer's name in, those lines as they are printed, or why not, out.

NĐ 30/2020 annex I, part I, II.7 knows who may sign for whom: `KT.` a deputy, `TUQ.` one who was authorised
(and may not authorise another), `TL.` one who was ordered; NĐ 280/2025 makes the chairman certify in person,
so that nothing is signed for the committee (`TM.`) any more.
"""

import re
import unicodedata
from enum import StrEnum

from verification.signing_errors import CapacityInvalidError

CHAIRMAN = "CHỦ TỊCH"
DEPUTY = "PHÓ CHỦ TỊCH"
_MOST_LINES, _MOST_LETTERS = 3, 90
_FORMULA = re.compile(r"^(KT|TUQ|TL|TM|Q)\.\s*")


class Right(StrEnum):
    """By what right somebody signs."""

    OWN = "OWN"
    """The chairman."""
    ACTING = "ACTING"
    """Q. CHỦ TỊCH: who has the office for the time being."""
    DEPUTY = "KT"
    AUTHORISED = "TUQ"
    ORDERED = "TL"


def capacity_of(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The lines in capitals and composed letters, one space after the formula.

    Raises CapacityInvalidError, which says which line and why.
    """
    lines = tuple(filter(None, (_plain(line) for line in typed)))
    if not lines:
        raise CapacityInvalidError(*_MISSING)
    if len(lines) > _MOST_LINES or any(len(line) > _MOST_LETTERS for line in lines):
        raise CapacityInvalidError(*_TOO_LONG)
    _require_known(lines)
    return lines


def right_of(capacity: tuple[str, ...]) -> Right:
    """Of lines that `capacity_of` has let through."""
    formula = _FORMULA.match(capacity[0])
    if formula is None:
        return Right.OWN
    return Right.ACTING if formula[1] == "Q" else Right(formula[1])


def title_missing(capacity: tuple[str, ...]) -> bool:
    """Whether the signer's own title is still to be added, as the decree wants below TUQ. and TL.; the first
    versions let such lines through, so that this is told and not refused."""
    return right_of(capacity) in (Right.AUTHORISED, Right.ORDERED) and len(capacity) == 1


def _plain(line: str) -> str:
    upper = " ".join(unicodedata.normalize("NFC", line).upper().split())
    return _FORMULA.sub(lambda found: f"{found[1]}. ", upper)


def _require_known(lines: tuple[str, ...]) -> None:
    first, titles = lines[0], lines[1:]
    formula = _FORMULA.match(first)
    if any(_FORMULA.match(title) for title in titles):
        raise CapacityInvalidError(*_TWICE)
    if formula is None:
        _require(_is_chairman(first) and not titles, _UNKNOWN)
        return
    _require(formula[1] != "TM", _COMMITTEE)
    _require(_is_chairman(first[formula.end() :]), _UNKNOWN)
    match formula[1]:
        case "Q":
            _require(not titles, _UNKNOWN)
        case "KT":
            _require(titles == (DEPUTY,), _DEPUTY_MISSING)


def _is_chairman(words: str) -> bool:
    return words == CHAIRMAN or words.startswith((f"{CHAIRMAN} UBND ", f"{CHAIRMAN} ỦY BAN NHÂN DÂN "))


def _require(fits: bool, why: tuple[str, str]) -> None:
    if not fits:
        raise CapacityInvalidError(*why)


_MISSING = ("chưa ghi dòng nào", "no line is given")
_TOO_LONG = (
    f"nhiều nhất {_MOST_LINES} dòng, mỗi dòng {_MOST_LETTERS} ký tự",
    f"at most {_MOST_LINES} lines of {_MOST_LETTERS} letters",
)
_TWICE = (
    "chỉ dòng đầu được ghi KT., TUQ. hoặc TL.; người được ủy quyền không ủy quyền lại",
    "only the first line may say KT., TUQ. or TL.: who was authorised may not authorise another",
)
_COMMITTEE = (
    "từ 01/11/2025 Chủ tịch chứng thực với tư cách cá nhân (NĐ 280/2025), không ghi TM. nữa",
    "since 01/11/2025 the chairman certifies in person (Decree 280/2025); TM. is written no more",
)
_UNKNOWN = (
    "ghi CHỦ TỊCH, Q. CHỦ TỊCH, hoặc KT./TUQ./TL. CHỦ TỊCH rồi chức danh ở dòng sau",
    "write CHỦ TỊCH, Q. CHỦ TỊCH, or KT./TUQ./TL. CHỦ TỊCH with the signer's title on the next line",
)
_DEPUTY_MISSING = (
    f"sau KT. CHỦ TỊCH là một dòng {DEPUTY}",
    f"KT. CHỦ TỊCH is followed by one line, {DEPUTY}",
)
