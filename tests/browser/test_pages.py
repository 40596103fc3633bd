"""Pages as a user has them, under the content security policy: what they load and how they behave."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.samples import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_from_another_host_and_the_console_stays_quiet(
    name: str, address: str, page: Page
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{address}/page/{name}")
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_a_key_opens_the_decision_and_the_switch_turns_keys_off(address: str, page: Page) -> None:
    page.goto(f"{address}/page/review")
    page.keyboard.press("t")
    expect(page.locator("#tra-lai")).to_be_visible()
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("x")
    expect(page.locator("#tu-choi")).not_to_be_visible()


def test_a_key_typed_into_a_field_stays_a_letter(address: str, page: Page) -> None:
    page.goto(f"{address}/page/review")
    page.locator("#duyet-place").press("t")
    expect(page.locator("#tra-lai")).not_to_be_visible()


def test_a_key_that_an_input_method_is_composing_with_does_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}/page/review")
    composing = {"key": "t", "bubbles": True, "isComposing": True}
    page.locator("body").dispatch_event("keydown", composing)
    expect(page.locator("#tra-lai")).not_to_be_visible()


def test_a_row_in_focus_lights_its_place_on_the_paper(address: str, page: Page) -> None:
    page.goto(f"{address}/page/review")
    page.keyboard.press("j")
    expect(page.locator("#o-mother")).to_have_class("outline outline--bad lit")


def test_errors_take_the_focus_and_lead_to_their_fields(address: str, page: Page) -> None:
    page.goto(f"{address}/page/review_errors")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Xác nhận đã xem bản chính.").click()
    expect(page.locator("#duyet-seen")).to_be_focused()


def test_a_page_that_waits_asks_again_for_itself(address: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{address}/page/status")
    with page.expect_request(lambda request: "tra-cuu" in request.url):
        page.clock.run_for(6000)


def test_without_scripts_a_decision_opens_by_its_link(address: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/page/review")
        page.get_by_role("link", name="Từ chối").click()
        expect(page.get_by_role("button", name="Từ chối chứng thực")).to_be_visible()


def test_the_officers_menu_is_one_line(address: str, page: Page) -> None:
    page.goto(f"{address}/page/queue")
    items = page.locator(".govuk-service-navigation__list > li, .signed-in").all()
    middles = [box["y"] + box["height"] / 2 for item in items if (box := item.bounding_box())]
    assert len(middles) == 7
    assert max(middles) - min(middles) < 8


def test_the_rarer_pages_open_without_scripts(address: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/page/queue")
        rarer = page.locator('nav a[href="/can-bo/nguon-du-lieu"]')
        expect(rarer).not_to_be_visible()
        page.locator("nav summary").click()
        expect(rarer).to_be_visible()
