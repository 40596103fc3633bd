"""Values to keep, with everything filled in that a test does not speak of. All people are invented."""

from datetime import UTC, date, datetime, timedelta

from ocr.model import Box, Digest
from verification.agreement import Agreement
from verification.assessment import Assessment, Outcome
from verification.certification import Issued, ShortCode, Standing, StandingChange
from verification.decision import Delegation, Officer, Role
from verification.extraction import Extraction, Field, Kind, Mark, Reading
from verification.finding import Finding
from verification.matching import Comparison, Found, RecordMatch
from verification.ports import PaperCase, Side
from verification.register import EntryId, Line, Series
from verification.source import (
    IncomingRecord,
    RecordValue,
    Snapshot,
    SourceName,
    SourceRecord,
    SubjectKey,
)
from verification.submission import (
    Applicant,
    Channel,
    OfficerId,
    PageImage,
    PaperId,
    PaperStage,
    Submission,
    SubmissionId,
    SubmissionStage,
    SubmittedFile,
)

NOW = datetime(2026, 11, 24, 2, 30, 0, 123456, tzinfo=UTC)
POPULATION = SourceName("population")
COPIES = Series.COPIES
BOX = Box(10, 20, 110, 60)
FILE = SubmittedFile(
    "giấy khai sinh.pdf",
    Digest(f"{1:064x}"),
    "application/pdf",
    4711,
    pages=(PageImage(Digest(f"{2:064x}"), 2480, 3508, 300),),
)
LINE = Line(
    requester="Nguyễn Thị Mẫu",
    title="Giấy khai sinh",
    signer="Trần Văn Thử",
    capacity=("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"),
    copies=1,
    fee=2000,
)


def later(**time: float) -> datetime:
    """NOW and some time, `later(minutes=5)`."""
    return NOW + timedelta(**time)


def digest(number: int) -> Digest:
    """Some digest, a different one for each number."""
    return Digest(f"{number:064x}")


def submission(name: str = "s1", *, received_at: datetime = NOW) -> Submission:
    return Submission(
        id=SubmissionId(name),
        code=f"H26.10.05-261124-{name}",
        received_at=received_at,
        channel=Channel.COUNTER,
        applicant=Applicant("Nguyễn Thị Mẫu", birth_year="1957", number_tail="1234"),
        procedure="2.000815",
        audience="Trường THPT Mẫu",
        files=(FILE, SubmittedFile("trang 2.jpg", digest(3), "image/jpeg", 17, "FILE_UNREADABLE", "…", "…")),
        stage=SubmissionStage.READ,
    )


def extraction() -> Extraction:
    reading = Reading("asternet", "Nguyễn Thị Mẫu\x00", 0.5, 0, BOX)
    return Extraction(
        kind=Kind("birth_certificate"),
        sure=True,
        group=None,
        pages=(0, 1),
        region=BOX,
        fields=(Field("full_name", "Nguyễn Thị Mẫu", True, (reading,)), Field("number", None, False, ())),
        marks=(Mark("seal", 1, BOX),),
        warnings=(Finding("PAGE_BLURRED", "Ảnh mờ.", "The page is blurred.", page=1, box=BOX),),
    )


def assessment() -> Assessment:
    compared = Comparison("full_name", "Mẫu", "Mau", Agreement.EQUIVALENT, "accents", True, True)
    match = RecordMatch(
        source=POPULATION,
        snapshot=Snapshot(POPULATION, 3, NOW, 17),
        found=Found.ONE,
        key_sure=True,
        record=record("r1").record,
        status_good=True,
        comparisons=(compared,),
    )
    reason = Finding("ALL_FIELDS_AGREE", "Mọi trường đều khớp.", "Every field agrees.", "NĐ 45/2020 Điều 10")
    return Assessment(Outcome.NO_COPY_NEEDED, (reason,), match)


def paper(name: str = "s1.1", *, stage: PaperStage = PaperStage.WAITING) -> PaperCase:
    return PaperCase(
        id=PaperId(name),
        submission_id=SubmissionId(name.rsplit(".", 1)[0]),
        sides=(Side(0, extraction()), Side(1, extraction())),
        assessment=assessment(),
        stage=stage,
    )


def record(
    record_id: str, *, updated_at: datetime = NOW, deleted: bool = False, name: str = "Nguyễn Thị Mẫu"
) -> IncomingRecord:
    """A record of one person, found by `001157012345` and by `nguyen thi mau` with her birth date."""
    values = {
        "full_name": RecordValue(name),
        "residence": RecordValue("Phường Hoàn Kiếm, Hà Nội", commune_code="00070", province_code="01"),
    }
    return IncomingRecord(
        record=SourceRecord(POPULATION, record_id, "Đang cư trú", values),
        keys=(
            SubjectKey("001157012345", "1957-03-02", "nguyen thi mau"),
            SubjectKey("012345678", None, None),
        ),
        updated_at=updated_at,
        deleted=deleted,
    )


def officer(name: str = "thu") -> Officer:
    return Officer(OfficerId(name), "Trần Văn Thử", frozenset({Role.OFFICER, Role.AUDITOR}))


def delegation(name: str = "d1", *, valid_from: date = date(2026, 1, 1)) -> Delegation:
    return Delegation(
        id=name,
        officer_id=OfficerId("thu"),
        decision_number="01/QĐ-UBND",
        capacity=LINE.capacity,
        valid_from=valid_from,
        valid_to=date(2026, 12, 31),
    )


def issued(number: int = 1) -> Issued:
    return Issued(
        entry_id=EntryId(f"COPIES-2026-{number}"),
        series=COPIES,
        number=f"{number}/2026",
        book="01/2026-SCTĐT/BS",
        paper_id=PaperId(f"s1.{number}"),
        title="Giấy khai sinh",
        code=ShortCode(f"7K3M-9QXP-2AB{number}-D"),
        issued_at=NOW,
        digest=digest(100 + number),
        size=81_234,
        level="B-T",
    )


def standing_change(standing: Standing, reason: str = "ISSUED_BY_MISTAKE") -> StandingChange:
    """A change of how the first document stands."""
    return StandingChange(issued().code, standing, reason, later(hours=1), "thu", "12/QĐ-UBND", "Ghi chú")
