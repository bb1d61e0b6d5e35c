"""What the catalogue says of each technology under the city's systems, beside what is typed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from data.lifecycles import Catalogue, Match
from portfolio.finding import Component
from portfolio.system import System, Technology

ENDS = ("sales", "active", "standard", "extended")
WHOLE = frozenset({"application", "operating-system", "platform", "container", "firmware"})
Key = tuple[str, str, str]  # system, technology, version


class State(StrEnum):
    """Where a technology stands beside the catalogue."""

    FILLED = "filled"  # the catalogue has dates that nobody typed
    DIFFERS = "differs"  # a typed date is another one
    SAME = "same"
    UNDATED = "undated"  # the product is known, but no date of this release
    UNMAPPED = "unmapped"  # the catalogue does not know the product


@dataclass(frozen=True, slots=True)
class Difference:
    """A date that someone typed and the one that the catalogue has."""

    end: str
    typed: date
    given: date


@dataclass(frozen=True, slots=True)
class Line:
    """One technology of a system.

    after       with the catalogue's dates where none was typed: nothing typed is lost
    confirmed   with the catalogue's dates in the place of typed ones too; a contract never moves
    """

    system: System
    technology: Technology
    match: Match | None
    differences: tuple[Difference, ...]
    after: Technology
    confirmed: Technology

    @property
    def key(self) -> Key:
        return self.system.code, self.technology.name, self.technology.version

    @property
    def state(self) -> State:
        if self.match is None:
            return State.UNMAPPED
        if not self.match.is_dated:
            return State.UNDATED
        if self.differences:
            return State.DIFFERS
        return State.SAME if self.after == self.technology else State.FILLED


@dataclass(frozen=True, slots=True)
class Standing:
    """Every technology beside the catalogue.

    products   how many the catalogue has
    """

    products: int
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        return Counter(line.state for line in self.lines)

    @property
    def mapped(self) -> int:
        """Technologies of which the catalogue has a release with a date."""
        return sum(line.match is not None and line.match.is_dated for line in self.lines)

    @property
    def dated(self) -> int:
        """Technologies of which an end of support has a date now."""
        return sum(line.technology.support_end is not None for line in self.lines)

    @property
    def fills(self) -> tuple[Line, ...]:
        """Lines to which the catalogue gives a date that nobody typed."""
        return tuple(line for line in self.lines if line.after != line.technology)

    @property
    def differing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state is State.DIFFERS)


def standing(catalogue: Catalogue, systems: Iterable[System]) -> Standing:
    """What the catalogue says of every technology of these systems."""
    lines = tuple(
        _line(catalogue, system, technology)
        for system in systems
        for technology in system.technologies
    )
    return Standing(len(catalogue.products), lines)


def recognised(catalogue: Catalogue, component: Component) -> Component:
    """The component of a bill of materials with what it is in the catalogue, where it is there.

    A library is known by its purl or CPE alone: many have the name of the server that they serve.
    """
    found = catalogue.match(
        name=component.name if component.kind in WHOLE else "",
        version=component.number,
        purl=component.purl,
        cpe=component.cpe,
    )
    if found is None:
        return replace(component, product="", release="", support_end=None)
    release = found.release
    return replace(
        component,
        product=found.product.code,
        release=release.version if release else "",
        support_end=release.support_end if release else None,
    )


def changed(lines: Iterable[Line], over: frozenset[Key]) -> tuple[System, ...]:
    """The systems that these lines change, each once; with typed dates replaced where confirmed."""
    systems: dict[str, System] = {}
    for line in lines:
        new = line.confirmed if line.key in over else line.after
        if new != line.technology:
            system = systems.get(line.system.code, line.system)
            technologies = tuple(new if t == line.technology else t for t in system.technologies)
            systems[system.code] = replace(system, technologies=technologies)
    return tuple(systems.values())


def _line(catalogue: Catalogue, system: System, technology: Technology) -> Line:
    match = catalogue.match(
        name=technology.name,
        version=technology.version,
        purl=technology.purl,
        cpe=technology.cpe,
    )
    if match is None or match.release is None:
        return Line(system, technology, match, (), technology, technology)
    given = {end: getattr(match.release, f"{end}_end") for end in ENDS}
    typed = {end: getattr(technology, f"{end}_end") for end in ENDS}
    differences = tuple(
        Difference(end, typed[end], given[end])
        for end in ENDS
        if typed[end] is not None and given[end] is not None and typed[end] != given[end]
    )
    missing = [end for end in ENDS if typed[end] is None and given[end] is not None]
    after = _with(technology, match, missing)
    confirmed = _with(after, match, [difference.end for difference in differences])
    return Line(system, technology, match, differences, after, confirmed)


def _with(technology: Technology, match: Match, ends: Iterable[str]) -> Technology:
    """The technology with those dates of the release, their words, and where they come from."""
    taken: dict[str, date | str] = {}
    for end in ends:
        taken[f"{end}_end"] = getattr(match.release, f"{end}_end")
        taken[f"{end}_word"] = getattr(match.release, f"{end}_word")
    if taken and match.release is not None:
        taken["source"] = technology.source or match.product.source_of(match.release)
    return replace(technology, **taken) if taken else technology  # type: ignore[arg-type]
