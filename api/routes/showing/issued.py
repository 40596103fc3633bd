"""What was issued in; the list of it, and the page of one document with its history, out."""

from collections.abc import Iterable

from api.routes.showing.queue import pagination
from api.routes.showing.validation import SERIES, issued_facts, standing_state
from api.web import paths
from api.web.certification_views import (
    AnnulForm,
    AnnulInput,
    Event,
    IssuedDocument,
    IssuedPage,
    IssuedRow,
)
from api.web.language import Bilingual as Both
from api.web.views import Choice, Download, Errors, Fact, Link
from api.web.writing import day, file_size, moment
from verification.audit import AuditEntry
from verification.certification import Search, Standing, StandingChange
from verification.register import Series
from verification.standing import REVOCATION_WORDS, standing_words
from verification.submission import PaperStage
from verification.workflow.find_issued import Listed, Whole

ROWS = 25
FILTERS: dict[str, tuple[Both, Standing | None]] = {
    "": (Both("Tất cả", "All"), None),
    "con-gia-tri": (Both("Có hiệu lực", "In force"), Standing.GOOD),
    "da-thay": (Both("Đã thay hoặc dữ liệu đã đổi", "Replaced, or its record changed"), Standing.SUPERSEDED),
    "da-thu-hoi": (Both("Đã thu hồi", "Revoked"), Standing.REVOKED),
}
"""By the word in the address."""
_STANDS = {
    Standing.GOOD: Both("Có hiệu lực trở lại", "In force again"),
    Standing.SUPERSEDED: Both("Không còn dựa vào được", "Not to be relied on"),
    Standing.REVOKED: Both("Thu hồi, hủy bỏ giá trị", "Revoked"),
    Standing.UNKNOWN: Both("Chưa rõ", "Unknown"),
}
_ACTIONS = {
    "number.held": Both("Lấy số", "The number was taken"),
    "document.issued": Both("Cấp", "Issued"),
    "document.downloaded": Both("Tải về", "Downloaded"),
    "document.preserved": Both("Bổ sung dữ liệu dài hạn", "Long-term data were added"),
}
"""What the trail calls it and how a page says it; changes of standing are told from their own table."""
_WHO = {"service": Both("hệ thống", "the service"), "citizen": Both("người dân", "the citizen")}


def search_of(words: str, chosen: str, number: int) -> Search:
    """One more row than a page shows, to know whether there is another page."""
    standing = FILTERS.get(chosen, FILTERS[""])[1]
    return Search(words, standing=standing, limit=ROWS + 1, skip=(max(number, 1) - 1) * ROWS)


def shown_issued(found: tuple[Listed, ...], words: str, chosen: str, number: int) -> IssuedPage:
    """Page `number` of what the search found."""
    number, more = max(number, 1), len(found) > ROWS
    return IssuedPage(
        words=words,
        chosen=chosen if chosen in FILTERS else "",
        filters=tuple(
            Link(paths.issued_search(words, word), title, current=word == chosen)
            for word, (title, _) in FILTERS.items()
        ),
        rows=tuple(_row(each) for each in found[:ROWS]),
        pages=pagination(number, number + more, lambda n: f"{paths.issued_search(words, chosen)}&trang={n}"),
    )


def _row(listed: Listed) -> IssuedRow:
    issued = listed.issued
    return IssuedRow(
        href=paths.issued_document(issued.code),
        number=issued.number,
        kind=SERIES[issued.series],
        paper=issued.title,
        requester=listed.entry.line.requester,
        issued_on=day(issued.issued_at),
        state=standing_state(issued),
    )


def shown_document(
    found: Whole, *, decides: bool, given: AnnulInput | None = None, errors: Errors = ()
) -> IssuedDocument:
    """The page; an auditor sees no forms."""
    issued = found.issued
    revoked = issued.standing is Standing.REVOKED
    waits = any(paper.stage is not PaperStage.REJECTED for paper in found.on_its_way)
    return IssuedDocument(
        title=SERIES[issued.series],
        number=issued.number,
        state=standing_state(issued),
        facts=(*_facts(found), *issued_facts(issued, found.successor)),
        events=tuple(_events(found)),
        links=tuple(_links(found)),
        downloads=(Download(paths.issued_file(issued.code), SERIES[issued.series], file_size(issued.size)),),
        annul=_annul(found, given or AnnulInput()) if decides and not revoked else None,
        replace=paths.replace_issued(issued.code) if decides and found.replaceable and not waits else None,
        errors=errors,
    )


def _facts(found: Whole) -> tuple[Fact, ...]:
    line = found.entry.line
    return (
        Fact(Both("Người yêu cầu", "Requester"), line.requester),
        Fact(Both("Người ký", "Signer"), line.signer),
        Fact(Both("Mã hồ sơ", "Dossier"), found.dossier),
        Fact(Both("Mã tra cứu", "Look-up code"), found.issued.code),
        Fact(Both("Mức chữ ký", "Signature level"), _level(found)),
    )


def _level(found: Whole) -> Both:
    """Of the newest version, which is the one handed out, and how many there are."""
    first, versions = found.issued.level, found.versions
    if not versions:
        return Both(f"{first}, chưa bổ sung dữ liệu dài hạn", f"{first}, without long-term data yet")
    newest = versions[-1]
    vi, en = day(newest.good_until), f"{len(versions)} version(s) with long-term data"
    return Both(
        f"{newest.level}, {len(versions)} phiên bản có dữ liệu dài hạn, dấu thời gian đến {vi}",
        f"{newest.level}, {en}, time-stamp good until {vi}",
    )


def _links(found: Whole) -> Iterable[Link]:
    yield Link(
        paths.decided(found.issued.paper_id), Both("Hồ sơ của văn bản này", "The case of this document")
    )
    if found.replaces:
        number = found.replaces.number
        text = Both(f"Thay cho văn bản số {number}", f"Took the place of number {number}")
        yield Link(paths.issued_document(found.replaces.code), text)
    if found.successor:
        number = found.successor.number
        text = Both(f"Được thay bằng số {number}", f"Replaced by number {number}")
        yield Link(paths.issued_document(found.successor.code), text)
    for paper in found.on_its_way:
        if paper.stage is not PaperStage.ISSUED:
            yield Link(paths.review(paper.id), Both("Giấy tờ để cấp thay", "The paper that is to replace it"))


def _annul(found: Whole, given: AnnulInput) -> AnnulForm:
    return AnnulForm(
        action=paths.annul_issued(found.issued.code),
        reasons=tuple(
            Choice(reason.value, Both(*words), chosen=given.reason == reason.value)
            for reason, words in REVOCATION_WORDS.items()
        ),
        given=given,
        number=found.issued.number,
        decision_needed=found.issued.series is not Series.RECEIPTS,
    )


def _events(found: Whole) -> Iterable[Event]:
    """By time; what the table of changes tells is not told twice."""
    told = [(entry.at, _told(found, entry)) for entry in found.trail if entry.action in _ACTIONS]
    told += [(change.at, _changed(found, change)) for change in found.changes]
    return (event for _, event in sorted(told, key=lambda one: one[0]))


def _told(found: Whole, entry: AuditEntry) -> Event:
    return Event(moment(entry.at), _who(found, entry.actor), _ACTIONS[entry.action])


def _changed(found: Whole, change: StandingChange) -> Event:
    stands, why = _STANDS[change.standing], standing_words(change.reason)
    by = f" ({change.decision_number})" if change.decision_number else ""
    vi = f"{stands.vi}{by}: {why.vi}" if why else f"{stands.vi}{by}"
    en = f"{stands.en}{by}: {why.en}" if why else f"{stands.en}{by}"
    return Event(moment(change.at), _who(found, change.by), Both(vi, en), change.note)


def _who(found: Whole, actor: str) -> Both | str:
    return found.names.get(actor, _WHO.get(actor, actor))
