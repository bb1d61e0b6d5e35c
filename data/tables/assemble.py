"""From rows of values to a registry: all of it, or none, with every reason why not."""

from dataclasses import dataclass
from typing import Any

from data import frameworks
from data.refused import Findings, Where
from data.tables import judgement, register
from data.tables.assembly import Assembly
from data.tables.debts import debts, systems
from data.tables.projects import amounts, projects
from data.tables.rows import Row, Rows, Sheet, read
from data.tables.scenarios import links, scenarios
from portfolio.criterion import Framework
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.errors import Invalid, Missing
from portfolio.footprint import Factor, check
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.registry import Registry
from portfolio.words import Bilingual

ASSUMED = Horizon(2027, 10)  # where the tables say nothing of their cycle
GENERIC = "generic"
MOST_PERIODS = 120
PLACES = (("projects", "earliest"), ("projects", "latest"), ("projects", "deadline"),
          ("envelope_limits", "period"), ("team_capacity", "period"), ("debt_interest", "period"))


@dataclass(frozen=True, slots=True)
class Assembled:
    """registry   None when anything was refused

    read       rows of data in the sheets
    amounts    (how many costs could be read, their sum in cents)
    """

    registry: Registry | None
    read: int
    counts: dict[str, int]
    amounts: tuple[int, int]


def assemble(sheets: tuple[Sheet, ...], found: Findings) -> Assembled:
    """The registry that the sheets (at least one) hold; what is wrong goes to ``found``."""
    is_whole = not found.refused
    rows = read(sheets, found)
    if is_whole:
        _check_projects(sheets, rows, found)
    on = Assembly(rows, found, _horizon(rows, found), _framework(rows, found))
    registry = _registry(on, _cycle(on))
    known = [*amounts(on)]
    counts = {name: len(rows[name]) for name in rows if rows[name]}
    brought = {sheet.table for sheet in sheets}
    read_ = sum(count for name, count in counts.items() if name in brought)
    return Assembled(registry, read_, counts, (len(known), sum(known)))


def _registry(on: Assembly, cycle: Cycle | None) -> Registry | None:
    """Everything is built, so that every refusal is gathered, before anything is given."""
    held = links(on)
    factors = _factors(on)
    parts: dict[str, Any] = {
        "projects": projects(on, factors),
        "systems": systems(on),
        "debts": debts(on),
        "evaluations": judgement.evaluations(on),
        "ballots": judgement.ballots(on),
        "people": _people(on),
        "scenarios": scenarios(on, held),
        "rounds": judgement.rounds(on),
        "conflicts": judgement.conflicts(on),
        "adopted": judgement.adopted(on),
        "factors": factors,
        "acceptances": register.acceptances(on),
        "assessments": register.assessments(on),
        "year_ends": register.year_ends(on),
    }
    if cycle is None or on.found.refused:
        return None
    return Registry(cycle, links=held.get("", ()), **parts)


def _check_projects(sheets: tuple[Sheet, ...], rows: Rows, found: Findings) -> None:
    """A portfolio has projects."""
    sheet = next((s for s in sheets if s.table == "projects"), None)
    if sheet is None:
        named = ", ".join(s.table for s in sheets)
        found.refuse(Where(sheets[0].file), "projects-missing", named, "projects")
    elif not rows["projects"]:
        found.refuse(sheet.where(2), "no-rows")


def _horizon(rows: Rows, found: Findings) -> Horizon:
    for row in rows["cycle"][1:]:
        found.refuse(row.where, "one-row-only")
    for row in rows["cycle"][:1]:
        if row.is_sound:
            try:
                return _told(row)
            except Invalid as refusal:
                found.take(row.at(str(refusal.facts.get("field", ""))), refusal)
                return ASSUMED
    return _seen(rows)


def _told(row: Row) -> Horizon:
    start, periods = row.whole("start") or 0, row.whole("periods") or 0
    per_year = row.whole("per_year")
    if not 1900 <= start <= 2200:
        raise Invalid("out-of-range", field="start", found=start, low=1900, high=2200)
    if not 1 <= periods <= MOST_PERIODS:
        raise Invalid("out-of-range", field="periods", found=periods, low=1, high=MOST_PERIODS)
    return Horizon(start, periods, 1 if per_year is None else per_year)


def _seen(rows: Rows) -> Horizon:
    """The years that the rows speak of, where there is no cycle; else the assumed ones."""
    labels = {
        row.text(column) for table, column in PLACES for row in rows[table] if row.has(column)
    }
    years = sorted(int(label) for label in labels if "-" not in label)
    if not years or years[-1] - years[0] >= MOST_PERIODS or len(labels) != len(years):
        return ASSUMED
    return Horizon(years[0], max(ASSUMED.periods, years[-1] - years[0] + 1))


def _framework(rows: Rows, found: Findings) -> Framework | None:
    row = next((r for r in rows["cycle"] if r.is_sound), None)
    code = row.text("framework", GENERIC) if row else GENERIC
    version = row.text("framework_version") if row else ""
    try:
        return frameworks.load(code, version or None)
    except Missing as missing:
        where = row.at("framework") if row else Where()
        found.refuse(where, missing.code, missing.facts["found"], missing.facts["accepted"])
        return None


def _cycle(on: Assembly) -> Cycle | None:
    rows = on.sound("cycle")
    if not rows and on.rows["cycle"]:
        return None
    row = rows[0] if rows else Row({"code": "import", "title": "Importation"}, Where())
    if not rows:
        last = on.horizon.label(on.horizon.periods - 1)
        on.found.note("cycle-assumed", start=on.horizon.label(0), end=last)
    return on.built(row, lambda: Cycle(
        code=row.text("code"),
        title=Bilingual(row.text("title"), row.text("title_en")),
        horizon=on.horizon,
        framework=on.framework.code if on.framework else "",
        framework_version=on.framework.version if on.framework else "",
        envelopes=_envelopes(on),
        teams=_teams(on),
        discount=row.number("discount") or 0.0,
        submit_by=row.day("submit_by"),
        is_illustrative=row.flag("illustrative", False),
        source=Bilingual(row.text("source"), row.text("source_en")),
        thresholds=tuple(amount.whole("amount") or 0 for amount in on.sound("thresholds")),
    ))


def _envelopes(on: Assembly) -> tuple[Envelope, ...]:
    limits = on.by("envelope_limits", "envelope")
    return on.each(on.sound("envelopes"), lambda row: Envelope(
        row.text("code"),
        Bilingual(row.text("title"), row.text("title_en")),
        on.cents(limits[row.text("code")], "limit") if row.text("code") in limits else None,
        row.number("carry") or 0.0,
    ))


def _teams(on: Assembly) -> tuple[Team, ...]:
    capacity = on.by("team_capacity", "team")
    return on.each(on.sound("teams"), lambda row: Team(
        row.text("code"),
        Bilingual(row.text("title"), row.text("title_en")),
        row.text("skill"),
        tuple(float(d) for d in on.series(capacity.get(row.text("code"), []), "days")),
    ))


def _people(on: Assembly) -> tuple[Person, ...]:
    return on.each(on.sound("people"), lambda row: Person(
        row.text("code"),
        row.text("name"),
        frozenset(Role(role) for role in row.items("roles")),
        row.text("language", "fr"),
        is_active=row.flag("active", True),
        is_demo=row.flag("demo", False),
        service=row.text("service"),
        expertise=frozenset(row.items("expertise")),
    ))


def _factors(on: Assembly) -> tuple[Factor, ...]:
    return on.each(on.sound("factors"), _factor)


def _factor(row: Row) -> Factor:
    low, likely, high = (row.number(name) or 0.0 for name in ("low", "likely", "high"))
    title = Bilingual(row.text("title"), row.text("title_en"))
    factor = Factor(
        row.text("code"), low, likely, high, row.text("unit"), row.text("source"), title
    )
    check(factor)
    return factor
