"""The tables of what surrounds people and their proposals: ways in, notices, charters, dossiers."""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, String, Table

from data.schema import (
    CODE_LENGTH,
    claim,
    code,
    cycles,
    day,
    later,
    metadata,
    number,
    table,
    text,
    whole,
)

identities = table(
    "identities", "issuer subject", Column("issuer", String(CODE_LENGTH * 2), nullable=False),
    Column("subject", String(CODE_LENGTH * 2), nullable=False), whole("version"),
    whole("position"), code("person"),
)
invitations = table(
    "invitations", "digest", whole("version"), whole("position"), code("person"),
    text("expires"), text("invited_by"), text("used_at"),
)
accounts = Table(
    "accounts", metadata, Column("person", String(CODE_LENGTH), primary_key=True),
    Column("login", String(CODE_LENGTH), nullable=False, unique=True), text("password_hash"),
    text("changed_at"),
)  # never in the journal: what it holds of a password must not outlive it
sessions = Table(
    "sessions", metadata, Column("digest", String(64), primary_key=True),
    code("person"), text("started"), text("seen"), text("ended"),
    sa.Index("ix_sessions_person", "person"),
)
attempts = Table(
    "attempts", metadata, Column("key", String(CODE_LENGTH * 2), primary_key=True),
    whole("failures"), text("last"),
)  # of signing in, by account and by address
contacts = table(
    "contacts", "person", whole("version"), whole("position"), text("email"), text("rhythm"),
)
notices = Table(
    "notices", metadata,
    Column("id", BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
           autoincrement=False),
    code("person"), text("kind"), text("cycle"), text("about"), text("facts"), text("at"),
    text("read_at"), text("mail"), whole("tries"), text("mail_after"), text("mail_error"),
    Column("once", String(CODE_LENGTH * 2), unique=True),
    sa.Index("ix_notices_person", "person", "read_at"), sa.Index("ix_notices_mail", "mail", "id"),
)

charters = table(
    "charters", "cycle", whole("version"), whole("position"), day("opens"), day("weigh_by"),
    day("score_by"), day("decide_by"), text("call"), text("call_en"), text("override"),
    text("tie_break"), whole("quorum", True), whole("raters"), day("sealed_on"),
    text("sealed_by"), later(text("majority"), sa.text("'simple'")),
    later(text("undecided"), sa.text("'reporter'")), later(claim("secret"), sa.false()),
    later(whole("correction_days"), sa.text("10")), under=cycles,
)
extensions = table(
    "extensions", "cycle project", whole("version"), whole("position"), day("until"),
    text("reason"), text("by"), under=cycles,
)
submissions = table(
    "submissions", "cycle project number", whole("number"), whole("version"), whole("position"),
    text("by"), text("at"), text("document"), under=cycles,
)
inquiries = table(
    "inquiries", "cycle project number", whole("number"), whole("version"), whole("position"),
    text("section"), text("question"), text("asked_by"), text("asked_at"), text("answer"),
    text("answered_by"), text("answered_at"), claim("declined"), under=cycles,
)
opinions = table(
    "opinions", "cycle project number", whole("number"), whole("version"), whole("position"),
    text("verdict"), text("reason"), text("by"), text("at"), text("conditions"), under=cycles,
)
intakes = table(
    "intakes", "cycle project effect", whole("version"), whole("position"), number("share"),
    whole("principal_cents", True), claim("taken"), code("debt"), text("reason"), text("by"),
    text("at"), under=cycles,
)
attachments = table(
    "attachments", "cycle project number", whole("number"), whole("version"), whole("position"),
    text("name"), text("media"), whole("size"), Column("sha256", String(64), nullable=False),
    text("by"), text("at"), text("section"), text("note"), claim("confidential"),
    text("removed_at"), under=cycles,
)
attachment_bytes = Table(
    "attachment_bytes", metadata, Column("sha256", String(64), primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)
