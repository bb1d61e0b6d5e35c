"""Looking for plans that none dominates: all of them, or one that turns where a project stands."""

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from optimizer.efficient import nondominated
from optimizer.leads import Case, Known, ways
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.program import Program, standalone, starts, write
from optimizer.search import Search, Watch
from optimizer.valued import Valued
from portfolio.choices import Column
from portfolio.plan import Plan, Proof, Status, broken, taken
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.row import total

Standing = Literal["core", "contested", "out", "undecided"]

SHARE = 1e-6  # of the best plan's worth: worths nearer than that are the same
FRONT = 3  # with so many extreme weightings at most, the frontier engine finds the plans
SPARE = 64  # known plans that the model has room for before it is written anew
QUIET = 8  # draws in a row that changed nothing after which no more are made
INSIDE = 0.02  # share of the middle in each draw: what is best inside the set is dominated by none
SLICE = 2.0  # seconds at least for each question about one project


class Unbeaten:
    """The plans known so far, and what is asked of those unknown."""

    def __init__(self, question: Question, cases: tuple[Case, ...], search: Search) -> None:
        self.question, self.cases, self.search = question, cases, search
        self.known: list[Known] = []
        self.standing: dict[str, Standing] = {}
        self.is_complete, self.step = False, 0.0
        self.lead: dict[int, float] = {}
        self.on = self.question.choices()
        self.asked = write(self.question, self.on)
        self.valued = Valued.of(self.question, self.on)
        self.gains = [self.valued.gain(case.middle) for case in self.cases]
        self.centre: dict[Column, float] = {}
        for gain in self.gains:
            for column, number in gain.items():
                self.centre[column] = self.centre.get(column, 0.0) + number / len(self.gains)
        self.ends = time.monotonic() + self.search.seconds
        self.refused: tuple[Row, ...] = ()
        self.room = 0
        self._make_room()

    def begin(self) -> Status:
        """Know a plan that is best at the middle of all; feasible, infeasible or no-answer."""
        found, is_proved = self._best(self.centre, ())
        if found is None:
            return "infeasible" if is_proved else "no-answer"
        largest = max(abs(total(gain, found)[0]) for gain in self.gains)
        self.step = SHARE * max(1.0, largest)
        if not is_proved:
            return "no-answer"
        self.known.append(self._known(found))
        return "feasible"

    def seek(self, until: float) -> None:
        """Know the best plans at values drawn inside the set: no other dominates them."""
        ends, self.ends = self.ends, min(self.ends, until)
        dice, quiet = np.random.default_rng(self.search.seed), 0
        while quiet < QUIET and not self.is_over():
            found, is_proved = self._best(self._drawn(dice), ())
            if found is None or not is_proved:
                break
            before = self._standings()
            if not any(starts(found) == starts(one.taken) for one in self.known):
                self.known.append(self._known(found))
            quiet = 0 if self._standings() != before else quiet + 1
        self.ends = ends

    def _drawn(self, dice: np.random.Generator) -> Mapping[Column, float]:
        """The gain at a weighting and values inside the set, often near its edges."""
        shares = dice.dirichlet(np.full(len(self.cases), 0.5))
        shares = (1 - INSIDE) * shares + INSIDE / len(self.cases)
        part = INSIDE + (1 - 2 * INSIDE) * dice.random(len(self.on.candidates))
        within = dict(zip(self.on.candidates, map(float, part), strict=True))
        values = dict.fromkeys(within, 0.0)
        for share, case in zip(map(float, shares), self.cases, strict=True):
            for code, low in case.low.items():
                values[code] += share * (low + within[code] * (case.high[code] - low))
        return self.valued.gain(values)

    def bound(self, until: float) -> None:
        """Know by how much any plan can lead the first one known, case by case."""
        ends, self.ends = self.ends, min(self.ends, until)
        for case, line in enumerate(self.known[0].most):
            found, is_proved = self._best(line.terms, ())
            if found is None or not is_proved:
                break
            self.lead[case] = line.of(found)
        self.ends = ends

    def _open(self, one: Known) -> list[int]:
        """The cases in which some plan may lead a known one by a step."""
        first = self.known[0].taken
        return [
            case
            for case, line in enumerate(one.most)
            if self.lead.get(case, math.inf) + line.of(first) >= self.step / 2
        ]

    def _limits(self) -> Iterator[Row]:
        """What no plan exceeds, told to the solver."""
        for case, lead in self.lead.items():
            line = self.known[0].most[case]
            terms = {column: number for column, number in line.terms.items() if number}
            yield Row(("lead",), terms, "<=", lead - line.constant + self.step / 2)

    def find_all(self, until: float) -> None:
        """Every portfolio that nothing dominates, until that moment at most."""
        ends, self.ends = self.ends, min(self.ends, until)
        if not all(map(self._open, self.known)):
            found_all = True  # one is as good as any, whatever the values
        else:
            found_all = self._by_frontier() if self._is_frontier() else self._one_by_one()
        self.is_complete = found_all and self._equals()
        self.ends = ends

    def settle_each(self) -> None:
        """Prove of each project that it is in all, in none, or in some: without knowing all."""
        ends, codes = self.ends, list(self.on.candidates)
        for at, code in enumerate(codes):
            left = sum(self.stands(other) != "contested" for other in codes[at:])
            slice_ = max(SLICE, (ends - time.monotonic()) / max(1, left))
            self.ends = min(ends, time.monotonic() + slice_)
            self._settle(code)
        self.ends = ends

    def _settle(self, code: str) -> None:
        """Look for a plan that nothing dominates and that turns the project, or prove none."""
        while self.stands(code) != "contested" and not self.is_over():
            is_in = self.stands(code) == "core"
            other, is_proved = self._turning(code, is_in)
            if other is None:
                if is_proved:
                    self.standing[code] = "core" if is_in else "out"
                return
            if not self._climb(other):
                return
            if not self._known(other).is_dominated_by(self.known[-1].taken, self.step):
                self.known.append(self._known(other))

    def _turning(self, code: str, is_in: bool) -> tuple[Mapping[Column, float] | None, bool]:
        """(what turns the project and no known plan dominates, whether the answer is proved).

        Where a known plan is as good as any, only an equal one counts: the best that turns the
        project is worth less at the middle, or is an equal.
        """
        full = [one for one in self.known if not self._open(one)]
        if not full:
            return self._best(self.centre, self._region(code, is_in))
        other, is_proved = self._best(self.centre, (self._turned(code, is_in),))
        if other is None or not is_proved:
            return None, is_proved
        worth, best = (total(self.centre, one)[0] for one in (other, full[0].taken))
        return (None if worth < best - self.step else other), True

    def is_over(self) -> bool:
        """Whether time ran out, or the one who follows says stop."""
        watch = self.search.watch
        return time.monotonic() >= self.ends or (watch is not None and watch.is_stopped())

    def stands(self, code: str) -> Standing:
        """Where the project stands among the plans known."""
        held = [code in starts(one.taken) for one in self.known]
        return "core" if all(held) else "contested" if any(held) else "out"

    def _standings(self) -> list[Standing]:
        return [self.stands(code) for code in self.on.candidates]

    def _is_frontier(self) -> bool:
        is_known = all(case.low == case.high for case in self.cases)
        return is_known and 2 <= len(self.cases) <= FRONT

    def _by_frontier(self) -> bool:
        """One plan for every combination of worths, by the engine of frontiers."""
        found = nondominated(self.asked, self.gains, self._left(), judge=self._judge)
        self.known += [self._known(one.taken) for one in found.points]
        return found.is_complete

    def _judge(self, columns: Mapping[Column, float]) -> list[float] | None:
        plan = plan_of(columns)
        if broken(plan, self.question):
            return None
        settled = taken(plan, self.question, self.on)
        return [total(gain, settled)[0] for gain in self.gains]

    def _one_by_one(self) -> bool:
        """The best plan, at the middle of all values, that none of those known dominates."""
        while not self.is_over():
            found, is_proved = self._best(self.centre, self._region())
            if found is None:
                return is_proved
            if not is_proved:
                return False
            self.known.append(self._known(found))
        return False

    def _equals(self) -> bool:
        """The other sets of projects that are worth as much as a known one in every case."""
        for one in self._apart():
            while not self.is_over():
                found, is_proved = self._equal(one)
                if found is None:
                    if not is_proved:
                        return False
                    break
                self.known.append(self._known(found))
        return not self.is_over()

    def _equal(self, one: Known) -> tuple[Mapping[Column, float] | None, bool]:
        """(another set of projects, worth as much in every case; whether the answer is proved).

        Where the plan is as good as any, the best other one says: worth less, or an equal.
        """
        others = tuple(self._another(known.taken) for known in self.known)
        if self._open(one):
            return self._best(self.centre, (*one.as_good(self.step), *others))
        found, is_proved = self._best(self.centre, others)
        if found is None or not is_proved:
            return None, is_proved
        is_less = any(line.of(found) < -self.step for line in one.least)
        return (None if is_less else found), True

    def _apart(self) -> list[Known]:
        """One of the known plans for every combination of worths."""
        apart: list[Known] = []
        for one in self.known:
            if not any(
                max(abs(line.of(one.taken)) for line in (*other.most, *other.least)) < self.step / 2
                for other in apart
            ):
                apart.append(one)
        return apart

    def _another(self, columns: Mapping[Column, float]) -> Row:
        """At least one project is in or out otherwise."""
        chosen = starts(columns)
        terms: dict[Column, float] = {
            start: -1.0 if start.project in chosen else 1.0 for start in self.on.starts
        }
        return Row(("another",), terms, ">=", 1.0 - len(chosen))

    def _region(self, code: str = "", is_in: bool = False) -> tuple[Row, ...]:
        """What no known plan dominates; with a project, what would change where it stands."""
        while self.room < len(self.known):
            self._make_room()
        rows = [*self._limits()]
        for name, one in enumerate(self.known):
            rows += one.unbeaten(name, self.asked.most, self.step, self._open(one), bool(code))
        return (*rows, self._turned(code, is_in)) if code else tuple(rows)

    def _turned(self, code: str, is_in: bool) -> Row:
        """The project is out where it was in, in where it was out."""
        terms: dict[Column, float] = dict.fromkeys(self.on.starts_of(code), 1.0)
        return Row(("turned",), terms, "==", 0.0 if is_in else 1.0)

    def _make_room(self) -> None:
        self.room = 2 * self.room or SPARE
        most = {**self.asked.most, **ways(self.room, len(self.cases))}
        self.model = Model(Program(most, self.asked.gain, self.asked.rows))

    def _climb(self, columns: Mapping[Column, float]) -> bool:
        """Know the best of what dominates these choices, or these when nothing does."""
        above, is_proved = self._best(self.centre, self._known(columns).as_good(self.step), columns)
        if above is None or not is_proved:
            return False
        self.known.append(self._known(above))
        return True

    def _best(
        self, gain: Mapping[Column, float], rows: tuple[Row, ...],
        begin: Mapping[Column, float] | None = None,
    ) -> tuple[Mapping[Column, float] | None, bool]:  # fmt: skip
        """(what the best plan under the rows takes, if there is one; whether that is proved)."""
        if begin:
            self.model.remember(begin)
        while not self.is_over():
            outcome = self.model.ask(self._left(), Twist(gain=gain, rows=(*rows, *self.refused)))
            if not outcome.has_plan:
                return None, outcome.status == "infeasible"
            plan = plan_of(outcome.taken)
            if not broken(plan, self.question):
                return taken(plan, self.question, self.on), outcome.status == "optimal"
            whole = {c: -1.0 if c in outcome.taken else 1.0 for c in self.asked.whole}
            least = 1.0 - sum(number < 0 for number in whole.values())
            self.refused = (*self.refused, Row(("not-again",), whole, ">=", least))
        return None, False

    def _known(self, columns: Mapping[Column, float]) -> Known:
        settled = taken(plan_of(columns), self.question, self.on)
        return Known.of(settled, self.valued, self.cases)

    def _left(self) -> Search:
        watch = self.search.watch or Watch()
        seconds = max(0.0, self.ends - time.monotonic())
        return replace(self.search, gap=0.0, seconds=seconds, threads=1, watch=watch).aside()


def plan_of(columns: Mapping[Column, float]) -> Plan:
    return Plan(starts(columns), standalone(columns), Proof("feasible"))
