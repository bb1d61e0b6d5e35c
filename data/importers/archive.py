"""Zip archives, looked at by their directory before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from portfolio.errors import Invalid

MAGIC = b"PK\x03\x04"
MOST_BYTES = 20_000_000
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 500, 100_000_000, 100
SMALL = 1_000_000  # unpacked bytes below which any ratio is harmless
ENCRYPTED = 0x1


def directory(content: bytes, most_parts: int = MOST_PARTS) -> list[zipfile.ZipInfo]:
    """The parts of an archive; Invalid when it is not one, or would unpack to too much."""
    if len(content) > MOST_BYTES:
        raise Invalid("file-too-big", found=len(content), accepted=f"≤ {MOST_BYTES}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise Invalid("zip-unreadable") from None  # NotImplementedError: zipfile's, of a version
    if len(parts) > most_parts:
        raise Invalid("zip-too-many-parts", found=len(parts), accepted=f"≤ {most_parts}")
    unpacked = sum(p.file_size for p in parts)
    packed = max(1, sum(p.compress_size for p in parts))
    if unpacked > MOST_UNPACKED:
        raise Invalid("zip-unpacks-too-big", found=unpacked, accepted=f"≤ {MOST_UNPACKED}")
    if unpacked > SMALL and unpacked / min(packed, len(content)) > MOST_RATIO:
        ratio = f"x {unpacked // packed}"
        raise Invalid("zip-unpacks-too-big", found=ratio, accepted=f"≤ x {MOST_RATIO}")
    if any(p.flag_bits & ENCRYPTED for p in parts):
        raise Invalid("zip-encrypted")
    return parts


def is_workbook(content: bytes) -> bool:
    """Whether the archive's parts are those of an XLSX; False when it cannot be read at all."""
    try:
        names = {p.filename for p in directory(content)}
    except Invalid:
        return b"xl/workbook.xml" in content
    return "xl/workbook.xml" in names or "[Content_Types].xml" in names


def csv_files(content: bytes) -> Iterator[tuple[str, bytes | Invalid]]:
    """(name without folders, bytes) of every CSV inside; Invalid where it cannot be read."""
    parts = directory(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in parts:
            path = PurePosixPath(part.filename.replace("\\", "/"))
            if path.suffix.casefold() != ".csv" or "__MACOSX" in path.parts or path.name[0] == ".":
                continue
            try:
                with archive.open(part) as stream:
                    yield path.name, stream.read(MOST_UNPACKED)
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
                yield path.name, Invalid("zip-unreadable")
