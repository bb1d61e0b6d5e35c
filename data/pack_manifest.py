"""The manifest of a decision pack: the size and hash of each file and part, under a seal."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from data import strict_json
from data.journal import Anchor, canonical
from portfolio.errors import Invalid

FORMAT, NAME = 1, "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file; ``keys`` the hash of what each key of a JSON file holds, two levels deep."""

    bytes: int
    sha256: str
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds, of which record of which meeting, and the journal's anchor then."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    format: int
    cycle: str
    meeting: int
    record: int
    journal: Anchor
    files: Mapping[str, Entry]


_MANIFEST = TypeAdapter(Manifest)


def entry(name: str, content: bytes) -> Entry:
    """The file as a manifest tells it."""
    return Entry(len(content), hashlib.sha256(content).hexdigest(), parts(name, content))


def write(manifest: Manifest) -> bytes:
    """The manifest, sealed by the hash of all that it says."""
    plain = _MANIFEST.dump_python(manifest, mode="json")
    sealed = plain | {"seal": _seal(plain)}
    return (json.dumps(sealed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(content: bytes) -> Manifest:
    """Invalid("pack-manifest-changed") unless it is letter by letter as it was written."""
    try:
        document = strict_json.foreign(content)
        seal = document.pop("seal") if isinstance(document, dict) else ""
        manifest = _MANIFEST.validate_json(json.dumps(document))
    except (Invalid, KeyError, ValidationError):
        raise Invalid("pack-manifest-changed", found=NAME) from None
    if seal != _seal(document) or write(manifest) != content:
        raise Invalid("pack-manifest-changed", found=NAME)
    if manifest.format != FORMAT:
        raise Invalid("pack-format", found=manifest.format, accepted=FORMAT)
    return manifest


def parts(name: str, content: bytes) -> dict[str, str]:
    """Key -> hash of what it holds, of a JSON file; none when it is not one, or cannot be read."""
    if not name.endswith(".json"):
        return {}
    try:
        document = strict_json.foreign(content)
    except Invalid:
        return {}
    return {key: _hash(value) for key, value in _parts(document)}


def _parts(document: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    for key, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, dict):
            yield from ((f"{key}.{name}", held) for name, held in value.items())
        else:
            yield key, value


def _seal(plain: Mapping[str, Any]) -> str:
    return _hash(plain)


def _hash(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()
