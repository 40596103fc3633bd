"""The whole job as three people do it in a browser; every page on the way is looked through by axe-core."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.api.conftest import OFFICER
from tests.api.serving import PASSWORD, Running
from tests.browser.test_accessibility import RULES
from verification.specimens import Specimen

SHOTS = Path("var/screenshots")
WIDTHS = (1366, 360)


@dataclass
class Walker:
    """One person's browser: walks, takes a picture of each page at both widths, keeps what axe finds."""

    page: Page
    address: str
    barriers: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def see(self, name: str) -> None:
        """Look at the page as it is now."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 768})
            self.page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
            found = Axe().run(self.page, options=RULES).response["violations"]
            self.barriers += [f"{name} {width} {f['id']}: {n['target']}" for f in found for n in f["nodes"]]
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            self.barriers += [f"{name} {width}: scrolls sideways ({wide} px)"] if wide > width else []
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 768})

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()


@pytest.fixture(scope="module")
def walkers(chromium: Browser, service: Running) -> Iterator[list[Walker]]:
    """A citizen, an officer, an organisation, each with a browser of their own."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    contexts: list[BrowserContext] = [chromium.new_context(bypass_csp=True) for _ in range(3)]
    yield [Walker(context.new_page(), service.address) for context in contexts]
    for context in contexts:
        context.close()


def submit(citizen: Walker, paper: Specimen) -> str:
    citizen.go("/nop-giay-to")
    citizen.see("nop")
    page = citizen.page
    page.set_input_files(
        "#files", {"name": paper.name, "mimeType": paper.media_type, "buffer": paper.content}
    )
    page.fill("#full_name", "Nguyễn Thị Thử Mẫu")
    page.fill("#last_four", "4321")
    page.fill("#procedure", "Vay vốn ngân hàng")
    citizen.press("Gửi giấy tờ")
    expect(page.locator("h1")).to_contain_text("Đã nhận giấy tờ")
    citizen.see("da-nhan")
    return page.locator(".receipt__code").inner_text()


def give_receipt(officer: Walker, code: str) -> None:
    officer.go("/can-bo")
    officer.see("dang-nhap")
    page = officer.page
    page.fill("#username", OFFICER)
    page.fill("#password", PASSWORD)
    officer.press("Đăng nhập")
    expect(page.locator("h1")).to_contain_text("Hàng chờ")
    officer.see("hang-cho")
    page.get_by_role("link", name=code).click()
    page.wait_for_function("document.querySelector('.scan img').naturalWidth > 300")
    officer.see("duyet")
    page.get_by_role("link", name=re.compile("^Không cần bản sao")).click()
    page.fill("#khong-can-ban-sao-audience", "Ngân hàng Mẫu")
    officer.press("Xác nhận: không cần bản sao")
    expect(page.get_by_role("link", name=re.compile("^Tải về"))).to_be_visible(timeout=20_000)
    officer.see("da-quyet-dinh")
    for path, name in (
        ("so-chung-thuc?loai=phieu", "so"),
        ("nguon-du-lieu", "nguon"),
        ("uy-quyen", "uy-quyen"),
    ):
        officer.go(f"/can-bo/{path}")
        officer.see(name)


def download(citizen: Walker, code: str) -> bytes:
    citizen.go("/tra-cuu")
    citizen.see("tra-cuu")
    page = citizen.page
    page.fill("#code", code.lower().replace("-", ""))
    citizen.press("Tiếp tục")
    citizen.see("xac-nhan")
    page.fill("#last_four", "4321")
    citizen.press("Xem kết quả")
    expect(page.locator(".verdict__headline")).to_contain_text("Đã xong")
    citizen.see("ket-qua")
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("^Tải về")).click()
    return Path(coming.value.path()).read_bytes()


def check(organisation: Walker, receipt: bytes) -> None:
    organisation.go("/kiem-tra")
    page = organisation.page
    page.set_input_files("#file", {"name": "phieu.pdf", "mimeType": "application/pdf", "buffer": receipt})
    organisation.press("Kiểm tra")
    expect(page.locator(".verdict__headline")).to_contain_text("HỢP LỆ: văn bản thật")
    expect(page.locator("main")).to_contain_text("THỬ NGHIỆM")
    organisation.see("ket-luan")
    organisation.go("/kiem-tra/ma")
    organisation.see("tra-ma")
    for path, name in (("/", "trang-dau"), ("/docs", "api"), ("/khong-co", "khong-co")):
        organisation.go(path)
        organisation.see(name)


def submitted_again(citizen: Walker, officer: Walker, paper: Specimen) -> str:
    """The address of the review of a second dossier."""
    code = submit(citizen, paper)
    row = officer.page.get_by_role("link", name=code)
    for _ in range(100):
        officer.go("/can-bo")
        if row.count():
            break
        officer.page.wait_for_timeout(100)
    return str(row.get_attribute("href"))


def complaints(walker: Walker, chromium: Browser, *addresses: str) -> list[str]:
    """What the console says of these pages under the security policy, to whoever is signed in there."""
    said: list[str] = []
    with chromium.new_context(storage_state=walker.page.context.storage_state()) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
        page.on("request", lambda asked: said.append(asked.url) if walker.address not in asked.url else None)
        for address in addresses:
            page.goto(f"{walker.address}{address}")
            assert page.locator("h1").count() == 1, address
    return said


def test_three_people_do_the_whole_job_without_a_barrier(
    walkers: list[Walker], chromium: Browser, card: Specimen
) -> None:
    citizen, officer, organisation = walkers
    code = submit(citizen, card)
    citizen.go(f"/tra-cuu/{code}")
    expect(citizen.page.locator(".verdict__headline")).to_contain_text("Đang chờ cán bộ", timeout=30_000)
    citizen.see("dang-cho")
    give_receipt(officer, code)
    check(organisation, download(citizen, code))
    dossier = f"/tra-cuu/{code}"
    assert complaints(citizen, chromium, "/nop-giay-to", dossier, f"{dossier}/da-nhan") == []
    assert complaints(officer, chromium, "/can-bo", submitted_again(citizen, officer, card), "/docs") == []
    assert [barrier for walker in walkers for barrier in walker.barriers] == []
