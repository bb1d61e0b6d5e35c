"""A small committee: five members, a facilitator, two criteria, four projects with room for two."""

from dataclasses import replace

from benches import a_project, a_registry

from data.store import Act
from portfolio.criterion import Criterion, Framework, FrameworkEdition, Levels
from portfolio.person import Person, Role
from portfolio.words import Bilingual

ACT = Act("test", "administrateur", "test")
MEMBERS = tuple(
    Person(f"m{n}", f"Démo – Membre {n}", frozenset({Role.MEMBER}), is_demo=True)
    for n in range(1, 6)
)
FACILITATOR = Person("anim", "Démo – Animation", frozenset({Role.FACILITATOR}), is_demo=True)
CRITERIA = {"service": "Le service à la population", "climat": "La transition écologique"}


def a_framework():
    """Two criteria, each with five sentences in both languages."""
    fr = tuple(f"Phrase du niveau {level}." for level in range(5))
    en = tuple(f"Sentence of level {level}." for level in range(5))
    return Framework(
        "essai", "1", Bilingual("Cadre d'essai", "Trial framework"),
        tuple(
            Criterion(key, 50.0, Bilingual(title, title), question=Bilingual("Combien?", "How?"),
                      levels=Levels(fr, en))
            for key, title in CRITERIA.items()
        ),
    )  # fmt: skip


def seat(store):
    """Bring the committee and its four projects in; each costs 10 k$, and there are 20 k$."""
    projects = tuple(a_project(code, None) for code in ("P1", "P2", "P3", "P4"))
    held = a_registry(*projects, limits=(20,))
    cycle = replace(held.cycle, framework="essai", framework_version="1", is_illustrative=True)
    with store.writing(ACT) as work:
        for person in (*MEMBERS, FACILITATOR):
            work.save(None, person)
        work.save(None, FrameworkEdition(a_framework(), is_draft=False))
        work.bring_in(replace(held, cycle=cycle))
