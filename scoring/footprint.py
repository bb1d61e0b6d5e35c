"""What a project emits: quantities times factors, as ranges, manufacture apart from use.

Every figure is low, likely, high. Sums and products take the lows together, the likelies together
and the highs together; a quotient takes the low over the high. The bounds are thus those reached
when every factor errs the same way: an interval, not a probability. Two digits of it mean
something; the views show no more.

What is caused: the manufacture of what is bought new, or of the share of its life that is taken
where it is put in service (hosting); and the electricity of all that is in service through the
project, be it new, reused or kept. What is avoided stands apart and is never taken off: the
manufacture of the new things that those reused or kept replace, and the electricity of what is
turned off. The "carbon" measure is the likely amount of what is caused.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.errors import Invalid, Missing
from portfolio.footprint import GRID, Deed, Factor, Quantity, known_items

KEEPS = frozenset({Deed.REUSED, Deed.KEPT})


@dataclass(frozen=True, slots=True)
class Range:
    """low <= likely <= high, all >= 0."""

    low: float
    likely: float
    high: float

    def __add__(self, other: "Range") -> "Range":
        """Both together."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def __mul__(self, other: "Range") -> "Range":
        """One times the other."""
        return Range(self.low * other.low, self.likely * other.likely, self.high * other.high)

    def __truediv__(self, other: "Range") -> "Range":
        """One over the other, which is above 0: the low over the high."""
        return Range(self.low / other.high, self.likely / other.likely, self.high / other.low)


NOTHING, ONE = Range(0.0, 0.0, 0.0), Range(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """What one quantity comes to, in kgCO2e.

    made      manufacture caused            spared    manufacture avoided
    used      electricity caused            stopped   electricity avoided
    """

    quantity: Quantity
    made: Range = NOTHING
    used: Range = NOTHING
    spared: Range = NOTHING
    stopped: Range = NOTHING


@dataclass(frozen=True, slots=True)
class Footprint:
    """What all quantities of a project come to, and the factors they rest on."""

    lines: tuple[Line, ...]
    factors: tuple[Factor, ...]

    @property
    def made(self) -> Range:
        """kgCO2e of manufacture caused."""
        return sum((line.made for line in self.lines), NOTHING)

    @property
    def used(self) -> Range:
        """kgCO2e of electricity caused."""
        return sum((line.used for line in self.lines), NOTHING)

    @property
    def spared(self) -> Range:
        """kgCO2e of manufacture avoided, by what is reused or kept for longer."""
        return sum((line.spared for line in self.lines), NOTHING)

    @property
    def stopped(self) -> Range:
        """kgCO2e of electricity avoided, by what is turned off."""
        return sum((line.stopped for line in self.lines), NOTHING)

    @property
    def caused(self) -> Range:
        """kgCO2e caused, nothing taken off."""
        return self.made + self.used

    @property
    def avoided(self) -> Range:
        """kgCO2e avoided, which is told beside and never taken off."""
        return self.spared + self.stopped

    @property
    def kept(self) -> float:
        """Units that live on: reused, or kept for longer."""
        return sum(line.quantity.count for line in self.lines if line.quantity.deed in KEEPS)

    @property
    def bought(self) -> float:
        """Units bought new."""
        new = (line.quantity for line in self.lines if line.quantity.deed is Deed.NEW)
        return sum(quantity.count for quantity in new)


class Kinds:
    """The kinds of thing that factors know: those with a lifetime, and manufacture or power."""

    def __init__(self, factors: Iterable[Factor]) -> None:
        """Take factors whose codes differ."""
        self._by_code = {factor.code: factor for factor in factors}
        self.items = known_items(tuple(self._by_code.values()))

    def _has(self, item: str, what: str) -> bool:
        return f"{item}.{what}" in self._by_code

    def known(self, item: str) -> str:
        """The item; Invalid with the list of those known when it is none."""
        if item not in self.items:
            raise Invalid("unknown-item", field="item", found=item, accepted=sorted(self.items))
        return item

    def of(self, item: str) -> tuple[Factor, ...]:
        """The factors that an estimate of that item rests on."""
        own = [f for f in self._by_code.values() if f.item == item and f.code != GRID]
        if self._has(item, "power") and not self._has(item, "grid"):
            if GRID not in self._by_code:
                raise Missing("no-such-factor", found=GRID)
            own.append(self._by_code[GRID])
        return tuple(own)


def of(quantities: Iterable[Quantity], factors: Iterable[Factor]) -> Footprint:
    """What the quantities come to; Invalid "unknown-item" for one that no factor knows."""
    kinds = Kinds(factors)
    lines, resting = [], dict[str, Factor]()
    for quantity in quantities:
        own = kinds.of(kinds.known(quantity.item))
        resting |= {factor.code: factor for factor in own}
        lines.append(_line(quantity, own))
    return Footprint(tuple(lines), tuple(resting.values()))


def _line(quantity: Quantity, factors: tuple[Factor, ...]) -> Line:
    told = {factor.tells: Range(factor.low, factor.likely, factor.high) for factor in factors}
    count = _exactly(quantity.count)
    lasts = told["years"] if quantity.years is None else _exactly(quantity.years)
    life = ONE if quantity.years is None else lasts / told["years"]
    made = count * told.get("made", NOTHING)
    used = NOTHING
    if "power" in told:
        used = count * told["power"] * lasts * told.get("pue", ONE) * told["grid"]
    match quantity.deed:
        case Deed.NEW:
            return Line(quantity, made=made, used=used)
        case Deed.ADDED:
            return Line(quantity, made=made * life, used=used)
        case Deed.RETIRED:
            return Line(quantity, stopped=used)
        case _:
            return Line(quantity, used=used, spared=made * life)


def _exactly(number: float) -> Range:
    return Range(number, number, number)
