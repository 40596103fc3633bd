"""What other programs think of a signed PDF: pyHanko, poppler's pdfsig, OpenSSL. Bytes in, an opinion out."""

import asyncio
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from tests.signing.contents import NOW

_AT = ("-attime", str(int(NOW.timestamp())))


@dataclass(frozen=True, slots=True)
class Cut:
    """One signature cut out of a PDF: its CMS, what it signs, and the token that dates it, if any (DER)."""

    cms: bytes
    signed: bytes
    value: bytes
    token: bytes | None


def cut_out(content: bytes) -> list[Cut]:
    """Every signature, in order."""
    return [_cut(content, signature) for signature in PdfFileReader(BytesIO(content)).embedded_signatures]


def _cut(content: bytes, signature: EmbeddedPdfSignature) -> Cut:
    first, length, resume, rest = map(int, signature.byte_range)
    info = signature.signer_info
    tokens = list(info["unsigned_attrs"] or ())
    return Cut(
        cms=cms.ContentInfo.load(signature.pkcs7_content).dump(),
        signed=content[first:length] + content[resume : resume + rest],
        value=info["signature"].native,
        token=tokens[0]["values"][0].dump() if tokens else None,
    )


def by_pyhanko(content: bytes, root: bytes) -> list[PdfSignatureStatus]:
    """Its status of every signature, difference analysis included, with one trusted root (DER)."""

    async def judge() -> list[PdfSignatureStatus]:
        context = ValidationContext(
            trust_roots=[asn1_x509.Certificate.load(root)], moment=NOW, allow_fetching=False
        )
        reader = PdfFileReader(BytesIO(content))
        return [await async_validate_pdf_signature(one, context) for one in reader.embedded_signatures]

    return asyncio.run(judge())


def by_pdfsig(content: bytes, folder: Path) -> str:
    """What it prints."""
    (folder / "signed.pdf").write_bytes(content)
    return _run("pdfsig", folder / "signed.pdf")


def by_openssl_cms(one: Cut, root_pem: bytes, folder: Path) -> str:
    """What `openssl cms -verify -cades` prints; whatever it says, no exception."""
    for name, part in (("root.pem", root_pem), ("cms", one.cms), ("signed", one.signed)):
        (folder / name).write_bytes(part)
    return _run(
        *("openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-purpose", "any", *_AT),
        *("-CAfile", folder / "root.pem", "-in", folder / "cms"),
        *("-content", folder / "signed", "-out", folder / "out"),
    )


def by_openssl_ts(token: bytes, digest: bytes, root_pem: bytes, folder: Path) -> str:
    """What `openssl ts -verify` prints of a token over this digest."""
    (folder / "token").write_bytes(token)
    (folder / "root.pem").write_bytes(root_pem)
    return _run(
        *("openssl", "ts", "-verify", "-token_in", "-in", folder / "token", "-digest", digest.hex()),
        *("-CAfile", folder / "root.pem", *_AT),
    )


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")
