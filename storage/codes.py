"""Codes and ids that carry a number: takes the number or the id, gives the other."""

from verification.submission import PaperId


def dossier_code(unit: str, day: str, number: int) -> str:
    """A dossier code (domain.md 4.1): unit, day `yymmdd`, number of the day, `H26.10.05-261124-0001`."""
    return f"{unit}-{day}-{number:04d}"


def ordinal(paper_id: PaperId) -> int:
    """Which paper of its submission this is; ids sort as text, and ten would come before two."""
    return int(paper_id.rsplit(".", 1)[1])
