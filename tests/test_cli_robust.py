"""Robust, near and risk on the command line, as a script uses them."""

import json
import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from benches import a_project, a_registry
from typer.testing import CliRunner

import cli
from data.store import Act, open_store
from portfolio.evaluation import Adopted, Ballot, Evaluation, Weight

QUESTION = {
    "horizon": {"start": 2027, "periods": 1},
    "envelopes": {"E": {"limits": [20]}},
    "projects": [
        {"code": "A", "value": 5, "cost": {"E": [10]}, "measures": {"x": 10, "y": 0}},
        {"code": "B", "value": 4, "cost": {"E": [10]}, "measures": {"x": 6, "y": 6}},
        {"code": "C", "value": 3, "cost": {"E": [10]}, "measures": {"x": 0, "y": 10}},
    ],
}
INFEASIBLE = QUESTION | {
    "rules": [{"kind": "mandatory", "project": code} for code in ("A", "B", "C")]
}
XY = {"criteria": ["x", "y"]}


@pytest.fixture
def house(migrated_file, tmp_path):
    """house(registry): the file of a store that holds it."""

    def bring(registry):
        file = shutil.copy(migrated_file, tmp_path / "house.db")
        opened, act = closing(open_store(f"sqlite:///{file}")), Act("t", "administrateur", "t")
        with opened as store, store.writing(act) as work:
            work.bring_in(registry)
        return file

    return bring


@pytest.fixture
def run(tmp_path):
    def asked(verb, question, *words, name="question.json"):
        file = tmp_path / name
        file.write_text(question if isinstance(question, str) else json.dumps(question))
        plain = [json.dumps(w) if isinstance(w, dict) else str(w) for w in words]
        return CliRunner().invoke(cli.app, [verb, str(file), *plain])

    return asked


def test_robust_tells_core_contested_and_out_with_the_index(run):
    result = run("robust", QUESTION, "--weights-set", XY | {"between": {"x": [0.4, 1]}})
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert (answer["status"], answer["complete"]) == ("optimal", True)
    assert answer["projects"]["B"] == {"standing": "core", "core_index": 1.0}
    assert answer["projects"]["C"] == {"standing": "contested", "core_index": 0.5}
    assert len(answer["extreme_points"]) == 2
    assert len(answer["question_sha256"]) == 64


def test_samples_are_named_and_have_their_error(run):
    answer = json.loads(run("robust", QUESTION, "--weights-set", XY, "--samples", 20).stdout)

    assert answer["sampled"]["draws"] == 20
    assert set(answer["projects"]["A"]["chosen_in"]) == {"share", "error"}
    assert answer["projects"]["A"]["standing"] == "contested"


def test_the_weights_now_give_their_bands(run):
    asked = XY | {"weights": {"x": 7, "y": 3}}
    answer = json.loads(run("robust", QUESTION, "--weights-set", asked).stdout)

    assert answer["bands"]["x"]["weight"] == 0.7
    assert answer["bands"]["x"]["low"]["at"] == pytest.approx(0.5)
    assert answer["bands"]["x"]["low"]["is_proved"]


def test_intervals_are_of_values_or_of_criteria(run, tmp_path):
    file = tmp_path / "intervals.json"
    file.write_text(json.dumps({"A": [2, 6]}))
    alone = json.loads(run("robust", QUESTION, "--value-intervals", file).stdout)
    both = json.loads(
        run("robust", QUESTION, "--weights-set", {"criteria": ["y"]},
            "--value-intervals", {"A": {"y": [0, 11]}}).stdout
    )  # fmt: skip

    assert alone["projects"]["A"]["standing"] == "contested"
    assert {c: p["standing"] for c, p in both["projects"].items()} == {
        "A": "contested", "B": "contested", "C": "core"
    }  # fmt: skip


def test_near_gives_plans_that_differ(run):
    answer = json.loads(run("near", QUESTION, "--within", 0.3, "--count", 2).stdout)

    assert answer["objective"] == 9
    assert {one["objective"] for one in answer["plans"]} == {7, 8}
    assert all(one["is_furthest"] for one in answer["plans"])


def test_risk_tells_every_figure_with_its_error(run):
    words = ("--costs", {"projects": {"A": [0.9, 1.5]}}, "--draws", 200, "--asked", 10)
    result = run("risk", QUESTION, *words, "--holds", 0.5, "--past")
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert set(answer["envelopes"]["E"]) == {"within", "over", "cvar"}
    assert answer["within_every_envelope"]["error"] > 0
    assert answer["chosen_in"]["B"]["error"] > 0
    assert answer["holding"]["within_every_envelope"]["share"] >= 0


@pytest.mark.parametrize(
    ("verb", "words"),
    [("robust", ["--weights-set", XY]), ("near", []), ("risk", ["--past"])],
)
def test_an_infeasible_question_ends_with_three(run, verb, words):
    result = run(verb, INFEASIBLE, *words)
    assert result.exit_code == 3
    assert json.loads(result.stdout)["status"] == "infeasible"


@pytest.mark.parametrize(
    ("verb", "words", "told"),
    [
        ("robust", ["--weights-set", {"criteria": ["z"]}], "z"),
        ("robust", ["--weights-set", {"criteria": 3}], "criteria"),
        ("robust", ["--weights-set", XY | {"between": {"x": [0, 0.1], "y": [0, 0.1]}}], "somme"),
        ("robust", ["--weights-set", "nowhere.json"], "nowhere.json"),
        ("robust", ["--value-intervals", {"Z": [1, 2]}], "Z"),
        ("robust", ["--value-intervals", {"A": [2, 1]}], "A"),
        ("risk", ["--costs", {"projects": {"Z": [1, 2]}}], "Z"),
        ("risk", ["--costs", {"projects": {"A": [2, 3]}}], "A"),
        ("risk", [], "--costs"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_says_why(run, verb, words, told):
    result = run(verb, QUESTION, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_each_line_has_its_answer(run):
    lines = "\n".join([json.dumps(QUESTION), "{", json.dumps(QUESTION)])
    for verb, words in (("near", []), ("risk", ["--past", "--asked", 0]),
                        ("robust", ["--value-intervals", {"A": [1, 9]}])):  # fmt: skip
        result = run(verb, lines, *words, name="all.jsonl")
        answers = [json.loads(line)["status"] for line in result.stdout.splitlines()]
        assert answers == ["optimal", "invalid", "optimal"]


def test_without_a_file_the_weights_in_doubt_are_those_the_committee_left_open(house):
    """One branch decides between ONE and TWO; an order adopted settles it, the ballots do not."""
    branches = ("1", "2")
    registry = a_registry(
        *(replace(a_project(code, cost=(60,)), given_value=None) for code in ("ONE", "TWO")),
        limits=(100,),
        evaluations=tuple(
            Evaluation(code, f"{branch}.1", "anne", 4.0 if code == best else 0.0)
            for branch, best in zip(branches, ("ONE", "TWO"), strict=True)
            for code in ("ONE", "TWO")
        ),
        ballots=tuple(
            Ballot(who, tuple(Weight(b, 9.0 if b == first else 1.0) for b in branches))
            for who, first in (("anne", "1"), ("bruno", "2"))
        ),
    )
    url = f"sqlite:///{house(registry)}"
    asked = ["robust", "--database", url, "--lang", "fr"]

    before = CliRunner().invoke(cli.app, asked)
    adopted = Adopted(1, (Weight("1", 1.0), Weight("2", 3.0)), orders=(("2", "1"),), reason="ordre")
    with closing(open_store(url)) as store, store.writing(Act("t", "animateur", "t")) as work:
        work.save("c", adopted)
    after = CliRunner().invoke(cli.app, asked)

    assert json.loads(before.stdout)["weights"] == "ballots"
    assert json.loads(before.stdout)["projects"]["ONE"]["standing"] == "contested"
    told = json.loads(after.stdout)
    assert told["weights"] == "adopted"
    assert {c: p["standing"] for c, p in told["projects"].items()} == {"ONE": "out", "TWO": "core"}
    assert "laissé ouvert" in after.stderr
