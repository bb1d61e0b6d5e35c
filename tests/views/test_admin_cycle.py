"""Administration, « Cycle »: its days, its rules, its money as people type it, the next one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from benches import a_project, a_registry

from portfolio.charter import Charter
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import charters, cycle_acts
from views.parts import today

CHIEF = Person("test-administrateur", "Test administrateur", frozenset({Role.ADMINISTRATOR}))
LEAD = "test-responsable"
SOON = timedelta(days=12)
PARTS = ("calendar", "charter", "envelopes", "teams", "settings", "new")


@pytest.fixture
def store(house):
    """Two envelopes' worth of proposals, one of them the lead's draft."""
    draft = a_project("P2", lead=LEAD, stage=Stage.DRAFT)
    return house(a_registry(a_project("P1", cost=(150,)), draft, capacity=(60.0, 30.0)))


def part(show, store, name, language="fr", who=Role.ADMINISTRATOR):
    at = show("admin", store, who, language, section="cycle")
    if name != "calendar":
        at.segmented_control(key="admin_cycle_part").set_value(name).run()
    assert not at.exception
    return at


def field(at, name):
    kinds = (at.text_input, at.text_area, at.date_input, at.selectbox)
    return next(one for kind in kinds for one in kind if (one.key or "").endswith(f"_{name}"))


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def typed(at, kind, rows):
    """What an editor holds once these cells were typed: row -> column -> text."""
    key = next(k for k in (f"admin_cycle_{kind}_c_{v}_grid" for v in range(1, 9))
               if k in at.session_state)
    at.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return press(at, "Enregistrer")


def cycle_of(store, code="c"):
    with store.reading() as work:
        return work.cycle(code)


def charter_of(store):
    with store.reading() as work:
        return charters.of(work, "c")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PARTS)
def test_each_part_shows_in_both_languages(show, demo, name, language):
    part(show, demo, name, language)


def test_a_house_without_a_cycle_offers_to_begin_one(show, empty):
    at = show("admin", empty, Role.ADMINISTRATOR, section="cycle")
    field(at, "fr").input("Premier cycle")
    press(at, "Commencer le cycle")

    assert cycle_of(empty, "cycle").title.fr == "Premier cycle"


def test_days_are_set_and_told_with_the_time_left(show, store, read):
    at = part(show, store, "calendar")
    field(at, "submit_by").set_value(today() + SOON)
    at = press(at, "Enregistrer les jours et l'appel")

    assert cycle_of(store).submit_by == today() + SOON
    told = read(at).replace("\u00a0", " ")
    assert "Prochaine étape : Fin du dépôt, dans 12 jours" in told


def test_a_day_that_is_over_is_refused_in_words(show, store):
    at = part(show, store, "calendar")
    field(at, "submit_by").set_value(date(2020, 3, 31))
    at = press(at, "Enregistrer les jours et l'appel")

    assert "31 mars 2020 est déjà passé" in at.error[0].value.replace("\u00a0", " ")
    assert cycle_of(store).submit_by is None


def test_days_out_of_order_are_refused_naming_both(show, store):
    at = part(show, store, "calendar")
    field(at, "submit_by").set_value(date(2040, 3, 31))
    field(at, "score_by").set_value(date(2040, 3, 1))
    at = press(at, "Enregistrer les jours et l'appel")

    told = at.error[0].value.replace("\u00a0", " ")
    assert "1er mars 2040 tombe avant « fin du dépôt », le 31 mars 2040" in told
    assert field(at, "submit_by").value == date(2040, 3, 31)  # what was chosen is still there


def test_once_the_rules_stand_a_day_moves_later_with_its_reason(show, store):
    kept = charters.save(store, CHIEF, "c", Charter(override="a", tie_break="b"), today(), today())
    charters.seal(store, CHIEF, "c", kept, today(), today())
    at = part(show, store, "calendar")
    field(at, "submit_by").set_value(today() + SOON)

    at = press(at, "Enregistrer les jours et l'appel")
    assert "cette raison reste au journal" in at.error[0].value
    field(at, "reason").input("Panne")
    press(at, "Enregistrer les jours et l'appel")

    assert cycle_of(store).submit_by == today() + SOON


def test_rules_are_written_then_sealed_after_a_question(show, store, read):
    at = part(show, store, "charter")
    field(at, "override").input("Aux deux tiers")
    field(at, "tie_break").input("La dette retirée")
    field(at, "quorum").input("5")
    at = press(at, "Enregistrer les règles")
    at.button(key="admin_cycle_seal").click().run()
    assert "ne changeront plus" in read(at)
    at.button(key="admin_cycle_seal_yes").click().run()

    assert (charter_of(store).sealed_on, charter_of(store).quorum) == (today(), 5)
    assert "ne changent plus dans ce cycle" in read(at)
    assert not [one for one in at.text_area if "override" in (one.key or "")]


@pytest.mark.parametrize("number", ["5,5", "cinq", "0", "-1"])
def test_a_quorum_that_is_no_number_of_people_is_refused(show, store, number):
    at = part(show, store, "charter")
    field(at, "quorum").input(number)
    at = press(at, "Enregistrer les règles")

    assert len(at.error) == 1
    assert charter_of(store).version == 0


def test_rules_saved_by_two_administrators_show_both_versions(show, store, read):
    at = part(show, store, "charter")
    field(at, "override").input("Aux deux tiers")
    charters.save(store, CHIEF, "c", Charter(override="À la majorité"), None, today())
    at = press(at, "Enregistrer les règles")

    told = read(at)
    assert "Aux deux tiers" in told
    assert "À la majorité" in told
    at.button(key="admin_cycle_keep_mine").click().run()
    assert charter_of(store).override == "Aux deux tiers"


@pytest.mark.parametrize(("cell", "cents"), [
    ("12,5", 12_500_00), ("12,5 M$", 12_500_000_00), ("1 234,50 $", 1_234_50),
    ("1\u202f234,5", 1_234_500_00), ("12,5 k", 12_500_00), ("", 0),
])
def test_money_is_read_as_french_people_write_it(show, store, cell, cents):
    typed(part(show, store, "envelopes"), "envelopes", {0: {"2027": cell}})

    assert cycle_of(store).envelopes[0].limits == (cents, 100_000_00)


@pytest.mark.parametrize("cell", ["12.5", "douze", "1,234,5", "-3", "0,000001", "99999 G$"])
def test_money_that_may_mean_two_things_is_refused_and_names_its_cell(show, store, cell):
    before = cycle_of(store)
    at = typed(part(show, store, "envelopes"), "envelopes", {0: {"2028": cell}})

    assert len(at.error) == 1
    assert cycle_of(store) == before


def test_columns_pasted_come_through(show, store):
    rows = {0: {"2027": "1 200", "2028": "1 300,25", "Report": "12,5 %"}}
    typed(part(show, store, "envelopes"), "envelopes", rows)

    (pdi,) = cycle_of(store).envelopes
    assert (pdi.limits, pdi.carry) == ((1_200_000_00, 1_300_250_00), 0.125)


def test_days_of_a_team_are_read_with_their_decimals(show, store):
    typed(part(show, store, "teams"), "teams", {0: {"2027": "12,5", "Compétence": "Java"}})

    (dev,) = cycle_of(store).teams
    assert (dev.capacity, dev.skill) == ((12.5, 30.0), "Java")


def test_what_is_asked_stands_beside_what_there_is(show, store, read):
    told = read(part(show, store, "envelopes")).replace("\u00a0", " ")

    assert "▲ 150" in told
    assert "1 proposition demande plus qu'il n'y a dans au moins un exercice : PDI" in told


def test_an_envelope_in_use_stays_and_says_why(show, store):
    at = part(show, store, "envelopes")
    at.selectbox(key="admin_cycle_gone_envelopes").select("PDI").run()
    at.button(key="admin_cycle_remove_envelopes").click().run()
    at.button(key="admin_cycle_remove_envelopes_yes").click().run()

    assert "2 variantes y puisent \\(P1, P2\\)" in at.error[0].value.replace("\u00a0", " ")
    assert len(cycle_of(store).envelopes) == 1


def test_an_envelope_is_added_without_a_limit(show, store):
    at = part(show, store, "envelopes")
    field(at, "code").input("FCI")
    field(at, "fr").input("Fonds")
    press(at, "Ajouter une enveloppe")

    assert [(e.code, e.limits) for e in cycle_of(store).envelopes][1] == ("FCI", None)


def test_money_saved_by_two_administrators_shows_both_versions(show, store, read):
    at = part(show, store, "envelopes")
    home = cycle_of(store)
    pdi = replace(home.envelopes[0], limits=(77_000_00, 100_000_00))
    cycle_acts.save(store, CHIEF, replace(home, envelopes=(pdi,)))
    at = typed(at, "envelopes", {0: {"2027": "55"}})

    assert "PDI : 55" in read(at)
    assert "PDI : 77" in read(at)
    at.button(key="admin_cycle_take_theirs").click().run()
    assert cycle_of(store).envelopes == (pdi,)


def test_settings_are_read_strictly(show, store):
    at = part(show, store, "settings")
    field(at, "discount").input("2,5 %")
    field(at, "thresholds").input("1 M$ ; 100 k$")
    press(at, "Enregistrer")

    kept = cycle_of(store)
    assert (kept.discount, kept.thresholds) == (0.025, (100_000_00, 1_000_000_00))


def test_a_horizon_that_cuts_money_is_refused(show, store):
    at = part(show, store, "settings")
    field(at, "periods").input("1")
    at = press(at, "Enregistrer")

    assert "mettez-les d'abord à zéro" in at.error[0].value
    assert cycle_of(store).horizon.periods == 2


def test_the_next_cycle_begins_with_the_money_of_this_one(show, store):
    at = part(show, store, "new")
    field(at, "fr").input("Cycle suivant")
    press(at, "Commencer le cycle")

    fresh = cycle_of(store, "c.2")
    assert (fresh.horizon.start, fresh.envelopes[0].limits) == (2028, (100_000_00, 0))


def test_a_new_cycle_without_a_title_is_refused(show, store):
    at = press(part(show, store, "new"), "Commencer le cycle")

    assert len(at.error) == 1


def test_more_time_is_given_to_one_proposal_and_its_lead_sees_it(show, store, read):
    charters.save(store, CHIEF, "c", Charter(), today(), today())
    at = part(show, store, "calendar")
    at.selectbox(key="admin_cycle_more_project").select("P2")
    at.date_input(key="admin_cycle_more_until").set_value(today() + SOON)
    at.text_input(key="admin_cycle_more_why").input("Congé")
    press(at, "Prolonger")

    for page in ("home", "proposals"):
        assert "votre délai est prolongé" in read(show(page, store, Role.LEAD))
        assert "votre délai est prolongé" not in read(show(page, store, Role.MEMBER))


def test_everyone_reads_until_when_to_submit(show, store, read):
    charters.save(store, CHIEF, "c", Charter(), today() + SOON, today())

    for page in ("home", "proposals"):
        for role in Role:
            told = read(show(page, store, role)).replace("\u00a0", " ")
            assert "Dépôt jusqu'au" in told
            assert "dans 12 jours" in told


@pytest.mark.parametrize(("end", "told"), [
    (SOON, "peut être déposée jusqu'au"), (-SOON, "Le dépôt est fermé depuis la fin du"),
])
def test_a_lead_reads_in_her_draft_whether_it_may_still_be_submitted(
    show, store, read, end, told
):
    before = today() - 2 * SOON
    charters.save(store, CHIEF, "c", Charter(), today() + end, before)

    assert told in read(show("proposals", store, Role.LEAD, project="P2")).replace("\u00a0", " ")
