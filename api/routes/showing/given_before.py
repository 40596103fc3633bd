"""Copies of the same original in; what the review offers of them out."""

from api.routes.showing.validation import SERIES
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.officer_views import GivenBefore
from api.web.views import Choice, Fact, Link, Sign, State
from api.web.writing import moment
from verification.certification import ShortCode
from verification.errors import NotFoundError
from verification.same_original import Likeness
from verification.services import Services
from verification.workflow.look_up import look_up
from verification.workflow.redeliver import Offer

_LIKE = {
    Likeness.SAME_SCAN: State(Sign.GOOD, Both("Cùng một tệp đã nộp", "The very same file")),
    Likeness.SAME_NUMBERS: State(
        Sign.GOOD, Both("Cùng người, mọi số trên giấy đều trùng", "The same person, every number the same")
    ),
    Likeness.LOOKS_ALIKE: State(
        Sign.CHECK, Both("Có vẻ giống: cán bộ phải so", "It looks alike: an officer must compare")
    ),
}


def given_before(offers: tuple[Offer, ...]) -> tuple[GivenBefore, ...]:
    """What stands above the decisions."""
    return tuple(
        GivenBefore(
            href=paths.issued_document(offer.issued.code),
            code=offer.issued.code,
            facts=(
                Fact(SERIES[offer.issued.series], f"{offer.issued.number}, {offer.issued.book}"),
                Fact(Both("Cấp lúc", "Issued at"), moment(offer.issued.issued_at)),
                Fact(Both("Mã hồ sơ", "Dossier"), offer.dossier),
            ),
            state=_LIKE[offer.likeness],
        )
        for offer in offers
    )


def choices(offers: tuple[Offer, ...], chosen: str) -> tuple[Choice, ...]:
    """The same as answers of a form; one alone is chosen."""
    return tuple(
        Choice(
            offer.issued.entry_id,
            Both(f"Số {offer.issued.number}", f"Number {offer.issued.number}"),
            _LIKE[offer.likeness].text,
            chosen=len(offers) == 1 or offer.issued.entry_id == chosen,
        )
        for offer in offers
    )


def replaces(services: Services, code: ShortCode | None) -> Link | None:
    """What a paper is to replace."""
    try:
        known = look_up(services, code) if code else None
    except NotFoundError:
        return None
    if known is None:
        return None
    number = known.issued.number
    text = Both(
        f"Giấy tờ này để cấp thay cho văn bản số {number}.", f"This paper is to replace number {number}."
    )
    return Link(paths.issued_document(known.issued.code), text)
