"""What the public pages say of a dossier: its figures, codes and rules as people read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from portfolio.errors import Invalid
from portfolio.public_dossier import (
    Label,
    PublicDossier,
    PublicProject,
    Weighed,
    WhyOut,
)
from portfolio.words import Bilingual
from views import format as written
from views import sentences
from views.text import Text

ROOT = "/public"


def address(language: str, *parts: str, **query: str) -> str:
    """The address of a public page in a language; each part may hold any sign."""
    asked = ({"lang": language} if language != "fr" else {}) | query
    tail = "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items())
    path = "/".join((ROOT, *(quote(part, safe="") for part in parts)))
    return (path if parts else f"{ROOT}/") + (f"?{tail}" if tail else "")


@dataclass(frozen=True)
class Words:
    """The words of one dossier in one language."""

    text: Text
    dossier: PublicDossier

    @property
    def language(self) -> str:
        return self.text.language

    def to(self, *parts: str, **query: str) -> str:
        """The address of a page of the dossier."""
        return address(self.language, self.dossier.cycle, *parts, **query)

    def file(self, path: str) -> str:
        """The address of a file, which is of no language."""
        return "/".join((ROOT, quote(self.dossier.cycle, safe=""), path))

    def said(self, words: Bilingual) -> str:
        """The text in the language."""
        return words.in_(self.language)

    def title(self, code: str) -> str:
        """« P23 · Refonte du portail »; the bare code of a project unknown here."""
        found = self.dossier.project(code)
        return f"{code} · {self.said(found.title)}" if found else code

    def money(self, cents: int, *, compact: bool = False) -> str:
        """``1 234 567 $``."""
        return written.money(cents, self.language, compact=compact)

    def number(self, value: float | None, decimals: int = 1) -> str:
        """``12,0``; a dash for what is not known."""
        if value is None:
            return "–"
        return written.number(round(value, decimals), self.language, decimals=decimals)

    def share(self, value: float) -> str:
        """``12,5 %``."""
        return written.percent(value, self.language)

    def day(self, value: date) -> str:
        """``22 novembre 2026``."""
        return written.day(value, self.language, long=True)

    def moment(self, value: str) -> str:
        """``2026-11-22 14:30``."""
        return written.moment(datetime.fromisoformat(value))

    def period(self, label: str) -> str:
        """``2027``, ``2027 T3``; a label that is not of the horizon as it stands."""
        try:
            return written.period(self.dossier.horizon, self.dossier.horizon.period(label),
                                  self.language)  # fmt: skip
        except Invalid:
            return label

    def envelope(self, code: str) -> str:
        """The envelope's title."""
        found = {e.code: e.title for e in self.dossier.envelopes}
        return self.said(found[code]) if code in found else code

    def team(self, code: str) -> str:
        """The team's title."""
        found = dict(self.dossier.teams)
        return self.said(found[code]) if code in found else code

    def criterion(self, key: str) -> str:
        """The criterion's title."""
        found = {c.key: c.title for c in self.dossier.criteria}
        return self.said(found[key]) if key in found else key

    def verb(self, project: PublicProject) -> str:
        """« Approuvé avec conditions »."""
        return self.text(f"public.verb.{project.verb}")

    def category(self, project: PublicProject) -> str:
        """Why the project exists."""
        return self.text(f"proposals.category.{project.category}")

    def answer(self) -> str:
        """« Le comité retient 38 projets sur 60, pour 61,4 M$ de 2027 à 2031. »"""
        found, years = self.dossier, self.dossier.years
        ends = {"first": years[0].label, "last": years[-1].label}
        span = self.text(f"public.dossier.span_{'one' if len(years) == 1 else 'many'}", **ends)
        return self.text("public.dossier.answer", done=len(found.done), of=len(found.projects),
                         cost=found.cents, span=span)  # fmt: skip

    def price(self, amount: float, meeting: int) -> str:
        """What was lost, in the unit in which that meeting counted."""
        unit = next((s.unit for s in self.dossier.sittings if s.number == meeting), "points")
        if unit == "money":
            return self.money(round(amount), compact=True)
        return self.text("public.dossier.points", n=round(amount, 1))

    def rule(self, label: Label) -> str:
        """A rule's label in words, with the names people use."""
        kind, *parts = label
        if kind == "envelope" and parts:
            parts[0] = self.envelope(parts[0])
        elif kind == "team" and parts:
            parts[0] = self.team(parts[0])
        elif kind in ("floor", "ceiling"):
            return self._bound(kind, parts)
        if len(parts) == 1 and kind in ("envelope", "team"):
            return parts[0]
        return sentences.rule(self.text, (kind, *parts), self.dossier.horizon)

    def _bound(self, kind: str, parts: Sequence[str]) -> str:
        of, group = (*parts, "", "")[:2]
        key, (grid, _, tag) = f"scenarios.of.{of}", group.partition("=")
        name = self.text(key) if self.text.has(key) else of
        where = self.criterion(tag) if grid == "ambition" else group
        return self.text(f"scenarios.{kind}{'_of' if group else ''}", of=name, group=where)

    def rules(self, labels: Iterable[Label]) -> str:
        """Several rules in one enumeration."""
        return self.text("minutes.semicolon").join(dict.fromkeys(map(self.rule, labels)))

    def codes(self, codes: Iterable[str]) -> str:
        """Several projects, by their codes."""
        return ", ".join(codes)

    def why(self, project: PublicProject) -> list[str]:
        """Why it is not done, in sentences: what it would cost, and what stands in its way."""
        text, why = self.text, project.why_out
        if why is None:
            return [text("public.project.no_figures")]
        if why.left_out:
            return [text("public.project.left_out",
                         why=text(f"public.project.left_{why.left_out}"))]  # fmt: skip
        lines = [self._lack(why, project.meeting)]
        if why.displaces:
            lines.append(text("public.project.displaces", codes=self.codes(why.displaces)))
        if why.rules:
            lines.append(text("public.project.rules", what=self.rules(why.rules)))
        if why.limits:
            lines.append(text("public.project.limits", what=self.rules(why.limits)))
        return lines

    def _lack(self, why: WhyOut, meeting: int) -> str:
        if why.lack is None:
            return self.text("public.project.impossible")
        if why.lack <= 0:
            return self.text("public.project.lack_none")
        return self.text("public.project.lack", price=self.price(why.lack, meeting))

    def ways(self, why: WhyOut | None) -> list[tuple[str, bool]]:
        """What would bring it in, in sentences; whether each is the shortest way."""
        if why is None:
            return []
        text, found = self.text, []
        if why.cut is not None:
            key = "cut_variant" if why.cut_variant not in ("", "base") else "cut"
            found.append(("cut", text(f"public.project.{key}", variant=why.cut_variant,
                                      share=why.cut, saved=why.saved or 0)))  # fmt: skip
        if more := self._more(why):
            together = "all" if len(more) > 1 else "one"
            facts = {"more": text("minutes.semicolon").join(more)}
            told = text(f"public.project.with_{together}", **facts)
            found.append(("days" if why.days else "money", told))
        return [(sentence, way == why.shortest) for way, sentence in found]

    def _more(self, why: WhyOut) -> list[str]:
        """What is needed more, all of it at once: of teams and money beside, or of one envelope."""
        days = [
            self.text("public.project.days", days=round(d.days, 1), team=self.team(d.team),
                      period=self.period(d.period))
            for d in why.days
        ]  # fmt: skip
        return days + [
            self.text("public.project.more", cents=m.cents, envelope=self.envelope(m.envelope),
                      period=self.period(m.period))
            for m in why.money
        ]  # fmt: skip

    def levels(self, one: Weighed) -> tuple[str, ...]:
        """One sentence a level of the criterion."""
        return one.levels_en if self.language == "en" and one.levels_en else one.levels_fr

    def depth(self, one: Weighed) -> int:
        """How many branches stand above the criterion."""
        above = {c.key: c.parent for c in self.dossier.criteria}
        steps, at = 0, one.parent
        while at:
            steps, at = steps + 1, above[at]
        return steps

    def reply(self, question: str, answer: str) -> tuple[str, str]:
        """A question of the gate and its answer, in words."""
        asked = next((q for q in self.dossier.questions if q.key == question), None)
        if asked is None:
            return question, answer
        words = {key: self.said(title) for key, title in asked.answers}
        return self.said(asked.title), words.get(answer, answer)
