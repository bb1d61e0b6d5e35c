"""Pondération: one's own ballot by each method, blind; the group's spread; what is adopted."""

from dataclasses import replace

import pytest
from benches import a_project, a_registry, someone

from data import frameworks
from data.store import Act
from portfolio.evaluation import Ballot, Method, Round, Subject, Weight
from portfolio.person import Person, Role
from services import rounds, weighting, weighting_ballot

FRAMEWORK = frameworks.load("montreal_2030", "2026.1")
GROUPS = weighting_ballot.groups(FRAMEWORK)
TOP = GROUPS[""]
MEMBER, FACILITATOR = someone(Role.MEMBER), someone(Role.FACILITATOR)
BRUNO = Person("bruno", "Bruno", frozenset({Role.MEMBER}))
OPEN = Round(Subject.WEIGHTS, 1)
READERS = [Role.MEMBER, Role.FACILITATOR, Role.OBSERVER, Role.ADMINISTRATOR]


@pytest.fixture
def store(house):
    """A round on weights is open."""
    opened = house(a_registry(a_project("P1"), rounds=(OPEN,)))
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, BRUNO)
    return opened


def kept(store, who=MEMBER):
    return weighting.view(store, who, "c").ballot


def even(person, **top):
    points = {key: 10.0 for keys in GROUPS.values() for key in keys}
    points |= {key: top.get(f"b{key}", 10.0) for key in TOP}
    weights = tuple(Weight(key, value) for key, value in points.items())
    return Ballot(person, weights, is_cast=False)


def answered(store, *, reveal=True):
    """Two members have answered, one of them giving half the weight to branch 2."""
    weighting.cast(store, MEMBER, "c", even(MEMBER.code))
    weighting.cast(store, BRUNO, "c", even("bruno", b2=50.0))
    if reveal:
        rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)


def field(at, kind, ending):
    """The one field whose key ends so, whatever it was mounted as."""
    (found,) = [one for one in getattr(at, kind) if (one.key or "").endswith(ending)]
    return found


def method(at, chosen, parent=""):
    return field(at, "segmented_control", f"method_{parent}").set_value(chosen).run()


def plain(words):
    return words.replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("state", ["nothing", "open", "revealed", "adopted"])
def test_the_page_is_read_by_its_people_in_every_state(show, house, who, language, state):
    store = house(a_registry(a_project("P1"), rounds=(OPEN,) if state != "nothing" else ()))
    if state in ("revealed", "adopted"):
        weighting.cast(store, MEMBER, "c", even(MEMBER.code))
        rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    if state == "adopted":
        kind = weighting.Kind.MEAN
        weighting.adopt(store, FACILITATOR, "c", weighting.Choice(kind, "accord"))

    at = show("weighting", store, who, language)

    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize("who", [Role.LEAD, Role.ARCHITECT])
def test_others_are_sent_to_the_criteria(show, store, read, who):
    assert "page Critères" in read(show("weighting", store, who))


@pytest.mark.parametrize("chosen", list(Method))
def test_the_swing_is_on_screen_beside_each_criterion_whatever_the_method(
    show, store, read, chosen
):
    at = show("weighting", store)
    at.segmented_control(key="weighting_group").set_value("2").run()

    at = method(at, chosen, "2")

    told = plain(read(at))
    for key in GROUPS["2"]:
        levels = FRAMEWORK.criterion(key).levels.fr
        assert plain(levels[0]) in told
        assert plain(levels[-1]) in told


def test_a_measure_shows_its_references_as_its_swing(show, store, read):
    at = show("weighting", store)
    at.segmented_control(key="weighting_group").set_value("dette").run()

    told = plain(read(at))

    assert "0 dollars d'intérêts évités par an" in told
    assert "1 000 000 dollars d'intérêts évités par an" in told


def test_french_decimals_are_saved_as_they_are_typed(show, store):
    at = show("weighting", store)

    field(at, "text_input", "points_swing_1").set_value("12,5").run()

    assert weighting_ballot.points_of(kept(store), TOP, Method.SWING) == {"1": 12.5}
    again = show("weighting", store)
    assert field(again, "text_input", "points_swing_1").value == "12,5"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12.5", "n'est pas un nombre"),
        ("beaucoup", "n'est pas un nombre"),
        ("101", "trop grand"),
        ("-1", "trop petit"),
    ],
)
def test_what_cannot_be_a_swing_is_said_beside_it_and_not_kept(show, store, typed, told):
    at = show("weighting", store)

    at = field(at, "text_input", "points_swing_1").set_value(typed).run()

    assert told in at.error[0].value
    assert kept(store).weights == ()
    at = field(at, "text_input", "points_swing_1").set_value("40").run()
    assert not at.error
    assert len(kept(store).weights) == 1


def test_a_field_emptied_is_no_longer_answered(show, store):
    at = show("weighting", store)
    at = field(at, "text_input", "points_swing_1").set_value("40").run()

    field(at, "text_input", "points_swing_1").set_value("").run()

    assert kept(store).weights == ()


def test_the_live_result_says_what_each_criterion_weighs(show, store, read):
    at = show("weighting", store)
    for key, points in zip(TOP, ("100", "50", "50", "0", "0", "0"), strict=True):
        at = field(at, "text_input", f"points_swing_{key}").set_value(points).run()
    assert "**50 %** du groupe" in plain(read(at))

    at.segmented_control(key="weighting_group").set_value("3").run()
    for key, points in (("3_1", "100"), ("3_2", "100")):
        at = field(at, "text_input", f"points_swing_{key}").set_value(points).run()

    assert "5 groupes restent" in plain(read(at))
    frame = next(f.value for f in at.dataframe if "Poids (%)" in f.value)
    by_name = dict(zip(frame["Critère"], frame["Poids (%)"], strict=True))
    assert [w for name, w in by_name.items() if name.startswith("3.1")] == [12.5]


def test_another_method_puts_what_was_said_aside_and_finds_it_again(show, store):
    at = show("weighting", store)
    at = field(at, "text_input", "points_swing_1").set_value("40").run()

    at = method(at, Method.DIRECT)
    assert kept(store).weights == ()
    at = method(at, Method.SWING)

    assert field(at, "text_input", "points_swing_1").value == "40"
    assert weighting_ballot.points_of(kept(store), TOP, Method.SWING) == {"1": 40.0}


def test_ranks_swap_and_give_centroids(show, store):
    at = show("weighting", store)
    at.segmented_control(key="weighting_group").set_value("3").run()
    at = method(at, Method.ORDER, "3")

    at = field(at, "selectbox", "rank_3_1").set_value(1).run()
    at = field(at, "selectbox", "rank_3_2").set_value(2).run()
    at = field(at, "selectbox", "rank_3_2").set_value(1).run()

    assert field(at, "selectbox", "rank_3_1").value == 2
    assert weighting_ballot.within(kept(store), GROUPS["3"]) == {"3.1": 0.25, "3.2": 0.75}


def test_incoherent_pairs_are_named_in_words_and_mended_in_one_click(show, store, read):
    at = show("weighting", store)
    at.segmented_control(key="weighting_group").set_value("1").run()
    at = method(at, Method.PAIRS, "1")
    assert "0 réponse sur 3" in plain(read(at))
    at = field(at, "selectbox", "pair_1_1_1_2").set_value(3.0).run()
    at = field(at, "selectbox", "pair_1_2_1_3").set_value(3.0).run()
    assert "2 réponses sur 3" in plain(read(at))
    assert weighting_ballot.is_answered(kept(store), GROUPS["1"])

    at = field(at, "selectbox", "pair_1_1_1_3").set_value(1 / 5).run()

    told = plain(at.warning[0].value)
    assert "Les trois réponses les plus en désaccord" in told
    assert "compte 9 fois autant que" in told
    assert "compte 5 fois autant que" in told
    before = weighting_ballot.advice(kept(store), GROUPS["1"])
    assert not before.compared.is_coherent

    at.button(key="weighting_repair").click().run()

    after = weighting_ballot.advice(kept(store), GROUPS["1"])
    assert after.compared.ratio == pytest.approx(before.repair.ratio)
    assert not at.exception


def test_the_ballot_is_cast_only_when_complete_and_can_be_taken_back(show, store, read):
    at = show("weighting", store)
    assert at.button(key="weighting_cast").disabled
    assert "Il reste à peser 7 groupes" in plain(read(at))
    weighting.save(store, MEMBER, "c", even(MEMBER.code))

    at = show("weighting", store)
    at = at.button(key="weighting_cast").click().run()

    assert kept(store).is_cast
    assert "Votre bulletin est déposé" in read(at)
    assert not at.text_input or all("points" not in (t.key or "") for t in at.text_input)

    at.button(key="weighting_take_back").click().run()
    assert not kept(store).is_cast


def test_two_windows_of_one_person_are_both_shown(show, store, read):
    at = show("weighting", store)
    at = field(at, "text_input", "points_swing_1").set_value("40").run()
    elsewhere = weighting_ballot.with_points(kept(store), TOP, Method.DIRECT, {"2": 7.0})
    weighting.save(store, MEMBER, "c", elsewhere)

    at = field(at, "text_input", "points_swing_2").set_value("60").run()

    assert "dans une autre fenêtre" in read(at)
    at.button(key="weighting_keep_here").click().run()
    assert weighting_ballot.points_of(kept(store), TOP, Method.SWING) == {"1": 40.0, "2": 60.0}


def test_a_new_ballot_may_start_from_the_last_one(show, store):
    answered(store)
    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)

    at = show("weighting", store)
    at.button(key="weighting_start_from").click().run()

    assert weighting_ballot.blank(FRAMEWORK, kept(store)) == ()
    assert kept(store).round == 2


@pytest.mark.parametrize("who", [Role.FACILITATOR, Role.OBSERVER, Role.ADMINISTRATOR])
def test_nothing_of_a_ballot_is_shown_before_the_reveal(show, store, read, who):
    answered(store, reveal=False)

    at = show("weighting", store, who)

    told = plain(read(at))
    assert "50" not in told
    assert "2 membres ont déposé leur bulletin, sur 2" in told
    assert ("Bruno" in told) is (who is Role.FACILITATOR)


def test_the_facilitator_opens_sees_who_answered_and_reveals(show, house, read):
    store = house(a_registry(a_project("P1")))
    at = show("weighting", store, Role.FACILITATOR)
    at = at.button(key="weighting_open").click().run()
    weighting.cast(store, MEMBER, "c", even(MEMBER.code))
    at.run()
    assert "● déposé" in read(at)

    at = at.button(key="weighting_reveal").click().run()
    at.button(key="weighting_reveal_yes").click().run()

    assert weighting.view(store, MEMBER, "c").result is not None


def test_after_the_reveal_the_spread_is_named_to_the_committee_only(show, store, read):
    answered(store)

    members, watched = (show("weighting", store, who) for who in (Role.MEMBER, Role.OBSERVER))

    head = [plain(h.value) for h in members.header]
    assert any("Nous différons le plus sur « 2 " in h and "de 16,7 % à 50 %" in h for h in head)
    assert "Bruno" in read(members)
    assert "Bruno" not in read(watched)
    assert any("de 16,7 % à 50 %" in plain(h.value) for h in watched.header)


def test_the_mean_is_adopted_with_a_reason_and_withdrawn(show, store, read):
    answered(store)
    at = show("weighting", store, Role.FACILITATOR)

    at = at.button(key="weighting_adopt").click().run()
    assert "une valeur est nécessaire" in at.error[0].value
    at.text_area(key="weighting_reason").set_value("Accord unanime").run()
    at = at.button(key="weighting_adopt").click().run()

    assert "Accord unanime" in read(at)
    assert weighting.view(store, MEMBER, "c").adopted.points["2"] == pytest.approx(100 / 3)
    at = at.button(key="weighting_withdraw").click().run()
    at.button(key="weighting_withdraw_yes").click().run()
    assert weighting.view(store, MEMBER, "c").adopted is None


def test_ranges_go_from_the_least_to_the_most_ballot_and_can_be_edited(show, store, read):
    answered(store)
    at = show("weighting", store, Role.FACILITATOR)
    at = at.radio(key="weighting_kind").set_value(weighting.Kind.SET).run()
    assert plain(at.text_input(key="weighting_low_2").value) == "16,6 %"
    assert plain(at.text_input(key="weighting_high_2").value) == "50 %"

    at.text_input(key="weighting_low_2").set_value("10 %")
    for key in TOP:
        if key != "2":
            at.text_input(key=f"weighting_low_{key}").set_value("")
            at.text_input(key=f"weighting_high_{key}").set_value("")
    at.text_area(key="weighting_reason").set_value("On ne tranche pas").run()
    at = at.button(key="weighting_adopt").click().run()

    (between,) = weighting.view(store, MEMBER, "c").adopted.between
    assert (between.criterion, between.low, between.high) == ("2", 0.1, 0.5)
    assert "de 10 % à 50 %" in plain(read(at))


@pytest.mark.parametrize("typed", ["beaucoup", "150", "60 %"])
def test_a_range_that_cannot_be_is_said_and_nothing_is_adopted(show, store, typed):
    """A part above 1, or a least above the most, is refused beside its branch."""
    answered(store)
    at = show("weighting", store, Role.FACILITATOR)
    at = at.radio(key="weighting_kind").set_value(weighting.Kind.SET).run()
    at.text_input(key="weighting_low_2").set_value(typed)
    at.text_area(key="weighting_reason").set_value("x").run()

    at = at.button(key="weighting_adopt").click().run()

    assert at.error
    assert weighting.view(store, MEMBER, "c").adopted is None


def test_the_criteria_page_shows_the_weights_in_force(show, store, read):
    answered(store)
    weighting.adopt(store, FACILITATOR, "c", weighting.Choice(weighting.Kind.MEAN, "accord"))

    at = show("criteria", store)

    assert "la plus lourde est « Un numérique humanisé" in plain(read(at))
    assert "à 33,3 % du poids" in plain(read(at))
    assert "Point de départ à voter" not in read(at)


def test_a_person_at_another_desk_finds_her_own_ballot(show, store):
    """The demo changes person within one session: nothing of one ballot goes into another."""
    at = show("weighting", store)
    field(at, "text_input", "points_swing_1").set_value("40").run()

    other = show("weighting", store, replace(BRUNO))

    assert field(other, "text_input", "points_swing_1").value == ""
