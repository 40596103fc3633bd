"""Who still asks for which paper: decisions about demanded papers in, a count by organisation out.

Counted is only what was decided: a copy that was certified although the records made it needless, under the
organisation the citizen named; and a receipt given instead, under the organisation that it was meant for.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from verification.extraction import Kind
from verification.normalise import canonical
from verification.submission import PaperId

VIETNAM = timezone(timedelta(hours=7))
OrganisationKey = str
"""An organisation's name without regard to case, spaces and signs: two writings of one are one."""


class Given(StrEnum):
    """What the organisation got."""

    COPY = "COPY"
    """A certified copy that the records made needless: the citizen insisted, because it was demanded."""
    RECEIPT = "RECEIPT"
    """A receipt that no copy is needed."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One decided paper that an organisation had asked for; no person stands in it."""

    at: datetime
    paper_id: PaperId
    dossier: str
    kind: Kind
    given: Given
    organisation: str
    """As it was written."""


@dataclass(frozen=True, slots=True)
class DemanderCount:
    """How often one organisation asked for one kind of paper in the time looked at."""

    organisation: str
    kind: Kind
    copies: int
    receipts: int
    first: datetime
    last: datetime
    dossiers: tuple[str, ...]
    months: tuple[tuple[str, int], ...] = ()
    """How often in each month (`2026-11`, of Vietnam) that it asked in."""


def organisation_key(name: str) -> OrganisationKey:
    """Signs and spaces are no part of a name; marks are: Cty Mẫu and Cty Mậu are two. Blank: empty."""
    letters = (c if unicodedata.category(c)[0] in "LMN" else " " for c in canonical(name))
    return " ".join("".join(letters).split())


def counted(demands: Iterable[Demand], names: Mapping[OrganisationKey, str]) -> tuple[DemanderCount, ...]:
    """By organisation and kind, the most demanding first. `names`: the proper writing of keys that an
    administrator merged; others are written as they were written most often."""
    groups: dict[tuple[OrganisationKey, Kind], list[Demand]] = {}
    written: dict[OrganisationKey, Counter[str]] = {}
    for demand in demands:
        key = _key(demand.organisation, names)
        groups.setdefault((key, demand.kind), []).append(demand)
        written.setdefault(key, Counter())[demand.organisation.strip()] += 1
    proper = {organisation_key(name): name for name in names.values()}
    rows = [
        _count(proper.get(key) or _most(written[key]), kind, found) for (key, kind), found in groups.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-(r.copies + r.receipts), r.organisation, r.kind)))


def _key(organisation: str, names: Mapping[OrganisationKey, str]) -> OrganisationKey:
    key = organisation_key(organisation)
    return organisation_key(names[key]) if key in names else key


def _most(written: Counter[str]) -> str:
    """The commonest writing; of those alike, the first by letters, so that every run says the same."""
    return min(written, key=lambda name: (-written[name], name))


def _count(organisation: str, kind: Kind, found: list[Demand]) -> DemanderCount:
    return DemanderCount(
        organisation=organisation,
        kind=kind,
        copies=sum(1 for demand in found if demand.given is Given.COPY),
        receipts=sum(1 for demand in found if demand.given is Given.RECEIPT),
        first=min(demand.at for demand in found),
        last=max(demand.at for demand in found),
        months=tuple(sorted(Counter(f"{d.at.astimezone(VIETNAM):%Y-%m}" for d in found).items())),
        dossiers=tuple(dict.fromkeys(demand.dossier for demand in sorted(found, key=lambda d: d.at))),
    )
