"""A home on disk to issue in: a folder in, real services over SQLite, files and test keys out."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from ocr.intake import take_in
from ocr.model import Limits
from signing.pades import PadesSigner
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from storage.database import SqlDatabase, open_database
from storage.objects import FileStore
from tests.builders import NOW, PROFILES, diploma_page, paper_on, photograph
from tests.desk import REQUEST, UNIT, PreparedPapers, appoint
from verification.assessment import Assessment, Outcome
from verification.ports import PaperCase, Side
from verification.services import Services
from verification.source_profile import shipped_sources
from verification.submission import (
    PageImage,
    PaperId,
    PaperStage,
    Submission,
    SubmissionId,
    SubmissionStage,
    SubmittedFile,
)
from verification.wording import say


@dataclass(frozen=True, slots=True)
class IssuingHome:
    """Everything that survives a process, opened."""

    url: str
    database: SqlDatabase
    objects: FileStore
    papers: PreparedPapers
    services: Services

    @classmethod
    def open(cls, folder: Path) -> "IssuingHome":
        """Made on first use, with one officer who may sign."""
        url = f"sqlite:///{folder / 'chungthuc.sqlite'}"
        database, objects = open_database(url), FileStore(folder / "objects")
        database.migrate()
        papers = PreparedPapers()
        pki = TestPki.open(folder / "keys", now=NOW)
        services = Services(
            database=database,
            objects=objects,
            take_in=take_in,
            papers=papers,
            signer=PadesSigner(pki, UNIT.agency, LocalTimeStamps(pki.time_stamping)),
            trust=TrustStore(folder / "trust", own=pki),
            profiles=PROFILES,
            sources=shipped_sources(),
            unit=UNIT,
            limits=Limits(),
            public_url="https://xa-mau.example.vn",
            code_secret=b"m" * 32,
            now=lambda: NOW,
            new_id=lambda: uuid.uuid4().hex,
        )
        appoint(services)
        return cls(url, database, objects, papers, services)

    def waiting_paper(self, name: str) -> PaperCase:
        """A diploma that was read and waits for an officer; `name` is its submission's."""
        image = PageImage(self.objects.put_once(photograph(int(name))), 60, 80, 200)
        submission = Submission(
            id=SubmissionId(name),
            code=f"H26.10.05-261124-{name}",
            received_at=NOW,
            channel=REQUEST.channel,
            applicant=REQUEST.applicant,
            procedure=REQUEST.procedure,
            audience=REQUEST.audience,
            files=(SubmittedFile("bằng.png", image.digest, "image/png", 1, pages=(image,)),),
            stage=SubmissionStage.READ,
        )
        reason = say("NO_SOURCE", {"kind": "bằng tốt nghiệp", "kind_en": "diploma"})
        paper = PaperCase(
            id=PaperId(f"{name}.1"),
            submission_id=submission.id,
            sides=(Side(0, paper_on(diploma_page())),),
            assessment=Assessment(Outcome.CERTIFICATION_NEEDED, (reason,), None),
            stage=PaperStage.WAITING,
        )
        with self.database.transaction() as tx:
            tx.submissions.add(submission)
            tx.submissions.add_papers([paper])
        return paper

    def close(self) -> None:
        self.database.close()
