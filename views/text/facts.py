"""A fact inside a sentence: the catalogue says how it is shown, the language how it is written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from views import format as written


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that ``str.format`` writes in a language, as the placeholder's spec asks."""

    value: object
    language: str

    def __format__(self, spec: str) -> str:
        """``""``, ``plain``, ``money``, ``compact``, ``percent``, ``long`` or ``|one|many``."""
        if spec == "plain":
            return str(self.value)
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float, Decimal)):
            return self._words(spec)
        if spec.startswith("|"):
            return spec.split("|")[1 if written.is_one(self.value, self.language) else 2]
        match spec:
            case "money" | "compact":
                return written.money(int(self.value), self.language, compact=spec == "compact")
            case "percent":
                return written.percent(self.value, self.language)
            case "":
                return written.number(self.value, self.language)
        raise ValueError(f"no such way to show a number: {spec!r}")

    def _words(self, spec: str) -> str:
        if isinstance(self.value, date):
            return written.day(self.value, self.language, long=spec == "long")
        if isinstance(self.value, (list, tuple, set, frozenset)):
            return ", ".join(format(Fact(part, self.language)) for part in self.value)
        return str(self.value)
