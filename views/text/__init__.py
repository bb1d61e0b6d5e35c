"""The words of the house: one TOML file a page and language; a key is ``<file>.<key>``."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from portfolio.errors import Refusal
from views.text.facts import Fact

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")
_BEFORE_MARK = re.compile(r" (?=[»%$](?:\W|$)|[:;?!](?:\s|$))")


class Text:
    """The words of one language: ``text("scenarios.title", count=3)``."""

    def __init__(self, language: str) -> None:
        """Take a language of LANGUAGES."""
        self.language = language
        self._words = words(language)

    def __call__(self, key: str, **facts: object) -> str:
        """The words of ``key``, its facts written as the language writes them.

        ``{n}`` a number, ``{cost:money}`` from cents, ``{cost:compact}``, ``{part:percent}`` from
        0..1, ``{day:long}``, ``{year:plain}`` without grouping, ``{n:|projet|projets}`` by count.
        """
        if key not in self._words:
            raise KeyError(f"{key!r} has no words in {self.language!r}")
        return self._words[key].format_map(self._shown(facts))

    def has(self, key: str) -> bool:
        """Whether ``key`` has words."""
        return key in self._words

    def is_bare(self, key: str) -> bool:
        """Whether ``key`` has words that need no facts."""
        return "{" not in self._words.get(key, "{")

    def refusal(self, error: Refusal) -> str:
        """What was asked, what was found, what would be accepted, in words.

        ``field`` and ``other`` name fields of a noun, and are told by what people call them.

        A code without words, or a fact that was not given, still makes a sentence.
        """
        key = f"errors.{error.code}"
        facts = defaultdict(lambda: Fact("…", self.language), self._shown(_bounds(error.facts)))
        if "other" in error.facts:
            facts["other"] = Fact(self.field(str(error.facts["other"])), self.language)
        example = self("common.example", **error.facts) if "accepted" in error.facts else ""
        facts |= {"code": error.code, "where": self._where(error.facts), "example": example}
        sentence = self._words[key if self.has(key) else "errors.unknown"].format_map(facts)
        return sentence[:1].upper() + sentence[1:]

    def _where(self, facts: Mapping[str, object]) -> str:
        field = facts.get("field", facts.get("path"))
        row = self("common.where_row", row=facts["row"]) if facts.get("row") else ""
        return row + (self("common.where", field=self.field(str(field))) if field else "")

    def field(self, name: str) -> str:
        """What people call a field of a noun: ``common.field.<name>``, or its bare name."""
        key = f"common.field.{name.partition('[')[0].rpartition('.')[2]}"
        return self._words.get(key, name)

    def _shown(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: Fact(value, self.language) for name, value in facts.items()}


@cache
def words(language: str) -> Mapping[str, str]:
    """Every key of a language, with its words."""
    files = sorted((HERE / language).glob("*.toml"))
    if not files:
        raise KeyError(f"no words in {language!r}; there are words in {LANGUAGES}")
    pairs = (pair for file in files for pair in _flat(file.stem, _read(file)))
    return {key: _typeset(value) if language == "fr" else value for key, value in pairs}


def _bounds(facts: Mapping[str, object]) -> dict[str, object]:
    """A bound may be told as high, low or accepted: each can stand for what was not told."""
    told = [facts[name] for name in ("accepted", "high", "low") if name in facts]
    return {name: told[0] for name in ("accepted", "high", "low") if told} | dict(facts)


def _read(file: Path) -> Mapping[str, object]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)


def _typeset(sentence: str) -> str:
    """No line may break before « : », « ; », « % », « $ »…, nor after an opening guillemet."""
    return _BEFORE_MARK.sub("\u00a0", sentence).replace("« ", "«\u00a0")
