"""The frozen table is the one that its notice describes, and it is whole."""

from collections import Counter
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

import pytest

from scripts.freeze_units import SOURCES, TARGET, WHEEL, freeze
from verification.address_text import unit_key
from verification.normalise import fold
from verification.units import EARLIER_FILE, TABLE_FILE, Units, load_units


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units()


def _text(name: str) -> str:
    return files("verification.units").joinpath(name).read_text(encoding="utf-8")


def test_the_counts_are_those_that_were_measured(units: Units) -> None:
    old = [commune for group in units.communes_before.values() for commune in group]
    assert (len(units.provinces), len(units.communes)) == (34, 3321)
    assert Counter(commune.kind for commune in units.communes.values()) == {
        "Xã": 2621,
        "Phường": 687,
        "Đặc khu": 13,
    }
    assert (len(units.provinces_before), len(old)) == (63, 10_040)
    assert sum(len(group) for group in units.districts_before.values()) == 696


def test_the_table_itself_splits_as_many_communes_as_its_source() -> None:
    rows = [line.split("\t") for line in _text(TABLE_FILE).splitlines() if line.startswith("C\t")]
    parts = Counter(len(row[5].split(",")) for row in rows)
    assert parts == {1: 9569, 2: 397, 3: 58, 4: 15, 5: 1}


def test_parts_that_the_source_lacks_are_added(units: Units) -> None:
    split = [old for group in units.communes_before.values() for old in group if len(old.became) > 1]
    assert len(split) == 474
    cong_da = next(old for group in units.communes_before.values() for old in group if old.code == "02485")
    assert [units.communes[code].name for code in cong_da.became] == ["Trung Sơn", "Thái Bình"]


def test_the_notice_and_the_table_name_the_same_source() -> None:
    header = [line.split("\t") for line in _text(TABLE_FILE).splitlines() if line.startswith("# sha256")]
    assert [name for _, name, _ in header] == list(SOURCES)
    assert all(digest in _text("NOTICE.txt") for _, _, digest in header)
    assert "MIT License" in _text("NOTICE.txt")


def test_the_table_is_what_the_script_makes_of_its_source(tmp_path: Path) -> None:
    again = tmp_path / TABLE_FILE
    freeze(Path(str(distribution(WHEEL).locate_file(WHEEL))), distribution(WHEEL).version, again)
    assert again.read_bytes() == TARGET.read_bytes()


def test_the_table_is_small_enough_to_read_and_to_review() -> None:
    assert TARGET.stat().st_size < 1024 * 1024


def test_every_code_points_at_a_unit(units: Units) -> None:
    districts = {district.code for group in units.districts_before.values() for district in group}
    assert set(units.communes_before) == districts
    assert set(units.communes_of) == set(units.provinces)
    old = [commune for group in units.communes_before.values() for commune in group]
    assert all(old_one.became and set(old_one.became) <= set(units.communes) for old_one in old)
    assert {code for old_one in old for code in old_one.became} == set(units.communes)


def test_what_the_project_adds_points_at_units_too(units: Units) -> None:
    districts = {district.code for group in units.districts_before.values() for district in group}
    assert all(set(gone.went_to) <= districts for gone in units.earlier_districts)
    assert all(set(gone.lies_in) <= set(units.provinces_before) for gone in units.earlier_provinces)
    added = [line.split("\t") for line in _text(EARLIER_FILE).splitlines() if line.startswith("A\t")]
    assert {code for _, _, codes in added for code in codes.split(",")} <= set(units.communes)


def test_a_code_that_two_times_share_is_one_province_in_both(units: Units) -> None:
    shared = set(units.provinces) & set(units.provinces_before)
    assert all(units.provinces_before[code].became == code for code in shared)


def test_names_are_unique_in_their_parent_but_for_their_kind(units: Units) -> None:
    today = [(now.province, now.kind, unit_key(now.name)) for now in units.communes.values()]
    before = [
        (old.district, old.kind, unit_key(old.name))
        for group in units.communes_before.values()
        for old in group
    ]
    assert max(Counter(today + before).values()) == 1


def test_as_many_names_fold_together_as_was_measured(units: Units) -> None:
    collisions = 0
    for group in units.communes_of.values():
        names = Counter((unit.kind, fold(unit_key(unit.name))) for unit in group)
        collisions += sum(1 for count in names.values() if count > 1)
    assert collisions == 8


def test_the_table_cannot_be_changed(units: Units) -> None:
    with pytest.raises(TypeError):
        units.provinces["01"] = units.provinces["04"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        units.provinces["01"].name = "Thăng Long"  # type: ignore[misc]


def test_the_table_is_read_once(units: Units) -> None:
    assert load_units() is units
