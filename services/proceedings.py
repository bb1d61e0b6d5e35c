"""The record of a meeting: written when it closes, corrected at a lead's word, read again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data import store_documents
from data.journal import Line
from data.store import Reading, Work
from portfolio import record, record_figures
from portfolio.candidate import at as at_
from portfolio.charter import Charter
from portfolio.clock import day_of
from portfolio.decision import Decision
from portfolio.errors import Missing
from portfolio.evaluation import Conflict
from portfolio.meeting import Attendance, Freeze, Meeting, Motion, Override, Record, Vote
from portfolio.person import Role
from portfolio.plan import Chosen, NoPlan, Plan
from portfolio.project import Project
from portfolio.question import Question
from portfolio.record import (
    Anchored,
    Attended,
    Cast,
    Decided,
    Frozen,
    Imposed,
    Moved,
    Named,
    Proceedings,
    Proved,
    Recused,
    Rules,
    Spent,
    Stay,
    Totals,
    Weight,
    WhyNot,
)
from portfolio.registry import pose
from portfolio.words import Bilingual
from services import charters, meetings, plan_figures, scores
from services import put as putting
from services.jobs import Jobs
from services.journal import printed
from services.plan_figures import cents
from services.put import Put
from services.why_not import Figures, figures

NOTHING_PUT = Proved("no-answer", "", "")


@dataclass(frozen=True)
class Answers:
    """What was worked out of what was put: the plans before and after the overrides, why nots."""

    put: Put
    first: Plan | NoPlan | None
    plan: Plan | NoPlan | None
    why_not: Figures


def kept(work: Reading, cycle: str, meeting: int) -> Proceedings:
    """What that meeting did, with the last corrections; Missing until it is closed."""
    known = work.every(Record, cycle, meeting=meeting)
    last = max(known, key=lambda one: one.number, default=None)
    if last is None:
        raise Missing("no-such-record", found=meeting)
    return record.from_json(store_documents.read(work, last.sha256))


def answers(jobs: Jobs, put: Put) -> Answers:
    """What is known of what was put; nothing is begun."""
    why = figures(jobs, put.question, begin=False)
    return Answers(
        put,
        putting.best(jobs, put.frozen, begin=False).result,
        putting.best(jobs, put.question, begin=False).result,
        why.result or {},
    )


def keep(work: Work, cycle: str, made: Proceedings) -> Record:
    """Keep the record as a document, under its number."""
    digest = store_documents.keep(work, record.to_json(made))
    saved: Record = work.save(cycle, Record(
        made.meeting, made.number, work.act.actor, work.at.isoformat(), digest, made.reason
    ))  # fmt: skip
    return saved


def write(work: Work, cycle: str, meeting: Meeting, known: Answers | None) -> Proceedings:
    """What the meeting did, all that it changed being saved already but the record itself."""
    home, charter = work.cycle(cycle), charters.of(work, cycle)
    names = {person.code: Named(person.code, person.name) for person in work.people()}
    number, projects = meeting.number, {p.code: p for p in work.every(Project, cycle)}
    titles = {code: _title(one) for code, one in projects.items()}
    decisions = tuple(putting.latest(work.every(Decision, cycle, meeting=number)).values())
    anchor = printed(work)
    return Proceedings(
        1, cycle, home.title, number, meeting.on, meeting.place, _named(names, meeting.facilitator),
        meeting.opened_at, meeting.closed_at, _named(names, work.act.actor),
        meeting.scenario, work.scenario(cycle, meeting.scenario).title,
        known.put.unit if known else "points",
        home.horizon.labels(),
        _rules(charter, len(meetings.seats(work, cycle, number))),
        tuple(_attendance(work, cycle, number)),
        tuple(_recusals(work.every(Conflict, cycle), projects, names)),
        tuple(
            Frozen(f.number, _named(names, f.by), f.at, f.sha256, f.question, f.reason)
            for f in work.every(Freeze, cycle, meeting=number)
        ),
        tuple(_weights(known)),
        tuple(_imposed(o, titles, names) for o in (known.put.signed if known else ())),
        tuple(
            _motion(m, work.every(Vote, cycle, meeting=number, motion=m.number), names)
            for m in work.every(Motion, cycle, meeting=number)
        ),
        tuple(_decided(one, projects[one.project], names, known) for one in decisions),
        totals(decisions, known),
        _proved(known),
        Anchored(anchor.count, anchor.head, anchor.at),
        correction_until(meeting.closed_at, charter),
        per_year=home.horizon.per_year,
        is_illustrative=home.is_illustrative,
        teams={team.code: team.title for team in home.teams},
    )  # fmt: skip


def correction_until(closed_at: str, charter: Charter) -> date:
    """The last day, included, on which a lead may have a fact corrected."""
    day = day_of(datetime.fromisoformat(closed_at))
    return day + timedelta(days=charter.correction_days)


def as_plan(decisions: Iterable[Decision], question: Question, plan: Plan | None) -> Plan:
    """What was decided, as a plan of the question: what is not in the question is left out."""
    starts = question.choices().starts_by_project
    chosen = {}
    for one in decisions:
        if not one.verb.goes_ahead:
            continue
        found = Chosen(one.variant, question.horizon.period(one.start))
        if any((s.variant, s.period) == found for s in starts.get(one.project, ())):
            chosen[one.project] = found
    return Plan(chosen, plan.standalone if plan is not None else {})


def totals(decisions: tuple[Decision, ...], known: Answers | None) -> Totals:
    """What was decided comes to, on the frozen question; nothing where nothing was put."""
    ahead = [one for one in decisions if one.verb.goes_ahead]
    cost = sum(one.amount for one in ahead)
    if known is None:
        return Totals(len(ahead), len(decisions), 0.0, cost, 0, 0)
    plan = known.plan if isinstance(known.plan, Plan) else None
    question = known.put.frozen
    whole = plan_figures.view(as_plan(ahead, question, plan), question).totals
    return Totals(
        len(ahead), len(decisions), whole.value, cost, whole.debt, whole.owed,
        tuple(_spent(ahead, known.put)),
    )  # fmt: skip


def _spent(ahead: list[Decision], put: Put) -> Iterator[Spent]:
    """Of each envelope in each period: what is granted, and its limit in the question."""
    cycle = put.inputs.registry.cycle
    titles = {envelope.code: envelope.title for envelope in cycle.envelopes}
    granted: dict[tuple[str, int], int] = {}
    for grant in (grant for one in ahead for grant in one.grants):
        at = (grant.envelope, grant.period)
        granted[at] = granted.get(at, 0) + grant.amount
    horizon = put.frozen.horizon
    for code, envelope in put.frozen.envelopes.items():
        out = [granted.get((code, period), 0) for period in horizon]
        limits = [cents(at_(envelope.limits, period)) for period in horizon]
        carried = record_figures.carried(out, limits, envelope.carry)
        for period in horizon:
            yield Spent(
                code, titles.get(code, Bilingual(code)), period, horizon.label(period),
                out[period], limits[period], carried[period],
            )  # fmt: skip


def _rules(charter: Charter, members: int) -> Rules:
    return Rules(
        charter.quorum, charter.majority, charter.undecided, charter.is_secret,
        charter.correction_days, charter.override, charter.tie_break, members,
    )  # fmt: skip


def _attendance(work: Reading, cycle: str, number: int) -> Iterator[Attended]:
    """The members, and whoever else was there, in the order of their names."""
    there = {one.person: one for one in work.every(Attendance, cycle, meeting=number)}
    known = {person.code: person for person in work.people()}
    codes = {seat.person.code for seat in meetings.seats(work, cycle, number)} | set(there)
    for code in sorted(codes, key=lambda one: (known[one].name, one)):
        lines = work.history(Attendance, cycle, number, code) if code in there else iter(())
        yield Attended(
            Named(code, known[code].name), known[code].has(Role.MEMBER), tuple(_stays(lines)),
            there[code].note if code in there else "",
        )  # fmt: skip


def _stays(lines: Iterable[Line]) -> Iterator[Stay]:
    """When she was there, from what the journal tells of her comings and goings."""
    came = ""
    for line in lines:
        said = json.loads(line.after or "{}")
        if said.get("is_present") and not came:
            came = said["since"]
        elif came and not said.get("is_present"):
            yield Stay(came, said.get("since", line.at))
            came = ""
    if came:
        yield Stay(came)


def _recusals(
    conflicts: Iterable[Conflict], projects: Mapping[str, Project], names: Mapping[str, Named]
) -> Iterator[Recused]:
    known = (one for one in conflicts if one.project in projects)
    for one in sorted(known, key=lambda one: (_named(names, one.person).name, one.project)):
        yield Recused(_named(names, one.person), one.project)


def _weights(known: Answers | None) -> Iterator[Weight]:
    """The criteria rated, as they weigh in what was frozen, in the framework's order."""
    if known is None:
        return
    registry = known.put.inputs.registry
    framework = scores.framework_of(registry)
    shares = scores.weights(framework, scores.points_of(registry))
    rated = (c for c in framework.criteria if not framework.children(c.key))
    yield from (Weight(c.key, c.title, shares[c.key]) for c in rated)


def _imposed(
    one: Override, titles: Mapping[str, Bilingual], names: Mapping[str, Named]
) -> Imposed:
    return Imposed(
        one.project, titles[one.project], one.is_in, one.reason, one.price or 0.0,
        _named(names, one.by), _named(names, one.signed_by), one.signed_at, one.freeze,
        one.variant, one.start, one.enters, one.leaves,
    )  # fmt: skip


def _motion(one: Motion, votes: Iterable[Vote], names: Mapping[str, Named]) -> Moved:
    cast = [] if one.is_secret else [v for v in votes if v.choice is not None]
    return Moved(
        one.number, one.text, one.project, one.verb, one.is_secret, one.state,
        _named(names, one.opened_by), one.opened_at, one.settled_at, one.present, one.fors,
        one.againsts, one.abstentions, one.note,
        tuple(sorted(
            (Cast(_named(names, v.person), v.choice, v.withdrawn_at) for v in cast if v.choice),
            key=lambda cast: cast.person.name,
        )),
    )  # fmt: skip


def _decided(
    one: Decision, project: Project, names: Mapping[str, Named], known: Answers | None
) -> Decided:
    variants = {variant.code: variant.title for variant in project.variants}
    word = "absent"
    if known is not None and isinstance(known.plan, Plan):
        word = putting.says(known.plan, known.put.question, one.project)[0]
    return Decided(
        one.project, one.number, _title(project), project.service, _named(names, project.lead),
        one.verb, one.reason, one.at, one.motion,
        known.put.inputs.values.get(one.project) if known else None,
        one.variant, variants.get(one.variant, ""), one.start, one.grants, one.conditions,
        one.until, one.is_planned, word == "in", one.price, _named(names, one.signed_by),
        None if one.verb.goes_ahead else _why_not(one, word, known),
    )  # fmt: skip


def _why_not(one: Decision, word: str, known: Answers | None) -> WhyNot | None:
    """The figures of a project that the plan leaves out; why it was not in the question."""
    if known is None or word == "in":
        return None
    if one.project in known.why_not:
        return known.why_not[one.project]
    return left_out(known.put).get(one.project)


def left_out(put: Put) -> Mapping[str, WhyNot]:
    """Of each project that was not in the frozen question, why it was not."""
    kept = put.inputs
    left = pose(kept.registry, kept.scenario, kept.values).left_out
    return {out.project: WhyNot(left_out=out.reason) for out in left}


def _proved(known: Answers | None) -> Proved:
    if known is None or known.plan is None:
        return NOTHING_PUT
    proof, first = known.plan.proof, known.first.proof if known.first else None
    return Proved(
        proof.status, known.put.freeze.question, proof.question_sha256, proof.objective,
        proof.bound, proof.gap, first.objective if first else None, proof.solver, proof.seconds,
    )  # fmt: skip


def _title(project: Project) -> Bilingual:
    return Bilingual(project.title, project.title_en)


def _named(names: Mapping[str, Named], code: str) -> Named:
    return names.get(code, Named(code, code))
