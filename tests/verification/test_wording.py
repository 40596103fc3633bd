"""Every sentence about a paper: in both languages, complete, and one for every code that is used."""

import re
import string
from pathlib import Path

import pytest

import verification
from ocr.model import Box, PageWarning
from verification.agreement import Agreement
from verification.hindrances import DOUBTS
from verification.normalise import nfc
from verification.wording import SENTENCES, agreement_words, rule_words, say

SOURCES = [path.read_text("utf-8") for folder in verification.__path__ for path in Path(folder).rglob("*.py")]
RULES = {
    rule
    for text in SOURCES
    for call in re.findall(r"(?:Compared\(|rule = |_compare_codes\(|_STEPS: Final = )[^\n]*", text)
    for rule in re.findall(r'"([a-z]+(?:_[a-z0-9]+)*)"', call)
} | {"lookalike", "apostrophe", "tone_placement"}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_speaks_both_languages(code: str) -> None:
    vietnamese, english = SENTENCES[code]
    assert vietnamese.endswith(".")
    assert english.endswith(".")
    assert vietnamese == nfc(vietnamese)
    assert english.isascii()
    assert not vietnamese.isascii()


@pytest.mark.parametrize("code", SENTENCES)
def test_both_sentences_are_filled_by_the_same_words(code: str) -> None:
    vietnamese, english = (places(s) for s in SENTENCES[code])
    assert {name.removesuffix("_en") for name in english} == vietnamese


@pytest.mark.parametrize("code", SENTENCES)
def test_every_place_in_a_sentence_can_be_filled(code: str) -> None:
    words = {name: f"<{name}>" for s in SENTENCES[code] for name in places(s)}
    found = say(code, words, page=3)
    assert not re.search(r"[{}]", found.message_vi + found.message_en)
    assert all(f"<{n}>" in found.message_vi + found.message_en for n in words if n != "page")


def test_every_code_that_is_said_has_a_sentence() -> None:
    said = {code for text in SOURCES for code in re.findall(r'\bsay\(\s*"([A-Z_]+)"', text)}
    assert len(said) > 15
    assert said <= set(SENTENCES)


def test_every_warning_of_a_page_and_every_doubt_has_a_sentence() -> None:
    assert {warning.value for warning in PageWarning} <= set(SENTENCES)
    assert set(DOUBTS) <= set(SENTENCES)


def test_nothing_that_is_said_calls_it_notarising() -> None:
    assert not [s for pair in SENTENCES.values() for s in pair if "công chứng" in s.lower()]


def test_a_finding_says_where_it_stands() -> None:
    box = Box(1, 2, 3, 4)
    found = say("FIELD_DIFFERS", {"field": "Họ tên", "field_en": "Name"}, page=2, box=box)
    assert (found.page, found.box, found.message_en) == (2, box, "Name: the paper and the record differ.")


@pytest.mark.parametrize("agreement", Agreement)
def test_every_agreement_has_its_words(agreement: Agreement) -> None:
    assert agreement_words(agreement, None) == agreement_words(agreement, None).strip()
    assert not agreement_words(agreement, None).isupper()


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_by_which_fields_are_compared_has_its_words(rule: str) -> None:
    words = rule_words(rule)
    assert not words["rule"].isascii()
    assert agreement_words(Agreement.EQUIVALENT, rule).endswith(words["rule"])
    assert "_" not in words["rule_en"]
