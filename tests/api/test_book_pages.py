"""The book over HTTP and on pages: what is shown, what is taken home, and how administrators keep it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import httpx
import pytest

from signing.text import printed_text
from tests.api.conftest import AUDITOR
from tests.api.serving import Running
from tests.api.walking import Browser, errors, signed_in
from tests.storage.books import Office
from tests.storage.builders import LINE
from verification.register import EVERY_LINE, EntryState, RegisterEntry, Series
from verification.submission import PaperId

API = "/api/v1"
OLD = datetime(2025, 3, 10, 2, 0, tzinfo=UTC)
"""A year that no other test of this service writes in."""
BOOK, KEEPING = "/can-bo/so-chung-thuc", "/can-bo/giu-so"


@pytest.fixture(scope="module")
def lines(service: Running) -> tuple[RegisterEntry, ...]:
    """Sixty copies of 2025, every tenth cancelled, in the service's own database."""
    office = Office(service.wired.database, service.wired.services.objects)
    return office.write(range(1, 61), first_at=OLD)


@pytest.fixture
def auditor(service: Running) -> Iterator[Browser]:
    with signed_in(service.address, AUDITOR) as browser:
        yield browser


@pytest.fixture
def held(service: Running) -> RegisterEntry:
    """A number of this year's receipts that was taken two hours ago and forgotten."""
    now = service.wired.services.now()
    with service.wired.database.transaction() as tx:
        left = [entry for entry in tx.register.held(now) if entry.paper_id.startswith("lost-")]
        if left:
            return left[0]
        lost = PaperId(f"lost-{now:%M%S%f}.1")
        return tx.register.hold(lost, Series.RECEIPTS, LINE, at=now.replace(year=2025))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def table(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.text)))


# -- looking ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("lines")
def test_the_page_shows_a_year_newest_first_with_reasons_in_words(auditor: Browser) -> None:
    page = auditor.open(f"{BOOK}?loai=chung-thuc&nam=2025").text
    assert page.index("60/2025") < page.index("59/2025")
    assert "11/2025<" in page
    assert "10/2025<" not in page, "fifty lines a page"
    assert "KEYS_UNUSABLE" not in page
    assert "Đã hủy: " in page
    assert "Đủ số" in page
    assert ">1/2025<" in auditor.open(f"{BOOK}?loai=chung-thuc&nam=2025&trang=2").text


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("tinh_trang=CANCELLED", "60/2025", "59/2025"),
        ("thang=3", "59/2025", "khong-co"),
        ("thang=4", "Không có dòng nào", "59/2025"),
        ("quyen=02/2025-SCTĐT/BS", "Không có dòng nào", "59/2025"),
        ("thang=13&tinh_trang=x&trang=-4", "59/2025", "khong-co"),
    ],
)
def test_the_page_is_filtered(auditor: Browser, query: str, shown: str, hidden: str) -> None:
    page = auditor.open(f"{BOOK}?loai=chung-thuc&nam=2025&{query}").text
    assert shown in page
    assert hidden not in page


@pytest.mark.usefixtures("lines")
def test_an_auditor_takes_home_the_lines_that_are_shown(auditor: Browser) -> None:
    query = "loai=chung-thuc&nam=2025"
    whole = auditor.open(f"{BOOK}/tai-ve.csv?{query}")
    assert whole.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(table(whole)) == 61
    assert len(table(auditor.open(f"{BOOK}/tai-ve.csv?{query}&tinh_trang=CANCELLED"))) == 7
    print_ = auditor.open(f"{BOOK}/tai-ve.pdf?{query}")
    assert print_.headers["content-disposition"] == 'attachment; filename="so-copies-2025.pdf"'
    assert "60/2025" in printed_text(print_.content)
    assert auditor.open(f"{BOOK}/tai-ve.doc?{query}").status_code == 404
    assert auditor.open(f"{BOOK}/khoa-so.pdf?loai=phieu&nam=2025").status_code == 404


@pytest.mark.usefixtures("lines")
def test_a_program_reads_and_takes_home_the_same(client: httpx.Client, keys: dict[str, str]) -> None:
    key = bearer(keys["officer"])

    def entries(**query: Any) -> list[dict[str, Any]]:
        answer = client.get(f"{API}/register", params={"year": 2025, **query}, headers=key)
        found: list[dict[str, Any]] = answer.json()["entries"]
        return found

    assert len(entries()) == 60
    cancelled = entries(state="CANCELLED")
    assert {e["state"] for e in cancelled} == {"CANCELLED"}
    assert cancelled[0]["reason"] == "KEYS_UNUSABLE"
    assert cancelled[0]["reason_vi"] != "KEYS_UNUSABLE"
    assert entries(month=4) == []
    assert client.get(f"{API}/register", params={"year": 2025, "month": 13}, headers=key).status_code == 422
    exported = f"{API}/register/export"
    assert len(table(client.get(exported, params={"year": 2025, "month": 3}, headers=key))) == 61
    print_ = client.get(exported, params={"year": 2025, "format": "pdf"}, headers=key)
    assert print_.content.startswith(b"%PDF-")
    assert client.get(exported, params={"year": 2025}).status_code == 401


# -- keeping ----------------------------------------------------------------------------------------


def test_administrators_keep_the_book_and_others_do_not(
    admin: Browser, officer: Browser, auditor: Browser
) -> None:
    assert "Giữ sổ" in admin.open(KEEPING).text
    assert {who.open(KEEPING).status_code for who in (officer, auditor)} == {403}


def test_an_administrator_begins_a_book_and_opens_the_next(admin: Browser, service: Running) -> None:
    year = service.wired.services.now().year + 1
    first = {"series": "paper", "year": str(year), "ordinal": "3", "first": "871"}
    admin.send(KEEPING, f"{KEEPING}/quyen-dau", first)
    assert f"03/{year}-SCT/BS" in admin.open(KEEPING).text
    wrong = admin.send(KEEPING, f"{KEEPING}/quyen-dau", {**first, "first": "không"})
    assert wrong.status_code == 422
    assert errors(wrong) == ["Quyển đầu tiên bắt đầu từ số và thứ tự quyển ít nhất là 1, của năm nay trở đi."]
    assert admin.send(KEEPING, f"{KEEPING}/quyen-dau", {**first, "series": "x"}).status_code == 404
    sent = {"series": "paper", "year": str(year), **token(admin)}
    early = admin.client.post(f"{KEEPING}/quyen-moi", data=sent)
    assert (early.status_code, "chưa cần sang quyển mới" in early.text) == (409, True)
    write_one(service, Series.PAPER_COPIES, year)
    after = admin.client.post(f"{KEEPING}/quyen-moi", data=sent)
    assert f"04/{year}-SCT/BS" in after.text
    assert f"03/{year}-SCT/BS" not in after.text


def write_one(service: Running, series: Series, year: int) -> None:
    office = Office(service.wired.database, service.wired.services.objects)
    office.write([year], series=series, first_at=datetime(year, 3, 1, tzinfo=UTC))


def token(browser: Browser) -> dict[str, str]:
    text = browser.open(KEEPING).text
    name = 'name="csrf_token" value="'
    return {"csrf_token": text[text.index(name) + len(name) :].split('"', 1)[0]}


def test_an_administrator_cancels_a_number_held_too_long(
    admin: Browser, service: Running, held: RegisterEntry
) -> None:
    action = f"{KEEPING}/huy/{held.id}"
    nothing = admin.send(KEEPING, action, {"reason": "  "})
    assert (nothing.status_code, errors(nothing)) == (
        422,
        ["Vui lòng ghi lý do hủy số; lý do được lưu trong sổ."],
    )
    after = admin.send(KEEPING, action, {"reason": "Máy hỏng"})
    assert action not in after.text
    with service.wired.database.reading() as tx:
        entry = tx.register.entry(held.id)
        assert (entry.state, entry.reason) == (EntryState.CANCELLED, "Máy hỏng")


def test_a_program_cancels_and_closes_with_an_administrators_key(
    client: httpx.Client, keys: dict[str, str], held: RegisterEntry
) -> None:
    key, officers = bearer(keys["admin"]), bearer(keys["officer"])
    listed = client.get(f"{API}/register/held", headers=key).json()["held"]
    assert held.id in [entry["id"] for entry in listed]
    cancel = f"{API}/register/held/{held.id}/cancel"
    assert client.post(cancel, json={"reason": "Máy hỏng"}, headers=officers).status_code == 403
    assert client.post(cancel, json={"reason": ""}, headers=key).status_code == 422
    assert client.post(cancel, json={"reason": "Máy hỏng"}, headers=key).json()["state"] == "CANCELLED"
    again = client.post(cancel, json={"reason": "Máy hỏng"}, headers=key)
    assert (again.status_code, again.json()["code"]) == (409, "CHANGED_MEANWHILE")


def test_a_program_keeps_books(client: httpx.Client, keys: dict[str, str], service: Running) -> None:
    key, year = bearer(keys["admin"]), service.wired.services.now().year + 2
    body = {"series": "copies", "year": year}
    first = client.post(f"{API}/register/books", json={**body, "ordinal": 2, "first": 40}, headers=key).json()
    assert (first["book"], first["first"], first["open"]) == (f"02/{year}-SCTĐT/BS", 40, True)
    write_one(service, Series.COPIES, year)
    following = client.post(f"{API}/register/next-book", json=body, headers=key).json()
    assert (following["book"], following["first"]) == (f"03/{year}-SCTĐT/BS", 41)
    early = client.post(f"{API}/register/closes", json=body, headers=key)
    assert (early.status_code, early.json()["code"]) == (409, "YEAR_NOT_OVER")
    closed = client.post(f"{API}/register/closes", json={**body, "ended": True}, headers=key).json()
    assert (closed["lines"], closed["series"]) == (1, "copies")
    listed = client.get(f"{API}/register/books", headers=key).json()
    assert closed in listed["closed"]
    assert [b["open"] for b in listed["books"] if b["year"] == year] == [False, False]
    confirmation = f"{API}/register/closes/{year}/confirmation"
    officers = bearer(keys["officer"])
    assert "XÁCNHẬNKHÓASỔ" in printed_text(client.get(confirmation, headers=officers).content)
    missing = client.get(f"{API}/register/closes/2024/confirmation", headers=officers)
    assert missing.status_code == 404


@pytest.mark.usefixtures("lines")
def test_an_administrator_closes_a_year_that_is_over(admin: Browser, auditor: Browser) -> None:
    form = {"series": "copies", "year": "2025"}
    after = admin.send(KEEPING, f"{KEEPING}/khoa-so", form)
    assert "60 dòng, khóa lúc" in after.text
    again = admin.send(KEEPING, f"{KEEPING}/khoa-so", form)
    assert again.status_code == 409
    assert errors(again) == [
        "Sổ của năm này đã khóa, không mở lại được; không thể lấy hoặc thay đổi số trong sổ."
    ]
    page = auditor.open(f"{BOOK}?loai=chung-thuc&nam=2025").text
    assert "Sổ đã khóa" in page
    confirmation = auditor.open(f"{BOOK}/khoa-so.pdf?loai=chung-thuc&nam=2025")
    assert "108.000đồng" in printed_text(confirmation.content)


# -- copies on paper --------------------------------------------------------------------------------


def test_an_officer_takes_a_number_for_copies_on_paper(officer: Browser, service: Running) -> None:
    typed = {"requester": "Nguyễn Thị Mẫu", "paper": "Bằng tốt nghiệp", "pages": "2", "copies": "3"}
    wrong = officer.send(f"{BOOK}/ghi", f"{BOOK}/ghi", {**typed, "copies": "ba"})
    assert wrong.status_code == 422
    assert 'value="Bằng tốt nghiệp"' in wrong.text
    given = officer.send(f"{BOOK}/ghi", f"{BOOK}/ghi", typed)
    with service.wired.database.reading() as tx:
        (entry,) = tx.register.newest(
            Series.PAPER_COPIES, service.wired.services.now().year, EVERY_LINE, skip=0, limit=1
        )
    assert f"Số {entry.label}, quyển số {entry.book}; lệ phí 12.000 đồng" in given.text
    assert entry.label in officer.open(f"{BOOK}?loai=chung-thuc-giay").text


def test_a_program_takes_such_a_number_once(client: httpx.Client, keys: dict[str, str]) -> None:
    body = {"once": "quay-1-7", "requester": "Lê Mẫu", "title": "Học bạ", "pages": 1, "copies": 1}
    sent = [
        client.post(f"{API}/register/entries", json=body, headers=bearer(keys["officer"])) for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert (sent[0].json()["state"], sent[0].json()["fee"]) == ("ISSUED", 2_000)
    refused = client.post(f"{API}/register/entries", json=body, headers=bearer(keys["admin"]))
    assert refused.status_code == 403
