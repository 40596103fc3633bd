"""A home in; everything that `bench sign` tells, measured on one core, out."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from api.cli.bench_signing.beside import PlainPyHanko
from api.cli.bench_signing.figures import Issuing, LongTermCost, Measured, Rate, Receipts, Signing
from api.cli.bench_signing.keys import OFFICER, BenchKeys, p_256_keys, rsa_keys
from api.cli.bench_signing.receipts import (
    decided,
    issued_here,
    line_under,
    more_waiting,
    prepared_office,
    waiting,
)
from api.cli.bench_signing.soft_token import on_soft_token
from api.cli.output import progress
from api.settings import Settings
from api.wiring import Wired, wire
from api.worker import worker
from ocr.process_usage import held_megabytes
from signing.long_term import LongTerm
from signing.model import PreparedPdf, Signatory, SignatureLevel, SignedPdf
from signing.pades import PadesSigner, prepare
from signing.revocation_answers import OwnAnswers
from signing.timestamp import LocalTimeStamps
from verification.services import Services
from verification.workflow.compose import Held, compose, reason_of
from verification.workflow.issue import code_of

_REASON = "Xác nhận kết quả đối chiếu"
_WARM = 20
_OF_PYHANKO = 20
"""One in so many documents: it takes its time."""
_LONG_TERM = 20
_PATIENCE_S = 600.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is done: receipts rendered, signed and stored; prepared PDFs signed with each kind of key;
    receipts decided and issued, with the job engine and without."""

    receipts: int
    documents: int
    issued: int


def measure(settings: Settings, counts: Counts) -> Measured:
    """Everything, one after the other."""
    with _one_core() as cores:
        wired = wire(settings)
        services = prepared_office(wired.services)
        issuing, held = _issuing(settings, services, counts.issued)
        unsigned = compose(services, held, code_of(services, held.entry))
        signing, extended = _signing(wired, prepare(unsigned), counts.documents)
        receipts = _receipts(services, held, counts.receipts)
        wired.close()
    return Measured(cores, signing, receipts, issuing, extended)


@contextmanager
def _one_core() -> Iterator[int | None]:
    """Hold this process, and what it starts, to one core; where that cannot be done, nothing is done."""
    if not hasattr(os, "sched_setaffinity"):
        yield None
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield 1
    finally:
        os.sched_setaffinity(0, allowed)


# -- signing alone ---------------------------------------------------------------------------------


def _signing(wired: Wired, prepared: PreparedPdf, documents: int) -> tuple[tuple[Signing, ...], LongTermCost]:
    pki, agency = wired.pki, wired.settings.unit.agency
    p_256, rsa = p_256_keys(pki, agency), rsa_keys(pki, agency, now=wired.services.now())
    signing = tuple(
        _with_keys(wired, kind, keys, prepared, documents)
        for kind, keys in (("P-256", p_256), ("RSA-3072", rsa))
    )
    with on_soft_token(p_256, wired.settings.home / "soft-token") as token:
        signing += (_on_token(wired, token, prepared, documents),) if token else ()
    signed = _signer(wired, p_256).sign(prepared, person=OFFICER, reason=_REASON, at=wired.services.now())
    return signing, _extended(wired, signed)


def _on_token(wired: Wired, keys: BenchKeys, prepared: PreparedPdf, documents: int) -> Signing:
    at, signer = wired.services.now(), _signer(wired, keys)
    progress(f"SoftHSM 2 × {documents} …")
    rate = _rate(lambda: signer.sign(prepared, person=OFFICER, reason=_REASON, at=at), documents)
    return Signing("P-256 on a token (SoftHSM 2)", ours=rate, beside=None)


def _with_keys(wired: Wired, kind: str, keys: BenchKeys, prepared: PreparedPdf, documents: int) -> Signing:
    progress(f"{kind} × {documents} …")
    at, signer = wired.services.now(), _signer(wired, keys)
    plain = PlainPyHanko(keys, wired.settings.unit.agency, LocalTimeStamps(wired.pki.time_stamping))

    def ours() -> None:
        if signer.sign(prepared, person=OFFICER, reason=_REASON, at=at).level is not SignatureLevel.B_T:
            raise RuntimeError("the bench's document was not dated")

    beside = max(1, documents // _OF_PYHANKO)
    return Signing(
        kind,
        ours=_rate(ours, documents),
        beside=_rate(lambda: plain.sign(prepared, reason=_REASON, at=at), beside),
    )


def _signer(wired: Wired, keys: BenchKeys) -> PadesSigner:
    return PadesSigner(keys, wired.settings.unit.agency, LocalTimeStamps(wired.pki.time_stamping))


def _extended(wired: Wired, signed: SignedPdf) -> LongTermCost:
    """An hour later, when authorities have said something newer."""
    adding = LongTerm(LocalTimeStamps(wired.pki.time_stamping), OwnAnswers(wired.pki.answers), wired.trust)
    at = wired.services.now() + timedelta(hours=1)
    rate = _rate(lambda: adding.extend(signed.content, at=at), _LONG_TERM)
    return LongTermCost(rate, len(adding.extend(signed.content, at=at).content) / 1000)


def _rate(work: Callable[[], object], count: int) -> Rate:
    """The first one warms and is not counted."""
    work()
    return Rate(count, _seconds(lambda: [work() for _ in range(count)]))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# -- receipts --------------------------------------------------------------------------------------


def _receipts(services: Services, held: Held, count: int) -> Receipts:
    """Each with a number of its own. What was stored is removed again, outside the time: 10,000 of them are a
    gigabyte."""
    render = sign = store = 0.0
    memory, size = [], 0
    for number in range(-_WARM, count + 1):
        if number == 0:
            render = sign = store = 0.0
        if number in {0, count // 10, count}:
            memory.append((number, held_megabytes(os.getpid())))
            progress(f"{number}/{count} …")
        if number == count:
            break
        own = replace(held, entry=replace(held.entry, number=number + _WARM + 1))
        began = time.perf_counter()
        prepared = prepare(compose(services, own, code_of(services, own.entry)))
        rendered = time.perf_counter()
        signed = services.signer.sign(
            prepared,
            person=Signatory(OFFICER.id, own.entry.line.signer),
            reason=reason_of(own),
            at=services.now(),
        )
        done = time.perf_counter()
        digest = services.objects.put_once(signed.content)
        stored = time.perf_counter()
        services.objects.delete(digest)
        render, sign, store = render + rendered - began, sign + done - rendered, store + stored - done
        size = max(size, len(signed.content))
    return Receipts(
        whole=Rate(count, render + sign + store),
        render=Rate(count, render),
        sign=Rate(count, sign),
        store=Rate(count, store),
        size_kb=size / 1000,
        memory_mb=tuple(memory),
    )


# -- the whole way -----------------------------------------------------------------------------------


def _issuing(settings: Settings, services: Services, count: int) -> tuple[Issuing, Held]:
    """By the job engine, then without; and one line of a receipt that was issued."""
    progress(f"{count} + {count} …")
    first = waiting(services)
    routed = more_waiting(services, first, range(1, count + 1))
    others = more_waiting(services, first, range(count + 1, 2 * count + 1))
    issued_here(services, [first])
    engine = worker(services, url=settings.database_url, executor_id="bench")
    engine.launch()

    def by_engine() -> None:
        for case in routed:
            decided(services, case)
        if not engine.wait_idle(_PATIENCE_S):
            raise RuntimeError("the bench's receipts were not issued in time")

    seconds = _seconds(by_engine)
    engine.stop()
    without = _seconds(lambda: issued_here(services, others))
    lines = [line_under(services, case.id) for case in (*routed, *others)]
    return Issuing(Rate(count, seconds), Rate(count, without)), lines[-1]
