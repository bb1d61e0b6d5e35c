"""Finds the release that a version belongs to, as people and tools write versions.

A version is cut into its numbers and words: "8u202" is 8 · u · 202, "2012 R2" is 2012 · r · 2. The
release is the longest one that begins it: 7.4.33 is of 7.4, 19.3 of 19. A service pack stands
apart: a version that names none is of the last one, since that is what its maker repairs.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portfolio.lifecycle import Product, Release

Part = int | str
Parts = tuple[Part, ...]

PIECE = re.compile(r"\d+|[a-z]+")
QUOTED = re.compile(r"['\"«]([^'\"»]*)['\"»]|\(([^)]{2,})\)")  # "(E)" tells editions apart
BITS = re.compile(r"\b(?:32|64)[ -]?bits?\b|\bx(?:64|86)\b|\bamd64\b|\bi386\b")
PACK = re.compile(r"service[ -]*pack|\bsp(?=[ -]*\d)")
LETTERED = re.compile(r"(?<=\d)([a-z])r(?=\d)")  # 11gR2
SAME = {"release": "r", "version": "v"}
EDITIONS = {  # which of Windows' two calendars an edition follows
    "enterprise": "e", "entreprise": "e", "education": "e", "pro": "w", "professional": "w",
    "professionnel": "w", "home": "w", "famille": "w", "workstation": "w",
}  # fmt: skip
FROM_ONE = ("java", "jdk")  # 1.8 is 8
NEVER = date.max


def folded(text: str) -> str:
    """Lower case, without accents nor marks of trade."""
    bare = unicodedata.normalize("NFKD", re.sub("[®™©]", "", text).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Version:
    """A version cut into pieces; pack = the service pack it names; calendar = e, w or none."""

    base: Parts
    pack: int | None = None
    calendar: str = ""


def cut(text: str, vocabulary: frozenset[str] = frozenset()) -> Version:
    """The pieces of a version, without the product's own words before it."""
    plain = LETTERED.sub(r"\1 r", PACK.sub(" sp", BITS.sub(" ", folded(text))))
    pieces: list[Part] = [
        int(p) if p.isdigit() else SAME.get(p, p) for p in PIECE.findall(plain)
    ]
    calendar = next((EDITIONS[p] for p in pieces if isinstance(p, str) and p in EDITIONS), "")
    pieces = [p for p in pieces if p not in EDITIONS]
    while pieces and pieces[0] in vocabulary | {"v", "r"}:
        del pieces[0]
    for at, piece in enumerate(pieces[:-1]):
        following = pieces[at + 1]
        if piece == "sp" and isinstance(following, int):
            return Version((*pieces[:at], *pieces[at + 2 :]), following, calendar)
    return Version(tuple(pieces), None, calendar)


@dataclass(frozen=True, slots=True)
class Key:
    """One way to write a release; is_whole = only the whole of it counts, not a beginning."""

    release: Release
    version: Version
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The release of a version, or those among which it does not choose.

    is_assumed   the version says less than the release does: a service pack or a last number
    """

    release: Release | None = None
    is_assumed: bool = False
    candidates: tuple[Release, ...] = ()


class Releases:
    """The releases of a product, by every way to write them."""

    def __init__(self, product: Product) -> None:
        names = (product.code, product.title, product.vendor, *product.aliases)
        self.vocabulary = frozenset(
            word for name in names for word in PIECE.findall(folded(name)) if word.isalpha()
        )
        self.is_from_one = any(mark in folded(name) for name in names for mark in FROM_ONE)
        self.keys = tuple(key for release in product.releases for key in self._keys(release))
        self.words = self.vocabulary | {
            word for r in product.releases for word in PIECE.findall(folded(r.label))
        }

    def _keys(self, release: Release) -> Iterable[Key]:
        label = cut(QUOTED.sub(" ", release.label), self.vocabulary)
        is_named = bool(label.base) and isinstance(label.base[0], str)
        yield Key(release, cut(release.version, self.vocabulary), is_whole=is_named)
        if label.base:
            yield Key(release, label)
        for quoted in QUOTED.findall(release.label):
            if (name := cut("".join(quoted))).base:
                yield Key(release, Version(name.base, label.pack))

    def of(self, text: str) -> Found:
        """The release that a version belongs to."""
        asked = cut(text, self.vocabulary)
        found = self._of(asked)
        if found.release is None and self.is_from_one and asked.base[:1] == (1,):
            return self._of(Version(asked.base[1:], asked.pack))
        return found

    def _of(self, asked: Version) -> Found:
        if not asked.base:
            return Found()
        begun = [key for key in self.keys if _begins(key, asked)]
        longest = max((len(key.version.base) for key in begun), default=0)
        if longest:
            return _by_pack([k for k in begun if len(k.version.base) == longest], asked)
        if asked.pack is not None:  # "12 SP5" of a maker that writes 12.5
            return self._of(Version((*asked.base, asked.pack), None, asked.calendar))
        return _by_extension([k for k in self.keys if _extends(k, asked)], asked)


def _begins(key: Key, asked: Version) -> bool:
    base = key.version.base
    return bool(base) and asked.base[: len(base)] == base and (
        not key.is_whole or base == asked.base
    )  # fmt: skip


def _extends(key: Key, asked: Version) -> bool:
    return key.version.base[: len(asked.base)] == asked.base


def _by_pack(keys: list[Key], asked: Version) -> Found:
    exact = [key for key in keys if key.version.pack == asked.pack]
    releases = _distinct(keys)
    if len(releases) == 1:
        return Found(releases[0], is_assumed=asked.pack is None and not exact)
    if asked.pack is None:
        return Found(max(releases, key=_end), is_assumed=True)
    named = _distinct(exact)
    return Found(named[0]) if named else Found(candidates=releases)


def _by_extension(keys: list[Key], asked: Version) -> Found:
    if asked.calendar:
        keys = [key for key in keys if key.version.base[-1] == asked.calendar] or keys
    releases = _distinct(keys)
    bases = {key.version.base for key in keys}
    if len(releases) == 1 or (releases and len(bases) == 1):
        return Found(max(releases, key=_end), is_assumed=True)
    return Found(candidates=releases)


def _distinct(keys: Iterable[Key]) -> tuple[Release, ...]:
    return tuple({key.release.version: key.release for key in keys}.values())


def _end(release: Release) -> date:
    """When its support ends, for a choice between service packs: the one that goes on last."""
    if release.last_day is None:
        return NEVER if release.has_ended is False else date.min
    return release.last_day
