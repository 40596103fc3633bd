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

from signing.chain import RevocationData, judge_certificate, may_stamp_time
from signing.trust import Trust


@dataclass(frozen=True, slots=True)
class TokenFinding:
    """The time a token states, and whether the token holds and its authority is trusted."""

    time: datetime
    intact: bool
    trusted: bool


def judge_token(
    signed_data: Any, expected_imprint: Callable[[str], bytes], *, trust: Trust, revocation: RevocationData
) -> TokenFinding:
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
        trust=trust,
        others=tuple(certificates.other_certs),
        revocation=revocation,
    )
    trusted = chain.anchor is not None and may_stamp_time(certificates.signer_cert)
    return TokenFinding(time, matches and intact and valid, trusted)


def signature_token(signer_info: Any, *, trust: Trust, revocation: RevocationData) -> TokenFinding | None:
    """The best of the tokens in a signature's unsigned attributes (CAdES signature-time-stamp), if any."""
    imprint = message_imprint_checker(signer_info)
    found = [
        judge_token(token, imprint, trust=trust, revocation=revocation)
        for token in extract_tst_data_iter(signer_info, signed=False)
    ]
    return max(found, key=lambda token: (token.intact, token.trusted), default=None)


def _digest(signer_info: Any, content: bytes) -> bytes:
    digest = hashes.Hash(get_pyca_cryptography_hash(signer_info["digest_algorithm"]["algorithm"].native))
    digest.update(content)
    return digest.finalize()
