"""How long the main job takes: scans of birth certificates in, seconds of each part out, Tesseract beside."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import tesserocr
from PIL import Image

from api.cli.output import progress, progress_done
from api.settings import Settings
from api.wiring import wire
from ocr.intake import take_in
from ocr.process_usage import held_megabytes
from ocr.raster import pages
from ocr.readers.tesseract import TESSDATA_FOLDERS
from verification.assess import VIETNAM
from verification.assessment import Assessment, Outcome
from verification.decision import Approval, Delegation, Officer, OriginalSeen, Role
from verification.ports import PaperCase
from verification.services import Services
from verification.specimens import PUBLISHED_SEEDS, Grade, Specimen, draw
from verification.submission import Applicant, Channel, OfficerId, PaperStage, Submission
from verification.workflow.check import cross_check, joined, read_file
from verification.workflow.decide import decide
from verification.workflow.inquire import Purpose
from verification.workflow.issue import hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import Request, Upload, receive
from verification.workflow.synchronise import Delivery, synchronise

T = TypeVar("T")
_OFFICER = OfficerId("bench")
_START_WAIT_S, _IDLE_AFTER_S = 60.0, 6.0
_NOT_OURS = {"CHUNGTHUC_KEYS", "CHUNGTHUC_DATABASE_URL", "CHUNGTHUC_S3_ENDPOINT", "CHUNGTHUC_WATCH"}
"""What a bench never touches: the keys, rows, objects and deliveries of the service that is set up here."""
Row = dict[str, Any]


def bench_pipeline(settings: Settings, count: int) -> list[Row]:
    """Medians over `count` scans; the first paper warms everything and is not counted."""
    wired = wire(settings)
    services = wired.services
    wired.reader.open()
    papers = [_specimen(n) for n in range(count + 1)]
    _load(services, papers)
    _appoint(services)
    rows = _measured(services, papers)
    wired.close()
    rows += _service(settings)
    progress_done()
    return rows


def _specimen(number: int) -> Specimen:
    return draw("birth_certificate", seed=PUBLISHED_SEEDS + number, grade=Grade.SCAN)


def _measured(services: Services, papers: list[Specimen]) -> list[Row]:
    check: list[float] = []
    tesseract: list[float] = []
    issue: list[float] = []
    for number, paper in enumerate(papers):
        progress(f"{number}/{len(papers) - 1} …")
        timed = [
            _seconds(lambda p=paper: _checked(services, p)),  # type: ignore[misc]
            _seconds(lambda p=paper: _by_tesseract(services, p)),  # type: ignore[misc]
            _issued(services, paper),
        ]
        if number:
            for kept, seconds in zip((check, tesseract, issue), timed, strict=True):
                kept.append(seconds)
    ratio = statistics.median(check) / statistics.median(tesseract)
    return [
        _row("bytes to assessment (A4 scan)", check, "< 5 s", f"{ratio:.2f} × Tesseract alone"),
        _row("Tesseract alone, same pages, text only", tesseract, "", ""),
        _row("approval to stored, twice signed PDF", issue, "< 0.5 s", ""),
    ]


def _row(what: str, seconds: list[float], goal: str, beside: str) -> Row:
    return {
        "what": what,
        "n": len(seconds),
        "median_s": round(statistics.median(seconds), 3),
        "max_s": round(max(seconds), 3),
        "goal": goal,
        "beside": beside,
    }


def _checked(services: Services, paper: Specimen) -> Assessment:
    document = take_in(paper.content, services.limits)
    files = joined(services, [read_file(services, document)])
    return cross_check(services, files, Purpose("bench", "-", "bench"))[0].assessment


def _by_tesseract(services: Services, paper: Specimen) -> str:
    """The whole page as a user would hand it to Tesseract: one call, default layout analysis."""
    page = next(iter(pages(take_in(paper.content, services.limits), services.limits)))
    with tesserocr.PyTessBaseAPI(path=_tessdata(), lang="vie") as engine:
        engine.SetImage(Image.fromarray(page.image))
        return str(engine.GetUTF8Text())


def _tessdata() -> str:
    return f"{next(f for f in TESSDATA_FOLDERS if (f / 'vie.traineddata').is_file())}/"


def _issued(services: Services, paper: Specimen) -> float:
    case = _waiting(services, paper)
    seen = OriginalSeen(_OFFICER, services.now(), "bench")
    demander = "bench" if case.assessment.outcome is Outcome.NO_COPY_NEEDED else None

    def work() -> None:
        decide(
            services,
            Approval(case.id, _OFFICER, services.now(), seen, demander=demander),
            version=case.version,
        )
        hold(services, case.id)
        sign_and_keep(services, case.id)

    seconds = _seconds(work)
    with services.database.transaction() as tx:
        stage = tx.submissions.paper(case.id).stage
    if stage is not PaperStage.ISSUED:
        raise RuntimeError(f"the bench's paper was not issued but is {stage}")
    return seconds


def _waiting(services: Services, paper: Specimen) -> PaperCase:
    request = Request(Applicant("bench"), Channel.COUNTER, "", "", "bench")
    received = receive(services, (Upload(paper.name, paper.content),), request)
    submission: Submission | None = received.submission
    if submission is None:
        raise RuntimeError("the bench's paper was refused")
    process(services, submission.id)
    with services.database.transaction() as tx:
        return tx.submissions.papers(submission.id)[0]


def _load(services: Services, papers: list[Specimen]) -> None:
    rows: dict[str, list[dict[str, object]]] = {}
    for source, record in (r for p in papers for r in p.records):
        rows.setdefault(source, []).append(dict(record))
    for source, records in rows.items():
        synchronise(services, enumerate(records, 1), Delivery(source, services.now(), "bench"))


def _appoint(services: Services) -> None:
    today = services.now().astimezone(VIETNAM).date()
    day = timedelta(days=1)
    delegation = Delegation("bench", _OFFICER, "bench", ("CHỦ TỊCH",), today - day, today + day)
    with services.database.transaction() as tx:
        tx.officers.add(Officer(_OFFICER, "Trần Thị Mẫu", frozenset({Role.OFFICER})))
        tx.officers.add_delegation(delegation)


def _seconds(work: Callable[[], T]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# -- the service as a process ------------------------------------------------------------------


def _service(settings: Settings) -> list[Row]:
    """Start `chungthuc serve`, wait for its first answer, let it rest, look at its memory."""
    progress("chungthuc serve …")
    port = settings.port + 7919
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    environ = {**kept, "CHUNGTHUC_HOME": str(settings.home), "CHUNGTHUC_PORT": str(port)}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            started = _first_answer(f"http://127.0.0.1:{port}/healthz", began)
            time.sleep(_IDLE_AFTER_S)
            megabytes = _resident_megabytes(process.pid)
        finally:
            process.terminate()
    return [
        {"what": "start of the service", "n": 1, "median_s": round(started, 2), "goal": "< 4 s"},
        {"what": "idle memory", "n": 1, "median_s": "", "goal": "< 600 MB", "beside": f"{megabytes} MB"},
    ]


def _first_answer(url: str, began: float) -> float:
    for _ in _until(_START_WAIT_S):
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 our own loopback address
                if answer.status == 200:
                    return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the service did not start")


def _until(seconds: float) -> Iterator[None]:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        yield None


def _resident_megabytes(pid: int) -> int:
    """Of the service and of the process that reads for it."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = (int(child) for task in tasks for child in task.read_text(encoding="ascii").split())
    return sum(held_megabytes(each) for each in (pid, *children))
