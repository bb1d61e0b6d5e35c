"""The words of a framework's editor: criteria by name, problems at their place, and advice."""

import re
from decimal import Decimal

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid, Refusal
from scoring.good_set import Advice
from views import criteria_curve
from views.desk import Desk
from views.format import parse_number, parse_percent

_NTH = re.compile(r"(\w+)\[(\d+)\]\.?(.*)")
_NAMED = re.compile(r"criteria\.(.+)\.(title|levels|measure|references)(?:\.(fr|en))?")
_PRIORITY = re.compile(r"priorities\.(-?\d+)")
Corners = tuple[tuple[float, float], ...]


def named(desk: Desk, criterion: Criterion) -> str:
    """« 1.1 Autonomie », or the title alone where the key is not a number."""
    title = criterion.title.in_(desk.language) or desk.text("framework.untitled")
    return f"{criterion.key} {title}" if criterion.key[:1].isdigit() else title


def named_key(desk: Desk, framework: Framework, key: str) -> str:
    """The same, of a key; the key itself when the framework has no such criterion."""
    found = (c for c in framework.criteria if c.key == key)
    return next((named(desk, criterion) for criterion in found), key)


def problem(desk: Desk, refused: Refusal, framework: Framework | None = None) -> str:
    """One problem of a file or of a draft: where, then what."""
    facts = {name: fact for name, fact in refused.facts.items() if name not in ("path", "field")}
    what = desk.refusal(Invalid(refused.code, **facts))
    path = str(refused.facts.get("path", refused.facts.get("field", "")))
    if not path:
        return what
    what = what[:1].lower() + what[1:]
    return desk.text("framework.problem", where=_place(desk, path, framework), what=what)


def _place(desk: Desk, path: str, framework: Framework | None) -> str:
    """« 4e critère, poids », « 1.1 Autonomie, énoncés en français »."""
    text = desk.text
    if found := _NAMED.fullmatch(path):
        key, part, language = found.groups()
        name = key if framework is None else named_key(desk, framework, key)
        return ", ".join((name, _part(desk, f"{part}_{language}" if language else part)))
    if found := _PRIORITY.fullmatch(path):
        return text("framework.nth.priorities", n=int(found[1]))
    if found := _NTH.fullmatch(path):
        name, at, rest = found[1], int(found[2]) + 1, found[3]
        key = f"framework.nth.{name}"
        nth = text(key, n=at) if text.has(key) else f"{name} {at}"
        parts = [_part(desk, part) for part in re.split(r"[.\[\]]+", rest) if part]
        return ", ".join([nth, *parts])
    return ", ".join(_part(desk, part) for part in re.split(r"[.\[\]]+", path) if part)


def _part(desk: Desk, name: str) -> str:
    key = f"framework.part.{name}"
    return desk.text(key) if desk.text.has(key) else name


def advised(desk: Desk, framework: Framework, advice: Advice) -> str:
    """One piece of advice, with its evidence."""
    names = [named_key(desk, framework, key) for key in advice.keys]
    facts = dict(zip(("one", "other"), names, strict=False)) | dict(advice.facts)
    if advice.code == "beyond":
        unit = criteria_curve.unit_of(desk, framework.criterion(advice.keys[0]))
        bounds = {name: _round(facts[name]) for name in ("first", "last", "low", "high")}
        facts |= bounds | {"unit": unit}
    if "rho" in facts:
        facts["rho"] = desk.number(round(float(str(facts["rho"])), 2))
    return desk.text(f"framework.advice.{advice.code}", **facts)


def _round(value: object) -> float:
    """Whole where it is large: cents of a measure in thousands tell nothing."""
    number = float(str(value))
    return float(round(number)) if abs(number) >= 1000 else number


def exact(value: float, language: str) -> str:
    """The number with all its decimals, as the language writes it: ``12,125``."""
    shown = format(Decimal(str(value)).normalize(), "f")
    return shown.replace(".", ",") if language == "fr" else shown


def corners_typed(corners: Corners, language: str) -> str:
    """A value function as text: one point a line, « niveau ; valeur en % »."""
    return "\n".join(
        f"{exact(mark, language)} ; {exact(float(Decimal(str(value)) * 100), language)}"
        for mark, value in corners
    )


def parse_corners(typed: str, language: str) -> Corners:
    """The value function typed; Invalid, with its line, for what cannot be read."""
    corners = []
    for row, line in enumerate(typed.splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split(";")
        if len(parts) != 2:
            raise Invalid("not-a-point", row=row, found=line.strip(), accepted="1 ; 25")
        try:
            mark = parse_number(parts[0], language)
            corners.append((float(mark), float(parse_percent(parts[1], language))))
        except Invalid as refused:
            facts = {k: v for k, v in refused.facts.items() if k != "field"}
            raise Invalid(refused.code, **facts, row=row) from None
    return tuple(corners)
