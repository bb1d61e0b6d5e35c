"""What a committee decides on: the inputs as they were frozen, and the question they pose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar

from portfolio import judgement
from portfolio.criterion import Framework
from portfolio.person import Role
from portfolio.project import Project, Stage
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.scenario import Scenario

N = TypeVar("N")
Deed = Literal["added", "removed", "changed"]
QUIET = ("version",)  # it changes when nothing else does
GROUPS = (
    ("ballot", "ballots", "person"), ("rating", "evaluations", "project"),
    ("conflict", "conflicts", "project"), ("acceptance", "acceptances", "debt"),
    ("assessment", "assessments", "system"), ("link", "links", ""),
)  # kind, field of the registry, and by whom or what it is told
LISTS = ("projects", "systems", "debts", "factors", "scenarios")  # each noun has its code


@dataclass(frozen=True, slots=True)
class Frozen:
    """The registry is as ``kept`` gives it, and measured; framework, ratings and all are in it.

    scenario   the one whose plan is put to the committee
    values     points per project code, as scored then
    question   what the scenario asked of the registry with these values
    """

    registry: Registry
    scenario: Scenario
    values: Mapping[str, float]
    question: Question


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not any more as it was frozen.

    kind     project, rating, envelope … ; key its code, title its own words where it has some
    fields   names of the fields that changed; empty where it was added, removed, or has none
    """

    kind: str
    key: str
    deed: Deed
    title: str = ""
    fields: tuple[str, ...] = ()


def kept(registry: Registry) -> Registry:
    """The registry as a freeze keeps it: nothing that a reader of it may not know.

    What is not revealed is left out, and what a draft says, but for its code; of people, those
    who are members or are named in it are kept.
    """
    known = judgement.revealed(registry)
    named = {e.evaluator for e in known.evaluations} | {b.person for b in known.ballots}
    named |= {c.person for c in known.conflicts} | {p.lead for p in known.projects}
    return replace(
        known,
        projects=tuple(map(_without_draft, known.projects)),
        people=tuple(p for p in known.people if p.code in named or p.has(Role.MEMBER)),
    )


def _without_draft(project: Project) -> Project:
    if project.stage is not Stage.DRAFT:
        return project
    return Project(project.code, project.code, lead=project.lead, stage=project.stage)


def differences(before: Registry, after: Registry) -> tuple[Difference, ...]:
    """What differs between two registries that a freeze keeps; rounds and people are not told."""
    return (
        *_cycle(before, after),
        *_criteria(before.framework, after.framework),
        *_between("adopted", _adopted(before), _adopted(after)),
        *(d for kind, name, by in GROUPS for d in _grouped(kind, name, by, before, after)),
        *(d for name in LISTS for d in _listed(name, before, after)),
    )


def _cycle(before: Registry, after: Registry) -> Iterator[Difference]:
    one, other = before.cycle, after.cycle
    for name in ("envelopes", "teams"):
        pair = ({noun.code: noun for noun in getattr(c, name)} for c in (one, other))
        yield from _between(name.removesuffix("s"), *pair)
    names = tuple(n for n in _changed(one, other) if n not in ("envelopes", "teams"))
    if names:
        yield Difference("cycle", other.code, "changed", other.title.fr, names)


def _criteria(before: Framework | None, after: Framework | None) -> Iterator[Difference]:
    pair = ({c.key: c for c in f.criteria} if f else {} for f in (before, after))
    yield from _between("criterion", *pair)
    if before and after:
        names = tuple(n for n in _changed(before, after) if n != "criteria")
        if names:
            yield Difference("framework", after.code, "changed", after.title.fr, names)


def _grouped(
    kind: str, name: str, by: str, before: Registry, after: Registry
) -> Iterator[Difference]:
    """What is said of each, compared together: the ratings of a project, the links of another."""
    yield from _between(kind, *(_by(getattr(r, name), by) for r in (before, after)))


def _adopted(registry: Registry) -> dict[str, object]:
    found = judgement.in_force(registry)
    return {str(found.round): found} if found else {}


def _listed(name: str, before: Registry, after: Registry) -> Iterator[Difference]:
    """Noun by noun; a project is there once it is submitted."""
    pair = (
        {n.code: n for n in getattr(r, name) if getattr(n, "stage", None) is not Stage.DRAFT}
        for r in (before, after)
    )
    yield from _between(name.removesuffix("s"), *pair)


def _by(nouns: tuple[N, ...], name: str) -> dict[str, tuple[N, ...]]:
    """The nouns of each code in that field; of a link, of all the projects it names."""
    found: dict[str, tuple[N, ...]] = {}
    for noun in nouns:
        key = getattr(noun, name) if name else _tied(noun)
        found[key] = (*found.get(key, ()), noun)
    return found


def _tied(link: Any) -> str:  # noqa: ANN401 - any link
    return ", ".join(dict.fromkeys(code for _, code in link.refers()))


def _between(
    kind: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        title = _title(old if new is None else new)
        if old is None or new is None:
            yield Difference(kind, key, "added" if old is None else "removed", title)
        elif names := _changed(old, new):
            yield Difference(kind, key, "changed", title, () if isinstance(new, tuple) else names)


def _title(noun: object) -> str:
    title = getattr(noun, "title", "")
    return title if isinstance(title, str) else str(getattr(title, "fr", ""))


def _changed(old: object, new: object) -> tuple[str, ...]:
    """The fields that differ; of a group of nouns, "all" when one of them does."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        same = len(old) == len(new) and not any(
            _changed(a, b) for a, b in zip(old, new, strict=True)
        )
        return () if same else ("all",)
    names = [field.name for field in fields(new) if field.name not in QUIET]  # type: ignore[arg-type]
    return tuple(n for n in names if getattr(old, n, None) != getattr(new, n, None))
