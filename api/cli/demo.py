"""`demo`: the whole main job on real files that it makes itself; prints one line a paper.

1. A home that holds a key other than test keys is refused.
2. Draw the papers, load their records, appoint an officer with a delegation.
3. Hand in each paper, wait until it is read and assessed, decide, wait until it is issued, validate it.
4. Hand in one of the issued files again: signed, so validated before it is read, its bytes untouched.
5. Hand in two broken files: one sentence each.
6. Prove the book, copy what came out, print the table.
"""

import json
import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.cli.demo_desk import DemoDesk, Row
from api.cli.demo_papers import demo_broken, demo_papers
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, table, tell
from api.settings import Settings
from api.signing_keys import holds_foreign_keys
from api.wiring import wire
from api.worker import worker
from verification.workflow.verify_register import verify_register


def add_commands(commands: Any) -> None:
    """Hang in `demo`."""
    command = commands.add_parser(
        "demo", help="toàn bộ công việc trên giấy tờ MẪU / the whole job on specimens"
    )
    command.add_argument("--dir", metavar="DIR", help="nơi chép kết quả, mặc định <home>/demo")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_demo)


def run_demo(settings: Settings, args: Namespace) -> int:
    """0 if every step held, else 1."""
    # 1
    if holds_foreign_keys(settings):
        tell("Thư mục này giữ khóa thật nên không chạy thử ở đây. / This home holds real keys: no demo here.")
        return SOME_FAILED
    began = time.perf_counter()
    wired = wire(replace(settings, keys=None))  # its officers are in nobody's keys file
    folder = Path(args.dir) if args.dir else settings.home / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    engine = worker(wired.services, url=settings.database_url, executor_id="demo", poll_s=0.05)
    desk = DemoDesk(wired.services, engine, folder)
    # 2
    progress("vẽ giấy tờ MẪU, nạp mô hình …")
    papers = demo_papers()
    desk.prepare(papers)
    engine.launch()
    try:
        rows = _all_rows(desk, papers)
    finally:
        engine.stop()
    # 6
    proof = verify_register(wired.services)
    wired.close()
    progress_done()
    seconds = time.perf_counter() - began
    held = all(row.held for row in rows) and not proof.faults
    _print(rows, seconds, folder, as_json=args.json)
    for code, what in proof.faults:
        tell(f"sổ: {code} {what}")
    return OK if held else SOME_FAILED


def _all_rows(desk: DemoDesk, papers: tuple[Any, ...]) -> list[Row]:
    rows = []
    for number, paper in enumerate(papers, 1):
        progress(f"{number}/{len(papers)} {paper.title} …")
        rows.append(desk.paper(paper))  # 3
    progress("văn bản điện tử đã ký …")
    rows.append(desk.signed_file())  # 4
    rows += [desk.broken_file(name, content) for name, content in demo_broken()]  # 5
    return rows


def _print(rows: list[Row], seconds: float, folder: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {"rows": [row.as_json() for row in rows], "seconds": round(seconds, 1), "folder": str(folder)}
        )
        return
    head = ["", "giấy tờ", "đề xuất", "kết quả", "kiểm tra", "nhận", "đọc+đối chiếu", "ký+lưu", "kiểm"]
    for line in table([head, *(row.cells() for row in rows)]):
        print_line(line)
    print_line()
    for row in rows:
        if row.sentence:
            print_line(f"{row.title}: {row.sentence}")
    print_line(f"\n{seconds:.1f} s; các tệp ở {folder}")
    (folder / "demo.json").write_text(
        json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1), encoding="utf-8"
    )
