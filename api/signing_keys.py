"""With what the service signs: settings in, the keyring of its keys file out, and whether keys are real."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from api.settings import SettingError, Settings
from signing.errors import TimeStampError
from signing.keyring import FileKeyring
from signing.keys import Keyring, holds_real_keys
from signing.keys_file import KeysFileError, read_keys_file
from signing.pin_guard import PinGuard
from signing.timestamp import TimeStamps


def keyring_in_use(settings: Settings, now: Callable[[], datetime]) -> FileKeyring | None:
    """The keys of the keys file, none of them opened yet; None without such a file. Raises SettingError."""
    if settings.keys is None:
        return None
    try:
        keys = read_keys_file(settings.keys, variables=settings.variable)
    except KeysFileError as error:
        raise SettingError("CHUNGTHUC_KEYS", f"{settings.keys.name}: {error}") from error
    return FileKeyring(keys, pin_guard(settings), now)


def pin_guard(settings: Settings) -> PinGuard:
    """Counts wrong PINs in the home."""
    return PinGuard(settings.home / "keys" / "pins")


def holds_foreign_keys(settings: Settings) -> bool:
    """Whether this home holds, or its settings name, keys that are not test keys. Raises SettingError."""
    if holds_real_keys(settings.home / "keys"):
        return True
    keyring = keyring_in_use(settings, lambda: datetime.now(UTC))
    return keyring is not None and not keyring.test


@dataclass(frozen=True, slots=True)
class OnlyForTestKeys:
    """A test authority's time-stamps: a paper that real keys sign goes without rather than with those."""

    stamps: TimeStamps
    keyring: Keyring

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        """See `signing.timestamp.TimeStamps`."""
        if not self.keyring.test:
            raise TimeStampError
        return self.stamps.token(digest, at=at)
