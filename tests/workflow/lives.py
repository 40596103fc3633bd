"""Diplomas that are brought again, and what is done with what was issued of them."""

from dataclasses import replace

from ocr.model import PageReading
from tests.builders import NOW, page, texts
from tests.desk import OFFICER, REQUEST, Desk, approval
from verification.certification import Issued
from verification.decision import Redelivery
from verification.ports import PaperCase
from verification.standing import RevocationReason
from verification.submission import Applicant
from verification.workflow.receive import Request
from verification.workflow.revoke import Revocation

DECISION = "12/QĐ-UBND"


def diploma(*, serial: str = "123456", born: str = "01/01/1999", unsure: bool = False) -> PageReading:
    """A diploma; with `unsure` the second reader sees another serial number."""
    return page(
        texts(
            "BẰNG TỐT NGHIỆP ĐẠI HỌC",
            "Cấp cho: NGUYỄN THỊ MẪU",
            f"Ngày sinh: {born}",
            f"Số hiệu: {serial}",
            "Số vào sổ gốc cấp văn bằng: 789",
            other={3: "Số hiệu: 123450"} if unsure else None,
        )
    )


def request(**applicant: str) -> Request:
    """The usual one, by another applicant or with another second answer."""
    known = {"full_name": "Nguyễn Thị Mẫu", "birth_year": "1999", "number_tail": "2345", **applicant}
    return replace(REQUEST, applicant=Applicant(**known))


def brought(desk: Desk, *pages: PageReading, by: Request = REQUEST) -> PaperCase:
    """Handed in as a dossier of its own."""
    submission = desk.submit(desk.upload(*pages or (diploma(),)), request=by)
    with desk.database.transaction() as tx:
        (paper,) = tx.submissions.papers(submission.id)
    return paper


def certified(desk: Desk, *pages: PageReading) -> Issued:
    """Brought, approved and issued."""
    return desk.issue(approval(brought(desk, *pages)))


def revocation(issued: Issued) -> Revocation:
    """Complete and right."""
    return Revocation(
        code=issued.code,
        officer_id=OFFICER,
        reason=RevocationReason.WRONG_CONTENT,
        number=issued.number,
        note="Thiếu trang hai, đã báo người dân",
        decision_number=DECISION,
    )


def again(paper: PaperCase, issued: Issued, *, compared: bool = True) -> Redelivery:
    return Redelivery(paper.id, OFFICER, NOW, issued.entry_id, compared)
