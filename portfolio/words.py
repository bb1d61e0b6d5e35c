"""A text that people read in both languages, French first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """fr   the source text        en   its translation; empty = not translated, French serves."""

    fr: str
    en: str = ""

    def in_(self, language: str) -> str:
        """The text in ``fr`` or ``en``."""
        return self.en or self.fr if language == "en" else self.fr


NO_WORDS = Bilingual("")
