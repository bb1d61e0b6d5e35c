"""From rows to systems with their technologies, and debts with their remedies."""

from collections.abc import Mapping

from data.tables.assembly import Assembly
from data.tables.projects import estimate
from data.tables.rows import Row
from portfolio.debt import DebtItem, DebtStatus, DebtType, Evidence, Priced, Quadrant, Remedy
from portfolio.errors import Invalid
from portfolio.project import Estimate
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey

STAGES = ("sales", "active", "standard", "extended")
WORDS = (*(f"{stage}_word" for stage in STAGES), "purl", "cpe", "source")


def systems(on: Assembly) -> tuple[System, ...]:
    """Every system that can be built."""
    under = {name: on.by(name, "system") for name in ("technologies", "dependencies", "tool_keys")}
    return on.each(
        on.sound("systems"),
        lambda row: _system(
            on, row, {name: rows.get(row.text("code"), []) for name, rows in under.items()}
        ),
    )


def debts(on: Assembly) -> tuple[DebtItem, ...]:
    """Every debt that can be built."""
    under = {name: on.by(name, "debt") for name in ("debt_interest", "remedies", "debt_evidence")}
    return on.each(
        on.sound("debts"),
        lambda row: _debt(
            on, row, {name: rows.get(row.text("code"), []) for name, rows in under.items()}
        ),
    )


Under = Mapping[str, list[Row]]  # table -> the rows beneath one row


def _system(on: Assembly, row: Row, under: Under) -> System:
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
        technologies=on.each(under["technologies"], _technology),
        services=row.items("services"),
        dependencies=on.each(
            under["dependencies"], lambda r: Dependency(r.text("on"), r.text("reason"))
        ),
        tool_keys=on.each(under["tool_keys"], lambda r: ToolKey(r.text("tool"), r.text("key"))),
        interest_figure=row.whole("interest_figure"),
        interest_reason=row.text("interest_reason"),
    )


def _technology(row: Row) -> Technology:
    sales, active, standard, extended = (row.day(f"{stage}_end") for stage in STAGES)
    return Technology(
        row.text("name"), row.text("version"), sales, active, standard, extended,
        **{name: row.text(name) for name in WORDS},
        contract_until=row.day("contract_until"),
    )


def _debt(on: Assembly, row: Row, under: Under) -> DebtItem:
    _check_alone(row)
    interest = under["debt_interest"]
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
        remedies=on.each(under["remedies"], _remedy),
        description=row.text("description"),
        quadrant=Quadrant(row.text("quadrant")) if row.has("quadrant") else None,
        principal_priced=_priced(row, "principal"),
        interest_priced=_priced(row, "interest"),
        loss_after=row.whole("loss_after"),
        evidence=on.each(under["debt_evidence"], _evidence),
        theme=row.text("theme"),
        logged_on=row.day("logged_on"),
        closed_on=row.day("closed_on"),
        duplicate_of=row.text("duplicate_of"),
        created_by=row.text("created_by"),
    )


def _priced(row: Row, name: str) -> Priced | None:
    """How the amount was reached; None when none of its parts is given."""
    if not any(row.has(f"{name}_{part}") for part in ("hours", "rate", "external")):
        return None
    hours, rate = row.number(f"{name}_hours") or 0.0, row.whole(f"{name}_rate") or 0
    return Priced(hours, rate, row.whole(f"{name}_external") or 0)


def _evidence(row: Row) -> Evidence:
    return Evidence(
        row.text("source"), row.text("reference"), row.text("url"), row.text("note"),
        row.whole("findings"), row.day("seen_on"), row.day("gone_on"),
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
    return Remedy(row.text("project"), 1.0 if share is None else share, row.whole("after"))
