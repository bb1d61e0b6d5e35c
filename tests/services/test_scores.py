"""Where points come from: shares of weight, levels reached, and opinions for those who may read."""

import shutil

import pytest
from benches import a_registry

from data.store import Act, open_store
from portfolio.errors import Invalid, Missing
from portfolio.evaluation import Evaluation
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.scenario import DebtMode, Scenario
from portfolio.words import Bilingual
from services import bench, scenarios, scores

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
MEMBER = PEOPLE[Role.MEMBER]


def rated(criterion, rating, evaluator="anne", round=1):
    return Evaluation("P1", criterion, evaluator, rating, f"{evaluator} {round}", round=round)


def house(migrated_file, tmp_path, *evaluations, stage=Stage.SUBMITTED):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE.values():
            work.save(None, person)
        project = Project("P1", "Un", stage=stage)
        work.bring_in(a_registry(project, Project("P2", "Deux"), evaluations=evaluations))
    return opened


@pytest.fixture
def open_house(migrated_file, tmp_path):
    opened = []

    def of(*evaluations, **more):
        opened.append(house(migrated_file, tmp_path, *evaluations, **more))
        return opened[0]

    yield of
    for store in opened:
        store.close()


def test_the_shares_of_a_branch_are_those_of_its_leaves(open_house):
    framework = scores.framework(open_house(), MEMBER, "c")
    shares = scores.weights(framework)

    assert sum(shares[leaf.key] for leaf in framework.leaves) == pytest.approx(1)
    for branch in framework.children(""):
        below = [shares[c.key] for c in framework.children(branch.key)]
        assert shares[branch.key] == pytest.approx(sum(below))


def test_each_level_is_worth_what_the_framework_says(open_house):
    framework = scores.framework(open_house(), MEMBER, "c")

    assert scores.worths(framework, framework.criterion("1.1")) == (0.0, 0.1, 0.4, 0.7, 1.0)
    assert scores.worths(framework, framework.criterion("2.1")) == (0.0, 0.25, 0.5, 0.75, 1.0)


def test_a_measure_is_valued_at_its_fixed_references(open_house):
    framework = scores.framework(open_house(), MEMBER, "c")

    corners = scores.curve(framework, framework.criterion("dette.interets"))

    assert corners[0] == (0, 0.0)
    assert corners[-1] == (1_000_000, 1.0)


def test_a_card_says_the_level_reached_and_what_is_left_to_reach(open_house):
    store = open_house(rated("2.1", 2), rated("2.1", 3, "bruno"))

    card = scores.card(store, MEMBER, "c", "P1")
    line = next(line for line in card.lines if line.criterion.key == "2.1")

    assert (line.part.level, line.reached, line.part.raters) == (2.5, 2, 2)
    known = [line for line in card.lines if line.part.value is not None]
    assert sum(line.most for line in known) == pytest.approx(100)
    assert line.part.points == pytest.approx(0.625 * line.most)


def test_what_nobody_rated_brings_nothing_and_takes_nothing(open_house):
    card = scores.card(open_house(rated("2.1", 4)), MEMBER, "c", "P1")
    blank = next(line for line in card.lines if line.criterion.key == "2.2")

    assert (blank.reached, blank.most, blank.part.value) == (None, 0.0, None)


def test_a_project_that_nobody_rated_has_no_lines(open_house):
    card = scores.card(open_house(rated("2.1", 4)), MEMBER, "c", "P2")

    assert (card.lines, card.valued.points) == ((), None)


def test_an_opinion_is_the_one_of_the_last_round(open_house):
    store = open_house(rated("2.1", 1, round=1), rated("2.1", 4, round=2))

    card = scores.card(store, MEMBER, "c", "P1")
    line = next(line for line in card.lines if line.criterion.key == "2.1")

    assert [opinion.justification for opinion in line.opinions] == ["anne 2"]


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.ARCHITECT, True),
        (Role.MEMBER, True),
        (Role.FACILITATOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.OBSERVER, False),
    ],
)
def test_opinions_are_for_those_who_may_read_them(open_house, role, reads):
    card = scores.card(open_house(rated("2.1", 1)), PEOPLE[role], "c", "P1")

    assert any(line.opinions for line in card.lines) is reads


def test_a_draft_has_no_card_for_those_who_do_not_see_it(open_house):
    store = open_house(rated("2.1", 1), stage=Stage.DRAFT)

    with pytest.raises(Missing, match="no-such-project"):
        scores.card(store, MEMBER, "c", "P1")
    assert scores.card(store, PEOPLE[Role.ADMINISTRATOR], "c", "P1").lines


def test_where_debt_counts_as_money_no_criterion_counts_it(open_house):
    """Points without the criterion of interest, at 1,000 $ each, and what it avoids beside them."""
    store = open_house(rated("1.1", 4), rated("1.2", 2))
    in_points = scenarios.ask(store, MEMBER, "c", "base")
    money = Scenario(
        "m", Bilingual("m"), debt_mode=DebtMode.MONEY, point_price=100_000, terminal_years=3
    )
    asked = scenarios.ask(store, MEMBER, "c", money)

    counted = [
        {part.criterion for part in one.scores.card("P1").parts} for one in (in_points, asked)
    ]
    assert counted[0] - counted[1] == {"dette.interets"}
    assert asked.posed.question.maximize == {"value": 1000.0, "avoided": 1.0}
    again = bench.instead(in_points, money)
    assert (again.values, again.posed) == (asked.values, asked.posed)


def test_a_scenario_that_counts_debt_twice_is_refused(open_house):
    store = open_house(rated("1.1", 4))
    mixed = Scenario("m", Bilingual("m"), maximize={"value": 1.0, "interest": 0.1})

    with pytest.raises(Invalid, match="debt-counted-twice"):
        scenarios.ask(store, MEMBER, "c", mixed)
