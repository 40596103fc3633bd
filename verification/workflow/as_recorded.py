"""As recorded: a prepared PDF and its held line in, an error out unless it shows what was recorded.

The last look before a key is used: whatever went wrong between the decision and the rendered page, nothing
is signed that says another thing.
"""

import re

from signing.model import TEST_MARK, PreparedPdf
from signing.pages import embedded_scans
from signing.text import printed_text
from verification.certification import ShortCode
from verification.decision import Approval
from verification.errors import PreparedDiffersError
from verification.register import RegisterEntry
from verification.services import Services
from verification.workflow.compose import Held, told_by_receipt
from verification.workflow.originals import pages_of


def require_as_recorded(services: Services, prepared: PreparedPdf, held: Held, code: ShortCode) -> None:
    """The PDF must show the number held, the signer, the kind of paper and the code that leads to it, and
    whatever test keys sign the mark of a test; a copy its book and the very scans that were read, page by
    page, and no other picture of a page; a receipt everything it confirms. Raises PreparedDiffersError.
    """
    text = printed_text(prepared.content)
    wanted = [held.entry.line.signer, held.entry.line.title, code]
    wanted += [TEST_MARK] if services.signer.test else []
    if isinstance(held.decision, Approval):
        wanted.append(held.entry.book)
        shown = _shows_the_scans(prepared, held)
    else:
        wanted += told_by_receipt(services, held.submission, held.paper)
        shown = True
    said = all("".join(part.split()) in text for part in wanted)
    if not (shown and said and _numbered(text, held.entry)):
        raise PreparedDiffersError


def _numbered(text: str, entry: RegisterEntry) -> bool:
    """The number stands alone: `1/2026` is not shown by the date 24/11/2026."""
    return re.search(rf"(?<![\d/]){re.escape(entry.label)}(?!\d)", text) is not None


def _shows_the_scans(prepared: PreparedPdf, held: Held) -> bool:
    """The encoded pictures lie in the PDF as they are kept, so their digests are those of the submission, in
    its order; one page may show two."""
    kept = [page.digest for page in pages_of(held.submission, held.paper)]
    for shown in embedded_scans(prepared.content):
        wanted, kept = kept[: len(shown)], kept[len(shown) :]
        if sorted(shown) != sorted(wanted):
            return False
    return not kept
