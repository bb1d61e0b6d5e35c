"""Documents kept whole and once under their SHA-256: freezes, records, publications."""

import hashlib

import sqlalchemy as sa

from data.schema_room import documents
from data.store_work import Reading, Work
from portfolio.errors import Missing


def keep(work: Work, content: bytes) -> str:
    """Keep the document, unless it is there already; its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    asked = sa.select(documents.c.sha256).where(documents.c.sha256 == digest)
    if work.connection.execute(asked).first() is None:
        row = {"sha256": digest, "content": content}
        work.connection.execute(sa.insert(documents).values(row))
    return digest


def read(work: Reading, digest: str) -> bytes:
    """The document of that SHA-256; Missing when it is gone."""
    asked = sa.select(documents.c.content).where(documents.c.sha256 == digest)
    found = work.connection.execute(asked).scalar()
    if found is None:
        raise Missing("no-such-document", found=digest)
    return bytes(found)
