"""What the journal says in sentences: whether it is whole, its anchor, an act, a refusal."""

from datetime import datetime

from data.journal import Anchor
from portfolio.errors import Forbidden
from services.journal import Checked, Entry
from views import format as written
from views.text import Text


def printed(text: Text, anchor: Anchor) -> str:
    """The anchor, as documents that leave the house carry it."""
    if not anchor.count:
        return text("journal.printed_empty")
    return text("journal.printed", n=anchor.count, at=_at(anchor), head=anchor.head)


def verdict(text: Text, checked: Checked) -> tuple[str, ...]:
    """The finding, then what it means: the first bad line named, or how far it is vouched for."""
    found, newest = checked.verdict, checked.newest
    if found.is_sound:
        if newest is None:
            return text("journal.whole", n=found.count), text("journal.whole_alone")
        return (
            text("journal.whole", n=found.count),
            text("journal.whole_to", n=newest.count, at=_at(newest), anchors=len(checked.anchors)),
        )
    facts = {"bad": found.bad, "n": found.count, "of": newest.count if newest else 0}
    facts["since"] = found.since or 1
    before = "journal.sound_before" if (found.since or found.bad or 1) > 1 else "journal.sound_none"
    last = (found.since or found.bad or 1) - 1
    return (
        text(f"journal.fault.{found.fault}", **facts),
        text(f"journal.means.{found.fault}", **facts),
        text(before, n=last),
    )


def act(text: Text, name: str) -> str:
    """The act in words where the catalogue has some, else its code."""
    keys = (f"acts.{name.replace('.', '_')}", f"register.act.{name.replace('.', '_')}")
    return next((text(key) for key in keys if text.has(key)), name)


def kind(text: Text, name: str) -> str:
    """The kind of object in words where the catalogue has some, else its code."""
    key = f"journal.kind.{name}"
    return text(key) if text.has(key) else name


def refusal(text: Text, entry: Entry) -> str:
    """What was refused and why, of a line that tells of a refused call."""
    said = entry.after or {}
    kept = said.get("facts")
    facts = kept if isinstance(kept, dict) else {}
    shown = {name: _fact(text, fact) for name, fact in facts.items() if name != "code"}
    told = text.refusal(Forbidden(str(said.get("code", "")), **shown))
    standing = f"journal.standing.{said.get('standing')}"
    return f"{text(standing)} {told}" if text.has(standing) else told


def moment(entry: Entry) -> str:
    """When the line says it was written."""
    return entry.line.at if entry.at is None else written.moment(entry.at)


def _fact(text: Text, fact: object) -> object:
    """A fact as it was kept; roles by their names."""
    if not isinstance(fact, list):
        return fact
    keys = {str(part): f"common.role.{part}" for part in fact}
    return tuple(text(key) if text.has(key) else part for part, key in keys.items())


def _at(anchor: Anchor) -> str:
    return written.moment(datetime.fromisoformat(anchor.at)) if anchor.at else "–"
