"""Every sentence the service says of a paper, by its code: polite Vietnamese, then English.

`docs/codes.md` lists them and a test holds it against this table.
"""

from collections.abc import Mapping

from ocr.model import Box
from verification.agreement import Agreement
from verification.finding import Finding

SENTENCES: dict[str, tuple[str, str]] = {
    # pages and reading
    "PAGE_MARKS_UNCLEAR": (
        "Trang {page} đọc được nhưng chưa đủ rõ để phân biệt các dấu nhỏ (ế, ề, ể); ảnh rõ hơn sẽ giúp xử lý "
        "nhanh hơn.",
        "Page {page} is legible, but not clear enough to tell small tone marks apart; a clearer picture "
        "would speed things up.",
    ),
    "PAGE_BLURRED": (
        "Trang {page} bị mờ; vui lòng chụp lại cho rõ.",
        "Page {page} is blurred; please take the picture again.",
    ),
    "PAGE_LOW_RESOLUTION": (
        "Trang {page} có độ phân giải quá thấp; vui lòng chụp gần hơn hoặc quét lại.",
        "Page {page} has too few pixels; please come closer or scan it again.",
    ),
    "PAGE_GLARE": (
        "Trang {page} bị chói, có chỗ mất chữ; vui lòng chụp lại, tránh ánh đèn và đèn flash.",
        "Page {page} has glare that hides print; please take the picture again, away from lamps and flash.",
    ),
    "PAGE_CORNER_CUT": (
        "Trang {page} bị cắt mất góc hoặc mép; vui lòng chụp lại cho đủ cả tờ giấy.",
        "Page {page} lacks a corner or an edge; please take the picture again with the whole paper in it.",
    ),
    "PAGE_TOO_DARK": (
        "Trang {page} quá tối; vui lòng chụp lại ở nơi đủ sáng.",
        "Page {page} is too dark; please take the picture again where there is enough light.",
    ),
    "PAGE_BLANK": ("Trang {page} là trang trắng.", "Page {page} is blank."),
    "TEXT_LAYER_DIFFERS": (
        "Lớp chữ ẩn của trang {page} khác với hình ảnh nhìn thấy; cán bộ cần xem kỹ.",
        "The hidden text of page {page} differs from what is seen; an officer must look closely.",
    ),
    # what a PDF holds besides what its pages show
    "PDF_HIDDEN_LAYER": (
        "Tệp PDF có lớp nội dung bị tắt, không nhìn thấy trên trang; cán bộ cần xem kỹ.",
        "The PDF has a layer that is switched off and not seen on the page; an officer must look closely.",
    ),
    "PDF_SCRIPT": (
        "Tệp PDF có mã lệnh tự chạy; hệ thống không chạy mã đó, cán bộ cần lưu ý.",
        "The PDF carries a script; it was not run, an officer should know.",
    ),
    "PDF_ACTION": (
        "Tệp PDF có lệnh tự động mở hoặc gửi nội dung khác; hệ thống không thực hiện, cán bộ cần lưu ý.",
        "The PDF asks to open or send something else; nothing was done, an officer should know.",
    ),
    "PDF_EMBEDDED_FILE": (
        "Tệp PDF có tệp khác đính kèm bên trong; phần đính kèm không được đọc.",
        "The PDF has another file attached inside; the attachment was not read.",
    ),
    "PDF_INVISIBLE_TEXT": (
        "Tệp PDF có chữ không nhìn thấy trên trang (máy quét có thể đã thêm); chỉ tin phần nhìn thấy.",
        "The PDF has text not seen on the page (a scanner may have added it); only what is seen counts.",
    ),
    "PDF_OFF_PAGE_TEXT": (
        "Tệp PDF có chữ nằm ngoài khổ trang; cán bộ cần xem kỹ.",
        "The PDF has text outside the page; an officer must look closely.",
    ),
    "PDF_ANNOTATION": (
        "Tệp PDF có ghi chú hoặc hình được thêm đè lên trang; cán bộ cần xem kỹ.",
        "The PDF has notes or drawings put over the page; an officer must look closely.",
    ),
    "PDF_DAMAGED_PARTS": (
        "Một phần bên trong tệp PDF không kiểm tra được; cán bộ cần xem kỹ.",
        "Some parts inside the PDF could not be looked at; an officer must look closely.",
    ),
    # what one paper says twice, or cannot say
    "DATE_WORDS_DIFFER": (
        "Ngày ghi bằng số và bằng chữ trên giấy không khớp nhau ({field}).",
        "A date in figures and in words on the paper do not agree ({field_en}).",
    ),
    "AMOUNT_WORDS_DIFFER": (
        "Số ghi bằng số và bằng chữ trên giấy không khớp nhau ({field}).",
        "A number in figures and in words on the paper do not agree ({field_en}).",
    ),
    "AREA_PARTS_DIFFER": (
        "Tổng diện tích không bằng các phần cộng lại ({field}).",
        "The area is not the sum of its parts ({field_en}).",
    ),
    "PERSONAL_NUMBER_CONTRADICTS": (
        "Số định danh không khớp với giới tính hoặc năm sinh trên giấy.",
        "The personal number does not fit the sex or the year of birth on the paper.",
    ),
    "PERSONAL_NUMBER_IMPOSSIBLE": (
        "Số định danh có mã tỉnh hoặc năm sinh không thể có ({field}).",
        "The personal number has a province or a year of birth that cannot be ({field_en}).",
    ),
    "PERSONAL_NUMBER_PROVINCE": (
        "Mã tỉnh trong số định danh khác với {field}; có thể do đăng ký lại, cán bộ lưu ý.",
        "The province in the personal number differs from the {field_en}; it may have been registered anew.",
    ),
    "NUMBERS_DIFFER": (
        "Trên giấy có hai số khác nhau của cùng một người ({first}; {second}).",
        "The paper gives two different numbers of one person ({first_en}; {second_en}).",
    ),
    "NUMBER_FORM_WRONG": (
        "Số không đúng dạng của loại giấy này ({field}); vui lòng xem lại số trên giấy.",
        "The number has not the form of this kind of paper ({field_en}); look at it again.",
    ),
    "NUMBER_CHECK_DIGIT_WRONG": (
        "Chữ số kiểm tra không đúng ({field}); vui lòng xem lại số trên giấy.",
        "The check digit does not hold ({field_en}); look at the number again.",
    ),
    "NUMBER_YEAR_DIFFERS": (
        "Năm trong {first} không khớp với {second}.",
        "The year in the {first_en} does not fit the {second_en}.",
    ),
    "HEAD_CONTRADICTS": (
        "Thông tin chủ hộ không khớp với quan hệ với chủ hộ ghi trên giấy.",
        "What the paper says of the head of the household does not fit the relation to the head.",
    ),
    "CODE_DIFFERS_FROM_PRINT": (
        "Mã QR hoặc vùng máy đọc nói khác với chữ in ({field}).",
        "The QR code or machine zone says otherwise than the print ({field_en}).",
    ),
    "MRZ_NAME_DIFFERS": (
        "Họ tên trong vùng máy đọc khác với họ tên trên thẻ.",
        "The name in the machine zone differs from the name on the card.",
    ),
    "MRZ_NUMBER_DIFFERS": (
        "Số thẻ trong vùng máy đọc không khớp với số định danh.",
        "The document number in the machine zone does not fit the personal number.",
    ),
    "MRZ_CHECK_DIGITS_WRONG": (
        "Chữ số kiểm tra trong vùng máy đọc không đúng; vui lòng chụp lại, cán bộ cần xem kỹ.",
        "The check digits of the machine zone do not hold; take it again, an officer must look.",
    ),
    "SIDES_DIFFER": (
        "Hai mặt của thẻ ghi khác nhau ({field}).",
        "The two sides of the card differ ({field_en}).",
    ),
    "DATE_OUT_OF_RANGE": (
        "Ngày không thể có: sau hôm nay hoặc trước năm 1900 ({field}).",
        "A date that cannot be: after today or before 1900 ({field_en}).",
    ),
    "DATES_OUT_OF_ORDER": (
        "Thứ tự ngày không hợp lý: {first} sau {second}.",
        "Dates in an order that cannot be: {first_en} after {second_en}.",
    ),
    "AGE_IMPLAUSIBLE": (
        "Khoảng cách giữa {first} và {second} không hợp lý.",
        "The time between {first_en} and {second_en} cannot be.",
    ),
    "EXPIRY_AGE_WRONG": (
        "Ngày hết hạn của thẻ không trùng tuổi phải đổi thẻ.",
        "The card's last day is not a birthday at which cards are renewed.",
    ),
    "BELOW_MARRIAGE_AGE": (
        "Chưa đủ tuổi kết hôn vào ngày đăng ký ({field}); cán bộ lưu ý.",
        "Below the age of marriage on the day of registration ({field_en}); an officer should know.",
    ),
    "ISSUED_OUTSIDE_PERIOD": (
        "Ngày cấp nằm ngoài thời gian dùng mẫu giấy này.",
        "The day of issue lies outside the time in which this form was in use.",
    ),
    "WORDING_OUTSIDE_PERIOD": (
        "Ngày cấp không khớp với cơ quan hoặc mẫu in trên giấy ({wording}).",
        "The day of issue does not fit the office or form printed on the paper ({wording}).",
    ),
    "CITES_LATER_ACT": (
        "Giấy dẫn văn bản ban hành sau ngày của giấy ({act}).",
        "The paper cites an act of a later year ({act}).",
    ),
    "AUTHORITY_OUTSIDE_PERIOD": (
        "Nơi đăng ký không đúng đơn vị hành chính vào ngày đăng ký.",
        "The place of registration is no administrative unit of the day of registration.",
    ),
    "QR_NOT_SIGNED": (
        "Mã QR trên thẻ không có chữ ký số: chỉ giúp đọc đúng, không chứng minh thẻ thật.",
        "The card's QR code is not signed: it helps to read, it does not prove the card genuine.",
    ),
    # the kind
    "KIND_UNKNOWN": (
        "Chưa nhận ra loại giấy tờ; cần cán bộ xem.",
        "The kind of paper was not recognised; an officer must look.",
    ),
    "KIND_UNSURE": (
        "Chưa chắc chắn đây là {kind}; cần cán bộ xem.",
        "It is not certain that this is a {kind_en}; an officer must look.",
    ),
    "COPY_BROUGHT_AS_ORIGINAL": (
        "Đây là bản sao đã chứng thực, không phải bản chính; đề nghị từ chối chứng thực từ bản sao.",
        "This is a certified copy, not the original; certifying a copy of it should be refused.",
    ),
    "RECORD_ANSWERS_INSTEAD": (
        "Mọi mục mà dữ liệu gốc có đều khớp với giấy này nên không cần bản sao chứng thực.",
        "All that the record holds agrees with this paper, so no certified copy is needed.",
    ),
    "RECORD_DOES_NOT_ANSWER": (
        "Dữ liệu gốc chưa xác nhận được nội dung giấy này; cần bản chính.",
        "The record does not confirm what this paper says; the original is needed.",
    ),
    "ELECTRONIC_ORIGINAL": (
        "Đây là văn bản điện tử có chữ ký số hợp lệ: hãy gửi chính tệp này, không cần bản sao.",
        "This is a validly signed electronic original: send the file itself, no copy is needed.",
    ),
    "SIGNED_FILE_INVALID": (
        "Tệp có chữ ký số nhưng không hợp lệ; cần cán bộ xem.",
        "The file bears a digital signature that is not valid; an officer must look.",
    ),
    # records
    "NO_SOURCE": (
        "Chưa có cơ sở dữ liệu được công bố thay cho {kind}; cần chứng thực từ bản chính.",
        "No published database replaces a {kind_en}; it needs certification from the original.",
    ),
    "NO_RULE": (
        "Ngày {day} chưa có quy tắc nào có hiệu lực cho {source} thay {kind} ({procedure}); cần chứng thực "
        "từ bản chính.",
        "On {day} no rule in force lets the {source_en} replace a {kind_en} ({procedure_en}); it needs "
        "certification from the original.",
    ),
    "SOURCE_NOT_ANNOUNCED": (
        "Ngày {day} {source} chưa được công bố nên chưa thay được {kind} ({procedure}); cần chứng thực từ "
        "bản chính.",
        "On {day} the {source_en} was not announced, so it does not replace a {kind_en} ({procedure_en}); it "
        "needs certification from the original.",
    ),
    # what a simulation of rules cannot tell
    "NEVER_COMPARED": (
        "Chưa từng được đối chiếu với cơ sở dữ liệu nào.",
        "Never compared with any source.",
    ),
    "SOURCE_DID_NOT_ANSWER": (
        "Lúc đó chưa khai thác được cơ sở dữ liệu.",
        "The source could not be used at that time.",
    ),
    "OTHER_SOURCE": (
        "Đã đối chiếu với cơ sở dữ liệu khác với quy tắc.",
        "Compared with another source than that of the rule.",
    ),
    "NOT_ANNOUNCED": (
        "Ngày đó cơ sở dữ liệu chưa được công bố.",
        "The source was not announced on that day.",
    ),
    "JUDGED_OTHERWISE": (
        "Theo quy tắc đang dùng, hôm nay sẽ được đề xuất khác với lúc đó.",
        "By the rules in use it would be proposed otherwise today than it was.",
    ),
    "SOURCE_DOWN": (
        "Chưa khai thác được {source}; chấp nhận giấy tờ và ghi lại nguyên nhân.",
        "The {source_en} cannot be used at present; the paper is accepted and the cause is noted.",
    ),
    "SOURCE_STALE": (
        "Dữ liệu {source} đã quá hạn cập nhật (tính đến {as_of}); chưa thể kết luận.",
        "The copy of the {source_en} is too old (as of {as_of}); no conclusion can be drawn.",
    ),
    "RECORD_NOT_FOUND": (
        "Không tìm thấy bản ghi trong {source}; chấp nhận giấy tờ và đề nghị cập nhật dữ liệu.",
        "No record was found in the {source_en}; the paper is accepted and an update is requested.",
    ),
    "NOT_CONFIRMED": (
        "{source} không xác nhận số định danh và họ tên này đi cùng nhau; cần cán bộ xem lại bản chính.",
        "The {source_en} does not confirm this number together with this name; an officer must look at the "
        "original.",
    ),
    "KEY_UNSURE": (
        "Chưa đọc chắc chắn số định danh hoặc họ tên và ngày sinh; cần cán bộ xem.",
        "The number, or the name and birth date, were not read with certainty; an officer must look.",
    ),
    "NO_KEY": (
        "Không đọc được số định danh, họ tên và ngày sinh để tra cứu; cần cán bộ xem.",
        "Neither a number nor a name with birth date could be read to look it up; an officer must look.",
    ),
    "SEVERAL_RECORDS": (
        "Có nhiều bản ghi phù hợp; cần cán bộ chọn.",
        "Several records fit; an officer must choose.",
    ),
    "RECORD_NOT_VALID": (
        "Bản ghi không còn hiệu lực ({status}); cần cán bộ xem.",
        "The record is no longer valid ({status}); an officer must look.",
    ),
    "FIELD_DIFFERS": (
        "{field}: trên giấy và trong dữ liệu khác nhau.",
        "{field_en}: the paper and the record differ.",
    ),
    "FIELD_UNSURE": (
        "{field}: chưa đọc chắc chắn.",
        "{field_en}: not read with certainty.",
    ),
    "FIELD_UNDER_SEAL": (
        "{field}: có con dấu đè lên chữ; cán bộ cần đối chiếu với bản giấy.",
        "{field_en}: a seal lies over the words; an officer must compare them with the paper.",
    ),
    "FIELD_UNDER_SIGNATURE": (
        "{field}: có nét ký đè lên chữ; cán bộ cần đối chiếu với bản giấy.",
        "{field_en}: a signature lies over the words; an officer must compare them with the paper.",
    ),
    "FIELD_HANDWRITTEN": (
        "{field}: có thể là chữ viết tay hoặc kiểu chữ lạ mà máy không đọc được chắc chắn; cán bộ cần xem.",
        "{field_en}: perhaps handwriting, or letters the readers do not know; an officer must look.",
    ),
    "FIELD_NOT_READ": (
        "{field}: không đọc được trên giấy nhưng có trong dữ liệu.",
        "{field_en}: not read on the paper, but it is in the record.",
    ),
    "FIELD_NOT_IN_RECORD": (
        "{field}: có trên giấy nhưng không có trong dữ liệu.",
        "{field_en}: on the paper, but not in the record.",
    ),
    "FIELD_PARTIAL": (
        "{field}: chỉ khớp một phần ({rule}).",
        "{field_en}: agrees in part only ({rule_en}).",
    ),
    "FIELD_UNDECIDED": (
        "{field}: chưa so sánh được theo quy tắc hiện có.",
        "{field_en}: the rules cannot decide.",
    ),
    "FIELD_NOT_REPLACED": (
        "{field}: khớp dữ liệu, nhưng chưa có quy tắc nào có hiệu lực cho dữ liệu thay phần này của giấy.",
        "{field_en}: agrees with the record, but no rule in force lets the record replace this part of it.",
    ),
    "ALL_FIELDS_AGREE": (
        "Mọi mục mà {source} có đều khớp với giấy (dữ liệu đến {as_of}): không cần bản sao chứng thực.",
        "All that the {source_en} holds agrees with the paper (as of {as_of}): no certified copy is needed.",
    ),
}


def say(
    code: str,
    words: Mapping[str, object] | None = None,
    *,
    legal_basis: str | None = None,
    legal_basis_en: str | None = None,
    page: int | None = None,
    box: Box | None = None,
) -> Finding:
    """The finding of this code, its sentences filled with `words`."""
    vietnamese, english = SENTENCES[code]
    filled = {"page": page, **(words or {})}
    sentences = vietnamese.format(**filled), english.format(**filled)
    return Finding(code, *sentences, legal_basis, page, box, legal_basis_en)


_AGREEMENTS = {
    Agreement.EXACT: "Trùng khớp",
    Agreement.EQUIVALENT: "Tương đương",
    Agreement.PARTIAL: "Khớp phần được ghi",
    Agreement.DIFFERENT: "Khác nhau",
    Agreement.MISSING_ON_PAPER: "Không có trên giấy",
    Agreement.MISSING_IN_RECORD: "Không có trong dữ liệu",
    Agreement.UNREADABLE: "Không đọc được",
    Agreement.UNDECIDED: "Chưa so sánh được",
}
_RULES = {
    "commune_merge_2025": "địa danh sau sắp xếp năm 2025",
    "province_merge_2025": "tỉnh sau sắp xếp năm 2025",
    "old_province": "tỉnh cũ nay thuộc tỉnh mới",
    "split_commune": "xã cũ được chia vào nhiều xã mới",
    "unit_prefix": "khác cách ghi đơn vị hành chính",
    "tone_placement": "khác vị trí dấu thanh",
    "lookalike": "khác ký tự nhìn giống nhau",
    "apostrophe": "khác dấu nháy",
    "i_y": "khác i/y",
    "punctuation": "khác dấu câu",
    "in_words": "ghi bằng chữ",
    "old_number": "số CMND cũ của cùng một người",
    "identity_number": "số giấy tờ tùy thân như trong dữ liệu",
    "record_without_number": "dữ liệu không ghi số định danh của người này",
    "sex_code": "khác cách ghi",
    "ethnic_code": "khác cách ghi dân tộc",
    "nationality_code": "khác cách ghi quốc tịch",
    "year_only": "giấy chỉ ghi năm",
    "month_only": "giấy chỉ ghi tháng, năm",
    "unaccented": "viết không dấu",
    "spelling": "tên tỉnh viết khác một chữ",
    "coarser": "giấy ghi đơn vị lớn hơn",
    "record_coarser": "dữ liệu ghi đơn vị lớn hơn",
    "same_new_commune": "hai xã cũ nay thuộc cùng một xã mới",
    "earlier_unit": "tên đơn vị của thời kỳ trước",
    "detail_differs": "khác số nhà, đường hoặc thôn",
    "leading_zeros": "khác số 0 ở đầu",
    "unknown_place": "chưa nhận ra địa danh",
    "unknown_word": "chưa nhận ra cách ghi",
    "ambiguous": "có thể hiểu nhiều cách",
    "record_inconsistent": "địa danh và mã trong dữ liệu không khớp nhau",
    "record_not_a_date": "dữ liệu không ghi ngày hợp lệ",
}


def agreement_words(agreement: Agreement, rule: str | None) -> str:
    """How a field agrees, in Vietnamese, with the rule that was used."""
    words = _AGREEMENTS[agreement]
    return f"{words}: {_RULES.get(rule, rule)}" if rule else words


def rule_words(rule: str) -> dict[str, str]:
    """The rule for `say`: `rule` in Vietnamese, `rule_en` in English."""
    return {"rule": _RULES.get(rule, rule), "rule_en": rule.replace("_", " ")}
