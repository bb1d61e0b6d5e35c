"""What one failure reaches: along the dependencies of systems, to services and to projects."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx as nx

from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.system import System


@dataclass(frozen=True, slots=True)
class Hit:
    """A system that stops when others do.

    steps   dependencies between it and the nearest of them; 0 = it is one of them
    needs   the systems nearer to them by which it is reached
    """

    system: System
    steps: int
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touch:
    """A project and the systems that it changes, or of which it retires or creates some debt."""

    project: Project
    systems: tuple[str, ...]


def graph(systems: Iterable[System]) -> nx.DiGraph:
    """An edge from each system to what it needs; what nobody describes is not in it."""
    every = {system.code: system for system in systems}
    drawn = nx.DiGraph()
    drawn.add_nodes_from(every)
    drawn.add_edges_from(
        (code, need.on) for code, own in every.items() for need in own.dependencies
        if need.on in every
    )  # fmt: skip
    return drawn


def reached(systems: Collection[System], failing: Collection[str]) -> tuple[Hit, ...]:
    """The systems that stop when those fail, the nearest first; circles are walked once."""
    every = {system.code: system for system in systems}
    sources = [code for code in every if code in failing]
    if not sources:
        return ()
    needs = graph(systems)
    steps = nx.multi_source_dijkstra_path_length(needs.reverse(copy=False), sources)
    found = [
        Hit(every[code], far, tuple(n for n in needs[code] if steps.get(n, far) < far))
        for code, far in steps.items()
    ]
    order = {code: place for place, code in enumerate(every)}
    return tuple(sorted(found, key=lambda hit: (hit.steps, order[hit.system.code])))


def services(systems: Iterable[System]) -> dict[str, tuple[str, ...]]:
    """Service -> the codes of those systems that work for it."""
    found: dict[str, list[str]] = {}
    for system in systems:
        for service in system.services:
            found.setdefault(service, []).append(system.code)
    return {service: tuple(codes) for service, codes in sorted(found.items())}


def projects(registry: Registry, systems: Collection[str]) -> tuple[Touch, ...]:
    """The projects that touch any of these systems, in declared order."""
    found: dict[str, dict[str, None]] = {
        p.code: dict.fromkeys(c for c in p.systems if c in systems) for p in registry.projects
    }
    for debt in registry.debts:
        if debt.system in systems:
            for code in (*(remedy.project for remedy in debt.remedies), debt.created_by):
                if code in found:
                    found[code].setdefault(debt.system)
    return tuple(Touch(p, tuple(found[p.code])) for p in registry.projects if found[p.code])
