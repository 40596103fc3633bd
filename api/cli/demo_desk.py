"""The demo's desk: hands papers in, decides as its officer and looks at what came out, timing each step."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from api.cli.demo_papers import Choice, DemoPaper
from storage.jobs import Engine
from verification.assess import VIETNAM
from verification.decision import (
    Approval,
    Decision,
    Delegation,
    NotNeeded,
    Officer,
    OriginalSeen,
    RefusalGround,
    Rejection,
    ReturnForCorrection,
    Role,
)
from verification.errors import ReceiptNotPossibleError
from verification.ports import PaperCase
from verification.register import Series
from verification.services import Services
from verification.submission import Applicant, Channel, OfficerId, Submission
from verification.workflow.decide import decide
from verification.workflow.receive import Received, Request, Upload, receive
from verification.workflow.synchronise import Delivery, synchronise
from verification.workflow.validate import validate

T = TypeVar("T")

OFFICER = OfficerId("demo.officer")
_OFFICER_NAME = "Trần Thị Mẫu"
_WAIT_S = 120.0


@dataclass(slots=True)
class Row:
    """One paper of the demo's table."""

    title: str
    proposal: str = ""
    result: str = ""
    verdict: str = ""
    sentence: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    held: bool = True

    def cells(self) -> list[str]:
        """The row as printed."""
        times = [f"{self.seconds[k]:.2f} s" if k in self.seconds else "" for k in _STEPS]
        return ["✓" if self.held else "✕", self.title, self.proposal, self.result, self.verdict, *times]

    def as_json(self) -> dict[str, Any]:
        """The row for programs."""
        return {
            "paper": self.title,
            "outcome": self.proposal,
            "result": self.result,
            "verdict": self.verdict,
            "sentence": self.sentence,
            "seconds": {k: round(v, 3) for k, v in self.seconds.items()},
            "held": self.held,
        }


_STEPS = ("receive", "check", "issue", "validate")


class DemoDesk:
    """One counter: its officer, its engine, and the folder where files are left."""

    def __init__(self, services: Services, engine: Engine, folder: Path) -> None:
        self._services, self._engine, self._folder = services, engine, folder
        self._issued: bytes | None = None

    def prepare(self, papers: tuple[DemoPaper, ...]) -> None:
        """Keep the drawn papers, load their records, appoint the officer."""
        rows: dict[str, list[dict[str, object]]] = {}
        for paper in papers:
            self._keep(f"giay-to/{paper.specimen.name}", paper.specimen.content)
            for source, record in paper.specimen.records:
                rows.setdefault(source, []).append(dict(record))
        now = self._services.now()
        for source, records in rows.items():
            text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
            self._keep(f"records-{source}.ndjson", text.encode())
            synchronise(self._services, enumerate(records, 1), Delivery(source, now, OFFICER))
        self._appoint()

    def _appoint(self) -> None:
        today = self._services.now().astimezone(VIETNAM).date()
        delegation = Delegation(
            id="demo",
            officer_id=OFFICER,
            decision_number="01/QĐ-MẪU",
            capacity=("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"),
            valid_from=today - timedelta(days=1),
            valid_to=today + timedelta(days=365),
        )
        with self._services.database.transaction() as tx:
            tx.officers.add(Officer(OFFICER, _OFFICER_NAME, frozenset({Role.OFFICER})))
            tx.officers.add_delegation(delegation)

    def paper(self, paper: DemoPaper) -> Row:
        """Hand in, wait, decide, wait, validate."""
        row = Row(paper.title)
        name = paper.specimen.truth.get("full_name", "Nguyễn Thị Mẫu")
        case = self._assessed(row, Upload(paper.specimen.name, paper.specimen.content), name)
        if case is None:
            return row
        row.held = case.assessment.outcome is paper.outcome
        row.sentence = case.assessment.reasons[0].message_vi
        if row.held:
            self._act(row, case, paper.choice)
        return row

    def signed_file(self) -> Row:
        """An issued file handed in as a paper: send the file itself."""
        row = Row("Văn bản điện tử đã ký")
        content = self._issued or b""
        case = self._assessed(row, Upload("van-ban-da-ky.pdf", content), "Nguyễn Thị Mẫu")
        if case is None:
            return row
        reasons = {r.code for r in case.assessment.reasons}
        with self._services.database.transaction() as tx:
            kept = tx.submissions.get(case.submission_id).files[0].digest
        untouched = self._services.objects.get(kept) == content
        row.held = "ELECTRONIC_ORIGINAL" in reasons and untouched
        row.sentence = case.assessment.reasons[0].message_vi
        self._act(row, case, Choice.SEND_ITSELF)
        row.verdict = validate(self._services, content).report.verdict.value
        return row

    def broken_file(self, name: str, content: bytes) -> Row:
        """A file that cannot be taken: one clear sentence, and nothing kept."""
        self._keep(f"giay-to/{name}", content)
        row = Row(f"Tệp hỏng {name}")
        received = self._receive(row, Upload(name, content), "Nguyễn Thị Mẫu")
        row.held = received.submission is None and len(received.refused) == 1
        if received.refused:
            row.result = received.refused[0].code
            row.sentence = received.refused[0].message_vi
        return row

    # -- the steps -----------------------------------------------------------------------------

    def _receive(self, row: Row, upload: Upload, applicant: str) -> Received:
        request = Request(
            applicant=Applicant(applicant, birth_year="1990", number_tail="0000"),
            channel=Channel.COUNTER,
            procedure="2.000815 Chứng thực bản sao từ bản chính",
            audience="Công ty TNHH Mẫu",
            actor=OFFICER,
        )
        return self._timed(row, "receive", lambda: receive(self._services, (upload,), request))

    def _assessed(self, row: Row, upload: Upload, applicant: str) -> PaperCase | None:
        received = self._receive(row, upload, applicant)
        if received.submission is None:
            row.held, row.sentence = False, received.refused[0].message_vi
            return None
        submission = received.submission
        self._timed(row, "check", lambda: self._engine.wait_idle(_WAIT_S))
        papers = self._papers(submission)
        if len(papers) != 1:
            row.held, row.sentence = False, f"{len(papers)} giấy tờ được nhận ra"
            return None
        row.proposal = papers[0].assessment.outcome.value
        return papers[0]

    def _act(self, row: Row, case: PaperCase, choice: Choice) -> None:
        match choice:
            case Choice.LOOK:
                self._receipt_refused(row, case)
            case Choice.REFUSE | Choice.SEND_ITSELF:
                decide(self._services, self._decision(case, choice), version=case.version)
                row.result = "từ chối" if choice is Choice.REFUSE else "gửi chính tệp này"
            case _:
                decision = self._decision(case, choice)
                self._timed(row, "issue", lambda: self._issue(case, decision))
                self._look_at_result(row, case)

    def _receipt_refused(self, row: Row, case: PaperCase) -> None:
        row.result = "cán bộ xem"
        try:
            decide(self._services, self._decision(case, Choice.RECEIPT), version=case.version)
            row.held = False
        except ReceiptNotPossibleError:
            row.verdict = "không cấp phiếu"

    def _issue(self, case: PaperCase, decision: Decision) -> None:
        decide(self._services, decision, version=case.version)
        self._engine.wait_idle(_WAIT_S)

    def _look_at_result(self, row: Row, case: PaperCase) -> None:
        with self._services.database.transaction() as tx:
            issued = tx.certifications.by_paper(case.id)
        if not issued:
            row.held, row.result = False, "chưa cấp được"
            return
        last = issued[-1]
        content = self._services.objects.get(last.digest)
        self._keep(f"{last.series.name.lower()}-{last.number.replace('/', '-')}.pdf", content)
        validated = self._timed(row, "validate", lambda: validate(self._services, content))
        row.verdict = validated.report.verdict.value
        words = "phiếu số" if last.series is Series.RECEIPTS else "bản sao số"
        row.result = f"{words} {last.number} ({last.level})"
        row.held = row.held and row.verdict == "VALID" and validated.issued is not None
        self._issued = content

    def _decision(self, case: PaperCase, choice: Choice) -> Decision:
        now = self._services.now()
        match choice:
            case Choice.COPY | Choice.INSISTED_COPY:
                seen = OriginalSeen(OFFICER, now, "Quầy số 1")
                demander = "Công ty TNHH Mẫu" if choice is Choice.INSISTED_COPY else None
                return Approval(case.id, OFFICER, now, seen, demander=demander)
            case Choice.REFUSE:
                note = "Vui lòng mang bản chính; dữ liệu gốc đã có thể dùng thay."
                return Rejection(case.id, OFFICER, now, RefusalGround.NOT_AN_ORIGINAL, note)
            case Choice.SEND_ITSELF:
                return ReturnForCorrection(case.id, OFFICER, now, "Vui lòng gửi chính tệp có chữ ký số này.")
            case _:
                return NotNeeded(case.id, OFFICER, now)

    def _papers(self, submission: Submission) -> tuple[PaperCase, ...]:
        with self._services.database.transaction() as tx:
            return tx.submissions.papers(submission.id)

    def _timed(self, row: Row, step: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            row.seconds[step] = time.perf_counter() - began

    def _keep(self, name: str, content: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
