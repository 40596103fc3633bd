"""Evidence: what was read, compared and decided about a paper, as the JSON attached to what is issued.

It names fields, rules and digests, and repeats no value: a receipt must not become a new copy, and a
certified copy shows the paper itself. `docs/evidence.md` tells what every key means.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from verification.decision import Approval, Delegation, IssuingDecision
from verification.extraction import Extraction, Field, Kind
from verification.matching import RecordMatch
from verification.ports import PaperCase
from verification.profile import Profile, profile_of
from verification.register import RegisterEntry
from verification.rule import Rule
from verification.submission import Submission

SCHEMA = "chungthuc.evidence/2"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the evidence is drawn from: a paper with its dossier and decision, the line held for it, the
    delegation it is signed under (None: no longer known), and the rules and profiles in use."""

    submission: Submission
    paper: PaperCase
    decision: IssuingDecision
    entry: RegisterEntry
    delegation: Delegation | None
    rules: tuple[Rule, ...]
    profiles: tuple[Profile, ...]


def evidence(grounds: Grounds) -> bytes:
    """UTF-8 JSON, keys sorted, so that the same facts give the same bytes."""
    assessment = grounds.paper.assessment
    facts: dict[str, Any] = {
        "schema": SCHEMA,
        "product": {"name": "chungthuc", "version": _product_version()},
        "number": grounds.entry.label,
        "book": grounds.entry.book,
        "held_at": _moment(grounds.entry.held_at),
        "files": _files(grounds),
        "sides": [_side(side.extraction) for side in grounds.paper.sides],
        "profiles": _profiles(grounds),
        "record": _record(assessment.match) if assessment.match else None,
        "outcome": assessment.outcome.value,
        "reasons": [{"code": r.code, "legal_basis": r.legal_basis} for r in assessment.reasons],
        "rule": _rule(grounds),
        "decision": _decision(grounds.decision),
        "delegation": _delegation(grounds.delegation),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@lru_cache
def _product_version() -> str:
    return version("chungthuc")


def _moment(at: datetime) -> str:
    return at.isoformat()


def _files(grounds: Grounds) -> list[dict[str, Any]]:
    """Every file that holds a side of the paper, and the pages of it that were looked at."""
    wanted: dict[int, set[int]] = {}
    for side in grounds.paper.sides:
        wanted.setdefault(side.file, set()).update(side.extraction.pages)
    return [_file(grounds.submission, number, sorted(pages)) for number, pages in sorted(wanted.items())]


def _file(submission: Submission, number: int, pages: list[int]) -> dict[str, Any]:
    file = submission.files[number]
    pictures = [(page, file.pages[page - 1]) for page in pages]
    return {
        "sha256": file.digest,
        "media_type": file.media_type,
        "size": file.size,
        "pages": [
            {"number": page, "sha256": p.digest, "width": p.width, "height": p.height, "dpi": p.dpi}
            for page, p in pictures
        ],
    }


def _side(extraction: Extraction) -> dict[str, Any]:
    return {
        "kind": extraction.kind,
        "sure": extraction.sure,
        "pages": extraction.pages,
        "fields": [_field(field) for field in extraction.fields],
    }


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.name, "sure": field.sure, "by": sorted({r.by for r in field.readings})}


def _profiles(grounds: Grounds) -> list[dict[str, Any]]:
    kinds = dict.fromkeys(side.extraction.kind for side in grounds.paper.sides)
    return [_profile(kind, profile_of(kind, grounds.profiles)) for kind in kinds]


def _profile(kind: Kind, profile: Profile | None) -> dict[str, Any]:
    return {"kind": kind, "sha256": _digest_of(profile) if profile else None}


@lru_cache
def _digest_of(data: Profile | Rule) -> str:
    """Tells one version of a profile or rule from another: all that stands in it."""
    return sha256(repr(data).encode()).hexdigest()


def _record(match: RecordMatch) -> dict[str, Any]:
    snapshot = match.snapshot
    return {
        "source": match.source,
        "snapshot": snapshot.sequence if snapshot else None,
        "as_of": _moment(snapshot.as_of) if snapshot else None,
        "found": match.found.value,
        "key_sure": match.key_sure,
        "comparisons": [
            {
                "field": c.field,
                "agreement": c.agreement.value,
                "rule": c.rule,
                "identity": c.identity,
                "passes": c.passes,
            }
            for c in match.comparisons
        ],
    }


def _rule(grounds: Grounds) -> dict[str, Any] | None:
    """The strongest rule by which the record may answer, as it stands in this office now."""
    rule = next((r for r in grounds.rules if r.id == grounds.paper.assessment.rule), None)
    if rule is None:
        return None
    return {
        "id": rule.id,
        "citation": rule.citation_vi,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        "sha256": _digest_of(rule),
    }


def _decision(decision: IssuingDecision) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "what": type(decision).__name__,
        "officer": decision.officer_id,
        "at": _moment(decision.at),
    }
    if isinstance(decision, Approval):
        seen = decision.original_seen
        facts["original_seen"] = {"at": _moment(seen.at), "place": seen.place, "by": seen.officer_id}
        facts["insisted"] = decision.insisted
    return facts


def _delegation(delegation: Delegation | None) -> dict[str, Any] | None:
    if delegation is None:
        return None
    return {
        "decision_number": delegation.decision_number,
        "capacity": delegation.capacity,
        "valid_from": delegation.valid_from.isoformat(),
        "valid_to": delegation.valid_to.isoformat(),
    }
