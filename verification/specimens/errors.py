"""What can go wrong while a specimen is drawn; every error says what to change."""

from verification.errors import VerificationError


class SpecimenError(VerificationError):
    """A specimen could not be drawn; see the message for what to change."""

    code = "SPECIMEN_FAILED"
    message_vi = "Không vẽ được giấy mẫu; xem thông báo để biết cần sửa gì."


class UnknownKindError(SpecimenError):
    """This kind of paper has no specimen; choose one of `verification.specimens.KINDS`."""

    code = "SPECIMEN_KIND_UNKNOWN"
    message_vi = "Chưa có giấy mẫu cho loại giấy này; hãy chọn một loại trong danh sách."


class GlyphMissingError(SpecimenError):
    """The font lacks a letter of this text and would draw an empty box; choose another font."""

    code = "SPECIMEN_GLYPH_MISSING"
    message_vi = "Phông chữ thiếu một chữ cái của văn bản; hãy chọn phông chữ khác."


class TextOffSheetError(SpecimenError):
    """A text would run over the edge of the sheet; make it shorter or smaller."""

    code = "SPECIMEN_TEXT_OFF_SHEET"
    message_vi = "Văn bản tràn ra ngoài mép giấy; hãy viết ngắn hơn hoặc nhỏ hơn."


class NotCleanError(SpecimenError):
    """Only a clean specimen can be laid on a page with another; draw it with the grade `clean`."""

    code = "SPECIMEN_NOT_CLEAN"
    message_vi = "Chỉ ghép được giấy mẫu loại sạch vào một trang; hãy vẽ lại với mức clean."
