"""What `bench sign` measures, as values. Rates are of one core, seconds those of the clock on the wall."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds."""

    count: int
    seconds: float

    @property
    def a_second(self) -> float:
        """How many of them in a second."""
        return self.count / self.seconds

    @property
    def ms(self) -> float:
        """How long one of them takes, on average."""
        return 1000 * self.seconds / self.count


@dataclass(frozen=True, slots=True)
class Signing:
    """One kind of key: prepared PDFs signed twice with time-stamps (B-T), by us and by plain pyHanko."""

    kind: str
    ours: Rate
    """Of documents; each has two signatures."""
    beside: Rate | None
    """None where pyHanko has no such key."""

    @property
    def signatures_a_second(self) -> float:
        """By us."""
        return 2 * self.ours.a_second

    @property
    def times_as_fast(self) -> float | None:
        """As plain pyHanko."""
        return self.ours.a_second / self.beside.a_second if self.beside else None


@dataclass(frozen=True, slots=True)
class Receipts:
    """One-page receipts rendered, signed twice (B-T) and put into the store on the disk."""

    whole: Rate
    render: Rate
    sign: Rate
    store: Rate
    size_kb: float
    memory_mb: tuple[tuple[int, int], ...]
    """After how many receipts the process held how much."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """The same receipts decided and issued: number, rendering, comparison, signatures, store, rows, audit."""

    by_engine: Rate
    """By the real route: decided, taken up by the job engine, issued."""
    without: Rate
    """The same steps called one after the other."""

    @property
    def engine_ms(self) -> float:
        """What the engine costs a receipt."""
        return self.by_engine.ms - self.without.ms


@dataclass(frozen=True, slots=True)
class LongTermCost:
    """Long-term data added to one receipt (B-LTA), with answers of the home's own authority."""

    extend: Rate
    size_kb: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it; `cores` is how many the process was held to, None where that cannot be done."""

    cores: int | None
    signing: tuple[Signing, ...]
    receipts: Receipts
    issuing: Issuing
    long_term: LongTermCost
