"""Notices in words: one sentence each, and the page where one acts on it."""

from datetime import date

from portfolio.evaluation import Subject
from portfolio.notice import Notice, NoticeKind
from views.text import Text

DAYS = ("day",)  # facts that are days, kept as ISO texts
PROPOSAL, DEBT = ("proposals", "project"), ("debts", "debt")
DECISION = ("decisions", "decision")
PLACES = {
    NoticeKind.SUBMITTED: PROPOSAL, NoticeKind.RESUBMITTED: PROPOSAL,
    NoticeKind.SENT_BACK: PROPOSAL, NoticeKind.ADMISSIBLE: PROPOSAL,
    NoticeKind.WITHDRAWN: PROPOSAL, NoticeKind.OPINION: PROPOSAL,
    NoticeKind.EXTENSION: PROPOSAL, NoticeKind.DEADLINE: PROPOSAL,
    NoticeKind.ACCEPTANCE_ASKED: DEBT, NoticeKind.ACCEPTANCE_RULED: DEBT,
    NoticeKind.ACCEPTANCE_ENDS: DEBT, NoticeKind.DEBT_REVIEW: DEBT,
    NoticeKind.BALLOT_DUE: ("weighting", ""), NoticeKind.RATINGS_DUE: ("rating", ""),
    NoticeKind.REPORT_DUE: ("decisions", "project"), NoticeKind.LETTER: ("decisions", "letter"),
    NoticeKind.MEETING: ("meeting", "meeting"), NoticeKind.ROLES: ("account", ""),
    NoticeKind.DECIDED: DECISION, NoticeKind.DEBTS_CREATED: PROPOSAL,
    NoticeKind.CORRECTION_ASKED: DECISION, NoticeKind.CORRECTION_ANSWERED: DECISION,
}  # kind -> the page, and the name by which its address takes what the notice is about
BALLOTS = {
    NoticeKind.ROUND_OPENED: {Subject.WEIGHTS: "weighting", Subject.SCORES: "rating"},
    NoticeKind.ROUND_REVEALED: {Subject.WEIGHTS: "weighting", Subject.SCORES: "agreement"},
}


def sentence(text: Text, notice: Notice) -> str:
    """What the notice says, on one line."""
    facts: dict[str, object] = dict(notice.facts)
    for name in DAYS:
        if facts.get(name):
            facts[name] = date.fromisoformat(str(facts[name]))
    for name in ("subject", "ruling", "verdict"):
        if facts.get(name):
            facts[name] = text(f"notices.{name}.{facts[name]}")
    if facts.get("verb"):
        facts["verb"] = text(f"decisions.verb.{facts['verb']}")
    if "roles" in facts:
        names = [text(f"common.role.{role}") for role in str(facts["roles"]).split()]
        facts["roles"] = names or text("common.none")
    return " ".join(text(f"notices.kind.{notice.kind}", about=notice.about, **facts).splitlines())


def place(notice: Notice) -> tuple[str, dict[str, str]]:
    """The key of the page where one acts on it, and what its address says."""
    if notice.kind in BALLOTS:
        return BALLOTS[notice.kind][Subject(str(notice.facts["subject"]))], _cycle(notice)
    key, name = PLACES[notice.kind]
    about = {name: notice.about} if name and notice.about else {}
    return key, about | _cycle(notice)


def _cycle(notice: Notice) -> dict[str, str]:
    return {"cycle": notice.cycle} if notice.cycle else {}
