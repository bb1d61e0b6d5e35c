"""Who may know what the committee thinks, and which of it counts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from portfolio.evaluation import Adopted, Ballot, Evaluation, Round, Subject
from portfolio.registry import Registry

Said = TypeVar("Said", Evaluation, Ballot)


def is_revealed(registry: Registry, subject: Subject, number: int) -> bool:
    """Whether everyone may know what was said in that round.

    A round that nobody opened here was brought in with a file: it is known to all who read files.
    """
    held = (r for r in registry.rounds if (r.subject, r.number) == (subject, number))
    return next((not r.is_open for r in held), True)


def open_round(registry: Registry, subject: Subject) -> Round | None:
    """The round in which people may answer now; None when there is none."""
    return next((r for r in registry.rounds if r.subject is subject and r.is_open), None)


def blind(registry: Registry, person: str) -> Registry:
    """The registry without what that person may not know yet: others' answers before the reveal."""
    return replace(
        registry,
        evaluations=tuple(
            e for e in registry.evaluations
            if e.evaluator == person
            or (e.is_given and is_revealed(registry, Subject.SCORES, e.round))
        ),
        ballots=tuple(
            b for b in registry.ballots
            if b.person == person
            or (b.is_cast and is_revealed(registry, Subject.WEIGHTS, b.round))
        ),
    )  # fmt: skip


def revealed(registry: Registry) -> Registry:
    """The registry with what everyone may know: given, and of a round that was revealed."""
    return blind(registry, "")


def panel(registry: Registry) -> tuple[Evaluation, ...]:
    """What counts in scores: each person's last revealed rating of a project on a criterion.

    A project's own lead is not of its panel, nor is a person who declared a conflict on it. What a
    person said before leaving still counts. "No opinion" is among them, its rating None.
    """
    leads = {p.code: p.lead for p in registry.projects}
    away = {(c.project, c.person) for c in registry.conflicts}
    return latest(
        e for e in revealed(registry).evaluations
        if leads.get(e.project) != e.evaluator and (e.project, e.evaluator) not in away
    )  # fmt: skip


def self_scores(registry: Registry) -> tuple[Evaluation, ...]:
    """What leads say of their own projects, once revealed: beside the panel, counted nowhere."""
    leads = {p.code: p.lead for p in registry.projects}
    given = revealed(registry).evaluations
    return latest(e for e in given if leads.get(e.project) == e.evaluator)


def latest(evaluations: Iterable[Evaluation]) -> tuple[Evaluation, ...]:
    """Of each person's evaluations of a project on a criterion, the one of the last round."""
    kept: dict[tuple[str, str, str], Evaluation] = {}
    for given in evaluations:
        key = (given.project, given.criterion, given.evaluator)
        if key not in kept or kept[key].round < given.round:
            kept[key] = given
    return tuple(kept.values())


def ballots(registry: Registry) -> tuple[Ballot, ...]:
    """Each person's last ballot that was cast and revealed."""
    kept: dict[str, Ballot] = {}
    for ballot in revealed(registry).ballots:
        if ballot.person not in kept or kept[ballot.person].round < ballot.round:
            kept[ballot.person] = ballot
    return tuple(kept.values())


def in_force(registry: Registry) -> Adopted | None:
    """The weights the committee agreed on last; None = the framework's own."""
    return max(registry.adopted, key=lambda a: a.round, default=None)
