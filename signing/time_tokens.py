"""Judging RFC 3161 tokens: a token and what it should stamp in, its time and the codes of its reasons out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from signing.chain import ChainFinding, Relied, RevocationData, judge_certificate, may_stamp_time
from signing.trust import Trust


@dataclass(frozen=True, slots=True)
class TokenFinding:
    """The time a token states, whether the token holds and its authority is trusted, and on what it rests.

    `codes` (of `signing.reasons`) say what is weak about it."""

    time: datetime
    intact: bool
    trusted: bool
    codes: frozenset[str] = frozenset()
    relied: Relied | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """By what a token is judged: whom one trusts, what authorities said, and the moment `at` (aware) by which
    the token is proven to have been there: that of a later time-stamp, or now."""

    trust: Trust
    revocation: RevocationData
    at: datetime | None = None


def judge_token(signed_data: Any, expected_imprint: Callable[[str], bytes], known: Known) -> TokenFinding:
    """Check imprint, signature and chain of one token (asn1crypto SignedData).

    May raise whatever pyHanko or asn1crypto raise for a malformed token; the caller stands at the edge.
    """
    info = signed_data["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    stamped = bytes(imprint["hashed_message"].native)
    matches = expected_imprint(imprint["hash_algorithm"]["algorithm"].native) == stamped
    signer_info = extract_signer_info(signed_data)
    certificates = extract_certs_for_validation(signed_data)
    intact, valid = validate_sig_integrity(
        signer_info,
        certificates.signer_cert,
        expected_content_type="tst_info",
        actual_digest=_digest(signer_info, bytes(signed_data["encap_content_info"]["content"])),
    )
    time: datetime = info["gen_time"].native
    chain = judge_certificate(
        certificates.signer_cert,
        at=time,
        trust=known.trust,
        others=tuple(certificates.other_certs),
        revocation=known.revocation,
        known=known.at,
    )
    codes = _weak(chain, known.at)
    trusted = chain.anchor is not None and may_stamp_time(certificates.signer_cert)
    return TokenFinding(
        time,
        matches and intact and valid,
        trusted and "TIME_STAMP_REVOKED" not in codes,
        codes,
        chain.relied,
    )


def _weak(chain: ChainFinding, known: datetime | None) -> frozenset[str]:
    """Whoever has the key of a revoked authority can make time-stamps of any time, unless it was revoked for
    a reason that has nothing to do with the key; of one that has run out nobody says any more."""
    if chain.revoked_since and not chain.harmless:
        return frozenset({"TIME_STAMP_REVOKED"})
    if chain.relied is None or known is None or known <= chain.relied.until:
        return frozenset()
    return frozenset({"TIME_STAMP_RUN_OUT"})


def signature_token(signer_info: Any, known: Known) -> TokenFinding | None:
    """The best of the tokens in a signature's unsigned attributes (CAdES signature-time-stamp), if any."""
    imprint = message_imprint_checker(signer_info)
    found = [judge_token(token, imprint, known) for token in extract_tst_data_iter(signer_info, signed=False)]
    return max(found, key=lambda token: (token.intact, token.trusted), default=None)


def _digest(signer_info: Any, content: bytes) -> bytes:
    digest = hashes.Hash(get_pyca_cryptography_hash(signer_info["digest_algorithm"]["algorithm"].native))
    digest.update(content)
    return digest.finalize()
