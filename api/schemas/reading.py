"""What `text`, `read` and `check` answer, as JSON."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from api.schemas.messages import BoxJson, MessageJson, ReasonJson, box_of, finding_of
from api.schemas.validation import ValidatedFileJson
from ocr.model import Page, PageReading, TextLine
from verification.assessment import Assessment
from verification.extraction import Extraction, Field, Reading
from verification.matching import Comparison
from verification.source import SourceRecord
from verification.wording import say


class LineJson(BaseModel):
    """One line of text."""

    text: str
    confidence: float
    box: BoxJson
    polygon: list[tuple[int, int]]


class PageJson(BaseModel):
    """One upright page image: boxes are pixels of it."""

    number: int
    width: int
    height: int
    dpi: int | None
    rotation: int


class LookedPageJson(PageJson):
    """A page before it is read: what is wrong with its picture, each with what to do about it."""

    warnings: list[ReasonJson]


class LookedFileJson(BaseModel):
    """The pages of one file, or why it was refused; `good` when there is nothing to say against it."""

    file: str
    good: bool
    error: MessageJson | None
    pages: list[LookedPageJson]


class LookJson(BaseModel):
    """The document of `look`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "files": [
                        {
                            "file": "the.jpg",
                            "good": False,
                            "error": None,
                            "pages": [
                                {
                                    "number": 1,
                                    "width": 2480,
                                    "height": 1748,
                                    "dpi": None,
                                    "rotation": 0,
                                    "warnings": [
                                        {
                                            "code": "PAGE_BLURRED",
                                            "message_vi": "Trang 1 bị mờ; vui lòng chụp lại cho rõ.",
                                            "message_en": "Page 1 is blurred; please take the picture again.",
                                            "page": 1,
                                            "box": None,
                                            "legal_basis": None,
                                        }
                                    ],
                                }
                            ],
                        }
                    ]
                }
            ]
        }
    )

    files: list[LookedFileJson]


class TextPageJson(PageJson):
    """A page with its lines in reading order."""

    source: str
    lines: list[LineJson]


class TextFileJson(BaseModel):
    """The pages of one file, or why it was refused."""

    file: str
    error: MessageJson | None
    pages: list[TextPageJson]


class TextJson(BaseModel):
    """The document of `text`."""

    files: list[TextFileJson]


class ReadingJson(BaseModel):
    """A value as one reader saw it."""

    by: str
    value: str
    confidence: float
    page: int
    box: BoxJson


class FieldJson(BaseModel):
    """A field with all its readings."""

    value: str | None
    sure: bool
    readings: list[ReadingJson]


class PaperMarkJson(BaseModel):
    """A stamp, seal or signature seen on the paper."""

    what: str
    page: int
    box: BoxJson


class SnapshotJson(BaseModel):
    """The state of our copy of a source."""

    sequence: int
    as_of: datetime


class DiffersJson(BaseModel):
    """Where the two values differ: from which letter, to before which, of the text in NFC."""

    paper: list[tuple[int, int]]
    record: list[tuple[int, int]]


class ComparisonJson(BaseModel):
    """One field compared."""

    field: str
    paper: str | None
    record: str | None
    agreement: str
    rule: str | None
    differs: DiffersJson


class AssessmentJson(BaseModel):
    """What is proposed and why."""

    outcome: str
    rule: str | None
    reasons: list[ReasonJson]
    source: str | None
    snapshot: SnapshotJson | None
    record_id: str | None
    comparisons: list[ComparisonJson]
    alike: list[str] = []
    """Where no record was found: ids of those most like the paper, for eyes alone."""


class PaperJson(BaseModel):
    """One paper."""

    kind: str
    sure: bool
    group: str | None
    pages: list[int]
    region: BoxJson | None
    fields: dict[str, FieldJson]
    marks: list[PaperMarkJson]
    warnings: list[ReasonJson]
    assessment: AssessmentJson | None = None


class ReadFileJson(BaseModel):
    """The papers of one file, or why it was refused."""

    file: str
    sha256: str
    media_type: str | None
    seconds: float
    error: MessageJson | None
    signatures: ValidatedFileJson | None
    pages: list[PageJson]
    documents: list[PaperJson]


class ReadJson(BaseModel):
    """Giấy tờ trong từng tệp. / The papers of each file; `check` adds the assessment of each."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "files": [
                        {
                            "file": "khai-sinh.jpg",
                            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                            "media_type": "image/jpeg",
                            "seconds": 2.1,
                            "error": None,
                            "signatures": None,
                            "pages": [
                                {"number": 1, "width": 1654, "height": 2339, "dpi": 200, "rotation": 0}
                            ],
                            "documents": [
                                {
                                    "kind": "birth_certificate",
                                    "sure": True,
                                    "group": None,
                                    "pages": [1],
                                    "region": None,
                                    "fields": {
                                        "full_name": {
                                            "value": "NGUYỄN THỊ MẪU",
                                            "sure": True,
                                            "readings": [
                                                {
                                                    "by": "asternet",
                                                    "value": "NGUYỄN THỊ MẪU",
                                                    "confidence": 0.98,
                                                    "page": 1,
                                                    "box": [410, 620, 900, 664],
                                                }
                                            ],
                                        }
                                    },
                                    "marks": [],
                                    "warnings": [],
                                    "assessment": None,
                                }
                            ],
                        }
                    ]
                }
            ]
        }
    )

    files: list[ReadFileJson]


def text_page(reading: PageReading) -> TextPageJson:
    """The text layer where there is one that is trusted, else what the first reader saw."""
    layer = next((t for t in reading.texts if t.reader == "text_layer"), None)
    chosen = layer if layer and not reading.warnings else reading.texts[0] if reading.texts else None
    lines = chosen.lines if chosen else ()
    return TextPageJson(
        **page_of(reading.page).model_dump(),
        source="text_layer" if chosen is layer and layer else "ocr",
        lines=[_line(line) for line in lines if line.text],
    )


def page_of(page: Page) -> PageJson:
    """The size of a page image."""
    return PageJson(
        number=page.number, width=page.width, height=page.height, dpi=page.dpi, rotation=page.rotation
    )


def looked_page_of(page: PageReading) -> LookedPageJson:
    """The size of a page image and what is wrong with it."""
    warnings = [finding_of(say(w.value, page=page.page.number)) for w in page.warnings]
    return LookedPageJson(**page_of(page.page).model_dump(), warnings=warnings)


def paper_of(
    paper: Extraction, assessment: Assessment | None = None, alike: Sequence[SourceRecord] = ()
) -> PaperJson:
    """A paper, with its assessment where it was checked and the records most like it where none was found."""
    return PaperJson(
        kind=paper.kind,
        sure=paper.sure,
        group=paper.group,
        pages=list(paper.pages),
        region=box_of(paper.region) if paper.region else None,
        fields={f.name: field_of(f) for f in paper.fields},
        marks=[PaperMarkJson(what=m.what, page=m.page, box=box_of(m.box)) for m in paper.marks],
        warnings=[finding_of(w) for w in paper.warnings],
        assessment=assessment_of(assessment, alike) if assessment else None,
    )


def field_of(field: Field) -> FieldJson:
    """A field."""
    return FieldJson(value=field.value, sure=field.sure, readings=[_reading(r) for r in field.readings])


def assessment_of(assessment: Assessment, alike: Sequence[SourceRecord] = ()) -> AssessmentJson:
    """A proposal."""
    match = assessment.match
    snapshot = match.snapshot if match else None
    return AssessmentJson(
        outcome=assessment.outcome.value,
        rule=assessment.rule,
        reasons=[finding_of(r) for r in assessment.reasons],
        source=match.source if match else None,
        snapshot=SnapshotJson(sequence=snapshot.sequence, as_of=snapshot.as_of) if snapshot else None,
        record_id=match.record.record_id if match and match.record else None,
        comparisons=[_comparison(c) for c in (match.comparisons if match else ())],
        alike=[record.record_id for record in alike],
    )


def _comparison(compared: Comparison) -> ComparisonJson:
    apart = compared.differs
    return ComparisonJson(
        field=compared.field,
        paper=compared.paper,
        record=compared.record,
        agreement=compared.agreement.value,
        rule=compared.rule,
        differs=DiffersJson(paper=list(apart.paper), record=list(apart.record)),
    )


def _reading(reading: Reading) -> ReadingJson:
    return ReadingJson(
        by=reading.by,
        value=reading.value,
        confidence=round(reading.confidence, 4),
        page=reading.page,
        box=box_of(reading.box),
    )


def _line(line: TextLine) -> LineJson:
    return LineJson(
        text=line.text, confidence=round(line.confidence, 4), box=box_of(line.box), polygon=list(line.polygon)
    )
