"""Small portfolios for the bench, one that is hard to solve, and jobs that end with their test."""

import random
import shutil
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from data.store import Act, open_store
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Category, Effort, Estimate, Project, Spend, Tag, Variant
from portfolio.registry import Registry
from portfolio.rules import DebtFloor, Excludes, Needs, NeedsOneOf
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import imports
from views.text import Text

FRAMEWORK = ("montreal_2030", "2026.1")


def a_project(code, value=3.0, cost=(10,), days=(), **more):
    """Thousands of dollars by period from envelope PDI, person-days of team DEV."""
    spends = tuple(Spend("PDI", at, Estimate(k * 100_000)) for at, k in enumerate(cost))
    efforts = tuple(Effort("DEV", at, d) for at, d in enumerate(days))
    base = Variant("base", "De base", max(len(cost), len(days)), spends=spends, efforts=efforts)
    return Project(code, f"Projet {code}", given_value=value, variants=(base,), **more)


def ranged(code, value, likely, low=None, high=None):
    """A project of one year that costs low, likely or high, in thousands of dollars."""
    points = (k if k is None else k * 100_000 for k in (likely, low, high))
    base = Variant("base", spends=(Spend("PDI", 0, Estimate(*points)),))
    return Project(code, f"Projet {code}", given_value=value, variants=(base,))


def a_registry(*projects, limits=(100, 100), carry=0.0, capacity=(), rules=(), **more):
    """Limits in thousands of dollars a period; no limits = not given."""
    money = tuple(k * 100_000 for k in limits) or None
    cycle = Cycle(
        "c",
        Bilingual("Cycle d'essai", "Trial cycle"),
        Horizon(2027, more.pop("periods", len(limits) or 3)),
        *FRAMEWORK,
        envelopes=(Envelope("PDI", Bilingual("Programme", "Program"), money, carry),),
        teams=(Team("DEV", Bilingual("Développement", "Development"), "", capacity),)
        if capacity
        else (),
    )
    base = Scenario("base", Bilingual("Base", "Base"), rules, time_limit=20.0)
    return Registry(cycle, projects, scenarios=(base,), **more)


def small():
    """P1, P2 and the mandatory P5 fill 2027, P4 waits for P1 and fills 2028; P3 has no room."""
    mandatory = {"category": Category.MANDATORY, "deadline": "2028"}
    return a_registry(
        a_project("P1", 9, (40,), (10,), tags=(Tag("ambition", "1.1"),)),
        a_project("P2", 8, (60,), (20,), tags=(Tag("ambition", "2.3"),)),
        a_project("P3", 2, (50,), (5,), tags=(Tag("ambition", "2.3"),), title_en="Project P3"),
        a_project("P4", 7, (50,), (30,)),
        a_project("P5", 0, (10,), **mandatory),
        limits=(125, 50),
        capacity=(60, 60),
        links=(Needs("P4", "P1"), NeedsOneOf("P3", ("P1", "P2"))),
        rules=(DebtFloor(0.0), Excludes(("P1", "P2", "P3"), 3)),
    )


def hard(count=60, envelopes=5):
    """A strongly correlated multidimensional knapsack: found at once, proven much later."""
    dice = random.Random(1)
    costs = [[dice.randint(100, 1000) for _ in range(envelopes)] for _ in range(count)]
    codes = [f"E{k}" for k in range(envelopes)]
    projects = tuple(
        Project(
            f"P{at:02}",
            f"Projet {at}",
            given_value=sum(cost) / envelopes + dice.randint(0, 100),
            variants=(
                Variant(
                    "base",
                    spends=tuple(
                        Spend(code, 0, Estimate(k * 100_000))
                        for code, k in zip(codes, cost, strict=True)
                    ),
                ),
            ),
        )
        for at, cost in enumerate(costs)
    )
    limits = [sum(cost[k] for cost in costs) // 2 * 100_000 for k in range(envelopes)]
    cycle = Cycle(
        "hard",
        Bilingual("Cycle difficile", "Hard cycle"),
        Horizon(2027, 1),
        *FRAMEWORK,
        envelopes=tuple(
            Envelope(code, Bilingual(code), (limit,))
            for code, limit in zip(codes, limits, strict=True)
        ),
    )
    scenario = Scenario("base", Bilingual("Base"), time_limit=120.0)
    return Registry(cycle, projects, scenarios=(scenario,))


def quick_demo():
    """The demo portfolio, its scenarios content with a plan that is found at once."""
    whole = imports.demo().registry
    quick = tuple(replace(s, time_limit=2.0, gap=0.5) for s in whole.scenarios)
    return replace(whole, scenarios=quick)


@contextmanager
def a_house(migrated, path):
    """A store of its own: give it a registry, or nothing, and get it back with a person a role."""
    store = open_store(f"sqlite:///{shutil.copy(migrated, path)}")

    def bring(registry=None):
        with store.writing(Act("test", "administrateur", "test")) as work:
            for role in Role:
                work.save(None, someone(role))
            if registry is not None:
                work.bring_in(registry)
        return store

    yield bring
    store.close()


def someone(role):
    return Person(f"test-{role}", f"Test {role}", frozenset({role}))


def a_page(page, store, who, language, cycle, jobs, wall=False):
    """The page as that person, or someone of that role, sees it."""
    person = who if isinstance(who, Person) else someone(who)
    given = (page, store, person, language, cycle, jobs, wall)
    at = AppTest.from_function(_render, args=given, default_timeout=60).run()
    assert not at.exception
    return at


def finished(at, jobs):
    """The page once nothing is worked out beside it any more."""
    for _ in range(20):
        for name in jobs.names:
            if (job := jobs.get(name)) is not None and not job.is_done:
                wait([job.future], 60)  # what it was refused is the page's to tell
        if not [b for b in at.button if (b.key or "").startswith(("aside", "bench_stop"))]:
            return at.run()
        at.run()
    return at


def pages_of(page, jobs):
    """show(store, section): that page, once nothing more is looked for."""

    def show(store, section=None, who=Role.MEMBER, language="fr", cycle="c", wall=False):
        at = finished(a_page(page, store, who, language, cycle, jobs, wall), jobs)
        if section is not None:
            at.segmented_control(key=f"{page}_section").set_value(section).run()
            at = finished(at, jobs)
        assert not at.exception
        return at

    return show


def _render(page, store, person, language, cycle, jobs, wall):
    """Run by itself: everything is imported here."""
    import importlib

    from views.desk import Desk
    from views.text import Text

    desk = Desk(store, person, Text(language), wall, is_demo=True, cycle=cycle, jobs=jobs)
    importlib.import_module(f"views.{page}").render(desk)


def words(language, key):
    return Text(language)(key)
