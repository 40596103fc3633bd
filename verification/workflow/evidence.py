"""Evidence: what was read, compared and decided about a paper, as the JSON attached to what is issued.

A receipt's evidence names fields and rules but repeats no value: the receipt must not become a new copy.
"""

import json
from typing import Any

from verification.decision import Approval, IssuingDecision
from verification.extraction import Field
from verification.ports import PaperCase
from verification.register import RegisterEntry

SCHEMA = "chungthuc.evidence/1"


def evidence(paper: PaperCase, entry: RegisterEntry, decision: IssuingDecision) -> bytes:
    """UTF-8 JSON, keys sorted, so that the same facts give the same bytes."""
    facts: dict[str, Any] = {
        "schema": SCHEMA,
        "number": entry.label,
        "book": entry.book,
        "outcome": paper.assessment.outcome.value,
        "reasons": [reason.code for reason in paper.assessment.reasons],
        "sides": [
            {
                "kind": side.extraction.kind,
                "sure": side.extraction.sure,
                "pages": side.extraction.pages,
                "fields": [_field(f) for f in side.extraction.fields],
            }
            for side in paper.sides
        ],
        "record": _record(paper),
        "decision": _decision(decision),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.name, "sure": field.sure, "by": sorted({r.by for r in field.readings})}


def _record(paper: PaperCase) -> dict[str, Any] | None:
    match = paper.assessment.match
    if match is None:
        return None
    snapshot = match.snapshot
    return {
        "source": match.source,
        "snapshot": snapshot.sequence if snapshot else None,
        "as_of": snapshot.as_of.isoformat() if snapshot else None,
        "comparisons": [
            {"field": c.field, "agreement": c.agreement.value, "rule": c.rule} for c in match.comparisons
        ],
    }


def _decision(decision: IssuingDecision) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "what": type(decision).__name__,
        "officer": decision.officer_id,
        "at": decision.at.isoformat(),
    }
    if isinstance(decision, Approval):
        seen = decision.original_seen
        facts["original_seen"] = {"at": seen.at.isoformat(), "place": seen.place, "by": seen.officer_id}
        facts["insisted"] = decision.insisted
    return facts
