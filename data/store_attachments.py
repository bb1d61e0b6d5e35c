"""The bytes of attachments, kept once under their SHA-256 while something refers to them."""

import hashlib

import sqlalchemy as sa

from data.schema_people import attachment_bytes, attachments
from data.store_work import Reading, Work
from portfolio.errors import Missing


def keep(work: Work, content: bytes) -> str:
    """Keep the bytes, unless they are there already; their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    if not _is_there(work, digest):
        row = {"sha256": digest, "content": content}
        work.connection.execute(sa.insert(attachment_bytes).values(row))
    return digest


def read(work: Reading, digest: str) -> bytes:
    """The bytes of that SHA-256; Missing when they are gone."""
    asked = sa.select(attachment_bytes.c.content).where(attachment_bytes.c.sha256 == digest)
    found = work.connection.execute(asked).scalar()
    if found is None:
        raise Missing("no-such-attachment", found=digest)
    return bytes(found)


def drop(work: Work, digest: str) -> None:
    """Let go of the bytes once no attachment that is there refers to them."""
    referring = sa.select(sa.literal(1)).where(
        attachments.c.sha256 == digest, attachments.c.removed_at == ""
    )
    if work.connection.execute(referring.limit(1)).first() is None:
        gone = sa.delete(attachment_bytes).where(attachment_bytes.c.sha256 == digest)
        work.connection.execute(gone)


def _is_there(work: Reading, digest: str) -> bool:
    asked = sa.select(sa.literal(1)).where(attachment_bytes.c.sha256 == digest)
    return work.connection.execute(asked).first() is not None
