"""Machine zones into field readings: the QR of a 2021 card and a TD1 zone in, candidates out.

The card's QR is UTF-8, parts separated by `|`: number, old number, name, ddMMyyyy, sex, residence, ddMMyyyy
of issue; the 2024 card has further ones, which are passed over (domain.md 2.3). It is not signed.
"""

from dataclasses import dataclass

from ocr import mrz
from ocr.model import CodeKind, CodeReading, PageReading, TextLine
from verification.extraction import Reading
from verification.layout import Candidate
from verification.profile import Format, Profile
from verification.values import UNLIMITED, parse_value


@dataclass(frozen=True, slots=True)
class MachineValue:
    """A field's name with what a machine zone says of it."""

    field: str
    candidate: Candidate


def machine_values(page: PageReading, profile: Profile) -> tuple[MachineValue, ...]:
    """All values the zones give for fields of this profile."""
    found: list[MachineValue] = []
    for code in page.codes:
        if code.kind is CodeKind.QR and profile.qr:
            found += _from_qr(code, profile)
        elif code.kind is CodeKind.MRZ and profile.mrz:
            found += [*_from_mrz(code), *_names_line(code, page)]
    return tuple(found)


def _from_qr(code: CodeReading, profile: Profile) -> list[MachineValue]:
    parts = code.text.lstrip("\ufeff").strip().split("|")
    if len(parts) not in (6, 7, 11):
        return []
    named = ((n, p.strip()) for n, p in zip(profile.qr, parts, strict=False) if n and p.strip())
    return [v for v in (_qr_value(code, profile, name, part) for name, part in named) if v]


def _qr_value(code: CodeReading, profile: Profile, name: str, part: str) -> MachineValue | None:
    spec = profile.field(name)
    if spec is None:
        return None
    if spec.format is Format.DATE and len(part) == 8 and part.isdigit():
        part = f"{part[:2]}/{part[2:4]}/{part[4:]}"
    return _value(code, name, parse_value(part, spec.format))


def _from_mrz(code: CodeReading) -> list[MachineValue]:
    zone = mrz.parse(code.text)
    if zone is None:
        return []
    values = {
        "personal_number": zone.personal_number,
        "date_of_birth": zone.date_of_birth.isoformat(),
        "sex": {"M": "male", "F": "female"}.get(zone.sex),
        "expires_on": zone.expires_on.isoformat() if zone.expires_on else UNLIMITED,
    }
    found = [_value(code, name, value) for name, value in values.items()]
    found.append(_value(code, "full_name_unaccented", zone.full_name, checked=False))
    return [v for v in found if v]


def _names_line(code: CodeReading, page: PageReading) -> list[MachineValue]:
    """Where a reader of print saw the very letters of the names' line, that is a second means."""
    zone = mrz.parse(code.text)
    wanted = (zone.surname, zone.given_names) if zone else None
    return [
        MachineValue("full_name_unaccented", Candidate(_reading(line, page, zone.full_name), parsed=True))
        for text in page.texts
        for line in text.lines
        if zone and code.box.overlap(line.box) and _names(line.text) == wanted
    ]


def _names(line: str) -> tuple[str, str]:
    """The names of a names' line; it has no figures (ICAO 9303-5, 4.2.2), so a nought there is an O."""
    return mrz.names(line.replace(" ", "").replace("0", "O"))


def _reading(line: TextLine, page: PageReading, value: str) -> Reading:
    return Reading(line.reader, value, line.confidence, page.page.number, line.box)


def _value(code: CodeReading, name: str, value: str | None, *, checked: bool = True) -> MachineValue | None:
    """The names' line of an MRZ has no check digit, so alone it makes nothing sure."""
    if value is None:
        return None
    reading = Reading(code.kind.value, value, 1.0, code.page, code.box)
    return MachineValue(name, Candidate(reading, parsed=True, checked=checked))
