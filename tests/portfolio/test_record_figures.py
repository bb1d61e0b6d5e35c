"""What a record comes to, in numbers that one can check by hand."""

from dataclasses import replace

import pytest
from proceedings import AT, CHAIR, MEMBER, WHOLE

from portfolio import record_figures as figures
from portfolio.decision import Verb
from portfolio.record import Attended, Stay


def there(person, *stays):
    spans = tuple(Stay(*(AT.format(m) if m is not None else "" for m in s)) for s in stays)
    return Attended(person, True, spans)


def test_every_verb_that_was_used_has_its_decisions_in_order():
    found = figures.by_verb(WHOLE)

    assert list(found) == [
        Verb.APPROVED, Verb.CONDITIONAL, Verb.ACCELERATED, Verb.DEFERRED, Verb.SENT_BACK,
        Verb.REFUSED, Verb.PAUSED, Verb.TERMINATED,
    ]  # fmt: skip
    assert figures.granted(found[Verb.APPROVED]) == 52_500_050


def test_what_departs_from_the_plan_is_priced_overrides_and_decisions_together():
    assert [one.project for one in figures.apart(WHOLE)] == ["P4"]
    assert figures.price(WHOLE) == 2.5 + 1.25


@pytest.mark.parametrize(
    ("granted", "limits", "share", "carried"),
    [
        ((6, 13, 10), (10, 10, 10), 0.5, (-3, 3, 0)),
        ((6, 13, 10), (10, 10, 10), 0.0, (0, 0, 0)),  # nothing goes over
        ((6, 17, 10), (10, 10, 10), 0.5, (-4, 4, 0)),  # no more than there is
        ((0, 17, 10), (10, 10, 10), 0.5, (-5, 5, 0)),  # no more than its share
        ((8, 9, 14), (10, 10, 10), 0.5, (-2, -1, 3)),  # through the period between
        ((), (), 0.5, ()),
    ],
)
def test_what_a_period_lacks_comes_from_the_one_before_as_far_as_may_be(
    granted, limits, share, carried
):
    assert figures.carried(granted, limits, share) == carried


def test_what_is_carried_over_is_counted_before_an_envelope_is_called_exceeded():
    first, then, _ = WHOLE.totals.spent
    spent = (replace(first, carried=-4), replace(then, granted=160_000_004, carried=4))
    found = figures.drawn(replace(WHOLE, totals=replace(WHOLE.totals, spent=spent)))
    assert [one.over for one in found] == [()]
    assert [figures.left(one) for one in spent] == [9_999_996, 0]


def test_an_envelope_is_summed_and_names_the_periods_in_which_it_is_exceeded():
    capital, running = figures.drawn(WHOLE)
    assert (capital.granted, capital.limit, capital.over) == (150_000_000, 170_000_000, ())
    assert (running.granted, running.limit) == (7_500_150, None)

    spent = tuple(replace(one, limit=1) for one in WHOLE.totals.spent)
    over = figures.drawn(replace(WHOLE, totals=replace(WHOLE.totals, spent=spent)))
    assert [one.over for one in over] == [("2028",), ("2028",)]


@pytest.mark.parametrize(
    ("stays", "lost"),
    [
        (((0, None),), ()),  # of both to the end
        (((0, 10), (15, None)), ((10, 15),)),
        (((5, 10), (20, 30)), ((10, 20), (30, 50))),  # nothing was lost before it was reached
        ((), ((0, 50),)),  # never reached: no vote could be held
    ],
)
def test_the_quorum_is_lost_from_when_one_too_few_is_left_to_when_one_comes_back(stays, lost):
    room = (there(CHAIR, (0, None)), there(MEMBER, *stays))

    found = figures.without_quorum(replace(WHOLE, attendance=room))

    assert found == tuple(Stay(AT.format(a), AT.format(b)) for a, b in lost)
    assert figures.came(replace(WHOLE, attendance=room)) == 1 + bool(stays)
