"""Asking whether a certificate still holds: a certificate and its issuer in, a checked answer out.

OCSP comes first: an answer is a kilobyte, a list may be a megabyte, and it goes into every document. Only the
job that preserves what was issued asks; validation never goes to the network.
"""

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from signing.errors import RevocationUnknownError
from signing.fetching import Bounds, FetchError, Message, fetch
from signing.revocation import Statement, crl_statement, ocsp_statement
from signing.trial_answers import TrialAnswers

_CLOCKS_DIFFER_BY = timedelta(minutes=10)
_OCSP_REQUEST = "application/ocsp-request"
_NO_POST = {"status 405", "status 501"}
_OCSP_BOUNDS = Bounds(seconds=10, max_bytes=256 * 1024)
_CRL_BOUNDS = Bounds(seconds=60, max_bytes=20 * 1024 * 1024)
_REMEMBERED = 10_000


class AnswerKind(StrEnum):
    """In which array of the document security store it goes."""

    OCSP = "OCSP"
    CRL = "CRL"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an authority said, as it came (DER) and as it was understood."""

    kind: AnswerKind
    content: bytes
    statement: Statement


class RevocationAnswers(Protocol):
    """Whoever tells how a certificate stands."""

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        """What is said at `at` (aware): the newest, or any that was made at `since` or later.

        Raises RevocationUnknownError.
        """


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """Of the home's own test authority."""

    authority: TrialAnswers

    def answer(
        self,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        *,
        since: datetime,  # noqa: ARG002  made now, it cannot be too old
        at: datetime,
    ) -> Answer:
        """See `RevocationAnswers`."""
        content = self.authority.ocsp(certificate, at=at)
        statement = ocsp_statement(content, certificate, issuer) if content else None
        if content is None or statement is None:
            raise RevocationUnknownError("not of this authority")
        return Answer(AnswerKind.OCSP, content, statement)


@dataclass(frozen=True, slots=True)
class HttpAnswers:
    """By the addresses in the certificate: OCSP (RFC 6960 appendix A), and a list only where OCSP fails."""

    ocsp_bounds: Bounds = _OCSP_BOUNDS
    crl_bounds: Bounds = _CRL_BOUNDS

    def answer(
        self,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        *,
        since: datetime,  # noqa: ARG002  a server has one answer, its newest
        at: datetime,
    ) -> Answer:
        """See `RevocationAnswers`."""
        why = ["no address"]
        for address in ocsp_addresses(certificate):
            with _noting(why):
                content = self._ocsp(address, certificate, issuer)
                return _usable(AnswerKind.OCSP, content, ocsp_statement(content, certificate, issuer), at)
        for address in crl_addresses(certificate):
            with _noting(why):
                content = fetch(address, bounds=self.crl_bounds)
                return _usable(AnswerKind.CRL, content, crl_statement(content, certificate, issuer), at)
        raise RevocationUnknownError(why[-1])

    def _ocsp(self, address: str, certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
        # SHA-1 names the issuer here and protects nothing; it is what every responder knows (RFC 5019 2.1.1).
        request = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()  # noqa: S303
        asked = request.public_bytes(Encoding.DER)
        try:
            return fetch(address, Message(asked, _OCSP_REQUEST), bounds=self.ocsp_bounds)
        except FetchError as error:
            if str(error) not in _NO_POST:
                raise
            return fetch(f"{address.rstrip('/')}/{quote(b64encode(asked), safe='')}", bounds=self.ocsp_bounds)


@contextmanager
def _noting(why: list[str]) -> Iterator[None]:
    """Goes on after a failed exchange, and keeps its word."""
    try:
        yield
    except (FetchError, RevocationUnknownError) as error:
        why.append(str(error))


def _usable(kind: AnswerKind, content: bytes, statement: Statement | None, at: datetime) -> Answer:
    """Raises RevocationUnknownError for what cannot be believed, is of tomorrow, or has run out."""
    if statement is None:
        raise RevocationUnknownError("not to be believed")
    if statement.this_update > at + _CLOCKS_DIFFER_BY:
        raise RevocationUnknownError("of the future")
    if statement.next_update is not None and statement.next_update < at - _CLOCKS_DIFFER_BY:
        raise RevocationUnknownError("run out")
    return Answer(kind, content, statement)


@dataclass(frozen=True, slots=True)
class FirstToAnswer:
    """Several, of whom the first that knows the certificate is heard."""

    sources: tuple[RevocationAnswers, ...]

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        """See `RevocationAnswers`."""
        why = RevocationUnknownError("nobody to ask")
        for source in self.sources:
            try:
                return source.answer(certificate, issuer, since=since, at=at)
            except RevocationUnknownError as error:
                why = error
        raise why


class RememberedAnswers:
    """Another source, asked again only when what it said is older than what is to be proven: all that one
    officer signed before an answer shares it. Safe over threads."""

    def __init__(self, source: RevocationAnswers) -> None:
        self._source = source
        self._turn = threading.Lock()
        self._known: dict[bytes, Answer] = {}

    def answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, *, since: datetime, at: datetime
    ) -> Answer:
        """See `RevocationAnswers`."""
        key = certificate.fingerprint(hashes.SHA256()) + issuer.fingerprint(hashes.SHA256())
        with self._turn:
            known = self._known.get(key)
        if known is not None and _still_good(known.statement, since, at):
            return known
        fresh = self._source.answer(certificate, issuer, since=since, at=at)
        with self._turn:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = fresh
        return fresh


def _still_good(statement: Statement, since: datetime, at: datetime) -> bool:
    current = statement.next_update is not None and at <= statement.next_update
    return since <= statement.this_update <= at and current


def ocsp_addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    """Of the responders that the certificate names (authority information access, RFC 5280 4.2.2.1)."""
    return tuple(_ocsp_addresses(certificate))


def _ocsp_addresses(certificate: x509.Certificate) -> Iterator[str]:
    with suppress(x509.ExtensionNotFound, ValueError):
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        for one in access:
            named = isinstance(one.access_location, x509.UniformResourceIdentifier)
            if named and one.access_method == AuthorityInformationAccessOID.OCSP:
                yield one.access_location.value


def crl_addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    """Of the revocation lists that the certificate names (RFC 5280 4.2.1.13)."""
    return tuple(_crl_addresses(certificate))


def _crl_addresses(certificate: x509.Certificate) -> Iterator[str]:
    with suppress(x509.ExtensionNotFound, ValueError):
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        for name in (name for point in points for name in point.full_name or ()):
            if isinstance(name, x509.UniformResourceIdentifier):
                yield name.value
