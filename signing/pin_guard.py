"""Wrong PINs, counted so that no token ever locks itself: a token in, leave to try its PIN or a refusal out.

A token counts wrong PINs itself and locks for good after its last one, three at the fewest. So two wrong ones
in a row are all that are tried here, whoever types them; then nothing is tried until a right one was typed
elsewhere and an administrator says so. Each try is on the disk before it is made: one that a crash cut off
counts as wrong.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from signing.errors import PinRefusedError, TokenBusyError

TRIES = 2
_TURN_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class TokenIdentity:
    """Which token it is, whatever driver speaks to it."""

    label: str
    serial: str

    @property
    def digest(self) -> str:
        """A file name for it."""
        return sha256(json.dumps([self.label, self.serial]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class PinGuard:
    """The counts of all tokens, each a file of mode 0600 in `folder`; several processes may share it."""

    folder: Path
    wait_s: float = 10.0

    @contextmanager
    def turn(self, token: TokenIdentity) -> Iterator["Turn"]:
        """The right to sign in to this token, one at a time on this machine.

        Raises TokenBusyError when another's sign-in does not end within `wait_s`.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{token.digest}.json"
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(lock)
            yield Turn(path, token)
        finally:
            os.close(lock)

    def unblock(self, label: str) -> int:
        """Forget the wrong PINs of every token of this label; how many had any.

        Whoever calls this has signed in to the token with its own tool: only that ends the token's own count.
        """
        found = 0
        for path in self.folder.glob("*.json"):
            kept = _kept(path)
            if kept.get("token") == label:
                path.unlink()
                found += bool(kept.get("wrong"))
        return found

    def _take(self, lock: int) -> None:
        end = time.monotonic() + self.wait_s
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise TokenBusyError from None
                time.sleep(_TURN_EVERY_S)
            else:
                return


@dataclass(frozen=True, slots=True)
class Turn:
    """One sign-in to one token."""

    path: Path
    token: TokenIdentity

    @property
    def wrong(self) -> int:
        """Wrong PINs in a row, with tries of which nobody knows how they ended."""
        count = _kept(self.path).get("wrong", 0)
        return count if isinstance(count, int) else TRIES

    def begin(self, *, token_counts: bool) -> None:
        """Note a try before it is made. `token_counts`: the token says that it saw a wrong PIN since the last
        right one; typed elsewhere, it counts as one here.

        Raises PinRefusedError when it might be the one that locks the token.
        """
        before = max(self.wrong, int(token_counts))
        if before >= TRIES:
            raise PinRefusedError
        self._keep(before + 1)

    def right(self) -> None:
        """It was the right PIN."""
        self.path.unlink(missing_ok=True)

    def undo(self) -> None:
        """The token never looked at the PIN."""
        self._keep(max(self.wrong - 1, 0))

    def _keep(self, wrong: int) -> None:
        content = {"token": self.token.label, "serial": self.token.serial, "wrong": wrong}
        with NamedTemporaryFile("w", dir=self.path.parent, prefix=".new-", delete=False) as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, self.path)


def _kept(path: Path) -> dict[str, object]:
    """A file that cannot be read counts as blocked."""
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return {"wrong": TRIES}
    return found if isinstance(found, dict) else {"wrong": TRIES}
