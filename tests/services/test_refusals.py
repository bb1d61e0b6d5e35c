"""A refused call leaves one line in the journal; and no service is without its declaration."""

import importlib
import json
import logging
import pkgutil
from contextlib import suppress
from dataclasses import replace
from types import ModuleType

import pytest
import sqlalchemy as sa
from benches import a_project, a_registry
from nouns import told
from undeclared import undeclared

import services
from data.journal import FIRST, REFUSAL, last_change
from data.store import Act, Store
from portfolio.errors import Forbidden, Refusal
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import bench, cycles, permission, proposals, waiting
from services.permission import ACTS, EVERYONE, allowed

ANNE = Person("anne", "Anne", frozenset({Role.LEAD}))
ZOE = Person("zoe", "Zoé", frozenset({Role.LEAD, Role.OBSERVER}))
GONE = Person("gone", "Partie", frozenset(Role), is_active=False)
MALLORY = Person("mallory", "Mallory", frozenset(Role))

MODULES = [  # every one, so that all acts are declared
    importlib.import_module(f"services.{module.name}")
    for module in pkgutil.iter_modules(services.__path__)
]
WITHOUT_A_PERSON = {
    "people.console": "runs on the machine itself: gives the person whom its acts are done by",
    "people.demo_people": "before sign-in: the demo's accounts, offered to whoever comes",
    "doors.door": "before sign-in: which door there is",
    "doors.who": "sign-in itself: whose session a token is",
    "doors.admits": "sign-in itself: whether the bearer of a token is let in",
    "doors.sign_out": "ends the session of whoever bears its token",
    "doors.is_first_use": "before sign-in: whether anybody came in yet",
    "accounts.sign_in": "sign-in itself: asks for a password, throttled",
    "accounts.redeem": "sign-in itself: asks for the secret of an invitation",
    "accounts.login_of": "before sign-in: the login that an invitation page shows",
    "invitations.open_link": "before sign-in: asks for the secret of an invitation",
    "presented.enter": "sign-in itself: asks for what the provider verified",
    "post.deliver": "sends what acts already told people, on the machine's own clock",
    "reminders.remind": "tells people what a day brings, on the machine's own clock",
    "publication.published": "what the public reads, and nothing else, of a cycle",
    "publication.every_published": "the same, of every cycle",
    "publication_trial.tried": "what anyone may try on what the public reads; nothing is kept",
    "house.describe": "the version of the database, for the command line and the pages' foot",
}


@pytest.fixture
def house(store):
    """Two leads and someone who left; the draft P1 is Anne's."""
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, ZOE, GONE):
            work.save(None, person)
        work.bring_in(a_registry(a_project("P1", lead="anne", stage=Stage.DRAFT)))
    return store


def refused(house):
    return [line for line in told(house) if line.kind == REFUSAL]


def test_a_role_that_may_not_leaves_a_line_that_says_what_was_refused(house):
    with pytest.raises(Forbidden, match="not-allowed"):
        waiting.view(house, ANNE, "c", None)

    (line,) = refused(house)
    assert (line.actor, line.role, line.act, line.key) == (
        "anne", "responsable", "waiting.view", "waiting.view")
    assert (line.before, line.request, line == told(house)[-1]) == (None, None, True)
    assert json.loads(line.after) == {
        "code": "not-allowed", "standing": "active",
        "facts": {"act": "waiting.view", "accepted": [str(r) for r in ACTS["waiting.view"]]},
    }


def test_the_roles_told_are_those_the_store_knows_not_those_claimed(house):
    for person in (replace(ZOE, roles=frozenset(Role)), GONE, MALLORY):
        with pytest.raises(Forbidden, match="not-allowed"):
            bench.keep(house, person, "c", None, None)

    every = ", ".join(sorted(Role))
    lines = refused(house)
    assert [(line.actor, line.role, json.loads(line.after)["standing"]) for line in lines] == [
        ("zoe", "observateur, responsable", "active"),
        ("gone", every, "disabled"), ("mallory", "", "unknown"),
    ]


def test_an_object_of_someone_else_leaves_a_line_after_the_act_was_undone(house):
    with house.reading() as work:
        hers = work.project("c", "P1")
        before = last_change(work)

    with pytest.raises(Forbidden, match="not-yours"):
        proposals.move(house, ZOE, "c", hers, Stage.WITHDRAWN)

    (line,) = refused(house)
    assert json.loads(line.after) == {
        "code": "not-yours", "standing": "active", "facts": {"found": "P1"}}
    with house.reading() as work:
        assert work.project("c", "P1") == hers
        assert last_change(work) == before


@pytest.fixture
def made_up():
    """Acts of a module that does not exist, forgotten afterwards."""
    before = dict(ACTS)
    yield
    ACTS.clear()
    ACTS.update(before)


def test_acts_that_call_one_another_leave_one_line_of_the_first(house, made_up):
    @allowed(*EVERYONE)
    def outer(store: Store, by: Person) -> None:
        with store.writing(Act(by.code, "", "outer")) as work:
            work.note("half", "done")
            cycles.cycles(store, by)
            waiting.view(store, by, "c", None)

    with pytest.raises(Forbidden, match="not-allowed"):
        outer(house, ANNE)

    (line,) = refused(house)
    assert line.act.endswith("outer")
    assert json.loads(line.after)["facts"]["act"] == "waiting.view"
    assert not [line for line in told(house) if line.kind == "half"]


def test_facts_that_json_does_not_know_are_told_as_text(house, made_up):
    @allowed(*EVERYONE)
    def odd(store: Store, by: Person) -> None:
        raise Forbidden("odd", who=ANNE, share=float("nan"), what=odd)

    with pytest.raises(Forbidden, match="odd"):
        odd(house, ZOE)

    facts = json.loads(refused(house)[0].after)["facts"]
    assert facts["who"]["code"] == "anne"
    assert (facts["share"], facts["what"][:9]) == ("nan", "<function")


def test_other_refusals_leave_no_line(house):
    with house.reading() as work:
        hers = work.project("c", "P1")
    with pytest.raises(Refusal, match="stage-order"):
        proposals.move(house, ANNE, "c", hers, Stage.APPROVED)

    assert refused(house) == []


def test_a_refused_call_does_not_make_what_was_read_stale(house):
    stamp = bench.stamp(house, ZOE)
    registry = cycles.registry(house, ANNE, "c")
    with house.reading() as work:
        assert work.registry("c") is work.registry("c")
        held = work.registry("c")

    with pytest.raises(Forbidden):
        waiting.view(house, ANNE, "c", None)

    assert bench.stamp(house, ZOE) == stamp != FIRST
    assert cycles.registry(house, ANNE, "c") == registry
    with house.reading() as work:
        assert work.registry("c") is held


def test_a_full_disk_does_not_turn_a_refusal_into_another_error(migrated_file, tmp_path, caplog):
    house = Store(full(tmp_path, migrated_file))
    with caplog.at_level(logging.WARNING), pytest.raises(Forbidden, match="not-allowed"):
        bench.keep(house, MALLORY, "c", None, None)

    assert refused(house) == []
    (record,) = caplog.records
    assert "refusal not in the journal (disk-full): bench.keep by mallory" in record.message
    house.close()


def full(folder, empty):
    """The engine of an SQLite file on which not one more line fits."""
    from data.engine import open_engine

    (folder / "full.db").write_bytes(empty.read_bytes())
    engine = open_engine(f"sqlite:///{folder / 'full.db'}")
    pages = engine.connect().exec_driver_sql("PRAGMA page_count").scalar()
    sa.event.listen(engine, "connect", lambda connection, _: connection.cursor().execute(
        f"PRAGMA max_page_count = {pages + 1}"))
    engine.dispose()
    with suppress(Refusal):
        while True:
            with Store(engine).writing(Act("test", "", "test")) as work:
                work.note("filler", "x" * 100)
    return engine


def test_no_service_on_a_store_is_without_its_declaration():
    declared = frozenset(ACTS) | frozenset(WITHOUT_A_PERSON)

    assert [name for module in MODULES for name in undeclared(module, declared)] == []


def test_no_exception_stands_in_the_list_that_is_not_needed():
    found = {name for module in MODULES for name in undeclared(module, frozenset(ACTS))}

    assert found == set(WITHOUT_A_PERSON)


def test_the_checker_finds_what_a_new_module_forgot_to_declare(made_up):
    module = ModuleType("services.made_up")
    module.__dict__.update(Store=Store, Person=Person, allowed=allowed, EVERYONE=EVERYONE)
    exec("def wipe(store: Store, by: Person): pass\n"
         "def leak(store, by): pass\n"
         "def quote(keep: 'Store'): pass\n"
         "def _inner(store: Store): pass\n"
         "def plain(cycle: str): pass\n"
         "@allowed(*EVERYONE)\n"
         "def told(store: Store, by: Person): pass\n", module.__dict__)

    assert undeclared(module, frozenset(ACTS)) == [
        "made_up.leak", "made_up.quote", "made_up.wipe"]
    assert permission.ACTS["made_up.told"] == EVERYONE
