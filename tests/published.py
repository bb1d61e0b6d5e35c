"""A cycle decided by a committee whose every secret is planted in words that cannot be missed."""

from dataclasses import replace
from datetime import date

from benches import a_project, a_registry
from seated import ACT, FACILITATOR, MEMBERS, a_framework

from data import frozen_file, question_file, store_documents
from portfolio import record
from portfolio.charter import Majority, Undecided
from portfolio.contact import Contact
from portfolio.criterion import FrameworkEdition
from portfolio.debt import DebtItem
from portfolio.decision import Decision, Grant, Verb
from portfolio.evaluation import Ballot, Conflict, Evaluation, Weight
from portfolio.frozen import Frozen, kept
from portfolio.meeting import (
    Choice,
    Freeze,
    Meeting,
    MeetingState,
    Motion,
    MotionState,
    Override,
    Record,
)
from portfolio.project import Answer, DebtEffect, Estimate, LegalBasis, Stage
from portfolio.record import Decided, Named, Proceedings
from portfolio.registry import pose
from portfolio.system import System
from portfolio.words import Bilingual
from services import scores

SECRET = "TÉMOIN-SECRET"
ADDRESS = "temoin.secret@ville.exemple"
LEAD = "Lead-Nom-Secret"
AT = "2026-12-01T15:00:00+00:00"
ON = date(2026, 12, 1)
KEPT = frozenset({"sponsor", "problem", "outcome", "risks", "systems", "debt_effects", "proof"})
RATINGS = {"P1": (4, 1), "P2": (3, 3), "P3": (1, 4), "P4": (1, 1)}
TITLE_OPEN = "=SOMME(A1) – un titre qui semble une formule"


def planted(code, **more):
    """A project that keeps all it may confidential, and says a secret in each of these fields."""
    return a_project(
        code, None, lead="lead", sponsor=SECRET, problem=SECRET, outcome=SECRET, risks=SECRET,
        systems=("SYS",), debt_effects=(DebtEffect("DET", 1.0, note=SECRET),),
        legal_basis=LegalBasis("Loi sur l'accès", "art. 3", proof=SECRET), confidential=KEPT,
        answers=(Answer("climat.ges", "reduit", SECRET),), **more,
    )  # fmt: skip


def everyone_rates(raters):
    for code, marks in RATINGS.items():
        for key, level in zip(("service", "climat"), marks, strict=True):
            for member in MEMBERS[:raters]:
                yield Evaluation(code, key, member.code, level, SECRET, SECRET)


def the_registry(raters):
    open_one = a_project(
        "P1", None, lead="lead", sponsor="Direction ouverte", problem="Problème public",
        outcome="Résultat public", beneficiaries=f"Écrire à {ADDRESS}", risks=SECRET,
        answers=(Answer("climat.ges", "reduit", SECRET),), title_en="Open project",
    )  # fmt: skip
    projects = (
        replace(open_one, title=TITLE_OPEN), planted("P2"), planted("P3"),
        replace(open_one, code="P4", title="Projet P4", title_en=""),
        replace(planted("P5", stage=Stage.DRAFT), title=SECRET),
        replace(planted("P6", stage=Stage.WITHDRAWN), title=SECRET),
    )  # fmt: skip
    held = a_registry(
        *projects, limits=(20,), evaluations=tuple(everyone_rates(raters)),
        ballots=(Ballot("m1", (Weight("service", 97.53),)),),
        conflicts=(Conflict("m4", "P2", SECRET),),
        systems=(System("SYS", SECRET),),
        debts=(DebtItem("DET", SECRET, "SYS", Estimate(100), Estimate(10), owner=SECRET),),
    )  # fmt: skip
    cycle = replace(held.cycle, framework="essai", framework_version="1")
    return replace(held, cycle=cycle)


def decided(code, verb, value, **more):
    known = {"title": Bilingual(f"Projet {code}"), "service": "", "lead": Named("lead", LEAD)}
    if verb.goes_ahead:
        known |= {"variant": "base", "start": "2027", "grants": (Grant("PDI", 0, 1_000_000),)}
    else:
        known["why_not"] = record.WhyNot(
            5.0, 5.0, ("P1", "P5"), (), (("envelope", "PDI", "0"),),
            record.Cut("base", 0.5, 500_000), (record.Money("PDI", "2027", 1_000_000),),
            shortest="cut",
        )  # fmt: skip
    reason = f"Motif public de {code}"
    return Decided(code, 1, verb=verb, reason=reason, at=AT, value=value, **known, **more)


def the_record(question, sha256):
    facilitator, lead = Named("anim", FACILITATOR.name), Named("lead", LEAD)
    return Proceedings(
        number=1, cycle="c", cycle_title=Bilingual("Cycle d'essai", "Trial cycle"), meeting=1,
        on=ON, place=SECRET, facilitator=facilitator, opened_at=AT, closed_at=AT,
        closed_by=facilitator, scenario="base", scenario_title=Bilingual("Base", "Base"),
        unit="points", periods=("2027",),
        rules=record.Rules(3, Majority.SIMPLE, Undecided.DEFER, False, 10, "Écart motivé.",
                           "Le moins cher.", 5),
        attendance=(record.Attended(Named("m1", MEMBERS[0].name), True, (), SECRET),),
        recusals=(record.Recused(Named("m4", MEMBERS[3].name), "P2"),),
        freezes=(record.Frozen(1, facilitator, AT, sha256, question),),
        weights=(record.Weight("service", Bilingual("Service"), 0.5),
                 record.Weight("climat", Bilingual("Climat"), 0.5)),
        overrides=(record.Imposed("P1", Bilingual("P1"), True, "Motif de l'écart", 1.5, lead, lead,
                                  AT, 1, enters=("P1",), leaves=("P3", "P6")),),
        motions=(record.Moved(1, SECRET, "P1", Verb.APPROVED, False, MotionState.CARRIED,
                              facilitator, AT, AT, 3, 2, 1, 0, SECRET,
                              (record.Cast(Named("m1", MEMBERS[0].name), Choice.FOR),)),),
        decisions=(
            decided("P1", Verb.APPROVED, 62.5),
            decided("P2", Verb.CONDITIONAL, 75.0, conditions=f"Un pilote ; voir {ADDRESS}"),
            decided("P3", Verb.DEFERRED, 62.5), decided("P4", Verb.REFUSED, 25.0),
            decided("P6", Verb.REFUSED, 1.0),
        ),
        totals=record.Totals(2, 4, 137.5, 2_000_000, 0, 0),
        proof=record.Proved("optimal", question, question, 137.5, 137.5, 0.0, 137.5, "highs", 0.1),
        anchor=record.Anchored(12, "f" * 64, AT), correction_until=ON,
    )  # fmt: skip


def hold(store, raters=3):
    """Bring the cycle in, and close a meeting that decided on four of its six projects."""
    held = the_registry(raters)
    with store.writing(ACT) as work:
        lead = replace(MEMBERS[4], code="lead", name=LEAD)
        for person in (*MEMBERS, lead, FACILITATOR):
            work.save(None, person)
        work.save(None, Contact("lead", ADDRESS))
        work.save(None, FrameworkEdition(a_framework(), is_draft=False))
        sha256, question = _freeze(work, work.bring_in(held))
        work.save("c", Override(1, "P1", True, SECRET, "anim", freeze=1, signed_by="anim",
                                signed_at=AT))  # fmt: skip
        document = record.to_json(the_record(question, sha256))
        work.save("c", Meeting(1, ON, facilitator="anim", state=MeetingState.CLOSED))
        work.save("c", Record(1, 1, "anim", AT, store_documents.keep(work, document)))
        work.save("c", Motion(1, 1, SECRET, "anim", AT, state=MotionState.CARRIED))
        for one in the_record("q", "s").decisions:
            grants, more = one.grants, {"conditions": one.conditions}
            more |= {"variant": one.variant, "start": one.start, "meeting": 1}
            work.save("c", Decision(one.project, 1, one.verb, one.reason, "anim", AT,
                                    grants=grants, **more))  # fmt: skip


def _freeze(work, held):
    """The SHA-256 of what the committee decides on, and of the question within."""
    scenario, values = held.scenarios[0], scores.of_registry(held).values
    question = pose(held, scenario, values).question
    document = frozen_file.write(Frozen(kept(held), scenario, values, question))
    sha256, asked = store_documents.keep(work, document), question_file.sha256(question)
    work.save("c", Freeze(1, 1, "anim", AT, sha256, asked))
    return sha256, asked
