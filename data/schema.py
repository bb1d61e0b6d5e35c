"""The tables, shaped like the interchange tables so that any BI tool can read them.

Every key starts with the key of the table above it. Money is whole cents; a column that may be
NULL says "not given" by it. ``position`` keeps the order in which things were declared; ``period``
counts the horizon's periods from 0 (the table ``periods`` names them), ``offset`` a project's own
life from 1.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Date, Double, String, Table, Text

CODE_LENGTH = 160  # four of them, four bytes a letter, still fit in one index entry of PostgreSQL
TOOL_LENGTH, METRIC_LENGTH = 40, 64  # SonarQube's own limit; a key of five texts then still fits
COUNTED = ("position", "period", "round")  # parts of a key that are numbers
NO_TEXT = sa.text("''")

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def code(name: str) -> Column[str]:
    return Column(name, String(CODE_LENGTH), nullable=False)


def whole(name: str, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def number(name: str, optional: bool = False) -> Column[float]:
    return Column(name, Double, nullable=optional)


def claim(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def day(name: str) -> Column[date]:
    return Column(name, Date, nullable=True)


def later(
    column: Column[Any], held: str | sa.TextClause | sa.ColumnElement[bool]
) -> Column[Any]:  # Any: a column of every type
    """A column that came once its table stood; ``held`` is what the rows there got."""
    column.server_default = sa.DefaultClause(held)
    return column


def priced(name: str) -> tuple[Column[Any], ...]:  # Any: whole and broken numbers
    """How an amount was reached; all NULL where it was not priced in hours."""
    return (
        number(f"{name}_hours", True), whole(f"{name}_rate_cents", True),
        whole(f"{name}_external_cents", True),
    )


def table(
    name: str, key: str, *columns: Column[Any], under: Table | None = None
) -> Table:  # Any: a table has columns of every type
    """A table with that key, the first part of which is the key of the table it stands under."""
    named = {column.name for column in columns}
    names = [part for part in key.split() if part not in named]
    built = Table(
        name, metadata, *(whole(n) if n in COUNTED else code(n) for n in names), *columns,
        sa.PrimaryKeyConstraint(*key.split()),
    )
    if under is not None:
        above = [column.name for column in under.primary_key]
        here = key.split()[: len(above)]
        there = [f"{under.name}.{column}" for column in above]
        built.append_constraint(sa.ForeignKeyConstraint(here, there, ondelete="CASCADE"))
    return built


cycles = table(
    "cycles", "code", whole("version"), whole("position"), text("title"), text("title_en"),
    whole("start"), whole("periods"), whole("per_year"), number("discount"), text("framework"),
    text("framework_version"), day("submit_by"), claim("illustrative"), text("source"),
    text("source_en"),
)
periods = table("periods", "cycle period", text("label"), under=cycles)
envelopes = table(
    "envelopes", "cycle code", whole("position"), text("title"), text("title_en"),
    number("carry"), claim("has_limits"), under=cycles,
)
envelope_limits = table(
    "envelope_limits", "cycle envelope period", whole("limit_cents"), under=envelopes
)
teams = table(
    "teams", "cycle code", whole("position"), text("title"), text("title_en"), text("skill"),
    under=cycles,
)
team_capacity = table("team_capacity", "cycle team period", number("days"), under=teams)
thresholds = table("thresholds", "cycle position", whole("limit_cents"), under=cycles)

frameworks = table(
    "frameworks", "code edition", whole("version"), whole("position"), claim("draft"),
    text("title"), text("document"),
)
criteria = table(
    "criteria", "code edition criterion", whole("position"), text("parent"), number("weight"),
    text("title"), text("title_en"), text("direction"), text("measure"), under=frameworks,
)

people = table(
    "people", "code", whole("version"), whole("position"), text("name"), text("language"),
    claim("active"), claim("demo"), later(text("service"), sa.text("''")),
)
person_roles = table("person_roles", "person role", under=people)
person_expertise = table("person_expertise", "person criterion", under=people)

projects = table(
    "projects", "cycle code", whole("version"), whole("position"), text("title"),
    text("title_en"), text("service"), text("lead"), text("sponsor"), text("category"),
    text("stage"), text("problem"), text("outcome"), text("beneficiaries"), text("earliest"),
    text("latest"), text("deadline"), Column("law", Text), Column("article", Text),
    day("law_date"), Column("proof", Text), text("risks"), text("sensitivity"),
    whole("operating_cost_cents", True), number("given_value", True), number("debt_share", True),
    text("source"), under=cycles,
)
project_systems = table("project_systems", "cycle project position", text("system"), under=projects)
tags = table("tags", "cycle project position", text("grid"), text("key"), under=projects)
answers = table(
    "answers", "cycle project position", text("question"), text("answer"), text("comment"),
    under=projects,
)
measures = table(
    "measures", "cycle project position", text("name"), number("number"), under=projects
)
quantities = table(
    "quantities", "cycle project position", text("item"), text("deed"), number("count"),
    number("years", True), under=projects,
)
variants = table(
    "variants", "cycle project code", whole("position"), text("title"), whole("duration", True),
    number("value_factor"), under=projects,
)
project_debts = table(
    "project_debts", "cycle project position", text("debt"), number("share"), text("system"),
    text("title"), whole("principal_cents", True), text("note"), under=projects,
)
project_confidential = table("project_confidential", "cycle project field", under=projects)
costs = table(
    "costs", "cycle project variant position", text("envelope"), whole("offset"),
    whole("low_cents", True), whole("likely_cents"), whole("high_cents", True), under=variants,
)
efforts = table(
    "efforts", "cycle project variant position", text("team"), whole("offset"), number("days"),
    under=variants,
)

links = table(
    "links", "cycle code", whole("version"), whole("position"), text("kind"), whole("lag", True),
    whole("at_most", True), number("value", True), under=cycles,
)
link_members = table("link_members", "cycle link role position", text("project"), under=links)
savings = table(
    "savings", "cycle link envelope period", whole("amount_cents"), under=links
)

systems = table(
    "systems", "cycle code", whole("version"), whole("position"), text("title"),
    text("title_en"), text("owner"), whole("criticality", True), whole("users", True),
    whole("run_cost_cents", True), whole("replacement_value_cents", True),
    Column("disposition", Text), text("reason"), whole("interest_figure_cents", True),
    later(text("interest_reason"), NO_TEXT), under=cycles,
)
technologies = table(
    "technologies", "cycle system position", text("name"), text("version"), day("sales_end"),
    day("active_end"), day("standard_end"), day("extended_end"),
    later(text("sales_word"), NO_TEXT), later(text("active_word"), NO_TEXT),
    later(text("standard_word"), NO_TEXT), later(text("extended_word"), NO_TEXT),
    day("contract_until"), later(text("purl"), NO_TEXT), later(text("cpe"), NO_TEXT),
    later(text("source"), NO_TEXT), under=systems,
)
system_services = table(
    "system_services", "cycle system position", text("service"), under=systems
)
dependencies = table(
    "dependencies", "cycle system position", text("needs"), text("reason"), under=systems
)
tool_keys = table("tool_keys", "cycle system position", text("tool"), text("key"), under=systems)

debts = table(
    "debts", "cycle code", whole("version"), whole("position"), text("title"), text("system"),
    text("type"), whole("principal_low_cents", True), whole("principal_cents"),
    whole("principal_high_cents", True), number("principal_growth"),
    whole("interest_low_cents", True), whole("interest_cents"), whole("interest_high_cents", True),
    number("interest_growth"), whole("loss_cents"), number("p_before"), number("p_after"),
    day("support_end"), text("basis"), whole("confidence", True), text("status"), text("owner"),
    day("review_on"), text("standalone_envelope"), whole("standalone_cost_cents", True),
    later(text("description"), NO_TEXT), Column("quadrant", Text),
    *priced("principal"), *priced("interest"), whole("loss_after_cents", True),
    later(text("theme"), NO_TEXT), day("logged_on"), day("closed_on"),
    later(text("duplicate_of"), NO_TEXT), later(text("created_by"), NO_TEXT), under=cycles,
)
debt_interest = table("debt_interest", "cycle debt period", whole("amount_cents"), under=debts)
remedies = table(
    "remedies", "cycle debt position", text("project"), number("share"), whole("after", True),
    under=debts,
)
debt_evidence = table(
    "debt_evidence", "cycle debt position", text("source"), text("reference"), text("url"),
    text("note"), whole("findings", True), day("seen_on"), day("gone_on"), under=debts,
)
acceptances = table(
    "acceptances", "cycle debt number", whole("version"), whole("position"), whole("number"),
    text("reason"), text("control"), day("expires"), text("asked_by"), day("asked_on"),
    text("ruling"), text("ruled_by"), day("ruled_on"), text("ruled_why"), under=cycles,
)
assessments = table(
    "assessments", "cycle system", whole("version"), whole("position"), text("confirmed_by"),
    day("confirmed_on"), text("plan"), text("funding"), day("target"),
    number("cost_change", True), text("notes"), under=cycles,
)
risk_levels = table(
    "risk_levels", "cycle system criterion", whole("position"), whole("level"), text("evidence"),
    whole("proposed", True), whole("after", True), under=assessments,
)
risk_debts = table(
    "risk_debts", "cycle system criterion position", text("debt"), under=risk_levels
)
replacements = table(
    "replacements", "cycle system position", text("project"), under=assessments
)
year_ends = table(
    "year_ends", "cycle year", whole("year"), whole("version"), whole("position"),
    day("closed_on"), text("closed_by"), under=cycles,
)
year_systems = table(
    "year_systems", "cycle year position", whole("year"), text("system"), whole("opening_cents"),
    whole("logged_cents"), whole("grown_cents"), whole("estimated_cents"), whole("retired_cents"),
    whole("closing_cents"), whole("accepted_cents"), whole("interest_cents"), under=year_ends,
)
year_items = table(
    "year_items", "cycle year position", whole("year"), text("debt"), whole("principal_cents"),
    whole("interest_cents"), under=year_ends,
)

findings = table(
    "findings", "cycle system source key", whole("version"), whole("position"), text("theme"),
    text("title"), text("scope"), text("severity"), text("word"), text("rule"), text("place"),
    whole("minutes", True), text("debt"), text("url"), claim("set_aside"), day("first_seen"),
    day("last_seen"), day("gone_on"), whole("reopened"), under=cycles,
)
components = table(
    "components", "cycle system source key", whole("version"), whole("position"), text("name"),
    text("number"), text("scope"), text("purl"), text("cpe"), text("kind"), text("licences"),
    text("product"), text("release"), day("support_end"), day("gone_on"), under=cycles,
)
readings = table(
    "readings", "cycle system source scope metric on",
    Column("source", String(TOOL_LENGTH), nullable=False),
    Column("metric", String(METRIC_LENGTH), nullable=False), Column("on", Date, nullable=False),
    whole("version"), whole("position"), number("number"), under=cycles,
)
batches = table(
    "batches", "cycle number", whole("number"), whole("version"), whole("position"), day("on"),
    text("by"), text("tool"), text("file"), text("sha256"), text("system"), whole("created"),
    whole("updated"), whole("unchanged"), whole("gone"), whole("reopened"), whole("mapped"),
    whole("unmapped"), whole("undated"), claim("undone"), under=cycles,
)
undo = table(
    "undo", "cycle number position", whole("number"), text("kind"), text("key"),
    Column("before", Text), whole("changed_to"), under=batches,
)

products = table(
    "products", "code", whole("version"), whole("position"), text("title"), text("vendor"),
    text("category"), text("source"),
)
product_names = table(
    "product_names", "code kind position", text("name"), under=products
)
releases = table(
    "releases", "code position", text("release"), text("label"), day("sales_end"),
    day("active_end"), day("standard_end"), day("extended_end"), text("sales_word"),
    text("active_word"), text("standard_word"), text("extended_word"),
    Column("has_ended", Boolean), text("source"), day("read_on"), under=products,
)

evaluations = table(
    "evaluations", "cycle project criterion evaluator round", whole("version"),
    whole("position"), number("rating", True), text("justification"), text("evidence"),
    whole("confidence", True), later(claim("given"), sa.true()), under=cycles,
)
ballots = table(
    "ballots", "cycle person round", whole("version"), whole("position"),
    later(claim("cast"), sa.true()), under=cycles,
)
ballot_weights = table(
    "ballot_weights", "cycle person round position", text("criterion"), number("points"),
    later(text("method"), "direct"), under=ballots,
)
comparisons = table(
    "comparisons", "cycle person round position", text("one"), text("other"), number("ratio"),
    under=ballots,
)
rounds = table(
    "rounds", "cycle subject round", whole("version"), whole("position"), day("opened"),
    day("revealed"), under=cycles,
)
round_projects = table(
    "round_projects", "cycle subject round position", text("project"), under=rounds
)
conflicts = table(
    "conflicts", "cycle person project", whole("version"), whole("position"), text("reason"),
    under=cycles,
)
adopted = table(
    "adopted", "cycle round", whole("version"), whole("position"), text("reason"), under=cycles
)
adopted_weights = table(
    "adopted_weights", "cycle round position", text("criterion"), number("points"), text("method"),
    under=adopted,
)
adopted_between = table(
    "adopted_between", "cycle round position", text("criterion"), number("low"), number("high"),
    under=adopted,
)
adopted_orders = table(
    "adopted_orders", "cycle round position", text("criteria"), under=adopted
)
factors = table(
    "factors", "cycle code", whole("version"), whole("position"), text("title"), text("title_en"),
    number("low"), number("likely"), number("high"), text("unit"), text("source"), under=cycles,
)

scenarios = table(
    "scenarios", "cycle code", whole("version"), whole("position"), text("title"),
    text("title_en"), Column("maximize", Text), number("budget_share", True),
    number("time_limit"), number("gap"), later(text("debt_mode"), "points"),
    whole("point_price_cents", True), later(whole("terminal_years"), sa.text("0")), under=cycles,
)
objectives = table("objectives", "cycle scenario name", number("weight"), under=scenarios)
levers = table("levers", "cycle scenario envelope", number("factor"), under=scenarios)
ignored_rules = table("ignored_rules", "cycle scenario kind", under=scenarios)
rules = table("rules", "cycle scenario position", text("kind"), text("rule"), under=scenarios)

plans = Table(
    "plans", metadata,
    Column("id", BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
           autoincrement=False),
    code("cycle"), code("scenario"), text("question"), Column("question_sha256", String(64),
    nullable=False), text("answer"), text("at"), text("by"),
    sa.Index("ix_plans_cycle_scenario", "cycle", "scenario", "id"),
)
plan_starts = table(
    "plan_starts", "plan project", Column("plan", plans.c.id.type, nullable=False),
    code("project"), text("variant"), whole("period"), under=plans,
)

journal = Table(
    "journal", metadata,
    Column("sequence", BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
           autoincrement=False),  # in SQLite the row's own number: no other row can take its place
    text("at"), text("actor"), text("role"), text("act"), text("kind"), text("key"),
    Column("before", Text), Column("after", Text), text("reason"),
    Column("request", String(CODE_LENGTH)), whole("step"), text("app_version"),
    Column("previous", String(64), nullable=False), Column("hash", String(64), nullable=False),
    sa.UniqueConstraint("request", "step"),
    sa.Index("ix_journal_kind_key", "kind", "key"),
)
