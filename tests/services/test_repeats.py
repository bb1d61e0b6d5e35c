"""A thousand times: an act sent again under its key is done once, and the journal tells it once."""

import importlib
import inspect
import shutil
from contextlib import closing, suppress

import pytest
from acts import CALLS, sites
from acts.house import build
from acts.said import PEOPLE
from nouns import told

from data.store import Repeated, open_store


def function_of(act):
    module, name = act.rsplit(".", 1)
    return getattr(importlib.import_module(f"services.{module}"), name)


KEYED = [act for act in CALLS if "request" in inspect.signature(function_of(act)).parameters]
TIMES = -(-1_000 // len(KEYED))


@pytest.fixture(scope="module", autouse=True)
def site():
    with sites.serving():
        yield


@pytest.fixture(scope="module")
def kept(migrated_file, tmp_path_factory):
    return build(migrated_file, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def store(kept, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(kept, tmp_path / 'own.db')}")) as opened:
        yield opened


@pytest.mark.parametrize("act", KEYED)
def test_an_act_repeated_with_its_key_is_done_once(store, act):
    call = CALLS[act]
    person = PEOPLE[min(call.may)]
    arguments = call.arguments(store)
    before = len(told(store))
    function_of(act)(store, person, *arguments, request="key")
    lines = told(store)
    assert len(lines) > before, "the act writes nothing"

    for _ in range(TIMES):
        with suppress(Repeated):  # some acts answer as they did the first time
            function_of(act)(store, person, *arguments, request="key")

    assert told(store) == lines


def test_a_thousand_repeats_were_tried():
    assert len(KEYED) * TIMES >= 1_000
    assert len(KEYED) >= 25


def test_another_key_is_another_act(store):
    act = "proposals.begin"
    person, arguments = PEOPLE[min(CALLS[act].may)], CALLS[act].arguments(store)
    codes = {
        function_of(act)(store, person, *arguments, request=key).code for key in ("one", "two")
    }
    assert len(codes) == 2
