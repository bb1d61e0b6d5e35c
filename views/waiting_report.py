"""What the council reads, in either language: the sentences, tables and charts of one report."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from services import debt_report
from services.debt_report import AcceptedDebt, Council
from views import format as written
from views.journal_words import printed
from views.text import Text

Part = Mapping[str, Any]
IN_THOUSANDS = 10_000_000  # cents from which a table is written in thousands of dollars


class Told:
    """A council's figures in the words of one language."""

    def __init__(self, council: Council, text: Text) -> None:
        """Take the figures, and the language's words."""
        self.council, self.text = council, text
        self.money = partial(_money, text.language)

    @property
    def answer(self) -> str:
        """What we owe, what it costs a year, what one more year costs."""
        wait = self.council.wait
        cost = wait.whole.waits[0]
        return self.text(
            "waiting.answer" if cost >= 0 else "waiting.answer_gain",
            owed=round(wait.whole.principal[0]),
            interest=round(wait.whole.interest[0]),
            year=wait.years[0],
            wait=round(abs(cost)),
        )

    def figures(self) -> list[tuple[str, str, str]]:
        """(label, value, what it is made of) of the four figures to keep in mind."""
        text, council, whole = self.text, self.council, self.council.wait.whole
        items, systems = len(council.wait.items), len(council.wait.systems)
        certain, possible = round(whole.recurring[0]), round(whole.contingent[0])
        notes = {
            "owed": text("waiting.owed_note", items=items, systems=systems),
            "costs": text("waiting.costs_note", certain=certain, possible=possible),
            "wait": text("waiting.wait_note"),
            "lived_with": text("waiting.lived_with_note", share=council.accepted_share),
        }
        amounts = (
            whole.principal[0], whole.interest[0], whole.waits[0],
            council.wait.accepted.principal[0],
        )  # fmt: skip
        return [
            (text(f"waiting.{name}"), self.money(cents), notes[name])
            for name, cents in zip(notes, amounts, strict=True)
        ]

    def course(self) -> tuple[str, str]:
        """Title and sentence of what it costs if nothing is done."""
        wait, whole = self.council.wait, self.council.wait.whole
        last, first = whole.interest[-1], whole.interest[0]
        title = "waiting.course.title" if last > first else "waiting.course.title_less"
        sentence = self.text(
            "waiting.course.sentence",
            first=round(first),
            start=wait.years[0],
            years=len(wait.years),
            sum=round(whole.paid),
            owed=round(whole.principal[-1]),
        )
        return self.text(title, last=round(last), year=wait.years[-1]), sentence

    def worst(self) -> tuple[str, str]:
        """Title and sentence of the systems where waiting costs the most."""
        council = self.council
        few = len(council.wait.systems) <= len(council.worst) or council.worst_share <= 0
        first = council.worst[0]
        sentence = self.text(
            "waiting.worst.sentence",
            system=first.system.title_in(self.text.language),
            wait=round(first.course.waits[0]),
        )
        key = "title_few" if few else "title"
        return self.text(f"waiting.worst.{key}", share=council.worst_share), sentence

    def worst_rows(self) -> list[tuple[str, str, str, str, str]]:
        """System, what it owes, costs a year, costs to wait for, and when it is paid twice."""
        worst = self.council.worst
        amounts = [(c.principal[0], c.interest[0], c.waits[0]) for c in (w.course for w in worst)]
        return [
            (found.system.title_in(self.text.language), *shown, self.years(found.course.break_even))
            for found, shown in zip(worst, self.aligned(amounts), strict=True)
        ]

    def plan(self) -> tuple[str, str]:
        """Title and sentence of what the kept plan repays."""
        council, text = self.council, self.text
        plan, idle = council.balance.plan, council.balance.idle
        if plan is None or not council.repayments:
            return text("waiting.plan.unkept_title"), self._unkept(idle)
        last = council.repayments[-1]
        if not council.repaid:
            title = plan.scenario.title.in_(text.language)
            told = text("waiting.plan.none_sentence", scenario=title, year=last.year)
            return text("waiting.plan.none_title"), told
        sentence = text(
            "waiting.plan.sentence",
            first=council.first_repaid,
            year=last.year,
            owed=last.owed,
            unplanned=last.unplanned,
            avoided=council.avoided,
        )
        return text("waiting.plan.title", repaid=council.repaid, year=last.year), sentence

    def _unkept(self, idle: Sequence[Any]) -> str:
        if not idle:
            return self.text("waiting.plan.unkept_now")
        owed, last = idle[0].whole("opening"), idle[-1]
        return self.text(
            "waiting.plan.unkept_sentence",
            owed=owed, unplanned=last.whole("closing"), year=last.year,
        )  # fmt: skip

    def plan_rows(self) -> list[tuple[str, str, str, str, str]]:
        """Year, repaid, owed with the plan and without, interest avoided."""
        years = self.council.repayments
        amounts = [(y.repaid, y.owed, y.unplanned, y.avoided) for y in years]
        shown = self.aligned(amounts)
        return [(str(y.year), *line) for y, line in zip(years, shown, strict=True)]

    def course_rows(self) -> list[tuple[str, ...]]:
        """Year, certain cost, possible losses, both, owed at its end, cost of waiting it."""
        wait, c = self.council.wait, self.council.wait.whole
        columns = (c.recurring, c.contingent, c.interest, c.principal[1:], c.waits)
        shown = self.aligned(list(zip(*columns, strict=True)))
        return [(str(year), *line) for year, line in zip(wait.years, shown, strict=True)]

    def lived(self) -> tuple[str, str]:
        """Title and sentence of what is accepted."""
        accepted, text = self.council.wait.accepted, self.text
        lapsed = self.council.lapsed
        over = f" {text('waiting.lived.lapsed', n=lapsed)}" if lapsed else ""
        if not self.council.accepted:
            told = text("waiting.lived.none_sentence")
            return text("waiting.lived.none_title"), told + over
        sentence = text(
            "waiting.lived.sentence",
            owed=round(accepted.principal[0]),
            interest=round(accepted.interest[0]),
        )
        return text("waiting.lived.title", n=len(self.council.accepted)), sentence + over

    def lived_rows(self) -> list[tuple[str, str, str, str]]:
        """Item, what it owes, what it costs a year, until when it is accepted."""
        lived = self.council.accepted
        shown = self.aligned([(found.principal, found.interest) for found in lived])
        return [
            (
                f"{found.item.code} · {found.item.title}",
                *amounts,
                self.until(found),
            )
            for found, amounts in zip(lived, shown, strict=True)
        ]

    def until(self, found: AcceptedDebt) -> str:
        """« 2027-01-31 », or that there is no such day."""
        if found.until is None:
            return self.text("waiting.lived.undated")
        return written.day(found.until, self.text.language)

    def aligned(self, lines: Sequence[Sequence[float]]) -> list[list[str]]:
        """Amounts of one table in one unit, so that they compare at a glance."""
        most = max((abs(cents) for line in lines for cents in line), default=0)
        unit = "k" if most >= IN_THOUSANDS else ""
        written_out = partial(_money_in, unit, self.text.language)
        return [list(map(written_out, line)) for line in lines]

    def notes(self) -> Iterator[str]:
        """Where the figures come from, and what they mean."""
        council, text = self.council, self.text
        cycle, wait = council.cycle, council.wait
        yield text(
            "waiting.report.register",
            cycle=cycle.title.in_(text.language),
            day=council.on,
            items=len(wait.items),
            systems=len(wait.systems),
            source=cycle.source.in_(text.language),
        ).strip()
        yield text("waiting.report.owners", n=council.unowned, stale=council.stale)
        yield text("waiting.report.method")
        yield text("waiting.report.waiting", discount=wait.terms.discount)
        yield text("waiting.report.even")
        is_set = sum(found.is_set for found in wait.systems)
        if is_set:
            yield text("waiting.report.set", n=is_set)
        if plan := council.balance.plan:
            title = plan.scenario.title.in_(text.language)
            yield text("waiting.report.plan", day=plan.kept_on, scenario=title)
        if council.anchor is not None:
            yield printed(text, council.anchor)

    def years(self, years: float) -> str:
        """« 4,3 ans », or « jamais »."""
        if years == float("inf"):
            return self.text("parts.never")
        return self.text("parts.years", n=round(years, 1))


def pdf(council: Council, language: str) -> bytes:
    """The report, typeset in that language."""
    return debt_report.pdf(document(council, language), council.on)


def file_name(council: Council, language: str) -> str:
    """« dette-technologique-2027-2026-11-27-fr.pdf »."""
    day = council.on.isoformat()
    return Text(language)("waiting.file_name", cycle=council.cycle.code, day=day)


def document(council: Council, language: str) -> Part:
    """Everything that the report says, in that language."""
    text = Text(language)
    told = Told(council, text)
    labels = ("label", "value", "note")
    return {
        "language": language,
        "title": text("waiting.report.title"),
        "author": text("waiting.report.author"),
        "cycle": council.cycle.title.in_(language),
        "day": written.day(council.on, language, long=True),
        "banner": text("common.demo_banner") if council.cycle.is_illustrative else "",
        "answer": told.answer if council.wait.items else text("waiting.none"),
        "page": [text("waiting.report.page"), text("waiting.report.of")],
        "figures": [dict(zip(labels, figure, strict=True)) for figure in told.figures()],
        "sections": list(_sections(told)),
        "sources": text("waiting.report.sources"),
        "notes": list(told.notes()),
    }


def _sections(told: Told) -> Iterator[Part]:
    if not told.council.wait.items:
        return
    yield _section(told.worst(), _worst_chart(told), _table(told, "worst", told.worst_rows()))
    yield _section(told.course(), _course_chart(told), _table(told, "course", told.course_rows()))
    chart = _plan_chart(told) if told.council.repaid else None
    rows = told.plan_rows() if told.council.repaid else []
    yield _section(told.plan(), chart, _table(told, "plan", rows))
    yield _section(told.lived(), None, _table(told, "lived", told.lived_rows()))


def _section(said: tuple[str, str], chart: Part | None, table: Part | None) -> Part:
    return {"title": said[0], "sentence": said[1], "chart": chart, "table": table}


HEADS = {
    "worst": ("system", "owed", "costs", "wait", "even"),
    "course": ("year", "certain", "possible", "total", "owed", "wait"),
    "plan": ("year", "repaid", "owed", "unplanned", "avoided"),
    "lived": ("item", "owed", "costs", "until"),
}


def heads(text: Text, name: str) -> list[str]:
    """The heads of a table of the report."""
    return [text(f"waiting.{name}.{head}") for head in HEADS[name]]


def _table(told: Told, name: str, rows: Sequence[Sequence[str]]) -> Part | None:
    """The first column holds words and takes the room; columns of figures share it evenly else."""
    head = heads(told.text, name)
    wide = [0] if name in ("worst", "lived") else list(range(len(head)))
    shown = [list(row) for row in rows]
    return {"head": head, "rows": shown, "words": [0], "wide": wide} if rows else None


def _worst_chart(told: Told) -> Part | None:
    bars = [
        _bar(found.system.title_in(told.text.language), found.course.waits[:1],
             told.money(found.course.waits[0]))
        for found in told.council.worst if found.course.waits[0] > 0
    ]
    return _chart(told, "bars", "worst", (), bars)


def _course_chart(told: Told) -> Part | None:
    whole = told.council.wait.whole
    years = zip(
        told.council.wait.years, whole.recurring, whole.contingent, whole.interest, strict=True
    )
    bars = [_bar(str(y), (sure, may), told.money(both)) for y, sure, may, both in years]
    return _chart(told, "stacked", "course", ("certain", "possible"), bars)


def _plan_chart(told: Told) -> Part | None:
    bars = [
        _bar(str(y.year), (y.owed, y.unplanned), "")  # two amounts a year: the table tells them
        for y in told.council.repayments
    ]
    return _chart(told, "grouped", "plan", ("owed", "unplanned"), bars)


def _bar(label: str, values: Sequence[float], shown: str) -> Part:
    return {"label": label, "values": [max(0.0, value) for value in values], "shown": shown}


def _chart(
    told: Told, kind: str, name: str, series: Sequence[str], bars: Sequence[Part]
) -> Part | None:
    words = [told.text(f"waiting.{name}.{one}") for one in series]
    alt = told.text(f"waiting.{name}.alt")
    return {"kind": kind, "alt": alt, "series": words, "bars": bars} if bars else None


def _money(language: str, cents: float) -> str:
    return written.money(round(cents), language, compact=True)


def _money_in(unit: str, language: str, cents: float) -> str:
    return written.money_in(unit, round(cents), language)
