"""Papers that say what their record says in another way: they need no copy. Where an officer must look (a
split commune, a name of two units), it is said by its rule.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from signing.trial_pki import TestPki
from storage.memory import MemoryDatabase
from tests.desk import Desk
from tests.pairs import PAPERS, Pair, assessed, leaf, load, pair_of
from verification.agreement import Agreement
from verification.assessment import Assessment, Outcome
from verification.profile import Compare, FieldProfile
from verification.services import Services
from verification.units import load_units

_SEEDS = 8
_ACCEPTED = 0.99
_TWO_UNITS = {"coarser", "record_coarser"}
"""Rules of a bare name that a district of before and a commune of today share (Pleiku, Gia Lai)."""
_WORDS = (Compare.NAME, Compare.TEXT, Compare.PLACE, Compare.ETHNICITY, Compare.NATIONALITY)
_SHORT = {
    "thành phố": "TP.", "thị xã": "TX.", "thị trấn": "TT.", "huyện": "H.", "quận": "Q.", "phường": "P.",
    "xã": "X.", "tỉnh": "T.",
}  # fmt: skip
_KIND = re.compile(r"\b(thành phố|thị xã|thị trấn|huyện|quận|phường|xã|tỉnh) (?=[^\W\d])", re.IGNORECASE)
_OPEN = re.compile(
    r"(?<![qQ])(o(?=.[ae])|u(?=.y))([\u0300\u0301\u0303\u0309\u0323])([aey])(?![\w\u0302\u0306])", re.I
)

Way = Callable[[str], str]


def _older_tones(text: str) -> str:
    """hòa as hoà, thủy as thuỷ: the tone on the last letter of an open syllable."""
    apart = unicodedata.normalize("NFD", text)
    moved = _OPEN.sub(r"\1\3\2", apart)
    return unicodedata.normalize("NFC", moved)


def _abbreviated(text: str) -> str:
    return _KIND.sub(lambda found: f"{_SHORT[found[1].lower()]} ", text)


WAYS: dict[str, tuple[Way, tuple[Compare, ...]]] = {
    "as printed": (str, _WORDS),
    "decomposed": (lambda text: unicodedata.normalize("NFD", text), _WORDS),
    "tones placed the older way": (_older_tones, _WORDS),
    "capitals": (str.upper, _WORDS),
    "small letters": (str.lower, _WORDS),
    "more spaces": (lambda text: "\u00a0 ".join(text.split(" ")) + " ", _WORDS),
    "another letter for Đ": (lambda text: text.replace("Đ", "Ð"), _WORDS),
    "units shortened": (_abbreviated, (Compare.PLACE,)),
    "units without their kind": (lambda text: _KIND.sub("", text), (Compare.PLACE,)),
}


@pytest.fixture(scope="module")
def services(pki: TestPki, tmp_path_factory: pytest.TempPathFactory) -> Services:
    return Desk(pki, tmp_path_factory.mktemp("desk")).services


@pytest.fixture(scope="module")
def pairs() -> tuple[Pair, ...]:
    """Seeds of their own."""
    return tuple(pair_of(kinds, 5000 + 100 * n + s) for n, kinds in enumerate(PAPERS) for s in range(_SEEDS))


def _written(pair: Pair, way: Way, kinds: tuple[Compare, ...]) -> Pair:
    return pair.saying(**{f.name: way(pair.values[f.name]) for f in pair.compared if f.compare in kinds})


def _asked(services: Services, pair: Pair) -> Assessment:
    database = MemoryDatabase()
    load(database, [pair])
    return assessed(replace(services, database=database), pair)


def _refused_by(found: Assessment) -> frozenset[str]:
    """The fields and rules that stood in the way."""
    assert found.match is not None
    refused = (c for c in found.match.comparisons if not c.passes)
    return frozenset(f"{c.field}: {c.paper} | {c.record} {c.rule}" for c in refused)


def _of_two_units(found: Assessment) -> bool:
    assert found.match is not None
    refused = [c for c in found.match.comparisons if not c.passes]
    return bool(refused) and all(c.agreement is Agreement.PARTIAL and c.rule in _TWO_UNITS for c in refused)


def test_what_says_the_same_in_another_way_needs_no_copy(services: Services, pairs: tuple[Pair, ...]) -> None:
    counts: Counter[str] = Counter()
    refused = []
    for name, (way, kinds) in WAYS.items():
        for pair in pairs:
            found = _asked(services, _written(pair, way, kinds))
            two = _of_two_units(found)
            counts["name of two units" if two else found.outcome.value] += 1
            if found.outcome is not Outcome.NO_COPY_NEEDED and not two:
                refused.append((name, pair.name, _refused_by(found)))
    decided = counts.total() - counts["name of two units"]
    assert counts[Outcome.NO_COPY_NEEDED] >= _ACCEPTED * decided, (counts, refused)
    assert counts["name of two units"] <= 0.08 * counts.total(), counts


def _of_a_split_commune(pair: Pair, spec: FieldProfile) -> list[Pair]:
    """The paper names an old commune that was split, the record by turns each commune it became."""
    units = load_units()
    old, district = next(
        (old, district)
        for district in units.districts_before["01"]
        for old in units.communes_before[district.code]
        if len(old.became) > 1
    )
    paper = pair.saying(**{spec.name: f"{old.kind} {old.name}, {district.kind} {district.name}, Hà Nội"})
    return [
        paper.recorded(
            spec.record or "", {"text": f"{units.communes[code].name}, Hà Nội", "commune_code": code}
        )
        for code in old.became
    ]


def test_a_split_commune_is_for_an_officer_whichever_part_the_record_names(
    services: Services, pairs: tuple[Pair, ...]
) -> None:
    rules: Counter[tuple[str, str | None]] = Counter()
    for pair in pairs[:: len(pairs) // 16]:
        for spec in (f for f in pair.compared if f.compare is Compare.PLACE):
            for split in _of_a_split_commune(pair, spec):
                found = _asked(services, split)
                assert found.match is not None
                (compared,) = [c for c in found.match.comparisons if c.field == spec.name]
                rules[found.outcome.value, compared.rule] += 1
    assert set(rules) == {(Outcome.OFFICER_REVIEW.value, "split_commune")}, rules


def test_an_old_number_finds_the_person_and_is_theirs(services: Services, pairs: tuple[Pair, ...]) -> None:
    """CT07 prints "Số định danh cá nhân/CMND": the nine digits are compared through the record."""
    residents = [p for p in pairs if p.name == "residence_confirmation"]
    olds = [(p, leaf(p.row, "old_id_numbers")) for p in residents]
    known = [(p, old[0]) for p, old in olds if isinstance(old, list) and old]
    assert known
    for pair, old in known:
        found = _asked(services, pair.saying(personal_number=old))
        assert found.outcome is Outcome.NO_COPY_NEEDED or _of_two_units(found), _refused_by(found)
