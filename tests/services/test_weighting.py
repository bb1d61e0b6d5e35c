"""Ballots on weights: one's own, blind until the reveal; what a committee adopts, and its use."""

from dataclasses import replace
from itertools import combinations

import pytest
from benches import a_house, a_project, a_registry, someone

from data import frameworks, journal
from data.store import Act
from portfolio import judgement
from portfolio.errors import Forbidden, Invalid, Missing, Refusal, Stale
from portfolio.evaluation import (
    Ballot,
    Between,
    Comparison,
    Evaluation,
    Method,
    Round,
    Subject,
    Weight,
)
from portfolio.person import Person, Role
from services import (
    agreed,
    cycles,
    rounds,
    scenarios,
    scores,
    triage,
    weighting,
    weighting_ballot,
)
from services.jobs import Jobs
from services.weighting import Choice, Kind

FRAMEWORK = frameworks.load("montreal_2030", "2026.1")
TOP = ("1", "2", "3", "4", "durabilite", "dette")
FACILITATOR, OBSERVER = someone(Role.FACILITATOR), someone(Role.OBSERVER)
ANNE = Person("anne", "Anne", frozenset({Role.MEMBER}))
BRUNO = Person("bruno", "Bruno", frozenset({Role.MEMBER}))


@pytest.fixture
def bring(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as house:

        def with_people(registry=None):
            store = house(registry or a_registry(a_project("P1")))
            with store.writing(Act("test", "administrateur", "test")) as work:
                for person in (ANNE, BRUNO):
                    work.save(None, person)
            return store

        yield with_people


@pytest.fixture
def asked(bring):
    """A store in which a round on weights is open."""
    store = bring()
    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
    return store


def whole(person, round=1, **top):
    """Every group weighed evenly, but for what is said of the branches at the top."""
    points = {key: 10.0 for keys in weighting_ballot.groups(FRAMEWORK).values() for key in keys}
    points |= {key: top.get(f"b{key}", 10.0) for key in TOP}
    weights = tuple(Weight(key, value) for key, value in points.items())
    return Ballot(person, weights, round, is_cast=False)


def cast(store, person, **top):
    return weighting.cast(store, person, "c", whole(person.code, **top))


def revealed(store, **by_anne):
    cast(store, ANNE, **by_anne)
    cast(store, BRUNO)
    rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    return weighting.view(store, ANNE, "c")


def test_a_ballot_is_begun_empty_kept_as_typed_and_found_again(asked):
    begun = weighting.view(asked, ANNE, "c").ballot
    assert (begun.weights, begun.is_cast, begun.version) == ((), False, 0)

    typed = weighting_ballot.with_points(begun, TOP, Method.SWING, {"1": 100.0, "2": 12.5})
    weighting.save(asked, ANNE, "c", typed)

    kept = weighting.view(asked, ANNE, "c").ballot
    assert weighting_ballot.points_of(kept, TOP, Method.SWING) == {"1": 100.0, "2": 12.5}
    assert not kept.is_cast


def test_only_members_are_asked_and_only_while_a_round_is_open(bring):
    store = bring()
    assert weighting.view(store, ANNE, "c").ballot is None
    with pytest.raises(Refusal, match="no-open-round"):
        weighting.save(store, ANNE, "c", whole("anne"))

    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)

    assert weighting.view(store, ANNE, "c").ballot is not None
    assert weighting.view(store, FACILITATOR, "c").ballot is None
    with pytest.raises(Forbidden, match="not-allowed"):
        weighting.save(store, FACILITATOR, "c", whole(FACILITATOR.code))


def test_nobody_writes_another_s_ballot(asked):
    for act in (weighting.save, weighting.cast):
        with pytest.raises(Forbidden, match="not-yours"):
            act(asked, ANNE, "c", whole("bruno"))


def test_a_ballot_of_another_round_is_refused(asked):
    with pytest.raises(Refusal, match="no-open-round"):
        weighting.save(asked, ANNE, "c", whole("anne", round=2))


def test_an_unknown_criterion_is_refused_and_nothing_is_kept(asked):
    strange = replace(whole("anne"), weights=(Weight("zzz", 1.0),))
    compared = replace(whole("anne"), comparisons=(Comparison("1", "zzz", 2.0),))

    for ballot in (strange, compared):
        with pytest.raises(Invalid, match="unknown-code"):
            weighting.save(asked, ANNE, "c", ballot)
    assert weighting.view(asked, ANNE, "c").ballot.version == 0


def test_an_incomplete_ballot_is_not_cast_and_says_what_lacks(asked):
    ballot = whole("anne")
    short = replace(ballot, weights=tuple(w for w in ballot.weights if w.criterion != "2.3"))

    with pytest.raises(Invalid, match="ballot-incomplete") as refused:
        weighting.cast(asked, ANNE, "c", short)

    assert "2.3" in refused.value.facts["found"]
    assert weighting.view(asked, ANNE, "c").cast == 0


def test_a_ballot_of_zeros_is_not_cast(asked):
    zeros = weighting_ballot.with_points(
        whole("anne"), ("1.1", "1.2", "1.3"), Method.DIRECT, dict.fromkeys(("1.1", "1.2", "1.3"), 0)
    )

    with pytest.raises(Invalid, match="ballot-incomplete"):
        weighting.cast(asked, ANNE, "c", zeros)


def test_siblings_weighed_in_two_ways_are_not_cast(asked):
    ballot = whole("anne")
    mixed = tuple(
        replace(w, method=Method.SWING) if w.criterion == "1.1" else w for w in ballot.weights
    )

    with pytest.raises(Invalid, match="mixed-methods"):
        weighting.cast(asked, ANNE, "c", replace(ballot, weights=mixed))


def test_what_the_comparisons_give_is_worked_out_again_when_cast(asked):
    """A ballot cannot claim weights that its own comparisons do not give."""
    keys = ("3.1", "3.2")
    said = weighting_ballot.with_comparison(whole("anne"), keys, "3.1", "3.2", 3.0)
    forged = tuple(replace(w, points=0.0) if w.criterion == "3.1" else w for w in said.weights)

    kept = weighting.cast(asked, ANNE, "c", replace(said, weights=forged))

    assert weighting_ballot.within(kept, keys) == pytest.approx({"3.1": 0.75, "3.2": 0.25})
    assert kept.comparisons == (Comparison("3.1", "3.2", 3.0),)


def test_comparisons_left_behind_by_another_method_are_not_cast(asked):
    said = weighting_ballot.with_comparison(whole("anne"), ("3.1", "3.2"), "3.1", "3.2", 3.0)
    direct = weighting_ballot.with_points(
        said, ("3.1", "3.2"), Method.DIRECT, {"3.1": 1.0, "3.2": 1.0}
    )

    assert weighting.cast(asked, ANNE, "c", direct).comparisons == ()


def test_a_cast_ballot_is_changed_only_once_taken_back_and_before_the_reveal(asked):
    kept = cast(asked, ANNE)
    with pytest.raises(Refusal, match="ballot-cast"):
        weighting.save(asked, ANNE, "c", kept)

    draft = weighting.take_back(asked, ANNE, "c")

    assert not draft.is_cast
    again = weighting.cast(asked, ANNE, "c", draft)
    assert again.is_cast
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)
    with pytest.raises(Refusal, match="no-open-round"):
        weighting.take_back(asked, ANNE, "c")


def test_a_ballot_that_was_never_begun_cannot_be_taken_back(asked):
    with pytest.raises(Missing):
        weighting.take_back(asked, ANNE, "c")


def test_two_windows_of_one_person_do_not_overwrite_one_another(asked):
    first = weighting.save(asked, ANNE, "c", whole("anne"))
    weighting.save(asked, ANNE, "c", first)

    with pytest.raises(Stale) as stale:
        weighting.save(asked, ANNE, "c", first)
    assert stale.value.facts["theirs"].version == 2


def test_before_the_reveal_the_facilitator_knows_who_answered_and_nobody_what(asked):
    cast(asked, ANNE, b2=87.125)
    weighting.save(asked, BRUNO, "c", whole("bruno"))

    told = {a.person: a.is_cast for a in weighting.answered(asked, FACILITATOR, "c")}

    assert told == {"anne": True, "bruno": False, "test-membre": False}
    for who in (FACILITATOR, OBSERVER, BRUNO, someone(Role.ADMINISTRATOR)):
        seen = weighting.view(asked, who, "c")
        assert (seen.result, seen.cast, seen.members) == (None, 1, 3)
        assert "87.125" not in repr(seen)
        registry = cycles.registry(asked, who, "c")
        assert [b.person for b in registry.ballots if b.person != who.code] == []


def test_after_the_reveal_everyone_sees_the_spread_and_the_committee_the_names(asked):
    seen = revealed(asked, b2=50.0)

    assert [v.name for v in seen.result.voices] == ["Anne", "Bruno"]
    spread = seen.result.spreads["2"]
    assert (spread.low, spread.high) == pytest.approx((1 / 6, 0.5))
    assert seen.result.shares["2"] == pytest.approx((1 / 6 + 0.5) / 2)
    watched = weighting.view(asked, OBSERVER, "c").result
    assert [v.name for v in watched.voices] == ["", ""]
    assert watched.spreads["2"].mean == pytest.approx(spread.mean)


def test_a_draft_is_not_revealed(asked):
    cast(asked, ANNE)
    weighting.save(asked, BRUNO, "c", whole("bruno"))
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)

    assert [v.name for v in weighting.view(asked, BRUNO, "c").result.voices] == ["Anne"]


def test_what_a_member_said_before_she_left_still_counts(asked):
    cast(asked, ANNE, b2=90.0)
    cast(asked, BRUNO)
    with asked.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.person("anne"), is_active=False))
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)

    seen = weighting.view(asked, BRUNO, "c")

    assert [v.name for v in seen.result.voices] == ["Anne", "Bruno"]
    assert seen.members == 2


def test_a_second_round_replaces_the_ballots_of_those_who_answer_it(asked):
    revealed(asked, b2=50.0)
    rounds.begin(asked, FACILITATOR, "c", Subject.WEIGHTS)
    weighting.cast(asked, ANNE, "c", whole("anne", round=2))

    assert weighting.view(asked, ANNE, "c").result.spreads["2"].high == pytest.approx(0.5)
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)

    result = weighting.view(asked, ANNE, "c").result
    assert result.round == 2
    assert result.spreads["2"].high == pytest.approx(1 / 6)
    assert len(result.voices) == 2


def test_groups_compared_by_pairs_by_everybody_are_said_to_be(asked):
    keys = ("3.1", "3.2")
    for person, ratio in ((ANNE, 1.0), (BRUNO, 9.0)):
        said = weighting_ballot.with_comparison(whole(person.code), keys, *keys, ratio)
        weighting.cast(asked, person, "c", said)
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)

    result = weighting.view(asked, ANNE, "c").result

    assert result.by_pairs == ("3",)
    assert result.points["3.1"] == pytest.approx(0.75)


def test_the_mean_that_is_adopted_is_what_projects_are_scored_by(bring):
    rated = tuple(
        Evaluation("P1", leaf.key, "anne", 4.0 if leaf.key.startswith("2") else 0.0)
        for leaf in FRAMEWORK.leaves if not leaf.measure
    )  # fmt: skip
    store = bring(a_registry(replace(a_project("P1"), given_value=None), evaluations=rated))
    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
    before = scores.scores(store, ANNE, "c").card("P1").points
    cast(store, ANNE, b2=90.0)
    rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    assert scores.scores(store, ANNE, "c").card("P1").points == before

    weighting.adopt(store, FACILITATOR, "c", Choice(Kind.MEAN, "accord unanime"))

    assert scores.scores(store, ANNE, "c").card("P1").points > before + 20


def test_adoption_follows_the_last_round_and_another_one_replaces_it_with_its_history(asked):
    revealed(asked, b2=50.0)
    first = weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.MEAN, "accord"))
    second = weighting.adopt(
        asked, FACILITATOR, "c", Choice(Kind.OWN, "on garde le cadre", version=first.version)
    )

    assert (first.round, second.round, second.weights) == (1, 1, ())
    assert weighting.view(asked, ANNE, "c").adopted.reason == "on garde le cadre"
    with asked.reading() as work:
        lines = [line for line in journal.lines(work) if line.kind == "adopted"]
    assert [line.reason for line in lines] == ["accord", "on garde le cadre"]
    with pytest.raises(Stale):
        weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.MEAN, "trop tard"))


def test_weights_withdrawn_give_way_to_those_before_them(asked):
    revealed(asked, b2=50.0)
    first = weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.MEAN, "accord"))
    rounds.begin(asked, FACILITATOR, "c", Subject.WEIGHTS)
    weighting.cast(asked, ANNE, "c", whole("anne", round=2))
    rounds.reveal(asked, FACILITATOR, "c", Subject.WEIGHTS)
    second = weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.MEAN, "second accord"))

    assert weighting.withdraw(asked, FACILITATOR, "c", second) == first
    assert weighting.withdraw(asked, FACILITATOR, "c", first) is None
    with pytest.raises(Missing):
        weighting.withdraw(asked, FACILITATOR, "c", first)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_adopted_without_a_reason(asked, reason):
    revealed(asked)
    with pytest.raises(Invalid, match="empty"):
        weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.OWN, reason))


def test_nothing_is_adopted_while_a_round_is_open_nor_a_mean_of_nothing(bring):
    store = bring()
    with pytest.raises(Refusal, match="no-ballots"):
        weighting.adopt(store, FACILITATOR, "c", Choice(Kind.MEAN, "accord"))
    assert weighting.adopt(store, FACILITATOR, "c", Choice(Kind.OWN, "accord")).round == 0

    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
    with pytest.raises(Refusal, match="round-unrevealed"):
        weighting.adopt(store, FACILITATOR, "c", Choice(Kind.OWN, "accord"))


@pytest.mark.parametrize(
    ("between", "orders", "code"),
    [
        ((), (), "too-few"),
        ((Between("2", 0.5, 0.6),), (), "weights-outside-set"),
        (tuple(Between(key, 0.0, 0.1) for key in TOP), (), "weights-impossible"),
        ((Between("2.1", 0.0, 1.0),), (), "unknown-code"),
        ((), (("1", "2"),), "order-not-kept"),
        ((), (("1", "nobody"),), "unknown-code"),
        ((Between("2", 0.1, 0.9), Between("2", 0.1, 0.8)), (), "twice"),
    ],
)
def test_a_set_that_cannot_be_is_refused_and_nothing_is_in_force(asked, between, orders, code):
    revealed(asked, b2=50.0)

    with pytest.raises(Invalid, match=code):
        weighting.adopt(
            asked, FACILITATOR, "c", Choice(Kind.SET, "on garde ouvert", between, orders)
        )
    assert weighting.view(asked, ANNE, "c").adopted is None


def test_the_orders_that_everybody_keeps_can_be_adopted(asked):
    result = revealed(asked, b2=50.0).result

    weighting.adopt(asked, FACILITATOR, "c", Choice(Kind.SET, "l'ordre", orders=result.orders))

    assert {order[0] for order in result.orders} == {"2"}


def a_committee():
    """BOTH is good at branches 1 and 2, ONE at 1, TWO at 2, NONE at none; two have room."""
    marks = {
        "BOTH": {"1": 4.0, "2": 4.0},
        "ONE": {"1": 4.0, "2": 0.0},
        "TWO": {"1": 0.0, "2": 4.0},
        "NONE": dict.fromkeys("1234d", 0.0),
    }
    projects = tuple(replace(a_project(c, cost=(40,)), given_value=None) for c in marks)
    evaluations = tuple(
        Evaluation(code, leaf.key, "m1", given.get(leaf.key[0], 2.0))
        for code, given in marks.items()
        for leaf in FRAMEWORK.leaves if not leaf.measure
    )  # fmt: skip
    held = (Round(Subject.WEIGHTS, 1),)
    return a_registry(*projects, limits=(80,), evaluations=evaluations, rounds=held)


def standings(store):
    """Project -> what is proved of it, of the weights in doubt."""
    jobs = Jobs()
    try:
        question = scenarios.ask(store, ANNE, "c", "base")
        plan = scenarios.answer(question, triage.Search(20.0))
        triage.triage(jobs, question, plan, begin=True)
        for name in jobs.names:
            jobs.get(name).future.result(60)
        found = triage.triage(jobs, question, plan).result
    finally:
        jobs.close()
    return {line.project: line.standing for line in found.lines}, found.ballots


def test_the_robust_analysis_takes_the_set_that_is_adopted_instead_of_the_ballots(bring):
    """ONE or TWO, as branch 1 or 2 weighs more: the ballots differ, the set adopted does not."""
    store = bring(a_committee())
    cast(store, ANNE, b1=20.0)
    cast(store, BRUNO, b2=40.0)
    rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    assert standings(store) == (
        {"BOTH": "core", "ONE": "contested", "TWO": "contested", "NONE": "out"}, 2
    )  # fmt: skip

    weighting.adopt(store, FACILITATOR, "c", Choice(Kind.SET, "2 avant 1", orders=(("2", "1"),)))

    told, ballots = standings(store)
    assert (told["TWO"], ballots) == ("core", 0)
    asked = scenarios.ask(store, ANNE, "c", "base")
    doubt = agreed.doubt(asked)
    assert all(corner["2"] >= corner["1"] for corner in doubt.corners)
    assert agreed.source(asked) == "adopted"


def test_a_mean_that_is_adopted_leaves_the_ballots_in_doubt(bring):
    store = bring(a_committee())
    cast(store, ANNE, b1=20.0)
    cast(store, BRUNO, b2=40.0)
    rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    weighting.adopt(store, FACILITATOR, "c", Choice(Kind.MEAN, "accord"))

    asked = scenarios.ask(store, ANNE, "c", "base")

    assert agreed.source(asked) == "ballots"
    assert len(agreed.doubt(asked).corners) == 2


def test_one_ballot_and_nothing_adopted_leave_no_doubt(bring):
    asked = scenarios.ask(bring(), ANNE, "c", "base")

    assert agreed.source(asked) == "none"
    assert len(agreed.doubt(asked).corners) == 1


def test_a_branch_keeps_its_adopted_weights_inside_at_every_corner(bring):
    store = bring(a_committee())
    inside = tuple(
        replace(w, points=90.0) if w.criterion == "1.1" else w for w in whole("anne").weights
    )
    weighting.cast(store, ANNE, "c", replace(whole("anne"), weights=inside))
    rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    between = (Between("1", 0.1, 0.3),)
    weighting.adopt(store, FACILITATOR, "c", Choice(Kind.SET, "ouvert", between))

    with store.reading() as work:
        registry = work.registry("c")
    leaves = agreed.of_branches(registry, FRAMEWORK, {"1": 0.3, "2": 0.7})

    assert leaves["1.1"] == pytest.approx(0.3 * 90 / 110)
    assert judgement.in_force(registry).between == between


# What a ballot says while it is filled in


def test_a_rank_already_held_changes_hands():
    keys = ("a", "b", "c")
    ballot = Ballot("anne", ())
    for key, rank in (("a", 1), ("b", 2), ("c", 1)):
        ballot = weighting_ballot.with_rank(ballot, keys, key, rank)
    assert weighting_ballot.ranks(ballot, keys) == {"b": 2, "c": 1}

    ballot = weighting_ballot.with_rank(ballot, keys, "b", 1)
    assert weighting_ballot.ranks(ballot, keys) == {"b": 1, "c": 2}
    assert weighting_ballot.within(ballot, keys) == {}

    done = weighting_ballot.with_rank(ballot, keys, "a", 3)
    assert weighting_ballot.within(done, keys) == pytest.approx(
        {"b": 11 / 18, "c": 5 / 18, "a": 2 / 18}
    )
    assert weighting_ballot.ranks(weighting_ballot.with_rank(done, keys, "a", None), keys) == {
        "b": 1, "c": 2
    }  # fmt: skip


def test_pairs_give_weights_as_soon_as_they_tie_everything_together():
    keys = ("a", "b", "c")
    ballot = weighting_ballot.with_comparison(Ballot("anne", ()), keys, "a", "b", 2.0)
    assert weighting_ballot.method_of(ballot, keys) is Method.PAIRS
    assert weighting_ballot.within(ballot, keys) == {}
    assert weighting_ballot.advice(ballot, keys).compared is None

    ballot = weighting_ballot.with_comparison(ballot, keys, "b", "c", 3.0)
    assert weighting_ballot.within(ballot, keys) == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})
    assert weighting_ballot.advice(ballot, keys).given == 2

    gone = weighting_ballot.with_comparison(ballot, keys, "a", "b", None)
    assert weighting_ballot.within(gone, keys) == {}


def test_the_advice_names_the_worst_triple_and_a_repair_that_repairs():
    keys = ("a", "b", "c", "d")
    ballot = Ballot("anne", ())
    for one, other in combinations(keys, 2):
        ratio = 1 / 4 if (one, other) == ("a", "d") else 2.0
        ballot = weighting_ballot.with_comparison(ballot, keys, one, other, ratio)
    told = weighting_ballot.advice(ballot, keys)
    assert not told.compared.is_coherent
    assert {"a", "d"} < {told.worst.one, told.worst.other, told.worst.third}

    mend = told.repair
    mended = weighting_ballot.with_comparison(ballot, keys, mend.one, mend.other, mend.after)

    assert weighting_ballot.advice(mended, keys).compared.ratio == pytest.approx(mend.ratio)


def test_live_shares_wait_for_what_stands_above():
    ballot = Ballot("anne", ())
    assert set(weighting_ballot.shares(FRAMEWORK, ballot).values()) == {None}

    ballot = weighting_ballot.with_points(ballot, TOP, Method.DIRECT, dict.fromkeys(TOP, 1.0))
    ballot = weighting_ballot.with_points(
        ballot, ("3.1", "3.2"), Method.DIRECT, {"3.1": 3.0, "3.2": 1.0}
    )

    found = weighting_ballot.shares(FRAMEWORK, ballot)
    assert found["3.1"] == pytest.approx(0.75 / 6)
    assert found["1.1"] is None
    assert set(weighting_ballot.blank(FRAMEWORK, ballot)) == {"1", "2", "4", "durabilite", "dette"}
