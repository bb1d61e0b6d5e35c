"""The public dossier as it would be published now, and what is kept out of it, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from data import store_documents
from data.store import Reading
from portfolio import public_dossier, record
from portfolio.clock import day_of
from portfolio.criterion import Framework
from portfolio.debt import DebtItem
from portfolio.decision import Decision, Grant
from portfolio.meeting import Meeting, MeetingState, Record
from portfolio.project import Project, Stage
from portfolio.promise import Promise
from portfolio.public_dossier import (
    Amount,
    Asked,
    Bylaws,
    Days,
    Imposed,
    OwnDebt,
    PublicDossier,
    PublicProject,
    Purse,
    Reply,
    Score,
    Sitting,
    Vowed,
    Weighed,
    WhyOut,
)
from portfolio.record import Decided, Proceedings
from portfolio.registry import Registry
from portfolio.words import Bilingual
from scoring.value import Part, Valued
from services import charters, freezing, scores

UNSEEN = frozenset({Stage.DRAFT, Stage.WITHDRAWN})
FEWEST = 2  # people who rated it, for a mean that tells no one's own rating


@dataclass(frozen=True, slots=True)
class Made:
    """The dossier, and what was left out of it.

    confidential   field -> how many of its projects keep it so
    unseen         proposals that are drafts, or were withdrawn
    undecided      proposals that were submitted, and on which nothing was decided yet
    alone          ratings said by one person alone
    addresses      e-mail addresses taken out of its texts
    named          people of the house whom its texts name: someone is to read those again
    """

    dossier: PublicDossier
    confidential: Mapping[str, int]
    unseen: int
    undecided: int
    alone: int
    addresses: int
    named: tuple[str, ...]


def made(work: Reading, cycle: str) -> Made | None:
    """None while no meeting of the cycle was closed with its record."""
    held = proceedings(work, cycle)
    if not held:
        return None
    whole = work.registry(cycle)
    decided = _decided(work, whole, held)
    seen = tuple(p for p in whole.projects if p.code in decided and p.stage not in UNSEEN)
    codes = frozenset(p.code for p in seen)
    cards = _cards(work, whole, held)
    debts = {debt.code: debt for debt in whole.debts}
    projects = tuple(
        _project(p, decided[p.code], cards.get(p.code), debts, codes, whole) for p in seen
    )
    bare = _whole(work, whole, held, projects, codes)
    dossier = public_dossier.without_addresses(bare)
    told = public_dossier.to_json(dossier).decode()
    return Made(
        dossier,
        Counter(name for p in seen for name in sorted(p.confidential)),
        sum(p.stage in UNSEEN for p in whole.projects),
        sum(p.stage not in UNSEEN and p.code not in codes for p in whole.projects),
        sum(_is_alone(part.raters) for p in seen for part in _parts(cards.get(p.code))),
        told.count(public_dossier.MASK),
        tuple(p.name for p in whole.people if p.name in told),
    )


def proceedings(work: Reading, cycle: str) -> tuple[Proceedings, ...]:
    """The last record of each meeting that was closed, in order."""
    last: dict[int, Record] = {}
    for one in work.every(Record, cycle):
        if one.meeting not in last or last[one.meeting].number < one.number:
            last[one.meeting] = one
    closed = (m for m in work.every(Meeting, cycle) if m.state is MeetingState.CLOSED)
    kept = (last[m.number] for m in closed if m.number in last)
    return tuple(record.from_json(store_documents.read(work, one.sha256)) for one in kept)


def _cards(
    work: Reading, whole: Registry, held: Iterable[Proceedings]
) -> dict[str, Valued]:
    """Project -> what it was worth as the committee decided on it: by the inputs it had frozen."""
    found: dict[str, Valued] = {}
    for one in held:
        freeze = freezing.in_force(work, whole.cycle.code, one.meeting)
        if freeze is not None:
            kept = freezing.inputs(work, whole.cycle.code, freeze)
            scored = scores.of_registry(kept.registry, kept.scenario.debt_mode)
            known = {card.project: card for card in scored.cards}
            found |= {d.project: known[d.project] for d in one.decisions if d.project in known}
    return found


def _decided(
    work: Reading, whole: Registry, held: Iterable[Proceedings]
) -> dict[str, tuple[Decided, int]]:
    """Project -> its last decision and the meeting where it was taken; 0 = at none."""
    found = {one.project: (one, held_.meeting) for held_ in held for one in held_.decisions}
    for later in work.every(Decision, whole.cycle.code, meeting=0):
        known = found.get(later.project)
        if known is not None and later.number > known[0].number:
            found[later.project] = replace(
                known[0], number=later.number, verb=later.verb, reason=later.reason, at=later.at,
                variant=later.variant, start=later.start, grants=later.grants,
                conditions=later.conditions, until=later.until, is_planned=later.is_planned,
                price=later.price,
            ), 0  # fmt: skip
    return found


def _whole(
    work: Reading, whole: Registry, held: tuple[Proceedings, ...],
    projects: tuple[PublicProject, ...], codes: frozenset[str],
) -> PublicDossier:  # fmt: skip
    cycle, framework, last = whole.cycle, scores.framework_of(whole), held[-1]
    charter = charters.of(work, cycle.code)
    return PublicDossier(
        cycle=cycle.code,
        title=cycle.title,
        is_illustrative=cycle.is_illustrative,
        horizon=cycle.horizon,
        framework=framework.code,
        framework_version=framework.version,
        framework_title=framework.title,
        framework_source=framework.source,
        weights_note=framework.weights_note,
        scale=(framework.scale.low, framework.scale.high),
        bylaws=Bylaws(
            last.rules.quorum, last.rules.majority, last.rules.is_secret, charter.raters,
            last.rules.override, last.rules.tie_break,
        ),
        sittings=tuple(_sitting(one) for one in held),
        projects=projects,
        criteria=_criteria(framework, {w.criterion: w.share for w in last.weights}),
        envelopes=tuple(Purse(e.code, e.title, e.limits, e.carry) for e in cycle.envelopes),
        teams=tuple((t.code, t.title) for t in cycle.teams),
        questions=tuple(
            Asked(q.key, q.group, q.title, tuple((a.key, Bilingual(a.fr, a.en)) for a in q.answers))
            for q in framework.questions
        ),
        imposed=tuple(
            Imposed(one.project, one.is_in, one.reason, one.price,
                    _known(one.enters, codes), _known(one.leaves, codes))
            for held_ in held for one in held_.overrides if one.project in codes
        ),
        promises=_promises(work, cycle.code, codes),
    )  # fmt: skip


def _sitting(held: Proceedings) -> Sitting:
    proof = held.proof
    freeze = max(held.freezes, key=lambda one: one.number, default=None)
    return Sitting(
        held.meeting, held.on, held.unit, proof.status, proof.gap, proof.solver,
        freeze.sha256 if freeze else "", proof.question, held.anchor.count, held.anchor.head,
    )  # fmt: skip


def _promises(work: Reading, cycle: str, codes: frozenset[str]) -> tuple[Vowed, ...]:
    """The first promise of each project: what it is held to."""
    first: dict[str, Promise] = {}
    for one in work.every(Promise, cycle):
        first.setdefault(one.project, one)
    return tuple(
        Vowed(p.project, p.made_on, p.start, p.end, p.cost)
        for p in first.values() if p.project in codes
    )  # fmt: skip


def _criteria(framework: Framework, shares: Mapping[str, float]) -> tuple[Weighed, ...]:
    """Every criterion with its share; a branch weighs what is beneath it."""
    own = scores.weights(framework)
    leaves = {leaf.key for leaf in framework.leaves}
    sums = dict.fromkeys(own, 0.0)
    for leaf in leaves:
        for above in framework.path(leaf):
            sums[above.key] += shares.get(leaf, 0.0)
    return tuple(
        Weighed(c.key, c.parent, c.title, sums[c.key] if shares else own[c.key], c.key in leaves,
                c.question, c.levels.fr, c.levels.en, c.measure)
        for c in framework.criteria
    )  # fmt: skip


def _project(
    project: Project, decided: tuple[Decided, int], card: Valued | None,
    debts: Mapping[str, DebtItem], codes: frozenset[str], whole: Registry,
) -> PublicProject:  # fmt: skip
    one, meeting = decided
    basis, hidden = project.legal_basis, project.confidential
    systems = {s.code: s.title for s in whole.systems}
    titles = {v.code: v.title for v in project.variants}
    return PublicProject(
        code=project.code,
        title=Bilingual(project.title, project.title_en),
        service=project.service,
        category=project.category,
        verb=one.verb,
        number=one.number,
        on=_day(one.at),
        reason=one.reason,
        meeting=meeting,
        conditions=one.conditions,
        until=one.until,
        variant=titles.get(one.variant) or one.variant,
        start=one.start,
        amounts=tuple(_amount(grant, whole) for grant in one.grants),
        value=one.value,
        scores=tuple(_score(part) for part in _parts(card)),
        is_planned=one.is_planned,
        price=one.price,
        why_out=None if one.verb.goes_ahead else _why_out(one.why_not, codes, whole),
        sponsor="" if "sponsor" in hidden else project.sponsor,
        problem="" if "problem" in hidden else project.problem,
        outcome="" if "outcome" in hidden else project.outcome,
        beneficiaries=project.beneficiaries,
        law=basis.law if basis else "",
        article=basis.article if basis else "",
        replies=tuple(Reply(a.question, a.answer) for a in project.answers if a.answer),
        systems=() if "systems" in hidden else tuple(
            systems[code] for code in project.systems if code in systems
        ),
        debts=() if "debt_effects" in hidden else tuple(_debts(project, debts)),
    )  # fmt: skip


def _debts(project: Project, debts: Mapping[str, DebtItem]) -> Iterable[OwnDebt]:
    for effect in project.debt_effects:
        if effect.is_created:
            yield OwnDebt(effect.title, True, 1.0, effect.principal)
        elif effect.debt in debts:
            known = debts[effect.debt]
            yield OwnDebt(known.title, False, effect.share, known.principal.likely)


def _parts(card: Valued | None) -> tuple[Part, ...]:
    return card.parts if card else ()


def _is_alone(raters: int) -> bool:
    return 0 < raters < FEWEST


def _score(part: Part) -> Score:
    if _is_alone(part.raters):
        return Score(part.criterion)
    return Score(part.criterion, part.level, part.value)


def _amount(grant: Grant, whole: Registry) -> Amount:
    return Amount(grant.envelope, whole.cycle.horizon.label(grant.period), grant.amount)


def _why_out(
    why: record.WhyNot | None, codes: frozenset[str], whole: Registry
) -> WhyOut | None:
    if why is None:
        return None
    others = frozenset(p.code for p in whole.projects) - codes
    money = tuple(Amount(m.envelope, m.period, m.amount) for m in why.money)
    days = tuple(Days(d.team, d.period, d.days) for d in why.days)
    cut = why.cut
    return WhyOut(
        why.lack, _known(why.displaces, codes), _open(why.rules, others),
        _open(why.limits, others), cut.share if cut else None, cut.variant if cut else "",
        cut.saved if cut else None, money, days, why.shortest, why.left_out,
    )  # fmt: skip


def _known(projects: Iterable[str], codes: frozenset[str]) -> tuple[str, ...]:
    """Those that the public knows of."""
    return tuple(code for code in projects if code in codes)


def _open(
    labels: Iterable[public_dossier.Label], others: frozenset[str]
) -> tuple[public_dossier.Label, ...]:
    """The labels that name no project which the public does not know of."""
    return tuple(
        label for label in labels
        if not any(others & set(part.split(",")) for part in label[1:])
    )  # fmt: skip


def _day(at: str) -> date:
    return day_of(datetime.fromisoformat(at))
