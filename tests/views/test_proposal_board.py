"""The board of proposals: columns by stage, filters, and the way to what does not fit."""

import pytest
from benches import a_project, a_registry

from data.store import Act
from portfolio.dossier import Inquiry
from portfolio.person import Role
from portfolio.project import Stage


def board(show, store, who=Role.MEMBER, language="fr"):
    at = show("proposals", store, who, language)
    at.segmented_control(key="proposals_shown").set_value("board").run()
    assert not at.exception
    return at


def told(at, read):
    return read(at).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_finds_the_board(show, demo, role, language):
    at = board(show, demo, role, language)

    assert {"fr": "**Soumises**", "en": "**Submitted**"}[language] in "".join(
        one.value for one in at.markdown
    )


def test_a_column_says_how_many_and_how_much(show, house, read):
    store = house(a_registry(a_project("P1", cost=(30,)), a_project("P2", cost=(12,))))

    assert "2 · 42 k\\$" in told(board(show, store), read)


def test_a_card_says_what_it_waits_for(show, house, read):
    store = house(a_registry(a_project("P1", stage=Stage.SENT_BACK, lead="test-responsable")))
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Inquiry("P1", 1, "", "Combien ?", "x", "2027-03-01T15:00:00+00:00"))

    lead, member = (told(board(show, store, who), read) for who in (Role.LEAD, Role.MEMBER))
    assert "▲ Attend 1 réponse de la personne responsable" in lead
    assert "1 proposition attend quelque chose de vous" in lead
    assert "▲ Attend" not in member


def cards(at):
    """The codes of the cards, in order."""
    begins = "proposals_board_"
    keys = [b.key.removeprefix(begins) for b in at.button if (b.key or "").startswith(begins)]
    return [key for key in keys if not key.startswith("more_")]


def test_the_board_is_filtered_by_service(show, house):
    store = house(a_registry(
        a_project("P1", service="Parcs"), a_project("P2", service="Eau"),
    ))
    at = board(show, store)
    at.selectbox(key="proposals_board_service").select("Eau").run()

    assert cards(at) == ["P2"]


def test_a_card_opens_its_proposal(show, house):
    at = board(show, house(a_registry(a_project("P1"))))
    at.button(key="proposals_board_P1").click().run()

    assert at.title[0].value.startswith("P1 · ")


def test_what_does_not_fit_is_one_click_away_in_the_list(show, house):
    many = [a_project(f"P{n:03}", service="Eau") for n in range(46)]
    store = house(a_registry(*many, a_project("Q1", service="Parcs", stage=Stage.ADMISSIBLE)))
    at = board(show, store)
    at.selectbox(key="proposals_board_service").select("Eau").run()
    more = at.button(key="proposals_board_more_soumis")
    assert more.label == "et 34 autres"
    assert len(cards(at)) == 12
    more.click().run()

    (listed,) = [frame.value for frame in at.dataframe if "Titre" in frame.value]
    assert len(listed) == 46


def test_what_was_chosen_is_there_again_after_reading_a_proposal(show, house):
    at = board(show, house(a_registry(a_project("P1"))))
    at.query_params["project"] = "P1"
    at.run()
    at.button(key="proposals_back").click().run()

    assert at.segmented_control(key="proposals_shown").value == "board"


def test_filters_that_nothing_answers_say_so(show, house, read):
    at = board(show, house(a_registry(a_project("P1"))), Role.LEAD)
    at.segmented_control(key="proposals_board_whose").set_value("mine").run()

    assert "ne répond à ces filtres" in told(at, read)
