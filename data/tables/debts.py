"""From rows to systems with their technologies, and debts with their remedies."""

from data.tables.assembly import Assembly
from data.tables.projects import estimate
from data.tables.rows import Row
from portfolio.debt import DebtItem, DebtStatus, DebtType, Remedy
from portfolio.errors import Invalid
from portfolio.project import Estimate
from portfolio.system import Disposition, System, Technology


def systems(on: Assembly) -> tuple[System, ...]:
    """Every system that can be built."""
    technologies = on.by("technologies", "system")
    return on.each(
        on.sound("systems"), lambda row: _system(on, row, technologies.get(row.text("code"), []))
    )


def debts(on: Assembly) -> tuple[DebtItem, ...]:
    """Every debt that can be built."""
    interest, remedies = on.by("debt_interest", "debt"), on.by("remedies", "debt")
    return on.each(
        on.sound("debts"),
        lambda row: _debt(
            on, row, interest.get(row.text("code"), []), remedies.get(row.text("code"), [])
        ),
    )


def _system(on: Assembly, row: Row, technologies: list[Row]) -> System:
    return System(
        code=row.text("code"),
        title=row.text("title"),
        title_en=row.text("title_en"),
        owner=row.text("owner"),
        criticality=row.whole("criticality"),
        users=row.whole("users"),
        run_cost=row.whole("run_cost"),
        replacement_value=row.whole("replacement_value"),
        disposition=Disposition(row.text("disposition")) if row.has("disposition") else None,
        reason=row.text("reason"),
        technologies=on.each(technologies, _technology),
    )


def _technology(row: Row) -> Technology:
    sales, active, standard, extended = (
        row.day(f"{stage}_end") for stage in ("sales", "active", "standard", "extended")
    )
    return Technology(
        row.text("name"), row.text("version"), sales, active, standard, extended,
        contract_until=row.day("contract_until"),
    )


def _debt(on: Assembly, row: Row, interest: list[Row], remedies: list[Row]) -> DebtItem:
    _check_alone(row)
    return DebtItem(
        code=row.text("code"),
        title=row.text("title"),
        system=row.text("system"),
        principal=estimate(row, "principal", "principal_low", "principal_high"),
        interest=_interest(row, is_known_elsewhere=bool(interest) or row.has("loss")),
        type=DebtType(row.text("type", DebtType.ARCHITECTURE)),
        principal_growth=row.number("principal_growth") or 0.0,
        interest_growth=row.number("interest_growth") or 0.0,
        loss=row.whole("loss") or 0,
        p_before=row.number("p_before") or 0.0,
        p_after=row.number("p_after") or 0.0,
        support_end=row.day("support_end"),
        basis=row.text("basis"),
        confidence=row.whole("confidence"),
        status=DebtStatus(row.text("status", DebtStatus.OPEN)),
        owner=row.text("owner"),
        review_on=row.day("review_on"),
        interest_given=on.cents(interest, "amount"),
        standalone_envelope=row.text("standalone_envelope"),
        standalone_cost=row.whole("standalone_cost"),
        remedies=on.each(remedies, _remedy),
    )


def _interest(row: Row, is_known_elsewhere: bool) -> Estimate:
    if not row.has("interest") and not is_known_elsewhere:
        raise Invalid("missing-value", field="interest")
    return estimate(row, "interest", "interest_low", "interest_high")


def _check_alone(row: Row) -> None:
    cost = row.whole("standalone_cost")
    if cost is not None and cost < 0:
        raise Invalid("too-low", field="standalone_cost", found=cost / 100, low=0)
    if cost is not None and not row.has("standalone_envelope"):
        raise Invalid("missing-value", field="standalone_envelope")


def _remedy(row: Row) -> Remedy:
    share = row.number("share")
    return Remedy(row.text("project"), 1.0 if share is None else share)
