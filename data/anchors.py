"""Anchors of the journal as a file: one JSON object a line, added to and never written over."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from data.journal import Anchor, canonical
from portfolio.errors import Invalid

MOST = 10_000_000  # bytes of a file that is read
_HASH = re.compile(r"[0-9a-f]{64}")


def written(anchor: Anchor) -> str:
    """The line of an anchor."""
    return canonical(asdict(anchor))


def add(file: Path, anchor: Anchor) -> None:
    """Add the anchor at the end of the file, made when it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(written(anchor) + "\n")


def read(content: bytes) -> tuple[Anchor, ...]:
    """Every anchor of a file; Invalid("anchors-unreadable") names the first line that is none."""
    if len(content) > MOST:
        raise Invalid("file-too-big", found=len(content), accepted=f"≤ {MOST}")
    return tuple(_read(content))


def _read(content: bytes) -> Iterator[Anchor]:
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                said = json.loads(line.decode("utf-8-sig"))
                anchor = Anchor(said["count"], said["head"], said["at"])
            except (ValueError, KeyError, TypeError, RecursionError):
                anchor = None
            if anchor is None or not _is_sound(anchor):
                raise Invalid("anchors-unreadable", field="anchors", found=number)
            yield anchor


def _is_sound(anchor: Anchor) -> bool:
    is_count = type(anchor.count) is int and anchor.count >= 0
    is_head = isinstance(anchor.head, str) and _HASH.fullmatch(anchor.head)
    return bool(is_count and is_head and isinstance(anchor.at, str))
