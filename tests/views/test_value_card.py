"""A value card can be redone by hand, and says who wrote what to those who may know."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_registry

from portfolio.evaluation import Adopted, Evaluation, Round, Subject, Weight
from portfolio.person import Person, Role
from portfolio.project import Project
from services import scores
from views.format import parse_number, parse_percent

LISE = Person("lise", "Lise Roy", frozenset({Role.LEAD}))
ANNE = Person("anne", "Anne Côté", frozenset({Role.MEMBER}))
SUMS = {"fr": "Refaire le calcul à la main", "en": "Do the sum again by hand"}


def rated(criterion, rating, who="anne", **more):
    return Evaluation("P1", criterion, who, rating, f"dit par {who}", **more)


BY_ANNE = rated("1.1", 2.5, evidence="plan.pdf", confidence=2)
BY_LISE = rated("1.1", 4.0, "lise")


def one_project(*evaluations, **more):
    project = Project("P1", "Projet P1", lead="lise")
    return a_registry(project, evaluations=evaluations, people=(LISE, ANNE), **more)


def folded(at, label):
    return next(e for e in at.expander if e.label.replace("\\", "").startswith(label))


def column(frame, at):
    return [str(cell).replace("\\", "") for cell in frame.iloc[:, at]]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("project", ["P01", "P07", "P12", "P23"])
def test_the_sum_done_by_hand_gives_the_points_shown(seen, demo, project, language):
    at = seen("proposals", Role.MEMBER, language, project=project)
    (table,) = folded(at, SUMS[language]).table
    most, points = ([float(parse_number(c, language)) for c in column(table.value, i)]
                    for i in (2, 4))  # fmt: skip
    values = [float(parse_percent(c, language)) for c in column(table.value, 3)[:-1]]
    weights = [float(parse_percent(c, language)) for c in column(table.value, 1)]
    valued = scores.card(demo, at_member(), "demo", project).valued

    assert len(values) > 10
    for high, value, given in zip(most, values, points, strict=False):
        assert high * value == pytest.approx(given, abs=0.011)
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.005 * len(points))
    assert sum(most[:-1]) == pytest.approx(100, abs=0.005 * len(most))
    assert sum(weights[:-1]) == pytest.approx(weights[-1], abs=0.0001 * len(weights))
    for weight, high in zip(weights[:-1], most, strict=False):
        assert 100 * weight / weights[-1] == pytest.approx(high, abs=0.02)
    assert points[-1] == pytest.approx(valued.points, abs=0.005)
    shown = next(m.value for m in at.metric if m.label in ("Valeur", "Value"))
    assert float(parse_number(shown, language)) == pytest.approx(points[-1], abs=0.05)


def at_member():
    return Person("test-membre", "Test membre", frozenset({Role.MEMBER}))


def test_the_value_of_a_mean_is_placed_between_two_points_of_its_function(show, house, read):
    told = read(show("proposals", house(one_project(BY_ANNE)), project="P1"))

    assert "entre le niveau 2 (40 %) et le niveau 3 (70 %)" in told.replace("\u00a0", " ")
    assert "Cela vaut 55 % du critère" in told.replace("\u00a0", " ")


def test_a_measure_past_its_references_says_that_nothing_more_is_gained(seen, demo, read):
    told = "\n".join(
        read(seen("proposals", Role.MEMBER, project=code)).replace("\u00a0", " ")
        for code in beyond(demo)
    )

    assert "passé 1 000 000 dollars par an, la valeur ne change plus" in told


def beyond(store):
    with store.reading() as work:
        registry = work.registry("demo")
    from scoring.measures import MEASURES

    return [p.code for p in registry.projects
            if MEASURES["interest_avoided"](p, registry) > 1_000_000][:1]  # fmt: skip


def test_what_each_person_wrote_stands_with_evidence_and_confidence(show, house):
    at = show("proposals", house(one_project(BY_ANNE)), project="P1")
    (table,) = folded(at, "1.1 ").table

    assert column(table.value.T, 0) == ["Anne Côté", "2,5", "assez sûr", "dit par anne", "plan.pdf"]


def test_the_leads_own_score_stands_beside_and_counts_nowhere(show, house, read):
    at = show("proposals", house(one_project(BY_ANNE, BY_LISE)), project="P1")
    (table,) = folded(at, "1.1 ").table

    assert column(table.value.T, 1)[:2] == ["Lise Roy (responsable du projet)", "4 – ne compte pas"]
    assert "cote moyenne de 2,5 sur 4 d'après 1 personne" in read(at)


def test_before_the_reveal_nobody_reads_a_name(show, house, read):
    rounds = (
        Round(Subject.SCORES, 1, revealed=date(2026, 11, 1)), Round(Subject.SCORES, 2),
    )  # fmt: skip
    again = (rated("1.1", 0.0, round=2), rated("1.1", 4.0, "lise", round=2))
    again = tuple(replace(e, justification="encore secret") for e in again)

    told = read(show("proposals", house(one_project(BY_ANNE, *again, rounds=rounds)), project="P1"))

    assert "dit par anne" in told
    assert "encore secret" not in told
    assert "Lise Roy (responsable du projet)" not in told


def test_an_observer_reads_the_figures_and_no_name(show, house, read):
    told = read(show("proposals", house(one_project(BY_ANNE, BY_LISE)), Role.OBSERVER,
                     project="P1"))  # fmt: skip

    assert SUMS["fr"] in told
    assert "dit par" not in told
    assert "ne compte pas" not in told


def test_a_lead_reads_her_own_score_beside_the_panels(house):
    store = house(one_project(BY_ANNE, BY_LISE))
    with store.reading() as work:
        registry = work.registry("c")

    line = next(x for x in scores.card_of(LISE, registry, "P1").lines if x.criterion.key == "1.1")

    assert line.own == replace(BY_LISE, version=1)
    assert line.opinions == ()


@pytest.mark.parametrize(
    ("adopted", "told"),
    [
        ((), "Ces poids sont ceux du cadre « Montréal numérique et Montréal 2030 »"),
        ((Adopted(0, reason="d'accord"),), "Ces poids sont ceux du cadre"),
        ((Adopted(2, (Weight("1", 3.0),), reason="Le climat d'abord."),),
         "Ces poids sont ceux que le comité a adoptés après la ronde 2. Le climat d'abord."),
        ((Adopted(0, (Weight("1", 3.0),)),), "Ces poids sont ceux que le comité a adoptés."),
    ],
)
def test_a_card_says_whose_weights_these_are(show, house, read, adopted, told):
    shown = read(show("proposals", house(one_project(BY_ANNE, adopted=adopted)), project="P1"))

    assert told in shown.replace("\u00a0", " ").replace("\\", "")
