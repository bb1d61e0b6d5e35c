"""Where the committee disagrees, as far as a person may know it; and whether to ask it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from data.store import Store
from portfolio import judgement
from portfolio.criterion import Framework
from portfolio.evaluation import Evaluation, Round, Subject
from portfolio.person import Person
from portfolio.registry import Registry
from scoring import agreement as measured
from scoring.agreement import Agreed, Dispersion, Own
from services import history, scores
from services.agenda import Agenda
from services.cycles import sees
from services.history import Past
from services.permission import COMMITTEE, allowed
from services.scores import READS_OPINIONS

MATTERS = 0.05  # a disagreement that changes the set less often than this is let be
LAST = 3  # rounds of scores after which nobody is asked again
Reason = Literal["open", "none", "unknown", "doubt", "calm", "last", "still", "go-on"]


@dataclass(frozen=True)
class Agreement:
    """Everything of the rounds that were revealed; nothing of one that is not.

    registry     projects and people, as the person may see them, without what anyone said
    dispersions  project by project, criterion by criterion
    criteria     criterion by criterion, over all projects       alpha   over everything
    owns         what leads say of their own projects, for those who may read opinions
    opinions     what each person of the panel says, for those who may read it
    experts      criterion -> who speaks as an expert on it
    history      project -> how it stood after each round; names for those who may read opinions
    rounds       of scores, revealed or open
    """

    registry: Registry
    framework: Framework
    dispersions: tuple[Dispersion, ...]
    criteria: tuple[Agreed, ...]
    alpha: float | None
    owns: tuple[Own, ...]
    opinions: tuple[Evaluation, ...]
    experts: Mapping[str, frozenset[str]]
    history: Mapping[str, tuple[Past, ...]]
    rounds: tuple[Round, ...]

    @property
    def raters(self) -> int:
        """The most people who rated one project on one criterion."""
        return max((one.raters for one in self.dispersions), default=0)

    def apart(self, project: str) -> float:
        """How far apart people are on it, over its criteria: the sum of the IQRs."""
        return sum(one.iqr or 0.0 for one in self.of(project))

    def of(self, project: str) -> tuple[Dispersion, ...]:
        """The project's, in the framework's order."""
        return tuple(one for one in self.dispersions if one.project == project)


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether to ask the committee again, by the rule, and what it rests on.

    reason     open: a round is; none: nobody rated; unknown: the agenda is not there yet;
               doubt: of ``projects`` it could not be proved in time whether they change the set;
               calm: no disagreement left changes the set with probability MATTERS or more;
               last: LAST rounds were held; still: the last round moved no rating by a level;
               go-on: ask again, on ``projects``
    round      the last that was revealed, or the one that is open; 0 = none
    most       the highest probability left; None = not known
    """

    reason: Reason
    round: int = 0
    projects: tuple[str, ...] = ()
    most: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether the rule says to stop."""
        return self.reason in ("calm", "last", "still")


@allowed(*COMMITTEE)
def view(store: Store, by: Person, cycle: str) -> Agreement:
    """Where the committee disagrees, by what was revealed; opinions for those who may read them."""
    with store.reading() as work:
        whole = work.registry(cycle)
    framework = scores.framework_of(whole)
    seen = replace(whole, projects=tuple(p for p in whole.projects if sees(by, p)))
    codes = {project.code for project in seen.projects}
    reads = by.has(*READS_OPINIONS)
    said = tuple(e for e in judgement.panel(whole) if e.project in codes)
    criteria = measured.by_criterion(whole, framework)
    return Agreement(
        replace(seen, evaluations=(), ballots=()),
        framework,
        measured.dispersions(seen, framework),
        criteria,
        measured.overall(whole),
        measured.owns(seen) if reads else (),
        said if reads else (),
        {
            one.criterion: measured.experts_on(framework, one.criterion, whole.people)
            for one in criteria
        },
        {
            code: past if reads else tuple(replace(one, moved=()) for one in past)
            for code, past in history.history(whole).items()
            if code in codes
        },
        tuple(r for r in whole.rounds if r.subject is Subject.SCORES),
    )


def stop(registry: Registry, agenda: Agenda | None) -> Stop:
    """Whether to ask the committee again: the rule, in the order in which it is read.

    agenda   None = not worked out yet
    """
    open_one = judgement.open_round(registry, Subject.SCORES)
    if open_one is not None:
        return Stop("open", open_one.number, open_one.projects)
    held = history.numbers(registry)
    if not held:
        return Stop("none")
    last = held[-1]
    if agenda is None or not agenda.is_looked:
        return Stop("unknown", last)
    matter = agenda.at_least(MATTERS)
    most = max((line.probability for line in agenda.lines), default=0.0)
    codes = tuple(line.project for line in matter)
    if not matter and (doubted := agenda.in_doubt(MATTERS)):
        return Stop("doubt", last, tuple(line.project for line in doubted), most)
    if not matter:
        return Stop("calm", last, (), most)
    if len(held) >= LAST:
        return Stop("last", last, codes, most)
    if len(held) > 1 and not shifts(registry, last):
        return Stop("still", last, codes, most)
    return Stop("go-on", last, codes, most)


def shifts(registry: Registry, number: int) -> int:
    """How many ratings that round moved by a level or more."""
    past = history.history(history.upto(registry, number)).values()
    return sum(one.shifts for each in past for one in each if one.round == number)
