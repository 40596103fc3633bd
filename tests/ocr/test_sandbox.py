"""A reader in a process of its own: reads as one in this process does, and dies alone."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

import numpy as np
import pytest

from ocr.errors import FileDamagedError, OcrError
from ocr.intake import take_in
from ocr.model import Digest, Document, DocumentReading, Limits, MediaType
from ocr.process_usage import Used
from ocr.reading import PaperReader
from ocr.sandbox import SandboxedIntake, SandboxedReader
from ocr.sandbox_wire import Channel
from ocr.weights import Weights
from tests.ocr.drawing import as_bytes, sheet
from tests.ocr.hostile_pdfs import one_page_again_and_again_pdf

ORPHAN = """
import pathlib, sys, time
from ocr.model import Limits
from ocr.sandbox import SandboxedIntake, SandboxedReader
reader = SandboxedReader.open(pathlib.Path(sys.argv[1]), limits=Limits())
print(reader.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def sandbox(weights: Weights) -> Iterator[SandboxedReader]:
    reader = SandboxedReader.open(weights.folder, limits=Limits())
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def document() -> Document:
    return take_in(as_bytes(sheet(), dpi=(150, 150)), Limits())


def code_of(reader: SandboxedReader, document: Document) -> str:
    with pytest.raises(OcrError) as refused:
        reader.read(document)
    return refused.value.code


class Killer:
    """Kills the reader the first `times` times it begins to look for lines."""

    def __init__(self, reader: SandboxedReader, times: int) -> None:
        self.reader, self.left, self.killed = reader, times, list[int]()

    def __call__(self, step: str, page: int) -> None:
        pid = self.reader.pid
        if step == "find" and self.left and pid:
            self.left -= 1
            self.killed.append(pid)
            os.kill(pid, signal.SIGKILL)


def test_it_reads_what_a_reader_in_this_process_reads(
    sandbox: SandboxedReader, document: Document, form_reading: DocumentReading
) -> None:
    (page,), (same,) = sandbox.read(document).pages, form_reading.pages
    assert (page.texts, page.codes, page.marks, page.warnings) == (
        same.texts,
        same.codes,
        same.marks,
        same.warnings,
    )
    assert np.array_equal(page.page.image, same.page.image)


def test_the_document_comes_back_whole(sandbox: SandboxedReader, document: Document) -> None:
    assert sandbox.look(document).document is document


def test_reading_again_is_the_same_on_both_sides_of_the_wall(
    sandbox: SandboxedReader, paper_reader: PaperReader, document: Document
) -> None:
    first = sandbox.read(document, both=False)
    again = sandbox.read_again(first, {0: {2, 1}})
    assert again.document is document
    assert again.pages[0].texts == paper_reader.read_again(first, {0: [1, 2]}).pages[0].texts


def test_steps_are_told_through_the_wall(sandbox: SandboxedReader, document: Document) -> None:
    told = list[tuple[str, int]]()
    sandbox.read(document, lambda step, page: told.append((step, page)), both=False)
    assert told == [("draw", 1), ("find", 1), ("recognise", 1)]


def test_a_file_it_refuses_is_refused_here_and_it_lives_on(sandbox: SandboxedReader) -> None:
    pid = sandbox.pid
    damaged = Document(Digest("0" * 64), MediaType.PDF, b"%PDF-1.7\n")
    assert code_of(sandbox, damaged) == FileDamagedError.code
    assert sandbox.pid == pid


def test_no_line_is_no_question(sandbox: SandboxedReader) -> None:
    assert sandbox.recognise([]) == []


def test_a_reader_killed_once_is_replaced_and_the_paper_is_read(
    sandbox: SandboxedReader, document: Document, form_reading: DocumentReading
) -> None:
    killer = Killer(sandbox, 1)
    reading = sandbox.read(document, killer)
    assert reading.pages[0].texts == form_reading.pages[0].texts
    assert sandbox.pid not in killer.killed


def test_a_paper_that_kills_every_reader_is_refused_and_the_next_is_read(
    sandbox: SandboxedReader, document: Document
) -> None:
    killer = Killer(sandbox, 9)
    with pytest.raises(OcrError) as refused:
        sandbox.read(document, killer)
    assert refused.value.code == "READER_DIED"
    assert len(killer.killed) == 2
    assert sandbox.read(document, both=False).pages[0].texts[0].lines


def test_a_reader_killed_between_two_papers_is_replaced(sandbox: SandboxedReader, document: Document) -> None:
    pid = sandbox.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert sandbox.look(document).pages[0].page.width > 0


def test_a_page_past_its_time_is_refused_and_its_reader_ended(weights: Weights, document: Document) -> None:
    reader = SandboxedReader.open(weights.folder, limits=Limits(), seconds=0.05)
    assert code_of(reader, document) == "READING_TOO_SLOW"
    assert reader.pid is None
    assert reader.used() == Used()


def test_a_page_past_the_memory_is_refused_and_its_reader_ended(weights: Weights) -> None:
    reader = SandboxedReader.open(weights.folder, limits=Limits(), megabytes=400)
    large = take_in(as_bytes(sheet(size=(6000, 8000)), "JPEG"), Limits())
    assert code_of(reader, large) == "READING_TOO_LARGE"
    assert reader.pid is None


def test_a_caller_who_fails_at_a_step_leaves_no_answer_for_the_next(
    sandbox: SandboxedReader, document: Document
) -> None:
    def fail(step: str, page: int) -> None:
        raise KeyError(step)

    with pytest.raises(KeyError):
        sandbox.read(document, fail)
    assert sandbox.look(document).pages[0].texts == ()


def test_the_process_knows_no_setting_of_the_service(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUNGTHUC_S3_SECRET_KEY", "a-secret-of-the-tests")
    reader = SandboxedReader.open(weights.folder, limits=Limits())
    environ = Path(f"/proc/{reader.pid}/environ").read_bytes()
    reader.close()
    assert b"PYTHONPATH" in environ
    assert b"a-secret-of-the-tests" not in environ


def test_the_process_writes_no_file_and_no_core_and_grows_only_so_far(sandbox: SandboxedReader) -> None:
    lines = Path(f"/proc/{sandbox.pid}/limits").read_text(encoding="ascii").splitlines()
    limits = {line[:25].strip(): line[25:].split()[0] for line in lines}
    assert (limits["Max file size"], limits["Max core file size"]) == ("0", "0")
    assert limits["Max data size"] == str(6000 * 1024 * 1024)


def test_what_the_process_used_is_told_while_it_lives(sandbox: SandboxedReader, document: Document) -> None:
    sandbox.look(document)
    before = sandbox.used().cpu_seconds
    sandbox.read(document)
    assert sandbox.used().cpu_seconds > before
    assert sandbox.used().peak_megabytes > 300


def test_the_process_ends_when_its_parent_is_killed(weights: Weights) -> None:
    command = [sys.executable, "-c", ORPHAN, str(weights.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": "."}) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert gone_within(pid, seconds=10)


def gone_within(pid: int, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxedIntake]:
    intake = SandboxedIntake(tmp_path_factory.mktemp("home"))
    yield intake
    intake.close()


def test_a_file_is_taken_in_apart_as_it_is_here(intake: SandboxedIntake) -> None:
    content = as_bytes(sheet())
    assert intake.take_in(content, Limits()) == take_in(content, Limits())


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (b"", Limits(), "EMPTY_FILE"),
        (b"GIF", Limits(), "FILE_TYPE_NOT_ACCEPTED"),
        (b"GIF", Limits(2), "FILE_TOO_LARGE"),
    ],
)
def test_a_file_refused_apart_is_refused_here(
    intake: SandboxedIntake, content: bytes, limits: Limits, code: str
) -> None:
    with pytest.raises(OcrError) as refused:
        intake.take_in(content, limits)
    assert refused.value.code == code


def test_a_file_that_swells_its_intake_is_refused_and_the_next_is_taken(tmp_path: Path) -> None:
    intake = SandboxedIntake(tmp_path, megabytes=150)
    with pytest.raises(OcrError) as refused:
        intake.take_in(one_page_again_and_again_pdf(), Limits())
    assert refused.value.code == "READING_TOO_LARGE"
    assert intake.pid is None
    assert intake.take_in(as_bytes(sheet(size=(90, 90))), Limits()).content
    intake.close()


def test_an_intake_killed_between_two_files_is_replaced(intake: SandboxedIntake) -> None:
    intake.take_in(as_bytes(sheet()), Limits())
    pid = intake.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert intake.take_in(as_bytes(sheet()), Limits()).content
    assert intake.pid not in (pid, None)


def test_nothing_but_values_of_reading_comes_out_of_the_pipe() -> None:
    near, far = Pipe()
    there, here = Channel(near, max_bytes=10_000), Channel(far, max_bytes=10_000)
    for foreign in (os.getcwd, Path("/"), pickle.Pickler, ValueError("MẪU")):
        there.send(foreign)
        with pytest.raises(pickle.UnpicklingError):
            here.receive()
    there.close()
    here.close()


class _Reduced:
    """Packs itself as the call of `getattr` on two things."""

    def __init__(self, *of: object) -> None:
        self.of = of

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return getattr, self.of


def test_a_member_of_an_enumeration_comes_out_as_older_pythons_pack_it_and_no_other_attribute() -> None:
    near, far = Pipe()
    there, here = Channel(near, max_bytes=10_000), Channel(far, max_bytes=10_000)
    there.send(_Reduced(MediaType, "PDF"))
    assert here.receive() is MediaType.PDF
    for foreign in (_Reduced(MediaType, "__init__"), _Reduced(Limits, "__init__"), _Reduced("MẪU", "format")):
        there.send(foreign)
        with pytest.raises(pickle.UnpicklingError):
            here.receive()
    there.close()
    here.close()


def test_a_message_past_the_limit_is_not_taken() -> None:
    near, far = Pipe()
    there, here = Channel(near, max_bytes=100), Channel(far, max_bytes=100)
    there.send(b"0" * 200)
    with pytest.raises(pickle.UnpicklingError):
        here.receive()
    there.close()
    here.close()
