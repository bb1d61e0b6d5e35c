"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "out", "in"]
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts in one: what is the same, what went and what came, in reading order.

    Joining "same" and "out" gives ``before``; joining "same" and "in" gives ``after``.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    steps = SequenceMatcher(None, old, new).get_opcodes()
    parts = [("".join(old[a:b]), "".join(new[c:d])) for _, a, b, c, d in steps]
    is_same = [step[0] == "equal" for step in steps]
    return tuple(_told(parts, is_same))


def _told(parts: list[tuple[str, str]], is_same: list[bool]) -> Iterator[Piece]:
    """A blank between two changes goes with them: words are read in runs, not one by one."""
    out = came = ""
    for at, (before, after) in enumerate(parts):
        is_last = at == len(parts) - 1
        if is_same[at] and (before.strip() or is_last or not (out or came)):
            yield from _changed(out, came)
            out = came = ""
            yield Piece("same", before)
        else:
            out, came = out + before, came + after
    yield from _changed(out, came)


def _changed(out: str, came: str) -> Iterator[Piece]:
    if out:
        yield Piece("out", out)
    if came:
        yield Piece("in", came)
