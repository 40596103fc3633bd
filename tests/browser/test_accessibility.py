"""Every page at 360 and 1366 px, with normal and largest letters, is looked through by axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from tests.browser.samples import PAGES

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (360, 1366)
SIZES = ("normal", "largest")

PRESSED = (
    "button, select, .govuk-button, .choice, .filter, .decision__summary, .link-button, "
    ".govuk-service-navigation__link, input:not([type=hidden], [type=checkbox], [type=radio])"
)
SMALL_TARGETS = """(pressed) => [...document.querySelectorAll(pressed)]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
  .map(e => e.outerHTML.slice(0, 90))"""

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


def open_at(page: Page, address: str, name: str, *, width: int, size: str, language: str = "vi") -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{address}/page/{name}?size={size}&lang={language}")


def barriers(page: Page) -> list[str]:
    """What axe finds, each as rule and place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_is_found(name: str, address: str, measured: Page) -> None:
    found = []
    for width in WIDTHS:
        for size in SIZES:
            open_at(measured, address, name, width=width, size=size)
            found += [f"{width} {size} {fault}" for fault in barriers(measured)]
    assert found == []


def test_the_english_review_has_no_barrier(address: str, measured: Page) -> None:
    open_at(measured, address, "review", width=1366, size="normal", language="en")
    assert barriers(measured) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('label[for=username]').remove()", "label"),
        ("document.querySelector('h1').style.color = '#ccc'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('form button').textContent = ''", "button-name"),
    ],
)
def test_a_planted_barrier_is_found(fault: str, rule: str, address: str, measured: Page) -> None:
    open_at(measured, address, "login", width=1366, size="normal")
    measured.evaluate(fault)
    assert any(found.startswith(f"{rule}:") for found in barriers(measured))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_px_with_wide_and_largest_letters(
    name: str, address: str, measured: Page
) -> None:
    open_at(measured, address, name, width=320, size="largest")
    measured.add_style_tag(content=TEXT_SPACING)
    assert measured.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_what_is_pressed_is_44_px_high(name: str, address: str, measured: Page) -> None:
    open_at(measured, address, name, width=360, size="normal")
    assert measured.evaluate(SMALL_TARGETS, PRESSED) == []


def test_the_review_prints_on_two_sheets(address: str, measured: Page) -> None:
    open_at(measured, address, "review", width=1366, size="normal")
    assert len(PdfDocument(measured.pdf(format="A4"))) <= 2
