"""The value of one field on a paper and in a record in, a `Compared` out; one function a kind of value.

Every function takes field values as interface.md writes them (and as a record or a reader may spell
them); None or an empty text is MISSING_ON_PAPER or MISSING_IN_RECORD, the paper first.
"""

from collections.abc import Callable
from typing import Final

from verification.agreement import Agreement, Compared
from verification.code_lists import ethnic_code, nationality_code, sex_code
from verification.dates import PartialDate, parse_date, parse_date_in_words
from verification.normalise import canonical, same_name, squeeze

_EXACT: Final = Compared(Agreement.EXACT)
_DIFFERENT: Final = Compared(Agreement.DIFFERENT)
_UNLIMITED: Final = frozenset({"unlimited", "không thời hạn"})
# A personal or an identity-card number has a fixed length; a zero too few is another number.
_FREE_LENGTH: Final = 8


def compare_names(paper: str | None, record: str | None) -> Compared:
    """Names of people, and other short printed text: `normalise.same_name`."""
    return _missing(paper, record) or same_name(paper or "", record or "")


def compare_dates(paper: str | None, record: str | None) -> Compared:
    """Dates in figures or words; a year or a month alone is PARTIAL by `year_only` or `month_only`.

    A date in words that equals one in figures is EQUIVALENT by `in_words`. UNREADABLE if the paper's
    value is no date of the calendar, UNDECIDED if the record's is none. `unlimited` is equal to itself.
    """
    if missing := _missing(paper, record):
        return missing
    endless = [canonical(text or "") in _UNLIMITED for text in (paper, record)]
    if any(endless):
        return _EXACT if all(endless) else _DIFFERENT
    return _compare_dates(paper or "", record or "")


def compare_sex(paper: str | None, record: str | None) -> Compared:
    """Nam, male, M; Nữ, female, F."""
    return _compare_codes(paper, record, sex_code, "sex_code")


def compare_ethnicity(paper: str | None, record: str | None) -> Compared:
    """The 54 ethnic groups under their spellings: Mông = H'Mông, Ê Đê = Ê-đê, Kinh = Kinh (Việt)."""
    return _compare_codes(paper, record, ethnic_code, "ethnic_code")


def compare_nationality(paper: str | None, record: str | None) -> Compared:
    """Việt Nam = VNM = Vietnamese."""
    return _compare_codes(paper, record, nationality_code, "nationality_code")


def compare_numbers(paper: str | None, record: str | None, *, old_numbers: tuple[str, ...] = ()) -> Compared:
    """Numbers and symbols of papers, without regard to spaces and case.

    `old_numbers` are those the record knows its person by from before (CMND): a hit is EQUIVALENT by
    `old_number`. Zeros in front make a short number PARTIAL by `leading_zeros`. No digit is ever
    corrected: a misread number is another person's.
    """
    if missing := _missing(paper, record):
        return missing
    ours, theirs = _number(paper or ""), _number(record or "")
    if ours == theirs:
        return _EXACT
    if ours in {_number(old) for old in old_numbers}:
        return Compared(Agreement.EQUIVALENT, "old_number")
    short = max(len(ours), len(theirs)) <= _FREE_LENGTH
    if short and ours.isdecimal() and ours.lstrip("0") == theirs.lstrip("0"):
        return Compared(Agreement.PARTIAL, "leading_zeros")
    return _DIFFERENT


def _missing(paper: str | None, record: str | None) -> Compared | None:
    if not squeeze(paper or ""):
        return Compared(Agreement.MISSING_ON_PAPER)
    if not squeeze(record or ""):
        return Compared(Agreement.MISSING_IN_RECORD)
    return None


def _number(text: str) -> str:
    return "".join(canonical(text).split())


def _compare_dates(paper: str, record: str) -> Compared:
    ours = parse_date(paper) or parse_date_in_words(paper)
    theirs = parse_date(record) or parse_date_in_words(record)
    if ours is None:
        return Compared(Agreement.UNREADABLE)
    if theirs is None:
        return Compared(Agreement.UNDECIDED, "record_not_a_date")
    if ours == theirs:
        spelled = parse_date(paper) is None or parse_date(record) is None
        return Compared(Agreement.EQUIVALENT, "in_words") if spelled else _EXACT
    return _compare_known_parts(ours, theirs)


def _compare_known_parts(ours: PartialDate, theirs: PartialDate) -> Compared:
    known = min(len(ours.parts()), len(theirs.parts()))
    if known == 3 or ours.parts()[:known] != theirs.parts()[:known]:
        return _DIFFERENT
    return Compared(Agreement.PARTIAL, "year_only" if known == 1 else "month_only")


def _compare_codes(
    paper: str | None, record: str | None, code: Callable[[str], str | int | None], rule: str
) -> Compared:
    if missing := _missing(paper, record):
        return missing
    if canonical(paper or "") == canonical(record or ""):
        return _EXACT
    ours, theirs = code(paper or ""), code(record or "")
    if ours is None or theirs is None:
        return Compared(Agreement.UNDECIDED, "unknown_word")
    return Compared(Agreement.EQUIVALENT, rule) if ours == theirs else _DIFFERENT
