"""Each act is for the roles that the city gave it, asked of the store at every call.

What an act is called with stands in tests/acts, which says how to add one.
"""

import importlib
import pkgutil
import shutil
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace

import pytest
from acts import CALLS, NOT_ONES_OWN, OWN, proposals, sites
from acts.house import build
from acts.said import PEOPLE, STRANGERS
from nouns import told

import services
from data.journal import REFUSAL, last_change
from data.store import Act, open_store
from portfolio.errors import Forbidden, Refusal
from portfolio.person import Person, Role
from services import permission
from services import proposals as proposing
from services.permission import ACTS

for module in pkgutil.iter_modules(services.__path__):
    importlib.import_module(f"services.{module.name}")

MALLORY = Person("mallory", "Mallory", frozenset(Role))
DISABLED = Person("partie", "Partie", frozenset(Role), is_active=False)


@pytest.fixture(scope="module", autouse=True)
def site():
    with sites.serving():
        yield


@pytest.fixture(scope="module")
def kept(migrated_file, tmp_path_factory):
    return build(migrated_file, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def kept_with_strangers(migrated_file, tmp_path_factory):
    """Two people a role, so that one can try what is the other's."""
    return build(migrated_file, tmp_path_factory.mktemp("strangers"), with_strangers=True)


@contextmanager
def a_copy(file, folder):
    copy = shutil.copy(file, folder / "own.db")
    with closing(open_store(f"sqlite:///{copy}")) as store:
        yield store


@pytest.fixture
def store(kept, tmp_path):
    with a_copy(kept, tmp_path) as opened:
        yield opened


@pytest.fixture
def shared(kept_with_strangers, tmp_path):
    with a_copy(kept_with_strangers, tmp_path) as opened:
        yield opened


def do(act, store, by, arguments):
    module, name = act.rsplit(".", 1)
    function = getattr(importlib.import_module(f"services.{module}"), name)
    return function(store, by, *arguments)


def refusals(store):
    return [line for line in told(store) if line.kind == REFUSAL]


def standing(store):
    with store.reading() as work:
        return last_change(work)


def test_every_act_says_who_may_do_it():
    assert set(ACTS) == set(CALLS)


@pytest.mark.parametrize("act", CALLS)
def test_an_act_is_refused_to_whoever_may_not_do_it_and_each_call_is_told(store, act):
    """Each role that may not, someone who left, someone unknown: with what would do for others."""
    call = CALLS[act]
    change(store, DISABLED)
    arguments = call.arguments(store)
    before, already = standing(store), len(refusals(store))
    others = [PEOPLE[role] for role in Role if role not in call.may]

    for person in (*others, replace(DISABLED, is_active=True), MALLORY):
        with pytest.raises(Forbidden) as refused:
            do(act, store, person, arguments)
        assert refused.value.code == "not-allowed"
        assert set(refused.value.facts["accepted"]) == call.may

    lines = refusals(store)[already:]
    assert [(line.actor, line.key) for line in lines] == [
        *((person.code, act) for person in others), ("partie", act), ("mallory", act)]
    assert standing(store) == before


@pytest.mark.parametrize(("act", "role"), [
    (act, role) for act, call in CALLS.items() for role in Role if role in call.may
])  # fmt: skip
def test_an_act_is_done_by_its_roles(store, act, role):
    do(act, store, PEOPLE[role], CALLS[act].arguments(store))

    assert refusals(store) == []


def named(foreign):
    return f"{foreign.act}-{foreign.role}"


@pytest.mark.parametrize("foreign", OWN + NOT_ONES_OWN, ids=named)
def test_the_right_role_does_nothing_to_what_is_not_hers_to_touch(shared, foreign):
    """Refused, or done to what is her own: what is there of the other's stays as it was."""
    arguments = foreign.given(shared)
    there = one(shared, foreign.theirs)
    assert there is not None
    assert foreign.role in CALLS[foreign.act].may
    expected = pytest.raises(Refusal) if foreign.refused else nullcontext()

    with expected as refused:
        do(foreign.act, shared, STRANGERS[foreign.role], arguments)

    assert one(shared, foreign.theirs) == there
    if foreign.refused:
        assert refused.value.code == foreign.refused
        lines = [line.actor for line in refusals(shared)]
        is_forbidden = isinstance(refused.value, Forbidden)
        assert lines == [STRANGERS[foreign.role].code] * is_forbidden


@pytest.mark.parametrize(("table", "declared"), [
    (OWN, permission.OWN), (NOT_ONES_OWN, permission.OTHERS),
], ids=["own", "others"])  # fmt: skip
def test_what_is_declared_for_one_s_own_is_tried_on_someone_else_s(table, declared):
    tried = {(foreign.act, foreign.role) for foreign in table}

    assert tried == {(act, role) for act, roles in declared.items() for role in roles}


def one(store, theirs):
    with store.reading() as work:
        return work.one(*theirs)


def change(store, person, **differently):
    with store.writing(Act("test", "administrateur", "test")) as work:
        known = work.every(Person, person.code)
        return work.save(None, replace(known[0] if known else person, **differently))


def test_a_role_given_holds_at_the_next_call(store):
    observer = PEOPLE[Role.OBSERVER]
    with pytest.raises(Forbidden, match="not-allowed"):
        proposing.begin(store, observer, "c", "Un titre")

    change(store, observer, roles=frozenset({Role.OBSERVER, Role.LEAD}))

    assert proposing.begin(store, observer, "c", "Un titre").lead == observer.code


def test_what_a_refused_call_would_have_changed_stays(store):
    lead = PEOPLE[Role.LEAD]
    written = proposing.save(
        store, lead, "c", replace(proposals.draft(store), problem="Un problème"))
    change(store, lead, roles=frozenset({Role.OBSERVER}))

    with pytest.raises(Forbidden, match="not-allowed"):
        proposing.save(store, lead, "c", replace(written, problem="Un autre"))

    assert proposals.draft(store).problem == "Un problème"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_withdrawn_in_mid_session_is_refused_at_the_next_call_of_each_act(store, role):
    """The page still holds the person as she was: with the role, and everything she may do."""
    before = PEOPLE[role]
    hers = [act for act, call in CALLS.items() if role in call.may]
    cycle_read = do("cycles.cycles", store, before, ())
    assert cycle_read

    change(store, before, roles=frozenset())

    for act in hers:
        with pytest.raises(Forbidden, match="not-allowed"):
            do(act, store, before, ())
    assert [line.key for line in refusals(store)] == hers
