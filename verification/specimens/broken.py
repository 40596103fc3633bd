"""Files that are not what their names say come out, each of which intake must refuse in one sentence."""

from verification.specimens.drawing import draw
from verification.specimens.model import Grade

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 4080
TEXT = "Kính gửi Ủy ban nhân dân xã, đây không phải là ảnh.\n".encode() * 20


def broken_files() -> tuple[tuple[str, bytes], ...]:
    """Names and contents: a cut-off JPEG named .pdf, a program named .jpg, a text named .png, nothing."""
    scan = draw("citizen_card_2021_back", seed=999_999, grade=Grade.SCAN).content
    return (
        ("giay-khai-sinh-bi-cat.pdf", scan[: len(scan) // 3]),
        ("can-cuoc.jpg", PROGRAM),
        ("bang-tot-nghiep.png", TEXT),
        ("rong.pdf", b""),
    )
