"""The minutes of the judgement, on the page and as a file in the language of the desk."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.evaluation import Adopted, Subject
from services import bench, minutes
from services.agenda import Agenda
from services.agreement import Stop
from services.minutes import Again, Effect, Effects, Held, Minutes
from services.scenarios import Asked
from services.tradeoffs import Working
from views import agreement_words as words
from views.desk import Desk
from views.journal_words import printed
from views.look.components import plain
from views.parts import joined, named, today

if TYPE_CHECKING:
    from data.store import Store
    from portfolio.person import Person


def effects(desk: Desk, asked: Asked) -> Working[Effects]:
    """What each round of asking anew changed, as far as it is known; begun."""
    return minutes.effects(desk.jobs, asked, begin=True)


def show(
    desk: Desk, asked: Asked, known: Effects | None, stop: Stop, found: Working[Agenda] | None
) -> None:
    """The minutes, and their file."""
    text = desk.text
    read = _read(bench.stamp(desk.store, desk.person), desk.cycle, desk.store, desk.person)
    agenda = found.result if found else None
    writing = Writing(desk, asked, read, known, stop, agenda)
    st.download_button(
        text("agreement.minutes.download"),
        writing.write(str).encode(),
        file_name=f"{text('agreement.minutes.file')}-{today().isoformat()}.md",
        mime="text/markdown",
        key="agreement_download",
        icon=":material/download:",
    )
    st.markdown(writing.write(plain))


@st.cache_resource(max_entries=16, show_spinner=False)
def _read(stamp: str, cycle: str, _store: "Store", person: "Person") -> Minutes:
    """Read again only when something in the store changed: ``stamp`` tells."""
    return minutes.minutes(_store, person, cycle)


class Writing:
    """One set of minutes, to be written for the page or for a file."""

    def __init__(
        self, desk: Desk, asked: Asked, read: Minutes, known: Effects | None, stop: Stop,
        agenda: Agenda | None,
    ) -> None:  # fmt: skip
        self.desk, self.asked, self.read, self.known = desk, asked, read, known
        self.stop, self.agenda, self.text = stop, agenda, desk.text
        self.shown: Callable[[str], str] = str

    def write(self, shown: Callable[[str], str]) -> str:
        """As Markdown, each sentence as ``shown`` makes it: letter for letter on a page."""
        self.shown = shown
        return "\n\n".join([f"## {self._say('title')}", *self._lines()]) + "\n"

    def _lines(self) -> Iterator[str]:
        cycle = self.read.registry.cycle.title.in_(self.desk.language)
        scenario = self.asked.scenario.title.in_(self.desk.language)
        yield self._say("head", cycle=cycle, scenario=scenario, day=today())
        if self.desk.is_demo:
            yield self.shown(self.text("common.demo_banner"))
        yield from self._held()
        yield from self._away()
        yield from self._weights()
        yield from self._again()
        yield self._title("conclusion")
        if self.agenda is not None:
            yield self.shown(words.answer(self.desk, self.stop, self.agenda))
            drawn = words.drawn(self.desk, self.agenda) or self.text("agreement.undrawn")
            yield self.shown(drawn)
        yield self.shown(words.rule(self.desk, self.stop))
        yield self.shown(printed(self.text, self.read.anchor))

    def _held(self) -> Iterator[str]:
        yield self._title("rounds")
        if not self.read.rounds:
            yield self._say("no_round")
        yield "\n".join(f"- {self._round(one)}" for one in self.read.rounds)

    def _round(self, one: Held) -> str:
        subject = "weights" if one.subject is Subject.WEIGHTS else "scores"
        opened = self._day(one.opened)
        if one.is_open:
            told = self._say(f"open_{subject}", round=one.number, opened=opened)
        elif one.revealed is None:
            told = self._said(one, f"brought_{subject}")
        else:
            told = self._said(one, f"held_{subject}", opened=opened, revealed=one.revealed)
        asked = self._projects(one.projects)
        return f"{told} {self._say('asked_about', projects=asked)}" if asked else told

    def _said(self, one: Held, key: str, **more: object) -> str:
        return self._say(
            key,
            round=one.number,
            n=one.answered or 0,
            of=self.read.members,
            answers=one.answers,
            silent=one.silent,
            **more,
        )

    def _away(self) -> Iterator[str]:
        yield self._title("conflicts")
        if not self.read.away:
            yield self._say("no_conflict")
        elif not self.read.conflicts:
            yield self._say("conflicts_count", n=self.read.away)
        else:
            yield "\n".join(
                "- " + self._say(
                    "conflict",
                    person=named(self.read.registry, one.person),
                    project=self._named(one.project),
                    reason=one.reason,
                )
                for one in self.read.conflicts
            )  # fmt: skip

    def _weights(self) -> Iterator[str]:
        yield self._title("weights")
        if not self.read.adopted:
            yield self._say("no_adopted")
        for one in self.read.adopted:
            yield self._adopted(one)
        framework = self.asked.scores.framework
        tops = [c for c in framework.children("")]
        yield "\n".join(
            f"- {self.shown(top.title.in_(self.desk.language))}{self.text('parts.colon')} "
            f"{self.desk.percent(round(self.read.shares[top.key], 3))}"
            for top in tops
        )

    def _adopted(self, one: Adopted) -> str:
        told = self._say("adopted" if one.weights else "adopted_own", round=one.round)
        if one.between:
            told += " " + self._say("between", n=len(one.between))
        if one.orders:
            told += " " + self._say("orders", n=len(one.orders))
        return f"{told} {self._say('reason', reason=one.reason)}" if one.reason.strip() else told

    def _again(self) -> Iterator[str]:
        for number, projects in self.read.again.items():
            yield self._title("again", round=number)
            effect = self.known.of(number) if self.known else None
            yield "\n".join(f"- {self._moved(one, effect)}" for one in projects)
            yield self._changed(effect)

    def _moved(self, one: Again, effect: Effect | None) -> str:
        before, after = one.before, one.after
        facts = {
            "project": self._named(one.project),
            "after": round(after.points or 0.0, 1),
            "after_error": round(after.error or 0.0, 1),
            "n": after.raters,
            "shifts": after.shifts,
            "movers": after.movers,
        }
        chance = effect.chances.get(one.project) if effect else None
        why = "" if chance is None else " " + self._say(
            "why", chance=words.chance(self.desk, chance)
        )  # fmt: skip
        if before is None or before.points is None:
            return self._say("first", **facts) + why
        moved = self._say(
            "moved" if after.shifts else "still",
            before=round(before.points, 1),
            before_error=round(before.error or 0.0, 1),
            **facts,
        )
        return moved + why

    def _changed(self, effect: Effect | None) -> str:
        if effect is None:
            return self._say("effect_unknown")
        if not effect.is_known:
            return self._say("effect_unproved")
        if not (effect.enters or effect.leaves):
            return self._say("unchanged")
        enters, leaves = (self._projects(c) or "—" for c in (effect.enters, effect.leaves))
        return self._say("changed", enters=enters, leaves=leaves)

    def _title(self, key: str, **facts: object) -> str:
        return f"### {self._say(f'{key}_title', **facts)}"

    def _say(self, key: str, **facts: object) -> str:
        return self.shown(_on_one_line(self.text(f"agreement.minutes.{key}", **facts)))

    def _named(self, code: str) -> str:
        titles = {p.code: p for p in self.read.registry.projects}
        return f"{code} · {titles[code].title_in(self.desk.language)}" if code in titles else code

    def _projects(self, codes: tuple[str, ...]) -> str:
        return joined(self.desk, [self._named(code) for code in codes])

    def _day(self, day: date | None) -> object:
        return self.text("agreement.minutes.no_day") if day is None else day


def _on_one_line(told: str) -> str:
    """What someone typed over several lines is one item of a list."""
    return " ".join(told.splitlines())
