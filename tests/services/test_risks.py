"""What a plan risks: by its own estimates, or as past projects turned out."""

from dataclasses import replace

import pytest
from benches import a_registry, ranged

from portfolio.registry import pose
from services import risks, scenarios
from services.jobs import Jobs
from services.scores import of_registry


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


def asked_of(*projects, limits=(100,)):
    registry = a_registry(*projects, limits=limits)
    scores = of_registry(registry)
    scenario = registry.scenarios[0]
    return scenarios.Asked(
        registry, scenario, scores, pose(registry, scenario, scores.values), scores.values
    )


def told(jobs, asked, past):
    plan = scenarios.answer(asked, scenarios.Search())
    working = risks.risks(jobs, asked, plan, past, begin=True)
    return working.job.future.result(60) if working.job else working.result


def test_estimates_that_always_fit_always_hold(jobs):
    found = told(jobs, asked_of(ranged("A", 5, 50, 40, 100)), past=False)
    assert found.within.share == 1.0
    assert found.envelopes[0].cvar == 0
    assert found.is_complete


def test_past_overruns_break_what_the_estimates_promise(jobs):
    asked = asked_of(ranged("A", 5, 80, 79, 81))
    own, past = told(jobs, asked, False), told(jobs, asked, True)
    assert own.within.share == 1.0
    assert past.within.share == pytest.approx(0.55, abs=0.05)  # past ratio up to 100 / 80
    assert past.envelopes[0].cvar > 10_000_000  # the worst 5 % lack more than 100 k$
    assert past.past


def test_who_is_chosen_anew_is_counted_over_all_draws(jobs):
    asked = asked_of(ranged("A", 5, 60), ranged("B", 4, 40))
    found = told(jobs, asked, True)
    assert found.again == risks.AGAIN
    assert {one.project for one in found.stays} == {"A", "B"}
    assert all(one.chosen.share < 1.0 for one in found.stays)
    shares = [one.chosen.share for one in found.stays]
    assert shares == sorted(shares)


def test_the_same_plan_is_drawn_alike_by_everyone(jobs):
    asked = asked_of(ranged("A", 5, 60, 50, 130))
    first, second = told(jobs, asked, False), told(Jobs(), asked, False)
    assert first == second


def test_only_a_range_leaves_something_in_doubt(jobs):
    assert risks.is_in_doubt(asked_of(ranged("A", 5, 60, 50, 130)))
    assert not risks.is_in_doubt(asked_of(ranged("A", 5, 60)))


def test_the_law_is_each_project_s_own_or_that_of_past_ones():
    registry = a_registry(ranged("A", 5, 60, 50, 130), ranged("B", 1, 10))
    assert set(risks.law(registry, past=False).projects) == {"A"}
    assert risks.law(registry, past=False).past == ()
    assert risks.law(registry, past=True).projects == {}
    assert (0.9, 3.301) in risks.law(replace(registry), past=True).past
