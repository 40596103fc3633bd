"""What a time-stamp authority is asked and answers (RFC 3161): a digest in, a request out; an answer in, a
token out that is what was asked for.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import new as new_digest
from typing import Any

from asn1crypto import core, tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from signing.cms import SHA_256
from signing.der import OCTET_STRING, SEQUENCE, content_of, element, integer, oid
from signing.errors import TimeStampError

_STATUS, _GRANTED = (0, 0), (b"\0", b"\1")
"""Where the status stands, granted with or without changes; asn1crypto parses no answer without a token."""
_DIGESTS = {"sha256", "sha384", "sha512"}
_TRUE = b"\x01\x01\xff"


@dataclass(frozen=True, slots=True)
class Question:
    """A SHA-256 digest to be dated, under a policy of the authority's if one is wanted, and a nonce."""

    digest: bytes
    policy: str | None = None
    nonce: int = field(default_factory=lambda: secrets.randbits(63) | 1)

    def request(self) -> bytes:
        """The TimeStampReq (DER); it asks for the authority's certificate, too."""
        return element(
            SEQUENCE,
            integer(1),
            element(SEQUENCE, SHA_256, element(OCTET_STRING, self.digest)),
            oid(self.policy) if self.policy else b"",
            integer(self.nonce),
            _TRUE,
        )

    def token_of(self, answer: bytes, *, now: datetime, tolerance: timedelta) -> bytes:
        """The token (DER) of a TimeStampResp, if it is an answer to this question and holds.

        1 the request was granted; 2 digest, nonce and policy are those of the question; 3 the time is that
        of our clock, give or take; 4 the token's signature is that of the certificate it names; 5 that
        certificate is for time-stamps alone and was valid at that time (2.3).
        Who issued that certificate is judged by whoever validates. Raises TimeStampError with a word for
        what is wrong.
        """
        try:
            if content_of(answer, _STATUS) not in _GRANTED:  # 1
                raise TimeStampError("rejected")
            return self._checked(tsp.TimeStampResp.load(answer, strict=True), now, tolerance)
        except TimeStampError:
            raise
        # Three foreign parsers look at what a stranger sent, and may raise anything; no document is lost
        # for want of a time-stamp.
        except Exception as error:
            raise TimeStampError("unreadable") from error

    def _checked(self, response: Any, now: datetime, tolerance: timedelta) -> bytes:
        data = response["time_stamp_token"]["content"]
        content = data["encap_content_info"]["content"]
        info = content.parsed
        if not isinstance(info, tsp.TSTInfo) or not self._answered_by(info):  # 2
            raise TimeStampError("another question")
        time: datetime = info["gen_time"].native
        if abs(time - now) > tolerance:  # 3
            raise TimeStampError("clock")
        signer = _require_intact(data, bytes(content))  # 4
        _require_for_time_stamps(signer, at=time)  # 5
        return bytes(response["time_stamp_token"].dump())

    def _answered_by(self, info: Any) -> bool:
        imprint = info["message_imprint"]
        return (
            imprint["hash_algorithm"]["algorithm"].native == "sha256"
            and imprint["hashed_message"].native == self.digest
            and info["nonce"].native == self.nonce
            and self.policy in (None, info["policy"].dotted)
        )


def _require_intact(data: Any, content: bytes) -> x509.Certificate:
    """The certificate whose key signed the token."""
    info = extract_signer_info(data)
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in _DIGESTS or isinstance(info["signed_attrs"], core.Void):
        raise TimeStampError("signature")
    signer = extract_certs_for_validation(data).signer_cert
    actual = new_digest(digest, content).digest()
    if validate_sig_integrity(info, signer, "tst_info", actual) != (True, True):
        raise TimeStampError("signature")
    return x509.load_der_x509_certificate(signer.dump())


def _require_for_time_stamps(certificate: x509.Certificate, *, at: datetime) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise TimeStampError("certificate") from error
    if not usage.critical or set(usage.value) != {ExtendedKeyUsageOID.TIME_STAMPING}:
        raise TimeStampError("certificate")
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise TimeStampError("certificate")
