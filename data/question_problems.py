"""pydantic's complaints about a document, as our own: one a place, with what is accepted there."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data.refused import shown as shortened
from data.refused import told
from data.strict_json import Path, shown
from portfolio import rules
from portfolio.at_risk import AtRisk, Lowered
from portfolio.candidate import Candidate, Capacity, Limits, Option, Stake, Standalone
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.question import Question

TYPES = {
    "float_type": ("not-a-number", "1.5"), "int_type": ("not-a-whole-number", "1"),
    "int_from_float": ("not-a-whole-number", "1"), "finite_number": ("not-finite", ""),
    "string_type": ("not-text", '"…"'), "bool_type": ("not-true-or-false", "true, false"),
    "tuple_type": ("not-a-list", "[…]"), "list_type": ("not-a-list", "[…]"),
    "mapping_type": ("not-an-object", "{…}"), "dict_type": ("not-an-object", "{…}"),
    "dataclass_type": ("not-an-object", "{…}"), "dataclass_exact_type": ("not-an-object", "{…}"),
    "model_attributes_type": ("not-an-object", "{…}"), "too_long": ("too-long", ""),
    "too_short": ("too-few", ""), "missing": ("missing-field", ""),
    "missing_argument": ("missing-field", ""), "extra_forbidden": ("unknown-field", ""),
    "unexpected_keyword_argument": ("unknown-field", ""), "literal_error": ("not-one-of", ""),
    "union_tag_invalid": ("unknown-kind", ""), "union_tag_not_found": ("missing-field", "kind"),
    "json_invalid": ("not-json", ""), "recursion_loop": ("too-deep", ""),
}
GROUPS = ("Tagged", "Listed")
KINDS: dict[str, type] = {
    str(cls.__dataclass_fields__["kind"].default): cls
    for cls in (
        rules.Needs, rules.NeedsOneOf, rules.Excludes, rules.Together, rules.Synergy,
        rules.Mandatory, rules.Force, rules.Window, rules.AtMostStarts, rules.Floor,
        rules.Ceiling, rules.DebtFloor, rules.DebtCeiling, rules.RedLimit,
    )
}


def problems(errors: ValidationError, document: object) -> tuple[Invalid, ...]:
    """One Invalid(code, path, found, accepted) a place, in the order of the document."""
    by_path: dict[str, Invalid] = {}
    for error in errors.errors(include_url=False):
        if _is_of_the_other_group(error, document):
            continue
        problem = _problem(error, document)
        path = str(problem.facts["path"])
        by_path[path] = _merged(by_path[path], problem) if path in by_path else problem
    return tuple(by_path.values())


def _problem(error: ErrorDetails, document: object) -> Invalid:
    path = _inside(error["loc"], document)
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Invalid):
        return _noun_says(cause, path)
    code, accepted = TYPES.get(error["type"], ("not-accepted", ""))
    found = _written(error["input"])
    if code == "missing-field":
        path, found = (*path, accepted) if accepted else path, ""
    elif code == "unknown-field":
        found, accepted = str(path[-1]), ", ".join(_fields(path[:-1], document))
    elif code == "unknown-kind":
        path, found, accepted = (*path, "kind"), str(error["ctx"]["tag"]), ", ".join(KINDS)
    elif code in ("too-long", "too-few"):
        accepted = str(error["ctx"].get("max_length", error["ctx"].get("min_length", "")))
    elif code == "not-one-of":
        accepted = str(error["ctx"]["expected"])
    return Invalid(code, path=shown(path), found=found, accepted=accepted)


def _noun_says(cause: Invalid, path: Path) -> Invalid:
    found, accepted = told(cause)
    field = str(cause.facts.get("field", ""))
    return Invalid(cause.code, path=".".join(p for p in (shown(path), field) if p), found=found,
                   accepted=accepted)


def _merged(one: Invalid, other: Invalid) -> Invalid:
    """Two complaints about one place: it may be this or that, and is neither."""
    if one.code == other.code:
        return one
    either = " | ".join(dict.fromkeys(
        str(a) for p in (one, other) for a in (p.facts["accepted"],) if a))
    facts = one.facts | {"accepted": either}
    return Invalid("wrong-shape", **facts)


def _inside(loc: tuple[str | int, ...], document: object) -> Path:
    """The error's place without the names of the union members that pydantic puts in it."""
    path: list[str | int] = []
    node = document
    for i, step in enumerate(loc):
        if _holds(node, step):
            node = node[step]  # type: ignore[index]
        elif i < len(loc) - 1 or not isinstance(node, Mapping | list) or _names_a_type(step):
            continue
        path.append(step)
    return tuple(path)


def _holds(node: object, step: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(step, int) and step < len(node)
    return isinstance(node, Mapping) and step in node


def _names_a_type(step: str | int) -> bool:
    return isinstance(step, str) and (step in (*KINDS, *GROUPS, "str") or "[" in step)


def _is_of_the_other_group(error: ErrorDetails, document: object) -> bool:
    """A group is told by its keys: complaints about the shape it is not are noise."""
    for name in GROUPS:
        if name in error["loc"]:
            at = _at(_inside(error["loc"][: error["loc"].index(name)], document), document)
            return isinstance(at, Mapping) and (name == "Listed") != ("projects" in at)
    return False


def _at(path: Path, document: object) -> object:
    node: Any = document
    for step in path:
        node = node[step]
    return node


def _fields(path: Path, document: object) -> tuple[str, ...]:
    """The fields that the object at this place may have."""
    node = _at(path, document)
    kind = node.get("kind") if isinstance(node, Mapping) else None
    noun: Any = Question
    match [p for p in path if isinstance(p, str)]:
        case ["horizon"]:
            noun = Horizon
        case ["envelopes", _]:
            noun = Limits
        case ["teams", _]:
            noun = Capacity
        case ["projects"]:
            noun = Candidate
        case ["projects", "variants"]:
            noun = Option
        case ["debts"]:
            noun = Stake
        case ["debts", "standalone"]:
            noun = Standalone
        case ["systems"]:
            noun = AtRisk
        case ["systems", "lowered"]:
            noun = Lowered
        case ["rules", "where"]:
            is_listed = isinstance(node, Mapping) and "projects" in node
            return ("projects",) if is_listed else ("tag", "is")
        case ["rules"]:
            noun = KINDS.get(kind, Question) if isinstance(kind, str) else Question
    return tuple("in" if f.name == "chosen" else f.name for f in fields(noun))


def _written(value: object) -> str:
    """What was found, in one short line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return shortened(f'"{value}"' if isinstance(value, str) else value)
