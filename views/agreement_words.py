"""What the committee's disagreement means, in sentences: one wording for the page and the file."""

from services.agenda import Agenda, Line
from services.agreement import LAST, MATTERS, Agreement, Stop
from services.scenarios import Asked
from views.desk import Desk
from views.parts import joined

LITTLE = 0.001  # a probability below is told as « moins de 0,1 % »
RELIABLE, TENTATIVE = 0.8, 0.667  # of alpha: Krippendorff 2004, ch. 11


def answer(desk: Desk, stop: Stop, known: Agenda | None) -> str:
    """On how many projects, and whether it changes the result."""
    text = desk.text
    if stop.reason == "none" or (known is None and stop.reason != "open"):
        return text(f"agreement.answer_{'none' if stop.reason == 'none' else 'unknown'}")
    if known is None or not known.is_looked:
        return text("agreement.answer_unknown")
    if not known.lines:
        return text("agreement.answer_agreed")
    matter = known.at_least(MATTERS)
    first, n = known.lines[0], len(known.lines)
    if stop.reason == "doubt":
        return text("agreement.answer_doubt", n=n, k=len(stop.projects))
    if not matter:
        most = chance(desk, first.probability)
        key = "answer_calm" if first.probability >= LITTLE else "answer_nothing"
        return text(f"agreement.{key}", n=n, project=first.project, most=most)
    codes = joined(desk, [line.project for line in matter[:4]])
    key = "answer_matter" if len(matter) <= 4 else "answer_matter_many"
    most = chance(desk, first.probability)
    return text(f"agreement.{key}", n=n, k=len(matter), codes=codes, most=most)


def chance(desk: Desk, probability: float) -> str:
    """« 12,3 % », « moins de 0,1 % », « 0 % »."""
    if 0 < probability < LITTLE:
        return desk.text("agreement.less_than", share=LITTLE)
    return desk.percent(round(probability, 3))


def line_chance(desk: Desk, line: Line) -> str:
    """The same; « de 0 % à 50 % » where it is not proved."""
    if line.is_exact:
        return chance(desk, line.probability)
    low, high = chance(desk, line.probability), chance(desk, line.at_most)
    return desk.text("agreement.between", low=low, high=high)


def drawn(desk: Desk, known: Agenda) -> str:
    """What draws of all values together say; empty when there are none yet."""
    if known.drawn is None:
        return ""
    return desk.text(
        "agreement.drawn",
        share=round(known.drawn.share, 3),
        error=round(known.drawn.error, 3),
        n=known.draws,
    )


def rule(desk: Desk, stop: Stop) -> str:
    """The rule's answer, and the rule."""
    text = desk.text
    told = text(
        f"agreement.stop.{stop.reason.replace('-', '_')}",
        round=stop.round,
        n=len(stop.projects),
        codes=joined(desk, stop.projects),
        most="" if stop.most is None else chance(desk, stop.most),
        matters=MATTERS,
        last=LAST,
    )
    return f"{told} {text('agreement.stop.rule', matters=MATTERS, last=LAST)}"


def title(desk: Desk, seen: Agreement, project: str) -> str:
    """« P23 · Refonte du portail des fournisseurs »."""
    found = next((p for p in seen.registry.projects if p.code == project), None)
    return project if found is None else f"{project} · {found.title_in(desk.language)}"


def criterion(desk: Desk, seen: Agreement, key: str) -> str:
    """« 2.1 · Une expérience citoyenne améliorée »; the title alone where the key says nothing."""
    named: str = seen.framework.criterion(key).title.in_(desk.language)
    return f"{key} · {named}" if key[:1].isdigit() else named


def threshold(desk: Desk, line: Line) -> str:
    """« sous 17,9 (5,9 de moins) »; what it takes for the projects to be others."""
    text, side = desk.text, line.nearest
    if side is None or side.at is None:
        return text("agreement.threshold_none")
    key = "threshold_below" if side.at < line.value else "threshold_above"
    away = abs(side.at - line.value)
    return text(f"agreement.{key}", at=round(side.at, 1), away=round(away, 1))


def change(desk: Desk, line: Line) -> str:
    """« entre : P50 ; sort : P11 »."""
    text, side = desk.text, line.nearest
    if side is None:
        return ""
    parts = [
        text(f"scenarios.more_{way}", n=len(codes), codes=", ".join(codes))
        for way, codes in (("enters", side.enters), ("leaves", side.leaves))
        if codes
    ]
    return text("scenarios.join").join(parts)


def about(desk: Desk, seen: Agreement, line: Line) -> str:
    """« 1.2 (41 %), 3.1 (22 %) »: the criteria that make the disagreement."""
    return ", ".join(f"{_short(desk, seen, by.criterion)} ({desk.percent(round(by.share, 2))})"
                     for by in line.by[:3])  # fmt: skip


def _short(desk: Desk, seen: Agreement, key: str) -> str:
    return key if key[:1].isdigit() else criterion(desk, seen, key)


def premises(desk: Desk, asked: Asked, known: Agenda) -> list[str]:
    """What the agenda rests on that a reader must know."""
    text = desk.text
    told = [text("agreement.premise", scenario=asked.scenario.title.in_(desk.language))]
    if not known.is_proved:
        told.append(text("agreement.unproved"))
    if known.unknown:
        told.append(text("agreement.alone", codes=joined(desk, known.unknown)))
    return told


def reading(desk: Desk, alpha: float | None) -> str:
    """What an alpha allows one to say."""
    if alpha is None:
        return desk.text("agreement.alpha_none")
    key = "high" if alpha >= RELIABLE else "fair" if alpha >= TENTATIVE else "low"
    return desk.text(f"agreement.alpha_{key}", alpha=round(alpha, 2))
