"""`bench read`: specimens read in processes of their own in; a row a kind and grade, then a report, out.

`--keep` writes every paper as soon as it is read and `--from` makes the report of such a file, whole or cut.
"""

import argparse
import multiprocessing
import os
import sys
import time
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import groupby, repeat
from pathlib import Path
from typing import Any, TextIO

import msgspec

from api.cli.bench_reading.figures import figures_of
from api.cli.bench_reading.measured import Measured
from api.cli.bench_reading.measuring import measure
from api.cli.bench_reading.papers import SETS, PaperToRead, papers_to_read
from api.cli.bench_reading.report import document, markdown, sentences
from api.cli.bench_reading.rows import head_line, line
from api.cli.bench_reading.splice import MARKERS, spliced
from api.cli.files import must_read
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, tell
from api.settings import Settings
from verification.specimens import KINDS, Grade

_DEFAULT_PAPERS = 300
_COLUMNS = """
columns (shares in per cent):
  kind        the file came out as one paper of the right kind
  exact       fields of the truth whose value is right letter by letter
  sure        fields that are sure (coverage)
  wrong when sure   of the sure fields those that are not exact, with the 95 % Wilson interval
  CER         letters to insert, drop or change in the fields' values, of all letters of their truth;
              a field that was not read counts with all its letters
  exact 1st / 2nd / Tess   fields exact by the first reader alone and the second alone, through the same
              profiles but without codes, machine zones and text layer; and fields whose value stands
              anywhere in what Tesseract (vie+eng, its own layout analysis, whole page) makes of the page.
              That flatters Tesseract: nobody told it which value belongs to which field
  print CER   letters wrong in all texts printed on the paper, each sought where it fits the page's text
              best, by the same three
  s, CPU-s    median of a page from bytes to fields, with the threads that a process has; CPU-seconds count
              all threads. Tess CPU-s: the same page by Tesseract alone
  lead/Tess   CPU-seconds of straightening, line detection and first reader, to Tesseract's on the same pages
  MB          most memory of a process while it read

The set "published" is kept apart: nothing is tuned on it. Tune on "working".
"""


def add_command(benches: Any) -> None:
    """Hang in `bench read`."""
    command = benches.add_parser(
        "read",
        help="đọc giấy tờ đúng đến đâu / how well papers are read",
        epilog=_COLUMNS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    many = command.add_mutually_exclusive_group()
    many.add_argument(
        "--papers", type=_number, metavar="N", help="số giấy tờ, chia đều / papers in all (300)"
    )
    many.add_argument("--count", type=_number, metavar="N", help="mỗi loại, mỗi cấp / a kind and grade")
    command.add_argument("--set", choices=SETS, default="published", help="bộ mẫu / which seeds")
    command.add_argument("--kinds", type=_kinds, default=KINDS, metavar="K,K", help="loại giấy tờ / kinds")
    command.add_argument("--grades", type=_grades, default=tuple(Grade), metavar="G,G", help="cấp / grades")
    command.add_argument("--jobs", type=_number, default=1, metavar="N", help="số tiến trình / processes")
    command.add_argument("--keep", metavar="FILE", help="ghi từng giấy tờ ngay / write each paper at once")
    command.add_argument(
        "--from", dest="kept", metavar="FILE", help="lập bảng từ tệp đó / report of that file"
    )
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true")
    shown.add_argument("--markdown", action="store_true", help="bảng cho README / the README's table")
    shown.add_argument(
        "--into", metavar="FILE", help=f"thay giữa / replace between {MARKERS[0]} {MARKERS[1]}"
    )
    command.set_defaults(bench=run_bench_read)


def run_bench_read(settings: Settings, args: Namespace) -> int:
    """Read, or take up what was read, and report."""
    quiet = args.json or args.markdown or args.into
    page = must_read(args.into).decode("utf-8") if args.into else None
    measured = _kept(args.kept) if args.kept else _read(settings, args)
    papers = list(measured if quiet else _printing(measured))
    if not papers:
        tell("Không có giấy tờ nào để lập bảng. / There are no papers to report on.")
        return SOME_FAILED
    if args.json:
        print_json({"bench": "read", **_how(settings, args), **document(papers)})
    elif args.markdown:
        print_line(markdown(papers, _title(args, len(papers))))
    elif page is not None:
        return _replace(Path(args.into), page, markdown(papers, _title(args, len(papers))))
    else:
        for sentence in sentences(papers):
            print_line(sentence)
    return OK


def _replace(path: Path, page: str, table: str) -> int:
    new = spliced(page, table)
    if new is None:
        tell(
            f"Tệp thiếu hai dòng {MARKERS[0]} và {MARKERS[1]}. / "
            f"Put the lines {MARKERS[0]} and {MARKERS[1]} where the table is to stand."
        )
        return SOME_FAILED
    path.write_text(new, encoding="utf-8")
    return OK


# -- reading -------------------------------------------------------------------------------------


def _read(settings: Settings, args: Namespace) -> Iterator[Measured]:
    """Every paper in order, kept and told as it comes."""
    papers = _papers(args)
    threads = _threads(settings, args)
    began = time.monotonic()
    with _pool(args.jobs) as pool, _file(args.keep) as file:
        found = pool.map(measure, repeat(settings), repeat(threads), papers)
        for number, measured in enumerate(found, 1):
            if file:
                file.write(msgspec.json.encode(measured).decode() + "\n")
                file.flush()
            progress(_where(number, papers, time.monotonic() - began))
            yield measured
    progress_done()


def _papers(args: Namespace) -> tuple[PaperToRead, ...]:
    each = args.count * len(args.kinds) * len(args.grades) if args.count else None
    count = each or args.papers or _DEFAULT_PAPERS
    return papers_to_read(args.kinds, args.grades, count=count, first_seed=SETS[args.set])


def _threads(settings: Settings, args: Namespace) -> int:
    """The cores are shared out among the processes."""
    return max(settings.threads // int(args.jobs), 1)


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes started afresh, so that what a paper costs is not mixed with what this process holds."""
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _file(name: str | None) -> Iterator[TextIO | None]:
    if name is None:
        yield None
        return
    with Path(name).open("w", encoding="utf-8") as file:
        yield file


def _where(number: int, papers: Sequence[PaperToRead], seconds: float) -> str:
    last = papers[number - 1]
    left = round(seconds / number * (len(papers) - number))
    return f"{number}/{len(papers)}  {last.kind} {last.grade.value}  ~{left // 60}:{left % 60:02d}"


def _kept(name: str) -> Iterator[Measured]:
    """The papers of a file that `--keep` wrote; a last line that was cut off is passed over."""
    decoder = msgspec.json.Decoder(Measured)
    for number, text in enumerate(must_read(name).splitlines(), 1):
        try:
            yield decoder.decode(text)
        except msgspec.DecodeError:
            tell(f"{name}: bỏ qua dòng {number}, không đọc được / line {number} cannot be read, passed over")


# -- telling -------------------------------------------------------------------------------------


def _printing(measured: Iterator[Measured]) -> Iterator[Measured]:
    """The same papers; the row of a kind and grade is printed when its last one is there."""
    print_line(head_line())
    for (kind, grade), group in groupby(measured, key=lambda m: (m.paper.kind, m.paper.grade)):
        papers = list(group)
        progress_done()
        print_line(line(kind, grade.value, figures_of(papers)))
        sys.stdout.flush()
        yield from papers


def _how(settings: Settings, args: Namespace) -> dict[str, Any]:
    """Under which conditions; of a kept file they are not known."""
    if args.kept:
        return {"from": args.kept}
    return {
        "set": args.set,
        "cores": os.cpu_count(),
        "processes": args.jobs,
        "threads_each": _threads(settings, args),
    }


def _title(args: Namespace, count: int) -> str:
    call = f"`chungthuc bench read --set {args.set} --papers {count} --jobs {args.jobs}`"
    which = f"`{Path(args.kept).name}`, {count} specimens" if args.kept else f"{call}, {count} specimens"
    return f"{which}; 1st and 2nd: the single readers, Tess: Tesseract alone on the whole page."


# -- arguments -----------------------------------------------------------------------------------


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text}: a whole number of at least 1 is wanted")
    return int(text)


def _kinds(text: str) -> tuple[str, ...]:
    return _listed(text, KINDS)


def _grades(text: str) -> tuple[Grade, ...]:
    return tuple(Grade(name) for name in _listed(text, [grade.value for grade in Grade]))


def _listed(text: str, known: Sequence[str]) -> tuple[str, ...]:
    names = text.split(",")
    if unknown := [name for name in names if name not in known]:
        raise ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    return tuple(dict.fromkeys(names))
