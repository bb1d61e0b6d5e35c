"""Acts on systems, the inventory, lifecycles, and the risk of legacy systems."""

from acts.said import (
    ALL,
    ARCHITECT,
    COMMITTEE,
    EXPORTS,
    FACILITATOR,
    KEEPS_DEBT,
    TODAY,
    Call,
)
from acts.sites import served
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.lifecycle import Product
from portfolio.system import System
from services import legacy, lifecycles

LOWEST = RiskAssessment("S1", tuple(Level(c, 1, "raison") for c in CRITERIA))
PRODUCT = Product("x", "X")


def found_beside(store):
    return "c", lifecycles.beside(store, FACILITATOR, "c").lines


def a_saved_product(store):
    return (lifecycles.save(store, ARCHITECT, PRODUCT, TODAY),)


def a_confirmed_risk(store):
    """The system S1, assessed at 1 everywhere and confirmed."""
    return "c", legacy.confirm(store, ARCHITECT, "c", LOWEST, TODAY)


CALLS = {
    "inventory.export": Call(EXPORTS),
    "inventory.lookup": Call(COMMITTEE, ("c", "paie")),
    "inventory.quality": Call(COMMITTEE, ("c", TODAY)),
    "inventory.view": Call(COMMITTEE, ("c", TODAY)),
    "legacy.confirm": Call(KEEPS_DEBT, ("c", LOWEST, TODAY)),
    "legacy.revise": Call(KEEPS_DEBT, a_confirmed_risk),
    "legacy.save": Call(KEEPS_DEBT, ("c", RiskAssessment("S1", LOWEST.levels[:1]), TODAY)),
    "legacy.sheet": Call(COMMITTEE, ("c", "S1", TODAY)),
    "legacy_view.view": Call(COMMITTEE, ("c", TODAY)),
    "lifecycles.apply": Call(KEEPS_DEBT, found_beside),
    "lifecycles.beside": Call(EXPORTS),
    "lifecycles.bring_in": Call(KEEPS_DEBT, ((PRODUCT,),)),
    "lifecycles.catalogue": Call(EXPORTS, ()),
    "lifecycles.fetch": Call(KEEPS_DEBT, lambda _: (f"{served()}/php.json", TODAY)),
    "lifecycles.preview": Call(KEEPS_DEBT, ((PRODUCT,),)),
    "lifecycles.reset": Call(KEEPS_DEBT, a_saved_product),
    "lifecycles.save": Call(KEEPS_DEBT, (PRODUCT, TODAY)),
    "quality.trend": Call(ALL, ("c", "S1")),
    "register_history.count_findings": Call(COMMITTEE, ("c", "D0")),
    "register_history.findings": Call(COMMITTEE, ("c", "D0")),
    "register_history.of_debt": Call(COMMITTEE, ("c", "D0")),
    "register_history.of_system": Call(COMMITTEE, ("c", "S1")),
    "systems.add": Call(KEEPS_DEBT, ("c", System("S9", "Neuf"))),
    "systems.findings": Call(COMMITTEE, ("c", "S1")),
    "systems.remove": Call(KEEPS_DEBT, ("c", System("S2", "Taxe", version=1))),
    "systems.save": Call(KEEPS_DEBT, ("c", System("S1", "Paie", owner="anne", version=1))),
}
OWN = ()
