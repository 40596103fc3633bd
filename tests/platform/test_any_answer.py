"""Whatever a platform answers: a record that bears the number asked for, or an error of one kind."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.feeds.answer import Asked, pulled
from storage.feeds.terms import Terms, read_terms
from tests.builders import NOW, card_row
from tests.platform.asking import asking, terms_file
from tests.platform.shapes import person
from verification.errors import PullAnswerError
from verification.source_profile import shipped_sources

QUESTION = asking(code="H26.10.05-a")
GOOD = {
    "MaYeuCau": "H26.10.05-a",
    "ThoiDiemTraLoi": NOW.isoformat(),
    "ThoiDiemDuLieu": NOW.isoformat(),
    "KetQua": "TIM_THAY",
    "DuLieu": [
        person({**card_row(), "father": {"full_name": "Lê Văn Thử", "personal_number": "001070012345"}})
    ],
}
_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59Z",
            "001199054321",
            "19990230",
            "²" * 8,
            "TIM_THAY",
            "1",
        ]
    ),
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=5,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [p for key, each in inner for p in _places(each, (*path, key))]


_PLACES = _places(GOOD)


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Terms:
    folder: Path = tmp_path_factory.mktemp("terms")
    return read_terms(terms_file(folder, "https://nen-tang.example.vn"), shipped_sources())[0]


def test_the_answer_that_is_changed_below_is_good(terms: Terms) -> None:
    assert pulled(GOOD, Asked(QUESTION, NOW), terms).records


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(_PLACES), _VALUES), min_size=1, max_size=3))
def test_any_answer_is_the_person_asked_for_or_none(
    terms: Terms, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    said = copy.deepcopy(GOOD)
    for path, value in changes:
        _put(said, path, value)
    try:
        answer = pulled(said, Asked(QUESTION, NOW), terms)
    except PullAnswerError:
        return
    assert answer.as_of <= NOW
    for record in answer.records:
        numbers = {record.values["personal_number"].text}
        old = record.values.get("old_id_numbers")
        assert QUESTION.number in numbers | set(old.text.split("|") if old else ())


def _put(said: Any, path: tuple[Any, ...], value: Any) -> None:
    """Unless an earlier change took its place away."""
    *outer, last = path
    for step in outer:
        here = isinstance(said, dict) and step in said
        there = isinstance(said, list) and isinstance(step, int) and step < len(said)
        if not here and not there:
            return
        said = said[step]
    if isinstance(said, dict) or (isinstance(said, list) and isinstance(last, int) and last < len(said)):
        said[last] = value
