"""Words in both languages, and the two choices a person makes about how pages look to them."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages of the pages; the value is the HTML `lang`."""

    VI = "vi"
    EN = "en"


class TextSize(StrEnum):
    """How large letters are: 100, 125 or 150 % of what the browser is set to."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages; there is no way to write only one of them."""

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text to show to a reader of this language."""
        match language:
            case Language.VI:
                return self.vi
            case Language.EN:
                return self.en
