"""Rules, what their scenarios say of them, and what they would have saved, as JSON."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.messages import ReasonJson, finding_of
from verification.extraction import Kind
from verification.profile import Profile, profile_of
from verification.rule import Rule
from verification.ruling import RuleState
from verification.simulation import Simulation, Tally
from verification.wording import say
from verification.workflow.simulate import NAMED
from verification.workflow.try_rules import Miss

Name = TypeVar("Name", bound=str)

_RULE: dict[str, Any] = {
    "id": "nq66-birth",
    "title_vi": "Dữ liệu hộ tịch thay giấy khai sinh, trích lục khai sinh",
    "title_en": "Civil status data replace the birth certificate and its extract",
    "kinds": ["birth_certificate", "birth_extract"],
    "procedures": None,
    "source": "civil_status",
    "fields": None,
    "order": 1,
    "needs_announcement": True,
    "supporting": False,
    "citation_vi": "NQ 66.7/2025/NQ-CP: dữ liệu hộ tịch thay giấy khai sinh",
    "citation_en": "Resolution 66.7/2025/NQ-CP: civil status data replace the birth certificate",
    "from": "2026-01-01",
    "until": None,
    "state": "IN_FORCE",
}


class RuleJson(BaseModel):
    """One rule; `procedures` null: any, `fields` null: all that the source knows."""

    id: str
    title_vi: str
    title_en: str
    kinds: list[str]
    procedures: list[str] | None
    source: str
    fields: list[str] | None
    order: int
    needs_announcement: bool
    supporting: bool
    citation_vi: str
    citation_en: str
    valid_from: date | None = Field(serialization_alias="from")
    until: date | None
    state: RuleState


class RulesJson(BaseModel):
    """Các quy tắc và hiệu lực của chúng vào ngày được hỏi. / The rules, and how they stand on the day."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"day": "2026-11-24", "rules": [_RULE]}]})

    day: date
    rules: list[RuleJson]


class MissJson(BaseModel):
    """A point of a scenario that does not follow."""

    file: str
    scenario: str
    what: str
    expected: str
    got: str


class RulesCheckJson(BaseModel):
    """What became of the scenarios; `changes`: what one's own rules make of those that are shipped."""

    file: str | None
    rules: int
    scenarios: int
    misses: list[MissJson]
    changes: list[MissJson]


class TallyJson(BaseModel):
    """Papers that the rules are for, and certified copies of them, by their number."""

    papers: int
    copies: int
    saved: int
    needless: int
    untold: int


class KindTallyJson(TallyJson):
    """Of one kind of paper."""

    kind: str
    title_vi: str
    title_en: str


class ProcedureTallyJson(TallyJson):
    """For one procedure; null where no code was named."""

    procedure: str | None


class DemanderJson(BaseModel):
    """Copies that would have been saved, by whom they were for as the dossier names it."""

    demander: str
    saved: int


class MoveJson(BaseModel):
    """How many papers would have got another proposal."""

    before: str
    after: str
    papers: int


class ChangeJson(BaseModel):
    """One of them."""

    paper: str
    dossier: str
    kind: str
    before: str
    after: str
    copies: int


class UntoldJson(ReasonJson):
    """Why nothing can be said, and of how many papers."""

    papers: int


class SimulationJson(BaseModel):
    """Số bản sao lẽ ra không cần. `saved` trên `copies`. / Copies that would not have been needed: `saved` of
    `copies`. The rules are taken as if they had been in force; nothing was looked up."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rules": ["nq66-birth"],
                    "from": "2026-10-01",
                    "to": "2026-10-31",
                    "saved": 12,
                    "copies": 410,
                    "papers": 380,
                    "covered": {"papers": 40, "copies": 52, "saved": 12, "needless": 30, "untold": 4},
                    "by_kind": [
                        {
                            "kind": "birth_certificate",
                            "title_vi": "Giấy khai sinh",
                            "title_en": "Birth certificate",
                            "papers": 40,
                            "copies": 52,
                            "saved": 12,
                            "needless": 30,
                            "untold": 4,
                        }
                    ],
                    "by_procedure": [
                        {
                            "procedure": "2.000815",
                            "papers": 40,
                            "copies": 52,
                            "saved": 12,
                            "needless": 30,
                            "untold": 4,
                        }
                    ],
                    "by_demander": [{"demander": "Trường THPT Mẫu", "saved": 12}],
                    "moves": [{"before": "CERTIFICATION_NEEDED", "after": "NO_COPY_NEEDED", "papers": 9}],
                    "changes": [
                        {
                            "paper": "s1.1",
                            "dossier": "H26.10.05-261012-0003",
                            "kind": "birth_certificate",
                            "before": "CERTIFICATION_NEEDED",
                            "after": "NO_COPY_NEEDED",
                            "copies": 2,
                        }
                    ],
                    "changes_left_off": 8,
                    "untold": [
                        {
                            "code": "SOURCE_DID_NOT_ANSWER",
                            "message_vi": "Lúc đó chưa khai thác được cơ sở dữ liệu.",
                            "message_en": "The source could not be used at that time.",
                            "page": None,
                            "box": None,
                            "legal_basis": None,
                            "legal_basis_en": None,
                            "papers": 3,
                        }
                    ],
                }
            ]
        },
    )

    rules: list[str]
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    saved: int
    copies: int
    papers: int
    covered: TallyJson
    by_kind: list[KindTallyJson]
    by_procedure: list[ProcedureTallyJson]
    by_demander: list[DemanderJson]
    moves: list[MoveJson]
    changes: list[ChangeJson]
    changes_left_off: int
    untold: list[UntoldJson]


class SimulateJson(BaseModel):
    """Một mã quy tắc, hoặc chính các quy tắc bằng TOML. / The id of a rule, or rules as TOML; `from` and `to`
    (or a `month`, 2026-10), else last month."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"rule": "nq66-birth", "month": "2026-10"}]}
    )

    rule: str | None = None
    toml: str | None = Field(default=None, max_length=64 * 1024)
    month: str | None = None
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")


def rule_of(rule: Rule, state: RuleState) -> RuleJson:
    """A rule as it stands on a day."""
    return RuleJson(
        id=rule.id,
        title_vi=rule.title_vi,
        title_en=rule.title_en,
        kinds=list(rule.kinds),
        procedures=list(rule.procedures) or None,
        source=rule.source,
        fields=list(rule.fields) or None,
        order=rule.order,
        needs_announcement=rule.published,
        supporting=rule.supporting,
        citation_vi=rule.citation_vi,
        citation_en=rule.citation_en,
        valid_from=rule.valid_from,
        until=rule.valid_until,
        state=state,
    )


def misses_of(misses: Iterable[Miss]) -> list[MissJson]:
    """What does not follow."""
    return [
        MissJson(file=m.scenario.file, scenario=m.scenario.name, what=m.what, expected=m.expected, got=m.got)
        for m in misses
    ]


def simulation_of(found: Simulation, profiles: tuple[Profile, ...]) -> SimulationJson:
    """The answer of a simulation."""
    moved = sum(found.moves.values())
    return SimulationJson(
        rules=list(found.rules),
        first=found.first,
        last=found.last,
        saved=found.covered.saved,
        copies=found.all.copies,
        papers=found.all.papers,
        covered=TallyJson(**_numbers(found.covered)),
        by_kind=[_kind(kind, tally, profiles) for kind, tally in _most(found.by_kind.items())],
        by_procedure=[
            ProcedureTallyJson(procedure=code or None, **_numbers(tally))
            for code, tally in _most(found.by_procedure.items())
        ],
        by_demander=[DemanderJson(demander=d, saved=n) for d, n in _highest(found.by_demander.items())],
        moves=[MoveJson(before=b, after=a, papers=n) for (b, a), n in found.moves.items()],
        changes=[
            ChangeJson(
                paper=c.paper_id, dossier=c.code, kind=c.kind, before=c.before, after=c.after, copies=c.copies
            )
            for c in found.changes
        ],
        changes_left_off=max(moved - NAMED, 0),
        untold=[
            UntoldJson(**finding_of(say(why.value)).model_dump(), papers=n) for why, n in found.untold.items()
        ],
    )


def _kind(kind: Kind, tally: Tally, profiles: tuple[Profile, ...]) -> KindTallyJson:
    profile = profile_of(kind, profiles)
    vi, en = (profile.title_vi, profile.title_en) if profile else (kind, kind)
    return KindTallyJson(kind=kind, title_vi=vi, title_en=en, **_numbers(tally))


def _numbers(tally: Tally) -> dict[str, int]:
    return {
        "papers": tally.papers,
        "copies": tally.copies,
        "saved": tally.saved,
        "needless": tally.needless,
        "untold": tally.untold,
    }


def _most(tallies: Iterable[tuple[Name, Tally]]) -> Sequence[tuple[Name, Tally]]:
    return sorted(tallies, key=lambda named: (-named[1].copies, named[0]))


def _highest(counts: Iterable[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    return sorted(counts, key=lambda named: (-named[1], named[0]))
