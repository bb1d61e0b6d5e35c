"""Writes a framework as the TOML file that this folder's reader reads back, letter for letter."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from enum import Enum

from portfolio.criterion import (
    Choice,
    Criterion,
    Framework,
    GateQuestion,
    Levels,
    Mark,
    Priority,
    Scale,
)
from portfolio.errors import Invalid
from portfolio.words import Bilingual

Noun = Framework | Criterion | Mark | Priority | GateQuestion | Bilingual | Levels | Scale | Choice
TABLES = ("criteria", "assise", "orientations", "priorities", "questions")


def write(framework: Framework) -> bytes:
    """The framework as a TOML file; what has its default value is left out.

    Invalid("not-a-text") for a text that no file could give back.
    """
    try:
        return ("\n".join(_lines(framework)) + "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        found = error.object[error.start : error.end].encode("unicode_escape").decode()
        raise Invalid("not-a-text", field="framework", found=found) from None


def _lines(framework: Framework) -> Iterator[str]:
    for name, value in _given(framework):
        if name not in TABLES:
            yield f"{name} = {_value(value)}"
    for name in TABLES:
        for entry in getattr(framework, name):
            yield f"\n[[{name}]]"
            yield from (f"{key} = {_value(value)}" for key, value in _given(entry))


def _given(noun: Noun) -> Iterator[tuple[str, object]]:
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.default is MISSING or value != field.default:
            yield field.name, value


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return _text(str(value.value))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, tuple):
        return _array(value)
    if isinstance(value, Noun):
        return "{" + ", ".join(f"{name} = {_value(part)}" for name, part in _given(value)) + "}"
    raise TypeError(type(value).__name__)


def _array(values: tuple[object, ...]) -> str:
    written = [_value(value) for value in values]
    if sum(map(len, written)) < 80:
        return f"[{', '.join(written)}]"
    return "[\n" + "".join(f"  {one},\n" for one in written) + "]"


def _text(value: str) -> str:
    """A JSON string is a TOML one, but for the one control character that JSON lets through."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
