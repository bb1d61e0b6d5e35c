"""Rating: who is asked to rate what in the open round, and what a rating needs to be given."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from portfolio import judgement
from portfolio.criterion import Criterion, Framework
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.evaluation import Evaluation, Round, Subject
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import ASKED, Registry

LEAST = 10  # characters of a justification, spaces around it aside
PROVEN = 3  # the level from which a rating names its evidence
LONGEST = 5_000  # characters of a justification or of an evidence


class Asked(NamedTuple):
    """One rating that a person is asked for; ``is_self`` = of her own project, as its lead."""

    project: Project
    criterion: Criterion
    is_self: bool


def rated(framework: Framework) -> tuple[Criterion, ...]:
    """The criteria that people rate, in order: the leaves that are not measured."""
    return tuple(leaf for leaf in framework.leaves if not leaf.measure)


def asked(
    registry: Registry, framework: Framework, by: Person, round_: Round | None
) -> Iterator[Asked]:
    """What the person is asked for in that round, her own projects last.

    A member rates every project of the round but those on which she declared a conflict; a lead
    rates her own. round_ = None: as if all of the cycle were asked for.
    """
    away = {c.project for c in registry.conflicts if c.person == by.code}
    every = [p for p in registry.projects if p.code not in away and is_asked(p, round_)]
    mine = [p for p in every if p.lead == by.code]
    others = [p for p in every if p.lead != by.code] if by.has(Role.MEMBER) else []
    for project in (*others, *mine):
        for criterion in rated(framework):
            yield Asked(project, criterion, project.lead == by.code)


def is_asked(project: Project, round_: Round | None) -> bool:
    """Whether the round asks for ratings of that project, as its stage stands today."""
    return project.stage in ASKED and (round_ is None or round_.asks(project.code))


def refuse(registry: Registry, framework: Framework, by: Person, said: Evaluation) -> None:
    """Refuse what the person may not say now, whatever it is.

    Refusal("round-closed") when that round is not open; Forbidden("conflict-declared") for a
    project on which she declared one, Forbidden("not-yours") for another's project when she is
    not a member; Invalid("not-in-round") and Invalid("not-rated") for what nobody is asked for.
    """
    held = judgement.open_round(registry, Subject.SCORES)
    if held is None or held.number != said.round:
        raise Refusal("round-closed", found=said.round)
    if any((c.person, c.project) == (by.code, said.project) for c in registry.conflicts):
        raise Forbidden("conflict-declared", found=said.project)
    project = next((p for p in registry.projects if p.code == said.project), None)
    if project is None or not is_asked(project, held):
        raise Invalid("not-in-round", field="project", found=said.project)
    if project.lead != by.code and not by.has(Role.MEMBER):
        raise Forbidden("not-yours", found=said.project)
    if said.criterion not in {c.key for c in rated(framework)}:
        raise Invalid("not-rated", field="criterion", found=said.criterion)


def draft(said: Evaluation, framework: Framework) -> Evaluation:
    """The evaluation as a draft; Invalid when its rating is off the scale, or a text too long."""
    _on_scale(said.rating, framework)
    for name in ("justification", "evidence"):
        length = len(getattr(said, name))
        if length > LONGEST:
            raise Invalid("text-too-long", field=name, found=length, accepted=LONGEST)
    return replace(said, is_given=False)


def given(said: Evaluation, framework: Framework) -> Evaluation:
    """The evaluation as it counts, texts trimmed; Invalid while something is missing.

    A rating needs a justification, and from level 3 its evidence; "no opinion" needs neither.
    """
    whole = replace(
        draft(said, framework),
        justification=said.justification.strip(),
        evidence=said.evidence.strip(),
        is_given=True,
    )
    if whole.rating is None:
        return whole
    found = len(whole.justification)
    if found < LEAST:
        raise Invalid("justification-short", field="justification", found=found, low=LEAST)
    if whole.rating >= PROVEN and not whole.evidence:
        raise Invalid("evidence-missing", field="evidence", found=whole.rating, low=PROVEN)
    return whole


def _on_scale(rating: float | None, framework: Framework) -> None:
    scale = framework.scale
    if rating is None:
        return
    if not scale.low <= rating <= scale.high:
        raise Invalid("off-scale", field="rating", found=rating, low=scale.low, high=scale.high)
    if rating != int(rating):
        accepted = f"{scale.low} – {scale.high}"
        raise Invalid("not-a-whole-number", field="rating", found=rating, accepted=accepted)
