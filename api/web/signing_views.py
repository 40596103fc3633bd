"""The pages of signing: what waits, one paper of it, a batch and how far it is."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Errors, Fact, Link, Message, State


@dataclass(frozen=True, slots=True)
class ToSignRow:
    """One paper that waits; `paper` is sent by the form, `href` shows it and takes it back. `ordinal` is its
    place in the dossier."""

    paper: str
    code: str
    ordinal: str
    applicant: str
    href: str
    kind: Bilingual
    what: Bilingual
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One of the last batches."""

    href: str
    started_at: str
    count: Bilingual
    state: State


@dataclass(frozen=True, slots=True)
class SigningPage:
    """Ký số. Form: `papers` (several), `pin` where one is asked for. `outside`: each paper is signed on a
    page of its own; `blocked` says why nothing can be signed now."""

    template: ClassVar[str] = "signing.html"
    title: ClassVar[Bilingual] = Bilingual("Ký số", "Signing")
    rows: tuple[ToSignRow, ...]
    asks_pin: bool
    outside: bool = False
    running: str | None = None
    batches: tuple[BatchRow, ...] = ()
    blocked: Message | None = None
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class SignedRow:
    """What became of one paper of a batch; `number` as printed, `why` where nothing was issued."""

    code: str
    href: str
    kind: Bilingual
    state: State
    number: str
    why: Bilingual | None


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Một đợt ký: how far it is, and what became of each paper. `stop` is where its end is asked for."""

    template: ClassVar[str] = "signing_batch.html"
    title: ClassVar[Bilingual] = Bilingual("Đợt ký", "Batch")
    state: State
    progress: Bilingual
    reached: int
    total: int
    rows: tuple[SignedRow, ...]
    href: str
    why: Bilingual | None = None
    stop: str | None = None
    refreshing: bool = False


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What waits for a signature made elsewhere. Form: `token`, `signature` (base64) or `file`."""

    token: str
    digest: str
    expires_at: str
    download: str
    finish: str


@dataclass(frozen=True, slots=True)
class ToSignPage:
    """One paper that waits for its signature: what it is, what may be done with it."""

    template: ClassVar[str] = "signing_paper.html"
    title: Bilingual
    code: str
    facts: tuple[Fact, ...]
    pictures: tuple[Link, ...]
    take_back: str
    begin: str | None = None
    handed_out: HandedOut | None = None
    errors: Errors = ()
