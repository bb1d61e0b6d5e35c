"""What a person asks for, by name, version, product, purl or cpe, and what answers to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import combining, normalize

from packageurl import PackageURL

from portfolio.errors import Invalid
from portfolio.finding import Component
from portfolio.system import System, Technology

SHORTEST = 2
NUMBERED = re.compile(r"v?\d[\w.+-]*")


class Kind(StrEnum):
    """As what a system bears the thing: what a tool saw in it, what it stands on, or itself."""

    COMPONENT = "composant"
    TECHNOLOGY = "technologie"
    SYSTEM = "systeme"


@dataclass(frozen=True, slots=True)
class Borne:
    """One thing in one system that answers to what was asked; ``number`` is its version.

    source   the tool that saw it; "" = written in the inventory
    """

    system: str
    kind: Kind
    name: str
    number: str = ""
    purl: str = ""
    support_end: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words asked for; ``purl``: the package they name, of one version or of any."""

    words: tuple[str, ...]
    purl: PackageURL | None = None

    @property
    def sought(self) -> tuple[str, ...]:
        """Words of which each stands somewhere in what is found, for a first sieve."""
        return self.words if self.purl is None else (self.purl.name,)


def understood(text: str) -> Asked:
    """What is asked; Invalid when it is too short to find anything, or a purl that is not one."""
    bare = text.strip()
    if len(bare) < SHORTEST:
        raise Invalid("too-short", field="asked", found=bare, low=SHORTEST)
    if not bare.casefold().startswith("pkg:"):
        return Asked(tuple(map(_without_v, _plain(bare).split())))
    try:
        return Asked((), PackageURL.from_string(bare))
    except ValueError:
        raise Invalid("not-a-purl", field="asked", found=bare) from None


def among_components(asked: Asked, components: Iterable[Component]) -> list[Borne]:
    """The components that answer."""
    return [
        Borne(c.system, Kind.COMPONENT, c.name, c.number, c.purl, c.support_end, c.source)
        for c in components
        if _answers(asked, f"{c.name} {c.product} {c.purl} {c.cpe}", c.number, c.purl)
    ]


def among_systems(
    asked: Asked, systems: Iterable[System], products: Mapping[Technology, str]
) -> list[Borne]:
    """The technologies that answer, and the systems that bear the words in their name.

    products   what the lifecycle catalogue calls the technologies that it knows
    """
    found = []
    for system in systems:
        found += [
            Borne(system.code, Kind.TECHNOLOGY, t.name, t.version, t.purl, t.support_end)
            for t, known in ((t, products.get(t, "")) for t in system.technologies)
            if _answers(asked, f"{t.name} {known} {t.purl} {t.cpe}", t.version, t.purl)
        ]
        titles = f"{system.code} {system.title} {system.title_en}"
        if asked.purl is None and _holds(_plain(titles), "", asked.words):
            found.append(Borne(system.code, Kind.SYSTEM, system.title))
    return found


def _answers(asked: Asked, names: str, number: str, purl: str) -> bool:
    if asked.purl is None:
        return _holds(_plain(names), _plain(number), asked.words)
    own = _parsed(purl)
    return own is not None and _package(own) == _package(asked.purl) and (
        not asked.purl.version or (own.version or number) == asked.purl.version
    )


def _holds(names: str, number: str, words: tuple[str, ...]) -> bool:
    """Whether every word is in the names or opens the version: « 2.1 » is in 2.1.4, not in 12.1."""
    return all(_is_version(word, number) or _is_in(word, names) for word in words)


def _is_version(word: str, number: str) -> bool:
    if not NUMBERED.fullmatch(word):
        return False
    own = _without_v(number)
    return own == word or (own.startswith(word) and not own[len(word)].isalnum())


def _without_v(word: str) -> str:
    return word.removeprefix("v") if NUMBERED.fullmatch(word) else word


def _is_in(word: str, names: str) -> bool:
    """A number must be a whole word of the names; letters may be a part of one."""
    if not NUMBERED.fullmatch(word):
        return word in names
    return word in re.split(r"[^\w.]+", names)


def _package(purl: PackageURL) -> tuple[str, str, str]:
    return purl.type, (purl.namespace or "").casefold(), purl.name.casefold()


def _parsed(text: str) -> PackageURL | None:
    try:
        return PackageURL.from_string(text) if text else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    parts = normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not combining(c))
