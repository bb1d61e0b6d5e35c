"""Twenty projects promised on 1 December 2026, and what was reported of them on three dates.

PLANS has a line a project: service, promised start, end and cost in k$, then what each of three
reports says, or None where none came. FIGURES holds what follows, worked out by hand.
"""

from dataclasses import fields, replace
from datetime import date, timedelta

from benches import a_project, a_registry

from data.store import Act
from portfolio.debt import DebtItem, DebtStatus
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.promise import Promise, PromisedDebt, StatusReport
from portfolio.system import System
from portfolio.tracking import Health

ACT = Act("test", Role.ADMINISTRATOR, "test")
MADE = date(2026, 12, 1)
DATES = (date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30))
LATE = date(2028, 1, 15)  # the last reports are then older than a quarter
SIM, STI = "Service de l'eau", "Service des technologies"
JAN, APR, JUL = date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1)
END, NEXT = date(2027, 12, 31), date(2028, 12, 31)


def d(month, day, year=2027):
    return date(year, month, day)


def r(started, end=None, cost=None, spent=None, ended=None):
    return started, ended, end, cost, spent


J5, SILENT = d(1, 5), None
PLANS = {
    # on time: they begin within days, and their forecasts hold
    "Q01": (SIM, JAN, END, 1000, r(J5, END, 1000, 100), r(J5, END, 1000, 400),
            r(J5, END, 1000, 700)),
    "Q02": (SIM, JAN, END, 500, r(J5, END, 500), r(J5, END, 520), r(J5, END, 540)),
    "Q03": (SIM, JAN, END, 800, r(J5), r(J5, d(1, 20, 2028)), r(J5, d(1, 20, 2028), 800)),
    "Q04": (STI, JAN, NEXT, 2000, r(J5, NEXT, 1900), r(J5, NEXT, 1900), r(J5, NEXT, 1900)),
    "Q05": (STI, JAN, NEXT, 300, r(J5, NEXT, 300), SILENT, r(J5, NEXT, 300)),
    "Q06": (STI, APR, END, 400, r(None), r(d(4, 6), END, 400), r(d(4, 6), END, 400)),
    # delivered: before, at and after the day
    "Q07": (SIM, JAN, d(6, 30), 100, r(J5, d(6, 30), 100), r(J5, None, 95, 95, d(6, 20)), SILENT),
    "Q08": (SIM, JAN, d(6, 30), 100, r(J5, d(6, 30), 100), r(J5, d(9, 15), 120),
            r(J5, None, 130, 130, d(9, 28))),
    "Q09": (STI, JAN, d(6, 30), 200, r(J5, d(7, 31), 200), r(J5, d(7, 31), 200),
            r(J5, None, 210, 210, d(8, 4))),
    # slipping: forecasts that move, and one whose day has passed
    "Q10": (SIM, JAN, END, 600, r(J5, END, 600), r(J5, d(2, 29, 2028), 600),
            r(J5, d(3, 31, 2028), 660)),
    "Q11": (SIM, JAN, END, 700, r(d(3, 1), d(2, 28, 2028)), r(d(3, 1), d(4, 30, 2028), 900),
            r(d(3, 1), d(6, 30, 2028), 1050)),
    "Q12": (STI, JAN, d(6, 30), 250, r(J5, d(6, 30), 250), r(J5, d(8, 31), 250),
            r(J5, d(8, 31), 250)),
    "Q13": (STI, JAN, END, 900, r(J5, END, 900), r(J5, END, 1000), r(J5, END, 1200)),
    # spent more than was forecast
    "Q14": (STI, JAN, END, 100, r(J5, END, 100, 20), r(J5, END, 100, 80), r(J5, END, 100, 112)),
    # prioritised and not started: with reports that say so, and without any
    "Q15": (SIM, JAN, END, 1500, r(None), r(None), r(None)),
    "Q16": (SIM, JUL, NEXT, 400, SILENT, SILENT, SILENT),
    "Q17": (STI, APR, END, 350, r(None, END), r(None, END), r(None, END)),
    # still ahead
    "Q18": (STI, d(1, 1, 2029), d(12, 31, 2029), 800, SILENT, SILENT, SILENT),
    # decided again: accelerated, and terminated
    "Q19": (SIM, d(1, 1, 2028), NEXT, 1000, SILENT, SILENT, r(d(9, 1), d(9, 30, 2028), 1150)),
    "Q20": (STI, JAN, END, 450, r(J5, END, 450), r(J5, END, 600), SILENT),
}
OK, WATCH, OFF = Health.ON_TRACK, Health.TO_WATCH, Health.OFF_TRACK
FIGURES = {  # on each date: days late, percent over the promised cost, health
    "Q01": ((0, 0, OK), (0, 0, OK), (0, 0, OK)),
    "Q02": ((0, 0, OK), (0, 4, OK), (0, 8, OK)),
    "Q03": ((4, None, OK), (20, None, OK), (20, 0, OK)),  # begun 4 days late, and nothing forecast
    "Q04": ((0, -5, OK), (0, -5, OK), (0, -5, OK)),
    "Q05": ((0, 0, OK), (0, 0, OK), (0, 0, OK)),
    "Q06": ((0, None, OK), (0, 0, OK), (0, 0, OK)),
    "Q07": ((0, 0, OK), (-10, -5, OK), (-10, -5, OK)),
    "Q08": ((0, 0, OK), (77, 20, WATCH), (90, 30, OFF)),
    "Q09": ((31, 0, WATCH), (31, 0, WATCH), (35, 5, WATCH)),
    "Q10": ((0, 0, OK), (60, 0, WATCH), (91, 10, OFF)),
    "Q11": ((59, None, WATCH), (121, 28.571, OFF), (182, 50, OFF)),
    "Q12": ((0, 0, OK), (62, 0, WATCH), (92, 0, OFF)),  # 31 Aug is past: today, 30 Sep
    "Q13": ((0, 0, OK), (0, 11.111, WATCH), (0, 33.333, OFF)),
    "Q14": ((0, 0, OK), (0, 0, OK), (0, 12, WATCH)),  # 112 k$ are spent already
    "Q15": ((89, None, WATCH), (180, None, OFF), (272, None, OFF)),
    "Q16": ((0, None, OK), (0, None, OK), (91, None, OFF)),
    "Q17": ((0, None, OK), (90, None, OFF), (182, None, OFF)),
    "Q18": ((0, None, OK), (0, None, OK), (0, None, OK)),
    "Q19": ((0, None, OK), (0, None, OK), (-92, 15, WATCH)),
    "Q20": ((0, 0, OK), (0, 33.333, OFF), (0, 33.333, None)),
}
AGAIN = Promise("Q19", 2, d(8, 1), d(9, 1), d(8, 31, 2028), "base", 1_100 * 100_000)
DEBTS = {"Q07": PromisedDebt("D1", 1.0, 40 * 100_000), "Q08": PromisedDebt("D2", 0.5, 3_000_000),
         "Q12": PromisedDebt("D3", 1.0, 25 * 100_000), "Q01": PromisedDebt("D4", 1.0)}
LEADS = {SIM: "anne", STI: "bob"}


def settle(store, *people, moved=timedelta()):
    """Bring the cycle in, with its promises; no report yet."""
    projects = tuple(
        a_project(code, 1.0, (cost,), service=service, lead=LEADS[service],
                  stage=Stage.APPROVED)
        for code, (service, _, _, cost, *_) in PLANS.items()
    )
    debts = (an_item("D1", 40, DebtStatus.RETIRED), an_item("D2", 40), an_item("D3", 25),
             an_item("D4", 10))
    leads = (Person(code, code.title(), frozenset({Role.LEAD})) for code in LEADS.values())
    with store.writing(ACT) as work:
        for person in (*leads, *people):
            work.save(None, person)
        work.bring_in(a_registry(*projects, systems=(System("S1", "Paie"),), debts=debts))
        for code, (_, start, end, cost, *_) in PLANS.items():
            owed = (DEBTS[code],) if code in DEBTS else ()
            promise = Promise(code, 1, MADE, start, end, "base", cost * 100_000, owed)
            work.save("c", later(promise, moved))
        work.save("c", later(AGAIN, moved))


def an_item(code, thousands, status=DebtStatus.OPEN):
    amount = Estimate(thousands * 100_000)
    return DebtItem(code, f"Dette {code}", "S1", amount, Estimate(1), status=status)


def reports(at):
    """What is reported on the date of that place."""
    for code, (_, _, _, _, *said) in PLANS.items():
        if said[at] is not None:
            started, ended, end, cost, spent = said[at]
            yield StatusReport(
                code, DATES[at], "", "", started, ended, end,
                None if cost is None else cost * 100_000,
                None if spent is None else spent * 100_000,
            )


def terminate(store, code="Q20"):
    """End the project, as a decision would; it happens before the third date."""
    with store.writing(ACT) as work:
        work.save("c", replace(work.project("c", code), stage=Stage.TERMINATED))


def told(store, *people, moved=timedelta()):
    """All of it: the cycle, its promises, and the reports of the three dates.

    moved   by which every day is later: what follows, counted in days, is the same
    """
    settle(store, *people, moved=moved)
    with store.writing(ACT) as work:
        for at in range(len(DATES)):
            for report in reports(at):
                lead = LEADS[PLANS[report.project][0]]
                work.save("c", later(replace(report, by=lead), moved))
    terminate(store)


def later(noun, moved):
    """The noun with each of its days so much later."""
    days = {f.name: getattr(noun, f.name) for f in fields(noun)}
    return replace(noun, **{n: day + moved for n, day in days.items() if isinstance(day, date)})
