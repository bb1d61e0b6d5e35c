"""Toronto's ten-year capital plan: thousands of dollars by year, several rows a sub-project.

Rows are first added up by (programme, project, sub-project), for a sub-project's money comes in
several tranches and a negative year of one takes back what another gave. After that:

- a sub-project whose net is positive is kept with its yearly amounts; a year that stays negative is
  taken off the nearest later years that have money, then off the nearest earlier ones (re-phasing);
- one whose net is zero or less is a reduction, not a project to choose: it is kept without amounts;
- the totals that are reported are the plan's own nets, reductions included;
- the plan is a schedule: a project may only start in its first year with money.

Of the whole city's plan only the programmes of information technology are kept: the rows that
``it_program`` marks, or those of ``IT_PROGRAMMES`` where there is no such column.
"""

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from data import frameworks
from data.importers.assumed import COUNTED, SHARE
from data.importers.brought import Brought, nothing
from data.importers.delimited import Delimited, read
from data.refused import Findings, Where
from data.tables.assemble import GENERIC
from data.tables.numbers import number
from portfolio.cycle import Cycle, Envelope
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Category, Estimate, Project, Spend, Tag, Variant
from portfolio.registry import Registry
from portfolio.words import Bilingual

PROGRAMME, PROJECT, SUB = "Program/Agency Name", "Project Name", "Sub-Project Name"
CATEGORY, TOTAL, MARK = "Category", "Total 10 Year", "it_program"
IT_PROGRAMMES = frozenset(
    {"Technology Services", "Chief Information Security Office", "311 Toronto"}
)
YEAR = re.compile(r"20[0-9]{2}")
CENTS_IN_A_THOUSAND = Decimal(100_000)
TITLE = Bilingual("Budget d'immobilisations de Toronto", "Toronto capital budget")
ENVELOPE = Envelope("TOR", TITLE)
CATEGORIES = {
    "state of good repair": Category.CONTINUITY,
    "health and safety": Category.CONTINUITY,
    "service improvement and enhancement": Category.EVOLUTION,
    "growth related": Category.NEW,
    "legislated": Category.CONTINUITY,  # no law is named: nothing is declared mandatory
}
Key = tuple[str, str, str]


@dataclass(slots=True)
class SubProject:
    """The rows of one sub-project, added up; net in cents by year."""

    key: Key
    category: str
    rows: list[int] = field(default_factory=list)
    net: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.net)


def recognises(header: tuple[str, ...]) -> bool:
    """Whether the header is that of the plan, raw or already added up."""
    return sum(n in header for n in (PROGRAMME, PROJECT, SUB)) >= 2 and len(_years(header)) >= 2


def bring(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The plan's sub-projects as a registry."""
    found = Findings()
    try:
        table = read(content)
    except Invalid as refusal:
        row = refusal.facts.get("row")
        found.take(Where(name, row=row if isinstance(row, int) else None), refusal)
        return nothing(found, "toronto")
    years = _years(table.header)
    for column in (PROGRAMME, PROJECT, SUB):
        if column not in table.header:
            found.refuse(Where(name, row=1), "missing-column", ", ".join(table.header), column)
    if years != list(range(years[0], years[0] + len(years))):
        found.refuse(Where(name, row=1), "years-not-in-order", ", ".join(map(str, years)))
    if found.refused:
        return nothing(found, "toronto")
    subs = _added(table, years, name, found)
    if not subs:
        found.refuse(Where(name), "no-rows")
    return nothing(found, "toronto") if found.refused else _brought(subs, table, years, name, found)


def _years(header: tuple[str, ...]) -> list[int]:
    return [int(h) for h in header if YEAR.fullmatch(h)]


def _added(table: Delimited, years: list[int], name: str, found: Findings) -> list[SubProject]:
    """The sub-projects in order of their names, whatever the order of the rows."""
    rows = [(n, dict(zip(table.header, cells, strict=False))) for n, cells in table.rows]
    kept = [(n, row) for n, row in rows if _is_it(row, table.header)]
    if len(kept) < len(rows):
        found.note("toronto-other-programmes", count=len(rows) - len(kept), kept=len(kept))
    subs: dict[Key, SubProject] = {}
    for n, row in kept:
        programme, project, title = (row.get(c, "").strip() for c in (PROGRAMME, PROJECT, SUB))
        where = Where(name, row=n, column=SUB)
        if not (programme and title):
            found.refuse(where, "missing-value")
            continue
        key = (programme, project, title)
        bare = SubProject(key, row.get(CATEGORY, "").strip(), [], [0] * len(years))
        sub = subs.setdefault(key, bare)
        amounts = [_cents(row, str(year), where, found) for year in years]
        _check_total(row, sum(amounts), where, found)
        sub.rows.append(n)
        sub.net = [a + b for a, b in zip(sub.net, amounts, strict=True)]
    return [subs[key] for key in sorted(subs)]


def _is_it(row: dict[str, str], header: tuple[str, ...]) -> bool:
    if MARK in header:
        return row.get(MARK, "").strip().casefold() in ("true", "1", "yes")
    return row.get(PROGRAMME, "").strip() in IT_PROGRAMMES


def _cents(row: dict[str, str], column: str, where: Where, found: Findings) -> int:
    """Cents of an amount in thousands; an empty year has no money, words there are refused."""
    text = row.get(column, "").strip()
    if not text or text == "-":
        return 0
    try:
        amount = number(text, "en", dollars=True) * CENTS_IN_A_THOUSAND
    except Invalid as refusal:
        found.take(replace(where, column=column), refusal)
        return 0
    return int(amount.to_integral_value())  # sums made elsewhere carry binary rounding


def _check_total(row: dict[str, str], total: int, where: Where, found: Findings) -> None:
    """A remark where the row's own total is not the sum of its years: the years are kept."""
    if row.get(TOTAL, "").strip():
        told = _cents(row, TOTAL, where, found)
        if abs(told - total) > 100:  # a dollar: their sums carry binary rounding
            place = replace(where, column=TOTAL)
            found.remark(place, "total-differs", row[TOTAL], f"{total / 100_000:g}")


def _brought(
    subs: list[SubProject], table: Delimited, years: list[int], name: str, found: Findings
) -> Brought:
    horizon = Horizon(years[0], len(years))
    codes = _codes(subs)
    pairs = zip(subs, codes, strict=True)
    projects = tuple(_project(sub, code, horizon, name, found) for sub, code in pairs)
    _remark_choices(subs, found)
    framework = frameworks.load(GENERIC)
    span = f"{years[0]}-{years[-1]}"
    cycle = Cycle(
        f"toronto-{span}",
        Bilingual(f"Toronto, plan décennal des TI {span}", f"Toronto, ten-year IT plan {span}"),
        horizon, framework.code, framework.version, (ENVELOPE,),
        source=Bilingual("Ville de Toronto, données ouvertes", "City of Toronto, open data"),
    )
    nets = [sum(sub.net[p] for sub in subs) for p in horizon]
    return Brought(
        Registry(cycle, projects, scenarios=(COUNTED,)), "toronto", len(table.rows), len(subs),
        sum(nets), noted=tuple(found.noted), notes=tuple(found.notes),
        counts={"projects": len(projects)},
        by_period={horizon.label(p): net for p, net in enumerate(nets)},
    )


def _remark_choices(subs: list[SubProject], found: Findings) -> None:
    reductions = [sub for sub in subs if sub.total <= 0]
    found.note("toronto-aggregated", rows=sum(len(s.rows) for s in subs), projects=len(subs))
    found.note("toronto-scheduled", projects=len(subs) - len(reductions))
    if reductions:
        taken = sum(s.total for s in reductions)
        found.note("toronto-reductions", count=len(reductions), amount=taken)
    legislated = sum(s.category.casefold() == "legislated" for s in subs)
    if legislated:
        found.note("toronto-legislated", count=legislated)
    found.note("limits-not-given", envelope=ENVELOPE.code, share=SHARE)
    found.note("values-not-given", maximize=str(COUNTED.maximize))


def _codes(subs: list[SubProject]) -> list[str]:
    """Initials of the programme and a short hash of the names: the same in every file."""
    codes: list[str] = []
    for sub in subs:
        mark = b32encode(hashlib.sha256("\n".join(sub.key).encode()).digest()).decode()
        initials = "".join(word[0] for word in sub.key[0].split() if word[0].isalnum()).upper()
        length = 4
        while (code := f"{initials}-{mark[:length]}") in codes:
            length += 1
        codes.append(code)
    return codes


def _project(
    sub: SubProject, code: str, horizon: Horizon, name: str, found: Findings
) -> Project:
    programme, project, title = sub.key
    where = Where(name, row=sub.rows[0], column=TOTAL)
    if sub.total <= 0:
        found.remark(where, "net-not-positive", f"{title} : {sub.total // 100_000} k$")
    amounts = _rephased(sub.net) if sub.total > 0 else []
    if sub.total > 0 and amounts != sub.net:
        found.remark(where, "rephased", title)
    funded = [p for p, amount in enumerate(amounts) if amount]
    first = horizon.label(funded[0]) if funded else ""
    tags = (("toronto.projet", project), ("toronto.categorie", sub.category))
    return Project(
        code=code,
        title=title,
        service=programme,
        category=CATEGORIES.get(sub.category.casefold(), Category.EVOLUTION),
        earliest=first,
        latest=first,
        source=f"{name}, {', '.join(str(n) for n in sub.rows[:20])}",
        tags=tuple(Tag(grid, key) for grid, key in tags if key),
        variants=(_variant(amounts, funded),),
    )


def _variant(amounts: list[int], funded: list[int]) -> Variant:
    if not funded:
        return Variant("base", duration=None)
    spends = (Spend(ENVELOPE.code, p - funded[0], Estimate(amounts[p])) for p in funded)
    return Variant("base", "", funded[-1] - funded[0] + 1, 1.0, tuple(spends))


def _rephased(net: list[int]) -> list[int]:
    """The same total with no negative year."""
    amounts = list(net)
    for place, amount in enumerate(net):
        owed = -amount
        if owed <= 0:
            continue
        amounts[place] = 0
        for other in _nearest(place, len(net)):
            taken = min(owed, max(0, amounts[other]))
            amounts[other] -= taken
            owed -= taken
    return amounts


def _nearest(place: int, length: int) -> Iterator[int]:
    """Later places, the nearest first, then earlier ones."""
    yield from range(place + 1, length)
    yield from range(place - 1, -1, -1)
