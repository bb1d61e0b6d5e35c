"""Signs worth a question: what raises one, what does not, and how often simulation says so."""

import sys
from pathlib import Path

import numpy as np
import pytest

from data import references
from portfolio.evaluation import Evaluation
from scoring.likeness import alike
from scoring.signs import Asked, Kind, mandatory, split, under
from scoring.signs_of_ratings import Ratings, by_leads, pull, ratings, self_gap

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from committees import SIZES
from signs import Rate, measured

MILLION = 100_000_000
TEXT = "Remplacer le système de paie des cols bleus par un progiciel qui calcule primes et congés"
OTHER = "Compter les cyclistes du réseau express avec des capteurs posés sous la chaussée en hiver"


def a_panel(projects=12, criteria=10, people=6, seed=3):
    dice = np.random.default_rng(seed)
    given = np.clip(np.round(2 + 0.7 * dice.standard_normal((projects, criteria, people))), 0, 4)
    names = (tuple(f"{letter}{at}" for at in range(n))
             for letter, n in (("P", projects), ("C", criteria), ("E", people)))  # fmt: skip
    return Ratings(*names, given)


def test_a_lead_far_above_the_panel_is_named_with_each_criterion():
    panel = a_panel()
    own = panel.given[:, :, 0].copy()
    own[4] = 4.0

    (sign,) = self_gap(panel, own).signs

    assert sign.about == ("P4",)
    assert sign.figures["gap"] == pytest.approx(4.0 - panel.given[4].mean())
    assert [row["own"] for row in sign.rows] == [4.0] * 10
    assert sign.rows[0]["panel"] == pytest.approx(panel.given[4, 0].mean())


def test_leads_who_are_all_a_little_generous_raise_nothing():
    panel = a_panel()
    assert self_gap(panel, np.clip(panel.given[:, :, 0] + 0.5, 0, 4)).signs == ()


def test_without_self_scores_or_with_one_opinion_there_is_not_enough():
    panel = a_panel()
    assert self_gap(panel, np.full((12, 10), np.nan)).lacks == "no-self-score"
    alone = Ratings(panel.projects, panel.criteria, ("E0",), panel.given[:, :, :1])
    assert self_gap(alone, panel.given[:, :, 1]).lacks == "no-self-score"
    assert self_gap(ratings(()), np.zeros((0, 0))).lacks == "no-rating"


def services(projects=24):
    return {f"P{at}": f"S{at % 6}" for at in range(projects)}


def test_an_evaluator_who_lifts_her_service_is_named_and_a_generous_one_is_not():
    panel = a_panel(projects=24)
    given = panel.given.copy()
    given[::6, :, 2] = np.clip(given[::6, :, 2] + 1.5, 0, 4)  # service S0
    given[:, :, 4] = np.clip(given[:, :, 4] + 1, 0, 4)  # generous to all
    lifted = Ratings(panel.projects, panel.criteria, panel.people, given)

    found = pull(lifted, {"E2": "S0", "E4": "S1", "E5": "S2"}, services())

    (sign,) = found.signs
    assert sign.about == ("E2",)
    assert found.examined == 3
    assert {row["project"] for row in sign.rows} == {"P0", "P6", "P12", "P18"}
    assert all(row["hers"] > row["others"] for row in sign.rows)
    assert sign.strength == "clear"


def test_a_pull_needs_services_that_are_known_and_projects_enough():
    panel = a_panel(projects=24)
    assert pull(panel, {"E0": ""}, services()).lacks == "no-service"
    assert pull(panel, {"E0": "S9"}, services()).lacks == "few-own"
    assert pull(panel, {"E0": "S0"}, dict.fromkeys(panel.projects, "S0")).lacks == "few-own"
    assert pull(ratings(()), {"E0": "S0"}, {}).lacks == "no-rating"


def costs(*amounts):
    return [Asked(f"P{at}", round(m * MILLION)) for at, m in enumerate(amounts)]


def test_amounts_crowded_under_a_threshold_are_told_with_what_was_expected():
    found = under(costs(0.7, 0.92, 0.95, 0.96, 0.97, 0.98, 0.99, 1.2, 1.3, 1.4, 7), (MILLION,))

    (sign,) = found.signs
    assert sign.figures["under"] == 6
    assert sign.figures["over"] == 0
    assert sign.figures["around"] == 10
    assert sign.figures["expected"] == pytest.approx(10 * 0.11754, abs=1e-3)
    assert sign.about[0] == "P6"
    assert sign.rows[0]["below"] == pytest.approx(0.01)


def test_amounts_spread_about_a_threshold_raise_nothing():
    assert under(costs(0.7, 0.75, 0.8, 0.95, 1.0, 1.05, 1.2, 1.4), (MILLION,)).signs == ()
    assert under(costs(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), (MILLION,)).signs == ()  # at it is not under


def test_without_a_threshold_or_amounts_near_it_there_is_not_enough():
    assert under(costs(0.9, 0.95), ()).lacks == "no-threshold"
    assert under(costs(0.9, 0.95, 20, 30), (MILLION,)).lacks == "few-amounts"


def portfolio(*some):
    names = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india")
    others = [
        Asked(f"Q{at}", MILLION // 10, " ".join(f"{w}{at}{w[::-1]}" for w in names), f"l{at}")
        for at in range(10)
    ]
    return [*some, *others]


def test_two_projects_of_one_lead_alike_and_together_over_a_threshold_are_told():
    halves = (Asked("P1", 60_000_000, TEXT, "ann"), Asked("P2", 55_000_000, TEXT + " (2)", "ann"))

    (sign,) = split(portfolio(*halves), (MILLION,)).signs

    assert sign.about == ("P1", "P2")
    assert sign.figures["total"] == 115_000_000
    assert sign.strength == "clear"


@pytest.mark.parametrize(
    "second",
    [
        Asked("P2", 55_000_000, OTHER, "ann"),  # other work
        Asked("P2", 55_000_000, TEXT, "bob"),  # another hand
        Asked("P2", 30_000_000, TEXT, "ann"),  # no threshold is passed
        Asked("P2", 155_000_000, TEXT, "ann"),  # one passes it by itself
    ],
)
def test_what_is_not_one_project_in_two_raises_nothing(second):
    assert split(portfolio(Asked("P1", 60_000_000, TEXT, "ann"), second), (MILLION,)).signs == ()


def test_three_parts_are_one_sign():
    parts = [Asked(f"P{k}", 40_000_000, f"{TEXT} lot {k}", service="Eau") for k in range(3)]
    (sign,) = split(portfolio(*parts), (MILLION,)).signs
    assert sign.about == ("P0", "P1", "P2")


def test_projects_with_too_few_words_are_not_compared():
    short = [Asked(f"P{k}", 60_000_000, "Phase deux", "ann") for k in range(12)]
    assert split(short, (MILLION,)).lacks == "few-texts"


def test_likeness_is_of_words_whatever_the_accents():
    found = alike(["Système de gestion des permis", "SYSTEME DE GESTION DES PERMIS", "Été"])
    assert found[0, 1] == pytest.approx(1.0)
    assert found[0, 2] == pytest.approx(0.0, abs=0.1)
    assert alike(["", "mot"])[0, 1] == 0.0


def share(yes, of, name="P"):
    return {f"{name}{at}": at < yes for at in range(of)}


def test_more_obligations_than_before_are_told():
    found = mandatory(share(20, 60), share(6, 60), "2027", "2026")
    (sign,) = found.signs
    assert (sign.figures["now"], sign.figures["before"]) == (20 / 60, 0.1)
    assert len(sign.rows) == 20
    # Fisher's exact p of [[20, 40], [6, 54]], one-sided, is 0.0018; mid-p is less by half a term
    assert 0.0005 < sign.figures["p"] < 0.0018


def test_as_many_obligations_as_before_or_fewer_raise_nothing():
    assert mandatory(share(7, 60), share(6, 60)).signs == ()
    assert mandatory(share(1, 60), share(20, 60)).signs == ()


def test_obligations_need_two_cycles_of_ten_projects():
    assert mandatory(share(9, 60), {}).lacks == "no-earlier-cycle"
    assert mandatory(share(9, 9), share(1, 60)).lacks == "few-projects"


def test_opinions_become_one_table_and_no_opinion_is_none():
    said = [Evaluation("P1", "a", "ann", 3), Evaluation("P1", "a", "bob", None),
            Evaluation("P2", "b", "bob", 1)]  # fmt: skip
    panel = ratings(said)
    assert panel.people == ("ann", "bob")
    assert panel.given[0, 0, 0] == 3
    assert np.isnan(panel.given[0, 0, 1])
    own = by_leads([Evaluation("P2", "b", "lee", 4), Evaluation("P9", "b", "lee", 4)], panel)
    assert own[1, 1] == 4
    assert np.isnan(own[0]).all()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_shipped_false_alarm_rate_is_at_most_one_committee_in_twenty(kind):
    alarm = next(r for r in references.signs() if r.kind == kind and r.size == 0)
    assert alarm.committees >= 250
    assert alarm.raised <= 0.05


@pytest.mark.parametrize("kind", list(Kind))
def test_other_committees_agree_with_the_shipped_rates(kind):
    biggest = SIZES[kind][-1]
    shipped = {r.size: r for r in references.signs() if r.kind == kind}

    for again in measured([kind], 120, first=500_000, sizes={kind: (biggest,)}):
        told = shipped[again.size]
        assert isinstance(again, Rate)
        apart = abs(again.share - told.raised)
        assert apart <= 3 * (again.error**2 + told.error**2) ** 0.5
