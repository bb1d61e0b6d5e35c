"""What a proposal's quantities weigh: the same everywhere, and the factors are the city's own."""

import shutil
from dataclasses import replace

import pytest
from benches import a_project, a_registry

from data import ecodesign
from data.store import Act, open_store
from optimizer.solvers import Search
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.person import Person, Role
from portfolio.project import Answer, Measure, Stage
from portfolio.rules import Ceiling
from services import footprint, plan_figures, proposals, scenarios
from services.scores import of_registry

ANNE = Person("anne", "Anne", frozenset({Role.LEAD}))
ARCHI = Person("archi", "Archi", frozenset({Role.ARCHITECT}))
LAPTOPS = (Quantity("laptop", Deed.NEW, 100),)
# made: 100 x 236; used: 100 x 40 kWh x 4 years x 0.02
LIKELY = 100 * 236 + 100 * 40 * 4 * 0.02


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, ARCHI):
            work.save(None, person)
        work.bring_in(
            a_registry(
                a_project("P1", 5, quantities=LAPTOPS),
                a_project("P2", 4, measures=(Measure("carbon", -7.0),), quantities=LAPTOPS),
                a_project("P3", 3),
                a_project("P4", lead="anne", stage=Stage.DRAFT),
                a_project("P5", 2, quantities=(Quantity("toaster", Deed.NEW, 1),)),
            )
        )
    yield opened
    opened.close()


def draft(store):
    with store.reading() as work:
        return work.project("c", "P4")


def carbon(store):
    asked = scenarios.ask(store, ARCHI, "c", "base")
    return {p.code: p.measures.get("carbon") for p in asked.posed.question.projects}


def test_the_optimizer_reads_what_is_declared_else_what_is_computed(store):
    assert carbon(store) == {"P1": LIKELY, "P2": -7.0, "P3": None, "P5": None}


def test_a_carbon_ceiling_keeps_out_what_emits_too_much(store):
    asked = scenarios.ask(store, ARCHI, "c", "base")
    least = LIKELY - 8  # P2 avoids 7
    capped = replace(asked.scenario, rules=(Ceiling("carbon", None, None, least),))

    plan = scenarios.answer(scenarios.ask(store, ARCHI, "c", capped), Search())

    assert set(plan.starts) == {"P2", "P3", "P5"}


def test_the_plan_s_figures_tell_the_same_carbon(store):
    asked = scenarios.ask(store, ARCHI, "c", "base")
    plan = scenarios.answer(asked, Search())

    assert plan_figures.view(plan, asked.posed.question).totals.carbon == pytest.approx(LIKELY - 7)


def test_computing_twice_changes_nothing(store):
    with store.reading() as work:
        once = footprint.measured(work.registry("c"))

    assert footprint.measured(once) == once


def test_a_criterion_measured_by_carbon_is_scored_on_it(store):
    with store.reading() as work:
        whole = work.registry("c")
    framework = whole.framework
    leaf = next(c for c in framework.leaves if c.measure)
    measured = replace(leaf, measure="carbon", references=((0.0, 1.0), (2 * LIKELY, 0.0)))
    criteria = tuple(measured if c.key == leaf.key else c for c in framework.criteria)
    rated = next(c for c in framework.leaves if not c.measure)
    registry = replace(
        whole,
        framework=replace(framework, criteria=criteria),
        evaluations=(_rating("P1", rated.key),),
    )

    part = next(p for p in of_registry(registry).card("P1").parts if p.criterion == leaf.key)

    assert (part.level, part.value) == (LIKELY, pytest.approx(0.5))


def _rating(project, criterion):
    from portfolio.evaluation import Evaluation

    return Evaluation(project, criterion, "bruno", 2.0)


def test_a_cycle_s_own_factor_changes_what_is_computed(store):
    own = Factor("laptop.made", 100, 100, 100, "kgCO2e", "Contrat 2027 : déclaration du fabricant")

    footprint.keep(store, ARCHI, "c", own)

    assert carbon(store)["P1"] == LIKELY - 100 * 136


def test_a_factor_whose_figures_change_needs_another_source(store):
    shipped = {f.code: f for f in footprint.factors(store, ARCHI, "c")}["laptop.made"]

    with pytest.raises(Refusal, match="same-source"):
        footprint.keep(store, ARCHI, "c", replace(shipped, high=300))

    kept = footprint.keep(store, ARCHI, "c", replace(shipped, high=300, source="Mesure de 2026"))
    assert (kept.version, kept.high) == (1, 300)
    with pytest.raises(Refusal, match="same-source"):
        footprint.keep(store, ARCHI, "c", replace(kept, low=1))


def test_two_people_do_not_write_the_same_factor_over_each_other(store):
    shipped = {f.code: f for f in footprint.factors(store, ARCHI, "c")}["laptop.made"]
    footprint.keep(store, ARCHI, "c", replace(shipped, high=300, source="Mesure de 2026"))

    with pytest.raises(Stale):
        footprint.keep(store, ARCHI, "c", replace(shipped, high=310, source="Autre mesure"))


def test_a_factor_that_no_estimate_could_use_is_not_kept(store):
    with pytest.raises(Invalid, match="not-one-of"):
        footprint.keep(store, ARCHI, "c", Factor("laptop.weight", 1, 1, 1, "kg", "s"))


def test_a_draft_with_an_unknown_item_is_refused_with_the_known_ones(store):
    wrong = replace(draft(store), quantities=(Quantity("toaster", Deed.NEW, 1),))

    with pytest.raises(Invalid, match="unknown-item") as refused:
        proposals.save(store, ANNE, "c", wrong)

    assert "laptop" in refused.value.facts["accepted"]
    assert draft(store).quantities == ()


def test_an_item_that_the_city_added_is_known(store):
    for code, unit in (("kiosk.made", "kgCO2e"), ("kiosk.years", "year")):
        footprint.keep(store, ARCHI, "c", Factor(code, 1, 2, 3, unit, "Contrat 2027"))

    wanted = replace(draft(store), quantities=(Quantity("kiosk", Deed.NEW, 4),))

    assert proposals.save(store, ANNE, "c", wanted).quantities == wanted.quantities


def test_evidence_tells_the_range_and_what_is_declared(store):
    found = footprint.evidence(store, ANNE, "c", "P2")

    assert found.declared == -7.0
    assert found.footprint.caused.likely == LIKELY
    assert found.footprint.caused.low < LIKELY < found.footprint.caused.high


def test_evidence_of_an_unknown_item_says_so_instead_of_failing(store):
    found = footprint.evidence(store, ARCHI, "c", "P5")

    assert found.footprint is None
    assert found.refused.code == "unknown-item"


def test_another_s_draft_gives_no_evidence(store):
    with pytest.raises(Missing):
        footprint.evidence(store, ARCHI, "c", "P4")


def test_the_checklist_s_share_is_of_what_applies_and_is_answered():
    keys = [question.key for question in ecodesign.questions()]
    given = ["oui", "oui", "oui", "non", "sans-objet"]
    answers = tuple(Answer(k, a) for k, a in zip(keys, given, strict=False))

    found = footprint.practices(a_project("P", answers=(*answers, Answer("climat.ges", "oui"))))

    assert (found.met, found.unmet, found.apart, found.unanswered) == (3, 1, 1, 25)
    assert found.share == 0.75


def test_a_checklist_without_an_answer_has_no_share():
    assert footprint.practices(a_project("P")).share is None
