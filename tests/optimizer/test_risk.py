"""What a plan becomes when costs are drawn, against exact laws and plain arithmetic."""

import math
import os

import numpy as np
import pytest
from brute import Reading, plans
from builders import a_candidate, a_question
from random_questions import a_random_question
from scipy.stats import beta

from optimizer.risk import chosen, draws, held, holding, repriced
from optimizer.search import Search, Watch
from optimizer.solve import solve
from portfolio.errors import Invalid
from portfolio.overruns import Overruns
from portfolio.plan import Plan, broken, taken
from portfolio.rules import Mandatory
from portfolio.rules.envelope import EnvelopeLimit
from services.executors import Here

SEEDS = range(400 if os.environ.get("ARBITRAGE_LONG") else 40)
SEARCH = Search(30.0)
SEEN = Overruns(past=((0.5, 1.17), (0.75, 1.91), (0.9, 3.3)))
EVENLY = Overruns(past=((0.0, 1.0), (1.0, 2.0)))  # any factor from 1 to 2 alike


def one_project(limit=15):
    question = a_question(a_candidate("A", cost=(10,)), limits=(limit,))
    return question, solve(question)


def near(share, expected, count):
    return abs(share - expected) < 4 * math.sqrt(max(expected * (1 - expected), 1e-4) / count)


def test_the_chance_to_stay_within_is_that_of_the_law():
    question, plan = one_project(15)
    told, every = held(question, plan, draws(question, EVENLY, 4000, 1))
    assert near(told["E"].within.share, 0.5, 4000)
    assert told["E"].within == every
    assert told["E"].within.error == pytest.approx(math.sqrt(0.25 / 4000), rel=0.01)


def test_what_is_missing_has_the_mean_and_the_tail_of_the_law():
    """Missing is 10 F - 15 beyond 0, F even on 1..2: mean 1.25; worst twentieth: 4.75."""
    question, plan = one_project(15)
    told, _ = held(question, plan, draws(question, EVENLY, 20000, 2))
    for figure, expected in ((told["E"].over, 1.25), (told["E"].cvar, 4.75)):
        assert abs(figure.amount - expected) < 4 * figure.error
        assert 0 < figure.error < 0.03


def test_the_error_of_the_tail_is_that_of_many_samples():
    question, plan = one_project(15)
    tails = [held(question, plan, draws(question, EVENLY, 400, s))[0]["E"].cvar for s in range(150)]
    spread = np.std([tail.amount for tail in tails])
    assert spread == pytest.approx(np.mean([tail.error for tail in tails]), rel=0.3)


def test_three_points_are_drawn_by_the_pert_law():
    question, plan = one_project(12)
    low, high = 0.8, 1.6
    factors = draws(question, Overruns({"A": (low, high)}), 6000, 3)
    exact = beta(1 + 4 * 0.2 / 0.8, 1 + 4 * 0.6 / 0.8, loc=low, scale=high - low)
    assert near(held(question, plan, factors)[1].share, exact.cdf(1.2), 6000)
    assert factors.mean() == pytest.approx((low + 4 + high) / 6, abs=0.01)


def test_past_overruns_are_drawn_as_they_were_seen():
    question, _ = one_project()
    factors = draws(question, SEEN, 20000, 4)[:, 0]
    for share, factor in SEEN.past:
        assert near((factors < factor).mean(), share, 20000)
    assert factors.min() >= 1
    assert factors.max() == 3.3


def test_what_is_common_moves_projects_together():
    question = a_question(a_candidate("A"), a_candidate("B"), limits=(30,))
    alone, together = (
        np.corrcoef(draws(question, Overruns(past=EVENLY.past, common=c), 4000, 5).T)[0, 1]
        for c in (0.0, 0.8)
    )
    assert abs(alone) < 0.06
    assert together == pytest.approx(0.786, abs=0.03)  # 6 / pi asin(c / 2)


def test_the_same_seed_draws_the_same_costs():
    question, _ = one_project()
    assert (draws(question, SEEN, 9, 1) == draws(question, SEEN, 9, 1)).all()
    assert (draws(question, SEEN, 9, 1) != draws(question, SEEN, 9, 2)).any()


@pytest.mark.parametrize("block", range(4))
def test_what_is_missing_is_what_plain_arithmetic_adds(block):
    for seed in SEEDS[block::4]:
        question = a_random_question(seed)
        plan = solve(question, settle=False)
        if not isinstance(plan, Plan):
            continue
        factors = draws(question, Overruns(past=((0.0, 0.7), (1.0, 2.5))), 20, seed)
        told, every = held(question, plan, factors)
        fine = []
        for row in factors:
            dearer = repriced(question, row)
            on = dearer.choices()
            columns = taken(plan, dearer, on)
            rules = [r for r in dearer.stated() if isinstance(r, EnvelopeLimit)]
            fine.append({r.code: sum(r.short(on, columns)) for r in rules})
        for code, figure in told.items():
            missing = [one[code] for one in fine]
            assert figure.over.amount == pytest.approx(np.mean(missing), abs=1e-9), seed
            assert figure.within.share == np.mean([m <= 1e-7 for m in missing]), seed
        assert every.share == np.mean([max(one.values()) <= 1e-7 for one in fine]), seed


def test_a_project_is_in_the_plan_as_often_as_its_cost_allows():
    """Both fit while A costs no more than 15: half the time; then the better one stays."""
    question = a_question(
        a_candidate("A", value=2, cost=(10,)), a_candidate("B", value=3, cost=(10,)), limits=(25,)
    )
    factors = draws(question, EVENLY, 300, 6)
    factors[:, 1] = 1.0
    told = chosen(question, factors, SEARCH)
    assert told.chosen["B"].share == 1
    assert told.chosen["A"].share == (factors[:, 0] <= 1.5).mean()
    with Here(2) as crew:
        again = chosen(question, factors, SEARCH, crew.run)
    assert (again.chosen, again.portfolios) == (told.chosen, told.portfolios)


def test_a_draw_that_leaves_no_plan_counts_and_is_told():
    question = a_question(a_candidate("A", cost=(10,)), limits=(15,), rules=(Mandatory("A"),))
    factors = draws(question, EVENLY, 60, 9)
    told = chosen(question, factors, SEARCH)
    fits = int((factors[:, 0] <= 1.5).sum())
    assert (told.draws, told.impossible) == (60, 60 - fits)
    assert told.chosen["A"].share == fits / 60


def test_a_plan_that_holds_is_found_and_checked_on_other_draws():
    """Both cost 10 of 25 each: together they hold while the factors add up to 2.5, one in eight."""
    question = a_question(
        a_candidate("A", value=2, cost=(10,)), a_candidate("B", value=3, cost=(10,)), limits=(25,)
    )
    factors, fresh = draws(question, EVENLY, 400, 7), draws(question, EVENLY, 400, 8)
    sure = holding(question, factors, fresh, 0.9, SEARCH)
    bold = holding(question, factors, fresh, 0.05, SEARCH)
    assert set(sure.plan.starts) == {"B"}
    assert sure.within.share == 1
    assert set(bold.plan.starts) == {"A", "B"}
    assert near(bold.within.share, 0.125, 400)


def test_a_plan_that_holds_keeps_every_rule_and_is_no_better_than_the_best_that_does():
    for seed in SEEDS[:16]:
        question = a_random_question(seed)
        if not isinstance(solve(question, settle=False), Plan):
            continue
        factors = draws(question, EVENLY, 40, seed)
        told = holding(question, factors, factors, 0.8, SEARCH)
        if told is None:
            continue
        assert not broken(told.plan, question), seed
        assert told.within.share >= 0.8, seed
        kept = (r for s, p in plans(question) if (r := Reading(question, s, p)).holds())
        best = max(float(r.objective()) for r in kept if holds(question, r, factors) >= 0.8)
        assert told.objective <= best + 1e-6, seed


def holds(question, reading, factors):
    starts = {code: (option.code, t) for code, (option, t) in reading.starts.items()}
    return held(question, Plan(starts, dict(reading.paid)), factors)[1].share


def test_nothing_holds_when_nothing_can():
    question = a_question(a_candidate("A", cost=(10,)), limits=(10,), rules=())
    told = holding(question, np.full((20, 1), 2.0), np.full((20, 1), 2.0), 0.9, SEARCH)
    assert told.plan.starts == {}


def test_stopped_it_tells_how_many_draws_it_answered():
    class Stopped(Watch):
        def is_stopped(self):
            return True

    question, plan = one_project()
    told = chosen(question, draws(question, EVENLY, 30, 1), Search(9.0, watch=Stopped()), plan=plan)
    assert (told.draws, told.asked) == (0, 30)


@pytest.mark.parametrize(
    "said",
    [
        {"projects": {"A": (1.1, 1.5)}},
        {"projects": {"A": (0.5, 0.9)}},
        {"past": ((0.5, 2.0), (0.9, 1.0))},
        {"past": ((0.9, 1.0), (0.5, 2.0))},
        {"past": ((1.5, 1.0),)},
        {"common": 1.5},
    ],
)
def test_laws_that_mean_nothing_are_refused(said):
    with pytest.raises(Invalid):
        Overruns(**said)
