"""What is put to the committee: the frozen question, with the overrides signed so far, answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from data import question_file
from data.store import Reading
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.candidate import Candidate
from portfolio.choices import Start
from portfolio.decision import Decision
from portfolio.errors import Invalid, Refusal
from portfolio.frozen import Frozen
from portfolio.meeting import Freeze, Override
from portfolio.plan import NoPlan, Plan
from portfolio.question import Question
from portfolio.rules import Force, Rule, Window
from services import freezing
from services.jobs import Job, Jobs
from services.tradeoffs import Working, working
from services.why_card import Unit, measured, unit_of

SECONDS = 60.0


@dataclass(frozen=True)
class Put:
    """The question put to a meeting.

    freeze    in force      inputs   all that it kept
    answer    its best plan, as it was kept; None = it is not worked out yet
    signed    overrides signed on that freeze, in the order in which they were
    imposed   choices that decisions of this meeting impose beside, in their order
    """

    freeze: Freeze
    inputs: Frozen
    answer: Plan | NoPlan | None = None
    signed: tuple[Override, ...] = ()
    imposed: tuple[Override, ...] = ()

    @property
    def frozen(self) -> Question:
        """The question as it was frozen."""
        return self.inputs.question

    @property
    def question(self) -> Question:
        """With the signed overrides: its best plan is the one that is voted."""
        return under(self.frozen, self.signed)

    @property
    def bound(self) -> Question:
        """With the decisions that differ from that plan too: on it the next one is priced."""
        return self.bound_without("")

    def bound_without(self, project: str) -> Question:
        """The same, without what was decided of that project."""
        return under(self.question, (one for one in self.imposed if one.project != project))

    @property
    def unit(self) -> Unit:
        return unit_of(self.frozen)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a choice costs the best plan, in the unit of the objective.

    price     between the best plans known; no more than ``at_most``: equal when both are proved
    enters, leaves   projects, between the best plan without it and the best with it
    """

    price: float
    at_most: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    unit: Unit

    @property
    def is_exact(self) -> bool:
        return self.at_most == self.price


Word = Literal["in", "out", "absent"]


def put(work: Reading, cycle: str, number: int) -> Put:
    """What is put to that meeting; Refusal("not-frozen") until its inputs are frozen."""
    last = freezing.in_force(work, cycle, number)
    if last is None:
        raise Refusal("not-frozen", found=number)
    overrides = work.every(Override, cycle, meeting=number)
    return Put(
        last,
        freezing.inputs(work, cycle, last),
        freezing.plan(work, cycle, last),
        tuple(signed(overrides, last)),
        tuple(imposed(latest(work.every(Decision, cycle, meeting=number)).values())),
    )


def signed(overrides: Iterable[Override], freeze: Freeze | None) -> list[Override]:
    """Those that bind: signed, on that freeze; an earlier freeze's must be signed anew."""
    if freeze is None:
        return []
    bind = (one for one in overrides if one.is_signed and one.freeze == freeze.number)
    return sorted(bind, key=lambda one: (one.signed_at, one.project))


def latest(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Project -> the last decision on it."""
    ordered = sorted(decisions, key=lambda one: one.number)
    return {one.project: one for one in ordered}


def imposed(decisions: Iterable[Decision]) -> list[Override]:
    """What the decisions that differ from the plan impose on it, in the order they were taken."""
    differing = [one for one in decisions if not one.is_planned and one.meeting]
    return [as_override(one) for one in sorted(differing, key=lambda one: (one.at, one.project))]


def as_override(decision: Decision) -> Override:
    """The decision as a choice imposed on the plan."""
    return Override(
        decision.meeting, decision.project, decision.verb.goes_ahead, decision.reason,
        decision.by, decision.variant, decision.start,
    )  # fmt: skip


def under(question: Question, overrides: Iterable[Override]) -> Question:
    """The question with these choices imposed.

    Refusal("not-in-question"); Invalid for a variant or a start that the project does not have.
    """
    for one in overrides:
        question = _imposing(question, one)
    return question


def know(jobs: Jobs, put: Put) -> Put:
    """The same: the plan kept with the freeze is not looked for again."""
    kept = put.answer
    if kept is not None:
        jobs.start(_name(question_file.sha256(put.frozen)), lambda _: kept, aside=True)
    return put


def best(
    jobs: Jobs, question: Question, begin: bool = True, seconds: float = SECONDS
) -> Working[Plan | NoPlan]:
    """The best plan of the question as far as it is known, stamped with the question's hash."""
    sha = question_file.sha256(question)

    def work(job: Job[Plan | NoPlan]) -> Plan | NoPlan:
        found = solve(question, Search(seconds, watch=job))
        return replace(found, proof=replace(found.proof, question_sha256=sha))

    return working(jobs, _name(sha), work, begin, lambda _: True)


def planned(jobs: Jobs, question: Question) -> Plan:
    """Its best plan, once it was found; Refusal("plan-awaited") or ("nothing-to-adopt")."""
    found = best(jobs, question, begin=False).result
    if found is None:
        raise Refusal("plan-awaited")
    if isinstance(found, NoPlan):
        raise Refusal("nothing-to-adopt", rules=found.clash)
    return found


def price(
    jobs: Jobs, before: Question, choice: Override, begin: bool = True
) -> Priced | NoPlan | None:
    """What the choice costs on top of that question; NoPlan when it cannot be; None = not yet.

    Where there is no plan even before it, that is what is said.
    """
    first = best(jobs, before, begin)
    then = best(jobs, under(before, [choice]), begin)
    if first.job or then.job or first.result is None or then.result is None:
        return None
    if isinstance(first.result, NoPlan):
        return first.result
    if isinstance(then.result, NoPlan):
        return then.result
    return _priced(first.result, then.result, unit_of(before))


def says(plan: Plan, question: Question, project: str) -> tuple[Word, str, str]:
    """What the plan says of the project: (in, out or absent, variant, label of its start)."""
    if project not in {one.code for one in question.projects}:
        return "absent", "", ""
    chosen = plan.starts.get(project)
    if chosen is None:
        return "out", "", ""
    return "in", chosen.variant, question.horizon.label(chosen.period)


def under_way(jobs: Jobs) -> tuple[Job[Any], ...]:
    """What is still worked out of what was put."""
    every = (jobs.get(name) for name in jobs.names if name.startswith(_name("")))
    return tuple(job for job in every if job is not None and not job.is_done)


def _name(sha: str) -> str:
    return f"put:{sha}"


def _priced(first: Plan, then: Plan, unit: Unit) -> Priced:
    had, has = first.proof.objective or 0.0, then.proof.objective or 0.0
    bound = had if first.proof.bound is None else max(had, first.proof.bound)
    are_proved = first.proof.status == then.proof.status == "optimal"
    lost = max(0.0, had - has)
    amount = measured(0.0 if lost <= 1e-9 * max(1.0, abs(had)) else lost, unit)
    return Priced(
        amount,
        amount if are_proved else max(amount, measured(bound - has, unit)),
        tuple(code for code in then.starts if code not in first.starts),
        tuple(code for code in first.starts if code not in then.starts),
        unit,
    )


def _imposing(question: Question, one: Override) -> Question:
    candidate = next((c for c in question.projects if c.code == one.project), None)
    if candidate is None:
        raise Refusal("not-in-question", found=one.project)
    rules: list[Rule] = [Force(one.project, one.is_in, one.reason)]
    if one.is_in and one.variant:
        question = _in_variant(question, candidate, one.variant)
    if one.is_in and one.start:
        period = _period(question, one)
        rules.append(Window(one.project, period, period))
    kept = tuple(r for r in question.rules if not _is_same(r, rules[0]))
    return replace(question, rules=(*kept, *rules))


def _is_same(rule: Rule, force: Rule) -> bool:
    """Whether the scenario imposes that very choice already: two rows of one name would clash."""
    return (
        isinstance(rule, Force) and isinstance(force, Force)
        and (rule.project, rule.chosen) == (force.project, force.chosen)
    )  # fmt: skip


def _in_variant(question: Question, candidate: Candidate, variant: str) -> Question:
    options = tuple(option for option in candidate.options if option.code == variant)
    if not options:
        accepted = ", ".join(option.code for option in candidate.options)
        raise Invalid(
            "unknown-code", field="variant", kind="variant", found=variant, accepted=accepted
        )
    if not candidate.variants:
        return question
    narrowed = replace(candidate, variants=options)
    return replace(
        question,
        projects=tuple(narrowed if c.code == candidate.code else c for c in question.projects),
    )


def _period(question: Question, one: Override) -> int:
    """The period of the start, which the project can have."""
    starts = question.choices().starts_of(one.project)
    return period_of(question, starts, one.start)


def period_of(question: Question, starts: Iterable[Start], label: str) -> int:
    """The period of that label, among those starts; Invalid("start-outside") says which are."""
    may = sorted({start.period for start in starts})
    period = question.horizon.period(label)
    if period not in may:
        accepted = ", ".join(question.horizon.label(p) for p in may) or "–"
        raise Invalid("start-outside", field="start", found=label, accepted=accepted)
    return period

