"""A store with something in it, for the tests of this folder."""

import pytest
from nouns import a_cycle, a_project

from data.store import Act


@pytest.fixture
def filled(store):
    """A store with the cycle 2027 and the project P1."""
    with store.writing(Act("anne", "responsable", "test")) as work:
        work.save(None, a_cycle())
        work.save("2027", a_project())
    return store
