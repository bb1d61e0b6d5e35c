"""Into which system each thing that a tool looked at goes: recognised, or chosen once for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portfolio.errors import Invalid
from portfolio.scan import Scan
from portfolio.system import System, ToolKey
from services.hub_source import name_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A scan, the day the tool looked, and its system; "" = the architect has to choose it.

    is_chosen   by the architect: the register then remembers how the tool names the system
    """

    scan: Scan
    day: date
    system: str
    is_chosen: bool = False

    @property
    def key(self) -> str:
        """What names the choice."""
        return name_of(self.scan)


def place(
    scans: Iterable[tuple[Scan, date]], systems: Mapping[str, System], into: Mapping[str, str]
) -> tuple[Placed, ...]:
    """Each scan that shows something of one system; Invalid when the one chosen is not there."""
    names = [(own, key) for own in systems.values() for key in own.tool_keys]
    return tuple(
        Placed(scan, day, *_system(scan, systems, names, into))
        for scan, day in scans
        if _speaks(scan)
    )


def _speaks(scan: Scan) -> bool:
    """Whether it says something of one system; inventories and registers name their own."""
    if scan.systems or scan.debts:
        return False
    return scan.shows_findings or scan.shows_components or bool(scan.readings or scan.facts)


def _system(
    scan: Scan,
    systems: Mapping[str, System],
    names: Sequence[tuple[System, ToolKey]],
    into: Mapping[str, str],
) -> tuple[str, bool]:
    chosen = into.get(name_of(scan), "")
    if chosen and chosen not in systems:
        raise Invalid("no-such-system", field="system", found=chosen)
    if chosen:
        return chosen, True
    found = {own.code for own, key in names if _is_named(scan, key)}
    return found.pop() if len(found) == 1 else "", False


def _is_named(scan: Scan, key: ToolKey) -> bool:
    """By its own name, or by one under which the tool keeps a part of it (``paie#hotspots``)."""
    own = scan.subject == key.key or scan.subject.startswith(f"{key.key}#")
    return bool(scan.subject) and key.tool == scan.tool and own


def remembered(system: System, placed: Iterable[Placed]) -> System:
    """The system with the names by which tools call it, as the architect chose them."""
    keys = list(system.tool_keys)
    for one in placed:
        key = ToolKey(one.scan.tool, one.scan.subject) if one.scan.subject else None
        if one.is_chosen and key is not None and not any(_is_named(one.scan, k) for k in keys):
            keys.append(key)
    return replace(system, tool_keys=tuple(keys))
