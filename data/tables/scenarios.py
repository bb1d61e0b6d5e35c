"""From rows to links among projects, and to scenarios with their rules."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from data import strict_json
from data.tables.assembly import Assembly
from data.tables.cells import BAR
from data.tables.numbers import number
from data.tables.rows import Row
from portfolio.errors import Invalid
from portfolio.question import BUILT_IN
from portfolio.rules import (
    AtMostStarts,
    Ceiling,
    DebtCeiling,
    DebtFloor,
    Excludes,
    Floor,
    Force,
    Group,
    Link,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    RedLimit,
    Rule,
    Synergy,
    Tagged,
    Together,
    Window,
)
from portfolio.scenario import DebtMode, Scenario
from portfolio.words import Bilingual

WEIGHTED = "value=1 | debt=0,01"
OF_LINKS = {"needs": ("lag",), "needs-one-of": ("lag",), "excludes": ("at_most",),
            "together": (), "synergy": ("value",)}
OF_RULES = {
    "mandatory": ("projects", "deadline"), "force": ("projects", "in", "reason"),
    "window": ("projects", "earliest", "latest"), "at-most-starts": ("count",),
    "floor": ("of", "tag", "is", "projects", "share", "limit"),
    "ceiling": ("of", "tag", "is", "projects", "share", "limit"),
    "debt-floor": ("share",), "debt-ceiling": ("limit",), "red-limit": ("count",),
}
NEEDED = {
    "mandatory": ("projects",), "force": ("projects", "in"), "window": ("projects",),
    "at-most-starts": ("count",), "floor": ("of",), "ceiling": ("of",), "debt-floor": ("share",),
    "debt-ceiling": ("limit",), "red-limit": ("count",),
}


def links(on: Assembly) -> dict[str, tuple[Link, ...]]:
    """The links, under the scenario in which they hold; "" = in all."""
    savings = on.by("savings", "link")
    kinds = {row.text("code"): row.text("kind") for row in on.rows["links"]}
    for code, rows in savings.items():
        if kinds.get(code) != "synergy":
            on.found.refuse(rows[0].at("link"), "not-a-synergy", code)
    held: dict[str, tuple[Link, ...]] = {}
    for scenario, rows in on.by("links", "scenario").items():
        held[scenario] = on.each(rows, lambda r: _link(on, r, savings.get(r.text("code"), [])))
    return held


def scenarios(on: Assembly, held: Mapping[str, tuple[Link, ...]]) -> tuple[Scenario, ...]:
    """Every scenario that can be built, with the links that hold only there."""
    levers, rules = on.by("levers", "scenario"), on.by("rules", "scenario")

    def one(row: Row) -> Scenario:
        code = row.text("code")
        bare = _scenario(on, row, levers.get(code, []))
        own = on.each(rules.get(code, []), lambda r: _rules(on, r))
        return replace(bare, rules=(*held.get(code, ()), *chain.from_iterable(own)))

    return on.each(on.sound("scenarios"), one)


def _link(on: Assembly, row: Row, savings: list[Row]) -> Link:
    kind, project, others = row.text("kind"), row.text("project"), row.items("others")
    _only(row, OF_LINKS[kind], ("lag", "at_most", "value"))
    every = ((project,) if project else ()) + others
    lag, at_most = row.whole("lag") or 0, row.whole("at_most")
    if kind.startswith("needs") and not project:
        raise Invalid("missing-value", field="project")
    if kind == "needs":
        if len(others) != 1:
            raise Invalid("not-one-project", field="others", found=len(others), accepted=1)
        return Needs(project, others[0], lag)
    if kind == "needs-one-of":
        return NeedsOneOf(project, others, lag)
    if kind == "excludes":
        return Excludes(every, 1 if at_most is None else at_most)
    if kind == "together":
        return Together(every)
    return Synergy(every, row.number("value") or 0.0, _saving(on, savings))


def _saving(on: Assembly, rows: list[Row]) -> dict[str, tuple[float, ...]]:
    by_envelope: dict[str, list[Row]] = {}
    for row in rows:
        by_envelope.setdefault(row.text("envelope"), []).append(row)
    return {
        code: on.series(group, "amount", tells_gaps=False) for code, group in by_envelope.items()
    }


def _scenario(on: Assembly, row: Row, levers: list[Row]) -> Scenario:
    limit = row.number("time_limit")
    return Scenario(
        code=row.text("code"),
        title=Bilingual(row.text("title"), row.text("title_en")),
        maximize=_maximize(on, row),
        levers={r.text("envelope"): r.number("factor") or 0.0 for r in levers},
        budget_share=row.number("budget_share"),
        ignored=frozenset(row.items("ignored")),
        time_limit=60.0 if limit is None else limit,
        gap=row.number("gap") or 0.0,
        debt_mode=DebtMode(row.text("debt_mode", DebtMode.SCORE)),
        point_price=row.whole("point_price"),
        terminal_years=row.whole("terminal_years") or 0,
    )


def _maximize(on: Assembly, row: Row) -> str | Mapping[str, float]:
    text = row.text("maximize", "value").strip()
    weights = _weights(text)
    for name in weights or {text: 1.0}:
        _known(on, "maximize", name.removeprefix("-"), BUILT_IN)
    return weights or text


def _weights(text: str) -> dict[str, float]:
    """``value=1 | interest=0,01``, or the same as JSON; none when a single name stands there."""
    if text.startswith("{"):
        document, wrong = strict_json.loads(text.encode())
        if wrong or not all(type(w) in (int, float) for w in document.values()):
            raise Invalid("not-accepted", field="maximize", found=text, accepted=WEIGHTED)
        return {name: float(weight) for name, weight in document.items()}
    terms = (term.partition("=") for term in text.split(BAR) if "=" in text)
    return {name.strip(): float(number(points)) for name, _, points in terms}


def _known(on: Assembly, column: str, name: str, built_in: tuple[str, ...]) -> None:
    """Invalid unless the name is built in, or a measure that some project bears."""
    measures = dict.fromkeys(row.text("name") for row in on.rows["measures"])
    if name not in built_in and name not in measures:
        raise Invalid("unknown-code", field=column, found=name, accepted=[*built_in, *measures])


def _rules(on: Assembly, row: Row) -> tuple[Rule, ...]:
    kind, projects = row.text("kind"), row.items("projects")
    _only(row, OF_RULES[kind], tuple(dict.fromkeys(chain.from_iterable(OF_RULES.values()))))
    for column in NEEDED[kind]:
        if not row.has(column):
            raise Invalid("missing-value", field=column)
    if kind == "mandatory":
        return tuple(Mandatory(code, _period(on, row, "deadline")) for code in projects)
    if kind == "force":
        return tuple(Force(c, row.flag("in", True), row.text("reason")) for c in projects)
    if kind == "window":
        first, last = _period(on, row, "earliest"), _period(on, row, "latest")
        return tuple(Window(code, first, last) for code in projects)
    if kind == "at-most-starts":
        return (AtMostStarts(row.whole("count") or 0),)
    if kind == "debt-floor":
        return (DebtFloor(row.number("share") or 0.0),)
    if kind == "red-limit":
        return (RedLimit(row.whole("count") or 0),)
    if kind == "debt-ceiling":
        return (DebtCeiling(row.number("limit") or 0.0),)
    _known(on, "of", row.text("of"), ("cost", "count", "value"))
    bound = Floor if kind == "floor" else Ceiling
    return (bound(row.text("of"), _group(row), row.number("share"), row.number("limit")),)


def _period(on: Assembly, row: Row, column: str) -> int | None:
    return on.label(row, column) if row.has(column) else None


def _group(row: Row) -> Group | None:
    if row.has("tag") != row.has("is"):
        raise Invalid("missing-value", field="is" if row.has("tag") else "tag")
    if row.has("tag") and row.has("projects"):
        raise Invalid("two-ways-at-once", field="projects", found=row.text("tag"))
    if row.has("tag"):
        return Tagged(row.text("tag"), row.text("is"))
    return Listed(row.items("projects")) if row.has("projects") else None


def _only(row: Row, used: tuple[str, ...], among: tuple[str, ...]) -> None:
    """Invalid when a column is filled that this kind does not read."""
    for column in among:
        if row.has(column) and column not in used:
            raise Invalid("not-for-this-kind", field=column, found=row.text("kind"),
                          accepted=list(used))
