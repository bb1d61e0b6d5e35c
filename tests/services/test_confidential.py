"""What a proposal keeps confidential reaches only its lead and those who judge it."""

import importlib
import shutil
import zipfile
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from io import BytesIO

import pytest
from acts import CALLS, sites
from acts.house import build
from acts.said import PEOPLE, STRANGERS
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio import confidential
from portfolio.errors import Invalid, Refusal
from portfolio.person import Person, Role
from portfolio.project import MAY_BE_CONFIDENTIAL, DebtEffect, LegalBasis, Project
from portfolio.registry import pose
from services import cycles

MARK = "TÉMOIN-CONFIDENTIEL"
TOLD = {
    "sponsor": MARK, "problem": MARK, "outcome": MARK, "risks": MARK, "systems": (MARK,),
    "legal_basis": LegalBasis("Loi", proof=MARK), "debt_effects": (DebtEffect(title=MARK),),
    "confidential": frozenset(MAY_BE_CONFIDENTIAL),
}  # fmt: skip
READERS = [(Role.OBSERVER, PEOPLE[Role.OBSERVER]), (Role.LEAD, STRANGERS[Role.LEAD])]
ASKED = [(act, by) for role, by in READERS for act, call in CALLS.items() if role in call.may]


@pytest.fixture(scope="module", autouse=True)
def site():
    with sites.serving():
        yield


@pytest.fixture(scope="module")
def told(migrated_file, tmp_path_factory):
    """The house of the acts, where every project says the mark wherever it may be kept back."""
    file = build(migrated_file, tmp_path_factory.mktemp("told"), with_strangers=True)
    act = Act("test", "administrateur", "test")
    with closing(open_store(f"sqlite:///{file}")) as store, store.writing(act) as work:
        for project in work.every(Project, "c"):
            work.save("c", replace(project, **TOLD))
    return file


@pytest.fixture
def store(told, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(told, tmp_path / 'own.db')}")) as opened:
        yield opened


def words(found, met):
    """Every text that can be reached from what an act gave, in a workbook or a dataclass."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, bytes):
        yield found.decode("utf-8", "ignore")
        if found.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(found)) as book:
                for name in book.namelist():
                    yield book.read(name).decode("utf-8", "ignore")
    elif id(found) not in met:
        met[id(found)] = found
        for part in parts(found):
            yield from words(part, met)


def parts(found):
    if isinstance(found, dict):
        return [*found.keys(), *found.values()]
    if is_dataclass(found) and not isinstance(found, type):
        return [getattr(found, field.name) for field in fields(found)]
    if isinstance(found, list | tuple | set | frozenset):
        return list(found)
    return list(getattr(found, "__dict__", {}).values())


def given_by(store, act, by):
    """What the person gets of the act: its result, or the facts of its refusal."""
    module, name = act.rsplit(".", 1)
    function = getattr(importlib.import_module(f"services.{module}"), name)
    arguments = CALLS[act].arguments(store)
    try:
        return function(store, by, *arguments)
    except Refusal as refused:
        return refused.facts


def says_it(found):
    return any(MARK in text for text in words(found, {}))


@pytest.mark.parametrize(("act", "by"), ASKED, ids=lambda one: getattr(one, "code", one))
def test_nothing_that_an_observer_or_another_lead_can_call_gives_it(store, act, by):
    assert not says_it(given_by(store, act, by))


@pytest.mark.parametrize("role", [*confidential.JUDGES, Role.LEAD])
def test_its_lead_and_those_who_judge_read_it(store, role):
    assert says_it(given_by(store, "cycles.registry", PEOPLE[role]))


def test_someone_who_becomes_a_member_reads_it_at_once(store):
    zoe = Person("zoe", "Zoé", frozenset({Role.OBSERVER}))
    with store.writing(Act("test", "administrateur", "test")) as work:
        kept = work.save(None, zoe)
    assert not says_it(cycles.registry(store, zoe, "c"))

    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(kept, roles=frozenset({Role.MEMBER})))

    assert says_it(cycles.registry(store, zoe, "c"))


@pytest.mark.parametrize("name", MAY_BE_CONFIDENTIAL)
def test_each_field_is_kept_back_alone(name):
    project = a_project("P1", **{**TOLD, "confidential": frozenset({name})})
    seen = confidential.veiled(PEOPLE[Role.OBSERVER], project)
    changed = {f.name for f in fields(Project) if getattr(seen, f.name) != getattr(project, f.name)}

    assert changed == {"legal_basis" if name == "proof" else name}


def test_keeping_a_field_back_does_not_change_the_question_that_is_solved():
    whole = a_registry(a_project("P1", **TOLD))
    seen = replace(whole, projects=tuple(
        confidential.veiled(PEOPLE[Role.OBSERVER], p) for p in whole.projects))

    asked = [pose(one, one.scenarios[0], {"P1": 3.0}).question for one in (whole, seen)]

    assert asked[0] == asked[1]


def test_what_the_scores_are_worked_out_from_cannot_be_kept_back():
    with pytest.raises(Invalid, match="not-one-of"):
        a_project("P1", confidential=frozenset({"variants"}))
