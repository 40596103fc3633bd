"""The pages of officers: the queue, the review of one paper, what a decision did."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from api.web.differences import Pieces
from api.web.language import Bilingual
from api.web.people_views import SlipForm
from api.web.views import Choice, Download, Errors, Fact, Link, Message, Pagination, Sign, State


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One paper that waits. `applicant` are initials until the case is opened; `taken_by` who has it open;
    `due` is by when it is to be answered."""

    code: str
    href: str
    kind: Bilingual
    applicant: str
    waiting: Bilingual
    due: str
    overdue: bool
    proposal: State
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Hàng chờ: oldest first. `next_free` opens the first case that nobody has."""

    template: ClassVar[str] = "queue.html"
    title: ClassVar[Bilingual] = Bilingual("Hàng chờ", "Queue")
    filters: tuple[Link, ...]
    rows: tuple[QueueRow, ...]
    next_free: str | None = None
    pages: Pagination | None = None


# -- review ------------------------------------------------------------------------------------


class Decision(StrEnum):
    """What an officer may decide; the value is the end of the form's address and begins its ids."""

    REDELIVER = "giao-lai"
    NOT_NEEDED = "khong-can-ban-sao"
    APPROVE = "duyet"
    INSIST = "van-yeu-cau-ban-sao"
    RETURN = "tra-lai"
    REJECT = "tu-choi"


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a field stands on a page image, in its pixels; `row` is the id of the field's row."""

    row: str
    sign: Sign
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as the server drew it (WebP or PNG), upright; width and height in pixels."""

    number: int
    src: str
    width: int
    height: int
    outlines: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what was read, what the record says, how they agree.

    `row` is an id, unique on the page; `uncertain` is a confidence in words, given only under 90 % or
    when the value is not sure; `boxed` says that an outline of this row stands on a page.
    """

    row: str
    label: Bilingual
    paper: Pieces
    record: Pieces
    state: State
    uncertain: Bilingual | None = None
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """A decision that cannot be taken now, and why."""

    decision: Decision
    why: Bilingual


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What was typed, kept when a form comes back with errors.

    Form fields: `version` in all; `procedure`, `audience` (NOT_NEEDED); `seen`, `place` (APPROVE, INSIST);
    `demander` (INSIST); `reasons` (several: RETURN, one: REJECT) and `note`; `note` (APPROVE, when a
    difference is left open, else for the book); `offer`, `compared` (REDELIVER). Ids are
    `<decision>-<field>`.
    """

    procedure: str = ""
    audience: str = ""
    place: str = ""
    seen: bool = False
    demander: str = ""
    note: str = ""
    offer: str = ""
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """The records most like a paper to which none was found; `rows` is None until somebody asks for them."""

    action: str
    headings: tuple[Bilingual, ...]
    rows: tuple[tuple[Pieces, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class GivenBefore:
    """A good copy that may be of this very original: `code` and `href` lead to it."""

    href: str
    code: str
    facts: tuple[Fact, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Review:
    """One paper to decide on. `open_rows` differ or are unsure and come first, `agreeing` are folded.

    `suggested` is the decision whose form stands open: the machine's proposal, or the one that came back
    with errors. `snapshot` says of when the records are; `papers` are those of the same submission;
    `version` is sent back with the decision, so that a decision on a case that changed is refused. While
    `reading` the page asks again by itself, and there is nothing to decide.
    """

    template: ClassVar[str] = "review.html"
    paper: str
    code: str
    title: Bilingual
    version: int
    facts: tuple[Fact, ...]
    proposal: State
    reasons: tuple[Message, ...]
    open_rows: tuple[FieldRow, ...]
    agreeing: tuple[FieldRow, ...]
    pages: tuple[PageImage, ...]
    snapshot: Bilingual
    papers: tuple[Link, ...] = ()
    checks: tuple[State, ...] = ()
    full_text: str = ""
    suggested: Decision | None = None
    blocked: tuple[Blocked, ...] = ()
    given: DecisionInput = DecisionInput()
    return_reasons: tuple[Choice, ...] = ()
    reject_reasons: tuple[Choice, ...] = ()
    note_needed: bool = False
    reading: bool = False
    taken_by: str | None = None
    alike: Alike | None = None
    slip: SlipForm | None = None
    organisations: tuple[str, ...] = ()
    """What to suggest where an organisation is named."""
    given_before: tuple[GivenBefore, ...] = ()
    offers: tuple[Choice, ...] = ()
    """The same, as answers of the form REDELIVER."""
    mark_replacing: str | None = None
    """Where the form is sent that makes this paper replace one of them."""
    replaces: Link | None = None
    """What will be superseded when this paper is issued."""
    failed: Message | None = None
    """Why issuing it failed the last time; it is decided again."""
    errors: Errors = ()

    def why_not(self, decision: str) -> Bilingual | None:
        """Why this decision cannot be taken now; None when it can."""
        return next((block.why for block in self.blocked if block.decision == decision), None)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the number that was given, what comes next."""

    template: ClassVar[str] = "decided.html"
    title: Bilingual
    code: str
    facts: tuple[Fact, ...]
    what_next: Bilingual
    downloads: tuple[Download, ...] = ()
    documents: tuple[Link, ...] = ()
    """Their pages: how they stand, and what may be done about them."""
    next_case: str | None = None
    refreshing: bool = False
    href: str = ""
    sign: str | None = None
    """Where the officer signs what waits for it."""
