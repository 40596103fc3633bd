"""Rows as interface.md writes them in, the same in the words of the platform out."""

from collections.abc import Mapping
from typing import Any

SEXES = {"male": "1", "female": "2"}
STATUSES = {"active": "1", "deceased": "2", "cancelled": "3", "valid": "1", "corrected": "2", "annulled": "3"}


def person(row: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A row of `population`."""
    made = {
        "SoDinhDanh": row["personal_number"],
        "SoCMND": next(iter(row.get("old_id_numbers") or ()), None),
        "HoVaTen": _name(row["full_name"]),
        "GioiTinh": SEXES[row["sex"]],
        "NgayThangNamSinh": _born(row["date_of_birth"]),
        "DanToc": row.get("ethnicity"),
        "TonGiao": "Không",
        "NhomMau": "O",
        "QuocTich": row["nationality"],
        "QueQuan": _place(row.get("place_of_origin")),
        "ThuongTru": _place(row.get("residence")),
        "Cha": _relative(row.get("father")),
        "Me": _relative(row.get("mother")),
        "TrangThai": STATUSES[row["status"]],
    }
    return {**made, **changes}


def birth(row: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A row of `civil_status` of the type `birth`."""
    child = row["child"]
    made = {
        "soDangKy": row["number"],
        "quyenSo": row.get("book"),
        "ngayDangKy": _day(row["registered_on"]),
        "noiDangKy": "00475",
        "tenNoiDangKy": row.get("registered_at"),
        "soDinhDanh": child["personal_number"],
        "nksHoTen": child["full_name"],
        "nksNgaySinh": _day(child["date_of_birth"]),
        "nksGioiTinh": SEXES[child["sex"]],
        "nksDanToc": child["ethnicity"],
        "nksQuocTich": child["nationality"],
        "nksNoiSinh": _text(child.get("place_of_birth")),
        "nksQueQuan": _text(child.get("place_of_origin")),
        "trangThai": STATUSES[row["status"]],
        **_parent("me", row["mother"]),
        **_parent("cha", row["father"]),
    }
    return {**made, **changes}


def _parent(prefix: str, parent: Mapping[str, Any]) -> dict[str, Any]:
    born = parent["date_of_birth"]
    when = {"NamSinh": born} if len(born) == 4 else {"NgaySinh": _day(born)}
    known = {
        "HoTen": parent["full_name"],
        "DanToc": parent.get("ethnicity"),
        "QuocTich": parent.get("nationality"),
        "NoiCuTru": _text(parent.get("residence")),
        "SoGiayTo": parent.get("personal_number"),
        **when,
    }
    return {f"{prefix}{name}": value for name, value in known.items()}


def _name(full: str) -> dict[str, str]:
    first, *middle, last = full.split()
    return {"Ho": first, "ChuDem": " ".join(middle), "Ten": last}


def _born(iso: str) -> dict[str, str]:
    return {"Nam": iso[:4], **({"NgayThangNam": iso.replace("-", "")} if len(iso) == 10 else {})}


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _text(place: Any) -> str | None:
    text = place["text"] if isinstance(place, Mapping) else place
    return None if text is None else str(text)


def _place(place: Any) -> dict[str, Any] | None:
    """The names in one part, as the platform writes them when it has no finer ones."""
    if place is None:
        return None
    codes = place if isinstance(place, Mapping) else {}
    return {
        "ChiTiet": _text(place),
        "MaPhuongXa": codes.get("commune_code"),
        "MaTinhThanh": codes.get("province_code"),
        "QuocGia": "VN",
    }


def _relative(relative: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not relative:
        return None
    return {"HoVaTen": _name(relative["full_name"]), "SoDinhDanh": relative["personal_number"]}
