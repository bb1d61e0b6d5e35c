"""The balance of the debt, fiscal year by fiscal year: as closed, as it stands, as it will be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from portfolio import standing_debts
from portfolio.debt import DebtItem, DebtStatus, principal_at
from portfolio.horizon import Horizon
from portfolio.registry import Registry
from portfolio.waiting import Owed, counted
from portfolio.year_end import ItemYear, SystemYear, YearEnd

PARTS = ("opening", "logged", "grown", "estimated", "retired", "closing", "accepted", "interest")
Shares = Mapping[str, Sequence[float]]  # item -> share, by year
NOTHING: Shares = MappingProxyType({})
NEVER_OWED = frozenset({DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE})


class State(StrEnum):
    """How sure a year's figures are."""

    CLOSED = "close"
    OPEN = "en-cours"
    EXPECTED = "prevue"


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year: whole, by system, and what each item owes at its end; cents.

    Every part but ``accepted`` and ``interest`` makes the identity of SystemYear.
    """

    year: int
    state: State
    systems: tuple[SystemYear, ...]
    items: tuple[ItemYear, ...]

    def whole(self, part: str) -> int:
        """The part of that name (see PARTS), over every system."""
        return sum(getattr(system, part) for system in self.systems)

    def of(self, system: str) -> SystemYear | None:
        """The system's own; None when it had nothing to do with that year."""
        return next((s for s in self.systems if s.system == system), None)


@dataclass(frozen=True, slots=True)
class _Step:
    """What one item brings to its system in a year, in cents; ``closing`` is None when it left.

    share   of the whole item that is still there at the end
    """

    debt: DebtItem
    opening: int = 0
    logged: int = 0
    grown: int = 0
    estimated: int = 0
    retired: int = 0
    closing: int | None = None
    share: float = 1.0


def closed(year_end: YearEnd) -> Year:
    """A year as it was closed: nothing that is edited afterwards changes it."""
    return Year(year_end.year, State.CLOSED, year_end.systems, year_end.items)


def open_year(registry: Registry, year: int, before: Year | None) -> Year:
    """What the year comes to at its end, by what the register says now.

    before   the year that ended when this one began. Without it growth is not counted: today's
             estimates are all that is known.

    An item whose estimate is the one that was closed upon, grown at its own rate or not, grows by
    that rate. Any other estimate stands for itself, and the difference is re-estimation; so do
    items that were found false, removed, or moved to another system.
    """
    held = {item.debt: item.principal for item in before.items} if before else {}
    promised = {d.code for d in standing_debts.promised(registry)} - held.keys()
    there = (d for d in registry.debts if d.code not in promised)
    steps = [s for d in there if (s := _step(d, year, held.get(d.code), before))]
    opened = {s.system: s.closing for s in before.systems} if before else None
    return _year(registry, year, State.OPEN, steps, opened)


def expected(
    registry: Registry, now: Year, retired: Shares = NOTHING, made: Shares = NOTHING
) -> tuple[Year, ...]:
    """The years that follow ``now``, to the end of the horizon.

    retired   item -> share of it that is repaid by the end of each of these years; none = nothing.
              Whatever is repaid in the register already is gone by itself.
    made      item that a project creates -> the same, of its share that is there by then
    """
    known = {debt.code: debt for debt in registry.debts}
    owing = {i.debt: i.principal for i in now.items if i.debt in known}
    coming = {c: there for c, there in made.items() if c in known and c not in owing}
    owing |= {code: round(known[code].principal.mean) for code in coming}
    years = []
    for at, year in enumerate(years_after(registry.cycle.horizon, now.year)):
        steps = [
            _expected(known[code], principal, at, retired.get(code, ()), coming.get(code, ()))
            for code, principal in owing.items()
        ]
        years.append(_year(registry, year, State.EXPECTED, [s for s in steps if s], None))
    return tuple(years)


def years_after(horizon: Horizon, year: int) -> range:
    """The fiscal years that follow, to the end of the horizon."""
    last = horizon.start + (horizon.periods - 1) // horizon.per_year
    return range(year + 1, last + 1)


def by_year(shares: Sequence[float], horizon: Horizon, year: int) -> tuple[float, ...]:
    """Shares retired by the end of each period, told by the end of each year that follows."""
    ends = ((y - horizon.start + 1) * horizon.per_year - 1 for y in years_after(horizon, year))
    return tuple(shares[min(p, len(shares) - 1)] if p >= 0 and shares else 0.0 for p in ends)


def _step(debt: DebtItem, year: int, held: int | None, before: Year | None) -> _Step | None:
    was, gone = debt.logged_on, debt.closed_on
    stands = debt.is_counted or (gone is not None and gone.year > year)
    is_new = held is None and (before is not None or (was is not None and was.year == year))
    left_now = (gone is not None and gone.year == year) or held is not None
    if held is None and was is not None and was.year > year:
        return None
    if not stands and not left_now:
        return None
    if is_new:
        return _entered(debt, stands)
    if before is None:
        return _standing(debt, round(debt.principal.mean), 0, stands)
    owed = held or 0
    return _standing(debt, owed, round(owed * debt.principal_growth), stands)


def _entered(debt: DebtItem, stands: bool) -> _Step | None:
    amount = round(debt.principal.mean)
    if stands:
        return _Step(debt, logged=amount, closing=amount)
    return None if debt.status in NEVER_OWED else _Step(debt, logged=amount, retired=amount)


def _standing(debt: DebtItem, owed: int, grown: int, stands: bool) -> _Step:
    if stands:
        estimate = round(debt.principal.mean)
        changed = 0 if _is_same(debt, owed) else estimate - owed - grown
        return _Step(debt, owed, grown=grown, estimated=changed, closing=owed + grown + changed)
    if debt.status in NEVER_OWED:
        return _Step(debt, owed, estimated=-owed)
    return _Step(debt, owed, retired=owed)


def _is_same(debt: DebtItem, owed: int) -> bool:
    """Whether the estimate, grown through some years or none, is what was owed, to the cent."""
    now, rate = debt.principal.mean, debt.principal_growth
    if round(now) == owed or not rate:
        return round(now) == owed
    grown = (principal_at(now, rate, years) for years in range(1, 100))
    return any(abs(amount - owed) <= years for years, amount in enumerate(grown, start=1))


def _expected(
    debt: DebtItem, principal: int, at: int, gone: Sequence[float], made: Sequence[float]
) -> _Step | None:
    """``at`` + 1 years after now; what no project makes is there from the start."""
    was = principal_at(principal, debt.principal_growth, at)
    now = principal_at(principal, debt.principal_growth, at + 1)
    there = (made[at - 1] if at else 0.0, made[at]) if made else (1.0, 1.0)
    repaid = (gone[at - 1] if at else 0.0, gone[at]) if gone else (0.0, 0.0)
    began, ends = there[0] - repaid[0], there[1] - repaid[1]
    if began <= 0 and there[1] <= there[0]:
        return None
    opening, closing = round(was * began), round(now * ends)
    logged, retired = round(now * (there[1] - there[0])), round(now * (repaid[1] - repaid[0]))
    grown = closing + retired - logged - opening
    return _Step(debt, opening, logged, grown, 0, retired, closing, ends)


def _year(
    registry: Registry, year: int, state: State, steps: Sequence[_Step],
    opened: Mapping[str, int] | None,
) -> Year:  # fmt: skip
    owing = {found.debt.code: found for found in counted(registry)}
    held: dict[str, list[_Step]] = {code: [] for code in opened or ()}
    for step in steps:
        held.setdefault(step.debt.system, []).append(step)
    items = tuple(_items(steps, year, registry.cycle.horizon, owing))
    paid = {item.debt: item.interest for item in items}
    accepted = _accepted(registry, (step.debt for step in steps), date(year, 12, 31))
    systems = (
        _system(code, own, paid, accepted, None if opened is None else opened.get(code, 0))
        for code, own in held.items()
    )
    return Year(year, state, tuple(systems), items)


def _items(
    steps: Iterable[_Step], year: int, horizon: Horizon, owing: Mapping[str, Owed]
) -> Iterator[ItemYear]:
    """Interest is that of the year that follows, of the part that is still owed."""
    for step in steps:
        if step.closing is not None:
            debt = step.debt
            paid = owing.get(debt.code, Owed(debt)).interest_in(year + 1, horizon) * step.share
            yield ItemYear(debt.code, step.closing, round(paid))


def _accepted(registry: Registry, debts: Iterable[DebtItem], on: date) -> frozenset[str]:
    """The items whose acceptance holds on that day."""
    status = standing_debts.status_on
    return frozenset(
        d.code for d in debts if status(d, registry.acceptances, on) is DebtStatus.ACCEPTED
    )


def _system(
    code: str,
    steps: Sequence[_Step],
    paid: Mapping[str, int],
    accepted: frozenset[str],
    opened: int | None,
) -> SystemYear:
    sums = {
        name: sum(getattr(step, name) for step in steps)
        for name in ("opening", "logged", "grown", "estimated", "retired")
    }
    if opened is not None:  # items removed since, or moved from or to another system
        sums["estimated"] += sums["opening"] - opened
        sums["opening"] = opened
    lived_with = (s.closing or 0 for s in steps if s.debt.code in accepted)
    return SystemYear(
        code,
        **sums,
        closing=sum(sums.values()) - 2 * sums["retired"],
        accepted=sum(lived_with),
        interest=sum(paid[s.debt.code] for s in steps if s.closing is not None),
    )
