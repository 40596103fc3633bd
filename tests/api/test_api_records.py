"""Records over HTTP: the same counts, refusals and history as on the command line."""

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from api import auth
from storage.accounts import Scope
from tests.api.conftest import ADMIN, OFFICER, hire
from tests.api.serving import Running, answering
from tests.api.test_api_programs import API, bearer
from tests.api.walking import Browser, errors, hidden_fields, signed_in
from tests.cli.test_record_rehearsal import person


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with answering(tmp_path_factory.mktemp("records"), lambda wired: wired) as service:
        hire(service)
        yield service


@pytest.fixture(scope="module")
def admin_key(desk: Running) -> str:
    now = desk.wired.services.now()
    return auth.create_api_key(desk.wired.database, "loads", ADMIN, Scope.OFFICER, now=now)


def lines(*rows: Mapping[str, object]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


class Feed:
    """A program that delivers into one source and reads what became of it."""

    def __init__(self, address: str, key: str) -> None:
        self._http = httpx.Client(base_url=address, headers=bearer(key), timeout=60)

    def __enter__(self) -> "Feed":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def send(
        self,
        content: bytes,
        source: str = "driving_licence",
        *,
        headers: dict[str, str] | None = None,
        **asked: Any,
    ) -> httpx.Response:
        return self._http.post(f"{API}/records/{source}", content=content, params=asked, headers=headers)

    def get(self, path: str, **asked: Any) -> Any:
        return self._http.get(f"{API}/records/{path}", params=asked).json()

    def records(self, source: str = "driving_licence") -> int:
        found = {s["source"]: s["records"] for s in self.get("status")["sources"]}
        return int(found[source])


@pytest.fixture
def feed(desk: Running, admin_key: str) -> Iterator[Feed]:
    with Feed(desk.address, admin_key) as feed:
        yield feed


def licence(place: int, **more: object) -> dict[str, object]:
    return {
        "licence_number": f"79{place:010}",
        "full_name": "Nguyễn Thị Mẫu",
        "date_of_birth": "1999-01-01",
        "updated_at": "2026-11-01T00:00:00Z",
        **more,
    }


def test_a_delivery_is_counted_as_on_the_command_line(feed: Feed) -> None:
    told = feed.send(lines(person(1), {"x": 1}, person(1, full_name="Nguyễn Thị Mậu")), "population").json()
    assert (told["accepted"], told["counts"]["new"], told["counts"]["conflicting"]) == (2, 1, 1)
    assert [row["line"] for row in told["rejected"]] == [2]
    assert [row["line"] for row in told["conflicts"]] == [3]


def test_a_dry_run_changes_nothing(feed: Feed) -> None:
    before = feed.records()
    told = feed.send(lines(licence(900)), dry_run=True).json()
    assert (told["dry_run"], told["counts"]["new"], feed.records()) == (True, 1, before)


def test_csv_comes_by_its_media_type_and_packed_by_its_encoding(feed: Feed) -> None:
    text = "licence_number,full_name,residence.text\n790000000100,Nguyễn Thị Mẫu,Xã Thư Lâm\n"
    packed = {"Content-Type": "text/csv; charset=utf-8", "Content-Encoding": "gzip"}
    assert feed.send(gzip.compress(text.encode()), headers=packed).json()["accepted"] == 1
    assert feed.send(text.encode(), headers={"Content-Type": "text/csv"}).json()["counts"]["changed"] == 1


@pytest.mark.parametrize(
    ("content", "encoding", "code"),
    [
        (b"no gzip", "gzip", "DELIVERY_CUT"),
        (gzip.compress(lines(licence(1)))[:-9], "gzip", "DELIVERY_CUT"),
        (lines(licence(1)), "br", "ENCODING_NOT_ACCEPTED"),
        (lines(licence(1))[:-9], "identity", "DELIVERY_CUT"),
    ],
)
def test_what_is_cut_or_packed_otherwise_changes_nothing(
    feed: Feed, content: bytes, encoding: str, code: str
) -> None:
    before = feed.records()
    answer = feed.send(content, headers={"Content-Encoding": encoding})
    assert answer.status_code in (415, 422)
    assert (answer.json()["code"], feed.records()) == (code, before)


def test_a_row_in_an_old_encoding_is_listed_by_name(feed: Feed) -> None:
    old = b'{"licence_number": "790000000200", "full_name": "Nguy\xd4n Th\xde M\xc9u"}\n'
    told = feed.send(old + lines(licence(201))).json()
    assert (told["accepted"], told["rejected"][0]["line"]) == (1, 1)
    assert "TCVN3" in told["rejected"][0]["detail"]


def test_numbers_take_turns_over_http(feed: Feed) -> None:
    source = "household_business"
    row = {"number": "79A80012345", "owner": {"full_name": "Nguyễn Thị Mẫu", "date_of_birth": "1999-01-01"}}
    assert feed.send(lines(row), source, sequence=4).json()["sequence"] == 4
    assert feed.send(lines(row), source, sequence=4).json()["already_taken"] is True
    for content, number, code in ((lines(row), 6, "OUT_OF_TURN"), (lines(row, row), 4, "CONTRADICTS")):
        answer = feed.send(content, source, sequence=number)
        assert (answer.status_code, answer.json()["code"]) == (409, f"DELIVERY_{code}")
    listed = feed.get("deliveries", source=source)["deliveries"]
    assert [(d["sequence"], d["actor"]) for d in listed] == [(4, ADMIN)]


def test_a_full_load_asks_before_it_removes(feed: Feed) -> None:
    feed.send(lines(*(licence(n) for n in range(300, 310))))
    answer = feed.send(lines(licence(300)), full=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "REMOVALS_REFUSED")
    assert feed.send(lines(licence(300)), full=True, allow_removals=True).json()["removed"] >= 9
    assert feed.records() == 1


def test_the_status_says_by_what_a_source_is_published(feed: Feed) -> None:
    found = {s["source"]: s for s in feed.get("status")["sources"]}
    assert found["population"]["published"]["basis_en"]
    assert found["population"]["last_delivery"]["source"] == "population"
    assert found["civil_status"]["last_delivery"] is None


def test_an_unknown_source_has_no_history(feed: Feed) -> None:
    assert feed.get("deliveries", source="nowhere")["code"] == "UNKNOWN_SOURCE"


def test_only_administrators_load_and_staff_look(desk: Running) -> None:
    now = desk.wired.services.now()
    key = auth.create_api_key(desk.wired.database, "asks", OFFICER, Scope.OFFICER, now=now)
    with Feed(desk.address, key) as officer:
        assert officer.send(lines(licence(400))).status_code == 403
        assert "deliveries" in officer.get("deliveries")


# -- the page ------------------------------------------------------------------------------------

PAGE = "/can-bo/nguon-du-lieu"


def tried(browser: Browser, name: str, content: bytes, **fields: str) -> httpx.Response:
    given = {"source": "population", **fields}
    return browser.send(PAGE, PAGE, given, [("records", (name, content))])


def test_the_page_tells_what_was_loaded_and_of_when(feed: Feed, desk: Running) -> None:
    feed.send(lines(person(801), person(801, full_name="Nguyễn Thị Mậu")), "population")
    with signed_in(desk.address, OFFICER) as officer:
        page = officer.open(PAGE).text
    assert "Từ 01/01/2026: NQ 66.7/2025/NQ-CP" in page
    assert "Chưa xác nhận là đã công bố" in page
    assert "1 (2)" in page
    assert 'name="records"' not in page


def test_an_administrator_tries_a_delivery_and_nothing_is_loaded(feed: Feed, desk: Running) -> None:
    before = feed.records("population")
    with signed_in(desk.address, ADMIN) as admin:
        packed = gzip.compress(lines(person(802), {"personal_number": "<b>"}))
        answer = tried(admin, "a.ndjson.gz", packed)
        assert answer.status_code == 200
        assert "Có dòng cần xem" in answer.text
        assert "không phải số định danh cá nhân: không đủ 12 chữ số" in answer.text
        assert "<b>" not in answer.text
        whole = tried(admin, "b.csv", b"personal_number\n001199000999\n", full="yes")
        assert "Xóa quá nhiều" in whole.text
    assert feed.records("population") == before


def test_what_cannot_be_tried_is_said_at_the_file(desk: Running) -> None:
    with signed_in(desk.address, ADMIN) as admin:
        cut = tried(admin, "a.ndjson", lines(person(1))[:-9])
        assert (cut.status_code, len(errors(cut))) == (422, 1)
        none = tried(admin, "", b"")
        assert (none.status_code, errors(none)) == (422, ["Chọn một tệp NDJSON hoặc CSV."])
        assert tried(admin, "a.csv", b"x\n", source="nowhere").status_code == 404


def test_an_officer_tries_nothing(desk: Running) -> None:
    with signed_in(desk.address, OFFICER) as officer:
        token = hidden_fields(officer.open("/can-bo").text, "/dang-xuat")
        answer = officer.client.post(PAGE, data={**token, "source": "population"})
    assert answer.status_code == 403
