"""Records that change after something was issued from them: rows of later deliveries, and what follows."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from storage.memory import MemoryDatabase
from storage.memory.state import State
from tests.builders import NOW, birth_page, birth_row
from tests.desk import OFFICER, Desk, approval, not_needed
from verification.certification import Issued
from verification.delivery import DeliveryKind, Header
from verification.drift import DriftLine
from verification.ports import PaperCase
from verification.source import LookUp
from verification.workflow.settle_drift import EVERY_STATE, Choice, Item, Settlement, settle, work_list
from verification.workflow.synchronise import Delivery, Loaded, synchronise

SOURCE = "civil_status"


def later(hours: int) -> str:
    """A time of the day before yesterday, after that of the first row."""
    return (NOW - timedelta(days=2) + timedelta(hours=hours)).isoformat()


def corrected(desk: Desk, *, hour: int = 1, **changes: str) -> Loaded:
    """The birth record delivered again, newer and with these changes."""
    return desk.load(SOURCE, birth_row({"updated_at": later(hour)}, without=(), **changes))


def removed(desk: Desk, *, hour: int = 1) -> Loaded:
    return desk.load(SOURCE, {**birth_row(updated_at=later(hour)), "deleted": True})


def full(desk: Desk, *rows: dict[str, object]) -> Loaded:
    """A full load: what it does not name is removed."""
    delivery = Delivery(SOURCE, NOW, OFFICER, Header(kind=DeliveryKind.FULL), allow_removals=True)
    return synchronise(desk.services, enumerate(rows, 1), delivery)


class Meanwhile:
    """The desk's database, and its access log; something else happens as soon as an answer is logged."""

    def __init__(self, database: MemoryDatabase, happens: Callable[[], object]) -> None:
        self._database, self._happens = database, happens

    @property
    def access_log(self) -> "Meanwhile":
        return self

    def add(self, look_ups: Iterable[LookUp]) -> None:
        self._database.access_log.add(look_ups)
        self._happens()

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


def waits(desk: Desk) -> PaperCase:
    """A birth certificate that its record confirms, waiting for an officer."""
    desk.load(SOURCE, birth_row())
    return desk.hand_in(birth_page())


def receipt(desk: Desk) -> Issued:
    return _once(desk, "receipt", lambda: desk.issue(not_needed(waits(desk))))


def copy(desk: Desk) -> Issued:
    return _once(desk, "copy", lambda: desk.issue(approval(waits(desk), demander="Công ty TNHH Mẫu")))


_ISSUED: dict[tuple[str, Path], tuple[State, Issued, bytes]] = {}


def _once(desk: Desk, name: str, issue: Callable[[], Issued]) -> Issued:
    """Issued at the first desk of an authority that asks; the next find everything as it was left there."""
    known = name, desk.pki.folder
    if known not in _ISSUED:
        issued = issue()
        with desk.database.transaction() as tx:
            _ISSUED[known] = tx.state.copy(), issued, desk.objects.get(issued.digest)
    left, issued, content = _ISSUED[known]
    with desk.database.transaction() as tx:
        for table in fields(State):
            setattr(tx.state, table.name, getattr(left, table.name).copy())
    desk.objects.put_once(content)
    return issued


def now(desk: Desk, issued: Issued) -> Issued:
    """As it stands now."""
    (found,) = desk.issued(issued.paper_id)
    return found


def lines(desk: Desk) -> tuple[DriftLine, ...]:
    """The whole work list, done lines as well."""
    return tuple(item.line for item in work_list(desk.services, states=EVERY_STATE))


def settled(desk: Desk, choice: Choice, *, note: str = "", version: int | None = None) -> Item:
    """The open line settled, as it stands now or at another version."""
    (item,) = work_list(desk.services)
    seen = item.line.version if version is None else version
    return settle(desk.services, Settlement(item.line.id, choice, OFFICER, seen, note))
