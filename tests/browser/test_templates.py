"""Templates and vendored files, looked at without a browser."""

import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from jinja2 import UndefinedError

from api.web import views
from api.web.language import Language
from api.web.rendering import STATIC_FOLDER, WEB, render
from tests.browser.preview import shell
from tests.browser.samples import PAGES, REVIEW

TEMPLATES = sorted((WEB / "templates").glob("*.html"))
VENDOR = STATIC_FOLDER / "vendor"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_word_stands_outside_a_pair_of_languages(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|&\w+;", " ", template.read_text(), flags=re.S)
    spoken = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', source)
    words = re.sub(r'[\w-]+="[^"]*"|<[^>]*>', " ", source, flags=re.S).split() + " ".join(spoken).split()
    assert [word for word in words if re.search(r"[^\W\d_]", word)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_nothing_in_a_template_is_inline_that_the_policy_forbids(template: Path) -> None:
    source = template.read_text()
    assert re.findall(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*src=)|\|\s*safe", source) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_in_english_without_our_vietnamese_words(name: str) -> None:
    page = render(shell(name, Language.EN, "normal"), PAGES[name])
    assert '<html lang="en"' in page
    assert PAGES[name].title.en in page


def test_what_a_person_typed_is_never_markup() -> None:
    hostile = views.CitizenLookup(code='"><script>alert(1)</script>')
    assert "<script>alert" not in render(shell("lookup", "vi", "normal"), hostile)


def test_a_blocked_decision_has_no_form() -> None:
    page = render(shell("review", "vi", "normal"), REVIEW)
    assert 'action="/can-bo/ho-so/p-41/khong-can-ban-sao"' not in page
    assert 'action="/can-bo/ho-so/p-41/duyet"' in page


def test_a_form_carries_the_token_against_forgery() -> None:
    around = replace(shell("review", "vi", "normal"), csrf="t0k3n")
    page = render(around, REVIEW)
    assert page.count('name="csrf_token" value="t0k3n"') == page.count("<form")


def test_a_missing_variable_is_an_error() -> None:
    class Empty:
        template: ClassVar[str] = "lookup.html"
        title = views.CitizenLookup.title

    with pytest.raises(UndefinedError):
        render(shell("lookup", "vi", "normal"), Empty())


def test_every_vendored_file_is_the_one_in_the_manifest() -> None:
    listed = {e["file"]: e["sha256"] for e in json.loads((VENDOR / "MANIFEST.json").read_text())}
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }
    assert found == listed


def test_every_vendored_package_brings_its_licence() -> None:
    folders = [folder for folder in VENDOR.iterdir() if folder.is_dir()]
    assert all((folder / "LICENSE.txt").stat().st_size > 500 for folder in folders)


def test_the_vendored_versions_are_those_of_the_lock() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())["packages"]
    for entry in json.loads((VENDOR / "MANIFEST.json").read_text()):
        assert lock[f"node_modules/{entry['package']}"]["version"] == entry["version"]


def test_the_review_weighs_under_150_kb_without_its_picture() -> None:
    page = gzip.compress(render(shell("review", "vi", "normal"), REVIEW).encode())
    static = (path for path in STATIC_FOLDER.rglob("*.*") if path.suffix in {".css", ".js", ".svg"})
    fonts = sum(path.stat().st_size for path in STATIC_FOLDER.rglob("*.woff2"))
    assert len(page) + fonts + sum(len(gzip.compress(path.read_bytes())) for path in static) < 150_000
