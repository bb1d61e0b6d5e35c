"""The committee's letter to one lead as a paper: the decision, why in figures, the way back."""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from data.exporters.paper import Block, Heading, Paper, Points, Said, Signatures, Table
from data.journal import Anchor
from portfolio.decision import Verb
from portfolio.record import Imposed, WhyNot
from portfolio.record_figures import all_money
from portfolio.reply import Reply
from views import format as written
from views.journal_words import printed
from views.paper_words import PaperWords, of_reply
from views.text import Text

DATED = (Verb.DEFERRED, Verb.PAUSED)


def paper(reply: Reply, language: Literal["fr", "en"]) -> Paper:
    """The whole letter: the same for the same reply."""
    text = Text(language)
    said = Letter(reply, of_reply(text, reply))
    return Paper(
        language,
        text("reply.title", project=said.words.project(reply.decided.project)),
        text("minutes.author"),
        reply.on,
        text("minutes.running", cycle=reply.cycle_title.in_(language), meeting=reply.meeting,
             day=reply.on),
        (text("minutes.page"), text("minutes.of")),
        tuple(said.blocks()),
        address=tuple(said.address()),
        banner=text("common.demo_banner") if reply.is_illustrative else "",
    )  # fmt: skip


class Letter:
    """One reply in the words of one language."""

    def __init__(self, reply: Reply, words: PaperWords) -> None:
        """Take the reply, and its words."""
        self.reply, self.decided, self.words, self.text = reply, reply.decided, words, words.text

    def address(self) -> Iterator[str]:
        """To whom, of which service, and when."""
        name = self.decided.lead.name
        lines = [self._say("attention", name=name) if name else "", self.decided.service]
        yield from (line for line in lines if line)
        yield self._say("dated", day=self.reply.on)

    def blocks(self) -> Iterator[Block]:
        """Every part, in order."""
        if self.decided.lead.name:
            yield Said(self._say("hello", name=self.decided.lead.name))
        yield Said(self.answer(), "answer")
        for part in (self._conditions, self._reason, self._money, self._why, self._way, self._fact):
            yield from part()
        yield Signatures((self._say("end.name", name=self.reply.facilitator.name),))
        yield from self._source()

    def answer(self) -> str:
        """The decision, in one sentence."""
        one = self.decided
        is_open = one.verb in DATED and one.until is None
        return self._say(
            f"answer.{one.verb}{'_open' if is_open else ''}",
            variant=one.variant_title or one.variant,
            start=self.words.period(one.start) if one.start else "",
            amount=one.amount,
            until=one.until,
        )

    def _conditions(self) -> Iterator[Block]:
        if self.decided.conditions:
            yield self._head("conditions")
            yield Said(self.decided.conditions)

    def _reason(self) -> Iterator[Block]:
        one = self.decided
        yield self._head("reason")
        yield Said(one.reason)
        side = "in" if one.verb.goes_ahead else "out"
        facts = {"price": self.words.worth(one.price), "signed": one.signed_by.name}
        lines = []
        if imposed := self.reply.imposed:
            lines.append(self._imposed(imposed))
        if not (imposed and one.is_planned):
            key = f"reason.{'planned' if one.is_planned else 'apart'}_{side}"
            lines.append(self._say(key, **facts))
        if one.motion:
            lines.append(self._say("reason.vote", n=one.motion))
        yield Said(" ".join(lines))

    def _imposed(self, one: Imposed) -> str:
        facts = {"price": self.words.worth(one.price), "signed": one.signed_by.name}
        side = "in" if one.is_in else "out"
        return self._say(f"reason.imposed_{side}", reason=one.reason.rstrip(" ."), **facts)

    def _money(self) -> Iterator[Block]:
        grants = [grant for grant in self.decided.grants if grant.amount]
        if not grants:
            return
        yield self._head("money")
        yield Said(self._say("money.sentence", amount=self.decided.amount))
        heads = tuple(self._say(f"money.{name}") for name in ("envelope", "period", "amount"))
        rows = tuple(
            (
                self.words.envelope(grant.envelope),
                self.words.period(self.reply.periods[grant.period]),
                written.money(grant.amount, self.text.language),
            )
            for grant in grants
        )
        yield Table(heads, rows, frozenset({2}), (4, 1, 2))

    def _why(self) -> Iterator[Block]:
        why = self.decided.why_not
        if why is None:
            return
        yield self._head("why")
        if why.left_out:
            yield Said(self._say("why.left_out", why=self._left_out(why.left_out)))
            return
        if why.lack is None and self.reply.imposed is not None and not self.reply.imposed.is_in:
            yield Said(self._say("why.forced_out"))
            return
        yield Said(" ".join(self._lacks(why)))
        if why.displaces:
            yield Said(self._say("why.displaces"))
            yield Points(tuple(map(self.words.project, why.displaces)))

    def _left_out(self, why: str) -> str:
        key = f"left_out.{why}"
        return self._say(key if self.text.has(f"reply.{key}") else "left_out.other")

    def _lacks(self, why: WhyNot) -> Iterator[str]:
        if self.decided.value is not None:
            points = self.text("minutes.price.points", n=round(self.decided.value, 2))
            yield self._say("why.value", value=points)
        if why.lack is None:
            yield self._say("why.lack_none")
        elif why.lack_high == 0:
            yield self._say("why.lack_even")
        else:
            yield self._say("why.lack", lack=self._lack(why.lack, why.lack_high))
        for name in ("rules", "limits"):
            labels = [self.words.limit(label) for label in getattr(why, name)]
            if labels:
                yield self._say(f"why.{name}", **{name: self.words.listed(dict.fromkeys(labels))})

    def _lack(self, low: float, high: float | None) -> str:
        if high == low:
            return self.words.worth(low)
        if high is None:
            return self._say("why.least", low=self.words.worth(low))
        return self._say("why.between", low=self.words.worth(low), high=self.words.worth(high))

    def _way(self) -> Iterator[Block]:
        why, verb = self.decided.why_not, self.decided.verb
        imposed = self.reply.imposed
        if verb.goes_ahead or (why is None and not self.decided.was_planned):
            return
        yield self._head("way")
        if imposed is not None and not imposed.is_in:
            yield Said(self._say("way.forced_out"))
        elif why is None:
            yield Said(self._say("way.imposed"))
        elif why.left_out:
            yield Said(self._say("way.left_out"))
        else:
            yield from self._ways(why)

    def _ways(self, why: WhyNot) -> Iterator[Block]:
        """The shortest first, then the others."""
        if why.shortest == "days":
            yield from self._days(why)
            return
        ways = {"cut": self._cut(why), "money": " ".join(self._raises(why))}
        known = {name: told for name, told in ways.items() if told}
        if not known:
            yield Said(self._say("way.none"))
            return
        first = why.shortest if why.shortest in known else next(iter(known))
        yield Said(known[first], "answer")
        others = tuple(told for name, told in known.items() if name != first)
        if others:
            yield Said(self._say("way.other"))
            yield Points(others)

    def _cut(self, why: WhyNot) -> str:
        if why.cut is None:
            return ""
        facts = {"saved": why.cut.saved, "share": why.cut.share, "variant": why.cut.variant}
        return self._say("way.cut" if why.cut.variant else "way.cut_only", **facts)

    def _raises(self, why: WhyNot) -> Iterator[str]:
        """More money, an envelope each."""
        for envelope, run in groupby(why.money, key=lambda one: one.envelope):
            spread = [(one.amount, self.words.period(one.period)) for one in run]
            more, name = sum(cents for cents, _ in spread), self.words.envelope(envelope)
            facts = {"more": more, "name": name}
            if len(spread) == 1:
                yield self._say("way.money_once", period=spread[0][1], **facts)
            else:
                parts = [self._say("way.money_part", amount=n, period=at) for n, at in spread]
                yield self._say("way.money", parts=self.words.joined(parts), **facts)

    def _days(self, why: WhyNot) -> Iterator[Block]:
        """More of the teams, a line each, and the money that is needed beside them."""
        told = []
        for team, run in groupby(why.days, key=lambda one: one.team):
            spread = [(round(one.days, 1), self.words.period(one.period)) for one in run]
            parts = [self._say("way.days_part", n=n, period=period) for n, period in spread]
            facts = {"team": self.words.team(team), "parts": self.words.joined(parts)}
            told.append(self._say("way.days", **facts))
        told.extend(self._raises(why))
        whole = {"n": round(sum(one.days for one in why.days), 1), "more": all_money(why)}
        yield Said(self._say("way.days_money" if why.money else "way.days_all", **whole), "answer")
        yield Points(tuple(told))

    def _fact(self) -> Iterator[Block]:
        yield self._head("fact")
        yield Said(self._say("fact.until", day=self.reply.correction_until))
        yield Said(self._say("fact.write", name=self.reply.facilitator.name))

    def _source(self) -> Iterator[Block]:
        reply = self.reply
        yield Said(self._say("end.source", meeting=reply.meeting, day=reply.on,
                             number=reply.record, sha256=reply.sha256), "quiet")  # fmt: skip
        anchor = Anchor(reply.anchor.count, reply.anchor.head, reply.anchor.at)
        yield Said(printed(self.text, anchor), "quiet")

    def _head(self, part: str) -> Heading:
        return Heading(self._say(f"{part}.head"))

    def _say(self, key: str, **facts: object) -> str:
        return self.text(f"reply.{key}", **facts)
