"""Give up one: an error met while a paper is signed later in; its line cancelled with why, or left held, out.

What would be met again, and in this paper alone, cancels its line. Whatever is not listed leaves the line
held: rather that than a book full of cancelled lines because a token was pulled out.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from signing.errors import FontMissingError, NotPreparedError, RenderError
from verification.errors import (
    NoLongerAnsweredError,
    ObjectDamagedError,
    ObjectMissingError,
    PreparedDiffersError,
    ScanTooCoarseError,
)
from verification.services import Services
from verification.signing_errors import DelegationEndedError
from verification.submission import PaperId, PaperStage
from verification.workflow.issue import abandon

OF_ONE_PAPER = (
    RenderError,
    NotPreparedError,
    PreparedDiffersError,
    NoLongerAnsweredError,
    ScanTooCoarseError,
    ObjectMissingError,
    ObjectDamagedError,
    DelegationEndedError,
)
"""But for a typeface that is not installed, which every paper meets."""


@contextmanager
def given_up_if_its_own(services: Services, paper_id: PaperId) -> Iterator[None]:
    """Around the steps of one paper that waits for its signature; the error goes on to the caller."""
    try:
        yield
    except FontMissingError:
        raise
    except OF_ONE_PAPER as error:
        abandon(services, paper_id, error, of=PaperStage.TO_SIGN)
        raise
