"""Importations: what a file would bring, every refusal in its place, all or nothing."""

import pytest
from portfolios import SMALL, zipped

from portfolio.person import Role

BROKEN = SMALL | {
    "costs": SMALL["costs"].replace("P1,base,PDI,1,100", "P1,base,PDI,1,cent"),
    "projects": "code,title,category\nP1,Un,nouveau\nP2,Deux,urgent\nP3,Trois,\n",
}
KEEPERS = (Role.ADMINISTRATOR, Role.FACILITATOR, Role.ARCHITECT)


def cycles(store):
    with store.reading() as work:
        return [cycle.code for cycle in work.cycles()]


def bring(at, content, name="lot.zip"):
    return at.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_keep_the_portfolio_may_try_a_file(seen, role, language):
    at = seen("imports", role, language)

    assert not at.exception
    assert bool(at.file_uploader) is (role in KEEPERS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_broken_file_shows_row_and_column_and_writes_nothing(show, empty, read, language):
    at = bring(show("imports", empty, Role.ADMINISTRATOR, language), zipped(BROKEN))

    assert not at.exception
    places = at.dataframe[0].value
    found = {(row.iloc[0], row.iloc[1], row.iloc[2], row.iloc[3]) for _, row in places.iterrows()}
    assert ("costs.csv", 2, "likely", "cent") in {(s.split("/")[-1], *r) for s, *r in found}
    assert ("projects.csv", 3, "category", "urgent") in {(s.split("/")[-1], *r) for s, *r in found}
    assert all(places.iloc[:, 4])
    assert "nouveau" in " ".join(places.iloc[:, 5])
    assert not [b for b in at.button if b.key in ("imports_accept", "imports_replace")]
    assert cycles(empty) == []


def test_a_sound_file_is_told_then_brought_in_whole(show, empty, read):
    at = bring(show("imports", empty, Role.ADMINISTRATOR), zipped(SMALL))
    told = read(at)

    assert "Rien n'est encore écrit." in told
    assert cycles(empty) == []
    assert "3 projets" in told

    at.button(key="imports_accept").click().run()

    assert not at.exception
    assert cycles(empty) == ["C1"]
    assert "est dans la maison" in read(at)
    assert at.file_uploader[0].value is None


def test_an_architect_tries_a_file_that_others_bring_in(show, empty, read):
    at = bring(show("imports", empty, Role.ARCHITECT), zipped(SMALL))

    assert "l'administration ou l'animation fait entrer le fichier" in read(at)
    assert "imports_accept" not in {button.key for button in at.button}


def test_replacing_a_cycle_is_said_and_confirmed(show, empty, read):
    at = bring(show("imports", empty, Role.ADMINISTRATOR), zipped(SMALL))
    at.button(key="imports_accept").click().run()

    bring(at, zipped(SMALL | {"projects": "code,title\nP1,Un\nP2,Deux\nP3,Autre\n"}))

    assert "remplace tout son contenu" in read(at)
    at.button(key="imports_replace").click().run()
    at.button(key="imports_replace_yes").click().run()
    with empty.reading() as work:
        assert work.project("C1", "P3").title == "Autre"


def test_a_file_of_no_known_kind_is_refused_in_words(show, empty, read):
    at = bring(show("imports", empty, Role.ADMINISTRATOR), b"rien de connu\n1\n", "notes.csv")

    assert "ne peut pas entrer" in read(at)
    assert cycles(empty) == []


def test_the_template_and_the_cycle_s_files_are_offered(show, demo, empty):
    offered = {b.key for b in show("imports", demo, Role.ARCHITECT).download_button}
    alone = {b.key for b in show("imports", empty, Role.ARCHITECT).download_button}

    exports = {f"imports_export_{kind}" for kind in ("xlsx", "zip", "json")}
    assert exports | {"imports_template"} <= offered
    assert alone == {"imports_template"}
