"""Every route of the service; each router says for whom its routes are."""

from api.routes import documentation, health
from api.routes.guarded import GuardedRouter
from api.routes.pages import (
    account,
    book,
    checking,
    decisions,
    dossiers,
    front,
    lost_records,
    office,
    people_data,
    queue,
    ranking,
    signing_state,
    sources,
    submitting,
    trying_rules,
)
from api.routes.pages import issued as issued_pages
from api.routes.pages import (
    signing as signing_pages,
)
from api.routes.v1 import (
    certifications,
    corrections,
    delegations,
    demanders,
    drift,
    issued,
    look_ups,
    papers,
    reading,
    records,
    register,
    rules,
    signing,
    submissions,
    validation,
)
from ocr.model import Limits

ROUTERS: tuple[GuardedRouter, ...] = (
    *health.ROUTERS,
    *documentation.ROUTERS,
    *front.ROUTERS,
    *checking.ROUTERS,
    *account.ROUTERS,
    *submitting.ROUTERS,
    *dossiers.ROUTERS,
    *queue.ROUTERS,
    *ranking.ROUTERS,
    *issued_pages.ROUTERS,
    *decisions.ROUTERS,
    *signing_pages.ROUTERS,
    *signing_state.ROUTERS,
    *office.ROUTERS,
    *book.ROUTERS,
    *sources.ROUTERS,
    *people_data.ROUTERS,
    *lost_records.ROUTERS,
    *trying_rules.ROUTERS,
    *submissions.ROUTERS,
    *papers.ROUTERS,
    *signing.ROUTERS,
    *delegations.ROUTERS,
    *look_ups.ROUTERS,
    *corrections.ROUTERS,
    *demanders.ROUTERS,
    *certifications.ROUTERS,
    *issued.ROUTERS,
    *validation.ROUTERS,
    *reading.ROUTERS,
    *register.ROUTERS,
    *records.ROUTERS,
    *drift.ROUTERS,
    *rules.ROUTERS,
)

LARGE: tuple[GuardedRouter, ...] = (
    *checking.LARGE,
    *sources.LARGE,
    *submitting.LARGE,
    *submissions.LARGE,
    *validation.LARGE,
    *reading.LARGE,
    *records.LARGE,
)
"""Routers whose requests carry files."""
_FILES_AT_ONCE = 4
"""How many files of the largest size one request may hold; of smaller ones more (`uploads.MAX_FILES`)."""
FORM_BYTES = 1024 * 1024
"""What a request without files may weigh."""


def body_limit(router: GuardedRouter, limits: Limits) -> int:
    """How many bytes a request to this router may have, before anything of it is kept."""
    files = _FILES_AT_ONCE if router in LARGE else 0
    return files * limits.max_bytes + FORM_BYTES
