"""The tables of the minutes: overrides, votes, decisions by verb, envelopes, amounts."""

from collections.abc import Iterable, Sequence

from data.exporters.paper import Table
from portfolio import record_figures as figures
from portfolio.decision import Grant, Verb
from portfolio.meeting import Choice
from portfolio.record import Cast, Decided, Imposed, Moved, Proceedings, Spent
from views import format as written
from views.paper_words import PaperWords

WAITS = frozenset({Verb.DEFERRED, Verb.PAUSED})


class Tables:
    """Those of one record, in the words of one language."""

    def __init__(self, record: Proceedings, words: PaperWords) -> None:
        """Take the record, and its words."""
        self.record, self.words, self.text = record, words, words.text

    def overrides(self) -> Table:
        """Each with what it moves, its price, its reason, who signed it."""
        heads = ("project", "choice", "price", "reason", "signed")
        rows = [
            (
                self.words.project(one.project),
                self._imposed(one),
                self.words.worth(one.price),
                one.reason,
                self._signed(one),
            )
            for one in self.record.overrides
        ]
        return self._table("overrides", heads, rows, {2}, (3, 3, 0, 4, 2))

    def choice(self, one: Imposed) -> str:
        """« Retenu d'office, variante base »."""
        if not one.is_in:
            return self._say("overrides.out")
        key = f"in{'_as' if one.variant else ''}{'_at' if one.start else ''}"
        start = self.words.period(one.start) if one.start else ""
        return self._say(f"overrides.{key}", variant=one.variant, start=start)

    def _imposed(self, one: Imposed) -> str:
        moves = [(name, getattr(one, name)) for name in ("enters", "leaves")]
        told = [
            self._say(f"overrides.{name}", codes=", ".join(codes)) for name, codes in moves if codes
        ]
        return ". ".join([self.choice(one), *told])

    def _signed(self, one: Imposed) -> str:
        at = self.words.hour(one.signed_at) if one.signed_at else self.words.or_none("")
        return self._say("overrides.signed_at", person=one.signed_by.name, at=at)

    def motions(self) -> Table:
        """Each with its count."""
        heads = ("number", "text", "fors", "againsts", "abstentions", "present", "state")
        rows = [
            (
                str(one.number),
                self._motion(one),
                *map(self._count, (one.fors, one.againsts, one.abstentions, one.present)),
                self._say(f"state.{one.state}"),
            )
            for one in self.record.motions
        ]
        return self._table("votes", heads, rows, {2, 3, 4, 5}, (0, 6, 0, 0, 0, 0, 2))

    def _motion(self, one: Moved) -> str:
        kind = self._say("votes.secret" if one.is_secret else "votes.open")
        note = f" {one.note}" if one.note else ""
        return f"{one.text} ({kind}){note}"

    def _count(self, n: int | None) -> str:
        return self.words.or_none("") if n is None else str(n)

    def roll_calls(self) -> Table:
        """Who voted how on each open motion."""
        heads = ("number", "for_who", "against_who", "abstention_who")
        rows = [
            (str(one.number), *self._sides(one)) for one in self.record.motions if one.votes
        ]
        return self._table("votes", heads, rows, shares=(0, 1, 1, 1))

    def _sides(self, motion: Moved) -> list[str]:
        counted, _ = figures.counted(motion)
        sides = [_names(c for c in counted if c.choice is choice) for choice in Choice]
        return [self.words.or_none(side) for side in sides]

    def withdrawn(self) -> tuple[str, ...]:
        """The votes that were taken out, motion by motion."""
        taken = [(one.number, figures.counted(one)[1]) for one in self.record.motions]
        return tuple(
            self._say("votes.withdrawn", n=number, names=self.words.joined(
                [cast.person.name for cast in casts]))
            for number, casts in taken if casts
        )  # fmt: skip

    def decided(self, verb: Verb, decided: Sequence[Decided]) -> Table:
        """What was decided with one verb."""
        if verb.goes_ahead:
            return self._going(verb, decided)
        if verb in WAITS:
            heads: tuple[str, ...] = ("project", "until", "reason", "vote")
            rows = [
                (self._project(one), self._until(one), one.reason, self._vote(one))
                for one in decided
            ]
            return self._table("decisions", heads, rows, shares=(5, 2, 7, 0))
        heads = ("project", "reason", "vote")
        short = [(self._project(one), one.reason, self._vote(one)) for one in decided]
        return self._table("decisions", heads, short, shares=(5, 9, 0))

    def _going(self, verb: Verb, decided: Sequence[Decided]) -> Table:
        if verb is Verb.CONDITIONAL:
            heads: tuple[str, ...] = ("project", "start", "amount", "conditions", "reason", "vote")
            rows = [(*self._what(one)[:1], *self._what(one)[2:], one.conditions, one.reason,
                     self._vote(one)) for one in decided]  # fmt: skip
            return self._table("decisions", heads, rows, {2}, (4, 0, 0, 5, 4, 0))
        heads = ("project", "variant", "start", "amount", "reason", "vote")
        rows = [(*self._what(one), one.reason, self._vote(one)) for one in decided]
        return self._table("decisions", heads, rows, {3}, (5, 2, 0, 0, 4, 0))

    def _what(self, one: Decided) -> tuple[str, str, str, str]:
        variant = one.variant_title or one.variant
        amount = written.money_in("k", one.amount, self.text.language)
        return self._project(one), variant, self.words.period(one.start), amount

    def _project(self, one: Decided) -> str:
        name = self.words.project(one.project)
        return f"{name} ({one.service})" if one.service else name

    def _until(self, one: Decided) -> str:
        if one.until is None:
            return self._say("decisions.no_end")
        return written.day(one.until, self.text.language)

    def _vote(self, one: Decided) -> str:
        return str(one.motion) if one.motion else self.words.or_none("")

    def budget(self) -> Table:
        """Each envelope and period in which there is money, granted or to grant."""
        heads = ("envelope", "period", "granted", "limit", "carried", "left")
        spent = [one for one in self.record.totals.spent if one.granted or one.limit]
        rows = [
            (self.words.envelope(one.envelope), self.words.period(one.label), *self._sums(one))
            for one in spent
        ]
        return self._table("budget", heads, rows, {2, 3, 4, 5}, (4, 1, 2, 2, 2, 2))

    def _sums(self, one: Spent) -> tuple[str, ...]:
        language = self.text.language
        granted = written.money(one.granted, language)
        if one.limit is None:
            return granted, self._say("budget.unlimited"), *[self.words.or_none("")] * 2
        carried = written.money(one.carried, language) if one.carried else self.words.or_none("")
        left = written.money(figures.left(one), language)
        return granted, written.money(one.limit, language), carried, left

    def apart(self, decided: Sequence[Decided]) -> Table:
        """The decisions that differ from the plan, each with its price."""
        heads = ("project", "decision", "plan", "price", "reason", "signed")
        rows = [
            (
                self.words.project(one.project),
                self._say(f"verb.{one.verb}"),
                self._say(f"apart.was_{'in' if one.was_planned else 'out'}"),
                self.words.worth(one.price),
                one.reason,
                one.signed_by.name,
            )
            for one in decided
        ]
        return self._table("apart", heads, rows, {3}, (4, 2, 2, 0, 4, 2))

    def corrections(self) -> Table:
        """The facts mended since the meeting."""
        heads = ("project", "fact", "said", "answer", "by")
        rows = [
            (
                self.words.project(one.project),
                self.text.field(one.fact),
                one.said,
                one.answer,
                one.answered_by.name,
            )
            for one in self.record.corrections
        ]
        return self._table("corrections", heads, rows, shares=(3, 2, 4, 4, 2))

    def grants(self) -> Table:
        """Every amount granted, project by project."""
        heads = ("project", "envelope", "amounts")
        rows = [
            (one.project, self.words.envelope(code), self._amounts(grants))
            for one in self.record.decisions
            for code, grants in figures.by_envelope(one).items()
        ]
        return self._table("grants", heads, rows, shares=(1, 3, 8))

    def _amounts(self, grants: Iterable[Grant]) -> str:
        return self.words.listed(
            self._say("grants.amount", period=self.words.period(self.record.periods[grant.period]),
                      amount=grant.amount)
            for grant in grants
        )  # fmt: skip

    def _table(
        self, part: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]],
        amounts: set[int] | None = None, shares: tuple[int, ...] = (),
    ) -> Table:  # fmt: skip
        heads = tuple(self._say(f"{part}.{name}") for name in head)
        return Table(heads, tuple(rows), frozenset(amounts or ()), shares)

    def _say(self, key: str, **facts: object) -> str:
        return self.text(f"minutes.{key}", **facts)


def _names(casts: Iterable[Cast]) -> str:
    return ", ".join(cast.person.name for cast in casts)
