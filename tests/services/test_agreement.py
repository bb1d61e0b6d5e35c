"""Which disagreements could change the selection, when to stop asking, and who may know what."""

from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, someone
from scipy import stats

from data.store import Act
from optimizer.margins import Margin, Side
from portfolio.evaluation import Conflict, Evaluation, Round, Subject
from portfolio.person import Person, Role
from portfolio.plan import Plan
from services import agenda, agreement, bench, history, rounds, scenarios
from services.agenda import Agenda
from services.jobs import Jobs
from services.scores import of_registry as scores_of

MEMBER, OBSERVER, FACILITATOR = map(someone, (Role.MEMBER, Role.OBSERVER, Role.FACILITATOR))


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
def asked(house):
    return lambda registry: scenarios.ask(house(registry), MEMBER, registry.cycle.code, "base")


def said(project, *levels, criterion="1.1", number=1):
    """m1, m2 … rate the project; None = no opinion."""
    return tuple(
        Evaluation(project, criterion, f"m{at}", level, round=number)
        for at, level in enumerate(levels, 1)
    )


def a_choice(*ratings, codes=("A", "B"), limits=(10,), **more):
    """Room for one, rated on 1.1: its levels bring 0, 3.75, 15, 26.25 and 37.5 points.

    The debt that they would retire is known beside it: none.
    """
    projects = tuple(replace(a_project(code), given_value=None) for code in codes)
    return a_registry(*projects, evaluations=sum(ratings, ()), limits=limits, **more)


def plan_of(jobs, question):
    standing = bench.standing(jobs, question, wait=30)
    while standing.job is not None:
        standing.job.future.result(30)
        standing = bench.standing(jobs, question, wait=30)
    assert isinstance(standing.answered.found, Plan)
    return standing.answered.found


def found(jobs, question):
    plan = plan_of(jobs, question)
    begun = agenda.agenda(jobs, question, plan, begin=True)
    if begun.job is not None:
        begun.job.future.result(120)
    return agenda.agenda(jobs, question, plan).result


def test_the_probability_is_that_of_crossing_the_exact_threshold(jobs, asked):
    """A is worth 15 ± 11.25 and B 3.75: the choice is B below that, one standard error away."""
    told = found(jobs, asked(a_choice(said("A", 1, 3), said("B", 1, 1))))

    (line,) = told.lines
    assert (line.project, line.value) == ("A", pytest.approx(15))
    assert line.error == pytest.approx(11.25)
    assert line.margin.below.at == pytest.approx(3.75)
    assert (line.margin.below.enters, line.margin.below.leaves) == (("B",), ("A",))
    assert line.probability == pytest.approx(stats.norm.cdf(-1), abs=1e-6)
    assert [by.criterion for by in line.by] == ["1.1"]
    assert (told.settled, told.unknown, told.is_complete, told.is_proved) == (1, (), True, True)


def test_draws_solved_anew_say_what_the_threshold_says(jobs, asked):
    told = found(jobs, asked(a_choice(said("A", 1, 3), said("B", 1, 1))))

    assert told.draws == agenda.DRAWS
    assert told.drawn.error == pytest.approx(0.04, abs=0.01)
    assert told.drawn.share == pytest.approx(told.lines[0].probability, abs=3 * told.drawn.error)
    assert told.lines[0].share == told.drawn


def test_a_disagreement_that_changes_nothing_comes_after_one_that_does(jobs, asked):
    """C's raters are as far apart as can be, and C is chosen, or left, whatever they say."""
    ratings = (said("A", 1, 3), said("B", 2, 1), said("C", 4, 0))
    alone = a_choice(*ratings, codes=("A", "B", "C"))
    dear = tuple(
        replace(a_project("C", cost=(99,)), given_value=None) if p.code == "C" else p
        for p in alone.projects
    )

    told = found(jobs, asked(replace(alone, projects=dear)))

    assert [line.project for line in told.lines] == ["A", "B", "C"]
    assert told.lines[0].probability > agreement.MATTERS
    assert (told.lines[2].probability, told.lines[2].nearest) == (0, None)


def test_what_everyone_agrees_on_is_settled_and_what_one_person_says_is_unknown(jobs, asked):
    told = found(jobs, asked(a_choice(said("A", 2, 2), said("B", 1))))

    assert (told.lines, told.settled, told.unknown) == ((), 1, ("B",))
    assert told.is_complete


def test_values_that_came_with_a_file_are_not_disagreed_on(jobs, asked):
    told = found(jobs, asked(a_registry(a_project("A", 9), a_project("B", 3))))

    assert (told.lines, told.settled, told.is_complete) == ((), 2, True)


def test_no_opinion_at_all_leaves_nothing_to_discuss(jobs, asked):
    told = found(jobs, asked(a_choice(said("A", None, None), said("B", None))))

    assert (told.lines, told.unknown, told.is_complete) == ((), (), True)


def test_an_agenda_is_worked_out_once_and_anew_when_the_spread_is_another(jobs, asked):
    """The same means, so the same question and the same plan; but other doubts."""
    close = asked(a_choice(said("A", 2, 2), said("B", 1, 1)))
    far = replace(close, scores=scores_of(a_choice(said("A", 0, 4), said("B", 1, 1))))
    plan = plan_of(jobs, close)

    assert bench.called(close, plan) == bench.called(far, plan)
    assert agenda.name(close, plan) == agenda.name(replace(close), plan)
    assert agenda.name(close, plan) != agenda.name(far, plan)


def test_stopped_it_tells_what_it_had(jobs, asked):
    question = asked(a_choice(said("A", 1, 3), said("B", 1, 1)))
    plan = plan_of(jobs, question)
    begun = agenda.agenda(jobs, question, plan, begin=True)
    begun.job.stop()
    begun.job.future.result(60)

    told = agenda.agenda(jobs, question, plan)

    assert told.is_cut or told.result.is_complete


def an_agenda(*probabilities):
    told = Agenda((), is_looked=True, is_complete=True)
    if not probabilities:
        return told
    margin = Margin("A", 50, Side(None, 0), Side(None, 100))
    lines = tuple(
        agenda.Line(f"P{at}", 50, 5, True, margin, *p) for at, p in enumerate(sure(probabilities))
    )
    return replace(told, lines=lines)


def sure(probabilities):
    return [p if isinstance(p, tuple) else (p, p) for p in probabilities]


FIRST = a_choice(said("A", 1, 3), said("B", 1, 1))
MOVED = said("A", 2, 3, number=2)
STILL = said("A", 1, 3, number=2)


def with_rounds(*evaluations, held=()):
    return replace(FIRST, evaluations=(*FIRST.evaluations, *sum(evaluations, ())), rounds=held)


@pytest.mark.parametrize(
    ("registry", "told", "reason"),
    [
        (a_choice(), an_agenda(), "none"),
        (FIRST, None, "unknown"),
        (FIRST, Agenda(()), "unknown"),
        (FIRST, an_agenda(0.01), "calm"),
        (FIRST, an_agenda(0.05, 0.01), "go-on"),
        (with_rounds(held=(Round(Subject.SCORES, 2, ("A",)),)), an_agenda(0.2), "open"),
        (with_rounds(MOVED), an_agenda(0.2), "go-on"),
        (with_rounds(STILL), an_agenda(0.2), "still"),
        (with_rounds(STILL, said("A", 4, 4, number=3)), an_agenda(0.2), "last"),
        (with_rounds(MOVED), an_agenda(0.0), "calm"),
        (FIRST, an_agenda((0.0, 0.5)), "doubt"),
        (FIRST, an_agenda(0.3, (0.0, 0.5)), "go-on"),
        (FIRST, an_agenda((0.0, 0.04)), "calm"),
    ],
)  # fmt: skip
def test_the_rule_says_when_to_stop(registry, told, reason):
    assert agreement.stop(registry, told).reason == reason


def test_what_is_not_proved_is_told_as_an_interval():
    """Nothing changes up to 1 below, something does from 2 below on: at a standard error of 1."""
    margin = Margin("A", 50, Side(48, 49), Side(None, 54))

    assert agenda.chances(margin, 1.0) == pytest.approx((stats.norm.sf(2), stats.norm.sf(1)))


def test_the_rule_names_the_projects_to_ask_about():
    told = agreement.stop(FIRST, an_agenda(0.3, 0.05, 0.04))

    assert (told.projects, told.most, told.round) == (("P0", "P1"), 0.3, 1)
    assert not told.is_over


def test_a_round_that_is_open_changes_nothing_of_what_is_seen(house):
    store = house(a_choice(said("A", 1, 3), said("B", 1, 1)))
    before = agreement.view(store, FACILITATOR, "c")
    opened = rounds.begin(store, FACILITATOR, "c", Subject.SCORES, ("A",))
    with store.writing(Act("m1", Role.MEMBER, "test")) as work:
        work.save("c", Evaluation("A", "1.1", "m1", 4, round=opened.number))

    during = agreement.view(store, FACILITATOR, "c")
    rounds.reveal(store, FACILITATOR, "c", Subject.SCORES)
    after = agreement.view(store, FACILITATOR, "c")

    assert opened.number == 2
    assert (during.dispersions, during.history) == (before.dispersions, before.history)
    assert during.opinions == before.opinions
    assert [d.range for d in after.of("A")] == [1]


def test_a_score_is_followed_round_after_round_with_those_who_moved(house):
    registry = with_rounds(said("A", 4, 3, number=2))

    past = agreement.view(house(registry), MEMBER, "c").history["A"]

    assert [(p.round, p.points, p.raters) for p in past] == [
        (1, pytest.approx(15), 2),
        (2, pytest.approx(31.875), 2),
    ]
    assert [p.error for p in past] == pytest.approx([11.25, 5.625])
    assert past[1].moved == (history.Moved("m1", "1.1", 1, 4),)
    assert (past[1].shifts, past[1].movers) == (1, 1)


def test_who_answers_for_the_first_time_did_not_move(house):
    registry = with_rounds((Evaluation("A", "1.1", "m3", 4, round=2),))

    past = agreement.view(house(registry), MEMBER, "c").history["A"]

    assert (past[1].raters, past[1].shifts) == (1, 0)


def test_an_observer_reads_how_far_apart_people_are_and_not_who_said_what(house):
    mine = replace(a_project("A"), given_value=None, lead="lead")
    registry = a_registry(
        mine,
        evaluations=(
            *said("A", 1, 3), Evaluation("A", "1.1", "lead", 4), *said("A", 4, 3, number=2),
        ),
    )
    store = house(registry)

    hers, his = (agreement.view(store, who, "c") for who in (MEMBER, OBSERVER))

    assert hers.dispersions == his.dispersions
    assert (len(hers.opinions), his.opinions) == (2, ())
    assert (len(hers.owns), his.owns) == (1, ())
    assert his.history["A"][1].movers == 1
    assert his.history["A"][1].moved == ()
    assert his.registry.evaluations == hers.registry.evaluations == ()


def test_a_conflict_takes_the_person_out_everywhere(house):
    registry = replace(FIRST, conflicts=(Conflict("m2", "A", "Son service"),))

    told = agreement.view(house(registry), MEMBER, "c")

    assert {e.evaluator for e in told.opinions if e.project == "A"} == {"m1"}
    assert [d.raters for d in told.of("A")] == [1]


def test_an_empty_cycle_says_nothing(house):
    told = agreement.view(house(a_choice()), MEMBER, "c")

    assert (told.dispersions, told.criteria, told.alpha, told.history) == ((), (), None, {})
    assert told.raters == 0


def test_experts_are_named_by_criterion(house):
    people = (Person("m1", "Une", frozenset({Role.MEMBER}), expertise=frozenset({"1"})),)

    told = agreement.view(house(replace(FIRST, people=people)), MEMBER, "c")

    assert told.experts == {"1.1": {"m1"}}
