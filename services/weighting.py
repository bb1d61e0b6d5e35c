"""Weights: one's own ballot, blind until the reveal; the group's; and what the committee adopts."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.store import Act, Store, Work
from portfolio import judgement
from portfolio.criterion import Framework
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.evaluation import Adopted, Ballot, Between, Round, Subject, Weight
from portfolio.person import CONSOLE, Person, Role
from portfolio.registry import Registry
from scoring import elicitation
from scoring.elicitation import Spread
from scoring.weights import is_by_pairs, of_group
from services import agreed, meetings, scores, weighting_ballot
from services.permission import allowed

READS = (Role.MEMBER, Role.FACILITATOR, Role.OBSERVER, Role.ADMINISTRATOR)
NEAR = 1e-6
READS_NAMES = (Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Voice:
    """One member's weights, revealed.

    name     "" for those who may not know whose they are
    shares   criterion -> share 0..1 of the whole; branches too
    """

    name: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Result:
    """What the committee said, once it was revealed.

    round      the last one that was answered
    points     criterion -> the group's share among its siblings
    shares     criterion -> the group's share of the whole
    spreads    criterion -> each member's share of the whole
    by_pairs   parents of the siblings whose weights come from the mean of comparisons
    orders     the orders of the branches at the top that every member keeps
    """

    round: int
    voices: tuple[Voice, ...]
    points: Mapping[str, float]
    shares: Mapping[str, float]
    spreads: Mapping[str, Spread]
    by_pairs: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]

    def widest(self, keys: Sequence[str]) -> str:
        """The one of these criteria on which members differ the most."""
        return max(keys, key=lambda key: self.spreads[key].high - self.spreads[key].low)

    def between(self, keys: Sequence[str]) -> tuple[Between, ...]:
        """From the least to the most that a member gives each, out to a tenth of a percent."""
        return tuple(
            Between(
                key, math.floor(1000 * s.low + NEAR) / 1000, math.ceil(1000 * s.high - NEAR) / 1000
            )
            for key in keys
            for s in [self.spreads[key]]
        )


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights as they stand for one person.

    round      the one that is open; None = nobody is asked now
    ballot     the person's own in it, empty at first; None = she is not asked
    before     her last one that was revealed
    cast       ballots that are in, of so many members
    result     None until a round was revealed
    adopted    the weights in force; None = the framework's own, on which nobody decided
    """

    framework: Framework
    round: Round | None
    ballot: Ballot | None
    before: Ballot | None
    cast: int
    members: int
    result: Result | None
    adopted: Adopted | None


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a member's ballot is in; what it says is nobody's business before the reveal."""

    person: str
    name: str
    is_cast: bool


class Kind(StrEnum):
    """What a committee may adopt."""

    MEAN = "mean"  # the group's own weights
    OWN = "own"  # the framework's
    SET = "set"  # the group's, with what is left open around them


@dataclass(frozen=True, slots=True)
class Choice:
    """What is put to adoption.

    between, orders   of the branches at the top, for a set
    version           of the weights adopted after the same round, as they were read; 0 = none
    """

    kind: Kind
    reason: str
    between: tuple[Between, ...] = ()
    orders: tuple[tuple[str, ...], ...] = ()
    version: int = 0


@allowed(*READS)
def view(store: Store, by: Person, cycle: str) -> Weighing:
    """The weights as they stand: one's own ballot, and what was revealed."""
    with store.reading() as work:
        whole = work.registry(cycle)
    held = judgement.open_round(whole, Subject.WEIGHTS)
    mine = [b for b in whole.ballots if b.person == by.code]
    in_it = next((b for b in mine if held is not None and b.round == held.number), None)
    if in_it is None and held is not None and by.has(Role.MEMBER):
        in_it = Ballot(by.code, (), held.number, is_cast=False)
    before = next((b for b in judgement.ballots(whole) if b.person == by.code), None)
    return Weighing(
        framework=scores.framework_of(whole),
        round=held,
        ballot=in_it if by.has(Role.MEMBER) else None,
        before=before,
        cast=len(_in(whole, held)),
        members=len(_members(whole)),
        result=result_of(whole, by),
        adopted=judgement.in_force(whole),
    )


@allowed(Role.FACILITATOR)
def answered(store: Store, by: Person, cycle: str) -> tuple[Answered, ...]:
    """Who has cast a ballot in the open round, never what it says; empty when none is open."""
    with store.reading() as work:
        whole = work.registry(cycle)
    held = judgement.open_round(whole, Subject.WEIGHTS)
    if held is None:
        return ()
    cast = _in(whole, held)
    return tuple(Answered(p.code, p.name, p.code in cast) for p in _members(whole))


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def save(
    store: Store, by: Person, cycle: str, ballot: Ballot, request: str | None = None
) -> Ballot:
    """Keep one's own ballot as a draft, as it is typed.

    Refusal "no-open-round", or "ballot-cast" once it is in; Forbidden for another's ballot;
    Stale when it was saved elsewhere since it was read.
    """
    with store.writing(Act(by.code, Role.MEMBER, "weighting.save", request)) as work:
        _writable(work, by, cycle, ballot)
        saved: Ballot = work.save(cycle, replace(ballot, is_cast=False))
        return saved


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def cast(
    store: Store, by: Person, cycle: str, ballot: Ballot, request: str | None = None
) -> Ballot:
    """Cast one's own ballot: Invalid "ballot-incomplete" until every criterion is weighed."""
    with store.writing(Act(by.code, Role.MEMBER, "weighting.cast", request)) as work:
        framework = _writable(work, by, cycle, ballot)
        whole = weighting_ballot.settled(framework, ballot)
        saved: Ballot = work.save(cycle, replace(whole, is_cast=True))
        return saved


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def take_back(store: Store, by: Person, cycle: str, request: str | None = None) -> Ballot:
    """Make a draft again of one's own ballot, to change it before the reveal.

    Refusal "no-open-round" after the reveal, Missing when there is none in the open round.
    """
    with store.writing(Act(by.code, Role.MEMBER, "weighting.take-back", request)) as work:
        held = _open(work, cycle)
        ballot = work.one(Ballot, cycle, by.code, held.number)
        saved: Ballot = work.save(cycle, replace(ballot, is_cast=False))
        return saved


@allowed(Role.FACILITATOR)
def adopt(
    store: Store, by: Person, cycle: str, choice: Choice, request: str | None = None
) -> Adopted:
    """Put weights in force, with the reason that the minutes give.

    They follow the last round that was revealed, and replace what was adopted after it.
    Refusal "round-unrevealed" while a round is open, "no-ballots" when the group said nothing,
    Invalid "empty" without a reason, and for a set that no weighting keeps or that leaves the
    group's own weights out; "not-the-chair" while someone else leads a meeting; Stale when others
    were adopted meanwhile.
    """
    act = Act(by.code, Role.FACILITATOR, "weighting.adopt", request, choice.reason)
    with store.writing(act) as work:
        meetings.unless_another_leads(work, by, cycle)
        whole = work.registry(cycle)
        if (held := judgement.open_round(whole, Subject.WEIGHTS)) is not None:
            raise Refusal("round-unrevealed", found=held.number)
        saved: Adopted = work.save(cycle, _chosen(whole, choice))
        return saved


@allowed(Role.FACILITATOR)
def withdraw(
    store: Store, by: Person, cycle: str, adopted: Adopted, request: str | None = None
) -> Adopted | None:
    """Take back the weights in force; those before them are in force again.

    Stale when they are no longer as they were read; "not-the-chair" as to adopt.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "weighting.withdraw", request)) as work:
        meetings.unless_another_leads(work, by, cycle)
        work.remove(cycle, adopted)
        return judgement.in_force(work.registry(cycle))


def result_of(registry: Registry, by: Person) -> Result | None:
    """What was revealed, with names for those who may know them; None = nothing yet."""
    framework, given = scores.framework_of(registry), judgement.ballots(registry)
    if not given:
        return None
    each = [scores.weights(framework, {w.criterion: w.points for w in b.weights}) for b in given]
    names = {p.code: p.name for p in registry.people}
    voices = [
        Voice(names.get(b.person, b.person) if by.has(*READS_NAMES) else "", shares)
        for b, shares in zip(given, each, strict=True)
    ]
    voices.sort(key=lambda voice: (voice.name, tuple(voice.shares.values())))
    points = of_group(framework, given)
    top = [c.key for c in framework.children("")]
    return Result(
        max(b.round for b in given),
        tuple(voices),
        points,
        scores.weights(framework, points),
        {c.key: Spread(tuple(v.shares[c.key] for v in voices)) for c in framework.criteria},
        tuple(
            parent for parent, keys in weighting_ballot.groups(framework).items()
            if is_by_pairs(given, keys)
        ),
        elicitation.common_orders([{key: shares[key] for key in top} for shares in each]),
    )  # fmt: skip


def _members(registry: Registry) -> tuple[Person, ...]:
    return tuple(p for p in registry.people if p.has(Role.MEMBER) and p.code != CONSOLE.code)


def _in(registry: Registry, held: Round | None) -> set[str]:
    """The members whose ballot of that round is in."""
    members = {p.code for p in _members(registry)}
    given = (b for b in registry.ballots if held is not None and b.round == held.number)
    return {b.person for b in given if b.is_cast and b.person in members}


def _open(work: Work, cycle: str) -> Round:
    work.cycle(cycle)
    held = [r for r in work.every(Round, cycle) if r.subject is Subject.WEIGHTS and r.is_open]
    if not held:
        raise Refusal("no-open-round")
    return held[0]


def _writable(work: Work, by: Person, cycle: str, ballot: Ballot) -> Framework:
    """The framework that the ballot is about; refused unless the person may write it now."""
    if ballot.person != by.code:
        raise Forbidden("not-yours", found=ballot.person)
    held = _open(work, cycle)
    if ballot.round != held.number:
        raise Refusal("no-open-round")
    for before in work.every(Ballot, cycle, by.code):
        if before.round == held.number and before.is_cast:
            raise Refusal("ballot-cast")
    about = work.cycle(cycle)
    framework = work.framework(about.framework, about.framework_version)
    known = [c.key for c in framework.criteria]
    said = [w.criterion for w in ballot.weights]
    for name in (*said, *(n for c in ballot.comparisons for n in (c.one, c.other))):
        if name not in known:
            raise Invalid("unknown-code", field="weights", found=name, accepted=known)
    return framework


def _chosen(registry: Registry, choice: Choice) -> Adopted:
    if not choice.reason.strip():
        raise Invalid("empty", field="reason")
    framework, given = scores.framework_of(registry), judgement.ballots(registry)
    if not given and choice.kind is not Kind.OWN:
        raise Refusal("no-ballots")
    held = [r.number for r in registry.rounds if r.subject is Subject.WEIGHTS]
    number = max([*held, *(b.round for b in given)], default=0)
    if choice.kind is Kind.OWN:
        return Adopted(number, reason=choice.reason, version=choice.version)
    group = of_group(framework, given)
    points = tuple(Weight(key, 100 * share) for key, share in group.items())
    if choice.kind is Kind.MEAN:
        return Adopted(number, points, reason=choice.reason, version=choice.version)
    if not (choice.between or choice.orders):
        raise Invalid("too-few", field="between", found=0)
    chosen = Adopted(number, points, choice.between, choice.orders, choice.reason, choice.version)
    _possible(framework, chosen)
    return chosen


def _possible(framework: Framework, chosen: Adopted) -> None:
    """Refuse a set that no weighting keeps, or that leaves out the weights adopted with it."""
    kept = agreed.weight_set(framework, chosen)
    assert kept is not None  # something is left open
    kept.corners()
    shares = kept.shares()
    for name, (low, high) in kept.between.items():
        if not low - 1e-9 <= shares[name] <= high + 1e-9:
            title = framework.criterion(name).title.fr
            raise Invalid(
                "weights-outside-set", field=title, found=shares[name], low=low, high=high
            )
    if not kept.has(shares):
        raise Invalid("order-not-kept", field="orders", found=list(kept.orders))
