"""Links that contradict one another are seen by reading; each claim against every plan."""

from dataclasses import replace

import pytest
from brute import Reading, plans
from random_questions import a_random_question

from portfolio.candidate import Candidate, Limits
from portfolio.horizon import Horizon
from portfolio.links import circles, clash
from portfolio.question import Question
from portfolio.rules import Excludes, Force, Mandatory, Needs, Together, Window


def a_question(*rules, periods=3):
    projects = tuple(Candidate(code, value=1, cost={"E": (1.0,)}) for code in "ABCD")
    limits = {"E": Limits((9.0,) * periods)}
    return Question(Horizon(2027, periods), projects, envelopes=limits, rules=rules)


def told(*rules, periods=3):
    question = a_question(*rules, periods=periods)
    return clash(question, question.choices())


def test_a_circle_of_needs_is_named_in_order():
    needs = (Needs("C", "A"), Needs("A", "B"), Needs("B", "C"), Needs("D", "A"))

    assert circles(needs) == (("C", "A", "B"),)


def test_two_circles_are_two():
    needs = (Needs("A", "B"), Needs("B", "A"), Needs("C", "D"), Needs("D", "C"))

    assert circles(needs) == (("A", "B"), ("C", "D"))


def test_needs_that_end_somewhere_are_no_circle():
    assert circles((Needs("A", "B"), Needs("A", "C"), Needs("B", "C"))) == ()


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        ((Needs("A", "B"), Needs("B", "A"), Mandatory("A")),
         {("needs", "A", "B"), ("needs", "B", "A"), ("mandatory", "A")}),
        ((Needs("A", "B"), Excludes(("A", "B")), Mandatory("A")),
         {("needs", "A", "B"), ("excludes", "A", "B"), ("mandatory", "A")}),
        ((Together(("A", "B")), Excludes(("A", "B")), Mandatory("B")),
         {("together", "A", "B"), ("excludes", "A", "B"), ("mandatory", "B")}),
        ((Mandatory("A"), Mandatory("B"), Excludes(("A", "B"))),
         {("mandatory", "A"), ("mandatory", "B"), ("excludes", "A", "B")}),
        ((Force("A", True), Needs("A", "B"), Force("B", False)),
         {("force-in", "A"), ("needs", "A", "B"), ("force-out", "B")}),
        ((Mandatory("A", deadline=0), Needs("A", "B")),
         {("mandatory", "A"), ("deadline", "A", "0"), ("needs", "A", "B")}),
        ((Mandatory("A"), Window("A", 3)), {("mandatory", "A"), ("window", "A")}),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named(rules, labels):
    assert set(told(*rules)) == labels


@pytest.mark.parametrize(
    "rules",
    [
        (Needs("A", "B"), Excludes(("A", "B"))),
        (Together(("A", "B")), Excludes(("A", "B"))),
        (Needs("A", "B"), Needs("B", "A")),
        (Needs("A", "B"), Mandatory("A", deadline=1)),
        (Mandatory("A"), Mandatory("B"), Excludes(("A", "B"), at_most=2)),
    ],
)
def test_links_that_only_keep_projects_out_leave_a_plan(rules):
    assert told(*rules) == ()


@pytest.mark.parametrize("block", range(4))
def test_what_is_said_to_contradict_itself_has_no_plan(block):
    seen = 0
    for seed in range(20 + block, 80, 4):
        question = a_random_question(seed)
        first, second, *_, last = (p.code for p in question.projects)
        more = (Mandatory(first), Force(last, True), Needs(first, second), Needs(second, last))
        question = replace(question, rules=(*question.rules, *more))
        if clash(question, question.choices()):
            seen += 1
            assert not any(Reading(question, s, p).holds() for s, p in plans(question)), seed
    assert seen
