"""A small committee and its meeting: four members, a facilitator, eight projects, room for five."""

from dataclasses import replace
from datetime import date

from benches import a_project, a_registry
from seated import ACT, FACILITATOR, MEMBERS, a_framework

from portfolio.criterion import FrameworkEdition
from portfolio.decision import Verb
from portfolio.evaluation import Ballot, Conflict, Evaluation, Subject, Weight
from portfolio.meeting import Attendance, Override, Step
from portfolio.meeting import Choice as Ballots
from portfolio.person import Person, Role
from portfolio.project import Category, LegalBasis, Stage
from portfolio.rules import Needs
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import (
    closing,
    decisions,
    freezing,
    meetings,
    motions,
    overrides,
    rounds,
    weighting,
)
from services.decisions import Adoption
from services.submissions import moment
from services.weighting import Choice, Kind

ON = date(2026, 12, 1)
CYCLE, NUMBER = "c", 1
FOUR = MEMBERS[:4]
LEAD = Person("resp", "Démo – Responsable", frozenset({Role.LEAD}), is_demo=True)
OBSERVER = Person("obs", "Démo – Observation", frozenset({Role.OBSERVER}), is_demo=True)
COSTS = {"P1": 40, "P2": 30, "P3": 25, "P4": 20, "P5": 15, "P6": 30, "P7": 45, "P8": 10}
RATINGS = {"P1": 4, "P2": 3, "P3": 3, "P4": 2, "P5": 1, "P6": 2, "P7": 4, "P8": 0}
BASIS = LegalBasis("Loi 25", "art. 3", date(2024, 9, 22), "Avis juridique du 3 mars")


def a_committee(store):
    """Seat four members, a facilitator, a lead and an observer; bring in eight projects, rated.

    P8 is mandatory and worth nothing; P6 needs P2; P7 costs 45 k$ of 120 k$ and its risks are
    confidential. m1 rates higher than m4; m3 declared a conflict on P2. Weights 70/30 are adopted
    after a round of ballots; nothing is open.
    """
    projects = tuple(
        replace(a_project(code, None, (cost,)), lead="resp", service="Service TI")
        for code, cost in COSTS.items()
    )
    last = {"category": Category.MANDATORY, "deadline": "2028", "legal_basis": BASIS}
    hidden = {"risks": "Un fournisseur menacé", "confidential": frozenset({"risks"})}
    projects = (*projects[:6], replace(projects[6], **hidden), replace(projects[7], **last))
    held = a_registry(*projects, limits=(80, 40), links=(Needs("P6", "P2"),))
    less = Scenario("moins", Bilingual("Moins d'argent", "Less money"), levers={"PDI": 0.5},
                    time_limit=20.0)  # fmt: skip
    held = replace(held, scenarios=(*held.scenarios, less))
    cycle = replace(held.cycle, framework="essai", framework_version="1", is_illustrative=True)
    with store.writing(ACT) as work:
        for person in (*FOUR, FACILITATOR, LEAD, OBSERVER):
            work.save(None, person)
        work.save(None, FrameworkEdition(a_framework(), is_draft=False))
        work.bring_in(replace(held, cycle=cycle))
        work.save(CYCLE, Conflict("m3", "P2", "Ancien employeur"))
    weigh(store)
    rate(store)


def weigh(store, number=1):
    """Every member weighs the two criteria; the mean is adopted."""
    rounds.begin(store, FACILITATOR, CYCLE, Subject.WEIGHTS)
    for member, service in zip(FOUR, (80, 70, 70, 60), strict=True):
        points = (Weight("service", service), Weight("climat", 100 - service))
        weighting.cast(store, member, CYCLE, Ballot(member.code, points, number))
    rounds.reveal(store, FACILITATOR, CYCLE, Subject.WEIGHTS)
    weighting.adopt(store, FACILITATOR, CYCLE, Choice(Kind.MEAN, "D'un commun accord"))


def rate(store, number=1, lifted=0.0):
    """Every member rates every project on both criteria, but where she declared a conflict."""
    rounds.begin(store, FACILITATOR, CYCLE, Subject.SCORES)
    with store.writing(ACT) as work:
        for at, member in enumerate(FOUR):
            for code, rating in RATINGS.items():
                if (member.code, code) == ("m3", "P2"):
                    continue
                mine = min(4.0, max(0.0, rating + lifted + (0.5, 0, 0, -0.5)[at]))
                for criterion, given in (("service", mine), ("climat", 4 - mine / 2)):
                    work.save(CYCLE, Evaluation(code, criterion, member.code, given, "Parce que.",
                                                round=number))
    rounds.reveal(store, FACILITATOR, CYCLE, Subject.SCORES)


def an_open_meeting(store):
    """The committee, and its first meeting prepared, opened, its inputs frozen and solved."""
    a_committee(store)
    meetings.prepare(store, FACILITATOR, CYCLE, ON, "base", "Salle du conseil")
    meetings.begin(store, FACILITATOR, CYCLE, NUMBER)
    freeze(store)


def freeze(store, reason=""):
    """Freeze the inputs of the first meeting, and solve them."""
    meetings.go(store, FACILITATOR, CYCLE, NUMBER, Step.FREEZE)
    freezing.freeze(store, FACILITATOR, CYCLE, NUMBER, reason)
    return freezing.solve(store, FACILITATOR, CYCLE, NUMBER)


def edited(store):
    """After the freeze: less money, two titles changed, a project more, and a draft."""
    with store.writing(ACT) as work:
        cycle = work.cycle(CYCLE)
        less = replace(cycle.envelopes[0], limits=(1_000_00, 0))
        work.save(None, replace(cycle, envelopes=(less,)))
        for code in ("P1", "P2"):
            project = work.project(CYCLE, code)
            work.save(CYCLE, replace(project, title=f"{project.title} repris"))
        work.save(CYCLE, a_project("P9"))
        work.save(CYCLE, a_project("P10", stage=Stage.DRAFT))


def a_closed_meeting(store, jobs):
    """The open meeting held to its end; its record.

    All four are there. P4 is forced in and P2 out, each signed at its price; the portfolio is
    adopted by three votes to one.
    """
    an_open_meeting(store)
    with store.writing(ACT) as work:
        for member in FOUR:
            work.save(CYCLE, Attendance(NUMBER, member.code, True, moment(work)))
    impose(store, jobs, "P4", True, "Promis à l'arrondissement")
    impose(store, jobs, "P2", False, "Le fournisseur s'est retiré")
    asked = motions.Asked("Adopter le portefeuille")
    motion = motions.put(store, FACILITATOR, CYCLE, NUMBER, asked).number
    for member, choice in zip(FOUR, (Ballots.FOR, Ballots.FOR, Ballots.FOR, Ballots.AGAINST),
                              strict=True):  # fmt: skip
        motions.vote(store, member, CYCLE, NUMBER, motion, choice)
    motions.settle(store, FACILITATOR, CYCLE, NUMBER, motion)
    reasons = {code: f"Ce que dit le plan de {code}" for code in COSTS}
    ended(jobs, lambda: closing.read_back(store, FACILITATOR, jobs, CYCLE, NUMBER))
    adoption = Adoption(Verb.DEFERRED, reasons)
    decisions.adopt(store, FACILITATOR, jobs, CYCLE, NUMBER, adoption)
    ended(jobs, lambda: closing.read_back(store, FACILITATOR, jobs, CYCLE, NUMBER))
    return closing.close(store, FACILITATOR, jobs, CYCLE, NUMBER, "Faute de temps", ON)


def impose(store, jobs, project, is_in, reason):
    """A choice drafted by the chair, priced, and signed."""
    draft = Override(NUMBER, project, is_in, reason, FACILITATOR.code)
    made = overrides.draft(store, FACILITATOR, CYCLE, draft)
    ended(jobs, lambda: overrides.table(store, FACILITATOR, jobs, CYCLE, NUMBER))
    overrides.table(store, FACILITATOR, jobs, CYCLE, NUMBER)
    return overrides.sign(store, FACILITATOR, jobs, CYCLE, made)


def ended(jobs, begin):
    """Begin what a page would begin, and wait until nothing is looked for any more."""
    for _ in range(3):
        begin()
        for name in jobs.names:
            jobs.get(name).future.exception()
