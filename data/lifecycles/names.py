"""Reads the names that people and tools give to products: in words, as purl, as CPE."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from packageurl import PackageURL
from univers.versions import DebianVersion, InvalidVersion, RpmVersion

from data.lifecycles.versions import BITS, PACK, folded

WORD = re.compile(r"[^\s/,;:_()\[\]-]+")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
GLUED = re.compile(r"(?<=[a-z]{2})(?=\d)")
NUMBERED = re.compile(r"(.+?)_(\d.*)")  # windows_server_2012, windows_10_22h2
LEGAL = frozenset({"corporation", "corp", "corp.", "inc", "inc.", "ltd", "ltd.", "llc"})
FREE = frozenset({"generic", "docker", "oci", "bitnami", "swid"})  # purls that are but a name
FIELD = re.compile(r"(?:^|:)((?:[^:\\]|\\.)*)")
NONE = frozenset({"", "*", "-"})
FILLERS = frozenset(
    {
        "server", "edition", "editions", "standard", "datacenter", "enterprise", "entreprise",
        "professional", "pro", "professionnel", "home", "famille", "education", "express",
        "developer", "web", "core", "community", "ultimate", "business", "workstation",
        "workstations", "lts", "ltsc", "ltsb", "sac", "ac", "release", "version", "ver", "v",
        "update", "build", "patch", "sp", "r", "cu", "su", "hotfix", "the", "for",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was understood: what to look it up by, and the version that stands in it."""

    key: str
    version: str = ""


def words(text: str) -> list[str]:
    """The words of a name, folded; what stands in brackets is left out."""
    plain = PACK.sub(" sp ", BITS.sub(" ", folded(ASIDE.sub(" ", text))))
    return [word for word in WORD.findall(plain) if word not in LEGAL]


def compact(text: str) -> str:
    """A name without spaces nor punctuation: "SQL Server", "sql-server" and "SQLServer" are one."""
    return _letters("".join(words(text)))


def _letters(text: str) -> str:
    spelled = text.replace("+", "plus").replace("#", "sharp")
    return "".join(letter for letter in spelled if letter.isalnum())


def readings(text: str) -> list[tuple[str, list[str]]]:
    """Each way to read a text as a product's name and what follows it, the longest name first.

    Words that are glued to a number ("PHP7.4") come apart after all other ways.
    """
    found = words(text)
    apart = [piece for word in found for piece in GLUED.split(word)]
    ways = [found] if apart == found else [found, apart]
    return [
        (_letters("".join(way[:n])), way[n:]) for way in ways for n in range(len(way), 0, -1)
    ]


def is_version(following: list[str], known: frozenset[str]) -> bool:
    """Whether what follows a product's name is but its version: "2012 R2 Standard".

    "2012 Native Client" is not: that is another product.
    known   words that the product's own releases have in their names
    """
    return all(
        any(letter.isdigit() for letter in word) or word in FILLERS or word in known
        for word in following
    )


def purl_key(purl: PackageURL) -> str:
    """Type, namespace and name: a version, qualifiers and a path say nothing of the product."""
    return "/".join((purl.type, purl.namespace or "", purl.name)).casefold()


def purl_of(text: str) -> PackageURL | None:
    """The purl, or None where it is none."""
    try:
        return PackageURL.from_string(text.strip())
    except ValueError:
        return None


def purl_version(purl: PackageURL) -> str:
    """The version that the makers gave: without the epoch and revision of a distribution."""
    version = purl.version or ""
    try:
        if purl.type == "deb":
            return str(DebianVersion(version).value.upstream)
        if purl.type == "rpm":
            return str(RpmVersion(version).value.version)
    except (InvalidVersion, ValueError):
        return version
    return version


@dataclass(frozen=True, slots=True)
class Cpe:
    """What a CPE names: part (a, o, h), vendor and product; version with its update."""

    part: str
    vendor: str
    product: str
    version: str = ""

    @property
    def keys(self) -> tuple[Name, ...]:
        """Its product; then, where a number ends the product's name, that name without it."""
        whole = Name(f"{self.part}:{self.vendor}:{self.product}", self.version)
        cut = NUMBERED.fullmatch(self.product)
        if cut is None:
            return (whole,)
        version = f"{cut[2]} {self.version}".replace("_", " ").strip()
        return whole, Name(f"{self.part}:{self.vendor}:{cut[1]}", version)


def cpe_of(text: str) -> Cpe | None:
    """The CPE of either binding (``cpe:2.3:a:…``, ``cpe:/a:…``), or None where it is none."""
    text = text.strip()
    if text.startswith("cpe:2.3:"):
        fields = [_unescaped(field) for field in _split(text.removeprefix("cpe:2.3:"))]
    elif text.startswith("cpe:/"):
        fields = [unquote(field) for field in text.removeprefix("cpe:/").split(":")]
    else:
        return None
    part, vendor, product, *more = [field.casefold() for field in fields] + [""] * 3
    if part not in ("a", "o", "h") or vendor in NONE or product in NONE:
        return None
    version = " ".join(field for field in more[:2] if field not in NONE)
    return Cpe(part, vendor, product, version)


def _split(text: str) -> list[str]:
    """The fields between colons that no backslash precedes."""
    return [found[1] for found in FIELD.finditer(text)]


def _unescaped(field: str) -> str:
    return re.sub(r"\\(.)", r"\1", field)
