"""The footprint in a draft and in a file: saved as typed, a range, nothing netted."""

from dataclasses import replace

import pytest

from portfolio.footprint import Deed, Quantity
from portfolio.person import Person, Role
from portfolio.project import Answer
from services import footprint, proposals
from views.desk import Desk
from views.footprint_shown import exact, weight
from views.text import Text

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
LAPTOPS = (Quantity("laptop", Deed.NEW, 100.0),)


@pytest.fixture
def draft(own_demo):
    begun = proposals.begin(own_demo, LEAD, "demo", "Bancs connectés")
    return proposals.save(own_demo, LEAD, "demo", replace(begun, quantities=LAPTOPS))


def kept(store, code):
    with store.reading() as work:
        return work.project("demo", code)


def edited(at, **state):
    """The page once the quantities' cells were edited so."""
    changes = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | state
    at.session_state["proposals_0_quantities"] = changes
    return at.run()


def radio(at, key):
    return next(one for one in at.radio if one.key.endswith(f"_{key}"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_draft_shows_its_estimate_as_a_range_with_its_assumptions(
    show, own_demo, draft, read, language
):
    at = show(
        "proposals", own_demo, Role.LEAD, language, project=draft.code, section="footprint"
    )
    told = read(at).replace("\u00a0", " ")

    assert not at.exception
    # 100 x 236 kg made, and 100 x 40 kWh x 4 years x 0.02: 23,920 kg
    assert ("environ 24 t éq. CO₂ (de 20 t à" if language == "fr" else "about 24 t CO₂e") in told
    assert "Boavizta" in told


def test_a_row_added_is_saved(show, own_demo, draft):
    at = show(
        "proposals", own_demo, Role.LEAD, project=draft.code, section="footprint"
    )

    row = {"item": "server", "deed": "retired", "count": 3, "years": 5}
    at = edited(at, added_rows=[row])

    assert not at.exception
    assert kept(own_demo, draft.code).quantities == (
        *LAPTOPS,
        Quantity("server", Deed.RETIRED, 3.0, 5.0),
    )


def test_a_row_without_its_number_is_not_saved_and_the_page_says_so(show, own_demo, draft, read):
    at = show(
        "proposals", own_demo, Role.LEAD, project=draft.code, section="footprint"
    )

    at = edited(at, added_rows=[{"item": "server", "deed": "new"}])

    assert "1 ligne n'est pas enregistrée" in read(at).replace("\u00a0", " ")
    assert kept(own_demo, draft.code).quantities == LAPTOPS


def test_a_row_changed_and_a_row_removed_are_saved(show, own_demo, draft):
    at = show(
        "proposals", own_demo, Role.LEAD, project=draft.code, section="footprint"
    )
    at = edited(at, edited_rows={0: {"count": 60, "deed": "kept", "years": 2}})
    assert kept(own_demo, draft.code).quantities == (Quantity("laptop", Deed.KEPT, 60.0, 2.0),)

    edited(at, deleted_rows=[0])

    assert kept(own_demo, draft.code).quantities == ()


def test_what_a_cell_rounds_stays_as_it_was_until_it_is_edited(show, own_demo, draft):
    halves = (Quantity("laptop", Deed.KEPT, 12.5, 2.5),)
    saved = proposals.save(own_demo, LEAD, "demo", replace(draft, quantities=halves))
    at = show(
        "proposals", own_demo, Role.LEAD, project=draft.code, section="footprint"
    )

    edited(at, edited_rows={0: {"deed": "reused"}})

    assert kept(own_demo, saved.code).quantities == (Quantity("laptop", Deed.REUSED, 12.5, 2.5),)


def test_the_checklist_is_answered_with_a_comment_and_unanswered_again(show, own_demo, draft):
    at = show(
        "proposals", own_demo, Role.LEAD, project=draft.code, section="footprint"
    )

    at = radio(at, "rgesn.2.2").set_value("oui").run()
    field = next(one for one in at.text_input if one.key.endswith("rgesn.2.2_comment"))
    at = field.input("Essayé en 2026").run()
    assert kept(own_demo, draft.code).answers == (Answer("rgesn.2.2", "oui", "Essayé en 2026"),)

    next(one for one in at.text_input if one.key.endswith("rgesn.2.2_comment")).input("").run()
    radio(at, "rgesn.2.2").set_value("").run()

    assert kept(own_demo, draft.code).answers == ()


@pytest.mark.parametrize("role", list(Role))
def test_everyone_reads_the_evidence_beside_the_scores(seen, read, role):
    at = seen("proposals", role, project="P37")
    told = read(at).replace("\u00a0", " ")

    assert not at.exception
    assert "déclare elle-même 390 t éq. CO₂" in told
    assert "jamais soustrait" in told
    assert "3 900 appareils vivent plus longtemps ou sont réemployés" in told
    assert "10 des 13 critères d'écoconception répondus qui s'appliquent sont respectés" in told


def test_a_project_without_quantities_says_that_nothing_can_be_estimated(seen, read):
    assert "l'empreinte ne peut pas être estimée" in read(seen("proposals", project="P03"))


@pytest.mark.parametrize(
    ("kilograms", "fr", "en"),
    [
        (0, "0 kg", "0 kg"),
        (7.64, "7,6 kg", "7.6 kg"),
        (428, "430 kg", "430 kg"),
        (999.4, "1 000 kg", "1,000 kg"),
        (1_849, "1,8 t", "1.8 t"),
        (715_900, "720 t", "720 t"),
        (1_334_368, "1 300 t", "1,300 t"),
    ],
)
def test_a_weight_is_told_with_two_digits(demo, kilograms, fr, en):
    shown = [
        weight(Desk(demo, LEAD, Text(language)), kilograms).replace("\u00a0", " ")
        for language in ("fr", "en")
    ]

    assert shown == [fr, en]


def test_a_factor_is_told_with_all_its_decimals(demo):
    desk = Desk(demo, LEAD, Text("fr"))

    assert [exact(desk, n) for n in (0.054, 236.0, 1.58)] == ["0,054", "236", "1,58"]


def test_the_durability_evidence_is_one_sentence_for_whoever_rates(demo):
    from views.footprint_shown import sentence

    desk = Desk(demo, LEAD, Text("fr"), cycle="demo")
    found = footprint.evidence(demo, Person("demo-membre-1", "x"), "demo", "P38")

    assert "réemployés" in sentence(desk, found)
