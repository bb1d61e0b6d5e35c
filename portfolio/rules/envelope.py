"""Money used in a period stays within the envelope, what was carried into it included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.candidate import Limits, at
from portfolio.choices import Amount, Choices, Column
from portfolio.rules.row import Row, Stated, each, total
from portfolio.rules.synergy import Synergy


def flow(envelope: Limits, use: Sequence[float]) -> Iterator[tuple[float, float]]:
    """By period: (money left, what came in included; negative = short; what of it is carried out).

    As much is carried as may be: it costs nothing and never hurts a later period.
    """
    brought = 0.0
    for period, used in enumerate(use):
        limit = at(envelope.limits, period)
        left = limit + brought - used
        brought = max(0.0, min(left, envelope.carry * limit))
        yield left, brought


@dataclass(frozen=True, slots=True)
class EnvelopeLimit(Stated):
    """Money used in a period stays within the envelope, what was carried into it included.

    use[p] + k[p] <= limit[p] + k[p-1], 0 <= k[p] <= carry × limit[p], use[p] >= 0,
    use[p] >= Σ c[i,v,p-t] x[i,v,t] + Σ_d C[d] w[d,p] - Σ_g saving[g,p] z[g]
    """

    code: str
    envelope: Limits
    synergies: tuple[Synergy, ...] = ()

    def rows(self, on: Choices) -> Iterator[Row]:
        for period, terms in enumerate(self._use(on)):
            limit = at(self.envelope.limits, period)
            moved = self._moved(on, period)
            if not (moved and self._savings()):
                yield Row(("envelope", self.code, str(period)), terms | moved, "<=", limit)
                continue
            used = Amount("used", self.code, period)
            yield Row(("used", self.code, str(period)), terms | {used: -1.0}, "<=", 0.0)
            yield Row(("envelope", self.code, str(period)), each([used]) | moved, "<=", limit)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        carried = {
            self._carried(p): self.envelope.carry * at(self.envelope.limits, p)
            for p in range(on.periods - 1)
            if self.envelope.carry
        }
        if not (carried and self._savings()):
            return carried
        whole = sum(self.envelope.limits)
        return carried | {Amount("used", self.code, p): whole for p in range(on.periods)}

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        settled: dict[Amount, float] = {}
        most, use = self.amounts(on), self.use(on, taken)
        for period, (_, carried) in enumerate(flow(self.envelope, use)):
            settled[self._carried(period)] = carried
            settled[Amount("used", self.code, period)] = use[period]
        return {amount: number for amount, number in settled.items() if amount in most}

    def use(self, on: Choices, taken: Mapping[Column, float]) -> tuple[float, ...]:
        """Money used in each period by what is taken."""
        return tuple(max(0.0, total(terms, taken)[0]) for terms in self._use(on))

    def short(self, on: Choices, taken: Mapping[Column, float]) -> tuple[float, ...]:
        """The least money to add in each period so that what is taken stays within the envelope.

        Added where it is missing: earlier money is never worth more than money in time.
        """
        brought, missing = 0.0, []
        for period, used in enumerate(self.use(on, taken)):
            limit = at(self.envelope.limits, period)
            left = limit + brought - used
            added = max(0.0, -left)
            brought = max(0.0, min(left, self.envelope.carry * limit))
            missing.append(added)
        return tuple(missing)

    def carried(self, taken: Mapping[Column, float], period: int) -> float:
        """Money carried out of the period, once amounts are settled."""
        return taken.get(self._carried(period), 0.0)

    def _use(self, on: Choices) -> list[dict[Column, float]]:
        """By period: what every column adds to the use of the envelope."""
        terms: list[dict[Column, float]] = [{} for _ in range(on.periods)]
        for start in on.starts:
            for life, cost in enumerate(on.option(start).cost.get(self.code, ())):
                if cost:
                    terms[start.period + life][start] = cost
        for payoff, envelope, cost in on.standalone_costs():
            if envelope == self.code:
                terms[payoff.period][payoff] = cost
        for synergy in self.synergies:
            for period, saving in enumerate(synergy.saving.get(self.code, ())):
                bonus = terms[period].get(synergy.amount, 0.0)
                terms[period][synergy.amount] = bonus - saving
        return terms

    def _savings(self) -> bool:
        return any(self.code in synergy.saving for synergy in self.synergies)

    def _carried(self, period: int) -> Amount:
        return Amount("carried", self.code, period)

    def _moved(self, on: Choices, period: int) -> dict[Column, float]:
        most = self.amounts(on)
        out, into = self._carried(period), self._carried(period - 1)
        return {a: sign for a, sign in ((out, 1.0), (into, -1.0)) if a in most}
