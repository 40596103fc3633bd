"""Issuable: a paper and the choice made about it in, an error out where what would be issued cannot be made.

Asked when the choice is made, and once more before a number is taken: a number is not spent on a paper that
cannot be drawn.
"""

from signing.fonts import require_drawable
from verification.decision import Approval, IssuingDecision
from verification.ports import PaperCase
from verification.services import Services
from verification.submission import Submission
from verification.workflow.compose import printed_of
from verification.workflow.originals import require_fine


def require_issuable(
    services: Services,
    submission: Submission,
    paper: PaperCase,
    decision: IssuingDecision,
    *,
    signed_as: tuple[str, ...] = (),
) -> None:
    """A copy's scans must be fine enough, and whatever is printed must be in the typeface; `signed_as` is the
    signer's name and the lines above it.

    Raises ScanTooCoarseError, GlyphMissingError naming the letters, and FontMissingError.
    """
    if isinstance(decision, Approval):
        require_fine(submission, paper)
    require_drawable((*printed_of(services, submission, paper, decision), *signed_as))
