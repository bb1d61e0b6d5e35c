"""Proposals that resemble each other: the nearest to one, and pairs that may be duplicates."""

from dataclasses import dataclass

from data.store import Store
from portfolio.errors import Forbidden, Missing
from portfolio.person import Person, Role
from portfolio.project import Project
from services import cycles
from services.likeness import Texts
from services.permission import EVERYONE, allowed

LEAST = 0.15  # below it, two proposals share chance words only
DUPLICATE = 0.3  # above it, reworded duplicates; see benchmarks/likeness.py
FIELDS = ("title", "problem", "outcome", "beneficiaries")
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Similar:
    """A proposal that resembles another.

    score        0 to 1: the cosine of their texts
    words        what they share, the weightiest first, as the other one spells it
    systems      those that both touch
    is_earlier   it stands in another cycle
    """

    cycle: str
    project: Project
    score: float
    words: tuple[str, ...]
    systems: tuple[str, ...]
    is_same_service: bool
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal of the cycle, and one that it may repeat."""

    one: Project
    other: Similar


@allowed(*EVERYONE)
def nearest(
    store: Store, by: Person, cycle: str, code: str, most: int = 5
) -> tuple[Similar, ...]:
    """The proposals most like that one, in any cycle, among those that the person may see.

    Forbidden for a draft that is someone else's.
    """
    every = _seen(store, by, cycle)
    at = _place(store, every, cycle, code)
    texts = Texts([_text(project) for _, project in every])
    found = texts.nearest(at, most)
    return tuple(_similar(every, texts, at, i, score) for i, score in found if score >= LEAST)


@allowed(Role.FACILITATOR, Role.ARCHITECT)
def duplicates(
    store: Store, by: Person, cycle: str, at_least: float = DUPLICATE
) -> tuple[Pair, ...]:
    """The pairs at least that much alike, the most alike first; ``MOST_PAIRS`` of them at most.

    One of each pair is of the cycle; the other may be of an earlier one.
    """
    every = _seen(store, by, cycle)
    texts = Texts([_text(project) for _, project in every])
    found = [pair for pair in texts.pairs(at_least) if every[pair[0]][0] == cycle]
    return tuple(
        Pair(every[one][1], _similar(every, texts, one, other, score))
        for one, other, score in found[:MOST_PAIRS]
    )


def _seen(store: Store, by: Person, cycle: str) -> list[tuple[str, Project]]:
    """(cycle, project) of all that the person may see: those of the cycle first."""
    codes = [one.code for one in cycles.cycles(store, by)]
    first = [cycle, *(code for code in codes if code != cycle)]
    return [(c, project) for c in first for project in cycles.registry(store, by, c).projects]


def _place(store: Store, every: list[tuple[str, Project]], cycle: str, code: str) -> int:
    for at, (of, project) in enumerate(every):
        if (of, project.code) == (cycle, code):
            return at
    with store.reading() as work:
        there = any(project.code == code for project in work.every(Project, cycle))
    raise Forbidden("not-yours", found=code) if there else Missing("no-such-project", found=code)


def _text(project: Project) -> str:
    return "\n".join(getattr(project, name) for name in FIELDS)


def _similar(
    every: list[tuple[str, Project]], texts: Texts, one: int, other: int, score: float
) -> Similar:
    (home, mine), (cycle, theirs) = every[one], every[other]
    is_same_service = bool(mine.service) and mine.service.casefold() == theirs.service.casefold()
    return Similar(
        cycle, theirs, min(score, 1.0), texts.shared(one, other),
        tuple(code for code in mine.systems if code in theirs.systems),
        is_same_service, cycle != home,
    )  # fmt: skip
