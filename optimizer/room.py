"""The program with more room in it: limits that can be raised, projects that can cost less."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from optimizer.program import Program, write
from portfolio.candidate import Candidate, Series, at
from portfolio.choices import Amount, Choices, Column
from portfolio.question import Question
from portfolio.rules import Label, Row
from portfolio.rules.envelope import EnvelopeLimit

LIMITS = (
    "envelope", "team", "at-most-starts", "floor", "ceiling", "debt-floor", "debt-ceiling",
    "red-limit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roomy:
    """A program whose limits can be raised.

    more     limit -> the column that raises it, 0 at most until a twist opens it
    needed   that column -> as much as could ever be of use
    """

    program: Program
    more: Mapping[Label, Amount]
    needed: Mapping[Amount, float]

    def of(self, kind: str, subject: str) -> Mapping[Label, Amount]:
        """The columns of one envelope or team, by row."""
        return {label: more for label, more in self.more.items() if label[:2] == (kind, subject)}


def roomy(question: Question, on: Choices) -> Roomy:
    """The question's program; a raised envelope also lets more be carried over."""
    asked = write(question, on)
    more: dict[Label, Amount] = {}
    rows: list[Row] = []
    for row in asked.rows:
        if row.label[0] not in LIMITS:
            rows.append(row)
            continue
        extra = more.setdefault(row.label, Amount("more", ":".join(row.label), 0))
        terms = dict(row.terms)
        terms[extra] = 1.0 if row.sense == ">=" else -1.0
        rows.append(replace(row, terms=terms))
    most = dict(asked.most)
    most.update(dict.fromkeys(more.values(), 0.0))
    whole = sum(on.cost(start) for start in on.starts) + sum(c for _, _, c in on.standalone_costs())
    for rule in question.stated():
        if isinstance(rule, EnvelopeLimit):
            most.update(dict.fromkeys(rule.amounts(on), whole + sum(rule.envelope.limits)))
            rows.extend(_carried(rule, on, more))
    return Roomy(Program(most, asked.gain, tuple(rows)), more, _needed(rows, most))


def _needed(rows: Iterable[Row], most: Mapping[Column, float]) -> dict[Amount, float]:
    """More than a limit could ever have to be raised by: what keeping all its terms would take."""
    needed: dict[Amount, float] = {}
    for row in rows:
        for column, number in row.terms.items():
            if isinstance(column, Amount) and column.kind == "more" and row.label[0] in LIMITS:
                against = (n * most[c] for c, n in row.terms.items() if n * number < 0)
                needed[column] = max(needed.get(column, 0.0), sum(map(abs, against)) + abs(row.rhs))
    return needed


def _carried(rule: EnvelopeLimit, on: Choices, more: Mapping[Label, Amount]) -> Iterator[Row]:
    """carried(p) <= carry x (limit(p) + what it is raised by)."""
    for amount, bound in rule.amounts(on).items():
        if amount.kind == "carried":
            label = ("envelope", rule.code, str(amount.period))
            raised = {more[label]: -rule.envelope.carry} if label in more else {}
            terms: dict[Column, float] = {amount: 1.0}
            terms.update(raised.items())
            yield Row(("carried", *label[1:]), terms, "<=", bound)


def cheaper(question: Question, project: str) -> tuple[Program, dict[Column, float]]:
    """The program in which the project's costs can be cut by a share, and what that share adds up.

    Every rule is linear in a project's costs: what a start of it would change in each row, were it
    free, is known from the question with its costs at nought.
    """
    on = question.choices()
    free = replace(
        question, projects=tuple(_free(p) if p.code == project else p for p in question.projects)
    )
    free_of = free.choices()
    cut = {s: Amount("cut", ":".join(map(str, s)), 0) for s in on.starts_of(project)}
    rows: list[Row] = []
    for dear, cheap in zip(question.rows(on), free.rows(free_of), strict=True):
        saved = {cut[s]: cheap.terms.get(s, 0.0) - dear.terms.get(s, 0.0) for s in cut}
        terms = dict(dear.terms)
        terms.update((c, n) for c, n in saved.items() if n)
        rows.append(replace(dear, terms=terms))
    for start, share in cut.items():
        rows.append(Row(("cut", *map(str, start)), {share: 1.0, start: -1.0}, "<=", 0.0))
    asked = write(question, on)
    gain_free = free.gain(free_of, free.objective())
    gain = dict(asked.gain)
    for start, share in cut.items():
        gain[share] = gain_free.get(start, 0.0) - asked.gain.get(start, 0.0)
    most = dict(asked.most)
    most.update(dict.fromkeys(cut.values(), 1.0))
    return Program(most, gain, tuple(rows)), dict.fromkeys(cut.values(), 1.0)


def _free(candidate: Candidate) -> Candidate:
    """The same candidate at no cost."""
    nothing: dict[str, Series] = {}
    return replace(
        candidate,
        cost=nothing,
        variants=tuple(replace(option, cost=nothing) for option in candidate.variants),
    )


def raised(question: Question, envelope: str, more: Series) -> Question:
    """The question with more money in that envelope, by period."""
    old = question.envelopes[envelope]
    limits = tuple(at(old.limits, p) + at(more, p) for p in range(question.horizon.periods))
    return replace(
        question, envelopes={**question.envelopes, envelope: replace(old, limits=limits)}
    )


def at_least(gain: Mapping[Column, float], least: float) -> Row:
    """Worth no less than that."""
    return Row(("as-good",), gain, ">=", least)


def chosen(on: Choices, project: str, number: float) -> Row:
    """The project is in (1) or out (0)."""
    return Row(("tried", project), dict.fromkeys(on.starts_of(project), 1.0), "==", number)
