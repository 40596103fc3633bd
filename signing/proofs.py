"""What must be proven of a signed PDF for the long term: bytes in, certificates and when they served out."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from signing.errors import NotSignedError, RevocationUnknownError

_MOST_LINKS = 8
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Token:
    """A time-stamp: the certificate that made it, what travels with it, when, and how large it is."""

    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    time: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A filled field: a signature with or without a time-stamp, or (`signer` None) a document time-stamp."""

    signer: x509.Certificate | None
    others: tuple[x509.Certificate, ...]
    token: Token | None
    end: int
    """Where the revision that it covers ends."""

    @property
    def stamps_document(self) -> bool:
        """Whether it is a document time-stamp."""
        return self.signer is None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the document security store holds already (DER), with the references as they are written."""

    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of this certificate it must be told how it stood at `since` or later."""

    certificate: x509.Certificate
    issuer: x509.Certificate
    since: datetime


def signed_fields(pdf: pikepdf.Pdf) -> tuple[Signed, ...]:
    """Every filled signature field, oldest first. Raises NotSignedError for none, or where one is broken."""
    try:
        form: Any = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
        values = [
            field["/V"] for field in form.get("/Fields", ()) if "/V" in field and field["/FT"] == "/Sig"
        ]
        found = sorted((_signed(value) for value in values), key=lambda one: one.end)
    except _BROKEN as error:
        raise NotSignedError(type(error).__name__) from error
    if not found or found[0].stamps_document:
        raise NotSignedError
    return tuple(found)


def kept_answers(pdf: pikepdf.Pdf) -> Kept:
    """Nothing where there is no document security store (ISO 32000-2, 12.8.4.3)."""
    store: Any = pdf.Root.get("/DSS", pikepdf.Dictionary())
    ocsps, crls = (tuple(item.read_bytes() for item in store.get(name, ())) for name in ("/OCSPs", "/CRLs"))
    return Kept(ocsps, crls)


def undated(found: tuple[Signed, ...]) -> bool:
    """Whether a signature has neither a time-stamp of its own nor a document time-stamp after it."""
    return any(_time(number, found) is None for number in range(len(found)))


def wanted(found: tuple[Signed, ...], anchors: Iterable[x509.Certificate]) -> tuple[Wanted, ...]:
    """Every certificate below an anchor, once, with the latest moment at which it was relied on.

    Raises RevocationUnknownError where a chain leads to no anchor.
    """
    roots = tuple(anchors)
    latest: dict[x509.Certificate, Wanted] = {}
    for certificate, pool, moment in _uses(found):
        for one, issuer in _links(certificate, pool, roots):
            known = latest.get(one)
            if known is None or known.since < moment:
                latest[one] = Wanted(one, issuer, moment)
    return tuple(latest.values())


def authorities(token: Token, anchors: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The certificates that a time-stamp rests on, without the anchor. Raises RevocationUnknownError."""
    return tuple(one for one, _ in _links(token.signer, token.others, tuple(anchors)))


def read_token(signed_data: Any, size: int) -> Token:
    """From an asn1crypto SignedData. May raise what asn1crypto raises."""
    signer, others = _certificates(signed_data)
    time: datetime = signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return Token(signer, others, time.replace(microsecond=0), size)


def _signed(value: Any) -> Signed:
    content = bytes(value["/Contents"])
    package = cms.ContentInfo.load(content)
    data, size = package["content"], len(package.dump())
    parts = [int(part) for part in value["/ByteRange"]]
    end = parts[2] + parts[3]
    if value["/SubFilter"] == "/ETSI.RFC3161":
        return Signed(None, (), read_token(data, size), end)
    signer, others = _certificates(data)
    return Signed(signer, others, _own_token(data["signer_infos"][0]), end)


def _own_token(signer_info: Any) -> Token | None:
    attributes = signer_info["unsigned_attrs"]
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "signature_time_stamp_token":
            package = attribute["values"][0]
            return read_token(package["content"], len(package.dump()))
    return None


def _certificates(signed_data: Any) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The signer's, and the others. To compare names as RFC 5280 has it takes the library a third of the
    whole time: among the few that travel with one signature the serial number tells."""
    every = [x509.load_der_x509_certificate(one.dump()) for one in signed_data["certificates"]]
    named = signed_data["signer_infos"][0]["sid"].chosen
    if isinstance(named, cms.IssuerAndSerialNumber):
        serial = named["serial_number"].native
        signer = next((one for one in every if one.serial_number == serial), None)
    else:
        signer = next((one for one in every if _key_identifier(one) == named.native), None)
    if signer is None:
        raise NotSignedError("no certificate of the signer")
    return signer, tuple(one for one in every if one != signer)


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    with suppress(x509.ExtensionNotFound):
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return None


def _time(number: int, found: tuple[Signed, ...]) -> datetime | None:
    """When this one is known to have been there."""
    own = found[number].token
    if own is not None:
        return own.time
    later = (one.token for one in found[number + 1 :] if one.stamps_document)
    return next((token.time for token in later if token is not None), None)


def _uses(
    found: tuple[Signed, ...],
) -> Iterator[tuple[x509.Certificate, tuple[x509.Certificate, ...], datetime]]:
    everything = tuple(one for signed in found for one in _carried(signed))
    for number, signed in enumerate(found):
        moment = _time(number, found)
        if signed.signer is not None and moment is not None:
            yield signed.signer, everything, moment
        if signed.token is not None:
            yield signed.token.signer, everything, signed.token.time


def _carried(signed: Signed) -> Iterator[x509.Certificate]:
    yield from signed.others
    if signed.token is not None:
        yield from signed.token.others


def _links(
    certificate: x509.Certificate, pool: tuple[x509.Certificate, ...], anchors: tuple[x509.Certificate, ...]
) -> Iterator[tuple[x509.Certificate, x509.Certificate]]:
    """The certificate with its issuer, then that one with its own, up to an anchor."""
    for _ in range(_MOST_LINKS):
        if certificate in anchors:
            return
        issuer = next((one for one in (*anchors, *pool) if _issued(one, certificate)), None)
        if issuer is None or issuer == certificate:
            break
        yield certificate, issuer
        certificate = issuer
    raise RevocationUnknownError("issuer")


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    if issuer.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
