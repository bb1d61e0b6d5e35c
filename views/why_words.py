"""Why a project is in or out, in words: the same on the page, in the table and in the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

from services.why_card import Card, Cut, Days, Lack, Other, Paths, Raise, Unit
from views.desk import Desk
from views.look import tokens
from views.look.components import plain, said
from views.parts import joined
from views.plan_words import MOODS, PlanWords

NAMED = 4  # rules quoted in one sentence


@dataclass(frozen=True)
class WhyWords:
    """The words of one card."""

    words: PlanWords
    card: Card

    @property
    def desk(self) -> Desk:
        return self.words.desk

    def heading(self) -> str:
        """« P23 · Refonte du portail – ■ écarté »."""
        line = self.card.line
        fate = f"{tokens.SIGNS[MOODS[line.fate]]} {self.desk.text(f'why.fate.{line.fate}')}"
        return self.desk.text("why.heading", project=self.words.project(line.project), fate=fate)

    def answer(self) -> str:
        """The card's first line: what it lacks and the ways in, or what it brings."""
        return self._inside() if self.card.is_in else self._outside()

    def lack(self, lack: Lack | None) -> str:
        """« 3,4 points »; the interval where it was not proved."""
        return lack_words(self.desk, lack, self.card.unit)

    def shortest(self, paths: Paths) -> str:
        """« Le plus court chemin : la variante « minimale » entre si … »; empty for none."""
        text, way = self.desk.text, paths.shortest
        if way is None:
            return ""
        if isinstance(way, Raise):
            name, when = self.words.envelope(way.envelope), self.words.periods(way.periods)
            told = text("why.card.shortest_raise", more=way.total, name=name, when=when)
        else:
            key = "shortest_cut_variant" if len(paths.cuts) > 1 else "shortest_cut"
            facts = {"saved": way.saved, "share": way.share, "variant": self.variant(way)}
            told = text(f"why.card.{key}", **facts)
        return text("why.card.shortest", way=told)

    def ways(self) -> list[str]:
        """Each way in, as Markdown."""
        text, card = self.desk.text, self.card
        lines = []
        if card.lack is not None and not isinf(card.lack.low):
            lines.append(said(text("why.card.way_value", lack=self.lack(card.lack))))
        if card.paths is None:
            return lines
        is_many = len(card.paths.cuts) > 1
        for cut in card.paths.cuts:
            if cut.share is not None or (is_many and card.paths.is_complete):
                lines.append(self._cut(cut, is_many))
        lines += map(self._raise, card.paths.raises)
        return [*lines, *self._room(card.paths)]

    def others(self, linked: Sequence[Other]) -> list[str]:
        """« P17 · Titre (2,1 points) », the value only for those who may read it."""
        return [self._other(other) for other in linked]

    def rules(self) -> list[str]:
        """The rules that keep it in or out, as Markdown."""
        return [plain(self.words.limit(label)) for label in self.card.rules]

    def blocked(self) -> list[str]:
        """The limits that stop it as the plan stands, as Markdown."""
        return [self.words.bound(bound) for bound in self.card.blocked]

    def codes(self) -> str:
        """The codes of those that change places with it."""
        return joined(self.desk, [other.project for other in self.card.others])

    def variant(self, cut: Cut) -> str:
        """The title of the variant."""
        return self.words.variant(self.card.line.project, cut.variant)

    def _inside(self) -> str:
        text, card = self.desk.text, self.card
        when = self.words.period(card.line.start)
        if card.lack is None:
            return text("why.answer.in_held", when=when)
        if card.is_even:
            key = "in_even_for" if card.others else "in_even"
            return text(f"why.answer.{key}", when=when, codes=self.codes())
        return text("why.answer.in", when=when, lack=self.lack(card.lack))

    def _outside(self) -> str:
        text, card = self.desk.text, self.card
        if card.is_even:
            key = "out_even_for" if card.others else "out_even"
            return text(f"why.answer.{key}", codes=self.codes())
        ways = self._short_ways()
        if card.lack is None and not ways:
            return text(f"why.answer.out_rules{'' if card.rules else '_unknown'}")
        key = "out" if card.lack is None or ways else "out_lack"
        lack = [] if card.lack is None else [self.lack(card.lack)]
        told = text("why.or").join([*lack, *ways])
        return text(f"why.answer.{key}", ways=told, lack=told)

    def _short_ways(self) -> list[str]:
        """The least cut and the least money, in a few words each."""
        text, paths = self.desk.text, self.card.paths
        if paths is None:
            return []
        ways = []
        if paths.cut is not None:
            ways.append(text("why.way.cut", saved=paths.cut.saved, share=paths.cut.share))
        for more in paths.raises[:1]:
            name, when = self.words.envelope(more.envelope), self.words.periods(more.periods)
            ways.append(text("why.way.raise", more=more.total, name=name, when=when))
        if paths.room is not None and not paths.room.money:
            ways.append(joined(self.desk, [self._days(one) for one in paths.room.days]))
        return ways

    def _room(self, paths: Paths) -> list[str]:
        """What more of the teams would do, and the money it takes beside."""
        text, room = self.desk.text, paths.room
        if room is None:
            return []
        days = [self._days(one, "days_bold") for one in room.days]
        more = [
            text(
                "why.way.raise",
                more=one.total,
                name=plain(self.words.envelope(one.envelope)),
                when=self.words.periods(one.periods),
            )
            for one in room.money
        ]
        return [said(joined(self.desk, [*days, *more]))]

    def _days(self, one: Days, part: str = "days_part") -> str:
        """« 5 jours-personnes de plus à l'équipe Cybersécurité en 2028 »."""
        text = self.desk.text
        parts = [
            text(f"why.way.{part}", n=round(number, 1), when=self.words.period(at))
            for at, number in one.by_period.items()
        ]
        name = self.words.team(one.team)
        shown = plain(name) if part == "days_bold" else name
        return text("why.way.days", name=shown, parts=joined(self.desk, parts))

    def _cut(self, cut: Cut, is_many: bool) -> str:
        text, variant = self.desk.text, plain(self.variant(cut))
        if cut.share is None:
            return said(text("why.card.way_cut_never", variant=variant, cost=cut.cost))
        key = "way_cut_variant" if is_many else "way_cut"
        facts = {"saved": cut.saved, "cost": cut.cost, "share": cut.share, "variant": variant}
        return said(text(f"why.card.{key}", **facts))

    def _raise(self, more: Raise) -> str:
        text = self.desk.text
        parts = [
            text("why.card.way_raise_part", more=more.by_period[at], when=self.words.period(at))
            for at in more.periods
        ]
        name = plain(self.words.envelope(more.envelope))
        when = self.words.periods(more.periods)
        key = "way_raise" if len(parts) > 1 else "way_raise_once"
        facts = {"more": more.total, "name": name, "parts": joined(self.desk, parts), "when": when}
        return said(text(f"why.card.{key}", **facts))

    def _other(self, other: Other) -> str:
        name = self.words.project(other.project)
        if other.value is None:
            return name
        count = round(other.value, 1)
        return self.desk.text("why.card.other", project=name, value=count, count=count)


def lack_words(desk: Desk, lack: Lack | None, unit: Unit) -> str:
    """« 3,4 points », « de 2 à 5 points », « au moins 2 points »."""
    if lack is None:
        return desk.text("why.lack.unknown")
    if lack.is_exact:
        return desk.text(f"why.lack.{unit}", n=figure(lack.amount, unit), count=lack.amount)
    low = figure(lack.low, unit)
    if isinf(lack.high):
        return desk.text(f"why.lack.{unit}_least", low=low, count=lack.low)
    return desk.text(f"why.lack.{unit}_between", low=low, high=figure(lack.high, unit))


def figure(amount: float, unit: Unit) -> float:
    """No more figures than a reader can use."""
    if unit == "money":
        return amount
    return round(amount, 1 if abs(amount) >= 1 else 2)
