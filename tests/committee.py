"""A small committee of one's own: 24 projects of six services, four people, four criteria."""

import random

from benches import a_project, a_registry

from portfolio.evaluation import Evaluation
from portfolio.person import Person


def rated(lifted=0.0):
    """Four people rate 24 projects of 6 services on 4 criteria; ann, of S0, lifts hers."""
    dice = random.Random(4)
    for at in range(24):
        for c in range(4):
            for who in ("ann", "bob", "cyd", "dan"):
                own = lifted if who == "ann" and at % 6 == 0 else 0.0
                yield Evaluation(f"P{at}", f"c{c}", who, min(4.0, dice.choice((1, 1.5, 2)) + own))


def a_cycle(lifted=0.0, **more):
    projects = tuple(a_project(f"P{at}", service=f"S{at % 6}", lead="lee") for at in range(24))
    people = (Person("ann", "Ann", service="S0"), Person("bob", "Bob", service="S1"))
    return a_registry(*projects, evaluations=tuple(rated(lifted)), people=people, **more)
