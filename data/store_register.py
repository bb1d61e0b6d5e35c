"""Where the register of debt stands in the tables: systems, debts, acceptances, risks, findings."""

from data import schema as s
from data.store_parts import cells, choice, estimate, of_kind, series
from data.store_shapes import Cell, Group, Nested, Shape
from portfolio.acceptance import Acceptance, Ruling
from portfolio.batch import Batch, Counts
from portfolio.debt import DebtItem, DebtStatus, DebtType, Evidence, Priced, Quadrant, Remedy
from portfolio.finding import Component, Finding, Reading, Severity, Theme
from portfolio.legacy_risk import Funding, Level, RiskAssessment
from portfolio.lifecycle import Product, Release
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey
from portfolio.year_end import ItemYear, SystemYear, YearEnd


def priced(field: str) -> Group:
    names = {"hours": f"{field}_hours", "rate": f"{field}_rate_cents",
             "external": f"{field}_external_cents"}
    return Group(f"{field}_priced", Priced, names, is_optional=True)


def amounts(names: str) -> tuple[Cell, ...]:
    """Fields in whole cents."""
    return tuple(Cell(name, f"{name}_cents") for name in names.split())


SYSTEM = Shape("system", (System,), s.systems, (
    *cells("code title title_en owner criticality users reason interest_reason version"),
    *amounts("run_cost replacement_value interest_figure"),
    choice("disposition", Disposition, is_optional=True),
    Nested("technologies", Shape("technology", (Technology,), s.technologies, cells(
        "name version sales_end active_end standard_end extended_end sales_word active_word"
        " standard_word extended_word contract_until purl cpe source"))),
    series("services", s.system_services, "position", "service"),
    Nested("dependencies", Shape("dependency", (Dependency,), s.dependencies, (
        Cell("on", "needs"), Cell("reason")))),
    Nested("tool_keys", Shape("tool_key", (ToolKey,), s.tool_keys, cells("tool key"))),
))

DEBT = Shape("debt", (DebtItem,), s.debts, (
    *cells("code title system principal_growth interest_growth p_before p_after support_end basis"
           " confidence owner review_on standalone_envelope description theme logged_on closed_on"
           " duplicate_of created_by version"),
    estimate("principal", "principal_"), estimate("interest", "interest_"),
    priced("principal"), priced("interest"), *amounts("loss loss_after standalone_cost"),
    choice("type", DebtType), choice("status", DebtStatus),
    choice("quadrant", Quadrant, is_optional=True),
    series("interest_given", s.debt_interest, "period", "amount_cents"),
    Nested("remedies", Shape("remedy", (Remedy,), s.remedies, cells("project share after"))),
    Nested("evidence", Shape("evidence", (Evidence,), s.debt_evidence, cells(
        "source reference url note findings seen_on gone_on"))),
))

ACCEPTANCE = Shape("acceptance", (Acceptance,), s.acceptances, (
    *cells("debt number reason control expires asked_by asked_on ruled_by ruled_on ruled_why"
           " version"),
    choice("ruling", Ruling),
))
ASSESSMENT = Shape("assessment", (RiskAssessment,), s.assessments, (
    *cells("system confirmed_by confirmed_on plan target cost_change notes version"),
    choice("funding", Funding),
    Nested("levels", Shape("level", (Level,), s.risk_levels, (
        *cells("criterion level evidence proposed after"),
        series("debts", s.risk_debts, "position", "debt")))),
    series("replaced_by", s.replacements, "position", "project"),
))
YEAR_END = Shape("year_end", (YearEnd,), s.year_ends, (
    *cells("year closed_on closed_by version"),
    Nested("systems", Shape("system_year", (SystemYear,), s.year_systems, (
        Cell("system"),
        *amounts("opening logged grown estimated retired closing accepted interest")))),
    Nested("items", Shape("item_year", (ItemYear,), s.year_items, (
        Cell("debt"), *amounts("principal interest")))),
))

FINDING = Shape("finding", (Finding,), s.findings, (
    *cells("system source key title scope word rule place minutes debt url first_seen last_seen"
           " gone_on reopened version"),
    choice("theme", Theme), choice("severity", Severity), Cell("is_set_aside", "set_aside"),
))
COMPONENT = Shape("component", (Component,), s.components, cells(
    "system source key name number scope purl cpe kind licences product release support_end"
    " gone_on version"))
READING = Shape("reading", (Reading,), s.readings, cells(
    "system source metric on number scope version"))
BATCH = Shape("batch", (Batch,), s.batches, (
    *cells("number on by tool file sha256 system mapped unmapped undated version"),
    Group("counts", Counts, {n: n for n in ("created", "updated", "unchanged", "gone",
                                            "reopened")}),
    Cell("is_undone", "undone"),
))
PRODUCT = Shape("product", (Product,), s.products, (
    *cells("code title vendor category source version"),
    *(of_kind(field, s.product_names, "name") for field in ("aliases", "purls", "cpes")),
    Nested("releases", Shape("release", (Release,), s.releases, (
        Cell("version", "release"),
        *cells("label sales_end active_end standard_end extended_end sales_word active_word"
               " standard_word extended_word has_ended source read_on")))),
))

REGISTER = (ACCEPTANCE, ASSESSMENT, YEAR_END)  # of the registry, beside systems and debts
SEEN = (FINDING, COMPONENT, READING, BATCH)  # too many to be read with the registry
