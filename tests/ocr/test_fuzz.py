"""Whatever is changed in a file, it is refused with a sentence or looked over cleanly, and soon.

In the suite always the same files; `make fuzz MINUTES=5` goes on with new ones for so long.
"""

import os
import time

from hypothesis import HealthCheck, given, settings

from tests.ocr.changed_files import changed_files
from tests.ocr.test_hostile import answer_to

SOON_S = 10.0
MINUTES = float(os.environ.get("CHUNGTHUC_FUZZ_MINUTES", "0"))
ROUND = 1_000


def check(content: bytes) -> None:
    began = time.monotonic()
    assert answer_to(content)
    assert time.monotonic() - began < SOON_S


@given(content=changed_files())
@settings(max_examples=ROUND, deadline=None, derandomize=True, database=None)
def test_a_changed_file_gets_a_sentence_or_a_clean_reading(content: bytes) -> None:
    check(content)


def test_so_do_new_files_for_as_long_as_is_wished() -> None:
    """No minute in the suite; a failure is shrunk and printed, and belongs among the hostile files."""
    end, rounds = time.monotonic() + 60 * MINUTES, 0
    while time.monotonic() < end:
        rounds += 1
        new_files()
    assert rounds or not MINUTES


@given(content=changed_files())
@settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
def new_files(content: bytes) -> None:
    check(content)
