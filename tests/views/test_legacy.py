"""Risque des systèmes: the red list, the matrix, the wizard from first level to confirmation."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_page

from data.store import Act
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.person import Person, Role
from services import legacy, legacy_view
from views import format as written
from views.parts import today

ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
READERS = [role for role in Role if role is not Role.LEAD]


@pytest.fixture(name="read")
def reading(read):
    """Every word on the page, spaces and signs as one types them."""
    return lambda at: read(at).replace("\u00a0", " ").replace("\\", "")


def kept(store, system):
    with store.reading() as work:
        return next(a for a in work.registry("demo").assessments if a.system == system)


def in_hand(show, store, system, at, who=Role.ARCHITECT, language="fr"):
    """The wizard of that system, at that step."""
    page = show("legacy", store, who, language, system=system)
    return page.radio(key="legacy_step").set_value(at).run()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", READERS)
def test_the_committee_reads_the_red_list(seen, role, language):
    at = seen("legacy", role, language)

    assert not at.exception
    assert len(at.title) == 1


def test_leads_do_not(seen, read):
    assert "Cette page est pour le comité" in read(seen("legacy", Role.LEAD))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_house_and_a_cycle_without_systems_say_so(show, empty, house, language):
    from benches import a_project, a_registry

    assert not show("legacy", empty, Role.ARCHITECT, language).exception
    bare = house(a_registry(a_project("P1")))
    assert not show("legacy", bare, Role.ARCHITECT, language, cycle="c").exception


def test_the_first_line_counts_red_systems_and_those_without_a_funded_plan(seen, demo, read):
    found = legacy_view.view(demo, ARCHITECT, "demo", today())

    told = read(seen("legacy"))

    assert f"{len(found.red)} systèmes au rouge, dont {len(found.unfunded)} sans plan" in told


def test_each_red_system_says_what_weighs_its_plan_and_what_would_end_it(seen, read):
    told = read(seen("legacy"))

    assert "TAXFON · Taxation foncière" in told
    assert "P48, qui le remplace" in told
    assert "Sortie du central par réécriture" in told


def test_the_matrix_has_a_row_for_every_rated_system(seen, demo):
    at = seen("legacy")
    found = legacy_view.view(demo, ARCHITECT, "demo", today())

    matrix = next(f.value for f in at.dataframe if "Vraisemblance" in f.value)

    assert len(matrix) == len(found.rated) > 0


def test_the_wizard_shows_the_evidence_in_words_and_proposes_a_level(show, own_demo, read):
    at = in_hand(show, own_demo, "WEBARR", "L1")

    assert "PHP 5.6 n'est plus soutenu depuis le 31 décembre 2018." in read(at)
    assert at.button(key="legacy_keep").label == "Garder 6"


def test_a_level_chosen_is_kept_at_once_with_what_the_evidence_proposed(show, own_demo):
    in_hand(show, own_demo, "WEBARR", "L1").button(key="legacy_level_4").click().run()

    found = kept(own_demo, "WEBARR")
    assert found.of("L1") == Level("L1", 4, proposed=6)
    assert not found.is_confirmed


def test_a_reason_is_asked_for_when_the_level_departs_from_the_evidence(show, own_demo):
    at = in_hand(show, own_demo, "WEBARR", "L1")
    at.button(key="legacy_keep").click().run()
    assert at.text_area[0].label == "Sur quoi repose ce niveau (R)"

    at.button(key="legacy_level_4").click().run()
    assert at.text_area[0].label.startswith("Pourquoi pas 6")
    at.text_area[0].set_value("Gelé derrière un mandataire").run()

    assert kept(own_demo, "WEBARR").of("L1").evidence == "Gelé derrière un mandataire"


def test_debts_keep_a_likelihood_up_and_a_level_is_given_for_after_them(show, own_demo):
    at = in_hand(show, own_demo, "WEBARR", "L6")
    at.button(key="legacy_keep").click().run()

    at.multiselect[0].set_value(["D31"]).run()
    at.selectbox[0].set_value(2).run()

    assert kept(own_demo, "WEBARR").of("L6") == Level("L6", 4, "", 4, ("D31",), 2)


def confirmed(show, store, system):
    """Every level as proposed, or 6 and 5, then confirmed."""
    at = show("legacy", store, Role.ARCHITECT, system=system)
    for code in CRITERIA:
        at.radio(key="legacy_step").set_value(code).run()
        keeps = [b for b in at.button if b.key == "legacy_keep"]
        highest = f"legacy_level_{6 if code.startswith('L') else 5}"
        (keeps[0] if keeps else at.button(key=highest)).click().run()
    at.radio(key="legacy_step").set_value("plan").run()
    return at


def test_from_the_first_level_to_the_confirmation(show, own_demo, read):
    at = confirmed(show, own_demo, "WEBARR")
    owed = "le plan, le financement et l'échéance."
    assert f"Un système au rouge doit encore dire : {owed}" in read(at)

    at.button(key="legacy_confirm").click().run()

    found = kept(own_demo, "WEBARR")
    assert not at.exception
    assert (found.confirmed_by, found.confirmed_on) == ("test-architecte", today())
    assert found.is_red
    assert "Confirmé par Test architecte" in read(at)


def test_what_a_red_system_owes_is_listed_until_it_is_given(show, own_demo, read):
    at = confirmed(show, own_demo, "WEBARR")

    next(a for a in at.text_area if a.label.startswith("Plan")).set_value("Fermer").run()
    assert "doit encore dire : le financement et l'échéance." in read(at)
    next(s for s in at.selectbox if s.label == "Financement").set_value("partiel").run()
    at.date_input[0].set_value(date(2028, 12, 31)).run()
    at.text_input[0].set_value("7,5 %").run()

    found = kept(own_demo, "WEBARR")
    assert "Plan, financement et échéance sont donnés." in read(at)
    assert (found.plan, str(found.funding)) == ("Fermer", "partiel")
    assert found.target == date(2028, 12, 31)
    assert found.cost_change == 0.075


def test_a_rise_that_cannot_be_read_is_refused_in_words_and_changes_nothing(show, own_demo, read):
    at = in_hand(show, own_demo, "WEBARR", "plan")

    at.text_input[0].set_value("sept").run()

    assert "n'est pas un nombre lisible" in read(at)
    with own_demo.reading() as work:
        assert all(a.system != "WEBARR" for a in work.registry("demo").assessments)


def test_a_confirmed_assessment_is_reopened_before_a_level_changes(show, own_demo):
    at = in_hand(show, own_demo, "PAIE", "L1")
    assert at.button(key="legacy_level_1").disabled
    at.radio(key="legacy_step").set_value("plan").run()

    at.button(key="legacy_revise").click().run()
    at.button(key="legacy_revise_yes").click().run()

    assert not kept(own_demo, "PAIE").is_confirmed
    at.radio(key="legacy_step").set_value("L1").run()
    assert not at.button(key="legacy_level_1").disabled


def test_two_architects_at_once_see_both_versions_and_nothing_is_lost(show, own_demo, read):
    at = in_hand(show, own_demo, "WEBARR", "L1")
    theirs = RiskAssessment("WEBARR", (Level("L1", 2, "Autre avis"),))
    legacy.save(own_demo, ARCHITECT, "demo", theirs, today())

    at.button(key="legacy_level_5").click().run()

    told = read(at)
    assert "Choisissez ce qui reste" in told
    assert "Autre avis" in told
    assert kept(own_demo, "WEBARR").of("L1").level == 2
    at.button(key="legacy_keep_mine").click().run()
    assert kept(own_demo, "WEBARR").of("L1").level == 5


def test_the_other_version_may_be_taken_instead(show, own_demo, read):
    at = in_hand(show, own_demo, "WEBARR", "L1")
    theirs = RiskAssessment("WEBARR", (Level("L1", 2, "Autre avis"),))
    legacy.save(own_demo, ARCHITECT, "demo", theirs, today())
    at.button(key="legacy_level_5").click().run()

    at.button(key="legacy_take_theirs").click().run()

    assert kept(own_demo, "WEBARR").of("L1").level == 2
    assert at.text_area[0].value == "Autre avis"


def test_what_changed_in_the_evidence_is_told(show, own_demo, read):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        now = kept(own_demo, "PORTAIL")
        levels = tuple(
            replace(x, level=3, proposed=3, evidence="") if x.criterion == "L1" else x
            for x in now.levels
        )
        work.save("demo", replace(now, levels=levels))

    told = read(show("legacy", own_demo, Role.ARCHITECT, system="PORTAIL"))

    assert "la preuve propose maintenant" in told
    assert "au lieu de 3" in told


def test_a_member_reads_the_levels_and_changes_nothing(seen, read):
    at = seen("legacy", Role.MEMBER, system="TAXFON")

    assert "L1 · Fin de vie ou de soutien" in read(at)
    assert {b.key for b in at.button} == {"legacy_back"}


def test_a_system_without_technologies_says_so(show, own_demo, read):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        system = next(s for s in work.registry("demo").systems if s.code == "WEBARR")
        work.save("demo", replace(system, technologies=()))

    told = read(in_hand(show, own_demo, "WEBARR", "L1"))

    assert "Aucune technologie n'est décrite" in told
    assert "Rien dans le registre ne permet de proposer un niveau" in told


def test_an_unknown_system_is_refused_in_words(seen, read):
    told = read(seen("legacy", system="RIEN"))

    assert "Aucun système ne porte le code « RIEN »" in told


def test_scores_are_written_as_the_language_writes_them(seen, demo, read):
    found = kept(demo, "TAXFON")
    for language in ("fr", "en"):
        score = written.number(found.score, language)
        assert score in read(seen("legacy", language=language))


def test_the_bench_limits_red_systems(jobs, quick):
    at = a_page("scenarios", quick, Role.FACILITATOR, "fr", "demo", jobs)

    at.toggle(key="scenarios_demo:base_reds_on").set_value(True).run()
    at.slider(key="scenarios_demo:base_reds").set_value(5).run()

    assert not at.exception
    assert at.session_state["bench_levers"]["demo:base"].reds == 5
