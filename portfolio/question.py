"""A portfolio question: the numbers, the rules and what to maximise; all that an answer needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from portfolio import at_risk, claims
from portfolio.at_risk import AtRisk
from portfolio.candidate import Candidate, Capacity, Exact, Limits, Stake, at
from portfolio.choices import Amount, Choices, Column
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.rules import Ceiling, Floor, RedLimit, Row, Rule, Stated, Synergy
from portfolio.rules.envelope import EnvelopeLimit
from portfolio.rules.exposure import Exposure, red
from portfolio.rules.once import Once
from portfolio.rules.retirement import Retirement, spared
from portfolio.rules.team import TeamCapacity

BUILT_IN = ("value", "cost", "count", "debt", "interest", "avoided", "red")
OF_DEBT = ("debt", "interest", "avoided")  # more of it is what retiring debt gives
LATER = ("avoided", "red")  # where a measure bears that name, the measure is meant
Objective = Mapping[str, float]  # name -> weight


@dataclass(frozen=True, slots=True)
class Question(Exact):
    """See docs/question.md for the exact meaning of every field.

    discount   by period: a project that starts in period t brings value x (1 + discount)^-t
    systems    those at legacy risk: which are red in the end depends on what the plan repays
    maximize   value, debt, interest, avoided, red, cost, count or a measure, "-" before it to
               minimise; or a weight for each of several
    """

    horizon: Horizon
    projects: tuple[Candidate, ...] = ()
    discount: float = 0.0
    envelopes: Mapping[str, Limits] = field(default_factory=dict)
    teams: Mapping[str, Capacity] = field(default_factory=dict)
    debts: tuple[Stake, ...] = ()
    rules: tuple[Rule, ...] = ()
    maximize: str | Mapping[str, float] = "value"
    systems: tuple[AtRisk, ...] = ()

    def __post_init__(self) -> None:
        claims.at_least("discount", self.discount, 0)
        claims.unique("projects", [p.code for p in self.projects])
        claims.unique("debts", [d.code for d in self.debts])
        claims.unique("systems", [s.code for s in self.systems])
        for where, kind, code, known in chain(self._uses(), self._names()):
            if code not in known:
                accepted = list(known)
                raise Invalid("unknown-code", field=where, kind=kind, found=code, accepted=accepted)
        for where, series in self._series():
            claims.no_longer(where, series, self.horizon.periods)
        for name, weight in self.objective().items():
            if self._is_built_in(name, OF_DEBT) and weight < 0:
                raise Invalid("debt-not-to-grow", field="maximize", found=name)
            if self._is_built_in(name, ("red",)) and weight > 0:
                raise Invalid("red-not-to-grow", field="maximize", found=name)

    def choices(self) -> Choices:
        """Every choice a plan may take."""
        return Choices.of(self.horizon.periods, self.projects, self.debts, self.systems)

    def stated(self) -> tuple[Stated, ...]:
        """Every rule a plan keeps: the question's own, and those that always hold.

        In the order in which amounts settle: synergies, then debts, systems, then envelopes.
        """
        synergies = tuple(rule for rule in self.rules if isinstance(rule, Synergy))
        return (
            Once(),
            *self.rules,
            *(Retirement(debt.code) for debt in self.debts),
            *(Exposure(system.code) for system in self.systems if self._asks_for_red()),
            *(EnvelopeLimit(code, e, synergies) for code, e in self.envelopes.items()),
            *(TeamCapacity(code, t) for code, t in self.teams.items()),
        )

    def rows(self, on: Choices) -> Iterator[Row]:
        """Every row a plan must keep."""
        for rule in self.stated():
            yield from rule.rows(on)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        """Every amount beside the starts, with the most it can be."""
        return {a: most for rule in self.stated() for a, most in rule.amounts(on).items()}

    def objective(self, name: str | Mapping[str, float] | None = None) -> Objective:
        """``name`` (by default ``maximize``) as weights of plain names."""
        asked = self.maximize if name is None else name
        weights: dict[str, float] = {}
        for term, weight in ({asked: 1.0} if isinstance(asked, str) else asked).items():
            sign = -1.0 if term.startswith("-") else 1.0
            plain = term.removeprefix("-")
            weights[plain] = weights.get(plain, 0.0) + sign * weight
        return weights

    def gain(self, on: Choices, objective: Objective) -> Mapping[Column, float]:
        """What each choice adds to the objective; choices left out add nothing.

        value      Σ V[i] f[i,v] (1 + discount)^-t x[i,v,t] + Σ_g value[g] z[g]
        debt       Σ_d P[d] o[d,last], o[d,p] = y[d,p], less e[d,p] where a project makes d
        interest   Σ_d Σ_{p >= 1} interest[d,p] o[d,p-1]
        avoided    Σ_d Σ_{p >= 1} interest[d,p] (1 + discount)^-p o[d,p-1] + terminal[d] o[d,last]
        red        Σ_s r[s], to be minimised
        cost       Σ c[i,v] x[i,v,t] + Σ_d Σ_p C[d] w[d,p]
        count      Σ_i s[i]
        measure    Σ_i m[i] s[i]
        """
        gain: dict[Column, float] = {}
        for name, weight in objective.items():
            for column, number in self._gain_of(on, name):
                gain[column] = gain.get(column, 0.0) + weight * number
        return gain

    def _gain_of(self, on: Choices, name: str) -> Iterator[tuple[Column, float]]:
        if self._is_built_in(name, OF_DEBT):
            yield from self._gain_of_debt(on, name)
        elif self._is_built_in(name, ("red",)):
            yield from ((red(s.code), 1.0) for s in self.systems if s.is_red_with(frozenset()))
        elif name == "value":
            for start in on.starts:
                yield start, on.value(start) * (1 + self.discount) ** -start.period
            yield from ((r.amount, r.value) for r in self.rules if isinstance(r, Synergy))
        elif name == "cost":
            yield from ((start, on.cost(start)) for start in on.starts)
            yield from ((payoff, cost) for payoff, _, cost in on.standalone_costs())
        else:
            for start in on.starts:
                measures = on.candidates[start.project].measures
                yield start, 1.0 if name == "count" else measures.get(name, 0.0)

    def _gain_of_debt(self, on: Choices, name: str) -> Iterator[tuple[Column, float]]:
        """What each share taken off a debt by the end of a period adds up to."""
        last, discount = on.periods - 1, self.discount if name == "avoided" else 0.0
        for debt in self.debts:
            worth = [at(debt.interest, p) * (1 + discount) ** -p for p in range(1, on.periods)]
            by_period = [0.0] * last if name == "debt" else worth
            at_last = {"debt": debt.principal, "avoided": debt.terminal}.get(name, 0.0)
            for period, number in enumerate([*by_period, at_last]):
                for column, share in spared(on, debt.code, period).items() if number else ():
                    yield column, share * number

    def _is_built_in(self, name: str, among: tuple[str, ...]) -> bool:
        """Whether the name is one of these, and no measure's."""
        return name in among and not (name in LATER and name in self._measures())

    def _asks_for_red(self) -> bool:
        """Whether a rule or the objective counts red systems."""
        if any(isinstance(rule, RedLimit) for rule in self.rules):
            return True
        return any(self._is_built_in(name, ("red",)) for name in self.objective())

    def _measures(self) -> set[str]:
        return {name for project in self.projects for name in project.measures}

    def _uses(self) -> Iterator[tuple[str, str, str, Mapping[str, object]]]:
        """(where, kind, code, what is known) of every envelope and team that is named."""
        for i, project in enumerate(self.projects):
            for option in project.options:
                where = f"projects[{i}]"
                yield from ((f"{where}.cost", "envelope", c, self.envelopes) for c in option.cost)
                yield from ((f"{where}.effort", "team", c, self.teams) for c in option.effort)
        for i, debt in enumerate(self.debts):
            if debt.standalone is not None:
                where = f"debts[{i}].standalone.envelope"
                yield where, "envelope", debt.standalone.envelope, self.envelopes
        for i, rule in enumerate(self.rules):
            if isinstance(rule, Synergy):
                where = f"rules[{i}].saving"
                yield from ((where, "envelope", code, self.envelopes) for code in rule.saving)

    def _names(self) -> Iterator[tuple[str, str, str, Mapping[str, object]]]:
        """(where, kind, code, what is known) of every project and measure that is named."""
        codes: dict[str, object] = {p.code: p for p in self.projects}
        names: dict[str, object] = dict.fromkeys((*BUILT_IN, *sorted(self._measures())))
        debts: dict[str, object] = {d.code: d for d in self.debts}
        bounded = {n: None for n in names if not self._is_built_in(n, (*OF_DEBT, "red"))}
        for i, rule in enumerate(self.rules):
            yield from ((f"rules[{i}].{f}", "project", code, codes) for f, code in rule.refers())
            if isinstance(rule, Floor | Ceiling):
                yield f"rules[{i}].of", "measure", rule.of, bounded
        for i, debt in enumerate(self.debts):
            yield from ((f"debts[{i}].retired_by", "project", c, codes) for c in debt.retired_by)
            if debt.created_by:
                yield f"debts[{i}].created_by", "project", debt.created_by, codes
        for where, kind, code in at_risk.named(self.systems):
            yield where, kind, code, debts if kind == "debt" else codes
        yield from (("maximize", "objective", name, names) for name in self.objective())

    def _series(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """(where, numbers) of every list that runs over the horizon."""
        yield from ((f"envelopes.{c}.limits", e.limits) for c, e in self.envelopes.items())
        yield from ((f"teams.{c}.capacity", t.capacity) for c, t in self.teams.items())
        yield from ((f"debts[{i}].interest", d.interest) for i, d in enumerate(self.debts))
        for i, rule in enumerate(self.rules):
            if isinstance(rule, Synergy):
                yield from ((f"rules[{i}].saving.{c}", s) for c, s in rule.saving.items())
