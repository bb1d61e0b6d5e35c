"""Reads the frameworks that stand beside this file: criteria, grids and questions as data."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from portfolio.criterion import Criterion, Framework, GateQuestion, Mark, Priority
from portfolio.errors import Invalid, Missing
from portfolio.framework_gaps import gaps
from portfolio.words import Bilingual

FOLDER = Path(__file__).parent
LISTS = {"criteria": Criterion, "assise": Mark, "orientations": Mark, "priorities": Priority,
         "questions": GateQuestion}
READER = TypeAdapter(Framework)
CODES = {
    "missing": "missing", "enum": "not-one-of", "string_type": "not-a-text",
    "float_type": "not-a-number", "float_parsing": "not-a-number", "finite_number": "not-a-number",
    "int_type": "not-a-whole-number", "int_parsing": "not-a-whole-number",
    "int_from_float": "not-a-whole-number", "bool_type": "not-yes-or-no",
    "bool_parsing": "not-yes-or-no",
}  # what pydantic says -> what we say


class Edition(NamedTuple):
    """One framework in one version."""

    code: str
    version: str
    title: Bilingual


def available() -> tuple[Edition, ...]:
    """Every framework that stands in the folder, by code, the latest version first."""
    return tuple(Edition(f.code, f.version, f.title) for f in _all(FOLDER))


def load(code: str, version: str | None = None) -> Framework:
    """The framework in that version, or in the latest; Missing when there is none."""
    every = _all(FOLDER)
    for framework in every:
        if framework.code == code and version in (None, framework.version):
            return framework
    known = ", ".join(f"{f.code} {f.version}" for f in every)
    raise Missing("no-such-framework", found=f"{code} {version or ''}".strip(), accepted=known)


def read(content: bytes, name: str = "", *, is_draft: bool = False) -> Framework:
    """The framework a TOML file holds; Invalid with every problem it has.

    is_draft   sentences may still be missing, as in a file written from a draft
    """
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _unreadable(name, (Invalid("not-toml", path="", found=str(error)[:80]),)) from None
    unknown = tuple(_unknown(document))
    try:
        framework = READER.validate_json(json.dumps(document, default=str))
    except ValidationError as errors:
        raise _unreadable(name, (*unknown, *_told(errors))) from None
    problems = (*unknown, *(() if is_draft else gaps(framework)))
    if problems:
        raise _unreadable(name, problems)
    return framework


@cache
def _all(folder: Path) -> tuple[Framework, ...]:
    every = [read(path.read_bytes(), path.name) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(sorted(every, key=_rank, reverse=True), key=lambda f: f.code))


def _rank(framework: Framework) -> tuple[tuple[int, str], ...]:
    """2026.10 comes after 2026.9."""
    parts = framework.version.split(".")
    return tuple((int(p), "") if p.isdecimal() else (-1, p) for p in parts)


def _unreadable(name: str, problems: tuple[Invalid, ...]) -> Invalid:
    return Invalid("framework-unreadable", found=name, problems=problems)


def _unknown(document: dict[str, Any]) -> list[Invalid]:
    """Keys that no field reads: a typing mistake would otherwise pass in silence."""
    top = {f.name for f in fields(Framework)}
    problems = [_unread(key, "", top) for key in document if key not in top]
    for name, kind in LISTS.items():
        known = {f.name for f in fields(kind)}
        entries = document.get(name, [])
        for i, entry in enumerate(entries if isinstance(entries, list) else []):
            keys = entry if isinstance(entry, dict) else {}
            problems += [_unread(k, f"{name}[{i}].", known) for k in keys if k not in known]
    return problems


def _unread(key: str, prefix: str, known: set[str]) -> Invalid:
    return Invalid("unknown-field", path=prefix + key, found=key, accepted=", ".join(sorted(known)))


def _told(errors: ValidationError) -> list[Invalid]:
    problems = []
    for error in errors.errors():
        steps = (f"[{p}]" if isinstance(p, int) else f".{p}" for p in error["loc"])
        path = "".join(steps).lstrip(".")
        problems.append(_problem(error, path))
    return problems


def _problem(error: Mapping[str, Any], path: str) -> Invalid:
    """Ours, with its own facts, where a constructor refused; else pydantic's, under our code."""
    context = error.get("ctx", {})
    cause, found = context.get("error"), str(error["input"])[:80]
    if isinstance(cause, Invalid):
        return Invalid(cause.code, **{"found": found} | cause.facts | {"path": path})
    code = CODES.get(error["type"], "wrong-shape")
    return Invalid(code, path=path, found=found, accepted=context.get("expected", "…"))
