"""Cycles begun and changed: their horizon, money and teams; nothing that is used goes away."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import FRAMEWORK, a_project, a_registry

from data.store import Act, open_store
from portfolio.criterion import FrameworkEdition
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.rules import Synergy
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import cycle_acts, cycle_balance, scenarios

CHIEF = Person("chef", "Chef", frozenset({Role.ADMINISTRATOR}))
TODAY = date(2027, 3, 1)
NEW = Cycle("2028", Bilingual("Cycle 2028"), Horizon(2028, 2), *FRAMEWORK)
SPARE = Envelope("FCI", Bilingual("Fonds"), (100_00, 0))


@pytest.fixture
def house(migrated_file, tmp_path):
    """house(registry): a store that holds it, with an administrator."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")

    def bring(*projects, **more):
        with opened.writing(Act("test", "administrateur", "test")) as work:
            work.save(None, CHIEF)
            work.bring_in(a_registry(*projects, **more))
        return opened

    yield bring
    opened.close()


def cycle_of(store, code="c"):
    with store.reading() as work:
        return work.cycle(code)


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}")


def test_a_new_cycle_holds_nothing_but_a_scenario_to_ask(house):
    store = house(a_project("P1"))

    assert cycle_acts.begin(store, CHIEF, NEW, TODAY).version == 1
    with store.reading() as work:
        assert work.every(Project, "2028") == ()
        assert [scenario.code for scenario in work.every(Scenario, "2028")] == ["base"]
    assert scenarios.ask(store, CHIEF, "2028", "base").posed.left_out == ()


def test_a_cycle_after_another_takes_its_money_and_teams_year_by_year(house):
    store = house(a_project("P1"), limits=(100, 40), capacity=(60.5, 30.0))

    after = cycle_acts.begin(store, CHIEF, NEW, TODAY, like="c")

    assert after.envelopes[0].limits == (40_000_00, 0)  # 2028, and 2029 of which nothing is known
    assert after.teams[0].capacity == (30.0, 0.0)
    with store.reading() as work:
        assert work.every(Project, "2028") == ()


def test_a_limit_that_was_not_given_is_not_given_after_either(house):
    store = house(limits=())

    assert cycle_acts.begin(store, CHIEF, NEW, TODAY, like="c").envelopes[0].limits is None


@pytest.mark.parametrize(("change", "code"), [
    ({"code": "c"}, "code-taken"),
    ({"code": "C"}, "code-taken"),
    ({"code": "a b"}, "not-a-code"),
    ({"code": "../x"}, "not-a-code"),
    ({"framework": "inconnu"}, "no-such-framework"),
    ({"submit_by": date(2027, 2, 28)}, "deadline-past"),
])
def test_a_cycle_that_cannot_be_is_refused(house, change, code):
    store = house()

    with refused(code):
        cycle_acts.begin(store, CHIEF, replace(NEW, **change), TODAY)
    with store.reading() as work:
        assert [cycle.code for cycle in work.cycles()] == ["c"]


def test_a_taken_code_is_refused_with_a_free_one(house):
    with refused("code-taken") as told:
        cycle_acts.begin(house(), CHIEF, replace(NEW, code="c"), TODAY)

    assert told.value.facts["accepted"] == "c.2"


def test_a_cycle_does_not_begin_on_a_framework_in_draft(house):
    store = house()
    with store.writing(Act("test", "administrateur", "test")) as work:
        draft = replace(work.framework(*FRAMEWORK), version="2099.1")
        work.save(None, FrameworkEdition(draft))

    with refused("edition-is-draft"):
        cycle_acts.begin(store, CHIEF, replace(NEW, framework_version="2099.1"), TODAY)


def test_a_cycle_after_one_that_is_not_there_is_refused(house):
    with pytest.raises(Missing, match="no-such-cycle"):
        cycle_acts.begin(house(), CHIEF, NEW, TODAY, like="1999")


def test_money_is_saved_to_the_cent(house):
    store = house(a_project("P1"))
    kept = cycle_of(store)
    pdi = replace(kept.envelopes[0], limits=(12_500_000_01, 7), carry=0.25)

    cycle_acts.save(store, CHIEF, replace(kept, envelopes=(pdi, SPARE)))

    assert cycle_of(store).envelopes == (pdi, SPARE)


def test_an_envelope_in_use_stays_and_says_who_draws_on_it(house):
    one = a_project("P1")
    two = replace(one, variants=(*one.variants, replace(one.variants[0], code="minimale")))
    store = house(two, a_project("P2", stage=Stage.DRAFT))
    kept = cycle_of(store)

    with refused("envelope-in-use") as told:
        cycle_acts.save(store, CHIEF, replace(kept, envelopes=()))

    assert told.value.facts == {"found": "PDI", "n": 3, "projects": ["P1", "P2"]}
    assert cycle_of(store) == kept


def test_a_team_in_use_stays(house):
    store = house(a_project("P1", days=(5,)), capacity=(60,))

    with refused("team-in-use"):
        cycle_acts.save(store, CHIEF, replace(cycle_of(store), teams=()))


def test_an_envelope_in_which_a_synergy_saves_stays(house):
    kept = a_registry(a_project("P1"), a_project("P2"))
    saving = Synergy(("P1", "P2"), saving={"FCI": (10.0,)})
    store = house(a_project("P1"), a_project("P2"), links=(saving,))
    both = replace(cycle_of(store), envelopes=(*kept.cycle.envelopes, SPARE))
    both = cycle_acts.save(store, CHIEF, both)

    with refused("saving-in-use"):
        cycle_acts.save(store, CHIEF, replace(both, envelopes=both.envelopes[:1]))


def test_what_nothing_draws_on_may_go(house):
    store = house(a_project("P1"), capacity=(60,))

    assert cycle_acts.save(store, CHIEF, replace(cycle_of(store), teams=())).teams == ()


def test_a_horizon_that_a_variant_outlasts_is_refused(house):
    store = house(a_project("P1", cost=(10, 10)))
    short = cycle_acts.at_horizon(cycle_of(store), Horizon(2027, 1))

    with refused("horizon-too-short") as told:
        cycle_acts.save(store, CHIEF, short)
    assert (told.value.facts["project"], told.value.facts["low"]) == ("P1", 2)


def test_a_horizon_that_leaves_a_named_period_out_is_refused(house):
    store = house(a_project("P1", latest="2028"))
    short = cycle_acts.at_horizon(cycle_of(store), Horizon(2027, 1))

    with refused("outside-new-horizon"):
        cycle_acts.save(store, CHIEF, short)


def test_a_horizon_that_would_lose_money_is_refused(house):
    with refused("horizon-cuts"):
        cycle_acts.resized(cycle_of(house()), Horizon(2027, 1))


def test_a_horizon_grows_with_nothing_in_its_new_years(house):
    store = house(a_project("P1"))
    longer = cycle_acts.resized(cycle_of(store), Horizon(2027, 4))

    saved = cycle_acts.save(store, CHIEF, longer)
    assert saved.envelopes[0].limits == (100_000_00, 100_000_00, 0, 0)


def test_the_length_of_periods_stays_once_something_is_proposed(house):
    store = house(a_project("P1"))
    quarters = cycle_acts.at_horizon(cycle_of(store), Horizon(2027, 8, 4))

    with refused("periods-in-use"):
        cycle_acts.save(store, CHIEF, quarters)


def test_the_start_stays_once_a_plan_is_kept(house):
    store = house(a_project("P1"))
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.keep_plan("c", "base", "{}", "{}")

    with refused("start-in-use"):
        cycle_acts.save(store, CHIEF, cycle_acts.at_horizon(cycle_of(store), Horizon(2026, 3)))


def test_two_administrators_saving_at_once_lose_nothing(house):
    store = house(a_project("P1"))
    read = cycle_of(store)
    theirs = cycle_acts.save(store, CHIEF, replace(read, envelopes=(*read.envelopes, SPARE)))

    with pytest.raises(Stale) as told:
        cycle_acts.save(store, CHIEF, replace(read, discount=0.05))

    assert (told.value.facts["theirs"], told.value.facts["yours"].discount) == (theirs, 0.05)
    assert cycle_of(store) == theirs


def test_money_is_saved_beside_a_calendar_it_does_not_touch(house):
    store = house()
    stray = replace(cycle_of(store), submit_by=date(1999, 1, 1), framework_version="2099.1")

    saved = cycle_acts.save(store, CHIEF, stray)
    assert (saved.submit_by, saved.framework_version) == (None, FRAMEWORK[1])


def test_what_is_asked_stands_beside_what_there_is_year_by_year(house):
    store = house(
        a_project("P1", cost=(30, 80), days=(5,)),
        a_project("P2", cost=(50,), earliest="2028"),
        a_project("P3", cost=(7, 7), earliest="2028"),
        a_project("P4", cost=(999,), stage=Stage.DRAFT),
        limits=(100, 100), capacity=(4.0, 4.0),
    )

    found = cycle_balance.balance(store, CHIEF, "c")

    (pdi,), (dev,) = found.envelopes, found.teams
    assert found.projects == 3
    assert pdi.asked == (30_000_00, 137_000_00)
    assert (pdi.later, pdi.available, pdi.over) == (7_000_00, (100_000_00, 100_000_00), (1,))
    assert (pdi.total_asked, pdi.total_available) == (174_000_00, 200_000_00)
    assert (dev.asked, dev.over) == ((5, 0), (0,))
    assert pdi.drawn_by == 4


def test_an_envelope_without_a_limit_is_never_said_to_lack(house):
    (pdi,) = cycle_balance.balance(house(a_project("P1"), limits=()), CHIEF, "c").envelopes

    assert (pdi.available, pdi.total_available, pdi.over) == (None, None, ())


def test_a_bad_amount_saves_nothing(house):
    store = house()
    with pytest.raises(Invalid, match="too-low"):
        replace(cycle_of(store), teams=(Team("DEV", Bilingual("Dév."), "", (-1.0,)),))
    assert cycle_of(store).teams == ()
