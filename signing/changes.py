"""What happened to a file after each signature: the file and its signatures in, codes and changes out."""

from dataclasses import dataclass

from asn1crypto import parser
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.embedded import Embedded
from signing.errors import NotAPdfError
from signing.pages import page_count, page_pictures
from signing.revisions import Form, is_gap_a_signature, read_form, signed_revision, written_byte_ranges

_SPACE = b" \t\r\n\0\f"


class FinalState:
    """The file as it is now; its pages are drawn once, and only when a signature needs it."""

    def __init__(self, content: bytes, *, max_pages: int) -> None:
        self.content = content
        self.form = read_form(content)
        self._max_pages = max_pages
        self._pictures: tuple[str, ...] | None = None

    def looks_like(self, before: bytes) -> bool:
        """True when the pages of an earlier revision look as they do now."""
        if self._pictures is None:
            self._pictures = page_pictures(self.content, at_most=self._max_pages)
        return self._pictures == page_pictures(before, at_most=self._max_pages)


@dataclass(frozen=True, slots=True)
class ChangeFinding:
    """How much of the file one signature covers, what came after it, and codes of `signing.reasons`."""

    covers: str
    changes: tuple[str, ...]
    codes: frozenset[str]


def changes_after(embedded: Embedded, final: FinalState, *, last: bool) -> ChangeFinding:
    """Compare the revision a signature covers with the file as it is. `last`: no signature follows.

    1 the byte range leaves out the signature value, padded with zeros, and nothing else;
    2 what follows is a revision whose every change pyHanko's difference analysis permits;
    3 no plain form field changed its value or its drawing;
    4 no mark of a signature that was there changed;
    5 the pages look the same.
    May raise whatever the parsers raise; the caller stands at the edge.
    """
    byte_range, signature, content = embedded.byte_range, embedded.signature, final.content
    if signature is None or byte_range is None or not is_gap_a_signature(content, byte_range):
        return ChangeFinding("unclear", (), frozenset({"COVERAGE_UNCLEAR"}))
    if _hides_bytes(signature.pkcs7_content):
        return ChangeFinding("unclear", (), frozenset({"COVERAGE_UNCLEAR"}))
    before = signed_revision(content, byte_range)
    after = content[len(before) :]
    if not after.strip(_SPACE):
        return ChangeFinding("whole_file", (), frozenset())
    if signature.signed_revision + 1 >= signature.reader.xrefs.total_revisions:
        return ChangeFinding("revision", (), frozenset({"TRAILING_BYTES"}))
    codes = _permitted(signature)
    earlier = read_form(before)
    changes, form_codes = _form_changes(earlier, final.form, last=last)
    codes |= form_codes
    if any(final.form.marks.get(name) != earlier.marks[name] for name in earlier.signed):
        codes.add("MARK_CHANGED")
    if earlier.pages != final.form.pages or not final.looks_like(before):
        codes.add("PAGES_CHANGED")
    return ChangeFinding("revision", changes, frozenset(codes))


def _hides_bytes(value: bytes) -> bool:
    """True when anything but zeros follows the CMS in the space reserved for it."""
    header, content, trailer = parser.parse(value)[3:6]
    return any(value[len(header) + len(content) + len(trailer) :])


def _permitted(signature: EmbeddedPdfSignature) -> set[str]:
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    facts = signature.summarise_integrity_info()
    if not isinstance(facts["diff_result"], DiffResult) or not facts["docmdp_ok"]:
        return {"CHANGED_AFTER_SIGNING"}
    return set()


def _form_changes(earlier: Form, final: Form, *, last: bool) -> tuple[tuple[str, ...], set[str]]:
    """Which signatures were added and which plain fields changed; a drawing counts as a value."""
    names = sorted(set(earlier.values) | set(final.values))
    changed = [name for name in names if earlier.values.get(name) != final.values.get(name)]
    added = sorted(final.signed - earlier.signed)
    lines = [f"signature {name}" for name in added]
    for name in changed:
        was, now = (form.values.get(name, "").partition("\0")[0] for form in (earlier, final))
        lines.append(f"field {name}: {was!r} -> {now!r}")
    if not changed:
        return tuple(lines), set()
    return tuple(lines), {"FORM_CHANGED" if last else "FORM_CHANGED_BETWEEN_SIGNATURES"}


def readers_disagree(final: FinalState) -> bool:
    """True when PDFium and qpdf do not see the same number of pages."""
    try:
        return page_count(final.content) != final.form.pages
    except NotAPdfError:
        return True


def removed_signatures(found: tuple[Embedded, ...], final: FinalState) -> bool:
    """True when the file still shows a signature that no field carries any more.

    A byte range counts that leaves out a hexadecimal string of this very file (one inside an
    attached PDF does not), or that stands in a signature dictionary of the last revision.
    """
    known = {one.byte_range for one in found} | final.form.rights
    content = final.content
    written = {one for one in written_byte_ranges(content) if is_gap_a_signature(content, one)}
    left = (written | final.form.signature_ranges) - known
    unparsed = sum(one.byte_range is None for one in found)
    return len(left) > unparsed or (not found and final.form.flagged)
