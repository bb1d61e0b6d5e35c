"""The decision workbook of a meeting: its record, subject by subject, in figures to work with."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from data.exporters.paper_xlsx import Column, Kind, Sheet, Value
from portfolio import record as records
from portfolio import record_figures as figures
from portfolio.record import Proceedings
from views.minutes_tables import Tables
from views.paper_words import PaperWords, of_record
from views.text import Text

PRICES: dict[str, Kind] = {"points": "number", "money": "money", "score": "number"}
Columns = Sequence[tuple[str, Kind]]
Rows = Iterator[tuple[Value, ...]]


def sheets(record: Proceedings, language: Literal["fr", "en"]) -> tuple[Sheet, ...]:
    """Every sheet, in order: the same for the same record."""
    return tuple(Book(record, of_record(Text(language), record)).sheets())


class Book:
    """One record in the words of one language; prices are in the record's unit."""

    def __init__(self, record: Proceedings, words: PaperWords) -> None:
        """Take the record, and its words."""
        self.record, self.words, self.text = record, words, words.text
        self.price: Kind = PRICES[record.unit]
        self.tables = Tables(record, words)

    def sheets(self) -> Iterator[Sheet]:
        """The meeting, its decisions, votes, overrides, money, people, weights, and its hashes."""
        pair: Columns = (("book.item", "text"), ("book.value", "text"))
        yield self._sheet("sitting", pair, self._sitting())
        yield self._sheet("decisions", (
            ("book.code", "text"), ("book.title", "text"), ("decisions.service", "text"),
            ("decisions.verb", "text"), ("decisions.variant", "text"), ("decisions.start", "text"),
            ("decisions.amount", "money"), ("book.points", "number"),
            ("decisions.conditions", "text"), ("decisions.until", "date"),
            ("decisions.reason", "text"), ("book.motion", "number"), ("book.planned", "text"),
            ("apart.price", self.price), ("apart.signed", "text"),
        ), self._decisions())  # fmt: skip
        yield self._sheet("amounts", (
            ("book.code", "text"), ("budget.envelope", "text"), ("budget.period", "text"),
            ("budget.granted", "money"),
        ), self._amounts())  # fmt: skip
        yield self._sheet("votes", (
            ("book.motion", "number"), ("votes.text", "text"), ("book.code", "text"),
            ("decisions.verb", "text"), ("book.choice", "text"), ("votes.fors", "number"),
            ("votes.againsts", "number"), ("votes.abstentions", "number"),
            ("votes.present", "number"), ("votes.state", "text"), ("book.opened", "text"),
            ("book.settled", "text"), ("attendance.note", "text"),
        ), self._votes())  # fmt: skip
        yield self._sheet("roll", (
            ("book.motion", "number"), ("attendance.person", "text"), ("book.choice", "text"),
            ("book.withdrawn", "text"),
        ), self._roll())  # fmt: skip
        yield self._sheet("overrides", (
            ("book.code", "text"), ("book.title", "text"), ("overrides.choice", "text"),
            ("overrides.price", self.price), ("overrides.reason", "text"),
            ("book.enters", "text"), ("book.leaves", "text"), ("overrides.signed", "text"),
            ("book.signed_at", "text"), ("book.freeze", "number"),
        ), self._overrides())  # fmt: skip
        yield self._sheet("budget", (
            ("budget.envelope", "text"), ("budget.period", "text"), ("budget.granted", "money"),
            ("budget.limit", "money"), ("budget.carried", "money"), ("budget.left", "money"),
        ), self._budget())  # fmt: skip
        yield self._sheet("attendance", (
            ("attendance.person", "text"), ("attendance.standing", "text"), ("book.since", "text"),
            ("book.until", "text"), ("attendance.note", "text"),
        ), self._attendance())  # fmt: skip
        weights: Columns = (("weights.criterion", "text"), ("weights.share", "share"))
        yield self._sheet("weights", weights, self._weights())
        yield self._sheet("integrity", pair, self._integrity())

    def _sitting(self) -> Rows:
        record, language = self.record, self.text.language
        facts: dict[str, str] = {
            "cycle": record.cycle_title.in_(language),
            "day": record.on.isoformat(),
            "place": record.place,
            "chair": record.facilitator.name,
            "opened": self.words.moment(record.opened_at),
            "closed": self.words.moment(record.closed_at),
            "scenario": record.scenario_title.in_(language) or record.scenario,
            "quorum": str(record.rules.quorum or ""),
            "majority": self._say(f"majority.{record.rules.majority}"),
            "override": record.rules.override,
            "tie_break": record.rules.tie_break,
        }
        if record.is_illustrative:
            yield self.text("common.demo_banner"), ""
        for name, value in facts.items():
            yield self._say(f"sitting.{name}"), value
        yield self._say("corrections.head"), record.correction_until.isoformat()

    def _decisions(self) -> Rows:
        for one in self.record.decisions:
            yield (
                one.project, one.title.in_(self.text.language), one.service,
                self._say(f"verb.{one.verb}"), one.variant_title or one.variant,
                self.words.period(one.start) if one.start else "",
                one.amount if one.verb.goes_ahead else None, one.value, one.conditions, one.until,
                one.reason, one.motion or None, self._yes(one.is_planned),
                self._priced(one.price), one.signed_by.name,
            )  # fmt: skip

    def _amounts(self) -> Rows:
        for one in self.record.decisions:
            for grant in one.grants:
                period = self.words.period(self.record.periods[grant.period])
                yield one.project, self.words.envelope(grant.envelope), period, grant.amount

    def _votes(self) -> Rows:
        for one in self.record.motions:
            kind = self._say("votes.secret" if one.is_secret else "votes.open")
            verb = self._say(f"verb.{one.verb}") if one.verb else ""
            yield (
                one.number, one.text, one.project, verb, kind, one.fors, one.againsts,
                one.abstentions, one.present, self._say(f"state.{one.state}"),
                self.words.moment(one.opened_at), self.words.moment(one.settled_at), one.note,
            )  # fmt: skip

    def _roll(self) -> Rows:
        for motion in self.record.motions:
            for cast in motion.votes:
                gone = self.words.moment(cast.withdrawn_at) if cast.withdrawn_at else ""
                yield motion.number, cast.person.name, self._say(f"choice.{cast.choice}"), gone

    def _overrides(self) -> Rows:
        for one in self.record.overrides:
            yield (
                one.project, one.title.in_(self.text.language), self.tables.choice(one),
                self._priced(one.price), one.reason, ", ".join(one.enters), ", ".join(one.leaves),
                one.signed_by.name, self.words.moment(one.signed_at), one.freeze,
            )  # fmt: skip

    def _budget(self) -> Rows:
        for one in self.record.totals.spent:
            left = None if one.limit is None else figures.left(one)
            name, period = self.words.envelope(one.envelope), self.words.period(one.label)
            yield name, period, one.granted, one.limit, one.carried, left

    def _attendance(self) -> Rows:
        for one in self.record.attendance:
            standing = self._say(f"attendance.{'member' if one.is_member else 'guest'}")
            if not one.stays:
                yield one.person.name, standing, self._say("attendance.absent"), "", one.note
            for stay in one.stays:
                until = self.words.moment(stay.until or self.record.closed_at)
                yield one.person.name, standing, self.words.moment(stay.since), until, one.note

    def _weights(self) -> Rows:
        for one in self.record.weights:
            yield one.title.in_(self.text.language), one.share

    def _integrity(self) -> Rows:
        record, proof = self.record, self.record.proof
        yield self._say("integrity.record"), hashlib.sha256(records.to_json(record)).hexdigest()
        yield self._say("integrity.question"), proof.question
        yield self._say("integrity.posed"), proof.posed
        yield self._say("integrity.solver"), proof.solver
        for one in record.freezes:
            yield self._say("freeze.number", n=one.number), one.sha256
        yield self._say("book.lines"), str(record.anchor.count)
        yield self._say("book.last"), self.words.moment(record.anchor.at)
        yield self._say("book.head"), record.anchor.head

    def _priced(self, price: float | None) -> Value:
        return round(price) if price is not None and self.record.unit == "money" else price

    def _yes(self, is_so: bool) -> str:
        return self._say(f"book.{'yes' if is_so else 'no'}")

    def _sheet(self, name: str, columns: Columns, rows: Rows) -> Sheet:
        heads = tuple(Column(self._say(key), kind) for key, kind in columns)
        return Sheet(self._say(f"book.{name}"), heads, tuple(rows))

    def _say(self, key: str, **facts: object) -> str:
        return self.text(f"minutes.{key}", **facts)
