"""The command line, as a script and as an administrator use it."""

import json

import pytest
from typer.testing import CliRunner

import cli

QUESTION = {
    "horizon": {"start": 2027, "periods": 2},
    "envelopes": {"PDI": {"limits": [10, 10]}},
    "projects": [
        {"code": "A", "value": 2, "cost": {"PDI": [9]}},
        {"code": "B", "value": 5, "cost": {"PDI": [8, 8]}, "duration": 2},
    ],
    "rules": [{"kind": "excludes", "projects": ["A", "B"]}],
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ARBITRAGE_DATABASE_URL", f"sqlite:///{tmp_path / 'house.db'}")
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def question(tmp_path):
    def write(content, name="question.json"):
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return file

    return write


def test_a_question_file_gets_its_answer_on_the_standard_output(run, question):
    result = run("solve", question(QUESTION))
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert answer["status"] == "optimal"
    assert answer["starts"] == {"B": {"variant": "base", "period": 0}}
    assert answer["use"] == {"PDI": [8, 8]}
    assert len(answer["question_sha256"]) == 64


def test_an_answer_is_checked_without_a_solver(run, question, tmp_path):
    asked, out = question(QUESTION), tmp_path / "answer.json"
    run("solve", asked, "--out", out)
    assert run("check", asked, out).exit_code == 0

    forged = json.loads(out.read_text())
    forged["starts"]["A"] = {"variant": "base", "period": 0}
    result = run("check", asked, question(forged, "forged.json"))

    assert result.exit_code == 3
    assert "enveloppe PDI, 2027" in result.stdout


def test_an_infeasible_question_ends_with_three_and_says_where_to_look(run, question):
    rules = [{"kind": "mandatory", "project": "A"}, {"kind": "mandatory", "project": "B"}]
    result = run("solve", question(QUESTION | {"rules": rules}))

    assert result.exit_code == 3
    assert json.loads(result.stdout)["status"] == "infeasible"
    assert "Aucun portefeuille" in result.stderr


def test_an_unreadable_question_ends_with_two_and_says_where_and_what(run, question):
    broken = json.loads(json.dumps(QUESTION))
    broken["projects"][0]["cost"]["PDI"] = ["neuf"]
    result = run("solve", question(broken))

    assert result.exit_code == 2
    assert "projects[0].cost.PDI[0]" in result.stderr
    assert "neuf" in result.stderr


def test_a_line_that_cannot_be_read_does_not_stop_the_others(run, question):
    lines = "\n".join([json.dumps(QUESTION), "{", json.dumps(QUESTION)])
    result = run("solve", question(lines, "all.jsonl"))
    answers = [json.loads(line) for line in result.stdout.splitlines()]

    assert [a["status"] for a in answers] == ["optimal", "invalid", "optimal"]
    assert answers[1]["error"]


def test_both_solvers_give_the_same_answer(run, question):
    asked = question(QUESTION)
    found = [json.loads(run("solve", asked, "--solver", s).stdout) for s in ("highs", "cbc")]

    assert found[0]["starts"] == found[1]["starts"]
    assert found[0]["objective"] == found[1]["objective"]


def test_the_demo_is_loaded_once_scored_and_solved(run, tmp_path):
    assert run("init").exit_code == 0
    assert "illustratifs" in run("demo").stdout
    assert "déjà" in run("demo").stdout
    assert len(run("score").stdout.splitlines()) > 50

    out = tmp_path / "answer.json"
    result = run("solve", "--out", out, "--time-limit", "120")

    assert "llustrati" in result.stdout
    answer = json.loads(out.read_text())
    assert answer["status"] == "optimal"
    asked = tmp_path / "asked.json"
    run("export", asked)
    assert run("check", asked, out).exit_code == 0


def test_a_dry_run_says_what_was_read_and_writes_nothing(run, tmp_path):
    file = tmp_path / "projects.csv"
    file.write_text("code,title\nP1,Un projet\nP2,\n", encoding="utf-8")

    result = run("import", file, "--dry-run")

    assert result.exit_code == 2
    assert "ligne 3" in result.stderr
    assert "title" in result.stderr
    assert "vide" in run("solve").stderr


def test_a_database_that_does_not_answer_is_said_in_words(run):
    result = run("init", "--database", "nonsense://")

    assert result.exit_code != 0


def test_an_explanation_says_what_each_project_lacks_or_is_worth(run, question):
    apart = {**QUESTION, "rules": []}
    told = json.loads(run("explain", question(apart)).stdout)

    assert told["status"] == "optimal"
    assert told["projects"]["B"] == {"in": True, "worth": 3, "replaced_by": ["A"], "held_by": []}
    assert told["projects"]["A"]["gap"] == 3
    assert told["projects"]["A"]["least_extra_money"] == {"PDI": [7, 0]}

    ruled = json.loads(run("explain", question(QUESTION), "--project", "A").stdout)
    assert ruled["projects"]["A"]["gap"] == 3
    assert ruled["projects"]["A"]["least_extra_money"] == {"PDI": None}


def test_an_unknown_project_to_explain_is_refused_with_those_there_are(run, question):
    result = run("explain", question(QUESTION), "--project", "Z")

    assert result.exit_code == 2
    assert "Z" in result.stderr
    assert "A" in result.stderr


def test_a_diagnosis_names_the_clash_and_the_cheapest_repair(run, question):
    mandates = [{"kind": "mandatory", "project": code} for code in "AB"]
    result = run("diagnose", question({**QUESTION, "rules": mandates}))
    told = json.loads(result.stdout)

    assert result.exit_code == 3
    assert set(told["conflict"]) == {"mandatory:A", "mandatory:B", "envelope:PDI:0"} or (
        "envelope:PDI:1" in told["conflict"]
    )
    assert told["repairs"][0]["way"] == "money"
    assert sum(told["repairs"][0]["changes"].values()) == pytest.approx(7)
    assert run("diagnose", question(QUESTION)).exit_code == 0


def test_the_first_administrator_is_invited_by_a_link(run):
    result = run("invite", "Anne Tremblay", "--role", "administrateur", "--role", "architecte",
                 "--code", "anne", "--address", "https://arbitrage.example/")  # fmt: skip

    assert result.exit_code == 0
    said, link = result.stdout.splitlines()
    assert said.startswith("Invitation de Anne Tremblay, code anne. ")
    assert link.startswith("https://arbitrage.example/invitation/")

    again = run("invite", "anne", "--again")
    assert again.stdout.splitlines()[1].startswith("http://localhost:8501/invitation/")
    assert again.stdout.splitlines()[1].rsplit("/")[-1] != link.rsplit("/")[-1]


def test_nobody_is_invited_without_a_role(run):
    result = run("invite", "Anne Tremblay")
    assert result.exit_code == 1
    assert "--role" in result.stderr
