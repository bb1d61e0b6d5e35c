"""From rows to what the committee says: ratings, ballots, rounds, conflicts, adopted weights."""

from collections.abc import Iterable

from data.tables.assembly import Assembly
from data.tables.rows import Row
from portfolio.errors import Invalid
from portfolio.evaluation import (
    Adopted,
    Ballot,
    Between,
    Comparison,
    Conflict,
    Evaluation,
    Method,
    Round,
    Subject,
    Weight,
)

Turn = tuple[str, int]


def evaluations(on: Assembly) -> tuple[Evaluation, ...]:
    """Every rating, drafts included."""
    leaves = [c.key for c in on.framework.leaves] if on.framework else []

    def one(row: Row) -> Evaluation:
        _check_criterion(row, "criterion", leaves)
        return Evaluation(
            row.text("project"),
            row.text("criterion"),
            row.text("evaluator"),
            row.number("rating"),
            row.text("justification"),
            row.text("evidence"),
            row.whole("confidence"),
            _round(row),
            row.flag("given", True),
        )

    return on.each(on.sound("evaluations"), one)


def ballots(on: Assembly) -> tuple[Ballot, ...]:
    """Every ballot: its rows are those of one person in one round."""
    keys = _keys(on)
    given, compared = _by_turn(on, "ballots"), _by_turn(on, "comparisons")

    def comparison(row: Row) -> Comparison:
        for column in ("one", "other"):
            _check_criterion(row, column, keys)
        return Comparison(row.text("one"), row.text("other"), row.number("ratio") or 0.0)

    def one(first: Row) -> Ballot:
        turn = _turn(first)
        rows = given[turn]
        told = {row.flag("cast", True) for row in rows}
        if len(told) > 1:
            raise Invalid("two-ways-at-once", field="cast")
        behind = on.each(compared.get(turn, ()), comparison)
        return Ballot(turn[0], _weights(on, rows, keys), turn[1], behind, told.pop())

    for turn, rows in compared.items():
        if turn not in given:
            on.found.refuse(rows[0].at("person"), "unknown-code", turn[0],
                            ", ".join(person for person, _ in given))
    return on.each((rows[0] for rows in given.values()), one)


def rounds(on: Assembly) -> tuple[Round, ...]:
    """Every round, open or revealed."""
    return on.each(on.sound("rounds"), lambda row: Round(
        Subject(row.text("subject")),
        row.whole("number") or 0,
        row.items("projects"),
        row.day("opened"),
        row.day("revealed"),
    ))


def conflicts(on: Assembly) -> tuple[Conflict, ...]:
    """Every declared conflict of interest."""
    return on.each(on.sound("conflicts"), lambda row: Conflict(
        row.text("person"), row.text("project"), row.text("reason")
    ))


def adopted(on: Assembly) -> tuple[Adopted, ...]:
    """What the committee agreed on after each round on weights."""
    keys = _keys(on)
    parts = {name: _by_round(on, name) for name in
             ("adopted_weights", "adopted_between", "adopted_orders")}
    known = {row.whole("round") for row in on.sound("adopted")}
    for by_round in parts.values():
        for number in by_round.keys() - known:
            on.found.refuse(by_round[number][0].at("round"), "unknown-code", number,
                            ", ".join(map(str, sorted(k for k in known if k is not None))))

    def between(row: Row) -> Between:
        _check_criterion(row, "criterion", keys)
        return Between(row.text("criterion"), row.number("low") or 0.0, row.number("high") or 0.0)

    def order(row: Row) -> tuple[str, ...]:
        for key in row.items("criteria"):
            _check_known(key, "criteria", keys)
        return row.items("criteria")

    def one(row: Row) -> Adopted:
        number = row.whole("round") or 0
        weighed, left, ranked = (by.get(number, []) for by in parts.values())
        return Adopted(
            number,
            _weights(on, weighed, keys),
            on.each(left, between),
            on.each(ranked, order),
            row.text("reason"),
        )

    return on.each(on.sound("adopted"), one)


def _weights(on: Assembly, rows: Iterable[Row], keys: list[str]) -> tuple[Weight, ...]:
    def weight(row: Row) -> Weight:
        _check_criterion(row, "criterion", keys)
        method = Method(row.text("method", Method.DIRECT))
        return Weight(row.text("criterion"), row.number("points") or 0.0, method)

    return on.each(rows, weight)


def _keys(on: Assembly) -> list[str]:
    return [c.key for c in on.framework.criteria] if on.framework else []


def _by_turn(on: Assembly, table: str) -> dict[Turn, list[Row]]:
    grouped: dict[Turn, list[Row]] = {}
    for row in on.sound(table):
        grouped.setdefault(_turn(row), []).append(row)
    return grouped


def _by_round(on: Assembly, table: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in on.sound(table):
        grouped.setdefault(row.whole("round") or 0, []).append(row)
    return grouped


def _turn(row: Row) -> Turn:
    return row.text("person"), _round(row)


def _round(row: Row) -> int:
    turn = row.whole("round")
    return 1 if turn is None else turn


def _check_criterion(row: Row, column: str, known: list[str]) -> None:
    _check_known(row.text(column), column, known)


def _check_known(key: str, column: str, known: list[str]) -> None:
    if known and key not in known:
        raise Invalid("unknown-code", field=column, found=key, accepted=known)
