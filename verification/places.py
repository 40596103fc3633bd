"""An address as printed in; the administrative units it may mean, before or after the merge of 2025, out.

An address is read from its end: province, then district, then commune; what is left is the detail. A name
must stand whole between two separators, with its accents unless the whole address has none; what the
table does not know stays unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

from verification.address_text import Atoms, detail_of, endings, is_detail, is_hamlet, split_address, unit_key
from verification.normalise import is_unaccented
from verification.unit_names import (
    District,
    Doubt,
    Scope,
    find_communes_before,
    find_communes_of_today,
    find_districts,
    find_province,
)
from verification.units import Commune, CommuneBefore, load_units


class Level(IntEnum):
    """How fine a place is; a greater level is coarser."""

    COMMUNE = 1
    DISTRICT = 2
    PROVINCE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One meaning of an address.

    `unit` is the unit itself (two old communes that became one are two units), `name` the key of its bare
    name, `province_name` that of the province as written. `communes` are the communes of today that hold
    a part of it (not listed for a province), `provinces` their provinces; `before` is only a province's:
    the provinces of early 2025 it lies in. `today`: surely a unit of today. `known` is False where a piece
    to the left may be a finer unit that the table does not know.
    """

    level: Level
    unit: str
    name: str
    province_name: str
    communes: frozenset[str]
    provinces: frozenset[str]
    before: frozenset[str] = frozenset()
    detail: str = ""
    today: bool = False
    gone_province: bool = False
    doubt: Doubt = Doubt.NONE
    known: bool = True


class _Written(NamedTuple):
    """The districts that the last name may mean, in groups (`find_districts`), and the atoms before it."""

    rest: Atoms
    groups: list[tuple[District, ...]]


def parse_places(text: str, *, may_lack: bool = False) -> tuple[Place, ...]:
    """Every meaning that the table allows; none if it knows no unit in it, several if it cannot tell.

    `may_lack`: a piece may have been lost (a line of a paper unread), so a bare name that was a district's
    and is a commune's today means both, whatever stands before and behind it.
    """
    atoms = split_address(text)
    bare = is_unaccented(text)
    for left, kind, key in endings(atoms):
        if scope := find_province(kind, key, bare=bare):
            return tuple(dict.fromkeys(_in_province(atoms[:left], scope, may_lack=may_lack)))
    return ()


def commune_of_code(code: str) -> Place | None:
    """The commune of today with this code."""
    commune = load_units().communes.get(code)
    return None if commune is None else _of_today(commune)


def province_of_code(code: str) -> Place | None:
    """The province of today with this code, or the one that took up the old province of this code."""
    units = load_units()
    before = units.provinces_before.get(code)
    now = code if code in units.provinces else before.became if before else None
    if now is None:
        return None
    name = unit_key(units.provinces[now].name)
    return Place(Level.PROVINCE, f"province:{name}", name, name, frozenset(), frozenset({now}), today=True)


def _in_province(atoms: Atoms, scope: Scope, *, may_lack: bool) -> Iterator[Place]:
    """1. the province alone; 2. a commune of a district; 3. a district, or a commune of today; 4. unknown."""
    if not atoms:
        yield _province(scope, atoms)
        return
    written = _districts(atoms, scope)
    if found := tuple(_communes(written, scope)):
        yield from found
        return
    left, today = _communes_of_today(atoms, scope)
    # "Lâm Viên - Đà Lạt" is one commune of today, not something in the district Đà Lạt.
    districts = () if left < len(written.rest) else tuple(_district_places(written, scope))
    if today and _says_commune(written, scope, may_lack=may_lack):
        districts = ()
    yield from (*districts, *today) or (_province(scope, atoms),)


def _says_commune(written: _Written, scope: Scope, *, may_lack: bool) -> bool:
    """Whether a bare name, of a district of before and of a commune of today alike, must be the commune's:
    a hamlet stands before it, or a province that took the district in only with the merge behind it."""
    if may_lack:  # "Mỹ Tho, Đồng Tháp": a clerk may have put the new province behind the old district
        return False
    if written.rest and is_hamlet(written.rest[-1]):
        return True
    old = load_units().provinces_before
    named = {unit_key(old[p].name) for group in written.groups for d in group for p in d.provinces}
    return scope.today is not None and scope.key not in named


def _province(scope: Scope, rest: Atoms) -> Place:
    before = scope.before or scope.wider
    now = {load_units().provinces_before[code].became for code in before}
    return Place(
        Level.PROVINCE,
        f"province:{scope.key}",
        scope.key,
        scope.key,
        frozenset(),
        frozenset(now),
        before=frozenset(before),
        detail=detail_of(rest),
        gone_province=scope.gone,
        doubt=scope.doubt,
        known=all(is_detail(atom) for atom in rest),
    )


def _districts(atoms: Atoms, scope: Scope) -> _Written:
    # Where a province once reached (Mê Linh was in Vĩnh Phúc) counts only if it knows no such name now.
    for provinces in (scope.before, scope.wider):
        for left, kind, key in endings(atoms):
            if groups := find_districts(kind, key, scope, provinces):
                return _Written(atoms[:left], groups)
    return _Written(atoms, [])


def _communes(written: _Written, scope: Scope) -> Iterator[Place]:
    """The communes of the first group of districts that knows the name."""
    for group in written.groups:
        places = [place for district in group for place in _communes_of(district, written.rest, scope)]
        if places:
            yield from places
            return


def _communes_of(district: District, rest: Atoms, scope: Scope) -> Iterator[Place]:
    communes = _all_communes(district)
    if not communes[0].name:  # an island: the district is all there was
        yield _of_2025(communes[0], district, scope, rest)
        return
    for left, kind, key in endings(rest):
        found = find_communes_before(kind, key, district.codes, bare=scope.bare)
        for commune, doubt in found:
            place = _of_2025(commune, district, scope, rest[:left])
            yield replace(place, doubt=max(place.doubt, doubt))
        if found:
            return


def _all_communes(district: District) -> list[CommuneBefore]:
    return [commune for code in district.codes for commune in load_units().communes_before[code]]


def _of_2025(commune: CommuneBefore, district: District, scope: Scope, rest: Atoms) -> Place:
    return Place(
        Level.COMMUNE,
        f"before:{commune.code or commune.district}",
        unit_key(commune.name) or district.key,
        scope.key,
        frozenset(commune.became),
        _provinces_of(commune.became),
        detail=detail_of(rest),
        gone_province=scope.gone,
        doubt=max(district.doubt, scope.doubt),
        known=not rest or not rest[-1].kind,
    )


def _district_places(written: _Written, scope: Scope) -> Iterator[Place]:
    for district in written.groups[0] if written.groups else ():
        inside = frozenset(code for commune in _all_communes(district) for code in commune.became)
        yield Place(
            Level.DISTRICT,
            district.unit,
            district.key,
            scope.key,
            inside,
            _provinces_of(inside),
            detail=detail_of(written.rest),
            gone_province=scope.gone,
            doubt=Doubt.EARLIER if district.gone else district.doubt,
            known=all(is_detail(atom) for atom in written.rest),
        )


def _communes_of_today(atoms: Atoms, scope: Scope) -> tuple[int, tuple[Place, ...]]:
    """How many atoms stand before the name, and the communes of that name."""
    for left, kind, key in endings(atoms):
        rest = atoms[:left]
        known = not rest or not rest[-1].kind
        found = tuple(
            replace(_of_today(commune), detail=detail_of(rest), doubt=scope.doubt, known=known)
            for commune in find_communes_of_today(kind, key, scope)
        )
        if found:
            return left, found
    return len(atoms), ()


def _of_today(commune: Commune) -> Place:
    province = unit_key(load_units().provinces[commune.province].name)
    return Place(
        Level.COMMUNE,
        f"today:{commune.code}",
        unit_key(commune.name),
        province,
        frozenset({commune.code}),
        frozenset({commune.province}),
        today=True,
    )


def _provinces_of(communes: Iterable[str]) -> frozenset[str]:
    known = load_units().communes
    return frozenset(known[code].province for code in communes)
