"""The minutes of a meeting as a paper, in either language, made from its record alone."""

import hashlib
from collections.abc import Iterator
from typing import Literal

from data.exporters.paper import (
    Block,
    Facts,
    Heading,
    Paper,
    Picture,
    Points,
    Said,
    Signatures,
    Table,
)
from data.journal import Anchor
from portfolio import record as records
from portfolio import record_figures as figures
from portfolio.record import Attended, Proceedings
from views import format as written
from views import minutes_charts as charts
from views.journal_words import printed
from views.minutes_tables import Tables
from views.paper_words import PaperWords, of_record
from views.text import Text

Language = Literal["fr", "en"]


def paper(record: Proceedings, language: Language) -> Paper:
    """The whole paper: the same for the same record."""
    text = Text(language)
    said = Minutes(record, of_record(text, record))
    return Paper(
        language,
        said.title,
        text("minutes.author"),
        record.on,
        text("minutes.running", cycle=record.cycle_title.in_(language), meeting=record.meeting,
             day=record.on),
        (text("minutes.page"), text("minutes.of")),
        tuple(said.blocks()),
        banner=text("common.demo_banner") if record.is_illustrative else "",
    )  # fmt: skip


class Minutes:
    """One record in the words of one language."""

    def __init__(self, record: Proceedings, words: PaperWords) -> None:
        """Take the record, and its words."""
        self.record, self.words, self.text = record, words, words.text
        self.tables = Tables(record, words)

    @property
    def title(self) -> str:
        """« Procès-verbal de la séance 3 »; a corrected one says so."""
        key = "title_corrected" if self.record.number > 1 else "title"
        facts = {"meeting": self.record.meeting, "number": self.record.number}
        return self.text(f"minutes.{key}", **facts)

    def blocks(self) -> Iterator[Block]:
        """Every part, in order."""
        yield Said(self.answer(), "answer")
        if self.record.reason:
            yield Said(self._say("corrections.why", reason=self.record.reason))
        for part in (
            self._sitting, self._attendance, self._recusals, self._freezes, self._weights,
            self._overrides, self._votes, self._decisions, self._budget, self._apart,
            self._corrections, self._integrity, self._signatures, self._grants,
        ):  # fmt: skip
            yield from part()

    def answer(self) -> str:
        """What was decided, what it comes to, and how far it is from the plan."""
        record, totals = self.record, self.record.totals
        lines = [self._say("answer", chosen=totals.chosen, of=totals.of,
                           value=round(totals.value, 1), cost=totals.cost)]  # fmt: skip
        if totals.debt:
            lines.append(self._say("answer_debt", debt=totals.debt, owed=totals.owed))
        n, price = len(record.overrides) + len(figures.apart(record)), figures.price(record)
        if not n:
            lines.append(self._say("answer_planned"))
        else:
            key = "answer_apart" if price else "answer_apart_free"
            lines.append(self._say(key, n=n, price=self.words.worth(price)))
        return " ".join(lines)

    def _sitting(self) -> Iterator[Block]:
        record, rules, words = self.record, self.record.rules, self.words
        language = self.text.language
        closed = words.hour(record.closed_at) if record.closed_at else words.or_none("")
        if record.closed_at and record.closed_by.name:
            closed = self._say("sitting.closed_by", at=closed, person=record.closed_by.name)
        facts = {
            "cycle": record.cycle_title.in_(language),
            "day": written.day(record.on, language, long=True),
            "place": record.place,
            "chair": record.facilitator.name,
            "opened": words.hour(record.opened_at) if record.opened_at else "",
            "closed": closed,
            "scenario": record.scenario_title.in_(language) or record.scenario,
            "majority": self._say(f"majority.{rules.majority}"),
            "override": rules.override,
            "tie_break": rules.tie_break,
        }
        yield self._head("sitting")
        yield Facts(tuple(
            (self._say(f"sitting.{name}"), value) for name, value in facts.items() if value
        ))  # fmt: skip

    def _attendance(self) -> Iterator[Block]:
        record, words = self.record, self.words
        lost = figures.without_quorum(record) if record.rules.quorum else ()
        spans = words.joined([
            self._say("attendance.span", since=words.hour(s.since), until=words.hour(s.until))
            for s in lost
        ])  # fmt: skip
        yield self._head("attendance")
        key = "sentence_lost" if lost else "sentence" if record.rules.quorum else "sentence_unset"
        yield Said(self._say(
            f"attendance.{key}", came=figures.came(record), members=record.rules.members,
            quorum=record.rules.quorum or 0, spans=spans,
        ))  # fmt: skip
        if record.attendance:
            yield self._table("attendance", ("person", "standing", "when", "note"),
                              [self._there(one) for one in record.attendance],
                              shares=(4, 2, 4, 4))  # fmt: skip

    def _there(self, one: Attended) -> tuple[str, ...]:
        words = self.words
        stays = [
            self._say("attendance.stay", since=words.hour(s.since),
                      until=words.hour(s.until or self.record.closed_at))
            for s in one.stays if s.until or self.record.closed_at
        ]  # fmt: skip
        standing = self._say(f"attendance.{'member' if one.is_member else 'guest'}")
        when = words.listed(stays) or self._say("attendance.absent")
        return one.person.name, standing, when, one.note

    def _recusals(self) -> Iterator[Block]:
        recusals = self.record.recusals
        yield self._head("recusals")
        if not recusals:
            yield Said(self._say("recusals.none"))
            return
        by_person: dict[str, list[str]] = {}
        for one in recusals:
            by_person.setdefault(one.person.name, []).append(self.words.project(one.project))
        projects = len({one.project for one in recusals})
        yield Said(self._say("recusals.sentence", people=len(by_person), projects=projects))
        rows = [(name, self.words.listed(found)) for name, found in by_person.items()]
        yield self._table("recusals", ("person", "projects"), rows, shares=(2, 5))

    def _freezes(self) -> Iterator[Block]:
        yield self._head("freeze")
        freezes = self.record.freezes
        yield Said(self._say("freeze.sentence" if freezes else "freeze.none"))
        for one in freezes:
            at = self.words.moment(one.at)
            facts = [
                (self._say("freeze.number", n=one.number),
                 self._say("freeze.by", at=at, person=one.by.name)),
                (self._say("freeze.document"), one.sha256),
                (self._say("freeze.question"), one.question),
            ]  # fmt: skip
            if one.reason:
                facts.append((self._say("freeze.reason"), one.reason))
            yield Facts(tuple(facts))

    def _weights(self) -> Iterator[Block]:
        yield self._head("weights")
        weights = sorted(self.record.weights, key=lambda one: -one.share)
        if not weights:
            yield Said(self._say("weights.none"))
            return
        language = self.text.language
        first = written.percent(weights[0].share, language, decimals=1)
        title = weights[0].title.in_(language)
        yield Said(self._say("weights.sentence", first=title, share=first))
        yield Picture(charts.weights(self.record, self.words), self._say("weights.alt"))
        rows = [
            (one.title.in_(language), written.percent(one.share, language, decimals=1))
            for one in weights
        ]
        yield self._table("weights", ("criterion", "share"), rows, {1}, (1, 0))

    def _overrides(self) -> Iterator[Block]:
        yield self._head("overrides")
        overrides = self.record.overrides
        if not overrides:
            yield Said(self._say("overrides.none"))
            return
        price = self.words.worth(sum(one.price for one in overrides))
        yield Said(self._say("overrides.sentence", n=len(overrides), price=price))
        yield self.tables.overrides()

    def _votes(self) -> Iterator[Block]:
        yield self._head("votes")
        motions = self.record.motions
        if not motions:
            yield Said(self._say("votes.none"))
            return
        carried = sum(one.state is records.MotionState.CARRIED for one in motions)
        yield Said(self._say("votes.sentence", n=len(motions), carried=carried))
        yield self.tables.motions()
        if any(one.votes for one in motions):
            yield Heading(self._say("votes.roll"), 3)
            if any(one.is_secret for one in motions):
                yield Said(self._say("votes.roll_sentence"))
            yield self.tables.roll_calls()
        if withdrawn := self.tables.withdrawn():
            yield Points(withdrawn)

    def _decisions(self) -> Iterator[Block]:
        yield self._head("decisions")
        found = figures.by_verb(self.record)
        if not found:
            yield Said(self._say("decisions.none"))
        for verb, decided in found.items():
            facts = {"n": len(decided), "amount": figures.granted(decided)}
            yield Heading(self._say(f"verbs.{verb}", **facts), 3)
            yield self.tables.decided(verb, decided)

    def _budget(self) -> Iterator[Block]:
        yield self._head("budget")
        drawn = figures.drawn(self.record)
        if not drawn:
            yield Said(self._say("budget.none"))
            return
        over = [self.words.envelope(one.envelope) for one in drawn if one.over]
        key, names = "budget.over" if over else "budget.within", self.words.listed(over)
        cost = self.record.totals.cost
        yield Said(self._say(key, names=names, n=len(over), granted=cost))
        if any(one.carried for one in self.record.totals.spent):
            yield Said(self._say("budget.carries"), "quiet")
        yield Picture(charts.envelopes(self.record, self.words), self._say("budget.alt"))
        yield self.tables.budget()

    def _apart(self) -> Iterator[Block]:
        record, proof, words = self.record, self.record.proof, self.words
        yield self._head("apart")
        worths = {
            name: words.worth(figures.counted_as(record, found))
            for name in ("best", "objective") if (found := getattr(proof, name)) is not None
        }  # fmt: skip
        if "best" in worths:
            is_moved = bool(record.overrides) and "objective" in worths
            yield Said(self._say("apart.best" if is_moved else "apart.best_only", **worths))
        apart = figures.apart(record)
        yield Said(self._say("apart.sentence" if apart else "apart.none", n=len(apart)))
        if apart:
            yield self.tables.apart(apart)
        yield Said(self._say("apart.proof", proof=self._proof()), "quiet")

    def _proof(self) -> str:
        proof = self.record.proof
        if proof.status == "feasible" and proof.gap is not None:
            return self._say("proof.feasible", gap=proof.gap)
        return self._say("proof.optimal" if proof.status == "optimal" else "proof.other")

    def _corrections(self) -> Iterator[Block]:
        yield self._head("corrections")
        yield Said(self._say("corrections.until", day=self.record.correction_until))
        if self.record.corrections:
            yield self.tables.corrections()

    def _integrity(self) -> Iterator[Block]:
        record, proof = self.record, self.record.proof
        facts = {
            "record": hashlib.sha256(records.to_json(record)).hexdigest(),
            "question": proof.question,
            "posed": proof.posed if proof.posed != proof.question else "",
            "solver": proof.solver,
        }
        anchor = Anchor(record.anchor.count, record.anchor.head, record.anchor.at)
        yield self._head("integrity")
        yield Said(self._say("integrity.sentence"))
        yield Facts(tuple(
            (self._say(f"integrity.{name}"), value) for name, value in facts.items() if value
        ))  # fmt: skip
        yield Said(printed(self.text, anchor), "quiet")

    def _signatures(self) -> Iterator[Block]:
        chair, closer = self.record.facilitator, self.record.closed_by
        names = [self._say("signatures.chair", name=chair.name)]
        if closer.name and closer.code != chair.code:
            names.append(self._say("signatures.closer", name=closer.name))
        yield Signatures(tuple(names))

    def _grants(self) -> Iterator[Block]:
        if any(one.grants for one in self.record.decisions):
            yield self._head("grants")
            yield self.tables.grants()

    def _head(self, part: str) -> Heading:
        return Heading(self._say(f"{part}.head"))

    def _table(
        self, part: str, head: tuple[str, ...], rows: list[tuple[str, ...]],
        amounts: set[int] | None = None, shares: tuple[int, ...] = (),
    ) -> Table:  # fmt: skip
        heads = tuple(self._say(f"{part}.{name}") for name in head)
        return Table(heads, tuple(rows), frozenset(amounts or ()), shares)

    def _say(self, key: str, **facts: object) -> str:
        return self.text(f"minutes.{key}", **facts)


