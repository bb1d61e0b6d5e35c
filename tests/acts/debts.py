"""Acts on debt: items, acceptances, the balance and what waiting costs."""

from datetime import date

from acts.house import a_debt
from acts.said import (
    ALL,
    ARCHITECT,
    COMMITTEE,
    DECIDES,
    KEEPS_DEBT,
    STRANGERS,
    TODAY,
    Call,
    Foreign,
    kept,
)
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtStatus
from portfolio.person import Role
from services.acceptances import Wish
from services.debt_acts import Step


def a_request(store, asked_by="anne", ruling=Ruling.ASKED, ruled_by=""):
    return kept(store, Acceptance(
        "D0", 1, "raison", "contrôle", date(2027, 1, 1), asked_by, TODAY, ruling, ruled_by
    ))


def to_withdraw(store):
    return "c", a_request(store, ARCHITECT.code), TODAY


def to_rule(store):
    return "c", a_request(store), "raison", TODAY


def to_revoke(store):
    return "c", a_request(store, "anne", Ruling.GRANTED, "zoe"), "raison", TODAY


def to_reactivate(store):
    return "c", kept(store, a_debt("D0", status=DebtStatus.ACCEPTED, version=1)), "raison", TODAY


def own_to_rule(role):
    """A request of the very person who would decide on it."""
    return lambda store: ("c", a_request(store, STRANGERS[role].code), "raison", TODAY)


def own_to_revoke(role):
    asked_by = STRANGERS[role].code
    return lambda store: (
        "c", a_request(store, asked_by, Ruling.GRANTED, "zoe"), "raison", TODAY)


CALLS = {
    "acceptances.ask": Call(
        frozenset({Role.ARCHITECT}),
        ("c", Wish("D0", "raison", "contrôle", date(2027, 1, 1)), TODAY),
    ),
    "acceptances.decline": Call(DECIDES, to_rule),
    "acceptances.grant": Call(DECIDES, to_rule),
    "acceptances.reactivate": Call(KEEPS_DEBT, to_reactivate),
    "acceptances.revoke": Call(DECIDES, to_revoke),
    "acceptances.withdraw": Call(frozenset({Role.ARCHITECT}), to_withdraw),
    "balance.close_year": Call(KEEPS_DEBT, ("c", TODAY.year - 1, TODAY)),
    "balance.view": Call(ALL, ("c", TODAY)),
    "credits.view": Call(COMMITTEE),
    "debt_acts.log": Call(KEEPS_DEBT, ("c", a_debt("D1"), TODAY)),
    "debt_acts.move": Call(
        KEEPS_DEBT, ("c", a_debt("D0", version=1), Step(DebtStatus.IN_REMEDIATION), TODAY)),
    "debt_acts.save": Call(KEEPS_DEBT, ("c", a_debt("D0", owner="anne", version=1))),
    "debt_report.council": Call(COMMITTEE, ("c", TODAY)),
    "debts.view": Call(ALL, ("c", TODAY)),
    "waiting.view": Call(COMMITTEE, ("c", TODAY)),
}
REQUEST = (Acceptance, "c", "D0", 1)
OWN = (
    Foreign("acceptances.withdraw", Role.ARCHITECT, to_withdraw, REQUEST),
)
NOT_ONES_OWN = tuple(
    Foreign(f"acceptances.{act}", role, given(role), REQUEST, "own-request")
    for role in sorted(DECIDES)
    for act, given in (
        ("decline", own_to_rule), ("grant", own_to_rule), ("revoke", own_to_revoke))
)
