"""Acts on what gathers around a proposal: submissions, questions, opinions, debts it speaks of."""

from dataclasses import replace

from acts.said import (
    ALL,
    FACILITATOR,
    LEADS,
    RUNS,
    STRANGERS,
    TODAY,
    Call,
    Foreign,
    kept,
)
from portfolio.dossier import Inquiry, Opinion, Verdict
from portfolio.person import Role
from portfolio.project import DebtEffect, Project
from services import dossiers
from services.dossiers import Asked

ASKS = RUNS | {Role.ARCHITECT}
ADVISES = frozenset({Role.ARCHITECT})
READS = ALL - {Role.OBSERVER}
DRAFT, HERS = (Project, "c", "P2"), (Project, "c", "P3")
EFFECT = DebtEffect("D0", 0.5)
QUESTION = Asked("need", "Combien ?")
OPINION = Opinion("P3", 1, Verdict.PROCEED, "raison", "whoever", "")


def project(store, code):
    with store.reading() as work:
        return work.project("c", code)


def to_submit(store):
    return "c", project(store, "P2"), TODAY


def to_answer(store):
    asked = dossiers.ask(store, FACILITATOR, "c", "P3", QUESTION)
    return "c", replace(asked, answer="Douze.")


def to_send_back(store):
    return "c", project(store, "P3"), (QUESTION,)


def to_admit(store):
    return "c", project(store, "P3")


def to_take_in(store):
    kept(store, replace(project(store, "P3"), debt_effects=(EFFECT,)))
    return "c", "P3", EFFECT, TODAY


def to_decline(store):
    return *to_take_in(store)[:3], "déjà prévu ailleurs"


def led_by(stranger, given):
    """The same call, once the proposal is led by the one who calls."""

    def arguments(store):
        kept(store, replace(project(store, "P3"), lead=stranger.code))
        return given(store)

    return arguments


CALLS = {
    "dossiers.admit": Call(RUNS, to_admit),
    "dossiers.answer": Call(LEADS, to_answer),
    "dossiers.ask": Call(ASKS, ("c", "P3", QUESTION)),
    "dossiers.compared": Call(ALL, ("c", "P3")),
    "dossiers.handed_in": Call(ALL, ("c", "P3")),
    "dossiers.send_back": Call(RUNS, to_send_back),
    "dossiers.view": Call(READS, ("c", "P3")),
    "opinions.advise": Call(ADVISES, ("c", OPINION)),
    "opinions.decline": Call(ADVISES, to_decline),
    "opinions.take_in": Call(ADVISES, to_take_in),
    "submissions.submit": Call(LEADS, to_submit),
    "timeline.of_project": Call(READS, ("c", "P3")),
}
JUDGED = {
    "dossiers.admit": (to_admit, RUNS),
    "dossiers.ask": (lambda _: ("c", "P3", QUESTION), ASKS),
    "dossiers.send_back": (to_send_back, RUNS),
    "opinions.advise": (lambda _: ("c", OPINION), ADVISES),
    "opinions.decline": (to_decline, ADVISES),
    "opinions.take_in": (to_take_in, ADVISES),
}
OWN = (
    Foreign("submissions.submit", Role.LEAD, to_submit, DRAFT),
    Foreign("dossiers.answer", Role.LEAD, to_answer, (Inquiry, "c", "P3", 1)),
    Foreign("dossiers.view", Role.LEAD, lambda _: ("c", "P3"), HERS),
    Foreign("timeline.of_project", Role.LEAD, lambda _: ("c", "P3"), HERS),
)
NOT_ONES_OWN = tuple(
    Foreign(act, role, led_by(STRANGERS[role], given), HERS, "own-proposal")
    for act, (given, roles) in JUDGED.items()
    for role in sorted(roles)
)
