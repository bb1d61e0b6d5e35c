"""A thousand forgeries of a journal, in every row and of every kind: each is found and placed."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
import sqlalchemy as sa
from forged import as_row, rechained, unguarded
from nouns import a_cycle, a_project

from data import journal
from data.journal import FIRST, Act, Anchor, Line, verify
from data.schema import journal as table

ROWS, EVERY = 50, 10  # lines of the journal; an anchor was kept after every tenth
ACT = Act("anne", "responsable", "submit", reason="dépôt")


def sealed(line, **values):
    line = replace(line, **values)
    return replace(line, hash=line.sealed())


def moved(lines, by):
    """The lines at other places, nothing else of them changed."""
    return [replace(line, sequence=line.sequence + by) for line in lines]


def renumbered(lines, first):
    """The lines from place ``first`` on, numbered and sealed anew."""
    given = [replace(line, sequence=at) for at, line in enumerate(lines, 1)]
    return [*given[: first - 1], *rechained(given, first)]


def exchanged(told, at):
    """Two neighbours change places."""
    one = min(at, ROWS - 1)
    return [*told[: one - 1], replace(told[one], sequence=one),
            replace(told[one - 1], sequence=one + 1), *told[one + 1 :]]


def said_by_the_other(told, at):
    """Two lines exchange what they say, each in its place."""
    other = told[at % ROWS]
    mine = told[at - 1]
    new = {at: replace(mine, key=other.key, after=other.after),
           other.sequence: replace(other, key=mine.key, after=mine.after)}
    return [new.get(line.sequence, line) for line in told]


def far(told, at):
    """The line changes places with the one that stands as far from the end."""
    other = ROWS + 1 - at if ROWS + 1 - at != at else at % ROWS + 1
    new = {at: replace(told[other - 1], sequence=at), other: replace(told[at - 1], sequence=other)}
    return [new.get(line.sequence, line) for line in told]


def put(told, at, line):
    return [*told[: at - 1], line, *told[at:]]


def inserted(told, at):
    """After the row; after the last one it would be a line like any other: no anchor is so new."""
    at = min(at, ROWS - 1)
    new = sealed(told[at - 1], sequence=at + 1, previous=told[at - 1].hash)
    return [*told[:at], new, *moved(told[at:], 1)]


def regrown(told, at):
    """The end is cut, and as many lines written in its place as stood there, and three more."""
    kept, head = list(told[: at - 1]), told[at - 2].hash if at > 1 else FIRST
    for sequence in range(at, ROWS + 4):
        like = told[0] if sequence > ROWS else told[sequence - 1]
        kept.append(sealed(like, sequence=sequence, previous=head, after='"faux"'))
        head = kept[-1].hash
    return kept


FORGERIES = {  # what the journal holds afterwards, of what it told and the place of a row
    "edit of what was done": lambda told, at: put(told, at, replace(told[at - 1], after="{}")),
    "edit of who did it": lambda told, at: put(told, at, replace(told[at - 1], actor="zoe")),
    "edit of when": lambda told, at: put(
        told, at, replace(told[at - 1], at="2020-01-01T00:00:00.000000+00:00")),
    "delete": lambda told, at: [*told[: at - 1], *told[at:]],
    "delete of all before": lambda told, at: told[at:],
    "delete, the others moved up": lambda told, at: [*told[: at - 1], *moved(told[at:], -1)],
    "swap of neighbours": exchanged,
    "swap with one far away": far,
    "swap of what two lines say": said_by_the_other,
    "insert of a copy": lambda told, at: [
        *told[:at], replace(told[at - 1], sequence=at + 1), *moved(told[at:], 1)],
    "insert, sealed and chained": inserted,
    "insert of three, sealed": lambda told, at: [
        *told[: at - 1],
        *rechained([*told[: at - 1], *(replace(told[0], sequence=at + n, after='"faux"')
                                       for n in range(3))], at),
        *moved(told[at - 1 :], 3)],
    "replace, sealed": lambda told, at: put(told, at, sealed(told[at - 1], after="{}")),
    "replace, sealed, chained elsewhere": lambda told, at: put(
        told, at, sealed(told[at - 1], previous=told[(at + 5) % ROWS].hash)),
    "replace, the hash kept": lambda told, at: put(
        told, at, replace(told[at % ROWS], sequence=at, hash=told[at - 1].hash)),
    "truncate": lambda told, at: told[: at - 1],
    "truncate to one line": lambda told, at: told[:1] if at > 1 else [],
    "truncate, then grown again": regrown,
    "re-chain": lambda told, at: [*told[: at - 1], *rechained(
        put(told, at, replace(told[at - 1], after="{}")), at)],
    "re-chain without the row": lambda told, at: renumbered([*told[: at - 1], *told[at:]], at),
    "re-chain with one more": lambda told, at: renumbered(
        [*told[: at - 1], replace(told[0], after="{}"), *told[at - 1 :]], at),
}  # fmt: skip


@pytest.fixture
def told(store):
    """A journal of fifty lines without guards, and the anchors kept while it grew."""
    with store.writing(ACT) as work:
        work.save(None, a_cycle())
        anchors = []
        for number in range(ROWS - 1):
            work.save("2027", a_project(f"P{number}"))
            if (number + 2) % EVERY == 0:
                anchors.append(journal.anchor(work))
        lines = list(journal.lines(work))
    assert (len(lines), [anchor.count for anchor in anchors]) == (ROWS, [10, 20, 30, 40, 50])
    unguarded(store)
    return store, lines, anchors


class Trial:
    """An open transaction in which the journal is forged and found out, then set right."""

    def __init__(self, connection, told):
        self.connection, self.told = connection, told

    def forge(self, forged):
        """Write only what differs."""
        kept = set(forged) & set(self.told)
        gone = [line.sequence for line in self.told if line not in kept]
        new = [as_row(line) for line in forged if line not in kept]
        if gone:
            self.connection.execute(sa.delete(table).where(table.c.sequence.in_(gone)))
        if new:
            self.connection.execute(sa.insert(table), new)


def first_wrong(told, forged):
    """The first place that does not hold what was written there."""
    pairs = itertools.zip_longest(told, forged)
    return next(at for at, (was, now) in enumerate(pairs, 1) if was != now)


def test_every_forgery_in_every_row_is_found_and_placed(told):
    store, lines, anchors = told
    found, tried = Counter(), 0
    with store.engine.connect() as connection:
        trial = Trial(connection, lines)
        for name, forge in FORGERIES.items():
            for at in range(1, ROWS + 1):
                forged = forge(lines, at)
                if forged == lines:
                    continue
                with connection.begin():
                    trial.forge(forged)
                    verdict = verify(trial, *anchors)
                    connection.get_transaction().rollback()
                tried += 1
                found[verdict.fault] += 1
                assert_placed(name, at, verdict, first_wrong(lines, forged))
        assert verify(trial, *anchors).is_sound

    assert tried >= 1_000
    assert set(found) == {"edited", "missing", "inserted", "broken-chain", "truncated", "anchor"}


def assert_placed(name, at, verdict, wrong):
    """The first wrong line is named; of a journal sealed anew, between two anchors."""
    case = f"{name} at {at}: {verdict}, first wrong {wrong}"
    assert not verdict.is_sound, case
    if verdict.fault in ("anchor", "truncated") and not name.startswith("truncate "):
        assert verdict.since <= wrong <= verdict.bad < verdict.since + EVERY, case
    else:
        assert verdict.bad == wrong, case


def test_a_journal_that_grew_since_is_sound(told):
    store, _, anchors = told
    with store.writing(ACT) as work:
        work.note("more", "x")
        assert verify(work, *anchors).is_sound
        assert verify(work, *anchors, Anchor(51, FIRST, "")).bad == 51


def test_each_kind_of_forgery_is_there():
    kinds = Counter(name.split()[0].rstrip(",") for name in FORGERIES)

    assert kinds == dict.fromkeys(
        ("edit", "delete", "swap", "insert", "replace", "truncate", "re-chain"), 3)
    assert {field for field in Line.__dataclass_fields__} == set(table.c.keys())
