"""Frontiers against every plan there is: whole, in part when stopped, and along an envelope."""

import itertools
import json
import os
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from brute import Reading, best, plans
from random_questions import a_random_question
from typer.testing import CliRunner

import cli
from optimizer.efficient import nondominated
from optimizer.frontier import frontier, sweep
from optimizer.priced import Priced
from optimizer.program import Program
from optimizer.search import Search, Watch
from optimizer.sweep import scaled
from optimizer.zones import Zone, Zones
from portfolio.candidate import Candidate, Limits
from portfolio.choices import Start
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.plan import broken
from portfolio.question import Question
from portfolio.rules import Force, Row

LONG = bool(os.environ.get("ARBITRAGE_LONG"))
SEEDS = range(1000 if LONG else 80)
SEARCH = Search(60.0)
MANY = 10**9 if LONG else 4000  # plans of one question that are tried
OBJECTIVES = (
    "value", "-cost", "debt", "interest", "carbon", "-carbon", "count", "cost",
    {"value": 1.0, "interest": 0.25},
)  # fmt: skip


def asked_of(seed):
    """Two or three objectives, drawn: some go together, some are opposite, some are constant."""
    dice = random.Random(seed)
    return dice.sample(OBJECTIVES, dice.choice((2, 3)))


def every_value(question, objectives):
    """The objectives of every plan that keeps the rules."""
    for starts, paid in plans(question):
        reading = Reading(question, starts, paid)
        if reading.holds():
            yield tuple(
                sum(
                    Fraction(repr(float(weight))) * reading.one(name)
                    for name, weight in ({one: 1.0} if isinstance(one, str) else one).items()
                )
                for one in objectives
            )


def undominated(values):
    known = set(values)
    return sorted(
        value
        for value in known
        if not any(o != value and all(a >= b for a, b in zip(o, value, strict=True)) for o in known)
    )


def near(values):
    return [pytest.approx([float(x) for x in value], abs=1e-6) for value in values]


def questions(block):
    """(seed, question) of those that are tried whole."""
    for seed in SEEDS[block::8]:
        question = a_random_question(seed)
        if sum(1 for _ in itertools.islice(plans(question), MANY + 1)) <= MANY:
            yield seed, question


@pytest.mark.parametrize("block", range(8))
def test_a_frontier_is_what_trying_every_plan_finds(block):
    for seed, question in questions(block):
        objectives = asked_of(seed)
        expected = undominated(every_value(question, objectives))

        told = frontier(question, objectives, SEARCH)

        assert told.is_complete, seed
        assert told.status == ("optimal" if expected else "infeasible"), seed
        assert [list(p.objectives.values()) for p in told.points] == near(expected), seed
        assert all(not broken(point.plan, question) for point in told.points), seed


def a_program(seed, is_real):
    """A small program of one or more rows of every sense, with gains that may be negative."""
    dice = random.Random(seed)
    columns = [Start(f"P{i}", "base", 0) for i in range(dice.choice((4, 6, 8)))]
    number = (lambda: dice.uniform(-3, 10)) if is_real else (lambda: float(dice.randint(-3, 9)))
    gains = [{c: number() for c in columns} for _ in range(dice.choice((2, 3)))]
    gains[0] = dict.fromkeys(columns, 0.0) if dice.random() < 0.2 else gains[0]
    gains[1] = dict(gains[0]) if dice.random() < 0.2 else gains[1]
    rows = []
    for at in range(dice.choice((1, 2, 3))):
        terms = {c: float(dice.randint(0, 9)) for c in columns}
        sense = dice.choice(("<=", "<=", "<=", ">=", "=="))
        limit = float(int(sum(terms.values()) * dice.choice((0.3, 0.5, 0.7))))
        rows.append(Row(("row", str(at)), terms, sense, limit))
    return Program(dict.fromkeys(columns, 1.0), gains[0], tuple(rows)), gains


def every_plan(program, gains):
    """What each point that nothing dominates is reached by: value -> sets of columns."""
    reached = {}
    for bits in itertools.product((0, 1), repeat=len(program.most)):
        taken = {c: 1.0 for c, bit in zip(program.most, bits, strict=True) if bit}
        if all(row.slack(taken) >= 0 for row in program.rows):
            value = tuple(round(sum(gain[c] for c in taken), 9) for gain in gains)
            reached.setdefault(value, set()).add(frozenset(taken))
    return {value: reached[value] for value in undominated(reached)}


@pytest.mark.parametrize("is_real", [False, True])
@pytest.mark.parametrize("by", ["compiled code", "solver"])
def test_either_way_of_searching_finds_every_plan_of_every_point(by, is_real, monkeypatch):
    if by == "solver":
        monkeypatch.setattr("optimizer.priced.compiled", lambda: None)
    for seed in range(150 if LONG else 12):
        program, gains = a_program(seed, is_real)
        expected = every_plan(program, gains)

        one, every = (nondominated(program, gains, SEARCH, each) for each in (False, True))

        assert one.is_complete, seed
        assert every.is_complete, seed
        assert sorted(rounded(one)) == sorted(expected), seed
        found = {(v, frozenset(p.taken)) for v, p in zip(rounded(every), every.points, strict=True)}
        assert found == {(v, plan) for v, plans in expected.items() for plan in plans}, seed


def rounded(found):
    return [tuple(round(x, 9) + 0.0 for x in point.values) for point in found.points]


class Patience(Watch):
    """Asks to stop after so many questions whether to."""

    def __init__(self, times):
        self.left = times

    def is_stopped(self):
        self.left -= 1
        return self.left < 0


def a_knapsack(count=30, seed=3):
    dice = random.Random(seed)
    draw = lambda: float(dice.randint(10, 99))  # noqa: E731
    projects = tuple(
        Candidate(
            f"P{i:02}",
            value=draw(),
            cost={"E": (draw(),)},
            measures={"good": draw(), "fair": draw()},
        )
        for i in range(count)
    )
    limit = float(sum(p.cost["E"][0] for p in projects) // 2)
    return Question(Horizon(2027, 1), projects, envelopes={"E": Limits((limit,))})


@pytest.mark.parametrize("objectives", [("good", "fair"), ("value", "good", "fair")])
def test_a_frontier_stopped_early_is_a_part_of_the_whole_and_says_so(objectives):
    question = a_knapsack()
    whole = {tuple(p.objectives.values()) for p in frontier(question, objectives).points}

    told = [
        frontier(question, objectives, Search(60.0, watch=Patience(times)))
        for times in (0, 4, 7, 10)
    ]
    seen = [{tuple(point.objectives.values()) for point in one.points} for one in told]
    left = [one.unexplored for one in told]

    assert not any(one.is_complete for one in told)
    assert left == sorted(left, reverse=True)
    assert left[-1] > 0
    assert all(some < whole for some in seen)
    assert len(seen[-1]) > len(seen[0]) == 0


def test_no_time_gives_no_answer_rather_than_a_wrong_one():
    told = frontier(a_knapsack(), ("good", "fair"), Search(0.0))

    assert (told.points, told.is_complete, told.status) == ((), False, "no-answer")


def a_question(*rules):
    projects = (
        Candidate("A", value=10, cost={"E": (80.0,)}),
        Candidate("B", value=6.25, cost={"E": (50.0,)}),
        Candidate("C", value=3, cost={"E": (40.0,)}),
    )
    return Question(Horizon(2027, 1), projects, envelopes={"E": Limits((100.0,))}, rules=rules)


def test_each_point_says_who_enters_and_who_leaves():
    told = frontier(a_question(), ("-cost", "value"))

    assert [(dict(p.objectives), p.enters, p.leaves) for p in told.points] == [
        ({"-cost": -80.0, "value": 10.0}, (), ()),
        ({"-cost": -50.0, "value": 6.25}, ("B",), ("A",)),
        ({"-cost": -40.0, "value": 3.0}, ("C",), ("B",)),
        ({"-cost": 0.0, "value": 0.0}, (), ("C",)),
    ]
    assert told.tolerance == {"-cost": 0.0, "value": 0.0}


def test_real_numbers_state_their_tolerance_and_one_may_be_asked_for():
    finer = replace(a_question(), discount=0.0, projects=(
        Candidate("A", value=2**0.5, cost={"E": (80.0,)}),
        Candidate("B", value=2**0.5 + 0.01, cost={"E": (81.0,)}),
    ))  # fmt: skip

    exact = frontier(finer, ("value", "-cost"))
    coarse = frontier(finer, ("value", "-cost"), tolerance={"value": 0.1})

    assert len(exact.points) == 3
    assert 0 < exact.tolerance["value"] < 1e-5
    assert {p.objectives["value"] for p in coarse.points} >= {0.0}
    for point in exact.points:
        assert any(
            other.objectives["value"] >= point.objectives["value"] - 0.1
            and other.objectives["-cost"] >= point.objectives["-cost"]
            for other in coarse.points
        )
    assert coarse.tolerance == {"value": 0.1, "-cost": 0.0}


def test_a_question_without_a_plan_has_no_frontier():
    told = frontier(a_question(Force("A", True), Force("B", True)), ("value", "-cost"))

    assert (told.points, told.is_complete, told.status) == ((), True, "infeasible")


def test_a_constant_objective_leaves_the_best_of_the_other():
    told = frontier(a_question(), ("value", "debt"))

    assert [dict(p.objectives) for p in told.points] == [{"value": 10.0, "debt": 0.0}]


@pytest.mark.parametrize("objectives", [("value",), ("value", "-cost", "count", "debt")])
def test_two_or_three_objectives_are_asked_for(objectives):
    with pytest.raises(Invalid, match="out-of-range"):
        frontier(a_question(), objectives)


@pytest.mark.parametrize("block", range(8 if LONG else 3))
def test_a_sweep_has_every_step_that_trying_every_plan_finds(block):
    for seed, drawn in questions(block):
        question = replace(drawn, maximize="value")

        told = sweep(question, "E", 0.5, 1.5, SEARCH)

        assert told.is_complete, seed
        shares = [step.share for step in told.steps]
        for share in {0.5, 1.0, 1.3, *shares}:
            top = best(scaled(question, "E", share))
            reached = [s.objective for s in told.steps if s.share <= share * (1 + 1e-12)]
            if top is None:  # in fractions, a share may fall short of what floats allow
                assert not reached or share in shares, (seed, share)
            elif share not in shares:
                assert reached, (seed, share)
                assert reached[-1] == pytest.approx(float(top[0]), abs=1e-5), (seed, share)
        for step in told.steps:
            assert not broken(step.plan, scaled(question, "E", step.share)), seed


def test_a_question_that_only_fractions_of_projects_could_meet_has_no_sweep():
    question = replace(a_random_question(700), maximize="value")
    assert best(question) is None

    told = sweep(question, "E", 0.5, 1.5, SEARCH)

    assert (told.steps, told.is_complete, told.status) == ((), True, "infeasible")


def test_a_sweep_says_who_enters_with_each_share():
    told = sweep(a_question(), "E", 0.4, 2.0)

    assert [(round(s.share, 9), s.objective, s.enters, s.leaves) for s in told.steps] == [
        (0.4, 3.0, (), ()),
        (0.5, 6.25, ("B",), ("C",)),
        (0.8, 10.0, ("A",), ("B",)),
        (1.2, 13.0, ("C",), ()),
        (1.3, 16.25, ("B",), ("C",)),
        (1.7, 19.25, ("C",), ()),
    ]


def test_a_sweep_of_an_unknown_envelope_is_refused():
    with pytest.raises(Invalid, match="unknown-code"):
        sweep(a_question(), "F", 0.5, 1.0)


def test_zones_hold_what_no_point_tells_of():
    zones = Zones(*map(pytest.importorskip("numpy").array, ((0.0, 0.0, 0.0), (9.0, 9.0, 9.0))))
    found = [(3, 4, 5), (5, 3, 4), (4, 5, 3), (8, 1, 1)]
    for point in found:
        zones.split(pytest.importorskip("numpy").array(point, float))

    for value in itertools.product(range(10), repeat=3):
        is_told = any(all(a <= b for a, b in zip(value, p, strict=True)) for p in found)
        in_zone = any((corner <= value).all() for corner in zones.corners)
        assert in_zone != is_told


def test_the_command_line_gives_the_frontier_and_keeps_its_word(tmp_path):
    file = tmp_path / "question.json"
    projects = [
        {"code": c, "value": v, "cost": {"E": [k]}} for c, v, k in (("A", 5, 3), ("B", 4, 2))
    ]
    content = {"horizon": {"start": 2027, "periods": 1}, "projects": projects,
               "envelopes": {"E": {"limits": [4]}}}  # fmt: skip
    file.write_text(json.dumps(content))
    run = lambda *words: CliRunner().invoke(cli.app, ["frontier", *map(str, words)])  # noqa: E731

    answer = json.loads(run(file, "--objectives", "value,-cost").stdout)
    lines = tmp_path / "questions.jsonl"
    lines.write_text(json.dumps(content) + "\nnothing\n")
    several = [json.loads(x) for x in run(lines, "--objectives", "value,-cost").stdout.splitlines()]
    refused = run(file, "--objectives", "value,beauty")
    content["rules"] = [{"kind": "force", "project": c, "in": True} for c in "AB"]
    file.write_text(json.dumps(content))

    assert [point["objectives"]["value"] for point in answer["points"]] == [0, 4, 5]
    assert (answer["complete"], answer["unexplored"]) == (True, 0)
    assert answer["points"][2]["enters"] == ["A"]
    assert several[0]["points"] == answer["points"]
    assert several[1]["status"] == "invalid"
    assert refused.exit_code == 2
    assert "beauty" in refused.stderr
    assert run(file, "--objectives", "value,-cost").exit_code == 3


def test_a_zone_too_large_to_look_through_is_left_to_the_solver(monkeypatch):
    monkeypatch.setattr("optimizer.priced.MOST_LOOKS", 0)
    monkeypatch.setattr("optimizer.enumeration.LEVELS", (1.0,))
    question = a_knapsack(14)

    told = frontier(question, ("good", "fair"))
    monkeypatch.setattr(Priced, "of", lambda *_: None)

    assert told.is_complete
    by_solver = frontier(question, ("good", "fair"))
    assert [p.objectives for p in told.points] == [p.objectives for p in by_solver.points]


def test_a_zone_is_a_corner_and_a_top():
    numpy = pytest.importorskip("numpy")
    zones = Zones(numpy.zeros(2), numpy.full(2, 9.0))

    assert isinstance(zones.largest()[0], Zone)
    zones.split(numpy.array([9.0, 9.0]))
    assert len(zones) == 0
    assert zones.unexplored() == 0
