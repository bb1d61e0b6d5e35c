"""Which limits keep a project out, by figures a person can check."""

from builders import a_candidate, a_question

from portfolio.blocking import blocking
from portfolio.candidate import Capacity
from portfolio.plan import Chosen, Plan
from portfolio.rules import AtMostStarts


def hand_made(**starts):
    return Plan({code: Chosen("base", period) for code, period in starts.items()}, {})


def test_the_period_that_is_short_of_money_is_named_with_what_is_left():
    question = a_question(a_candidate("A"), a_candidate("B", cost=(6, 6)), limits=(15, 5))
    found = blocking(hand_made(A=0), question)

    assert found.by_project == {"B": {("envelope", "E", "0"), ("envelope", "E", "1")}}
    assert found.room["envelope", "E", "0"] == 5


def test_money_that_could_be_carried_is_free_until_it_is():
    question = a_question(a_candidate("A", cost=(4,)), a_candidate("B", cost=(6,)),
                          limits=(10, 0), carry=0.5)  # fmt: skip
    found = blocking(hand_made(A=0), question)

    assert found.by_project == {"B": frozenset()}
    assert found.room["envelope", "E", "0"] == 6
    assert found.room["envelope", "E", "1"] == 5


def test_using_money_now_may_leave_too_little_for_later():
    question = a_question(a_candidate("A", cost=(0, 4)), a_candidate("B", cost=(6,)),
                          limits=(8, 0), carry=0.5)  # fmt: skip
    found = blocking(hand_made(A=0), question)

    assert found.by_project == {"B": {("envelope", "E", "1")}}


def test_the_easiest_start_counts_and_each_scarce_thing_may_block():
    question = a_question(
        a_candidate("A", effort=(3,)), a_candidate("B", effort=(3,)),
        limits=(99, 1), teams={"T": Capacity((5.0, 5.0))}, rules=[AtMostStarts(2)],
    )  # fmt: skip
    found = blocking(hand_made(A=0), question)

    assert found.labels in ((("team", "T", "0"),), (("envelope", "E", "1"),))


def test_nothing_blocks_when_everything_is_in():
    question = a_question(a_candidate("A"), limits=(10,))

    assert blocking(hand_made(A=0), question).labels == ()
