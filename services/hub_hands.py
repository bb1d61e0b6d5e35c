"""Who wrote what: the fields of an item or a system that a person, and no import, wrote last."""

import json
from typing import Any

from data.journal import canonical
from data.store import Reading
from portfolio.debt import DebtItem
from portfolio.system import System

BRING_IN, UNDO = "hub.bring_in", "hub.undo"


def by_hand(work: Reading, cycle: str, noun: DebtItem | System) -> frozenset[str]:
    """The fields that no import wrote last, as the journal tells; all of them where it does not."""
    now = json.loads(canonical(noun))
    imported: set[str] = set()
    earlier: list[frozenset[str]] = []
    last: dict[str, Any] = {}  # Any: JSON
    for line in work.history(type(noun), cycle, noun.code):
        before = json.loads(line.before or "{}")
        last = json.loads(line.after or "{}")
        changed = {name for name, value in last.items() if value != before.get(name)}
        if line.act == BRING_IN:
            earlier.append(frozenset(imported))
            imported |= changed
        elif line.act == UNDO and earlier:
            imported = set(earlier.pop())
        else:
            imported -= changed
    return frozenset(n for n, v in now.items() if n not in imported or v != last.get(n))
