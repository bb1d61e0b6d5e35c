"""The words of legacy risk: criteria, levels, clues, standings."""

from portfolio.legacy_evidence import Clue
from portfolio.legacy_guide import Anchored
from portfolio.legacy_risk import RiskAssessment
from services import legacy
from services.legacy import Drift
from services.legacy_view import Standing
from views.desk import Desk
from views.look import tokens
from views.look.components import Mood

MOODS: dict[Standing, Mood] = {
    Standing.RED: "bad",
    Standing.TO_CONFIRM: "bad",
    Standing.LEGACY: "warning",
    Standing.SOUND: "good",
    Standing.BEGUN: "quiet",
    Standing.NONE: "quiet",
}
SIGNS = {standing: tokens.SIGNS[mood] for standing, mood in MOODS.items()} | {
    Standing.TO_CONFIRM: "◆"
}  # red that nobody confirmed has a shape of its own


def standing(desk: Desk, one: Standing) -> str:
    """« ■ au rouge »: a shape and a word."""
    return f"{SIGNS[one]} {desk.text(f'legacy.standing.{one}')}"


def criterion(desk: Desk, code: str) -> str:
    """« L1 · Fin de vie ou de soutien »."""
    return f"{code} · {legacy.guide().of(code).name.in_(desk.language)}"


def level(desk: Desk, code: str, at: int) -> str:
    """« 3 · Moyenne »."""
    return f"{at} · {legacy.guide().names(code)[at - 1].in_(desk.language)}"


def anchor(desk: Desk, one: Anchored, at: int) -> str:
    """The sentence of a level, its bounds written out."""
    low, high = (_bound(desk, one, bound) for bound in one.between(at))
    return one.levels[at - 1].in_(desk.language).format(low=low, high=high)


def scaled(desk: Desk, one: Anchored) -> str:
    """How its published scale was brought to a city, or that all its sentences are ours."""
    if not one.is_published:
        return desk.text("legacy.own_anchors")
    city = legacy.guide().city
    budget, staff = desk.money(city.budget, compact=True), desk.number(city.staff)
    return one.scaled.in_(desk.language).format(budget=budget, staff=staff)


def _bound(desk: Desk, one: Anchored, bound: int | None) -> str:
    if bound is None:
        return ""
    return desk.money(bound, compact=True) if one.code == "C3" else desk.number(bound)


def clue(desk: Desk, one: Clue) -> str:
    """One piece of evidence, as a sentence."""
    facts = dict(one.facts)
    if "disposition" in facts:
        facts["disposition"] = desk.text(f"debts.disposition.{facts['disposition']}")
    if "severity" in facts:
        facts["severity"] = desk.text(f"legacy.severity.{facts['severity']}")
    return desk.text(f"legacy.clue.{one.kind}", **facts)


def drift(desk: Desk, one: Drift) -> str:
    """« L1 : la preuve propose maintenant 5 au lieu de 3 »."""
    known = {"then": one.then is not None, "now": one.now is not None}
    kind = "both" if all(known.values()) else "now" if known["now"] else "gone"
    name = criterion(desk, one.criterion)
    return desk.text(f"legacy.drift.{kind}", criterion=name, then=one.then or 0, now=one.now or 0,
                     level=one.level)  # fmt: skip


def repaid(desk: Desk, code: str) -> str:
    """The debts that kept that likelihood up are gone."""
    return desk.text("legacy.repaid", criterion=criterion(desk, code))


def score(desk: Desk, found: RiskAssessment | None) -> str:
    """« 18,17 », or a dash: two decimals, for 15,99 is not 16."""
    rated = found.score if found else None
    return desk.text("common.none") if rated is None else desk.number(rated)
