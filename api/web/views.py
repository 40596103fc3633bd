"""What pages are made of: one frozen value a page, made by the routes, given to `rendering.render` whole.

A view names its template and its title; templates hold no logic beyond "is it there" and "each of them".
Text that we write is `Bilingual`; a plain `str` is data (a name, a number, a day already written out).
This file has what all pages share and the pages of citizens and organisations; `officer_views` the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from api.web.language import Bilingual, Language, TextSize

Text = Bilingual | str


class View(Protocol):
    """A whole page: the template that draws it and the h1 and title it has."""

    template: ClassVar[str]

    @property
    def title(self) -> Bilingual: ...


# -- shared by all pages -----------------------------------------------------------------------


class Audience(StrEnum):
    """For whom the navigation is."""

    PUBLIC = "public"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page.

    `path` is a GET address of ours with its query, to which the language and size links come back;
    `csrf` is put in every form; `notice` is the one line that says what has just been done; `decides`,
    `reads_book` and `admin` show the ways of those roles; `test` says on every page that keys are test keys;
    `cannot_sign` tells the office that the last self-test of signing found a fault.
    """

    path: str
    agency: Bilingual
    help_phone: str
    csrf: str
    language: Language = Language.VI
    size: TextSize = TextSize.NORMAL
    audience: Audience = Audience.PUBLIC
    user_name: str | None = None
    notice: Bilingual | None = None
    decides: bool = True
    reads_book: bool = True
    admin: bool = False
    test: bool = False
    cannot_sign: bool = False


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of a form and how to mend it; `field` is the field's id on the page."""

    field: str
    message: Bilingual


Errors = tuple[FieldError, ...]


def error_of(errors: Sequence[FieldError], field: str) -> Bilingual | None:
    """The first thing that is wrong with this field."""
    return next((error.message for error in errors if error.field == field), None)


class Sign(StrEnum):
    """How a state is drawn; each has a shape of its own, so that colour never stands alone."""

    GOOD = "good"
    BAD = "bad"
    CHECK = "check"
    WAIT = "wait"
    NONE = "none"

    @property
    def shape(self) -> str:
        """The character drawn before the words."""
        return {"good": "✓", "bad": "✕", "check": "!", "wait": "…", "none": "–"}[self.value]


@dataclass(frozen=True, slots=True)
class State:
    """A state in words, with its sign."""

    sign: Sign
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary list."""

    label: Bilingual
    value: Text


@dataclass(frozen=True, slots=True)
class Message:
    """Something found, why (legal basis or detail), and what to do next."""

    text: Bilingual
    detail: Bilingual | None = None
    next_step: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question that has several."""

    value: str
    text: Bilingual
    hint: Bilingual | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is one of several; `count` is how many things lie behind it."""

    href: str
    text: Bilingual
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take home; `size` is written out (84 KB)."""

    href: str
    name: Bilingual
    size: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where one is in a long list; None where there is no page before or after."""

    current: int
    last: int
    previous: str | None
    next: str | None


# -- everybody ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Home:
    """Three doors: citizens, organisations, officers."""

    template: ClassVar[str] = "home.html"
    title: ClassVar[Bilingual] = Bilingual("Ông/bà cần làm gì?", "What do you need to do?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something went wrong; `code` is read out on the phone, `back` is where to try again."""

    template: ClassVar[str] = "problem.html"
    title: Bilingual
    message: Bilingual
    next_step: Bilingual
    code: str
    back: str


@dataclass(frozen=True, slots=True)
class Login:
    """Form: `username`, `password`, `next`. Errors are on `username`, the same for every failure."""

    template: ClassVar[str] = "login.html"
    title: ClassVar[Bilingual] = Bilingual("Đăng nhập dành cho cán bộ", "Officer sign-in")
    username: str = ""
    next: str = ""
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Behind a one-time link. Form: `password`, `password_again`, sent to `action`."""

    template: ClassVar[str] = "set_password.html"
    title: ClassVar[Bilingual] = Bilingual("Đặt mật khẩu lần đầu", "Set your password")
    action: str
    username: str
    minimum_length: int
    errors: Errors = ()


# -- citizens ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submit:
    """Form (multipart): `files` (several), `full_name`, `last_four` (of the personal number), `procedure`.

    `last_four` is the second factor that the look-up asks for later; `submit_token` makes a form that is
    sent twice one submission.
    """

    template: ClassVar[str] = "submit.html"
    title: ClassVar[Bilingual] = Bilingual("Nộp giấy tờ để đối chiếu", "Send papers to be checked")
    max_megabytes: int
    max_files: int
    submit_token: str = ""
    full_name: str = ""
    last_four: str = ""
    procedure: str = ""
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that arrived: its name, its size written out, and whether anything is wrong with it."""

    name: str
    size: str
    state: State


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the citizen keeps: the code. `qr` is the address of a picture of it."""

    template: ClassVar[str] = "submitted.html"
    title: ClassVar[Bilingual] = Bilingual("Đã nhận giấy tờ", "Papers received")
    code: str
    received_at: str
    files: tuple[ReceivedFile, ...]
    status_href: str
    qr: str | None = None


@dataclass(frozen=True, slots=True)
class CitizenLookup:
    """Form: `code`, case-blind, dashes optional."""

    template: ClassVar[str] = "lookup.html"
    title: ClassVar[Bilingual] = Bilingual("Tra cứu hồ sơ", "Look up your papers")
    code: str = ""
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Form: `last_four`, sent to `action`. A wrong code and a wrong factor get the same words."""

    template: ClassVar[str] = "second_factor.html"
    title: ClassVar[Bilingual] = Bilingual("Xác nhận người tra cứu", "Confirm that it is you")
    code: str
    action: str
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """One paper of the submission, what became of it, and what to take home."""

    name: Bilingual
    state: State
    messages: tuple[Message, ...] = ()
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What the citizen sees; with `refreshing` the page asks again by itself every five seconds."""

    template: ClassVar[str] = "status.html"
    title: ClassVar[Bilingual] = Bilingual("Kết quả hồ sơ", "Your papers")
    code: str
    state: State
    what_to_do: Bilingual
    papers: tuple[PaperStatus, ...]
    href: str
    promised_on: str | None = None
    refreshing: bool = False
    slips: tuple[Download, ...] = ()


# -- organisations -----------------------------------------------------------------------------


class Verdict(StrEnum):
    """The three answers, as `signing.model.Verdict`; the page says them in plain words."""

    VALID = "VALID"
    UNDETERMINED = "UNDETERMINED"
    INVALID = "INVALID"

    @property
    def sign(self) -> Sign:
        """How the answer is drawn."""
        return {"VALID": Sign.GOOD, "UNDETERMINED": Sign.CHECK, "INVALID": Sign.BAD}[self.value]

    @property
    def headline(self) -> Bilingual:
        """The answer in one line."""
        return _HEADLINES[self]


_HEADLINES = {
    Verdict.VALID: Bilingual(
        "HỢP LỆ: văn bản thật, còn nguyên vẹn", "VALID: the document is genuine and whole"
    ),
    Verdict.UNDETERMINED: Bilingual(
        "CHƯA XÁC ĐỊNH: chưa kết luận được", "UNDETERMINED: no conclusion can be reached yet"
    ),
    Verdict.INVALID: Bilingual(
        "KHÔNG HỢP LỆ: không dùng được văn bản này", "INVALID: do not use this document"
    ),
}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of the file. `role` is whom it speaks for; `time_source` where the time comes from."""

    signer: str
    role: Bilingual
    issuer: str
    signed_at: str
    time_source: Bilingual
    state: State
    changes_after: tuple[Bilingual, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Validated:
    """The verdict on one file: first the verdict, then why, then what was found."""

    file: str
    verdict: Verdict
    reasons: tuple[Message, ...]
    facts: tuple[Fact, ...]
    signatures: tuple[SignatureLine, ...]
    technical: tuple[Fact, ...]
    successor: str | None = None
    """The page of what took its place: told to whoever has the file."""


@dataclass(frozen=True, slots=True)
class Validation:
    """Form (multipart): `file`. The file is deleted after the check, and the page says so."""

    template: ClassVar[str] = "validation.html"
    title: ClassVar[Bilingual] = Bilingual(
        "Kiểm tra văn bản chứng thực điện tử", "Check an electronic certification"
    )
    max_megabytes: int
    result: Validated | None = None
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class CodeLookup:
    """Form: `code`, the short code or number printed on a certification."""

    template: ClassVar[str] = "code_lookup.html"
    title: ClassVar[Bilingual] = Bilingual("Tra cứu theo mã in trên văn bản", "Look up a printed code")
    code: str = ""
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class StandingPage:
    """What anyone may know of an issued paper: nothing personal, only what it is and whether it stands."""

    template: ClassVar[str] = "standing.html"
    title: ClassVar[Bilingual] = Bilingual("Tình trạng văn bản", "Standing of the document")
    code: str
    state: State
    explanation: Bilingual
    facts: tuple[Fact, ...]
