"""Nouns with everything filled in, so that a test names only what it is about."""

from portfolio.candidate import Candidate, Limits, Option, Stake
from portfolio.horizon import Horizon
from portfolio.question import Question


def a_candidate(code="A", value=3.0, cost=(10,), effort=(), **more):
    """One option, as long as its cost; envelope E, team T."""
    series = {"E": tuple(float(c) for c in cost)} if cost else {}
    work = {"T": tuple(float(e) for e in effort)} if effort else {}
    duration = more.pop("duration", max(len(cost), len(effort), 1))
    return Candidate(code, value=value, duration=duration, cost=series, effort=work, **more)


def an_option(code="base", cost=(10,), factor=1.0, duration=None):
    return Option(code, duration or len(cost), factor, {"E": tuple(float(c) for c in cost)})


def a_stake(code="D1", principal=100.0, **more):
    return Stake(code, principal=principal, **more)


def a_question(*projects, rules=(), limits=(100.0,), carry=0.0, periods=None, **more):
    """Envelope E with these limits; as many periods as there are limits."""
    envelopes = more.pop("envelopes", {"E": Limits(tuple(map(float, limits)), carry)})
    horizon = Horizon(2027, periods or len(limits))
    return Question(horizon, projects, envelopes=envelopes, rules=tuple(rules), **more)
