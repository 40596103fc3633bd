"""The self-test of signing: keys, chains, time-stamps, fonts in; a line a part out: good, or what is wrong.

It runs beside the service: what fails is logged and shown to the office, and whatever does not need the part
goes on. A key that fails refuses by itself; faulty fonts are remembered here, so that nothing is decided
whose paper could not be drawn.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from api.key_facts import SEAL, KeyFacts, KeyPlaces, names
from api.signing_keys import OnlyForTestKeys
from signing.chain import RevocationData, judge_certificate
from signing.errors import (
    FontMissingError,
    GlyphMissingError,
    KeyMissingError,
    KeysUnusableError,
    SigningError,
    TimeStampError,
)
from signing.fonts import check_fonts
from signing.model import Signatory, SigningWay
from signing.pades import PadesSigner
from signing.pictures import Pictures
from signing.time_tokens import Known, judge_token
from signing.timestamp import TimeStamps
from signing.trust import Trust

log = logging.getLogger("chungthuc.self_test")

WARN_DAYS = 60
FONTS, TIME, PICTURES = "fonts", "time-stamps", "pictures"
NOTES: dict[str, tuple[str, str]] = {
    "KEY_SIGNS": ("Đã ký thử được.", "Signs."),
    "KEY_NOT_TRIED": (
        "Chứng thư dùng được; chưa ký thử vì cần mã PIN hoặc khóa ở máy của người ký.",
        "The certificate is good; not tried, for it takes a PIN or the key is on the signer's machine.",
    ),
    "KEY_EXPIRES_SOON": (
        "Chứng thư sắp hết hạn, còn {days} ngày; hãy làm thủ tục gia hạn.",
        "The certificate expires in {days} days; have it renewed.",
    ),
    "CHAIN_INCOMPLETE": (
        "Chứng thư không nối được tới tổ chức cấp nào được tin cậy; hãy thêm bằng chungthuc trust add.",
        "No chain leads from the certificate to a trusted authority; add it with chungthuc trust add.",
    ),
    "KEY_REVOKED": (
        "Chứng thư đã bị thu hồi; hãy xin cấp chứng thư mới.",
        "The certificate has been revoked; ask for a new one.",
    ),
    "AGENCY_NAME_DIFFERS": (
        "Tên cơ quan trong chứng thư khác tên đã thiết lập; hãy kiểm tra CHUNGTHUC_AGENCY.",
        "The agency's name in the certificate is not the one that is set; check CHUNGTHUC_AGENCY.",
    ),
    "HOLDER_NAME_DIFFERS": (
        "Tên người trong chứng thư khác họ tên của tài khoản; hãy kiểm tra có nhầm khóa không.",
        "The certificate names somebody else than the account does; check that it is the right key.",
    ),
    "KEY_OF_NOBODY": (
        "Không có tài khoản cán bộ nào mang tên này nên khóa không được dùng.",
        "No officer has an account of this name, so the key is never used.",
    ),
    "TIME_STAMPED": ("Lấy được dấu thời gian hợp lệ.", "Gives good time-stamps."),
    "TIME_STAMP_UNTRUSTED": (
        "Dấu thời gian không phải của tổ chức được tin cậy; hãy thêm bằng chungthuc trust add.",
        "The time-stamp is of no trusted authority; add it with chungthuc trust add.",
    ),
    "NO_TIME_STAMPS": (
        "Chưa thiết lập dịch vụ cấp dấu thời gian: văn bản được ký ở mức B-B.",
        "No time-stamp authority is set: papers are signed at level B-B.",
    ),
    "PICTURES_READ": (
        "Đã đọc {count} ảnh con dấu, chữ ký.",
        "The pictures of seal and signatures are read: {count}.",
    ),
    "PICTURE_OF_NOBODY": (
        "Ảnh chữ ký {name}.png không mang tên tài khoản cán bộ nào nên không được dùng.",
        "The picture {name}.png bears no officer's account as its name, so it is never drawn.",
    ),
    "FONTS_COMPLETE": ("Phông chữ có đủ chữ tiếng Việt.", "The fonts have all Vietnamese letters."),
}
"""What the self-test says beside the codes of errors."""


class CheckState(StrEnum):
    """How a part is."""

    OK = "OK"
    WARNING = "WARNING"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: which part (`agency`, an officer's account, `time-stamps`, `fonts`), how it is, in words."""

    about: str
    state: CheckState
    code: str
    message_vi: str
    message_en: str


class Testable(Protocol):
    """Whatever can be tested."""

    def places(self) -> KeyPlaces:
        """Where keys are looked for."""

    def checks(self) -> Iterator[Check]:
        """Every part in turn."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What this office signs with."""

    found_places: Callable[[], KeyPlaces]
    trust: Trust
    time_stamps: TimeStamps
    pictures: Pictures
    agency: str
    now: Callable[[], datetime]

    def places(self) -> KeyPlaces:
        """See `Testable`."""
        return self.found_places()

    def checks(self) -> Iterator[Check]:
        """See `Testable`."""
        places = self.places()
        for facts in places.facts():
            yield from self._key(places, facts)
        yield self._time()
        yield _fonts()
        yield from self._pictures(places)

    def _key(self, places: KeyPlaces, facts: KeyFacts) -> Iterator[Check]:
        try:
            tried = places.require_usable(facts, self.now())
        except KeyMissingError as error:  # whoever has none yet keeps nobody else from signing
            yield _told(facts.whose, CheckState.WARNING, error)
            return
        except KeysUnusableError as error:
            yield _told(facts.whose, CheckState.FAULT, error)
            return
        yield _note(facts.whose, CheckState.OK, "KEY_SIGNS" if tried else "KEY_NOT_TRIED")
        if facts.certificate:
            yield from self._certificate(facts, facts.certificate)
            yield from _holder(places, facts, facts.certificate)

    def _certificate(self, facts: KeyFacts, own: x509.Certificate) -> Iterator[Check]:
        found = judge_certificate(
            _foreign(own),
            at=self.now(),
            trust=self.trust,
            others=tuple(map(_foreign, facts.certificates[1:])),
            revocation=RevocationData(),
        )
        if "CERTIFICATE_REVOKED" in found.codes:
            yield _note(facts.whose, CheckState.FAULT, "KEY_REVOKED")
        elif found.anchor is None:
            yield _note(facts.whose, CheckState.FAULT, "CHAIN_INCOMPLETE")
        days = facts.days_left(self.now())
        if days is not None and days < WARN_DAYS:
            yield _note(facts.whose, CheckState.WARNING, "KEY_EXPIRES_SOON", days=days)
        if facts.whose == SEAL and not names(own, self.agency):
            yield _note(facts.whose, CheckState.WARNING, "AGENCY_NAME_DIFFERS")

    def _pictures(self, places: KeyPlaces) -> Iterator[Check]:
        """They were read when the service started; a name that no officer has is never drawn."""
        accounts = {officer.id for officer in places.officers}
        for name in sorted(set(self.pictures.signatures) - accounts):
            yield _note(PICTURES, CheckState.WARNING, "PICTURE_OF_NOBODY", name=name)
        count = len(self.pictures.signatures) + (self.pictures.seal is not None)
        if count:
            yield _note(PICTURES, CheckState.OK, "PICTURES_READ", count=count)

    def _time(self) -> Check:
        if isinstance(self.time_stamps, OnlyForTestKeys) and not self.time_stamps.keyring.test:
            return _note(TIME, CheckState.WARNING, "NO_TIME_STAMPS")
        digest = sha256(os.urandom(32)).digest()
        try:
            token = cms.ContentInfo.load(self.time_stamps.token(digest, at=self.now()))["content"]
        except TimeStampError as error:
            return _told(TIME, CheckState.FAULT, error)
        found = judge_token(token, lambda _: digest, Known(self.trust, RevocationData()))
        if not found.intact:
            return _told(TIME, CheckState.FAULT, TimeStampError())
        good = _note(TIME, CheckState.OK, "TIME_STAMPED")
        return good if found.trusted else _note(TIME, CheckState.FAULT, "TIME_STAMP_UNTRUSTED")


class SelfTest:
    """The last self-test, and a thread that repeats it: keys run out, tokens are pulled out."""

    def __init__(self, tested: Testable, *, every_s: float = 3600.0) -> None:
        self._tested, self._every_s = tested, every_s
        self._lock = threading.Lock()
        self._checks: tuple[Check, ...] = ()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._repeat, name="self-test", daemon=True)

    def start(self) -> None:
        """Test beside whatever else starts."""
        self._thread.start()

    def stop(self) -> None:
        """End; a test that has begun is finished first."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def places(self) -> KeyPlaces:
        """Where keys are looked for."""
        return self._tested.places()

    @property
    def last(self) -> tuple[Check, ...]:
        """What the last test found; nothing before the first has ended."""
        return self._checks

    @property
    def faults(self) -> tuple[Check, ...]:
        """What the last test found at fault."""
        return tuple(check for check in self._checks if check.state is CheckState.FAULT)

    def run(self) -> tuple[Check, ...]:
        """Test now."""
        with self._lock:
            self._checks = tuple(self._tested.checks())
            return self._checks

    def require_fonts(self) -> None:
        """Nothing is decided that could not be drawn when last looked. Raises FontMissingError,
        GlyphMissingError."""
        for check in self.faults:
            if check.about == FONTS:
                raise FontMissingError if check.code == FontMissingError.code else GlyphMissingError

    def _repeat(self) -> None:
        while not self._stop.is_set():
            try:
                for check in self.run():
                    level = logging.INFO if check.state is CheckState.OK else logging.WARNING
                    log.log(level, "self-test", extra={"part": check.about, "code": check.code})
            except Exception as error:  # noqa: BLE001 the edge of the thread: the service goes on
                log.error("self-test broke off", extra={"error": type(error).__name__})
            self._stop.wait(self._every_s)


@dataclass(frozen=True, slots=True)
class CheckedSigner(PadesSigner):
    """A signer that lets nobody decide what could not be drawn."""

    require_fonts: Callable[[], None] = lambda: None

    def way_of(self, person: Signatory) -> SigningWay:
        """See `signing.model.Signer`. Raises FontMissingError, GlyphMissingError, too."""
        self.require_fonts()
        return PadesSigner.way_of(self, person)


def _holder(places: KeyPlaces, facts: KeyFacts, own: x509.Certificate) -> Iterator[Check]:
    """The account's name is printed, the certificate's is validated: they should be one person's."""
    officer = next((each for each in places.officers if each.id == facts.whose), None)
    if officer is None and facts.whose != SEAL:
        yield _note(facts.whose, CheckState.WARNING, "KEY_OF_NOBODY")
    if officer and not names(own, officer.name):
        yield _note(facts.whose, CheckState.WARNING, "HOLDER_NAME_DIFFERS")


def _fonts() -> Check:
    try:
        check_fonts()
    except SigningError as error:
        return _told(FONTS, CheckState.FAULT, error)
    return _note(FONTS, CheckState.OK, "FONTS_COMPLETE")


def _told(about: str, state: CheckState, error: SigningError) -> Check:
    return Check(about, state, error.code, error.message_vi, error.message_en)


def _note(about: str, state: CheckState, code: str, **words: object) -> Check:
    vi, en = NOTES[code]
    return Check(about, state, code, vi.format(**words), en.format(**words))


def _foreign(certificate: x509.Certificate) -> object:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
