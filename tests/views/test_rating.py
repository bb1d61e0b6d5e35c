"""Scoring page: one rating at a time, kept as typed, blind; what was typed is never lost."""

import pytest

from data.store import Act
from portfolio.evaluation import Evaluation, Subject
from portfolio.person import Person, Role
from services import rating, rounds

CHAIR = Person("test-animateur", "Test animateur", frozenset({Role.FACILITATOR}))
MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))
LEAD = Person("demo-responsable", "Démo – Responsable", frozenset({Role.LEAD}))
OTHER = Person("demo-membre-3", "Démo – Membre 3", frozenset({Role.MEMBER}))
WHY = "Le contrat prévoit la sortie."
SECRET = "Ce que je pense vraiment du projet."


@pytest.fixture
def opened(own_demo):
    """The demo, its second round of scores open on three projects."""
    rounds.begin(own_demo, CHAIR, "demo", Subject.SCORES, ("P01", "P02", "P04"))
    return own_demo


def said(store, person="test-membre"):
    with store.reading() as work:
        return work.every(Evaluation, "demo", evaluator=person, round=2)


def press(at, key):
    return at.button(key=f"rating_{key}").click().run()


def field(at, name):
    kinds = (*at.text_area, *at.text_input, *at.button_group)
    return next(one for one in kinds if one.key and one.key.endswith(f"_{name}"))


def write(at, name, words):
    field(at, name).input(words)
    return at.run()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", [MEMBER, LEAD, CHAIR], ids=lambda p: p.code)
def test_the_page_opens_with_a_round_and_without(show, demo, opened, who, language):
    for store in (demo, opened):
        at = show("rating", store, who, language)
        assert not at.exception
        assert len(at.title) == 1


def test_without_a_round_what_i_gave_is_there_to_read_and_nothing_to_rate(seen, read):
    at = seen("rating", OTHER)

    assert "Aucune ronde de notation n'est ouverte" in read(at)
    assert "Ce que vous avez dit" in read(at)
    assert not [b for b in at.button if b.key == "rating_give"]


def test_the_anchors_of_the_criterion_are_in_sight_and_progress_counts(show, opened, read):
    at = show("rating", opened, MEMBER)

    labels = [b.label for b in at.button if b.key and b.key.startswith("rating_level_")]
    assert len(labels) == 6
    assert "Le personnel de la Ville peut exporter seul" in labels[2]
    assert "il vous reste 48 cotes à donner sur 48" in read(at)


def test_a_level_and_words_are_kept_as_they_are_typed_as_a_draft(show, opened):
    at = press(show("rating", opened, MEMBER), "level_2")
    write(at, "justification", "Bref")

    (draft,) = said(opened)
    assert (draft.rating, draft.justification, draft.is_given) == (2, "Bref", False)


def test_a_draft_is_there_again_in_another_session(show, opened):
    at = press(show("rating", opened, MEMBER), "level_2")
    write(at, "justification", WHY)

    again = show("rating", opened, MEMBER)
    assert field(again, "justification").value == WHY
    assert ":material/check:" in again.button(key="rating_level_2").label


def test_giving_goes_on_to_the_next_criterion_of_the_project(show, opened, read):
    at = press(show("rating", opened, MEMBER), "level_2")
    press(write(at, "justification", WHY), "give")

    assert [e.is_given for e in said(opened)] == [True]
    assert at.selectbox(key="rating_project").value == "P01"
    assert at.selectbox(key="rating_criterion").value == "1.2"
    assert field(at, "justification").value == ""
    assert "il vous reste 47 cotes" in read(at)


def test_one_criterion_may_go_through_all_projects(show, opened):
    at = show("rating", opened, MEMBER)
    at.button_group(key="rating_way").set_value("criterion").run()
    press(press(at, "level_N"), "give")

    assert at.selectbox(key="rating_project").value == "P02"
    assert at.selectbox(key="rating_criterion").value == "1.1"
    assert [(e.rating, e.is_given) for e in said(opened)] == [(None, True)]


def test_a_rating_short_of_its_reasons_is_refused_and_what_was_typed_is_kept(show, opened, read):
    at = press(show("rating", opened, MEMBER), "level_3")
    press(write(at, "justification", WHY), "give")

    assert "À partir du niveau 3, une cote nomme sa preuve" in read(at)
    assert field(at, "justification").value == WHY
    assert [(e.justification, e.is_given) for e in said(opened)] == [(WHY, False)]


def test_giving_nothing_asks_for_a_level(show, opened, read):
    assert "Choisissez un niveau" in read(press(show("rating", opened, MEMBER), "give"))
    assert said(opened) == ()


def test_a_given_rating_is_taken_back_from_the_link_to_it(show, opened):
    at = press(press(show("rating", opened, MEMBER), "level_N"), "give")
    at = press(press(at, "back"), "take_back")

    assert [e.is_given for e in said(opened)] == [False]
    assert at.selectbox(key="rating_criterion").value == "1.1"


def test_a_round_revealed_while_typing_leaves_the_words_on_screen_until_let_go(show, opened, read):
    at = press(show("rating", opened, MEMBER), "level_2")
    rating.give(opened, OTHER, "demo", Evaluation("P01", "1.1", "x", None, round=2))
    rounds.reveal(opened, CHAIR, "demo", Subject.SCORES)

    write(at, "justification", SECRET)

    assert "n'est plus ouverte : rien n'a été enregistré" in read(at).replace("\u00a0", " ")
    assert SECRET in read(at)
    assert SECRET in read(at.run())
    assert SECRET not in read(press(at, "let_go"))
    assert [e.justification for e in said(opened)] == [""]


def test_another_tab_s_save_shows_both_versions_and_either_is_kept(show, opened, read):
    here = press(show("rating", opened, MEMBER), "level_2")
    there = press(show("rating", opened, MEMBER), "level_1")

    write(here, "justification", SECRET)
    assert "a été changée ailleurs" in read(here)
    assert SECRET in read(here)
    assert [(e.rating, e.justification) for e in said(opened)] == [(1, "")]

    press(here, "keep_mine")
    assert [(e.rating, e.justification) for e in said(opened)] == [(2, SECRET)]
    write(there, "justification", WHY)
    press(there, "take_theirs")
    assert field(there, "justification").value == SECRET


def test_nobody_reads_on_this_page_what_another_typed_or_gave(show, opened, read):
    draft = Evaluation("P01", "1.1", "x", 2, SECRET, round=2)
    rating.give(opened, OTHER, "demo", draft)

    for who in (MEMBER, CHAIR, LEAD):
        assert SECRET not in read(show("rating", opened, who))


def test_a_conflict_takes_the_project_off_my_sheet_and_may_be_withdrawn(show, opened, read):
    at = show("rating", opened, MEMBER)
    at.text_input(key="rating_reason_P01").input("Parenté")
    press(at, "declare")

    assert at.selectbox(key="rating_project").value == "P02"
    assert "P01 · Parenté" in read(at)
    press(at, "withdraw_P01")
    assert "P01" in at.selectbox(key="rating_project").options[0]


def test_a_lead_rates_her_own_project_and_is_told_that_it_counts_nowhere(show, opened, read):
    at = show("rating", opened, LEAD)

    assert "ne compte nulle part" in read(at)
    assert all("P04" not in option for option in at.selectbox(key="rating_project").options)
    press(press(at, "level_N"), "give")
    assert [e.is_given for e in said(opened, LEAD.code)] == [True]


def test_the_facilitator_opens_a_round_on_some_projects_and_sees_counts(show, own_demo, read):
    at = show("rating", own_demo, CHAIR)
    at.multiselect(key="rating_round_projects").set_value(["P02"])
    press(at, "open")

    assert "La ronde 2 est ouverte" in read(at)
    told = next(f.value for f in at.dataframe if "Données" in f.value)
    assert set(told["Demandées"]) == {16}
    with own_demo.writing(Act("test", "administrateur", "test")) as work:
        assert work.every(Evaluation, "demo", round=2) == ()
