"""The name of a unit and where to look in; the units of the frozen table that it may mean out.

Names are the keys of `address_text.unit_key`. `bare` says that the whole address is without accents: then,
and only then, names are looked up without theirs, and all that fold to the same are meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache
from typing import Final, NamedTuple, TypeVar

from verification.address_text import unit_key
from verification.normalise import fold
from verification.units import Commune, CommuneBefore, DistrictBefore, load_units


class Doubt(IntEnum):
    """Why a reading of an address may not carry a full agreement; the greater the graver."""

    NONE = 0
    SPELLING = 1
    """A name as many write it, one letter from the official one ("Đăk Lắk"): it may as well be damaged."""
    UNACCENTED = 2
    EARLIER = 3
    """Read through a unit that was gone, or lower in rank, before 2025: the table lacks its borders."""


class Scope(NamedTuple):
    """A name of a province: today's code, the codes of early 2025 it may mean, and where its land once lay.

    Several names that fold to the same are one scope, and all are meant.
    """

    key: str
    today: str | None
    before: tuple[str, ...]
    wider: tuple[str, ...]
    bare: bool
    spelled: bool = False
    """Written otherwise than its name, by one letter."""
    other_kind: bool = False
    """Written as another kind than it is or was in 2025: "tỉnh Cần Thơ" was larger, or a word is damaged."""

    @property
    def gone(self) -> bool:
        """Whether the name was that of no province in early 2025, nor is today."""
        return not self.before

    @property
    def doubt(self) -> Doubt:
        if self.other_kind:
            return Doubt.EARLIER
        if self.bare:
            return Doubt.UNACCENTED
        return Doubt.SPELLING if self.spelled else Doubt.NONE


class District(NamedTuple):
    """A district as written: `codes` are those of early 2025 that it stands for, together; `provinces` those
    of early 2025 that it lay in."""

    unit: str
    key: str
    codes: tuple[str, ...]
    provinces: tuple[str, ...]
    doubt: Doubt
    gone: bool


Named = TypeVar("Named", Commune, CommuneBefore, DistrictBefore)

_OF_DISTRICT: Final = frozenset({"", "thành phố", "quận", "huyện", "thị xã"})
_HUE_UNTIL_2024: Final = ("thừa thiên huế", "thừa thiên", "tt huế")
_OF_COMMUNE: Final = frozenset({"", "xã", "phường", "thị trấn", "đặc khu"})
# A promotion often cut off a part; the other way round there was none.
_PROMOTED: Final = frozenset({("xã", "phường"), ("xã", "thị trấn"), ("thị trấn", "phường")})


def find_province(kind: str, key: str, *, bare: bool) -> Scope | None:
    """The province of that name, of today, of early 2025 or long gone."""
    found = _scopes(bare).get(_looked_up(key, bare)) if kind in ("", "tỉnh", "thành phố") else None
    if found is None or not kind:
        return found
    kinds = _kinds_of_provinces()
    if kind in kinds.get(key, kinds.get(found.key, (kind,))):
        return found
    return found._replace(other_kind=True)


def find_districts(kind: str, key: str, scope: Scope, provinces: Iterable[str]) -> list[tuple[District, ...]]:
    """The districts of that name in those provinces, in groups: first those of the kind that is written,
    then those of another (promoted since, or a word is damaged). All districts of one group are meant."""
    if kind not in _OF_DISTRICT:
        return []
    looked_up = _looked_up(key, scope.bare)
    named = [known for code in provinces for known in _districts(code, scope.bare).get(looked_up, ())]
    of_kind = [known for known in named if kind in ("", known.kind.casefold())]
    others = [known for known in named if known not in of_kind]
    groups = [
        tuple(_district(known, scope, doubt=doubt) for known in group)
        for group, doubt in ((of_kind, Doubt.NONE), (others, Doubt.EARLIER))
        if group
    ]
    return groups or _gone_districts(looked_up, scope, provinces)


def find_communes_before(
    kind: str, key: str, districts: Iterable[str], *, bare: bool
) -> list[tuple[CommuneBefore, Doubt]]:
    """Those of that name and kind; else those promoted since; else those it is said to have gone up in."""
    if kind not in _OF_COMMUNE:
        return []
    looked_up = _looked_up(key, bare)
    same = [known for code in districts for known in _communes_before(code, bare).get(looked_up, ())]
    if exact := [known for known in same if kind in ("", known.kind.casefold())]:
        return [(known, Doubt.NONE) for known in exact]
    if promoted := [known for known in same if (kind, known.kind.casefold()) in _PROMOTED]:
        return [(known, Doubt.EARLIER) for known in promoted]
    written = {fold(name).replace(" ", "") for name in (key, f"{kind}{key}")}
    communes = (known for code in districts for known in load_units().communes_before[code])
    return [(known, Doubt.EARLIER) for known in communes if not written.isdisjoint(known.earlier)]


def find_communes_of_today(kind: str, key: str, scope: Scope) -> list[Commune]:
    """The communes of today's province of that name and kind."""
    if scope.today is None:
        return []
    named = _communes_of_today(scope.today, scope.bare).get(_looked_up(key, scope.bare), ())
    return [commune for commune in named if kind in ("", commune.kind.casefold())]


def _looked_up(key: str, bare: bool) -> str:
    return fold(key) if bare else key


def _district(known: DistrictBefore, scope: Scope, *, doubt: Doubt) -> District:
    return District(
        f"district:{known.code}",
        unit_key(known.name),
        (known.code,),
        (known.province,),
        max(scope.doubt, doubt),
        gone=False,
    )


def _gone_districts(looked_up: str, scope: Scope, provinces: Iterable[str]) -> list[tuple[District, ...]]:
    found = tuple(
        District(
            f"gone:{known.province}:{known.name}",
            unit_key(known.name),
            known.went_to,
            (known.province,),
            scope.doubt if known.whole else Doubt.EARLIER,
            gone=True,
        )
        for known in load_units().earlier_districts
        if known.province in provinces and _looked_up(unit_key(known.name), scope.bare) == looked_up
    )
    return [found] if found else []


@cache
def _districts(province: str, bare: bool) -> Mapping[str, tuple[DistrictBefore, ...]]:
    return _by_name(load_units().districts_before[province], bare)


@cache
def _communes_before(district: str, bare: bool) -> Mapping[str, tuple[CommuneBefore, ...]]:
    return _by_name(load_units().communes_before[district], bare)


@cache
def _communes_of_today(province: str, bare: bool) -> Mapping[str, tuple[Commune, ...]]:
    return _by_name(load_units().communes_of[province], bare)


def _by_name(named: Iterable[Named], bare: bool) -> Mapping[str, tuple[Named, ...]]:
    index: dict[str, list[Named]] = defaultdict(list)
    for known in named:
        index[_looked_up(unit_key(known.name), bare)].append(known)
    return {key: tuple(found) for key, found in index.items()}


@cache
def _kinds_of_provinces() -> Mapping[str, frozenset[str]]:
    """What a province of early 2025 was and is called, by the key of its name."""
    units = load_units()
    kinds: dict[str, set[str]] = defaultdict(set)
    for old in units.provinces_before.values():
        kinds[unit_key(old.name)].add(old.kind.casefold())
    for now in units.provinces.values():
        kinds[unit_key(now.name)].add(now.kind.casefold())
    for name in _HUE_UNTIL_2024:
        kinds[name].add("tỉnh")
    return {name: frozenset(known) for name, known in kinds.items()}


@cache
def _scopes(bare: bool) -> Mapping[str, Scope]:
    units = load_units()
    olds = units.provinces_before.values()
    today = {unit_key(province.name): code for code, province in units.provinces.items()}
    before = {unit_key(old.name): old.code for old in olds}
    wider = {unit_key(earlier.name): earlier.lies_in for earlier in units.earlier_provinces}
    scopes = {}
    for name in {*today, *before, *wider}:
        own = [before[name]] if name in before else []
        members = [old.code for old in olds if old.became == today.get(name)]
        codes = tuple(dict.fromkeys(own + members))
        # Vĩnh Phú is gone, and Vĩnh Phúc with a letter lost.
        near = not codes and any(_one_letter_apart(name, other) for other in (*today, *before))
        scopes[name] = Scope(name, today.get(name), codes, wider.get(name, ()), bare, spelled=near)
    spelled = {}
    for text, code in units.spellings:
        meant = scopes[unit_key(units.provinces_before[code].name)]
        spelled[unit_key(text)] = meant._replace(spelled=_one_letter_apart(unit_key(text), meant.key))
    return {_looked_up(name, bare): scope for name, scope in (scopes | spelled).items()}


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter other, more or less; a space is none (Kontum)."""
    shorter, longer = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(shorter, longer, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
