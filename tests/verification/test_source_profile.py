"""Sources as data: since when a database stands announced."""

from datetime import date, timedelta

import pytest

from verification.source import Publication, Source
from verification.source_profile import shipped_sources, source_of

FIRST = date(2026, 1, 1)


def shipped(name: str) -> Source:
    found = source_of(name, shipped_sources())
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["population", "civil_status", "driving_licence"])
def test_a_source_is_published_from_the_day_of_the_resolution(name: str) -> None:
    published = shipped(name).published_on(FIRST)
    assert published is not None
    assert "66.7" in published.basis_vi
    assert "66.7" in published.basis_en
    assert shipped(name).published_on(FIRST - timedelta(days=1)) is None


def test_a_source_that_nobody_announced_is_not_published() -> None:
    assert shipped("household_business").published_on(FIRST) is None


def test_a_publication_holds_through_its_last_day() -> None:
    ended = Publication(FIRST, date(2026, 6, 30), "", "")
    assert ended.holds_on(date(2026, 6, 30))
    assert not ended.holds_on(date(2026, 7, 1))
