"""A decision pack opened: nothing is believed that its manifest does not vouch for."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from data import pack_manifest, strict_json
from data.importers import archive
from data.pack_manifest import Entry, Manifest
from portfolio.errors import Invalid

MOST_FILES = 50
PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]{0,80}")  # a file beside the others, in no folder
What = Literal["damaged", "changed", "missing", "added", "manifest", "no-manifest", "format"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file.

    damaged   its bytes cannot be unpacked          changed   they are not those of the manifest
    missing   the manifest has it, the pack has not  added    the other way round
    keys      of a JSON file, those that hold something else; none when it cannot be told
    place     of a JSON file that cannot be read: line and column
    """

    what: What
    file: str
    keys: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack; ``faults`` in order of the files. ``manifest`` None = it cannot be trusted."""

    manifest: Manifest | None
    files: Mapping[str, bytes]
    faults: tuple[Fault, ...]


def read(content: bytes) -> Opened:
    """Every file of the pack, held against its manifest.

    Invalid for what is no zip or is cut short ("zip-unreadable"), would unpack to too much, or has
    a file with a folder in its name or twice ("pack-path").
    """
    parts = archive.directory(content, MOST_FILES)
    names = [part.filename for part in parts]
    for name in names:
        if not PLAIN.fullmatch(name) or names.count(name) > 1:
            raise Invalid("pack-path", found=name)
    files, faults = _unpacked(content, names)
    said = files.pop(pack_manifest.NAME, None)
    if said is None:
        lacks: What = "damaged" if pack_manifest.NAME in names else "no-manifest"
        there = [fault for fault in faults if fault.file != pack_manifest.NAME]
        return Opened(None, files, (Fault(lacks, pack_manifest.NAME), *there))
    try:
        manifest = pack_manifest.read(said)
    except Invalid as refusal:
        what: What = "format" if refusal.code == "pack-format" else "manifest"
        return Opened(None, files, (Fault(what, pack_manifest.NAME), *faults))
    damaged = {fault.file for fault in faults}
    held = tuple(_held(manifest.files, files, damaged))
    return Opened(manifest, files, tuple(sorted((*faults, *held), key=lambda one: one.file)))


def _unpacked(content: bytes, names: list[str]) -> tuple[dict[str, bytes], list[Fault]]:
    files, faults = {}, []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in names:
            try:
                with packed.open(name) as part:
                    files[name] = part.read(archive.MOST_UNPACKED)
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
                faults.append(Fault("damaged", name))  # RuntimeError: of NotImplementedError too
    return files, faults


def _held(
    told: Mapping[str, Entry], files: Mapping[str, bytes], damaged: set[str]
) -> Iterator[Fault]:
    for name in sorted({*told, *files}):
        if name not in told:
            yield Fault("added", name)
        elif name not in files and name not in damaged:
            yield Fault("missing", name)
        elif name in files and hashlib.sha256(files[name]).hexdigest() != told[name].sha256:
            yield _changed(name, told[name], files[name])


def _changed(name: str, told: Entry, content: bytes) -> Fault:
    """Where the file differs, as far as it can be told."""
    if not told.keys:
        return Fault("changed", name)
    try:
        strict_json.foreign(content)
    except Invalid as refusal:
        return Fault("changed", name, place=str(refusal.facts.get("path", "")))
    now = pack_manifest.parts(name, content)
    keys = tuple(key for key in sorted({*told.keys, *now}) if told.keys.get(key) != now.get(key))
    return Fault("changed", name, keys)
