"""Acts on cycles: their calendar and rules, their money and teams."""

from dataclasses import replace
from datetime import date

from acts.said import ADMINISTERS, ALL, RUNS, TODAY, Call, kept
from portfolio.charter import Charter, Extension
from portfolio.project import Stage

NEXT = date(2027, 3, 31)
LATER = date(2027, 4, 15)
RULES = Charter(override="Aux deux tiers", tie_break="La dette retirée")


def home(store):
    with store.reading() as work:
        return work.cycle("c")


def a_new_one(store):
    return replace(home(store), code="d", version=0), TODAY


def to_save(store):
    return (replace(home(store), discount=0.03),)


def to_seal(store):
    return "c", kept(store, RULES), TODAY, TODAY


def to_extend(store):
    with store.reading() as work:
        draft = work.project("c", "P2")
    assert draft.stage is Stage.DRAFT
    kept(store, replace(home(store), submit_by=NEXT), cycle=None)
    return "c", Extension("P2", LATER, "Congé", "whoever"), TODAY


CALLS = {
    "board.board": Call(ALL, ("c", TODAY)),
    "charters.extend": Call(ADMINISTERS, to_extend),
    "charters.save": Call(ADMINISTERS, ("c", RULES, NEXT, TODAY)),
    "charters.seal": Call(ADMINISTERS, to_seal),
    "charters.standing": Call(ALL, ("c", TODAY)),
    "charters.time_for": Call(ALL, ("c", "P3", TODAY)),
    "cycle_acts.begin": Call(ADMINISTERS, a_new_one),
    "cycle_acts.save": Call(ADMINISTERS, to_save),
    "cycle_balance.balance": Call(RUNS),
}
OWN = ()
