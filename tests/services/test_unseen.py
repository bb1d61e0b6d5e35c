"""What a person may not see stays unseen, whatever she asks for: drafts, ballots, ratings."""

import importlib
import io
import shutil
import zipfile
from contextlib import closing, suppress
from dataclasses import replace

import pytest
from acts import CALLS, sites
from acts.house import build
from acts.said import FACILITATOR, PEOPLE, STRANGERS, kept

from data.store import open_store
from portfolio.errors import Refusal
from portfolio.evaluation import Ballot, Evaluation, Subject, Weight
from portfolio.person import Role
from services import rounds

MEMBER = PEOPLE[Role.MEMBER].code
SECRETS = {"draft": "canari-ebauche", "ballot": "37.137", "rating": "canari-cote"}
SEES = {("draft", Role.ADMINISTRATOR)}  # the lead sees her own: she is no stranger to it
WHOLE = {  # act -> why it gives drafts to those who do not read them on any page
    "exports.write": "what is brought back stands for all of the cycle: a draft left out is lost",
    "scenarios.ask": "what is solved; pages show the projects put to it, and drafts are not",
    "signs.signs": "the page names from it the projects that were rated, and drafts are not",
}


@pytest.fixture(scope="module", autouse=True)
def site():
    with sites.serving():
        yield


@pytest.fixture(scope="module")
def full(migrated_file, tmp_path_factory):
    """A lead's draft, a member's ballot and rating in rounds that are open; strangers beside."""
    file = build(migrated_file, tmp_path_factory.mktemp("full"), with_strangers=True)
    with closing(open_store(f"sqlite:///{file}")) as store:
        with store.reading() as work:
            draft = work.project("c", "P2")
        for subject in Subject:
            rounds.begin(store, FACILITATOR, "c", subject)
        kept(store, replace(draft, problem=SECRETS["draft"]))
        kept(store, Ballot(MEMBER, (Weight("1", 37.137),)))
        kept(store, Evaluation("P3", "1.1", MEMBER, 2.0, justification=SECRETS["rating"]))
    return file


def asked(act, store, person):
    """Everything that the act gives, as one text; "" when it refuses."""
    module, name = act.rsplit(".", 1)
    function = getattr(importlib.import_module(f"services.{module}"), name)
    with suppress(Refusal):
        return spelt(function(store, person, *CALLS[act].arguments(store)))
    return ""


def spelt(found):
    if not isinstance(found, bytes) or not zipfile.is_zipfile(io.BytesIO(found)):
        return repr(found)
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_there_is_something_to_see(full):
    with closing(open_store(f"sqlite:///{full}")) as store, store.reading() as work:
        whole = repr(work.registry("c"))
    assert all(secret in whole for secret in SECRETS.values())


@pytest.mark.parametrize("act", CALLS)
def test_nobody_is_shown_what_is_another_s_alone(full, tmp_path, act):
    shown = set()
    for role in Role:
        if role in CALLS[act].may:
            copy = shutil.copy(full, tmp_path / f"{role}.db")
            with closing(open_store(f"sqlite:///{copy}")) as store:
                told = asked(act, store, STRANGERS[role])
            shown |= {(kind, role) for kind, secret in SECRETS.items() if secret in told}

    if act in WHOLE:
        assert {kind for kind, _ in shown} == {"draft"}
    else:
        assert shown <= SEES
