"""A house with the demo portfolio, a house with people only, and pages shown in them."""

import shutil
from dataclasses import replace
from functools import cache, lru_cache

import pytest
from benches import a_house, quick_demo
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from data.store import Act, open_store
from portfolio.person import Person, Role
from services import house, imports
from services.jobs import Jobs
from services.people import console

config.set_option("client.showErrorDetails", "full")
# Each AppTest reads every installed library's metadata in search of components: once will do.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory):
    """The demo portfolio and one person a role, in an SQLite file made once."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    store = house.open_house(f"sqlite:///{file}")
    imports.bring_in(store, console(store), imports.demo())
    _welcome(store)
    store.close()
    return file


@pytest.fixture(scope="session")
def demo(demo_file):
    """The demo portfolio, for tests that only read."""
    store = open_store(f"sqlite:///{demo_file}")
    yield store
    store.close()


@pytest.fixture
def own_demo(demo_file, tmp_path):
    """The demo portfolio, for a test that writes."""
    file = shutil.copy(demo_file, tmp_path / "own.db")
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.fixture
def open_demo(own_demo):
    """The same, with a call that never ends."""
    with own_demo.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.cycle("demo"), submit_by=None))
    return own_demo


@pytest.fixture
def empty(tmp_path):
    """People, and no portfolio."""
    store = house.open_house(f"sqlite:///{tmp_path / 'empty.db'}")
    _welcome(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def jobs():
    """Jobs of the module's own, all stopped when it ends."""
    own = Jobs()
    yield own
    own.close()


@pytest.fixture(name="house")
def a_house_of_one_s_own(migrated_file, tmp_path):
    """house(registry): a store that holds it, and one person a role."""
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


@pytest.fixture(scope="module")
def quick(migrated_file, tmp_path_factory):
    """The demo portfolio, made quick to solve."""
    with a_house(migrated_file, tmp_path_factory.mktemp("quick") / "demo.db") as bring:
        yield bring(quick_demo())


def _welcome(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE.values():
            work.save(None, person)


@pytest.fixture
def show():
    """Show a page to someone: show("debts", store, Role.ARCHITECT, "en", system="PAIE")."""
    return _shown


@pytest.fixture(scope="session")
def seen(demo):
    """A page of the demo, run once for all the tests that read it: seen("debts", Role.LEAD)."""

    @lru_cache(48)
    def once(page, who, language, query):
        return _shown(page, demo, who, language, **dict(query))

    def look(page, who=Role.MEMBER, language="fr", **query):
        return once(page, who, language, tuple(query.items()))

    return look


def _shown(page, store, who=Role.MEMBER, language="fr", cycle=None, **query):
    person = PEOPLE[who] if isinstance(who, Role) else who
    given = {"page": page, "store": store, "person": person, "language": language}
    given["cycle"] = _cycle(store) if cycle is None else cycle
    at = AppTest.from_function(_page, kwargs=given, default_timeout=30)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def _cycle(store):
    with store.reading() as work:
        cycles = work.cycles()
    return cycles[0].code if cycles else ""


def _page(page, store, person, language, cycle):
    import importlib

    from views.desk import Desk
    from views.text import Text

    desk = Desk(store, person, Text(language), cycle=cycle)
    importlib.import_module(f"views.{page}").render(desk)


def read(at):
    """Every word on the page, in one text."""
    shown = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption]
    shown += [*at.warning, *at.info, *at.success, *at.error]
    tables = [frame.value.to_string() for frame in at.dataframe]
    tables += [frame.value.to_string() for frame in at.table]
    folded = [expander.label for expander in at.expander]
    metrics = [f"{metric.label} {metric.value}" for metric in at.metric]
    return "\n".join([*(one.value for one in shown), *tables, *folded, *metrics])


@pytest.fixture(name="read")
def reading():
    return read
