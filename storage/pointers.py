"""Which objects a row points at: a submission comes in, the digests that the sweep must leave go out."""

from ocr.model import Digest
from verification.submission import Submission


def pointed_at(submission: Submission) -> frozenset[Digest]:
    """The files as they were handed in, and the pictures of their pages."""
    files = {file.digest for file in submission.files}
    return frozenset(files | {page.digest for file in submission.files for page in file.pages})
