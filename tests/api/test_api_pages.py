"""The pages as people use them, without scripts: citizen, officer, organisation, administrator."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from tests.api.conftest import ADMIN, OTHER
from tests.api.serving import Running
from tests.api.walking import Browser, errors, title
from verification.errors import ScanTooCoarseError
from verification.specimens import Specimen

NAME = "Nguyễn Thị Thử Mẫu"
CITIZEN = {"full_name": NAME, "last_four": "4321", "procedure": "Vay vốn ngân hàng"}


def handed_in(browser: Browser, specimen: Specimen) -> str:
    """The dossier's code."""
    files = [("files", (specimen.name, specimen.content))]
    answer = browser.send("/nop-giay-to", "/nop-giay-to", CITIZEN, files)
    found = re.fullmatch(r"/tra-cuu/([^/]+)/da-nhan", answer.url.path)
    assert found, (title(answer), errors(answer))
    return found[1]


def paper_of(officer: Browser, code: str) -> str:
    """Where the officer reviews the paper of this dossier."""
    row = rf'href="(/can-bo/ho-so/[^"]+)"[^>]*>{re.escape(code)}<'
    found = re.search(row, officer.wait_for("/can-bo", f">{code}<").text)
    assert found
    return found[1]


def test_a_citizen_gets_a_receipt_that_an_organisation_finds_valid(
    browser: Browser, officer: Browser, card: Specimen
) -> None:
    code = handed_in(browser, card)
    paper = paper_of(officer, code)
    review = officer.open(paper)
    assert "Không cần bản sao" in review.text
    assert NAME in review.text

    answer = officer.send(paper, f"{paper}/khong-can-ban-sao", {"audience": "Ngân hàng Mẫu"})
    assert answer.url.path == f"{paper}/da-quyet-dinh", errors(answer)
    officer.wait_for(answer.url.path, "Đã cấp")

    status = browser.open(f"/tra-cuu/{code}")
    file = re.search(r'href="(/tra-cuu/[^"]+/tai-ve/[^"]+)"', status.text)
    assert file
    receipt = browser.open(file[1])
    assert receipt.headers["content-type"] == "application/pdf"

    verdict = browser.send("/kiem-tra", "/kiem-tra", {}, [("file", ("phieu.pdf", receipt.content))])
    assert "HỢP LỆ: văn bản thật, còn nguyên vẹn" in verdict.text
    assert "THỬ NGHIỆM" in verdict.text
    short = file[1].rsplit("/", 1)[1]
    assert "Có hiệu lực" in browser.open(f"/v/{short}").text


def test_a_certification_needs_the_original_and_says_all_that_is_missing(
    browser: Browser, officer: Browser, diploma: Specimen
) -> None:
    paper = paper_of(officer, handed_in(browser, diploma))
    answer = officer.send(paper, f"{paper}/duyet", {"place": " "})
    assert errors(answer) == ["Xác nhận đã xem bản chính.", "Ghi nơi xem bản chính."]

    answer = officer.send(paper, f"{paper}/duyet", {"place": "Quầy số 2", "seen": "yes"})
    done = officer.wait_for(answer.url.path, "Đã cấp")
    assert "Quầy số 2" in done.text
    assert "1/20" in officer.open("/can-bo/so-chung-thuc").text


def test_a_coarse_scan_cannot_be_certified_and_the_officer_is_told_at_the_form(
    browser: Browser, officer: Browser, diploma: Specimen
) -> None:
    out = io.BytesIO()
    page = Image.new("RGB", (827, 1170), "white")
    ImageDraw.Draw(page).text((200, 300), "GIAY MAU / SPECIMEN", fill="black", font_size=40)
    page.save(out, "JPEG", dpi=(100, 100))
    coarse = replace(diploma, name="quet-tho.jpg", content=out.getvalue())
    paper = paper_of(officer, handed_in(browser, coarse))
    answer = officer.send(paper, f"{paper}/duyet", {"place": "Quầy số 2", "seen": "yes"})
    assert answer.status_code == 422
    assert errors(answer) == [ScanTooCoarseError.message_vi]


@pytest.mark.parametrize(
    "path", ["/", "/nop-giay-to", "/tra-cuu", "/kiem-tra", "/kiem-tra/ma", "/dang-nhap", "/docs"]
)
def test_a_public_page_is_whole(browser: Browser, path: str) -> None:
    answer = browser.open(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path",
    [
        "/can-bo",
        "/can-bo/so-chung-thuc",
        "/can-bo/nguon-du-lieu",
        "/can-bo/uy-quyen",
        "/can-bo/tinh-trang-ky-so",
    ],
)
def test_an_officers_page_is_whole(officer: Browser, path: str) -> None:
    assert officer.open(path).status_code == 200


def test_an_administrator_makes_an_account_whose_link_works_once(
    admin: Browser, browser: Browser, service: Running
) -> None:
    made = {"username": "moi.mau", "full_name": "Người Mới Mẫu", "roles": ["officer"]}
    answer = admin.send("/can-bo/tai-khoan", "/can-bo/tai-khoan", made)
    link = re.search(r"http://[^<]+(/dat-mat-khau/[^<]+)<", answer.text)
    assert link, errors(answer)
    words = {"password": "thêm một câu dài nữa", "password_again": "thêm một câu dài nữa"}
    assert browser.send(link[1], link[1], words).url.path == "/dang-nhap"
    assert browser.open(link[1]).status_code == 410
    signed = browser.send(
        "/dang-nhap", "/dang-nhap", {"username": "moi.mau", "password": "thêm một câu dài nữa"}
    )
    assert signed.url.path == "/can-bo"


def test_a_chosen_language_and_size_stay_and_lead_back_to_a_page_of_ours(browser: Browser) -> None:
    answer = browser.open("/hien-thi?lang=en&next=/kiem-tra")
    assert answer.url.path == "/kiem-tra"
    assert "Check an electronic certification" in answer.text
    assert browser.open("/hien-thi?size=largest&next=//evil.example/x").url.path == "/"
    assert 'lang="en" class="govuk-template text-largest"' in browser.open("/tra-cuu").text


def test_an_administrator_adds_a_delegation_or_is_told_all_that_is_missing(admin: Browser) -> None:
    where = "/can-bo/uy-quyen"
    assert len(errors(admin.send(where, where, {"officer": OTHER, "valid_to": "x"}))) == 4
    days = {"valid_from": "2026-01-01", "valid_to": "2027-12-31"}
    words = {"officer": OTHER, "decision": "99/QĐ-UBND", "capacity": "TUQ. CHỦ TỊCH\nCÔNG CHỨC"}
    answer = admin.send(where, where, {**words, **days})
    assert "99/QĐ-UBND" in answer.text
    assert "TUQ. CHỦ TỊCH / CÔNG CHỨC" in answer.text


def test_an_officer_sees_delegations_and_adds_none(officer: Browser) -> None:
    assert 'name="decision"' not in officer.open("/can-bo/uy-quyen").text


def test_the_queue_can_be_filtered_and_shows_initials_alone(
    browser: Browser, officer: Browser, diploma: Specimen
) -> None:
    code = handed_in(browser, diploma)
    officer.wait_for("/can-bo", f">{code}<")
    assert f">{code}<" in officer.open("/can-bo?loc=chung-thuc").text
    other = officer.open("/can-bo?loc=tu-choi")
    assert f">{code}<" not in other.text
    assert NAME not in officer.open("/can-bo").text


def test_a_locked_account_is_shown_so_and_nobody_locks_themselves(admin: Browser) -> None:
    users = "/can-bo/tai-khoan"
    admin.send(users, users, {"username": "khoa.mau", "full_name": "Bị Khóa Mẫu", "roles": ["auditor"]})
    assert "Đã khóa" in admin.send(users, f"{users}/khoa.mau/khoa", {}).text
    assert admin.send(users, f"{users}/{ADMIN}/khoa", {}).status_code == 404


def test_a_refused_paper_tells_the_citizen_the_ground(
    browser: Browser, officer: Browser, diploma: Specimen
) -> None:
    code = handed_in(browser, diploma)
    paper = paper_of(officer, code)
    assert errors(officer.send(paper, f"{paper}/tu-choi", {})) == ["Chọn lý do từ chối."]
    officer.send(paper, f"{paper}/tu-choi", {"reasons": ["A22-2"], "note": "Góc dưới bị rách."})
    told = browser.open(f"/tra-cuu/{code}").text
    assert "Bản chính hư hỏng" in told
    assert "Góc dưới bị rách." in told
    assert "Điều 22" in told


def test_a_wrong_printed_code_is_told_by_its_check_character(browser: Browser) -> None:
    answer = browser.send("/kiem-tra/ma", "/kiem-tra/ma", {"code": "7K3M-9QXP-2ABC-1"})
    assert (answer.status_code, len(errors(answer))) == (422, 1)
