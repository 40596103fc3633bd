"""The signatures a PDF carries, as pyHanko parses them: bytes in, each signature with its place out."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.chain import RevocationData
from signing.errors import PdfEncryptedError
from signing.revisions import ByteRange

_KINDS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"}


@dataclass(frozen=True, slots=True)
class Embedded:
    """A filled signature field. `signature` is None where `code` says why it could not be parsed."""

    field: str
    signature: EmbeddedPdfSignature | None
    code: str | None = None

    @property
    def byte_range(self) -> ByteRange | None:
        """None unless it is four numbers."""
        if self.signature is None or len(self.signature.byte_range) != 4:
            return None
        first, second, third, fourth = (int(part) for part in self.signature.byte_range)
        return first, second, third, fourth


def open_pdf(content: bytes) -> PdfFileReader:
    """Strictly if possible; real official papers with five and more signatures need the lenient way.

    Raises PdfEncryptedError when it does not open with the empty password, and PdfError.
    """
    try:
        reader = PdfFileReader(BytesIO(content), strict=True)
        list(enumerate_sig_fields(reader, filled_status=True))
    except PdfError:
        reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted and not _opens_without_password(reader):
        raise PdfEncryptedError
    return reader


def _opens_without_password(reader: PdfFileReader) -> bool:
    try:
        return reader.decrypt("").status is not AuthStatus.FAILED
    except PdfError:  # locked for certificates, not with a password
        return False


def filled_fields(reader: PdfFileReader) -> list[Any]:
    """Name, value and field of every signature field that has a value."""
    return list(enumerate_sig_fields(reader, filled_status=True))


def parse_signatures(reader: PdfFileReader, fields: list[Any]) -> tuple[Embedded, ...]:
    """Each on its own, so that one broken signature does not hide the others; in order of signing."""
    parsed = [_parse(reader, name, value, field) for name, value, field in fields]
    return tuple(sorted(parsed, key=lambda one: one.signature.signed_revision if one.signature else -1))


def _parse(reader: PdfFileReader, name: str, value: Any, field: Any) -> Embedded:
    # The one place where a CMS made to break parsers is parsed: anything may be raised.
    try:
        kind = value.get_object().get("/SubFilter")
        if kind is not None and kind not in _KINDS:
            return Embedded(name, None, "SIGNATURE_KIND_UNKNOWN")
        signature = EmbeddedPdfSignature(reader, field, name)
        whole = kind is not None and signature.signer_cert is not None
    except Exception:  # noqa: BLE001
        whole = False
    return Embedded(name, signature) if whole else Embedded(name, None, "SIGNATURE_BROKEN")


def revocation_data(reader: PdfHandler) -> RevocationData:
    """What the document security store holds (ISO 32000-2, 12.8.4.3), of the file or of one of its revisions;
    nothing where there is none."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return RevocationData()
    return RevocationData(
        crls=tuple(item.get_object().data for item in store.crls),
        ocsps=tuple(item.get_object().data for item in store.ocsps),
        certificates=tuple(certificate.dump() for certificate in store.load_certs()),
    )


def with_carried(data: RevocationData, signature: EmbeddedPdfSignature) -> RevocationData:
    """The same and what Adobe's signed attribute revocationInfoArchival carries."""
    attributes = signature.signer_info["signed_attrs"]
    crls: list[bytes] = []
    ocsps: list[bytes] = []
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "adobe_revocation_info_archival":
            for value in attribute["values"]:
                crls += [item.dump() for item in value["crl"] or ()]
                ocsps += [item.dump() for item in value["ocsp"] or ()]
    return RevocationData((*data.crls, *crls), (*data.ocsps, *ocsps), data.certificates)
