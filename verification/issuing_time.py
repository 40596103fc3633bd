"""What a paper says of its time (its form, its office, the acts it cites) beside its own date in; what cannot
have been so on that day out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ocr.model import TextLine
from verification.address_text import split_address, unit_key
from verification.contradiction import Contradiction, ReadPaper
from verification.dates import PartialDate
from verification.extraction import Kind
from verification.labels import flat, letters
from verification.places import Level, parse_places
from verification.units import load_units

_MERGE: Final = date(2025, 7, 1)
"""No district since (Luật Tổ chức chính quyền địa phương 72/2025/QH15), and the communes of today."""
_LAST_DAY: Final = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class _Period:
    """Papers of these kinds that bear one of these wordings (all papers when empty) are issued on days from
    `first` to `last`."""

    kinds: tuple[str, ...]
    first: date
    last: date = _LAST_DAY
    wordings: tuple[str, ...] = ()


_PERIODS: Final = (
    # With a chip since January 2021; the Luật Căn cước 26/2023/QH15 put another card in its place.
    _Period(("citizen_card_2021_front", "citizen_card_2021_back"), date(2021, 1, 1), date(2024, 6, 30)),
    _Period(("citizen_card_2024_front", "citizen_card_2024_back"), date(2024, 7, 1)),
    # Licences passed from the transport offices to the police on 1 March 2025 (NQ 190/2025/QH15).
    _Period(("driving_licence",), date(2025, 3, 1), wordings=("BỘ CÔNG AN",)),
    _Period(
        ("driving_licence",),
        date(1995, 1, 1),
        date(2025, 2, 28),
        ("BỘ GIAO THÔNG VẬN TẢI", "BỘ GTVT", "SỞ GIAO THÔNG VẬN TẢI", "SỞ GTVT"),
    ),
)
_ACT: Final = re.compile(
    r"(?<![\d/])\d{1,4}/((?:19|20)\d{2})/(?:tt|nd|qh|qd|qdst|nq|ttlt|ubtvqh|pl|ct)(?![a-z])"
)
_OF_DISTRICTS: Final = ("huyện", "quận", "thị xã")
_AUTHORITIES: Final = ("birth_certificate", "marriage_certificate")
"""Kinds that are drawn up on the day of registration: an extract names the office of long ago."""


def what_was_not_yet_so(paper: ReadPaper) -> Iterator[Contradiction]:
    """1. Form and office. 2. Acts that are cited. 3. Administrative units."""
    yield from _periods(paper)
    yield from _cited(paper)
    yield from _units(paper)


def telling_lines(lines: Sequence[TextLine], kind: Kind) -> Iterator[int]:
    """Numbers of the lines that bear a wording of some time, or cite an act."""
    wordings = [letters(w) for period in _PERIODS if kind in period.kinds for w in period.wordings]
    for number, line in enumerate(lines):
        if _ACT.search(flat(line.text)) or letters(line.text).startswith(tuple(wordings)):
            yield number


def _periods(paper: ReadPaper) -> Iterator[Contradiction]:
    issued = paper.day("issued_on")
    if issued is None or paper.stamped:
        return
    for period in _PERIODS:
        outside = _before(issued, period.first) or _behind(issued, period.last)
        if paper.kind not in period.kinds or not outside:
            continue
        if not period.wordings:
            yield Contradiction("ISSUED_OUTSIDE_PERIOD", ("issued_on",))
        elif worded := next((w for w in period.wordings if _seen_by_two(paper, w)), None):
            yield Contradiction("WORDING_OUTSIDE_PERIOD", ("issued_on",), {"wording": worded})


def _seen_by_two(paper: ReadPaper, wording: str) -> bool:
    """Whether two readers saw it in one line, alone or at its head."""
    wanted = letters(wording)
    seen = (any(letters(x.text).startswith(wanted) for x in t.lines) for p in paper.pages for t in p.texts)
    return sum(seen) >= 2


def _cited(paper: ReadPaper) -> Iterator[Contradiction]:
    """A paper cites no act of a later year; two readers must have seen it alike."""
    name = "issued_on" if paper.value("issued_on") else "registered_on"
    issued = paper.day(name)
    if issued is None or paper.stamped:
        return
    texts = [text for page in paper.pages for text in page.texts]
    seen = [set(_acts("\n".join(line.text for line in text.lines))) for text in texts]
    for act, year in sorted(set().union(*seen)):
        if year > issued.year and sum((act, year) in of_one for of_one in seen) >= 2:
            yield Contradiction("CITES_LATER_ACT", (name,), {"act": act.upper()})


def _acts(text: str) -> Iterator[tuple[str, int]]:
    return ((m.group(), int(m[1])) for m in _ACT.finditer(flat(text)))


def _units(paper: ReadPaper) -> Iterator[Contradiction]:
    """An office of a district's time after the merge, or of a commune that came with the merge before it."""
    office, day = paper.value("registered_at"), paper.day("registered_on")
    if paper.kind not in _AUTHORITIES or not office or day is None:
        return
    gone = not _before(day, _MERGE) and _names_a_district(office)
    if gone or (_before(day, _MERGE) and _is_of_today_only(office)):
        yield Contradiction("AUTHORITY_OUTSIDE_PERIOD", ("registered_at", "registered_on"))


def _names_a_district(office: str) -> bool:
    kinds = [atom.kind for atom in split_address(_without_committee(office))]
    return any(kind in _OF_DISTRICTS for kind in kinds) or "thành phố" in kinds[:-1]


def _is_of_today_only(office: str) -> bool:
    """Whether it surely names a commune that came with the merge: its province had none of that name."""
    found = parse_places(_without_committee(office))
    return bool(found) and all(
        p.level is Level.COMMUNE and p.today and p.known and p.name not in _names_before(p.province_name)
        for p in found
    )


@cache
def _names_before(province: str) -> frozenset[str]:
    """The names of all communes that the province of this name had before, and of those gone up in them."""
    units = load_units()
    codes = [old.code for old in units.provinces_before.values() if unit_key(old.name) == province]
    districts = (district for code in codes for district in units.districts_before[code])
    communes = [c for district in districts for c in units.communes_before[district.code]]
    return frozenset(unit_key(c.name) for c in communes) | {name for c in communes for name in c.earlier}


def _without_committee(office: str) -> str:
    return re.sub(r"^\s*(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\s+", "", office, flags=re.IGNORECASE)


def _before(day: PartialDate, other: date) -> bool:
    parts = day.parts()
    return parts < (other.year, other.month, other.day)[: len(parts)]


def _behind(day: PartialDate, other: date) -> bool:
    parts = day.parts()
    return parts > (other.year, other.month, other.day)[: len(parts)]
