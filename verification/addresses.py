"""The address on a paper and the place in a record in; whether they are one place, and by which rule, out.

An address of before July 2025 never equals today's text, so both are turned to units and these are compared.
What is not surely the same unit is never EQUIVALENT: a wrong answer here can cost somebody a house.
"""

import re
from dataclasses import replace
from typing import Final

from verification.address_text import detail_of, split_address
from verification.agreement import Agreement, Compared
from verification.normalise import canonical_i, same_name, squeeze
from verification.places import (
    Level,
    Place,
    commune_of_code,
    parse_places,
    province_of_code,
)
from verification.unit_names import Doubt

_DIFFERENT: Final = Compared(Agreement.DIFFERENT)
_UNKNOWN: Final = Compared(Agreement.UNDECIDED, "unknown_place")
# Words of a detail that say nothing by themselves; the kind of hamlet (thôn, tổ) does.
_FILLERS: Final = frozenset({"số", "nhà", "đường", "phố", "đ", "dân"})
_ABBREVIATIONS: Final = {"tdp": "tổ dân phố", "kp": "khu phố"}


def compare_addresses(
    paper: str | None,
    record_text: str | None,
    *,
    record_commune_code: str | None = None,
    record_province_code: str | None = None,
) -> Compared:
    """Whether a printed address and a record's place are the same.

    1. The same text is EXACT, or EQUIVALENT by how it is written (`tone_placement`, `i_y`, …).
    2. Both are read as units (`places.parse_places`); the record's code of today narrows its text, and a
       text that its own code contradicts is UNDECIDED by `record_inconsistent`.
       A bare name that was a district's and is a commune's today means both, unless both sides name the same
       house or hamlet before it: a paper may have lost its commune.
    3. Every meaning of the paper is compared with every meaning of the record. The same unit is EQUIVALENT
       by `unit_prefix`; a unit that became the record's, whole, by `commune_merge_2025`,
       `province_merge_2025` (only the province's name changed) or `old_province` (one gone before 2025).
    4. PARTIAL: `split_commune`, `same_new_commune` (two old units, now one), `coarser`, `record_coarser`,
       `unaccented`, `spelling`, `earlier_unit` (gone or promoted before 2025), `detail_differs`, and the
       rules of merged provinces where they do not decide.
    5. Two units apart are DIFFERENT; a name the table does not know is UNDECIDED by `unknown_place`, and
       one that means several units, of which only some agree, by `ambiguous`.
    """
    if not squeeze(paper or ""):
        return Compared(Agreement.MISSING_ON_PAPER)
    if not squeeze(record_text or "") and not record_commune_code and not record_province_code:
        return Compared(Agreement.MISSING_IN_RECORD)
    written = _same_writing(paper or "", record_text or "")
    if written is not None:
        return written
    ours = parse_places(paper or "", may_lack=True)
    theirs = _record_places(record_text or "", record_commune_code, record_province_code)
    if theirs is None:
        return Compared(Agreement.UNDECIDED, "record_inconsistent")
    ours, theirs = _vouched(ours, theirs), _vouched(theirs, ours)
    return _together([_compare_places(mine, other) for mine in ours for other in theirs])


def _vouched(places: tuple[Place, ...], others: tuple[Place, ...]) -> tuple[Place, ...]:
    """Without the district, where a bare name is a commune's of today as well and the other side names the
    same house or hamlet: what stands right before the name is then no commune that was lost."""
    told = {_detail_pieces(place.detail) for place in (*places, *others)}
    if len(told) != 1 or told == {()}:
        return places
    return tuple(place for place in places if place.today) or places


def _same_writing(paper: str, record: str) -> Compared | None:
    ours, theirs = (_evenly_spaced(text) for text in (paper, record))
    same = same_name(ours, theirs)
    if same.agreement in (Agreement.EXACT, Agreement.EQUIVALENT):
        return same
    if same.rule == "i_y":  # Mỹ or Mĩ is one commune, as Lý or Lí need not be one man
        return Compared(Agreement.EQUIVALENT, "i_y")
    if _words(ours) == _words(theirs):
        return Compared(Agreement.EQUIVALENT, "punctuation")
    return None


def _evenly_spaced(text: str) -> str:
    """Commas, points and dashes with one way of spaces about them, none at the end."""
    spaced = re.sub(r"\s*([,;.])\s*", r"\1 ", squeeze(text).replace(";", ","))
    return re.sub(r"\s*[-–—]\s*", " - ", spaced).strip(" ,.;")


def _words(text: str) -> list[str]:
    return re.sub(r"[,;.()]| - ", " ", canonical_i(text)).split()


def _record_places(text: str, commune: str | None, province: str | None) -> tuple[Place, ...] | None:
    """What the record means; None if its text and its codes contradict each other."""
    parsed = parse_places(text)
    if now := commune_of_code(commune or ""):
        return _in_commune(parsed, now, text)
    if around := province_of_code(province or ""):
        return _in_province(parsed, around, text)
    return parsed


def _in_commune(parsed: tuple[Place, ...], now: Place, text: str) -> tuple[Place, ...] | None:
    """The commune of the code, or what the text says more finely: an old commune that went into it."""
    if not parsed:
        # The text is no address by itself: it is the house or the hamlet in the commune of the code.
        return (replace(now, detail=detail_of(split_address(text))),)
    if inside := [place for place in parsed if _overlap(place, now)]:
        old = [place for place in inside if place.level is Level.COMMUNE and not place.today]
        narrowed = tuple(replace(place, communes=now.communes) for place in old)
        return narrowed or (replace(now, detail=min(inside, key=lambda place: place.level).detail),)
    # Old codes and today's are one series: a record not yet renewed holds the old one, and its text says so.
    return tuple(place for place in parsed if place.unit == now.unit.replace("today:", "before:")) or None


def _in_province(parsed: tuple[Place, ...], around: Place, text: str) -> tuple[Place, ...] | None:
    if not squeeze(text):
        return (around,)
    inside = tuple(place for place in parsed if place.provinces & around.provinces)
    if parsed and not inside:
        return None
    # The code says that a name which may be a smaller province's of before is today's.
    return tuple(around if place.unit == around.unit and not place.detail else place for place in inside)


def _compare_places(paper: Place, record: Place) -> Compared:
    if not (paper.known and record.known):
        return _UNKNOWN
    compared = _doubted(_compare_units(paper, record), max(paper.doubt, record.doubt))
    if compared.agreement is Agreement.EQUIVALENT and _details_differ(paper.detail, record.detail):
        return Compared(Agreement.PARTIAL, "detail_differs")
    # A house in a district or a province alone: a unit between them is missing, or is damaged beyond telling.
    if compared.rule == "coarser" and paper.detail:
        return Compared(Agreement.PARTIAL, "detail_differs")
    return compared


def _compare_units(paper: Place, record: Place) -> Compared:
    if paper.level is record.level and paper.unit == record.unit:
        return Compared(Agreement.EQUIVALENT, "unit_prefix")
    if paper.level is not record.level:
        rule = "coarser" if paper.level > record.level else "record_coarser"
        return Compared(Agreement.PARTIAL, rule) if _overlap(paper, record) else _DIFFERENT
    match paper.level:
        case Level.COMMUNE:
            return _compare_communes(paper, record)
        case Level.PROVINCE:
            return _compare_provinces(paper, record)
        case Level.DISTRICT:
            return _DIFFERENT


def _overlap(one: Place, other: Place) -> bool:
    if Level.PROVINCE in (one.level, other.level):
        return bool(one.provinces & other.provinces)
    return bool(one.communes & other.communes)


def _compare_communes(paper: Place, record: Place) -> Compared:
    if not _overlap(paper, record):
        return _DIFFERENT
    if not (paper.today or record.today):
        return Compared(Agreement.PARTIAL, "same_new_commune")
    if len(paper.communes) > 1 or len(record.communes) > 1:
        return Compared(Agreement.PARTIAL, "split_commune")
    if paper.gone_province or record.gone_province:
        return Compared(Agreement.EQUIVALENT, "old_province")
    moved_only = paper.name == record.name and paper.province_name != record.province_name
    return Compared(Agreement.EQUIVALENT, "province_merge_2025" if moved_only else "commune_merge_2025")


def _compare_provinces(paper: Place, record: Place) -> Compared:
    apart = paper.before and record.before and not paper.before & record.before
    if apart or not _overlap(paper, record):
        return _DIFFERENT
    rule = "old_province" if paper.gone_province or record.gone_province else "province_merge_2025"
    became = record.today and paper.provinces == record.provinces
    one = paper.before == record.before and len(paper.before) == 1
    return Compared(Agreement.EQUIVALENT if became or one else Agreement.PARTIAL, rule)


def _doubted(compared: Compared, doubt: Doubt) -> Compared:
    match compared.agreement, doubt:
        case Agreement.EQUIVALENT, Doubt.EARLIER:
            return Compared(Agreement.PARTIAL, "earlier_unit")
        case Agreement.EQUIVALENT, Doubt.UNACCENTED:
            return Compared(Agreement.PARTIAL, "unaccented")
        case Agreement.EQUIVALENT, Doubt.SPELLING:
            return Compared(Agreement.PARTIAL, "spelling")
        case Agreement.DIFFERENT, Doubt.EARLIER:
            return Compared(Agreement.UNDECIDED, "earlier_unit")
    return compared


def _together(results: list[Compared]) -> Compared:
    """One answer for all meanings: the weakest; none where a full agreement stands beside a difference."""
    if not results:
        return _UNKNOWN
    for agreement in (Agreement.UNDECIDED, Agreement.PARTIAL):
        for result in results:
            if result.agreement is agreement:
                return result
    if len({result.agreement for result in results}) > 1:
        return Compared(Agreement.UNDECIDED, "ambiguous")
    return results[0]


def _details_differ(paper: str, record: str) -> bool:
    """Whether both state a house, street or hamlet, and neither only says a whole piece more."""
    ours, theirs = _detail_pieces(paper), _detail_pieces(record)
    if any(_is_stray(piece) for piece in set(ours) ^ set(theirs)):
        return True
    one_way = [word for piece in ours for word in piece] == [word for piece in theirs for word in piece]
    return not (one_way or set(ours) <= set(theirs) or set(theirs) <= set(ours))


def _is_stray(piece: tuple[str, ...]) -> bool:
    """A letter alone is what is left of a word, or a mark that was read as one."""
    return len(piece) == 1 and len(piece[0]) == 1 and piece[0].isalpha()


def _detail_pieces(detail: str) -> tuple[tuple[str, ...], ...]:
    """The words of each piece: a word or a number less in a piece is another house."""
    return tuple(words for piece in detail.split(",") if (words := tuple(_detail_words(piece))))


def _detail_words(piece: str) -> list[str]:
    expanded = (_ABBREVIATIONS.get(word, word) for word in _words(piece))
    words = [_figure(word) for phrase in expanded for word in phrase.split()]
    return [word for word in words if word not in _FILLERS]


def _figure(word: str) -> str:
    """07 is 7; a nought before a letter is no number."""
    return (word.lstrip("0") or "0") if word.isdecimal() else word
