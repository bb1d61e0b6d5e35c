"""A kept plan can be put to the test again: its question, its hash, its value, its rules."""

import json
from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, small, someone
from typer.testing import CliRunner

import cli
from data import question_file
from data.store import Act
from optimizer.search import Search
from portfolio.errors import Missing
from portfolio.person import Role
from portfolio.plan import NoPlan
from portfolio.rules import Force
from services import bench, scenarios
from services.replay import replay

FACILITATOR = someone(Role.FACILITATOR)
SEARCH = Search(20.0)


@pytest.fixture
def house(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


@pytest.fixture
def run(house, tmp_path, monkeypatch):
    monkeypatch.setenv("ARBITRAGE_DATABASE_URL", f"sqlite:///{tmp_path / 'house.db'}")
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


def keep(store):
    asked = scenarios.ask(store, FACILITATOR, "c", "base")
    found = scenarios.answer(asked, SEARCH)
    bench.keep(store, FACILITATOR, "c", asked, found)
    return asked, found


def test_the_kept_question_gives_the_kept_plan_again(house):
    store = house(small())
    asked, found = keep(store)

    told = replay(store, FACILITATOR, "c", "base", SEARCH)

    assert told.question == question_file.read(bench.export(asked))
    assert told.kept.question_sha256 == found.proof.question_sha256
    assert told.found.starts == told.was.starts == found.starts
    assert told.reached == told.found.proof.objective == found.proof.objective
    assert told.holds


def test_a_question_without_a_plan_is_replayed_too(house):
    store = house(a_registry(a_project("P1", cost=(200,)), rules=(Force("P1", True, "promis"),)))
    keep(store)

    told = replay(store, FACILITATOR, "c", "base", SEARCH)

    assert told.was is None
    assert isinstance(told.found, NoPlan)
    assert told.holds


def test_what_was_kept_falsely_is_seen(house):
    store = house(small())
    asked, found = keep(store)
    question = question_file.canonical(asked.posed.question).decode()
    for said in ({"starts": {}, "objective": 1e9, "bound": 1e9}, {"bound": 0.5}):
        answer = json.dumps(question_file.answer(found, asked.posed.question) | said)
        with store.writing(Act("test", "administrateur", "test")) as work:
            work.keep_plan("c", "base", question, answer)

        assert not replay(store, FACILITATOR, "c", "base", SEARCH).holds


def test_without_a_kept_plan_there_is_nothing_to_replay(house):
    with pytest.raises(Missing, match="no-kept-plan"):
        replay(house(small()), FACILITATOR, "c", "base", SEARCH)


def test_the_exported_question_solved_on_the_command_line_gives_the_kept_value_and_hash(
    house, run, tmp_path
):
    store = house(small())
    asked, _ = keep(store)
    kept = replay(store, FACILITATOR, "c", "base", SEARCH).kept
    question, answer = tmp_path / "question.json", tmp_path / "answer.json"
    question.write_bytes(bench.export(asked))
    answer.write_text(kept.answer, encoding="utf-8")

    solved = json.loads(run("solve", question).stdout)

    assert solved["question_sha256"] == kept.question_sha256
    assert solved["objective"] == json.loads(kept.answer)["objective"]
    assert run("check", question, answer).exit_code == 0


@pytest.mark.parametrize(("lang", "said"), [("fr", "tient"), ("en", "holds")])
def test_the_command_line_says_whether_the_kept_plan_holds(house, run, lang, said):
    store = house(small())
    asked, found = keep(store)

    result = run("replay", "--lang", lang)

    assert result.exit_code == 0
    assert said in result.stdout
    assert found.proof.question_sha256 in result.stdout

    worse = replace(found, starts={"P9": next(iter(found.starts.values()))})
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.keep_plan(
            "c", "base", question_file.canonical(asked.posed.question).decode(),
            json.dumps(
                question_file.answer(found, asked.posed.question)
                | {"starts": {c: s._asdict() for c, s in worse.starts.items()}}
            ),
        )  # fmt: skip
    assert run("replay", "--lang", lang).exit_code == 1
