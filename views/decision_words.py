"""What was decided, in words: verbs, amounts, and why a project does not go ahead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portfolio.cycle import Cycle
from portfolio.decision import Decision, Grant, Verb
from portfolio.record import Effort, Money, Unit, WhyNot
from portfolio.rules import Label
from services.why_card import Lack
from views import sentences
from views.desk import Desk
from views.look import tokens
from views.look.components import Mood
from views.parts import joined
from views.why_words import lack_words

MOODS: Mapping[Verb, Mood] = {
    Verb.APPROVED: "good", Verb.CONDITIONAL: "good", Verb.ACCELERATED: "good",
    Verb.DEFERRED: "warning", Verb.SENT_BACK: "warning", Verb.PAUSED: "warning",
    Verb.REFUSED: "bad", Verb.TERMINATED: "bad",
}  # fmt: skip
QUOTED = 4  # rules and projects named in one sentence


@dataclass(frozen=True)
class DecisionWords:
    """The words of one cycle's decisions; ``titles`` of projects by their codes."""

    desk: Desk
    cycle: Cycle
    titles: Mapping[str, str]

    def verb(self, verb: Verb) -> str:
        """« ● approuvé »: a sign, then a word."""
        return f"{tokens.SIGNS[MOODS[verb]]} {self.desk.text(f'decisions.verb.{verb}')}"

    def project(self, code: str) -> str:
        """« P23 · Refonte du portail »."""
        return f"{code} · {self.titles[code]}" if code in self.titles else code

    def projects(self, codes: Sequence[str]) -> str:
        """« P17 et P40 », « P17, P40 et 3 autres »."""
        if len(codes) <= QUOTED:
            return joined(self.desk, codes)
        shown, n = ", ".join(codes[:QUOTED]), len(codes) - QUOTED
        return self.desk.text("decisions.and_more", codes=shown, n=n)

    def envelope(self, code: str) -> str:
        """The envelope's title."""
        titles = {e.code: e.title for e in self.cycle.envelopes}
        return titles[code].in_(self.desk.language) if code in titles else code

    def team(self, code: str) -> str:
        """The team's title."""
        titles = {t.code: t.title for t in self.cycle.teams}
        return titles[code].in_(self.desk.language) if code in titles else code

    def period(self, label: str) -> str:
        """The period of that label, as people write it."""
        if not label:
            return ""
        return self.desk.period(self.cycle.horizon, self.cycle.horizon.period(label))

    def rule(self, label: Label) -> str:
        """A rule, a row of it, or what a limit is on, with the names people use."""
        text, (kind, *parts) = self.desk.text, label
        name = {"envelope": self.envelope, "team": self.team}.get(kind)
        if name is not None:
            parts[0] = name(parts[0])
            if len(parts) == 1:
                return text(f"scenarios.about.{kind}", name=parts[0])
        if kind in ("floor", "ceiling"):
            return self._grouped(kind, *parts)
        if not text.has(f"plan.row.{kind}") or (kind, len(parts)) == ("at-most-starts", 0):
            return ", ".join(label)
        return sentences.rule(text, (kind, *parts), self.cycle.horizon)

    def _grouped(self, kind: str, of: str, group: str = "") -> str:
        text, key = self.desk.text, f"scenarios.of.{of}"
        where = group.rpartition("=")[2]
        shown = text(key) if text.has(key) else of
        return text(f"scenarios.{kind}{'_of' if where else ''}", of=shown, group=where)

    def rules(self, labels: Sequence[Label]) -> str:
        """The first ones, in words."""
        return joined(self.desk, [self.rule(label) for label in labels[:QUOTED]])

    def points(self, amount: float, unit: Unit) -> str:
        """« 3,4 points », « 120 000 $ »: an amount of the objective."""
        return lack_words(self.desk, Lack(amount, amount, amount), unit)

    def way(self, variant: str, start: str) -> str:
        """« variante base, dès 2028 »; empty where it is not done."""
        if not start:
            return ""
        return self.desk.text("decisions.way", variant=variant, start=self.period(start))

    def grants(self, grants: Iterable[Grant]) -> list[tuple[str, str, int]]:
        """(envelope, period, cents), in order."""
        return [
            (self.envelope(g.envelope), self.desk.period(self.cycle.horizon, g.period), g.amount)
            for g in grants
        ]

    def planned(self, word: str, variant: str, start: str) -> str:
        """What the plan says: « retenu, variante base, dès 2028 », « écarté »."""
        if word != "in":
            return self.desk.text(f"decisions.plan.{word}")
        return self.desk.text("decisions.plan.in", way=self.way(variant, start))

    def reason_in(self) -> str:
        """What the lead of a project that the plan takes is told."""
        return self.desk.text("decisions.reason.in")

    def reason_out(self, why: WhyNot | None, unit: Unit) -> str:
        """What the lead of a project that the plan leaves out is told: the figures, then a way."""
        return " ".join(self.why_not(why, unit))

    def why_not(self, why: WhyNot | None, unit: Unit) -> list[str]:
        """Why it is not in the plan, a sentence each; the shortest way back last."""
        text = self.desk.text
        if why is None:
            return [text("decisions.reason.out")]
        if why.left_out:
            return [text(f"decisions.reason.left_out_{why.left_out.replace('-', '_')}")]
        told = []
        if why.lack is not None:
            lost = lack_words(
                self.desk, Lack(why.lack, why.lack, why.lack_high or why.lack), unit
            )
            told.append(text("decisions.reason.lack", lack=lost))
        elif why.rules:
            told.append(text("decisions.reason.rules", rules=self.rules(why.rules)))
        else:
            told.append(text("decisions.reason.out"))
        if why.displaces:
            told.append(text("decisions.reason.instead", codes=self.projects(why.displaces)))
        if why.limits:
            told.append(text("decisions.reason.limits", rules=self.rules(why.limits)))
        way = self.shortest(why)
        return [*told, way] if way else told

    def shortest(self, why: WhyNot) -> str:
        """« Le plus court chemin : … »; empty when none is known."""
        text = self.desk.text
        if why.shortest == "cut" and why.cut is not None:
            facts = {"saved": why.cut.saved, "share": why.cut.share, "variant": why.cut.variant}
            return text("decisions.reason.cut", **facts)
        if why.shortest == "money":
            return text("decisions.reason.money", more=self.money(why.money))
        if why.shortest == "days":
            more = [*self._days(why.days), *([self.money(why.money)] if why.money else ())]
            return text("decisions.reason.days", more=joined(self.desk, more))
        return ""

    def _days(self, more: Sequence[Effort]) -> Iterator[str]:
        """« 85 jours-personnes de plus à l'équipe Intégration (2028, 2029) », a team each."""
        for team, run in groupby(more, key=lambda one: one.team):
            each = list(run)
            yield self.desk.text(
                "decisions.reason.days_of", n=round(sum(one.days for one in each), 1),
                team=self.team(team), when=", ".join(self.period(one.period) for one in each),
            )

    def money(self, more: Sequence[Money]) -> str:
        """« 210 k$ à l'enveloppe PDI (2028, 2029) »."""
        text, told = self.desk.text, []
        for envelope, run in groupby(more, key=lambda one: one.envelope):
            each = list(run)
            when = ", ".join(self.period(one.period) for one in each)
            total = self.desk.money(sum_of(each), compact=True)
            name = self.envelope(envelope)
            told.append(text("decisions.reason.money_of", more=total, name=name, when=when))
        return joined(self.desk, told)

    def mark(self, made: Decision) -> str:
        """« s'écarte du plan »; empty where it says the same."""
        return "" if made.is_planned else self.desk.text("decisions.differs")


def sum_of(more: Iterable[Money]) -> int:
    """Cents, over all periods."""
    return sum(one.amount for one in more)
