"""Acts on frameworks of criteria and on emission factors."""

from benches import FRAMEWORK

from acts.said import ADMINISTERS, ALL, CHIEF, FACILITATOR, KEEPS_DEBT, Call
from portfolio.footprint import Factor
from services import cycles, frameworks, scores


def a_draft(store):
    return (frameworks.begin(store, CHIEF, *FRAMEWORK, "2099.1"),)


CALLS = {
    "footprint.evidence": Call(ALL, ("c", "P1")),
    "footprint.factors": Call(ALL),
    "footprint.keep": Call(KEEPS_DEBT, ("c", Factor("kiosk.made", 1, 2, 3, "kgCO2e", "contrat"))),
    "frameworks.advice": Call(
        ADMINISTERS, lambda store: (scores.framework(store, FACILITATOR, "c"), "c")),
    "frameworks.begin": Call(ADMINISTERS, (*FRAMEWORK, "2099.1")),
    "frameworks.bring_in": Call(
        ADMINISTERS, lambda store: (frameworks.export(store, FACILITATOR, *FRAMEWORK),)),
    "frameworks.consequences": Call(ADMINISTERS, ("c", *FRAMEWORK)),
    "frameworks.editions": Call(ALL, ()),
    "frameworks.export": Call(ALL, FRAMEWORK),
    "frameworks.publish": Call(ADMINISTERS, a_draft),
    "frameworks.remove": Call(ADMINISTERS, a_draft),
    "frameworks.save": Call(ADMINISTERS, a_draft),
    "frameworks.use": Call(
        ADMINISTERS, lambda store: (cycles.cycles(store, FACILITATOR)[0], *FRAMEWORK)),
}
OWN = ()
