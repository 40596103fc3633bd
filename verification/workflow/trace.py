"""Trace: one record, dossier or officer in, every look-up about it out, for an auditor.

There is no way to see the whole log at once: as the records, it answers a question and is not browsed.
"""

from dataclasses import dataclass

from verification.audit import AuditEntry
from verification.errors import QuestionMissingError
from verification.services import Services
from verification.source import LookUp


@dataclass(frozen=True, slots=True)
class Trail:
    """What is asked about: exactly one of the three."""

    record: str = ""
    dossier: str = ""
    officer: str = ""

    def named(self) -> str:
        """Which of the three. Raises QuestionMissingError."""
        given = [name for name in ("record", "dossier", "officer") if getattr(self, name)]
        if len(given) != 1:
            raise QuestionMissingError
        return given[0]


def trace(services: Services, trail: Trail, *, actor: str) -> tuple[LookUp, ...]:
    """Newest first; that it was read is in the audit trail. Raises QuestionMissingError."""
    named = trail.named()
    found = _found(services, trail, named)
    # Of a population record the id is a person's number: the trail says only what kind of question it was.
    detail = (("by", named), ("lines", str(len(found))))
    with services.database.transaction() as tx:
        tx.audit.add(AuditEntry(services.now(), actor, "access_log.read", "look_ups", detail))
    return found


def _found(services: Services, trail: Trail, named: str) -> tuple[LookUp, ...]:
    log = services.database.access_log
    if named == "dossier":
        return log.of_dossier(trail.dossier)
    if named == "officer":
        return log.of_officer(trail.officer)
    found = [line for source in services.sources for line in log.about(source.name, trail.record)]
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))
