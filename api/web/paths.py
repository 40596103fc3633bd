"""Where each page lives: the one list of addresses that routes and templates share.

Addresses are Vietnamese without marks, for they are read out on the phone and printed on papers.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

HOME = "/"
STATIC = "/static"
DISPLAY = "/hien-thi"
"""GET `lang` or `size` and `next`: keeps the choice in a cookie, goes back to `next`."""

SUBMIT = "/nop-giay-to"
LOOKUP = "/tra-cuu"
VALIDATE = "/kiem-tra"
CODE_LOOKUP = "/kiem-tra/ma"
LOGIN = "/dang-nhap"
LOGOUT = "/dang-xuat"
QUEUE = "/can-bo"
BOOK = "/can-bo/so-chung-thuc"
BOOK_ENTRY = "/can-bo/so-chung-thuc/ghi"
BOOK_KEEPING = "/can-bo/giu-so"
NEXT_BOOK = "/can-bo/giu-so/quyen-moi"
FIRST_BOOK = "/can-bo/giu-so/quyen-dau"
CLOSE_YEAR = "/can-bo/giu-so/khoa-so"
SOURCES = "/can-bo/nguon-du-lieu"
DRIFT = "/can-bo/du-lieu-thay-doi"
RESTORE_ALL = "/can-bo/du-lieu-thay-doi/khoi-phuc"
RULES = "/can-bo/quy-tac"
SLIPS = "/can-bo/phieu-dieu-chinh"
DEMANDERS = "/can-bo/noi-con-yeu-cau"
DEMANDERS_CSV = "/can-bo/noi-con-yeu-cau/bang.csv"
DEMANDERS_MERGE = "/can-bo/noi-con-yeu-cau/gop"
ISSUED = "/can-bo/da-cap"
DELEGATIONS = "/can-bo/uy-quyen"
REVOKE_DELEGATION = "/can-bo/uy-quyen/thu-hoi"
SIGNING = "/can-bo/ky-so"
SIGNING_STATE = "/can-bo/tinh-trang-ky-so"
USERS = "/can-bo/tai-khoan"
DOCS = "/docs"
OPENAPI = "/openapi.json"

LANGUAGE_COOKIE = "ngon_ngu"
SIZE_COOKIE = "co_chu"


def set_password(token: str) -> str:
    """The one-time link that lets a new account choose its password."""
    return f"/dat-mat-khau/{quote(token, safe='')}"


def status(code: str) -> str:
    """What the citizen sees of a submission, after the second factor."""
    return f"{LOOKUP}/{quote(code, safe='')}"


def second_factor(code: str) -> str:
    """Where the second factor for this code is asked."""
    return f"{status(code)}/xac-nhan"


def received(code: str) -> str:
    """What the citizen keeps after sending papers: the code, and what became of each file."""
    return f"{status(code)}/da-nhan"


def who_looked(code: str) -> str:
    """What the citizen sees of who looked at their records, after the second factor."""
    return f"{status(code)}/ai-da-xem"


def citizen_file(code: str, short_code: str) -> str:
    """Where the citizen downloads what was issued, after the second factor."""
    return f"{status(code)}/tai-ve/{quote(short_code, safe='')}"


def dossier_qr(code: str) -> str:
    """A picture of the address of a dossier's status."""
    return f"{status(code)}/ma-qr.svg"


def standing(code: str) -> str:
    """What anyone may know of an issued paper with this short code; the address in the printed QR."""
    return f"/v/{quote(code, safe='')}"


def review(paper: str) -> str:
    """One paper of a submission as the officer sees it."""
    return f"/can-bo/ho-so/{quote(paper, safe='')}"


def alike(paper: str) -> str:
    """The review with the records most like the paper; sent as a form."""
    return f"{review(paper)}/gan-giong"


def decide(paper: str, decision: str) -> str:
    """Where the form of this decision is sent (POST)."""
    return f"{review(paper)}/{decision}"


def decided(paper: str) -> str:
    """What became of the decision on this paper."""
    return f"{review(paper)}/da-quyet-dinh"


def signing_batch(batch: str) -> str:
    """How far a batch is."""
    return f"{SIGNING}/dot/{quote(batch, safe='')}"


def stop_batch(batch: str) -> str:
    """Where the end of a batch is asked for (POST)."""
    return f"{signing_batch(batch)}/dung"


def signing_paper(paper: str) -> str:
    """One paper that waits for its signature."""
    return f"{SIGNING}/giay-to/{quote(paper, safe='')}"


def take_back(paper: str) -> str:
    """Where a paper is taken back before it is signed (POST)."""
    return f"{signing_paper(paper)}/rut-lai"


def begin_signing(paper: str) -> str:
    """Where a signature made elsewhere begins (POST)."""
    return f"{signing_paper(paper)}/bat-dau"


def what_to_sign(paper: str) -> str:
    """What a key elsewhere signs, as a file."""
    return f"{signing_paper(paper)}/noi-dung"


def finish_signing(paper: str) -> str:
    """Where the signature comes back (POST)."""
    return f"{signing_paper(paper)}/hoan-tat"


def page_image(paper: str, number: int) -> str:
    """The picture of one page of a paper, counted from 1 over all its sides; for officers."""
    return f"/trang-anh/{quote(paper, safe='')}/{number}"


def issued_file(short_code: str) -> str:
    """Where an officer downloads what was issued."""
    return f"/can-bo/van-ban/{quote(short_code, safe='')}"


def issued_document(short_code: str) -> str:
    """One thing that was issued, with its history, for officers and auditors."""
    return f"{ISSUED}/{quote(short_code, safe='')}"


def issued_search(words: str, chosen: str) -> str:
    """What was issued, searched and filtered."""
    return f"{ISSUED}?{urlencode({'tim': words, 'loc': chosen})}"


def annul_issued(short_code: str) -> str:
    """Where the form that annuls a document is sent (POST)."""
    return f"{issued_document(short_code)}/huy-bo"


def replace_issued(short_code: str) -> str:
    """Where the form that begins a replacement is sent (POST)."""
    return f"{issued_document(short_code)}/cap-lai"


def mark_replacing(paper: str) -> str:
    """Where the form is sent that makes a paper, scanned anew, replace a document (POST)."""
    return f"{review(paper)}/thay-the"


def drift_line(line_id: int) -> str:
    """Where a choice about a line of the work list is sent (POST)."""
    return f"{DRIFT}/{line_id}"


def slip_of_paper(paper: str) -> str:
    """Where a slip about this paper's record is made out (POST)."""
    return f"/can-bo/giay-to/{quote(paper, safe='')}/phieu-dieu-chinh"


def slip_file(slip_id: int) -> str:
    """Where an officer downloads a slip."""
    return f"{SLIPS}/{slip_id}/tai-ve"


def slip_answer(slip_id: int) -> str:
    """Where the answer to a slip is entered (POST)."""
    return f"{SLIPS}/{slip_id}/tra-loi"


def citizen_slip(code: str, slip_id: int) -> str:
    """Where a citizen downloads a slip of their dossier, after the second factor."""
    return f"{status(code)}/phieu-dieu-chinh/{slip_id}"


def book_file(ending: str, query: Mapping[str, str | int]) -> str:
    """The lines of the book that this query shows, as a file."""
    return f"{BOOK}/tai-ve.{ending}?{urlencode(query)}"


def book_close(kind: str, year: int) -> str:
    """The confirmation that the book of a year is closed."""
    return f"{BOOK}/khoa-so.pdf?{urlencode({'loai': kind, 'nam': year})}"


def cancel_held(entry: str) -> str:
    """Where the cancelling of a number held too long is sent (POST)."""
    return f"{BOOK_KEEPING}/huy/{quote(entry, safe='')}"


def demanders_csv(first: str, last: str) -> str:
    """The register of demanders of these days as a file."""
    return f"{DEMANDERS_CSV}?{urlencode({'tu': first, 'den': last})}"


def display(*, choice: str, value: str, back: str) -> str:
    """The link that chooses a language (`lang`) or a size (`size`) and comes back to `back`."""
    return f"{DISPLAY}?{urlencode({choice: value, 'next': back})}"


def local_or_home(path: str) -> str:
    """`path` if it leads to a page of ours, else the home page: `next` must not lead to another host.

    `//host` and backslashes, which browsers read as slashes, are other hosts.
    """
    parts = urlsplit(path)
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and not parts.netloc and path.isprintable() else HOME
