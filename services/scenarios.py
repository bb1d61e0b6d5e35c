"""Scenarios: ask one, keep its answer, read it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from data import question_file
from data.store import Store
from optimizer.solve import solve
from optimizer.solvers import Search
from portfolio import judgement
from portfolio.person import Person
from portfolio.plan import NoPlan, Plan
from portfolio.registry import Posed, Registry, pose
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services.footprint import measured
from services.permission import COMMITTEE, allowed
from services.scores import Scores, framework_of, of_registry

BASE = Scenario("base", Bilingual("Scénario de base", "Base scenario"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario put to the portfolio: the question, and what it rests on."""

    registry: Registry
    scenario: Scenario
    scores: Scores
    posed: Posed
    values: Mapping[str, float] = field(default_factory=dict)


@allowed(*COMMITTEE)
def ask(store: Store, by: Person, cycle: str, scenario: Scenario | str) -> Asked:
    """The question that a scenario (or the kept one of that code) puts to the cycle's projects.

    Nothing of an open round is in it.
    """
    with store.reading() as work:
        whole = measured(judgement.revealed(work.registry(cycle)))
    return put(whole, named(whole, scenario) if isinstance(scenario, str) else scenario)


def put(registry: Registry, scenario: Scenario) -> Asked:
    """The scenario put to what the registry holds, scored as the scenario counts debt."""
    whole = replace(registry, framework=framework_of(registry))
    scores = of_registry(whole, scenario.debt_mode)
    posed = pose(whole, scenario, scores.values)
    return Asked(whole, scenario, scores, posed, scores.values)


def answer(asked: Asked, search: Search, solver: str = "highs") -> Plan | NoPlan:
    """The best plan of the question asked, stamped with the hash of its inputs."""
    found = solve(asked.posed.question, search, solver)
    sha = question_file.sha256(asked.posed.question)
    return replace(found, proof=replace(found.proof, question_sha256=sha))


def named(registry: Registry, code: str) -> Scenario:
    """The kept scenario of that code; else the base one under it."""
    return next((s for s in registry.scenarios if s.code == code), replace(BASE, code=code))
