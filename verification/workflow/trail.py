"""What the audit trail says of how documents stand: an entry in, the standing it witnesses out."""

from verification.audit import AuditEntry
from verification.drift import Settled

STANDING_CHANGED = "standing.changed"
"""What the trail calls every change of a standing but the two that settle a line of the work list."""
_SETTLED = {
    f"drift.settled.{Settled.REVOKED.value}": "REVOKED",
    f"drift.settled.{Settled.RESTORED.value}": "GOOD",
}


def standing_told(entry: AuditEntry) -> str | None:
    """How the document of the line that the entry is about stands from then on; None: it tells nothing of
    that."""
    if entry.action == STANDING_CHANGED:
        return dict(entry.detail).get("standing")
    return _SETTLED.get(entry.action)
