"""Every reason a verdict can have: a code in, its words in both languages and its weight out."""

from dataclasses import dataclass
from enum import IntEnum

from signing.model import About, Reason, Verdict


class Weight(IntEnum):
    """What a reason does to the verdict; the heaviest decides."""

    NOTE = 0
    """Says what is weak or could not be checked; most official papers of the country carry some."""
    DOUBT = 1
    DEFEAT = 2


VERDICTS = {
    Weight.NOTE: Verdict.VALID,
    Weight.DOUBT: Verdict.UNDETERMINED,
    Weight.DEFEAT: Verdict.INVALID,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One line of the table of reasons."""

    about: About
    weight: Weight
    vi: str
    en: str
    next_vi: str
    next_en: str


_ASK_ISSUER_VI = "Đề nghị cơ quan phát hành gửi lại tệp gốc hoặc tra cứu bằng mã trên văn bản."
_ASK_ISSUER_EN = "Ask the issuing office for the original file, or look the paper up by its code."
_DO_NOT_USE_VI = "Không sử dụng tệp này; đề nghị cơ quan phát hành gửi lại tệp gốc."
_DO_NOT_USE_EN = "Do not use this file; ask the issuing office for the original file."
_NOTHING_VI = "Không cần làm gì thêm; nếu việc quan trọng, có thể hỏi lại cơ quan phát hành."
_NOTHING_EN = "Nothing needs to be done; where much depends on it, ask the issuing office."

REASONS: dict[str, Wording] = {
    # -- integrity -----------------------------------------------------------------------------
    "CONTENT_CHANGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Nội dung đã bị thay đổi sau khi ký.",
        "The content was changed after it was signed.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "SIGNATURE_BROKEN": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Chữ ký số bị hỏng hoặc bị sửa, không kiểm tra được.",
        "The signature is damaged or was tampered with and cannot be verified.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "COVERAGE_UNCLEAR": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Chữ ký số không bao trùm đúng phần văn bản phải được ký.",
        "The signature does not cover the part of the file it must cover.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "CHANGED_AFTER_SIGNING": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Sau khi ký, tệp đã được thêm những thay đổi mà chữ ký không cho phép.",
        "Changes that the signature does not permit were added after it.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "CHANGES_UNREADABLE": Wording(
        About.INTEGRITY,
        Weight.DOUBT,
        "Sau khi ký, tệp đã được thêm những thay đổi không phân tích được.",
        "Changes were added after the signature that could not be analysed.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    "FORM_CHANGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Giá trị trong ô biểu mẫu đã bị đổi sau chữ ký cuối cùng.",
        "The value of a form field was changed after the last signature.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "FORM_CHANGED_BETWEEN_SIGNATURES": Wording(
        About.INTEGRITY,
        Weight.DOUBT,
        "Giá trị trong ô biểu mẫu đã được đổi sau một chữ ký; chữ ký sau xác nhận giá trị mới.",
        "A form field was changed after one signature; a later signature covers the new value.",
        "Hỏi người ký trước xem có đồng ý với giá trị mới không.",
        "Ask the earlier signer whether they agree with the new value.",
    ),
    "PAGES_CHANGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Các trang hiện nay trông khác với các trang lúc ký.",
        "The pages look different from the pages that were signed.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "MARK_CHANGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Hình chữ ký, con dấu hoặc số hiển thị của một chữ ký đã bị đổi sau khi ký.",
        "The visible mark of a signature (seal, number or name) was changed after signing.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "SIGNATURE_REMOVED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Tệp có dấu vết của một chữ ký số đã bị gỡ bỏ.",
        "The file has traces of a signature that was taken out.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "TIME_STAMP_BROKEN": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Dấu thời gian bị hỏng hoặc không thuộc về chữ ký này.",
        "The time-stamp is damaged or does not belong to this signature.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "CERTIFICATE_DAMAGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Một chứng thư số trong tệp bị hỏng hoặc bị sửa.",
        "A certificate inside the file is damaged or was tampered with.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "TRAILING_BYTES": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Sau phần đã ký có dữ liệu lạ được nối thêm vào tệp.",
        "Foreign data were appended after the signed part of the file.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "READERS_DISAGREE": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Hai trình đọc thấy số trang khác nhau; tệp có thể hiển thị khác nhau ở mỗi nơi.",
        "Two readers see different numbers of pages; the file may show differently in different places.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "SIGNED_FILE_DAMAGED": Wording(
        About.INTEGRITY,
        Weight.DEFEAT,
        "Tệp có chữ ký số nhưng đã bị hỏng hoặc bị cắt, không đọc được.",
        "The file was signed but is damaged or cut and cannot be read.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    # -- format --------------------------------------------------------------------------------
    "NO_SIGNATURE": Wording(
        About.FORMAT,
        Weight.DOUBT,
        "Tệp này không có chữ ký số.",
        "This file carries no digital signature.",
        "Đề nghị người gửi cung cấp tệp PDF đã ký số (không phải bản in hay bản chụp).",
        "Ask the sender for the signed PDF itself (not a print or a photograph of it).",
    ),
    "FILE_DAMAGED": Wording(
        About.FORMAT,
        Weight.DOUBT,
        "Tệp PDF bị hỏng, không đọc được.",
        "The PDF is damaged and cannot be read.",
        "Tải lại tệp, hoặc đề nghị người gửi gửi lại.",
        "Download the file again, or ask the sender to send it again.",
    ),
    "TOO_MANY_PARTS": Wording(
        About.FORMAT,
        Weight.DOUBT,
        "Tệp có quá nhiều chữ ký hoặc lần sửa nên không kiểm tra hết được.",
        "The file has too many signatures or revisions to be checked.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    "SIGNATURE_KIND_UNKNOWN": Wording(
        About.FORMAT,
        Weight.DOUBT,
        "Tệp có một loại chữ ký số mà hệ thống chưa kiểm tra được.",
        "The file has a kind of signature that cannot be checked here.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    # -- trust ---------------------------------------------------------------------------------
    "TEST_AUTHORITY": Wording(
        About.TRUST,
        Weight.NOTE,
        "THỬ NGHIỆM: chữ ký do tổ chức thử nghiệm của chính hệ thống này cấp, không có giá trị pháp lý.",
        "TEST: signed under this installation's own test authority; it has no legal value.",
        "Chỉ dùng để thử; không nộp vào hồ sơ thật.",
        "Use it for trials only; do not hand it in with a real dossier.",
    ),
    "SIGNER_UNKNOWN": Wording(
        About.TRUST,
        Weight.DOUBT,
        "Chưa xác định được người ký: chứng thư số không thuộc tổ chức được tin cậy ở đây.",
        "The signer could not be established: the certificate is of no authority trusted here.",
        "Nếu biết tổ chức cấp chứng thư, hãy thêm chứng thư gốc của tổ chức đó vào danh sách tin cậy.",
        "If you know the authority, add its root certificate to the trust list.",
    ),
    "CERTIFICATE_UNSUITABLE": Wording(
        About.TRUST,
        Weight.DOUBT,
        "Chứng thư số không được cấp để ký văn bản.",
        "The certificate was not issued for signing documents.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    # -- revocation ----------------------------------------------------------------------------
    "CERTIFICATE_REVOKED": Wording(
        About.REVOCATION,
        Weight.DEFEAT,
        "Chứng thư số của người ký đã bị thu hồi trước khi ký.",
        "The signer's certificate had been revoked before the signing time.",
        _DO_NOT_USE_VI,
        _DO_NOT_USE_EN,
    ),
    "CERTIFICATE_REVOKED_SINCE": Wording(
        About.REVOCATION,
        Weight.DOUBT,
        "Chứng thư số của người ký đã bị thu hồi, và không có gì chứng minh rằng việc ký diễn ra trước đó.",
        "The signer's certificate was revoked, and nothing proves that the signature was there before.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    "REVOCATION_NOT_CHECKED": Wording(
        About.REVOCATION,
        Weight.NOTE,
        "Không kiểm tra được chứng thư có bị thu hồi hay không (kiểm tra ngoại tuyến).",
        "Whether the certificate was revoked could not be checked (off line).",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    # -- time ----------------------------------------------------------------------------------
    "NO_TIME_STAMP": Wording(
        About.TIME,
        Weight.NOTE,
        "Chữ ký không có dấu thời gian; thời điểm ký là do máy của người ký ghi.",
        "The signature has no time-stamp; the signing time is the signer's own claim.",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    "TIME_STAMP_UNTRUSTED": Wording(
        About.TIME,
        Weight.NOTE,
        "Dấu thời gian đúng nhưng của tổ chức chưa được tin cậy ở đây.",
        "The time-stamp is intact but of an authority that is not trusted here.",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    "TIME_STAMP_REVOKED": Wording(
        About.TIME,
        Weight.NOTE,
        "Chứng thư của dấu thời gian đã bị thu hồi nên dấu này không chứng minh được thời điểm ký.",
        "The time-stamp authority's certificate was revoked; its time-stamp does not prove the signing time.",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    "TIME_STAMP_RUN_OUT": Wording(
        About.TIME,
        Weight.NOTE,
        "Chứng thư của dấu thời gian mới nhất đã hết hạn và chưa được gia hạn bằng dấu thời gian mới.",
        "The certificate of the newest time-stamp has run out, and no newer time-stamp renews it.",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    "CERTIFICATE_OUT_OF_DATE": Wording(
        About.TIME,
        Weight.DOUBT,
        "Tại thời điểm ký, chứng thư số chưa có hiệu lực hoặc đã hết hạn.",
        "At the signing time the certificate was not yet valid or had expired.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    "SIGNED_IN_FUTURE": Wording(
        About.TIME,
        Weight.DOUBT,
        "Thời điểm ký ghi trong tệp muộn hơn hiện tại.",
        "The signing time in the file lies in the future.",
        "Kiểm tra đồng hồ của máy; nếu đồng hồ đúng, hãy hỏi cơ quan phát hành.",
        "Check this computer's clock; if it is right, ask the issuing office.",
    ),
    # -- algorithm -----------------------------------------------------------------------------
    "ALGORITHM_WEAK": Wording(
        About.ALGORITHM,
        Weight.NOTE,
        "Chữ ký dùng thuật toán cũ, yếu (SHA-1).",
        "The signature uses an old, weak algorithm (SHA-1).",
        _NOTHING_VI,
        _NOTHING_EN,
    ),
    "ALGORITHM_BROKEN": Wording(
        About.ALGORITHM,
        Weight.DOUBT,
        "Chữ ký dùng thuật toán hoặc độ dài khóa đã bị phá.",
        "The signature uses an algorithm or a key length that is broken.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    # -- policy --------------------------------------------------------------------------------
    "AGENCY_SIGNATURE_MISSING": Wording(
        About.POLICY,
        Weight.DOUBT,
        "Văn bản mới có chữ ký của người thực hiện, thiếu chữ ký của cơ quan.",
        "Only the officer has signed; the agency's signature is missing.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
    "PERSON_SIGNATURE_MISSING": Wording(
        About.POLICY,
        Weight.DOUBT,
        "Văn bản có chữ ký của cơ quan nhưng thiếu chữ ký của người thực hiện.",
        "The agency has signed, but the officer's signature is missing.",
        _ASK_ISSUER_VI,
        _ASK_ISSUER_EN,
    ),
}


def reason(code: str) -> Reason:
    """The reason of that code, ready to be shown."""
    line = REASONS[code]
    return Reason(code, line.about, line.vi, line.en, line.next_vi, line.next_en)


def verdict(codes: frozenset[str]) -> Verdict:
    """The worst that any of the codes says; VALID when none weighs."""
    return VERDICTS[max((REASONS[code].weight for code in codes), default=Weight.NOTE)]
