"""What a meeting's papers speak of, in the words of one language: projects, prices, moments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portfolio.clock import HERE
from portfolio.horizon import Horizon
from portfolio.record import Proceedings, Unit
from portfolio.reply import Reply, envelopes
from portfolio.rules import Label
from portfolio.words import Bilingual
from views import format as written
from views import sentences
from views.text import Text


@dataclass(frozen=True)
class PaperWords:
    """The words of one record, or of one reply made from it.

    titles, envelopes, teams   by code
    """

    text: Text
    unit: Unit
    horizon: Horizon
    titles: Mapping[str, Bilingual]
    envelopes: Mapping[str, Bilingual]
    teams: Mapping[str, Bilingual]

    def money(self, cents: int) -> str:
        """« 1 234 k$ »."""
        return written.money(cents, self.text.language, compact=True)

    def worth(self, amount: float | None) -> str:
        """« 3,4 points », « 12 000 $ »: a price or a value in the record's unit."""
        if amount is None:
            return self.text("minutes.none")
        shown = round(amount) if self.unit == "money" else round(amount, 2)
        return self.text(f"minutes.price.{self.unit}", n=shown)

    def project(self, code: str) -> str:
        """« P23 · Refonte du portail »; the code alone where the title is not known."""
        title = self.titles.get(code)
        return f"{code} · {title.in_(self.text.language)}" if title else code

    def envelope(self, code: str) -> str:
        """The envelope's title."""
        return self._titled(self.envelopes, code)

    def team(self, code: str) -> str:
        """The team's title."""
        return self._titled(self.teams, code)

    def _titled(self, titles: Mapping[str, Bilingual], code: str) -> str:
        title = titles.get(code)
        return (title.in_(self.text.language) if title else "") or code

    def period(self, label: str) -> str:
        """« 2027 », « 2027 T3 » from a period's label."""
        return written.period(self.horizon, self.horizon.period(label), self.text.language)

    def limit(self, label: Label) -> str:
        """A rule's row, a whole rule, or what a limit is on, in words."""
        kind, *parts = label
        name = {"envelope": self.envelope, "team": self.team}.get(kind)
        if name is not None:
            parts[0] = name(parts[0])
        if kind in ("envelope", "team") and len(parts) == 1:
            return self.text(f"scenarios.about.{kind}", name=parts[0])
        if kind in ("floor", "ceiling"):
            return self._grouped(kind, *parts)
        if not self.text.has(f"plan.row.{kind}"):
            return ", ".join(label)
        return sentences.rule(self.text, (kind, *parts), self.horizon)

    def _grouped(self, kind: str, of: str, group: str = "") -> str:
        key = f"scenarios.of.{of}"
        name = self.text(key) if self.text.has(key) else of
        group = group.rpartition("=")[2]
        return self.text(f"scenarios.{kind}{'_of' if group else ''}", of=name, group=group)

    def hour(self, at: str) -> str:
        """« 14 h 30 », on the city's clock."""
        here = datetime.fromisoformat(at).astimezone(HERE)
        return self.text("minutes.hour", h=str(here.hour), m=f"{here.minute:02d}")

    def moment(self, at: str) -> str:
        """« 2027-03-01 14:30 », on the city's clock; « – » for none."""
        return written.moment(datetime.fromisoformat(at)) if at else self.text("minutes.none")

    def joined(self, words: Sequence[str]) -> str:
        """« a, b et c »."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.text('parts.and')} {words[-1]}"

    def listed(self, words: Iterable[str]) -> str:
        """« a ; b ; c »: for words that hold commas."""
        return self.text("minutes.semicolon").join(words)

    def or_none(self, said: str) -> str:
        """What is said, or a dash."""
        return said or self.text("minutes.none")


def of_record(text: Text, record: Proceedings) -> PaperWords:
    """The words of a whole record."""
    titles = {one.project: one.title for one in (*record.overrides, *record.decisions)}
    return PaperWords(text, record.unit, _horizon(record), titles, envelopes(record), record.teams)


def of_reply(text: Text, reply: Reply) -> PaperWords:
    """The words of one reply."""
    return PaperWords(text, reply.unit, _horizon(reply), reply.titles, reply.envelopes, reply.teams)


def _horizon(of: Proceedings | Reply) -> Horizon:
    start = int(of.periods[0].partition("-")[0])
    return Horizon(start, len(of.periods), of.per_year)
