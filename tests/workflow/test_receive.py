"""Receive: files and who brings them in, a stored submission and a job out."""

from datetime import timedelta

from ocr.model import Limits
from tests.builders import NOW, birth_page
from tests.desk import REQUEST, Desk
from verification.submission import SubmissionStage
from verification.workflow.receive import PROCESS_JOB, Upload, receive

BROKEN = Upload("hỏng.png", b"\x89PNG\r\n\x1a\nnot a picture")
TEXT = Upload("ghi chú.txt", "Không phải giấy tờ".encode())
EMPTY = Upload("rỗng.pdf", b"")


def test_a_submission_is_kept_with_its_code_and_its_job(desk: Desk) -> None:
    upload = desk.upload(birth_page())
    received = receive(desk.services, (upload,), REQUEST)
    assert received.submission is not None
    assert received.submission.code == "H26.10.05-261124-0001"
    assert received.submission.stage is SubmissionStage.RECEIVED
    assert desk.database.waiting() == ((PROCESS_JOB, received.submission.id),)
    assert desk.actions() == ["submission.received"]


def test_the_bytes_are_kept_as_they_came(desk: Desk) -> None:
    upload = desk.upload(birth_page())
    received = receive(desk.services, (upload,), REQUEST)
    assert received.submission is not None
    (file,) = received.submission.files
    assert desk.objects.get(file.digest) == upload.content
    assert (file.name, file.media_type, file.size) == (upload.name, "image/png", len(upload.content))


def test_bad_files_among_good_ones_are_refused_alone(desk: Desk) -> None:
    good = (desk.upload(birth_page()), desk.upload(birth_page()))
    received = receive(desk.services, (BROKEN, good[0], TEXT, EMPTY, good[1]), REQUEST)
    assert received.submission is not None
    assert [file.name for file in received.submission.files] == [upload.name for upload in good]
    assert [(refused.name, refused.code) for refused in received.refused] == [
        ("hỏng.png", "FILE_DAMAGED"),
        ("ghi chú.txt", "FILE_TYPE_NOT_ACCEPTED"),
        ("rỗng.pdf", "EMPTY_FILE"),
    ]


def test_of_bad_files_alone_nothing_is_kept(desk: Desk) -> None:
    received = receive(desk.services, (BROKEN, TEXT, EMPTY), REQUEST)
    assert received.submission is None
    assert len(received.refused) == 3
    assert desk.database.waiting() == ()
    assert desk.actions() == []
    assert list(desk.objects.stored_before(NOW + timedelta(days=1))) == []


def test_no_files_are_no_submission(desk: Desk) -> None:
    assert receive(desk.services, (), REQUEST).submission is None


def test_every_refusal_says_what_to_do_in_both_languages(desk: Desk) -> None:
    for refused in receive(desk.services, (BROKEN, TEXT, EMPTY), REQUEST).refused:
        assert "vui lòng" in refused.message_vi
        assert refused.message_en.endswith(".")


def test_the_limits_are_those_of_the_service(desk: Desk) -> None:
    desk.replace(limits=Limits(max_bytes=10))
    received = receive(desk.services, (desk.upload(birth_page()),), REQUEST)
    assert [refused.code for refused in received.refused] == ["FILE_TOO_LARGE"]


def test_codes_run_on_within_the_day(desk: Desk) -> None:
    for number in (1, 2):
        received = receive(desk.services, (desk.upload(birth_page()),), REQUEST)
        assert received.submission is not None
        assert received.submission.code.endswith(f"-000{number}")


def test_the_day_of_a_code_is_that_of_vietnam(desk: Desk) -> None:
    desk.clock.move(hours=15)
    received = receive(desk.services, (desk.upload(birth_page()),), REQUEST)
    assert received.submission is not None
    assert received.submission.code == "H26.10.05-261125-0001"
