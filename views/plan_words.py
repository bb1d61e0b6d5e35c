"""What a plan speaks of, in words: envelopes, teams, projects, limits, runs of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.rules import Label
from services.plan_view import Binding, Line
from services.scenarios import Asked
from services.why import Inquiry
from views import sentences
from views.desk import Desk
from views.look import tokens
from views.look.components import Mood, plain, said

MOODS: dict[str, Mood] = {
    "mandatory": "good",
    "imposed": "warning",
    "in": "good",
    "excluded": "bad",
    "out": "quiet",
}
KEPT_SHORT = 8  # codes quoted in a sentence before « et 4 autres »
NAMED = {"envelope", "team"}
GROUPED = {"floor", "ceiling"}


@dataclass(frozen=True)
class PlanWords:
    """The words of one question, for the person at the desk."""

    desk: Desk
    asked: Asked | Inquiry

    def envelope(self, code: str) -> str:
        """The envelope's title."""
        titles = {e.code: e.title for e in self.asked.registry.cycle.envelopes}
        return titles[code].in_(self.desk.language) if code in titles else code

    def team(self, code: str) -> str:
        """The team's title."""
        titles = {t.code: t.title for t in self.asked.registry.cycle.teams}
        return titles[code].in_(self.desk.language) if code in titles else code

    def title(self, project: str) -> str:
        """The project's title."""
        titles = {p.code: p for p in self.asked.registry.projects}
        return titles[project].title_in(self.desk.language) if project in titles else project

    def project(self, code: str) -> str:
        """« P23 · Refonte du portail des fournisseurs »."""
        return f"{code} · {self.title(code)}"

    def variant(self, project: str, code: str) -> str:
        """The title of the variant, or its code."""
        named = {p.code: p for p in self.asked.registry.projects}.get(project)
        titles = {v.code: v.title for v in named.variants} if named else {}
        return titles.get(code) or code

    def category(self, key: str) -> str:
        """Why the project exists, in one word."""
        words = f"roadmap.category.{key}"
        return self.desk.text(words) if self.desk.text.has(words) else key

    def ambition(self, key: str) -> str:
        """« 2.3 · Un numérique inclusif … »."""
        titles = {c.key: c.title for c in self.asked.scores.framework.criteria}
        return f"{key} · {titles[key].in_(self.desk.language)}" if key in titles else key

    def criterion(self, key: str) -> str:
        """« 2.3 · Un numérique inclusif … »; the title alone where the key tells people nothing."""
        if key[:1].isdigit():
            return self.ambition(key)
        found = self.asked.scores.framework.criterion(key)
        return found.title.in_(self.desk.language)

    def fate(self, line: Line) -> str:
        """« ● retenu »: a sign, then a word."""
        return f"{tokens.SIGNS[MOODS[line.fate]]} {self.desk.text(f'scenarios.fate.{line.fate}')}"

    def period(self, at: int | None) -> str:
        """« 2028 »; empty for none."""
        return "" if at is None else self.desk.period(self.asked.registry.cycle.horizon, at)

    def periods(self, at: Iterable[int]) -> str:
        """« 2028, 2030 à 2033 »."""
        return ", ".join(self._span(run) for run in _runs(sorted(set(at))))

    def codes(self, codes: Sequence[str]) -> str:
        """« P17, P40 et 4 autres »."""
        if len(codes) <= KEPT_SHORT:
            return ", ".join(codes)
        shown, more = codes[: KEPT_SHORT - 1], len(codes) - KEPT_SHORT + 1
        return self.desk.text("scenarios.and_more", codes=", ".join(shown), n=more)

    def limit(self, label: Label) -> str:
        """A limit's row, or a whole rule, in words, with the names people use."""
        kind, *parts = label
        if kind == "envelope":
            parts[0] = self.envelope(parts[0])
        elif kind == "team":
            parts[0] = self.team(parts[0])
        elif kind in GROUPED:
            return self._grouped(kind, *parts)
        horizon = self.asked.registry.cycle.horizon
        return sentences.rule(self.desk.text, (kind, *parts), horizon)

    def about(self, label: Label) -> str:
        """What the limit is on, whatever the period: « équipe Données »."""
        kind, *parts = label
        name = {"envelope": self.envelope, "team": self.team}.get(kind)
        if name is None:
            return self.limit(label)
        return self.desk.text(f"scenarios.about.{kind}", name=name(parts[0]))

    def binding(self, bound: Binding) -> str:
        """As Markdown: « **Équipe Données**, 2028 à 2030 : 12 j-p libres … ; bloque P31. »."""
        codes = self.codes(bound.keeps_out)
        return self.desk.text("scenarios.binds_line", what=self.bound(bound), codes=codes)

    def bound(self, bound: Binding) -> str:
        """As Markdown: « **Équipe Données**, 2028 à 2030 : 12 j-p libres au plus serré »."""
        kind, *parts = bound.label
        text, key = self.desk.text, f"scenarios.binds.{kind}"
        name = {"envelope": self.envelope, "team": self.team}.get(kind, str)(*parts[:1] or [""])
        room: object = round(bound.room)
        if kind == "envelope":
            room = said(self.desk.money(round(bound.room), compact=True))
        if not text.has(key):
            return f"**{plain(self.limit(bound.label))}**"
        return text(key, name=plain(name), when=self.periods(bound.periods), room=room)

    def _span(self, run: Sequence[int]) -> str:
        first, last = self.period(run[0]), self.period(run[-1])
        if len(run) < 3:
            return ", ".join(self.period(at) for at in run)
        return self.desk.text("scenarios.span", first=first, last=last)

    def _grouped(self, kind: str, of: str, group: str) -> str:
        text, key = self.desk.text, f"scenarios.of.{of}"
        grid, _, tag = group.partition("=")
        where = self.ambition(tag) if grid == "ambition" else self.codes(group.split(","))
        name = text(key) if text.has(key) else of
        return text(f"scenarios.{kind}{'_of' if group else ''}", of=name, group=where)


def _runs(periods: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in periods:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
