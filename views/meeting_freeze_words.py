"""What is frozen, in words: kinds of things, their fields, a hash that can be read out."""

from views.desk import Desk
from views.register_words import label

PAGES = {"system": "system_item", "debt": "debt_item", "acceptance": "acceptances"}
AT_ONCE = 4  # letters of a hash between two spaces


def kind(desk: Desk, name: str, n: int | None = None) -> str:
    """« projet », or « 3 projets »."""
    if n is None:
        return desk.text(f"meeting_freeze.kind.{name}")
    return desk.text(f"meeting_freeze.kinds.{name}", n=n)


def field(desk: Desk, of: str, name: str) -> str:
    """What the field is called where it is typed; else a word of our own for it."""
    own = f"meeting_freeze.field.{name}"
    if desk.text.has(own):
        return desk.text(own)
    return label(desk, name, PAGES.get(of, "")).lower()


def shown(hash: str) -> str:
    """The hash by groups of letters, as people read it out."""
    return " ".join(hash[at : at + AT_ONCE] for at in range(0, len(hash), AT_ONCE))
