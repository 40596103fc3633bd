"""Forget: the days that look-ups are kept in, an access log without what is older out.

The log says of people when they dealt with an office: it is personal data itself, and is kept no longer than
somebody may need it. What stays is an audit entry with a count.
"""

from datetime import timedelta

from verification.audit import AuditEntry
from verification.services import Services
from verification.workflow.process import SERVICE


def forget_look_ups(services: Services, *, kept_days: int) -> int:
    """Remove the look-ups older than `kept_days`; how many. Safe at any time, by several workers at once."""
    before = services.now() - timedelta(days=kept_days)
    removed = services.database.access_log.forget_before(before)
    if removed:
        detail = (("removed", str(removed)), ("before", before.isoformat()))
        with services.database.transaction() as tx:
            tx.audit.add(AuditEntry(services.now(), SERVICE, "access_log.trimmed", "look_ups", detail))
    return removed
