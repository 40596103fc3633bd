"""The fields of a paper, read and compared, in; rows of the review and outlines on its pages out."""

from dataclasses import dataclass

from api.routes.showing.words import AGREEMENTS, shown_value
from api.web.differences import differing, whole
from api.web.language import Bilingual as Both
from api.web.officer_views import FieldRow, Outline
from api.web.views import Sign, State
from ocr.model import Box
from verification.agreement import Agreement
from verification.extraction import Field
from verification.matching import Comparison
from verification.profile import FieldProfile, Profile
from verification.wording import agreement_words
from verification.workflow.review import Case

_HIGH = 0.9
_UNSURE = State(Sign.CHECK, Both("Đọc chưa chắc", "Not read with certainty"))
_SURE = State(Sign.GOOD, Both("Đọc chắc", "Read with certainty"))
_MARKED = (Agreement.DIFFERENT, Agreement.PARTIAL, Agreement.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A field where it was read: the page of the paper (from 1, over all its sides) and the box on it."""

    field: Field
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A row on its way: `closed` rows agree and are folded away."""

    row: FieldRow
    closed: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """All fields of a paper. A field both sides of a card bear is shown once, where it was read first."""

    placed: tuple[Placed, ...]
    lines: tuple[_Line, ...]

    @classmethod
    def of(cls, case: Case, profiles: tuple[Profile, ...]) -> "Fields":
        """The rows in the order of the paper."""
        placed = _placed(case)
        titles = {f.name: f for p in reversed(profiles) for f in p.fields}
        kinds = {side.extraction.kind for side in case.paper.sides}
        titles |= {f.name: f for p in profiles if p.kind in kinds for f in p.fields}
        match = case.paper.assessment.match
        compared = {c.field: c for c in (match.comparisons if match else ())}
        found = {p.field.name: p for p in placed}
        names = [*found, *(name for name in compared if name not in found)]
        lines = (_line(n, titles.get(n), found.get(n), compared.get(n)) for n in names)
        return cls(placed, tuple(line for line in lines if line))

    def open_rows(self) -> tuple[FieldRow, ...]:
        """What differs or is unsure."""
        return tuple(line.row for line in self.lines if not line.closed)

    def agreeing(self) -> tuple[FieldRow, ...]:
        """What agrees."""
        return tuple(line.row for line in self.lines if line.closed)

    def outlines(self, page: int) -> tuple[Outline, ...]:
        """Where on this page the fields stand."""
        signs = {line.row.row: line.row.state.sign for line in self.lines}
        return tuple(
            Outline(
                _id(p.field.name), signs[_id(p.field.name)], p.box.x0, p.box.y0, p.box.width, p.box.height
            )
            for p in self.placed
            if p.page == page and p.box and _id(p.field.name) in signs
        )


def _id(name: str) -> str:
    return f"f-{name}"


def _placed(case: Case) -> tuple[Placed, ...]:
    found: dict[str, Placed] = {}
    before = 0
    for side in case.paper.sides:
        pages = side.extraction.pages
        for field in side.extraction.fields:
            reading = next((r for r in field.readings if r.page in pages), None)
            page = before + pages.index(reading.page) + 1 if reading else 0
            found.setdefault(field.name, Placed(field, page, reading.box if reading else None))
        before += len(pages)
    return tuple(found.values())


def _line(
    name: str, spec: FieldProfile | None, placed: Placed | None, compared: Comparison | None
) -> _Line | None:
    field = placed.field if placed else None
    on_paper = shown_value(compared.paper if compared and compared.paper else field.value if field else None)
    in_record = shown_value(compared.record if compared else None)
    if not on_paper and not in_record:
        return None
    unsure = bool(field and on_paper and not field.sure)
    closed = not unsure and (compared.passes if compared else True)
    marked = compared is not None and compared.agreement in _MARKED and on_paper and in_record
    left, right = differing(on_paper, in_record) if marked else (whole(on_paper), whole(in_record))
    return _Line(
        FieldRow(
            row=_id(name),
            label=Both(spec.title_vi, spec.title_en) if spec else Both(name, name),
            paper=left,
            record=right,
            state=_state(compared, unsure=unsure),
            uncertain=_uncertain(field) if unsure else None,
            boxed=bool(placed and placed.box),
        ),
        closed,
    )


def _state(compared: Comparison | None, *, unsure: bool) -> State:
    if compared is None:
        return _UNSURE if unsure else _SURE
    state = AGREEMENTS[compared.agreement]
    if state.sign is Sign.GOOD and unsure:
        return _UNSURE
    if compared.rule:
        words = agreement_words(compared.agreement, compared.rule)
        return State(Sign.GOOD if compared.passes and not unsure else state.sign, Both(words, state.text.en))
    return state


def _uncertain(field: Field | None) -> Both | None:
    best = max((r.confidence for r in field.readings), default=0.0) if field else 0.0
    if best >= _HIGH:
        return Both("các cách đọc chưa khớp nhau", "the readings do not agree")
    return Both(f"đọc chắc {best:.0%}".replace("%", " %"), f"{best:.0%} certain")
