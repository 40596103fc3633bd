"""A stream of choices goes in, an invented Vietnamese name with its ethnic group comes out.

The lists hold every tone, i and y, Đ, and the names that break rules made for Kinh people only:
prefixes (Y, H', K', A), clan names at the end, names of one word.
"""

from dataclasses import dataclass
from enum import StrEnum

from verification.specimens.chance import Chance


class Sex(StrEnum):
    """As interface.md writes it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def printed(self) -> str:
        """The word on a Vietnamese paper."""
        return "Nam" if self is Sex.MALE else "Nữ"


@dataclass(frozen=True, slots=True)
class People:
    """How an ethnic group of the specimens names its children; `{}` patterns are filled from left to right."""

    ethnicity: str
    surnames: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The names of one line, parted by commas."""
    return tuple(name.strip() for name in text.split(","))


COMMON_SURNAMES = tuple(
    (name, weight)
    for weight, names in (
        (38, "Nguyễn"),
        (11, "Trần"),
        (9, "Lê"),
        (7, "Phạm"),
        (3, "Hoàng, Huỳnh, Phan, Vũ, Võ, Đặng, Bùi, Đỗ"),
        (2, "Hồ, Ngô, Dương, Lý, Đào, Đoàn, Vương, Trịnh, Trương, Đinh, Lâm, Phùng, Mai, Tô"),
        (1, "Hà, Quách, Tạ, Thái, Lương, Cao, Chu, Kiều, Nghiêm, Từ, Lưu, Tống, Khuất, Ninh, Âu, Ông, Cù"),
        (1, "Đàm, Đậu, Giáp, Hứa, Lại, Mạc, Nhữ, Phí, Tăng, Thẩm, Tiêu, Trà, Văn, Viên, Ưng, Đồng, Khổng"),
    )
    for name in words(names)
)
MALE_MIDDLES = words(
    "Văn, Văn, Văn, Đức, Hữu, Quang, Minh, Đình, Xuân, Công, Thế, Quốc, Ngọc, Trọng, Duy, Bá, Hồng, Tuấn, Anh, "
    "Mạnh, Thành, Chí, Khắc, Viết, Tiến, Gia, Hoàng, Nhật, Phúc, Thiện, Sỹ, Doãn, Đăng, Việt, Kỳ, Bảo, Trí, Cảnh"
)
MALE_GIVENS = words(
    "An, Anh, Ánh, Ân, Bách, Bảo, Bằng, Bính, Bình, Cảnh, Chiến, Chương, Cường, Cửu, Danh, Dũng, Duy, Dương, Đại, "
    "Đạt, Đệ, Điền, Điệp, Định, Đoàn, Độ, Đông, Đức, Giang, Giáp, Hải, Hạnh, Hảo, Hậu, Hiến, Hiệp, Hiếu, Hòa, Hoàn, "
    "Hoạt, Hợp, Huân, Hùng, Hưng, Hướng, Huy, Huỳnh, Hữu, Kha, Khải, Khánh, Khiêm, Khoa, Khôi, Khương, Kiên, Kiệt, Kỳ, "
    "Lạc, Lâm, Lân, Lập, Linh, Lộc, Lợi, Long, Lữ, Luân, Luật, Lực, Lượng, Lý, Mạnh, Minh, Mỹ, Nam, Nghĩa, Nghị, Nguyên, "
    "Nhã, Nhân, Nhật, Nhượng, Ninh, Phát, Phong, Phú, Phúc, Phước, Phương, Quân, Quang, Quảng, Quốc, Quý, Quyền, Quyết, "
    "Quỳnh, Sáng, Sĩ, Sinh, Sơn, Tài, Tâm, Tân, Thạch, Thái, Thắng, Thành, Thạnh, Thao, Thế, Thiện, Thiệu, Thịnh, Thọ, "
    "Thời, Thông, Thuần, Thuận, Thức, Thưởng, Thụy, Tiến, Tiệp, Tín, Tỉnh, Toán, Toàn, Toản, Trác, Trí, Triều, Trọng, "
    "Trực, Trung, Trường, Trưởng, Tú, Tuân, Tuấn, Tùng, Tuyên, Tưởng, Tường, Tỵ, Uy, Vàng, Viễn, Việt, Vĩnh, Vinh, Vũ, "
    "Vượng, Vỹ, Xuyên, Ý"
)
FEMALE_MIDDLES = words(
    "Thị, Thị, Thị, Thị Thanh, Thị Thu, Thị Ngọc, Thị Kim, Thị Hồng, Thị Mỹ, Thị Bích, Ngọc, Thu, Thanh, Phương, Mai, "
    "Bảo, Khánh, Minh, Thùy, Quỳnh, Diệu, Hoài, Hà, Tường, Cẩm, Kiều, Lan, Nguyệt, Như, Ánh, Thục, Tú, Vân, Yến, Gia"
)
FEMALE_GIVENS = words(
    "An, Anh, Ánh, Bích, Bưởi, Cẩm, Châu, Chi, Chúc, Cúc, Diễm, Diệp, Diệu, Dung, Duyên, Đài, Đào, Điểm, Đoan, Giang, "
    "Gấm, Hà, Hạ, Hân, Hằng, Hạnh, Hảo, Hậu, Hiên, Hiền, Hiếu, Hoa, Hòa, Hoài, Hoàn, Hồng, Hợp, Huệ, Hương, Hường, "
    "Huyền, Khánh, Khuê, Kiều, Kim, Lam, Lan, Lành, Lê, Lệ, Liên, Liễu, Linh, Loan, Lộc, Lụa, Lương, Lựu, Ly, Lý, Mai, "
    "Mận, Mẫn, Mến, Mi, Minh, Mơ, Mùi, My, Mỹ, Na, Nga, Ngà, Ngân, Ngát, Nghĩa, Ngọc, Nguyên, Nguyệt, Nhã, Nhàn, Nhi, "
    "Nhiên, Nhung, Như, Nhường, Nụ, Nữ, Oanh, Phấn, Phụng, Phước, Phượng, Phương, Quế, Quý, Quyên, Quỳnh, Sao, Sen, Sương, "
    "Tâm, Thắm, Thảo, Thẫm, Thêu, Thi, Thìn, Thoa, Thơ, Thơm, Thu, Thuận, Thục, Thúy, Thùy, Thủy, Thư, Thương, Thùy, Tiên, "
    "Trà, Trâm, Trang, Trinh, Trúc, Tú, Tuyền, Tuyết, Tươi, Tỵ, Uyên, Út, Vân, Vi, Viên, Vui, Vy, Xoan, Xuân, Xuyến, Ý, Yên, Yến"
)

MINORITIES = (
    People(
        "Tày",
        words("Nông, Hoàng, Lương, Bế, Ma, Đàm, Chu, Hà"),
        words("{} Văn Thiệp, {} Đình Khuy, {} Quang Nghĩa"),
        words("{} Thị Nhình, {} Thị Xoan, {} Thị Pảo"),
    ),
    People(
        "Thái",
        words("Lò, Cầm, Quàng, Lường, Vì, Tòng, Cà, Điêu"),
        words("{} Văn Ín, {} Văn Púa, {} Văn Ọi"),
        words("{} Thị Ún, {} Thị Pâng, {} Thị Ỏi"),
    ),
    People(
        "Mường",
        words("Bùi, Đinh, Quách, Hà, Bạch"),
        words("{} Văn Ểu, {} Văn Nhởi, {} Công Ẳn"),
        words("{} Thị Ệp, {} Thị Ưởng, {} Thị Nhịn"),
    ),
    People(
        "Mông",
        words("Giàng, Vàng, Sùng, Thào, Lý, Mùa, Hờ, Cứ, Vừ"),
        words("{} A Páo, {} A Dế, {} Seo Phừ, {} Mí Lử"),
        words("{} Thị Mỷ, {} Thị Xúa, {} Y Dợ, {} Thị Chở"),
    ),
    People(
        "Dao",
        words("Bàn, Triệu, Phàn, Chảo, Đặng, Tẩn"),
        words("{} Tả Mẩy, {} Sành Quyên, {} Phúc Vạng"),
        words("{} Mùi Nảy, {} Lở Mẩy, {} Thị Viện"),
    ),
    People(
        "Nùng",
        words("Nông, Hoàng, Vi, Lèng, Sằm, Phùng"),
        words("{} Văn Slảy, {} Seng Dìn, {} Văn Kéo"),
        words("{} Thị Slao, {} Thị Mủi, {} Thị Chẳn"),
    ),
    People(
        "Khmer",
        words("Thạch, Sơn, Kim, Danh, Châu, Lâm"),
        words("{} Sóc Kha, {} Sa Rết, {} Rươne"),
        words("{} Thị Sa Nết, {} Thị Đa Ra, {} Sô Phia"),
    ),
    People(
        "Ê-đê",
        words("Niê, Êban, Mlô, Ayun, Byă, Kđoh, Bkrông, Niê Kđăm"),
        words("Y Wang {}, Y Thuyn {}, Y Blô {}, Y Ngông {}"),
        words("H'Hen {}, H'Bia {}, H' Lan {}, H'Ñiu {}"),
    ),
    People(
        "Gia-rai",
        words("Siu, Ksor, Rơ Châm, Rmah, Kpă, Nay"),
        words("{} Thẽo, {} Hnhơn, {} Y Jút"),
        words("{} H'Yéo, {} H'Mơ, {} H'Bluin"),
    ),
    People(
        "Ba-na", words("Đinh"), words("{} Hnôn, {} Yưu, {} Rơi"), words("{} Thị Blứi, {} Y Nhéo, {} Hơmlưnh")
    ),
    People("Xơ-đăng", words("A, Y"), words("A Phiên, A Hrũ, A Brôl"), words("Y Nhớ, Y Xuyến, Y Đẹp")),
    People(
        "Cơ-ho", words("K'Brôi"), words("K'Brôi, K'Thế, K' Lộc, Mơ"), words("Ka Lểu, Ka Duyên, K'Hiếu, Srang")
    ),
    People(
        "Cơ-tu",
        words("Alăng, Zơ Râm, Bh'riu, Pơloong"),
        words("{} Nhớ, {} Bằng"),
        words("{} Thị Bảy, {} Ước"),
    ),
    People(
        "Chăm",
        words("Chế, Quảng, Thành, Não"),
        words("{} Đại Tuyên, {} Văn Lượng"),
        words("{} Thị Kiều Nữ, {} Mỹ Ẩn"),
    ),
)
MINORITY_SHARE = 0.18


def ethnic_group(chance: Chance) -> People | None:
    """One of the minorities, or None for Kinh."""
    return chance.pick(MINORITIES) if chance.happens(MINORITY_SHARE) else None


def surname(chance: Chance, people: People | None) -> str:
    """A family name of the group."""
    return chance.pick(people.surnames) if people else chance.weighted(COMMON_SURNAMES)


def full_name(chance: Chance, people: People | None, sex: Sex, family_name: str) -> str:
    """An invented full name in the usual case (not capitals)."""
    if people:
        return chance.pick(people.male if sex is Sex.MALE else people.female).format(family_name)
    middles, givens = (MALE_MIDDLES, MALE_GIVENS) if sex is Sex.MALE else (FEMALE_MIDDLES, FEMALE_GIVENS)
    return f"{family_name} {chance.pick(middles)} {chance.pick(givens)}"
