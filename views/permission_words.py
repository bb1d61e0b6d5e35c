"""Who may do what, as a table in words: one line an act, one column a role."""

import importlib
import pkgutil
from collections.abc import Iterator

import services
from portfolio.person import Role
from services.permission import ACTS, OTHERS, OWN
from views.journal_words import act
from views.text import Text


def table(text: Text) -> str:
    """Every act of the house and the roles it is for, as Markdown."""
    for module in pkgutil.iter_modules(services.__path__):
        importlib.import_module(f"services.{module.name}")  # an act is known once declared
    roles = tuple(Role)
    head = [text("acts.head"), text("acts.code"), *(text(f"common.role.{role}") for role in roles)]
    lines = [head, ["---", "---", *[":-:"] * len(roles)], *_lines(text, roles)]
    told = [f"# {text('acts.title')}", text("acts.what"), text("acts.marks")]
    return "\n\n".join([*told, "\n".join(f"| {' | '.join(line)} |" for line in lines)]) + "\n"


def _lines(text: Text, roles: tuple[Role, ...]) -> Iterator[list[str]]:
    for name in sorted(ACTS):
        said = act(text, name)
        code = "" if said == name else f"`{name}`"
        first = said if code else f"`{name}`"
        yield [first, code, *(_mark(text, name, role) for role in roles)]


def _mark(text: Text, name: str, role: Role) -> str:
    if role not in ACTS[name]:
        return ""
    if role in OWN[name]:
        return text("acts.own")
    return text("acts.others") if role in OTHERS[name] else "✓"
