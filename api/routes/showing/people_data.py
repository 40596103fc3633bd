"""Slips about wrong data and counts of demands in, the officers' pages of them out."""

import csv
from collections.abc import Iterable
from io import StringIO

from api.routes.showing.look_ups import field_titles
from api.routes.showing.words import kind_title
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.people_views import DemanderRow, SlipForm, SlipRow, SlipsPage
from api.web.views import Choice, Download, Link, Sign, State
from api.web.writing import VIETNAM, day, moment
from verification.data_error import DataError, SlipState
from verification.demand import DemanderCount
from verification.extraction import Kind
from verification.ports import PaperCase
from verification.profile import profile_of
from verification.services import Services
from verification.source_profile import source_of
from verification.workflow.ask_correction import Slip, correctable, label, slips_of

SLIP_STATES = {
    SlipState.SENT: State(Sign.WAIT, Both("Đang chờ trả lời", "Waiting for an answer")),
    SlipState.ANSWERED: State(Sign.GOOD, Both("Đã trả lời", "Answered")),
}
_SLIP = Both("Phiếu đề nghị điều chỉnh dữ liệu", "Request to correct the record")
CSV_COLUMNS = (
    "Cơ quan, tổ chức",
    "Giấy tờ",
    "Bản sao chứng thực theo yêu cầu",
    "Phiếu xác nhận",
    "Lần đầu",
    "Lần cuối",
    "Từng tháng",
    "Hồ sơ",
)


# -- slips -------------------------------------------------------------------------------------


def slip_form(services: Services, paper: PaperCase) -> SlipForm | None:
    """What the review offers; nothing where no field can be asked about."""
    waiting = [s for s in slips_of(services, (paper,)) if s.state is SlipState.SENT]
    if waiting:
        sent = Both("Đã lập phiếu, đang chờ trả lời", "A slip was made out and waits for its answer")
        return SlipForm("", (), Link(paths.slip_file(waiting[-1].id), sent))
    titles = field_titles(services)
    choices = tuple(
        Choice(f.field, titles.get(f.field, Both(f.field, f.field)), chosen=f.proposed)
        for f in correctable(paper)
    )
    return SlipForm(paths.slip_of_paper(paper.id), choices) if choices else None


def shown_slips(services: Services, found: Iterable[Slip]) -> SlipsPage:
    """Every slip, newest first."""
    titles = field_titles(services)
    return SlipsPage(tuple(_slip(services, slip, titles) for slip in found))


def _slip(services: Services, slip: Slip, titles: dict[str, Both]) -> SlipRow:
    error = slip.data_error
    source = source_of(error.source, services.sources)
    names = [titles.get(f.field, Both(f.field, f.field)) for f in error.fields]
    return SlipRow(
        id=str(error.id),
        at=moment(error.at),
        label=label(slip),
        paper=kind_title(slip.paper, services.profiles),
        review=paths.review(error.paper_id),
        owner=source.owner if source else error.source,
        fields=Both("; ".join(n.vi for n in names), "; ".join(n.en for n in names)),
        state=SLIP_STATES[error.state],
        href=paths.slip_file(error.id),
        answer=error.answer or "–",
        action=paths.slip_answer(error.id) if error.state is SlipState.SENT else None,
        version=error.version,
    )


def citizens_slips(code: str, found: Iterable[DataError]) -> tuple[Download, ...]:
    """The slips of a dossier for its citizen to take home."""
    return tuple(Download(paths.citizen_slip(code, slip.id), _SLIP, day(slip.at)) for slip in found)


# -- demanders ---------------------------------------------------------------------------------


def kind_words(services: Services, kind: Kind) -> Both:
    """What a kind of paper is called; both sides of a card are one."""
    profile = profile_of(kind, services.profiles)
    if profile is None:
        return Both("Giấy tờ chưa rõ loại", "Paper of an unknown kind")
    return Both(profile.title_vi.partition(" (")[0], profile.title_en.partition(" (")[0])


def demander_rows(services: Services, found: Iterable[DemanderCount]) -> tuple[DemanderRow, ...]:
    """The table."""
    return tuple(
        DemanderRow(
            organisation=row.organisation,
            kind=kind_words(services, row.kind),
            copies=str(row.copies),
            receipts=str(row.receipts),
            first=day(row.first.astimezone(VIETNAM)),
            last=day(row.last.astimezone(VIETNAM)),
            months="; ".join(f"{month[5:]}/{month[:4]}: {count}" for month, count in row.months),
            dossiers=", ".join(row.dossiers),
        )
        for row in found
    )


def demanders_csv(services: Services, found: Iterable[DemanderCount]) -> str:
    """The table as CSV, as a spreadsheet opens it: nothing in it is a formula."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(CSV_COLUMNS)
    for row in demander_rows(services, found):
        counts = (row.copies, row.receipts, row.first, row.last, row.months)
        writer.writerow([_plain(cell) for cell in (row.organisation, row.kind.vi, *counts, row.dossiers)])
    return written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
