"""The house opened: its store, ready to be used."""

import os

from data.engine import describe as running
from data.store import Store, open_store

DEFAULT_URL = "sqlite:///var/arbitrage.db"


def database_url() -> str:
    """ARBITRAGE_DATABASE_URL, or an SQLite file beside the program."""
    return os.environ.get("ARBITRAGE_DATABASE_URL") or DEFAULT_URL


def open_house(url: str | None = None) -> Store:
    """The store at ``url`` (by default the configured one), its tables up to date.

    Raises Refusal("no-database") when it cannot be reached.
    """
    store = open_store(url or database_url())
    store.migrate()
    return store


def describe(store: Store) -> str:
    """Which database runs, in which version."""
    now = running(store.engine)
    return f"{now.database} {now.version} ({now.driver})"
