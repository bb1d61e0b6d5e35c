"""Trade-offs: what more of a limit buys, what rules cost, plans as good; each worked out once."""

import pytest
from benches import a_house, a_project, a_registry, hard, someone

from portfolio.person import Role
from services import bench, scenarios, tradeoffs
from services.jobs import Jobs

MEMBER = someone(Role.MEMBER)


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def asked(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield lambda registry: scenarios.ask(bring(registry), MEMBER, registry.cycle.code, "base")


def answered(jobs, question):
    standing = bench.standing(jobs, question, wait=30)
    while standing.job is not None:
        standing.job.future.result(30)
        standing = bench.standing(jobs, question, wait=30)
    return standing.answered


def done(work, jobs, *given):
    """What the work brought, once it was begun and ended."""
    begun = work(jobs, *given, begin=True)
    if begun.job is not None:
        begun.job.future.result(60)
    return work(jobs, *given)


def bound_of(answer, kind):
    return next(bound for bound in answer.view.binding if bound.label[0] == kind)


def test_more_money_says_what_it_brings_and_who_comes_and_goes(jobs, asked):
    """100 k$: A (9 points, 80 k$). 40 k$ more let B (5, 60 k$) in; 90 k$ more, C (6, 110 k$)."""
    registry = a_registry(
        a_project("A", 9, (80,)), a_project("B", 5, (60,)), a_project("C", 6, (110,)), limits=(100,)
    )
    question = asked(registry)
    answer = answered(jobs, question)
    bound = bound_of(answer, "envelope")

    found = done(tradeoffs.more, jobs, question, answer.found, bound)

    steps = [(step.more, step.gained, step.enters, step.leaves) for step in found.result.steps]
    assert steps == [
        (4_000_000, pytest.approx(5), ("B",), ()),
        (9_000_000, pytest.approx(6), ("C",), ()),
    ]
    assert found.result.is_complete
    assert not found.is_cut


def test_more_days_are_asked_a_hundred_at_a_time(jobs, asked):
    registry = a_registry(
        a_project("A", 9, (10,), (40,)),
        a_project("B", 5, (10,), (30,)),
        limits=(100,),
        capacity=(50,),
    )
    question = asked(registry)
    answer = answered(jobs, question)

    found = done(tradeoffs.more, jobs, question, answer.found, bound_of(answer, "team"))

    (step,) = found.result.steps
    assert (step.more, step.enters) == (pytest.approx(20), ("B",))


def test_nothing_is_begun_before_it_is_asked(jobs, asked):
    question = asked(a_registry(a_project("A", 9, (80,)), a_project("B", 5, (60,)), limits=(100,)))
    answer = answered(jobs, question)

    found = tradeoffs.more(jobs, question, answer.found, bound_of(answer, "envelope"))

    assert (found.result, found.job) == (None, None)


def test_what_was_found_is_not_looked_for_again(jobs, asked):
    question = asked(a_registry(a_project("A", 9, (80,)), a_project("B", 5, (60,)), limits=(100,)))
    answer = answered(jobs, question)
    bound = bound_of(answer, "envelope")
    first = done(tradeoffs.more, jobs, question, answer.found, bound)

    assert tradeoffs.more(jobs, question, answer.found, bound, begin=True).result is first.result


def test_work_that_is_stopped_says_so_and_can_be_taken_up(jobs, asked):
    question = asked(hard(50, 5))
    standing = bench.standing(jobs, question, wait=30)
    bench.stop(jobs, standing.name)
    answer = answered(jobs, question)
    bound = bound_of(answer, "envelope")
    begun = tradeoffs.more(jobs, question, answer.found, bound, begin=True)
    begun.job.stop()
    begun.job.future.result(30)

    found = tradeoffs.more(jobs, question, answer.found, bound)

    assert found.is_cut
    tradeoffs.again(jobs, found.name)
    assert tradeoffs.more(jobs, question, answer.found, bound).result is None
