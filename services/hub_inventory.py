"""What inventories and registers say of systems and debts, joined to what the city already has."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from unicodedata import combining, normalize

from data.refused import Refused, Where
from data.store import Reading
from portfolio.debt import DebtItem
from portfolio.errors import Invalid
from portfolio.scan import NOWHERE, UNNAMED, Scan
from portfolio.system import System
from portfolio.three_way import Difference, Held, joined
from services.hub_hands import by_hand


@dataclass(slots=True)
class Inventory:
    """Systems and debts as they become; ``shown`` are the codes of those that a file speaks of."""

    systems: dict[str, System]
    debts: dict[str, DebtItem]
    shown_systems: set[str] = field(default_factory=set)
    shown_debts: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def take_in(
    work: Reading, cycle: str, kept: Inventory, told: Iterable[tuple[str, Scan]],
    order: tuple[Container[str], Mapping[str, str], date],
) -> None:
    """Join what each (file, scan) says of systems, then of debts.

    order   differences to take, the systems chosen by scan, and today
    """
    take, into, today = order
    codes: dict[str, str] = {}
    scans = list(told)

    def hands(noun: DebtItem | System) -> Container[str]:
        return by_hand(work, cycle, noun)

    for file, scan in scans:
        for offered in scan.systems:
            codes[offered.code] = _code(offered, kept.systems)
        for offered in scan.systems:
            own = _renamed(offered, codes)
            with _Gathered(kept, file, own.code):
                kept.systems[own.code] = _system(kept, own, hands, take)
    for file, scan in scans:
        for debt in scan.debts:
            system = codes.get(debt.system, debt.system)
            if system == NOWHERE:
                system = into.get(f"{scan.tool}:{scan.subject}", "")
            with _Gathered(kept, file, debt.code):
                if system not in kept.systems:
                    raise Invalid("no-such-system", field="system", found=debt.system)
                own_debt = replace(debt, system=system)
                kept.debts[debt.code] = _debt(kept, own_debt, hands, take, today)


class _Gathered:
    """A refusal of one noun, gathered with the file and the code that it is of."""

    def __init__(self, kept: Inventory, file: str, code: str) -> None:
        self.kept, self.where = kept, Where(file, column=code)

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> bool:
        if not isinstance(error, Invalid):
            return False
        found = error.facts.get("found", "")
        accepted = error.facts.get("accepted", "")
        self.kept.refused.append(Refused(self.where, error.code, str(found), str(accepted)))
        return True


def _code(offered: System, held: Mapping[str, System]) -> str:
    """The code of the system that it is: by a tool's key, by code, or by a title that one has."""
    keys = set(offered.tool_keys)
    named = [own.code for own in held.values() if keys & set(own.tool_keys)]
    if named or offered.code in held:
        return named[0] if named else offered.code
    titled = [own.code for own in held.values() if _plain(own.title) == _plain(offered.title)]
    return titled[0] if len(titled) == 1 else offered.code


def _renamed(offered: System, codes: Mapping[str, str]) -> System:
    needs = tuple(replace(d, on=codes.get(d.on, d.on)) for d in offered.dependencies)
    return replace(offered, code=codes[offered.code], dependencies=needs)


def _plain(title: str) -> str:
    parts = normalize("NFKD", title.casefold())
    return " ".join("".join(c for c in parts if not combining(c)).split())


Hands = Callable[[DebtItem | System], Container[str]]


def _system(kept: Inventory, offered: System, hands: Hands, take: Container[str]) -> System:
    held = kept.systems.get(offered.code)
    is_unnamed = offered.title == UNNAMED
    if held is None and is_unnamed:
        raise Invalid("no-such-system", field="system", found=offered.code)
    kept.shown_systems.add(offered.code)
    if held is None:
        return replace(offered, version=0)
    offered = replace(offered, title=held.title) if is_unnamed else offered
    keys = (*held.tool_keys, *(k for k in offered.tool_keys if k not in held.tool_keys))
    return replace(_joined(kept, held, offered, hands, take), tool_keys=keys)


def _debt(
    kept: Inventory, offered: DebtItem, hands: Hands, take: Container[str], today: date
) -> DebtItem:
    kept.shown_debts.add(offered.code)
    held = kept.debts.get(offered.code)
    if held is None:
        return replace(offered, logged_on=offered.logged_on or today, version=0)
    known = {(row.source, row.reference) for row in held.evidence}
    new = [row for row in offered.evidence if (row.source, row.reference) not in known]
    own = _joined(kept, held, offered, hands, take)
    return replace(own, evidence=(*own.evidence, *new))


def _joined(
    kept: Inventory, held: Held, offered: Held, hands: Hands, take: Container[str]
) -> Held:
    """A noun that this very import makes is nobody's yet."""
    touched = hands(held) if held.version else ()
    own, differences = joined(held, offered, touched, take)
    kept.differences.extend(differences)
    return own
