"""What is wrong with a question without an answer: every claim against every plan there is."""

import os
from dataclasses import replace

import pytest
from brute import Reading, plans
from random_questions import a_random_question

from optimizer.doctor import diagnose
from optimizer.search import Search
from portfolio.candidate import Candidate, Capacity, Limits
from portfolio.horizon import Horizon
from portfolio.plan import broken
from portfolio.question import Question
from portfolio.rules import Ceiling, Floor, Force, Mandatory, Needs

LONG = bool(os.environ.get("ARBITRAGE_LONG"))
SEEDS = range(1000 if LONG else 80)
SEARCH = Search(30.0)


def hardened(seed):
    """A random question with a mandate and an imposed choice more: often without an answer."""
    question = a_random_question(seed)
    first, *_, last = (p.code for p in question.projects)
    return replace(question, rules=(*question.rules, Mandatory(first), Force(last, True)))


def owns(rule, label):
    kind, *parts = label
    if kind in ("force-in", "force-out"):
        is_in = kind == "force-in"
        return isinstance(rule, Force) and (rule.project, rule.chosen) == (parts[0], is_in)
    if kind == "deadline":
        return isinstance(rule, Mandatory) and rule.project == parts[0]
    names = getattr(rule, "projects", None) or (getattr(rule, "project", None),)
    if rule.kind != kind:
        return False
    if kind in ("floor", "ceiling"):
        where = rule.where.label if rule.where else ""
        return (rule.of, where) == tuple(parts)
    if kind in ("mandatory", "window", "needs", "needs-one-of"):
        return rule.project == parts[0]
    return kind.startswith(("debt", "at-most")) or set(parts) <= set(names)


def is_feasible(question):
    return any(Reading(question, s, p).holds() for s, p in plans(question))


@pytest.mark.parametrize("block", range(4))
def test_a_diagnosis_says_what_trying_every_plan_says(block):
    seen = 0
    for seed in SEEDS[block::4]:
        question = hardened(seed)
        told = diagnose(question, SEARCH)
        assert told.status == ("feasible" if is_feasible(question) else "infeasible"), seed
        if told.status == "feasible":
            continue
        seen += 1
        assert told.conflict, seed
        for repair in told.repairs:
            assert repair.is_least, seed
            assert {b.label[0] for b in broken(repair.plan, question)} <= {
                label[0] for label in repair.changes
            }, seed
    assert seen > len(SEEDS) / 20


@pytest.mark.parametrize("seed", range(1000 if LONG else 30))
def test_without_every_rule_of_the_conflict_there_is_none_among_the_rest(seed):
    """Each rule of the conflict is needed: the others, alone, can be kept."""
    question = hardened(seed)
    apart = {code: replace(e, carry=0.0) for code, e in question.envelopes.items()}
    question = replace(question, envelopes=apart)  # else a limit lifted is lifted in two periods
    told = diagnose(question, SEARCH)
    for label in told.conflict:
        others = [other for other in told.conflict if other != label]
        assert can_be_kept(question, others), (seed, label)
    if told.conflict:
        assert not can_be_kept(question, told.conflict), seed


def can_be_kept(question, labels):
    """Whether some plan keeps those rules and limits; starts are counted in those periods alone."""
    kept = only(question, [label for label in labels if label[0] != "at-most-starts"])
    periods = [int(label[1]) for label in labels if label[0] == "at-most-starts"]
    most = min((r.count for r in question.rules if r.kind == "at-most-starts"), default=0)
    for s, p in plans(kept):
        begun = [t for _, t in s.values()]
        if all(begun.count(p) <= most for p in periods) and Reading(kept, s, p).holds():
            return True
    return False


def only(question, labels):
    """The question with those rules and limits alone."""
    every = (1e6,) * question.horizon.periods
    kept = replace(
        question,
        rules=tuple(
            r for r in question.rules if r.kind == "synergy" or any(owns(r, la) for la in labels)
        ),
        envelopes={c: replace(e, limits=every) for c, e in question.envelopes.items()},
        teams={c: Capacity(every) for c in question.teams},
    )
    for kind, *parts in labels:
        if kind == "envelope":
            kept = limited(kept, question, parts[0], int(parts[1]))
        if kind == "team":
            kept = staffed(kept, question, parts[0], int(parts[1]))
    return kept


def limited(kept, question, code, period):
    old = kept.envelopes[code].limits
    limits = tuple(
        question.envelopes[code].limits[period] if p == period else x for p, x in enumerate(old)
    )
    limit = Limits(limits, question.envelopes[code].carry)
    return replace(kept, envelopes={**kept.envelopes, code: limit})


def staffed(kept, question, code, period):
    old = kept.teams[code].capacity
    days = tuple(
        question.teams[code].capacity[period] if p == period else x for p, x in enumerate(old)
    )
    return replace(kept, teams={**kept.teams, code: Capacity(days)})


def a_question(*rules, limit=100.0):
    projects = (
        Candidate("A", value=10, cost={"E": (80.0,)}),
        Candidate("B", value=6, cost={"E": (50.0,)}),
    )
    return Question(Horizon(2027, 1), projects, envelopes={"E": Limits((limit,))}, rules=rules)


def test_two_mandates_too_dear_are_told_with_the_money_they_lack():
    told = diagnose(a_question(Mandatory("A"), Mandatory("B")), SEARCH)

    assert set(told.conflict) == {("mandatory", "A"), ("mandatory", "B"), ("envelope", "E", "0")}
    money, obligations = told.repairs
    assert money.changes == {("envelope", "E", "0"): pytest.approx(30.0)}
    assert len(obligations.changes) == 1
    assert obligations.is_least


def test_a_floor_out_of_reach_is_told_by_how_much():
    told = diagnose(a_question(Floor("value", limit=12.0), Ceiling("count", limit=1.0)), SEARCH)

    ways = {repair.way: repair.changes for repair in told.repairs}
    assert told.conflict == (("floor", "value", ""), ("ceiling", "count", ""))
    assert ways["bounds"] == {("ceiling", "count", ""): pytest.approx(1.0)} or ways["bounds"] == {
        ("floor", "value", ""): pytest.approx(2.0)
    }


def test_a_circle_of_needs_with_a_mandate_is_named():
    told = diagnose(a_question(Needs("A", "B"), Needs("B", "A"), Mandatory("A")), SEARCH)

    assert ("mandatory", "A") in told.conflict
    assert told.conflict[0][0] == "needs"


def test_a_question_with_an_answer_has_nothing_wrong():
    assert diagnose(a_question(), SEARCH).status == "feasible"
