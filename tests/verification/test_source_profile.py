"""Sources as data: since when a database stands announced."""

from datetime import date, timedelta

import pytest

from verification.errors import SourcesUnusableError
from verification.record_schema import ValueKind
from verification.source import Publication, Source
from verification.source_profile import shipped_sources, source_of, with_own_sources

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


# -- a file of one's own -------------------------------------------------------------------------


OWN = """
[vehicle]
title_vi = "Cơ sở dữ liệu đăng ký xe mẫu"
title_en = "Vehicle register for trial"
owner = "Cơ quan Mẫu"
record_id = "number"
status_good = ["valid"]
subjects = ["owner"]
fresh_for_hours = 24
legal_basis = "Văn bản mẫu"
required = ["type"]

[vehicle.fields]
number = "number"
type = "text"
owner = "person"

[vehicle.groups.person]
full_name = "name"
personal_number = "personal_number"
"""


def test_an_own_file_adds_a_source() -> None:
    *shipped, own = with_own_sources(OWN)
    assert tuple(shipped) == shipped_sources()
    assert (own.name, own.fresh_for) == ("vehicle", timedelta(hours=24))
    assert own.schema.fields["owner.full_name"] is ValueKind.NAME
    assert own.schema.required == ("type",)


def test_an_own_file_replaces_what_it_names_and_leaves_the_rest() -> None:
    text = '[civil_status]\nfresh_for_hours = 12\n[civil_status.fields]\nnote = "text"\n'
    changed = source_of("civil_status", with_own_sources(text))
    assert changed is not None
    assert changed.fresh_for == timedelta(hours=12)
    assert changed.owner == shipped("civil_status").owner
    assert {*changed.schema.fields} == {*shipped("civil_status").schema.fields, "note"}


def test_an_own_file_confirms_what_is_published() -> None:
    text = (
        '[[household_business.published]]\nfrom = 2026-07-01\nbasis_vi = "Văn bản mẫu"\nbasis_en = "A text"\n'
    )
    changed = source_of("household_business", with_own_sources(text))
    assert changed is not None
    assert changed.published_on(date(2026, 7, 1))
    assert changed.published_on(date(2026, 6, 30)) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("[vehicle]", "[vehicle"), "it is no TOML"),
        (("[vehicle]", "number = 1\n[vehicle]"), "number stands outside of a source's table"),
        (('record_id = "number"', 'record_id = "id"'), "vehicle.fields lacks id"),
        (('subjects = ["owner"]', 'subjects = ["holder"]'), "neither number nor name of 'holder'"),
        (('subjects = ["owner"]', "subjects = []"), "neither subjects nor numbers"),
        (('type = "text"', 'type = "word"'), "vehicle.fields.type: there is no kind 'word'"),
        (("fresh_for_hours = 24", "fresh_for_hours = 0"), "fresh_for_hours must be a whole number"),
        (('owner = "Cơ quan Mẫu"', ""), "vehicle.owner must be a text"),
        (('status_good = ["valid"]', 'status_good = "valid"'), "vehicle.status_good must be a list"),
        (('good = ["valid"]', 'good = ["valid", "doubtful"]'), "vehicle.status_good cannot have doubtful"),
        (('good = ["valid"]', 'good = ["conflicting"]'), "vehicle.status_good cannot have conflicting"),
        (('required = ["type"]', 'colour = "red"'), "vehicle.colour is not known"),
        (('required = ["type"]', "published = 1"), "vehicle.published must be tables"),
        (('required = ["type"]', "published = [{from = 2026-01-01}]"), "needs its text"),
        (('required = ["type"]', 'published = [{from = "2026"}]'), "needs a day in from"),
        (
            ('required = ["type"]', "published = [{from = 2026-02-01, until = 2026-01-31}]"),
            "needs a day in from",
        ),
        (("[vehicle", '["Vehicle 1"'), "is no name of a source"),
    ],
)
def test_a_fault_of_the_file_is_told_in_one_sentence(change: tuple[str, str], told: str) -> None:
    text = OWN.replace(*change) if "Vehicle 1" not in change[1] else OWN.replace("[vehicle", '["Vehicle 1"')
    with pytest.raises(SourcesUnusableError) as refused:
        with_own_sources(text)
    assert told in refused.value.detail
    assert "\n" not in refused.value.detail
