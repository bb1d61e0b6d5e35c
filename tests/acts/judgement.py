"""Acts on rounds, ratings and ballots."""

from dataclasses import replace

from acts.said import (
    ALL,
    COMMITTEE,
    FACILITATES,
    FACILITATOR,
    MEMBERS,
    PEOPLE,
    RATES,
    Call,
    Foreign,
    kept,
)
from portfolio.evaluation import Ballot, Conflict, Evaluation, Subject, Weight
from portfolio.person import Role
from services import offline_ballot, rounds, weighting

MEMBER = PEOPLE[Role.MEMBER]
OWN_CHOICE = weighting.Choice(weighting.Kind.OWN, "raison")
CONFLICT = Conflict(MEMBER.code, "P1", "Parenté")
RATING = Evaluation("P3", "1.1", MEMBER.code, None)


def begun(store, subject):
    rounds.begin(store, FACILITATOR, "c", subject)


def ballot(store):
    """The member's own, every criterion weighing the same, in a round that is open."""
    begun(store, Subject.WEIGHTS)
    own = weighting.view(store, MEMBER, "c")
    even = tuple(Weight(c.key, 1.0) for c in own.framework.criteria)
    return "c", replace(own.ballot, weights=even)


def a_saved_ballot(store):
    weighting.save(store, MEMBER, *ballot(store))
    return ("c",)


def their_ballot(store):
    """A kept ballot of the member's, as someone else would send it back."""
    kept_one = weighting.save(store, MEMBER, *ballot(store))
    return "c", kept_one


def a_rating(store):
    """A rating of the lead's own project: she and a member may both say it."""
    begun(store, Subject.SCORES)
    return "c", Evaluation("P3", "1.1", "whoever", None)


def a_given_rating(store):
    begun(store, Subject.SCORES)
    kept(store, *(Evaluation("P3", "1.1", PEOPLE[role].code, None) for role in sorted(RATES)))
    return "c", Evaluation("P3", "1.1", "whoever", None, version=1)


def their_rating(store):
    begun(store, Subject.SCORES)
    return "c", replace(kept(store, RATING), version=0)


def a_conflict(store):
    kept(store, CONFLICT)
    return "c", "P1"


def a_conflict_again(store):
    return *a_conflict(store), "Autre raison"


def scores_open(store):
    begun(store, Subject.SCORES)
    return ("c",)


def their_file(store):
    """The member's offline ballot, brought back by someone else."""
    begun(store, Subject.SCORES)
    kept(store, RATING)
    return "c", offline_ballot.write(store, MEMBER, "c"), "bulletin.xlsx", False


def weights_cast(store):
    begun(store, Subject.WEIGHTS)
    kept(store, Ballot(MEMBER.code, ()))
    return "c", Subject.WEIGHTS


CALLS = {
    "offline_ballot.read": Call(RATES, ("c", b"PK", "bulletin.xlsx")),
    "offline_ballot.write": Call(RATES, scores_open),
    "rating.declare_conflict": Call(MEMBERS, ("c", "P1", "Parenté")),
    "rating.give": Call(RATES, a_rating),
    "rating.progress": Call(FACILITATES),
    "rating.save": Call(RATES, a_rating),
    "rating.sheet": Call(RATES),
    "rating.take_back": Call(RATES, a_given_rating),
    "rating.turnout": Call(COMMITTEE),
    "rating.withdraw_conflict": Call(MEMBERS, a_conflict),
    "rounds.begin": Call(FACILITATES, ("c", Subject.WEIGHTS)),
    "rounds.reveal": Call(FACILITATES, weights_cast),
    "rounds.rounds": Call(ALL),
    "weighting.adopt": Call(FACILITATES, ("c", OWN_CHOICE)),
    "weighting.answered": Call(FACILITATES),
    "weighting.cast": Call(MEMBERS, ballot),
    "weighting.save": Call(MEMBERS, ballot),
    "weighting.take_back": Call(MEMBERS, a_saved_ballot),
    "weighting.view": Call(COMMITTEE - {Role.ARCHITECT}),
    "weighting.withdraw": Call(
        FACILITATES, lambda store: ("c", weighting.adopt(store, FACILITATOR, "c", OWN_CHOICE))),
}
HER_RATING = (Evaluation, "c", "P3", "1.1", MEMBER.code, 1)
HER_BALLOT = (Ballot, "c", MEMBER.code, 1)
HER_CONFLICT = (Conflict, "c", MEMBER.code, "P1")
OWN = (
    Foreign("offline_ballot.read", Role.LEAD, their_file, HER_RATING, ""),
    Foreign("offline_ballot.read", Role.MEMBER, their_file, HER_RATING, ""),
    Foreign("rating.declare_conflict", Role.MEMBER, a_conflict_again, HER_CONFLICT, ""),
    Foreign("rating.give", Role.LEAD, their_rating, HER_RATING),
    Foreign("rating.give", Role.MEMBER, their_rating, HER_RATING, ""),
    Foreign("rating.save", Role.LEAD, their_rating, HER_RATING),
    Foreign("rating.save", Role.MEMBER, their_rating, HER_RATING, ""),
    Foreign("rating.take_back", Role.LEAD, their_rating, HER_RATING),
    Foreign("rating.take_back", Role.MEMBER, their_rating, HER_RATING, "no-such-evaluation"),
    Foreign("rating.withdraw_conflict", Role.MEMBER, a_conflict, HER_CONFLICT, "no-such-conflict"),
    Foreign("weighting.cast", Role.MEMBER, their_ballot, HER_BALLOT),
    Foreign("weighting.save", Role.MEMBER, their_ballot, HER_BALLOT),
    Foreign("weighting.take_back", Role.MEMBER, a_saved_ballot, HER_BALLOT, "no-such-ballot"),
)
