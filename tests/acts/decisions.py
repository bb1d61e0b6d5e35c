"""Acts by which a meeting decides: overrides, decisions, the close, and corrections after it."""

from dataclasses import replace

from acts.said import (
    ALL,
    COMMITTEE,
    FACILITATES,
    FACILITATOR,
    LEADS,
    RUNS,
    STRANGERS,
    TODAY,
    Call,
    Foreign,
    kept,
)
from portfolio.decision import Correction, Decision, Verb
from portfolio.meeting import Attendance, Motion, MotionState, Override
from portfolio.person import Role
from portfolio.project import Project, Stage
from services import freezing, meetings, overrides, put
from services.corrections import Answer
from services.decisions import Adoption, Ruling
from services.jobs import Jobs

JOBS = Jobs()
ON = TODAY
AT = "2026-11-22T14:00:00+00:00"
MOVES = FACILITATES | {Role.MEMBER}


def opened(store):
    """A meeting under way, its inputs frozen and solved, a member in the room."""
    meetings.prepare(store, FACILITATOR, "c", ON, "base")
    meetings.begin(store, FACILITATOR, "c", 1)
    freezing.freeze(store, FACILITATOR, "c", 1)
    freezing.solve(store, FACILITATOR, "c", 1)
    kept(store, Attendance(1, f"test-{Role.MEMBER}", True, AT))
    return "c", 1


def with_jobs(store):
    return JOBS, *opened(store)


def drafted(store):
    opened(store)
    return "c", Override(1, "P1", True, "Engagement pris", "x")


def priced(store):
    made = overrides.draft(store, FACILITATOR, *drafted(store))
    with store.reading() as work:
        bound = put.know(JOBS, put.put(work, "c", 1)).bound
    while put.price(JOBS, bound, made) is None:
        for name in JOBS.names:
            JOBS.get(name).future.result()
    return JOBS, "c", made


def signed(store):
    overrides.sign(store, FACILITATOR, *priced(store))
    return "c", 1, "P1"


def carried(store, project="", verb=None):
    opened(store)
    kept(store, Motion(
        1, 1, "Oui", FACILITATOR.code, "2099-01-01T00:00:00+00:00", project, verb,
        state=MotionState.CARRIED,
    ))  # fmt: skip


def to_adopt(store):
    carried(store)
    reasons = dict.fromkeys(("P1", "P2", "P3", "P4"), "Au plan")
    return JOBS, "c", 1, Adoption(Verb.DEFERRED, reasons)


def ruling(store):
    """As the plan says, whatever it says."""
    carried(store, "P3", Verb.APPROVED)
    with store.reading() as work:
        plan = put.put(work, "c", 1).answer
    verb = Verb.APPROVED if "P3" in plan.starts else Verb.DEFERRED
    motion = replace(_one(store, Motion, 1, 1), verb=verb)
    kept(store, motion)
    with store.reading() as work:
        put.know(JOBS, put.put(work, "c", 1))
    return JOBS, "c", 1, Ruling("P3", verb, "Au plan", 1)


def to_close(store):
    return *with_jobs(store), "Rien n'a été décidé", TODAY


def approved(store):
    """P3 is approved at no meeting."""
    kept(store, replace(_one(store, Project, "P3"), stage=Stage.APPROVED))
    kept(store, Decision(
        "P3", 1, Verb.APPROVED, "r", "x", AT, variant="base", start="2028"
    ))  # fmt: skip


def outside(store):
    approved(store)
    return "c", Ruling("P3", Verb.PAUSED, "Audit"), TODAY


def to_correct(store):
    approved(store)
    return "c", Correction("P3", 1, 1, "other", "C'est faux", "x", ""), TODAY


def to_answer(store):
    approved(store)
    asked = kept(store, Correction("P3", 1, 1, "other", "C'est faux", "x", AT))
    return "c", asked, Answer(False, "C'est exact")


def led_by(stranger, given):
    """The same call, once P3 is led by the one who calls."""

    def arguments(store):
        made = given(store)
        kept(store, replace(_one(store, Project, "P3"), lead=stranger.code))
        return made

    return arguments


def read(store):
    approved(store)
    return "c", "P3", TODAY


def _one(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, "c", *key)


CALLS = {
    "closing.close": Call(FACILITATES, to_close),
    "closing.read_back": Call(COMMITTEE, with_jobs),
    "corrections.answer": Call(RUNS, to_answer),
    "corrections.ask": Call(LEADS, to_correct),
    "decided.file": Call(COMMITTEE | LEADS, read),
    "decided.listed": Call(ALL),
    "decisions.adopt": Call(FACILITATES, to_adopt),
    "decisions.decide": Call(FACILITATES, ruling),
    "decisions.outside": Call(FACILITATES, outside),
    "decisions.weigh": Call(COMMITTEE, ruling),
    "overrides.draft": Call(MOVES, drafted),
    "overrides.sign": Call(MOVES, priced),
    "overrides.table": Call(COMMITTEE, with_jobs),
    "overrides.withdraw": Call(MOVES, signed),
}
OWN = (Foreign("corrections.ask", Role.LEAD, to_correct, (Decision, "c", "P3", 1)),)
NOT_ONES_OWN = tuple(
    Foreign(
        "corrections.answer", role, led_by(STRANGERS[role], to_answer), (Correction, "c", "P3", 1),
        "own-proposal",
    )
    for role in sorted(RUNS)
)
