"""The tools whose files the register reads, each recognised by what it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.scans.told import Told

__all__ = ["READERS", "Reader", "Told"]


@dataclass(frozen=True, slots=True)
class Reader:
    """recognises   from the document (JSON) or the header (a table); never from the file's name

    read         (file's name, document or content) -> what it tells
    """

    name: str
    recognises: Callable[[Any], bool]  # Any: a JSON value of any kind, or a header
    read: Callable[[str, Any], Told]


READERS: tuple[Reader, ...] = ()
