"""The limits that keep projects out of a plan: what to look at when asking for more."""

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.candidate import at
from portfolio.choices import Choices, Start
from portfolio.plan import Plan, taken
from portfolio.question import Question
from portfolio.rules.envelope import EnvelopeLimit, flow
from portfolio.rules.row import Label, Row

SCARCE = frozenset(
    {"team", "at-most-starts", "floor", "ceiling", "debt-floor", "debt-ceiling", "red-limit"}
)  # with the envelopes: rows of something scarce, rather than of logic among projects
EDGE = 1e-9  # of a limit: less than that over it is rounding


@dataclass(frozen=True, slots=True)
class Blocking:
    """room         limit -> what is left of it, in its own unit
    by_project   project outside -> the limits that its easiest start would break
    """

    room: Mapping[Label, float]
    by_project: Mapping[str, frozenset[Label]]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The limits that keep some project out, in the order in which rows are stated."""
        named = frozenset[Label]().union(*self.by_project.values())
        return tuple(label for label in self.room if label in named)


def blocking(plan: Plan, question: Question) -> Blocking:
    """For each project outside, the fewest limits that one more start would break.

    Money that a plan carries to the next period is free to be used before it goes there.
    """
    on = question.choices()
    columns = taken(plan, question, on)
    rules = [rule for rule in question.stated() if isinstance(rule, EnvelopeLimit)]
    used = {rule.code: (rule, rule.use(on, columns)) for rule in rules}
    scarce = [row for row in question.rows(on) if row.label[0] in SCARCE]
    room = {
        _label(rule, period): left
        for rule, use in used.values()
        for period, (left, _) in enumerate(flow(rule.envelope, use))
    } | {row.label: row.slack(columns) for row in scarce}
    outside = (code for code in on.candidates if code not in plan.starts)
    breaks = {
        code: [_money(used, on, s) | _others(scarce, room, s) for s in on.starts_of(code)]
        for code in outside
    }
    return Blocking(
        room, {code: min(found, key=len, default=frozenset()) for code, found in breaks.items()}
    )


def _money(
    used: Mapping[str, tuple[EnvelopeLimit, tuple[float, ...]]], on: Choices, start: Start
) -> frozenset[Label]:
    """The envelopes and periods that would be short of money with the start added."""
    short = set()
    for code, series in on.option(start).cost.items():
        rule, use = used[code]
        more = tuple(u + at(series, p - start.period) for p, u in enumerate(use))
        for period, (left, _) in enumerate(flow(rule.envelope, more)):
            if left < -EDGE * max(1.0, at(rule.envelope.limits, period)):
                short.add(_label(rule, period))
    return frozenset(short)


def _others(scarce: list[Row], room: Mapping[Label, float], start: Start) -> frozenset[Label]:
    return frozenset(
        row.label for row in scarce if _adds(row, start) > room[row.label] + EDGE * abs(row.rhs)
    )


def _adds(row: Row, start: Start) -> float:
    """What the start takes of the row's room."""
    number = row.terms.get(start, 0.0)
    return -number if row.sense == ">=" else number


def _label(rule: EnvelopeLimit, period: int) -> Label:
    return ("envelope", rule.code, str(period))
