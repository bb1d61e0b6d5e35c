"""Reads the frameworks that stand beside this file: criteria, grids and questions as data."""

import json
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from portfolio.criterion import Criterion, Framework, GateQuestion, Mark, Priority
from portfolio.errors import Invalid, Missing
from portfolio.words import Bilingual

FOLDER = Path(__file__).parent
LISTS = {"criteria": Criterion, "assise": Mark, "orientations": Mark, "priorities": Priority,
         "questions": GateQuestion}
READER = TypeAdapter(Framework)


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


def read(content: bytes, name: str = "") -> Framework:
    """The framework a TOML file holds; Invalid with every problem it has."""
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(name, (Invalid("not-toml", path="", found=str(error)[:80]),)) from None
    unknown = tuple(_unknown(document))
    try:
        framework = READER.validate_json(json.dumps(document, default=str))
    except ValidationError as errors:
        raise _unreadable(name, (*unknown, *_told(errors))) from None
    problems = (*unknown, *_gaps(framework))
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
        cause = error.get("ctx", {}).get("error")
        code = cause.code if isinstance(cause, Invalid) else error["type"].replace("_", "-")
        path = "".join(steps).lstrip(".")
        problems.append(Invalid(code, path=path, found=str(error["input"])[:80]))
    return problems


def _gaps(framework: Framework) -> list[Invalid]:
    """What it must also have: a sentence for every level of every leaf, known orientations."""
    count = framework.scale.high - framework.scale.low + 1
    problems = []
    for leaf in framework.leaves:
        for language in () if leaf.measure else ("fr", "en"):
            found = len(leaf.levels.in_(language))
            if found != count:
                path = f"criteria.{leaf.key}.levels.{language}"
                problems.append(Invalid("levels-missing", path=path, found=found, accepted=count))
    known = [mark.key for mark in framework.orientations]
    problems += [
        Invalid("unknown-code", path=f"priorities.{p.number}", found=p.orientation,
                accepted=", ".join(known))
        for p in framework.priorities
        if p.orientation not in known
    ]
    return problems
