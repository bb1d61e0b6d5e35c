"""A record of a meeting in which everything happened, for the papers that are made from it."""

from datetime import date

from portfolio.charter import Majority, Undecided
from portfolio.decision import Grant, Verb
from portfolio.meeting import Choice, MotionState
from portfolio.record import (
    Anchored,
    Attended,
    Cast,
    Corrected,
    Cut,
    Decided,
    Effort,
    Frozen,
    Imposed,
    Money,
    Moved,
    Named,
    Proceedings,
    Proved,
    Recused,
    Rules,
    Spent,
    Stay,
    Totals,
    Weight,
    WhyNot,
)
from portfolio.words import Bilingual

CHAIR, MEMBER, AWAY = Named("p1", "Aïcha Côté"), Named("p2", "Noël Hébert"), Named("p3", "Zoë Roy")
LEAD = Named("r1", "Maïté Lefrançois")
AT = "2027-03-01T14:{:02d}:00+00:00"  # 9 h in Montréal


def a_decided(project: str, verb: Verb, **more: object) -> Decided:
    """One decision; a project that goes ahead has its variant, its start and its money."""
    facts: dict[str, object] = {"service": "Service de l'eau", "lead": LEAD, "motion": 1,
                                "reason": f"Motif de {project}."}  # fmt: skip
    if verb.goes_ahead:
        facts |= {"variant": "base", "variant_title": "Complète", "start": "2028", "value": 4.5,
                  "grants": (Grant("PDI", 1, 50_000_000), Grant("FCT", 1, 2_500_050))}  # fmt: skip
    title = Bilingual(f"Réfection {project}", f"Repair {project}")
    whole = {"title": title, "at": AT.format(40)} | facts | more
    return Decided(project=project, number=1, verb=verb, **whole)  # type: ignore[arg-type]


LACKS = WhyNot(
    3.4, 3.4, ("P1", "P2"), limits=(("envelope", "PDI", "1"),), cut=Cut("base", 0.12, 1_200_000),
    money=(Money("PDI", "2028", 30_000_000),), shortest="cut",
)  # fmt: skip
HELPED = WhyNot(
    3.4, 3.4, money=(Money("PDI", "2028", 20_000_000), Money("FCT", "2027", 10_000_000)),
    shortest="days", days=(
        Effort("DATA", "2027", 12.5), Effort("DATA", "2028", 20), Effort("SEC", "2028", 1)),
)  # fmt: skip
DECISIONS = (
    a_decided("P1", Verb.APPROVED),
    a_decided("P2", Verb.CONDITIONAL, conditions="Livrer l'analyse d'impact avant l'été."),
    a_decided("P3", Verb.DEFERRED, until=date(2027, 9, 1), value=2.1, why_not=LACKS),
    a_decided("P4", Verb.REFUSED, is_planned=False, was_planned=True, price=1.25, signed_by=CHAIR),
    a_decided("P5", Verb.SENT_BACK, why_not=WhyNot(left_out="no-amount")),
    a_decided("P6", Verb.ACCELERATED),
    a_decided("P7", Verb.PAUSED),
    a_decided("P8", Verb.TERMINATED, why_not=WhyNot(None, None, rules=(("excludes", "P8", "P1"),))),
)
MOTIONS = (
    Moved(1, "Adopter le portefeuille proposé", "", None, False, MotionState.CARRIED, CHAIR,
          AT.format(20), AT.format(25), 3, 1, 1, 0, votes=(
              Cast(CHAIR, Choice.FOR), Cast(MEMBER, Choice.AGAINST),
              Cast(AWAY, Choice.FOR, AT.format(22)))),
    Moved(2, "Refuser P4", "P4", Verb.REFUSED, True, MotionState.CARRIED, CHAIR, AT.format(30),
          AT.format(35), 3, 2, 0, 1),
)  # fmt: skip
SPENT = (
    Spent("PDI", Bilingual("Programme d'immobilisations", "Capital programme"), 0, "2027", 0,
          10_000_000),
    Spent("PDI", Bilingual("Programme d'immobilisations", "Capital programme"), 1, "2028",
          150_000_000, 160_000_000),
    Spent("FCT", Bilingual("Fonctionnement", "Operating"), 1, "2028", 7_500_150, None),
)  # fmt: skip
WHOLE = Proceedings(
    number=1,
    cycle="C1",
    cycle_title=Bilingual("Cycle 2027-2028", "2027-2028 cycle"),
    meeting=3,
    on=date(2027, 3, 1),
    place="Hôtel de ville",
    facilitator=CHAIR,
    opened_at=AT.format(0),
    closed_at=AT.format(50),
    closed_by=CHAIR,
    scenario="base",
    scenario_title=Bilingual("Référence", "Reference"),
    unit="points",
    periods=("2027", "2028"),
    teams={"DATA": Bilingual("Données", "Data"), "SEC": Bilingual("Sécurité", "Security")},
    rules=Rules(2, Majority.SIMPLE, Undecided.DEFER, False, 10, "Chaque écart a son prix.", "", 5),
    attendance=(
        Attended(CHAIR, True, (Stay(AT.format(0)),)),
        Attended(MEMBER, True, (Stay(AT.format(0), AT.format(10)), Stay(AT.format(15)))),
        Attended(AWAY, True),
        Attended(Named("o1", "Olivier Ouellet"), False, (Stay(AT.format(5)),), "par vidéo"),
    ),
    recusals=(Recused(AWAY, "P4"), Recused(AWAY, "P2")),
    freezes=(Frozen(1, CHAIR, AT.format(3), "a" * 64, "b" * 64),
             Frozen(2, CHAIR, AT.format(8), "c" * 64, "d" * 64, "Un coût était mal saisi.")),
    weights=(Weight("1", Bilingual("Équité", "Fairness"), 0.625),
             Weight("2", Bilingual("Climat", "Climate"), 0.375)),
    overrides=(Imposed("P1", Bilingual("Réfection P1"), True, "Engagement du conseil.", 2.5, CHAIR,
                       MEMBER, AT.format(28), 2, enters=("P1",), leaves=("P3",)),),
    motions=MOTIONS,
    decisions=DECISIONS,
    totals=Totals(3, 8, 13.5, 157_500_150, 4_000_000, 9_000_000, SPENT),
    proof=Proved("optimal", "d" * 64, "e" * 64, 17.25, 17.25, 0.0, 19.75, "HiGHS", 0.4),
    anchor=Anchored(120, "f" * 64, AT.format(50)),
    correction_until=date(2027, 3, 11),
    corrections=(Corrected("P1", "service", "Le service était celui de l'eau.", "Voirie.", LEAD,
                           CHAIR, AT.format(59)),),
)  # fmt: skip
