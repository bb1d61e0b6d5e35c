"""The tables of the committee's room: meetings, votes, decisions, promises, what is published."""

import sqlalchemy as sa
from sqlalchemy import Column, String, Table

from data.schema import claim, cycles, day, metadata, number, table, text, whole

meetings = table(
    "meetings", "cycle number", whole("number"), whole("version"), whole("position"), day("on"),
    text("scenario"), text("place"), text("facilitator"), text("state"), text("step"),
    text("about"), text("timer_ends"), claim("secret"), text("convened_at"), text("opened_at"),
    text("closed_at"),
    under=cycles,
)
attendances = table(
    "attendances", "cycle meeting person", whole("meeting"), whole("version"), whole("position"),
    claim("present"), text("since"), text("note"), under=cycles,
)
freezes = table(
    "freezes", "cycle meeting number", whole("meeting"), whole("number"), whole("version"),
    whole("position"), text("by"), text("at"), text("sha256"), text("question"), text("reason"),
    text("answer"), under=cycles,
)
overrides = table(
    "overrides", "cycle meeting project", whole("meeting"), whole("version"), whole("position"),
    claim("inside"), text("reason"), text("by"), text("variant"), text("start"),
    number("price", True), whole("freeze"), text("signed_by"), text("signed_at"), under=cycles,
)
override_moves = table(
    "override_moves", "cycle meeting project kind position", whole("meeting"), text("moved"),
    under=overrides,
)
motions = table(
    "motions", "cycle meeting number", whole("meeting"), whole("number"), whole("version"),
    whole("position"), text("text"), text("opened_by"), text("opened_at"), text("project"),
    Column("verb", sa.Text), claim("secret"), text("state"), text("settled_at"),
    whole("present", True), whole("fors", True), whole("againsts", True),
    whole("abstentions", True), text("note"), under=cycles,
)
votes = table(
    "votes", "cycle meeting motion person", whole("meeting"), whole("motion"), whole("version"),
    whole("position"), text("at"), Column("choice", sa.Text), text("withdrawn_at"), under=cycles,
)
tallies = table(
    "tallies", "cycle meeting motion choice", whole("meeting"), whole("motion"), whole("votes"),
    under=cycles,
)  # of secret votes: how many, never whose, and never in the journal while the vote is open
records = table(
    "records", "cycle meeting number", whole("meeting"), whole("number"), whole("version"),
    whole("position"), text("by"), text("at"), text("sha256"), text("reason"), under=cycles,
)
decisions = table(
    "decisions", "cycle project number", whole("number"), whole("version"), whole("position"),
    text("verb"), text("reason"), text("by"), text("at"), whole("meeting"), whole("motion"),
    text("variant"), text("start"), text("conditions"), day("until"), claim("planned"),
    number("price", True), text("signed_by"), under=cycles,
)
decision_grants = table(
    "decision_grants", "cycle project number envelope period", whole("number"),
    whole("position"), whole("amount_cents"), under=decisions,
)
corrections = table(
    "corrections", "cycle project number", whole("number"), whole("version"), whole("position"),
    whole("decision"), text("fact"), text("said"), text("by"), text("at"),
    Column("accepted", sa.Boolean), text("answer"), text("answered_by"), text("answered_at"),
    under=cycles,
)
promises = table(
    "promises", "cycle project number", whole("number"), whole("version"), whole("position"),
    day("made_on"), day("start"), day("end"), text("variant"), whole("cost_cents", True),
    under=cycles,
)
promised_debts = table(
    "promised_debts", "cycle project number debt", whole("number"), whole("position"),
    number("share"), whole("principal_cents", True), under=promises,
)
status_reports = table(
    "status_reports", "cycle project on", Column("on", sa.Date, nullable=False), whole("version"),
    whole("position"), text("by"), text("at"), day("started"), day("ended"), day("forecast_end"),
    whole("forecast_cents", True), whole("spent_cents", True), text("note"), under=cycles,
)
publications = table(
    "publications", "cycle number", whole("number"), whole("version"), whole("position"),
    text("by"), text("at"), text("sha256"), text("note"), text("withdrawn_at"), under=cycles,
)
documents = Table(
    "documents", metadata, Column("sha256", String(64), primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)  # what freezes, records and publications hold: the journal has the hash of each
