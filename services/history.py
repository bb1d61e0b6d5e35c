"""The history of scores: what each project was worth after each round, and who had moved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio import judgement
from portfolio.evaluation import Evaluation, Subject
from portfolio.registry import Registry
from scoring.value import Valued
from services import scores

LEVEL = 1.0  # a rating that moves by less is not said to have moved


@dataclass(frozen=True, slots=True)
class Moved:
    """A person's rating that is not what it was before the round."""

    person: str
    criterion: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Past:
    """A project as it stood once the round was revealed.

    points    with the weights in force now, so that ratings alone make it move; None = not scored
    error     its standard error, from the evaluators' spread
    raters    who gave an opinion on it in that round
    shifts    ratings that moved by LEVEL or more, of people who had given one before
    movers    how many people gave those
    moved     which they are, for those who may read opinions
    """

    round: int
    points: float | None
    error: float | None
    raters: int
    shifts: int = 0
    movers: int = 0
    moved: tuple[Moved, ...] = ()


def numbers(registry: Registry) -> tuple[int, ...]:
    """The revealed rounds of scores in which someone answered, in order."""
    said = judgement.revealed(registry).evaluations
    return tuple(sorted({e.round for e in said if e.is_given}))


def upto(registry: Registry, number: int) -> Registry:
    """The registry as it was once that round of scores was revealed: nothing later is in it."""
    return replace(
        registry, evaluations=tuple(e for e in registry.evaluations if e.round <= number)
    )


def history(registry: Registry) -> Mapping[str, tuple[Past, ...]]:
    """Project -> how it stood after each round in which the panel rated it."""
    found: dict[str, list[Past]] = {}
    for number in numbers(registry):
        after = upto(registry, number)
        cards = {card.project: card for card in scores.of_registry(after).cards}
        before = {_place(e): e for e in judgement.panel(upto(registry, number - 1))}
        said: dict[str, list[Evaluation]] = {}
        for one in judgement.panel(after):
            if one.round == number:
                said.setdefault(one.project, []).append(one)
        for project, given in said.items():
            moved = tuple(m for one in given if (m := _moved(before.get(_place(one)), one)))
            found.setdefault(project, []).append(_past(number, cards[project], given, moved))
    return {project: tuple(past) for project, past in found.items()}


def asked_again(registry: Registry, number: int) -> tuple[str, ...]:
    """The projects that a round asks about, in declared order; all it rated when it names none."""
    held = [r for r in registry.rounds if (r.subject, r.number) == (Subject.SCORES, number)]
    named = held[0].projects if held else ()
    said = {e.project for e in registry.evaluations if e.round == number and e.is_given}
    return tuple(p.code for p in registry.projects if p.code in (named or said))


def _past(
    number: int, card: Valued, given: list[Evaluation], moved: tuple[Moved, ...]
) -> Past:
    raters = len({one.evaluator for one in given if one.rating is not None})
    movers = len({one.person for one in moved})
    return Past(number, card.points, card.error, raters, len(moved), movers, moved)


def _place(given: Evaluation) -> tuple[str, str, str]:
    return given.project, given.criterion, given.evaluator


def _moved(before: Evaluation | None, after: Evaluation) -> Moved | None:
    if before is None or before.rating is None or after.rating is None:
        return None
    if abs(after.rating - before.rating) < LEVEL:
        return None
    return Moved(after.evaluator, after.criterion, before.rating, after.rating)
