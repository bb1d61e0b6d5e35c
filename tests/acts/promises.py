"""Acts on promises: reports of a lead's own projects, one by one or in a sheet."""

from datetime import date

from acts.said import ALL, FACILITATES, LEADS, PEOPLE, TODAY, Call, Foreign, kept
from portfolio.person import Role
from portfolio.promise import Promise, StatusReport
from services import promises

REPORTS = LEADS | FACILITATES
PROMISED = Promise("P3", 1, date(2026, 1, 1), date(2026, 2, 1), date(2026, 12, 31))
SAID = StatusReport("P3", date(2026, 9, 30), "whoever", "", date(2026, 2, 1))
ROWS = b"Projet;Date du rapport;Note\nP3;2026-09-30;autre chose\n"


def to_report(store):
    kept(store, PROMISED)
    return "c", SAID, TODAY


def to_correct(store):
    """A report made by the lead, corrected by someone else."""
    kept(store, PROMISED)
    return "c", promises.report(store, PEOPLE[Role.LEAD], "c", SAID, TODAY), TODAY


def their_sheet(store):
    to_correct(store)
    return "c", ROWS, "suivi.csv", TODAY, False


def to_bring(store):
    kept(store, PROMISED)
    return "c", ROWS, "suivi.csv", TODAY


CALLS = {
    "promises.report": Call(REPORTS, to_report),
    "promises.tracking": Call(ALL, ("c", TODAY)),
    "status_sheets.bring": Call(REPORTS, to_bring),
    "status_sheets.write": Call(REPORTS),
}
THEIRS = (StatusReport, "c", "P3", SAID.on)
OWN = (
    Foreign("promises.report", Role.LEAD, to_correct, THEIRS),
    Foreign("status_sheets.bring", Role.LEAD, their_sheet, THEIRS, ""),
    Foreign("status_sheets.write", Role.LEAD, lambda store: to_correct(store)[:1], THEIRS, ""),
)
