"""What a kept plan's projects do to the debt adds up, and says what else repays each debt."""

import json

import pytest
from nouns import a_cycle

from data import question_file
from data.store import Act
from portfolio.candidate import Candidate, Limits, Stake, Standalone
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.plan import Chosen, Plan
from portfolio.question import Question
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import credits

ANNE = Person("anne", "Anne", frozenset({Role.MEMBER}))
QUESTION = Question(
    Horizon(2027, 2),
    (Candidate("A"), Candidate("B"), Candidate("C")),
    envelopes={"PDI": Limits((100.0, 100.0))},
    debts=(
        Stake("D1", principal=100, interest=(10, 10), retired_by={"A": 0.7, "B": 0.7}),
        Stake("D2", principal=50, interest=(5, 5), retired_by={"B": 1.0},
              standalone=Standalone("PDI", 50)),
    ),
)  # fmt: skip
PLAN = Plan({code: Chosen("base", 0) for code in "ABC"}, {"D2": 0})


def keep(store, *, plan=PLAN):
    with store.writing(Act("anne", "membre", "test")) as work:
        work.save(None, ANNE)
        work.save(None, a_cycle())
        work.save("2027", Scenario("S", Bilingual("Base")))
        if plan:
            answer = json.dumps(question_file.answer(plan, QUESTION))
            work.keep_plan("2027", "S", question_file.write(QUESTION).decode(), answer)


def test_there_is_nothing_to_credit_before_a_plan_is_kept(store):
    keep(store, plan=None)

    assert credits.view(store, ANNE, "2027") is None


def test_debt_that_two_projects_repay_is_credited_once(store):
    keep(store)

    found = credits.view(store, ANNE, "2027")

    lines = {line.project: line for line in found.lines}
    assert set(lines) == {"A", "B"}
    assert lines["A"].alone.principal == pytest.approx(70)
    assert lines["A"].in_plan.principal == pytest.approx(30)
    assert lines["B"].alone.principal == pytest.approx(120)
    assert lines["B"].in_plan.principal == pytest.approx(30)
    assert found.whole.principal == pytest.approx(150)
    assert found.shared.principal == pytest.approx(90)
    assert lines["B"].also == {"D1": ("A",), "D2": ("",)}
