"""From rows to acceptances of debts, legacy risks of systems, and closed fiscal years."""

from datetime import date

from data.tables.assembly import Assembly
from data.tables.rows import Row
from portfolio.acceptance import Acceptance, Ruling
from portfolio.errors import Invalid
from portfolio.legacy_risk import Funding, Level, RiskAssessment
from portfolio.year_end import ItemYear, SystemYear, YearEnd

FLOWS = ("opening", "logged", "grown", "estimated", "retired", "closing", "accepted", "interest")


def acceptances(on: Assembly) -> tuple[Acceptance, ...]:
    """Every request that can be built."""
    return on.each(on.sound("acceptances"), _acceptance)


def assessments(on: Assembly) -> tuple[RiskAssessment, ...]:
    """Every assessment that can be built, with its levels."""
    levels = on.by("risk_levels", "system")
    known = {row.text("system") for row in on.rows["assessments"]}
    for code, rows in levels.items():
        if code not in known:
            on.found.refuse(rows[0].at("system"), "unknown-code", code, ", ".join(sorted(known)))
    return on.each(
        on.sound("assessments"),
        lambda row: _assessment(on, row, levels.get(row.text("system"), [])),
    )


def year_ends(on: Assembly) -> tuple[YearEnd, ...]:
    """Every closed year that can be built; rows of a year that is not closed are refused."""
    known = {row.whole("year") for row in on.rows["year_ends"]}
    for row in (*on.sound("year_systems"), *on.sound("year_items")):
        if row.whole("year") not in known:
            accepted = ", ".join(str(year) for year in sorted(y for y in known if y is not None))
            on.found.refuse(row.at("year"), "unknown-code", row.whole("year"), accepted)
    return on.each(on.sound("year_ends"), lambda row: YearEnd(
        _whole(row, "year"),
        _day(row, "closed_on"),
        row.text("closed_by"),
        on.each(_of_year(on, "year_systems", row), lambda r: SystemYear(
            r.text("system"), *(_whole(r, name) for name in FLOWS)
        )),
        on.each(_of_year(on, "year_items", row), lambda r: ItemYear(
            r.text("debt"), _whole(r, "principal"), _whole(r, "interest")
        )),
    ))


def _of_year(on: Assembly, table: str, year: Row) -> list[Row]:
    return [row for row in on.sound(table) if row.whole("year") == year.whole("year")]


def _acceptance(row: Row) -> Acceptance:
    return Acceptance(
        row.text("debt"),
        _whole(row, "number"),
        row.text("reason"),
        row.text("control"),
        _day(row, "expires"),
        row.text("asked_by"),
        _day(row, "asked_on"),
        Ruling(row.text("ruling", Ruling.ASKED)),
        row.text("ruled_by"),
        row.day("ruled_on"),
        row.text("ruled_why"),
    )


def _assessment(on: Assembly, row: Row, levels: list[Row]) -> RiskAssessment:
    return RiskAssessment(
        row.text("system"),
        on.each(levels, lambda r: Level(
            r.text("criterion"), _whole(r, "level"), r.text("evidence"), r.whole("proposed"),
            r.items("debts"), r.whole("after"),
        )),
        row.text("confirmed_by"),
        row.day("confirmed_on"),
        row.text("plan"),
        Funding(row.text("funding", Funding.NONE)),
        row.day("target"),
        row.number("cost_change"),
        row.text("notes"),
        row.items("replaced_by"),
    )


def _whole(row: Row, column: str) -> int:
    found = row.whole(column)
    if found is None:
        raise Invalid("missing-value", field=column)
    return found


def _day(row: Row, column: str) -> date:
    found = row.day(column)
    if found is None:
        raise Invalid("missing-value", field=column)
    return found
