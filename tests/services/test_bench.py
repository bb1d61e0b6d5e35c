"""The bench: a question is solved once, followed, stopped; its answer kept by those who may."""

import time

import pytest
from benches import a_house, a_project, a_registry, hard, small, someone

from data import question_file
from data.store import Act
from portfolio.errors import Forbidden
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, broken
from portfolio.rules import Force
from services import bench, levers, scenarios
from services.jobs import Jobs

FACILITATOR, MEMBER, LEAD = map(someone, (Role.FACILITATOR, Role.MEMBER, Role.LEAD))


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def house(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


@pytest.fixture
def ask(house):
    def asking(registry, by=MEMBER):
        return scenarios.ask(house(registry), by, registry.cycle.code, "base")

    return asking


def test_a_small_question_is_answered_while_the_page_waits(jobs, ask):
    asked = ask(small())

    answered = bench.standing(jobs, asked, wait=20).answered

    assert answered.found.proof.status == "optimal"
    assert answered.view.totals.chosen == len(answered.found.starts)
    assert broken(answered.found, asked.posed.question) == ()


def test_the_same_question_is_solved_once_whoever_asks_it(jobs, ask):
    asked = ask(small())
    same = bench.instead(asked, asked.scenario)

    first = bench.standing(jobs, asked, wait=20).answered
    again = bench.standing(jobs, same, wait=20).answered

    assert again is first
    assert jobs.names == (f"{bench.name(asked)}:first",)


def test_another_question_has_another_name(ask):
    asked = ask(small())
    moved = levers.put(asked.scenario, asked.registry.cycle, levers.Levers({"PDI": -20}))

    assert bench.name(bench.instead(asked, moved)) != bench.name(asked)


def test_a_hard_question_shows_a_first_plan_while_the_proof_goes_on(jobs, ask):
    standing = bench.standing(jobs, ask(hard()), wait=30)

    assert standing.answered.found.proof.status == "feasible"
    assert standing.answered.found.proof.gap > 0
    assert not standing.job.is_done


def test_a_stopped_search_gives_the_best_plan_it_found(jobs, ask):
    asked = ask(hard())
    standing = bench.standing(jobs, asked, wait=30)
    while bench.progress(standing.job).gap is None:
        time.sleep(0.05)
    bench.stop(jobs, standing.name)
    standing.job.future.result(30)

    after = bench.standing(jobs, asked)

    assert after.job is None
    assert after.answered.view.totals.chosen > 0
    assert not after.answered.is_final


def test_a_first_search_that_is_stopped_is_not_taken_up_again(jobs, ask):
    asked = ask(hard())
    running = bench.standing(jobs, asked, wait=0)
    bench.stop(jobs, running.name)
    running.job.future.result(30)

    assert bench.standing(jobs, asked).job is None


def test_one_may_go_on_looking(jobs, ask):
    asked = ask(hard())
    bench.stop(jobs, bench.standing(jobs, asked, wait=0).name)

    bench.again(jobs, asked)

    assert not bench.standing(jobs, asked, wait=30).job.is_done


def test_a_question_without_a_plan_says_which_rules_clash(jobs, ask):
    asked = ask(a_registry(a_project("P1", cost=(200,)), rules=(Force("P1", True, "promis"),)))

    found = bench.standing(jobs, asked, wait=20).answered.found

    assert isinstance(found, NoPlan)
    assert found.clash


def test_the_exported_question_is_the_one_that_was_asked(ask):
    asked = ask(small())

    assert question_file.read(bench.export(asked)) == asked.posed.question


def test_a_kept_answer_can_be_replayed(jobs, house):
    store = house(small())
    asked = scenarios.ask(store, FACILITATOR, "c", "base")
    found = bench.standing(jobs, asked, wait=20).answered.found

    bench.keep(store, FACILITATOR, "c", asked, found)

    with store.reading() as work:
        kept = work.last_plan("c", "base")
    assert question_file.read(kept.question.encode()) == asked.posed.question
    assert question_file.read_answer(kept.answer.encode()).starts == found.starts
    assert kept.question_sha256 == found.proof.question_sha256


def test_a_new_scenario_is_kept_with_its_plan(jobs, house):
    store = house(small())
    asked = bench.titled(scenarios.ask(store, FACILITATOR, "c", "base"), "Été sobre !")
    found = bench.standing(jobs, asked, wait=20).answered.found

    bench.keep(store, FACILITATOR, "c", asked, found)

    with store.reading() as work:
        assert work.scenario("c", "ete-sobre").title.fr == "Été sobre !"
        assert work.last_plan("c", "ete-sobre") is not None


def test_a_title_that_is_taken_gets_a_code_of_its_own(ask):
    assert bench.titled(ask(small()), "Base").scenario.code == "base-2"


@pytest.mark.parametrize("who", [MEMBER, LEAD])
def test_only_those_who_run_the_session_keep_a_plan(jobs, house, who):
    store = house(small())
    asked = scenarios.ask(store, FACILITATOR, "c", "base")
    found = bench.standing(jobs, asked, wait=20).answered.found

    with pytest.raises(Forbidden):
        bench.keep(store, who, "c", asked, found)


def test_the_stamp_tells_that_something_changed(house):
    store = house(small())
    before = bench.stamp(store, MEMBER)
    same = bench.stamp(store, MEMBER)
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, Person("x", "X"))

    assert before == same != bench.stamp(store, MEMBER)
    with pytest.raises(Forbidden):
        bench.stamp(store, LEAD)
