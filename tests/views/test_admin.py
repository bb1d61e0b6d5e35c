"""Administration and one's own account: people kept, invited and let go, in French and English."""

from dataclasses import replace

import pytest
from acts.said import PEOPLE
from streamlit.testing.v1 import AppTest

from data.store import Act
from portfolio.contact import Contact
from portfolio.identity import LOCAL, Identity
from portfolio.person import CONSOLE, Person, Role
from services import directory, doors
from views.text import Text

CHIEF = PEOPLE[Role.ADMINISTRATOR]
LEAD = PEOPLE[Role.LEAD]
HOSTILE = "<script>alert(1)</script> $x$ **gras** :smile:"


def keep(store, *nouns):
    with store.writing(Act("test", "administrateur", "test")) as work:
        return [work.save(None, noun) for noun in nouns][-1]


@pytest.fixture
def house(empty):
    """A house of its own accounts, where the administrator and the lead can come in."""
    keep(empty, CONSOLE, Identity(LOCAL, "claude", CHIEF.code), Identity(LOCAL, "anne", LEAD.code))
    return empty


def known(store, code):
    with store.reading() as work:
        return work.person(code)


def change(store, code, **differently):
    """As another administrator would, meanwhile."""
    keep(store, replace(known(store, code), **differently))


def box(at, key):
    """The widget whose key ends so."""
    kinds = (at.text_input, at.checkbox, at.selectbox, at.multiselect, at.button)
    return next(one for kind in kinds for one in kind if one.key and one.key.endswith(key))


def submit(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


@pytest.fixture
def file(show, house):
    """The file of a person, as the administrator sees it."""

    def run(code=LEAD.code, language="fr", **query):
        return show("admin", house, CHIEF, language, fiche=code, **query)

    return run


@pytest.mark.parametrize(("language", "answer", "outside"), [
    ("fr", "6 personnes sont actives ; 1 peut entrer comme administrateur. "
           "4 ne peuvent pas encore entrer.", "sans accès : à inviter"),
    ("en", "6 people are active; 1 can come in as an administrator. "
           "4 cannot come in yet.", "no access: to be invited"),
])  # fmt: skip
def test_the_table_says_who_can_come_in(show, house, read, language, answer, outside):
    at = show("admin", house, CHIEF, language)

    assert answer in read(at).replace("\u00a0", " ")
    rows = at.dataframe[0].value
    assert outside in rows.to_string().replace("\u00a0", " ")
    assert len(rows) == 7


def test_a_section_is_named_in_the_address_and_the_others_are_not_read(show, house, read):
    at = show("admin", house, CHIEF, section="state")
    assert "Lignes au journal" in read(at)
    assert not at.dataframe

    at.session_state["admin_section"] = "people"
    at.run()
    assert at.query_params["section"] == "people"
    assert len(at.dataframe) == 1


@pytest.mark.parametrize(("language", "door"), [
    ("fr", "Comptes de la maison : identifiant et mot de passe"),
    ("en", "Accounts of the house: a username and a password"),
])
def test_the_state_says_which_database_and_which_door(show, house, read, language, door):
    shown = read(show("admin", house, CHIEF, language, section="state")).replace("\u00a0", " ")

    assert door in shown
    assert "SQLite" in shown
    assert "0006" in shown


def test_each_role_says_what_it_lets_do(file):
    at = file()

    labels = {box.key.rpartition("_")[2]: box.label for box in at.checkbox}
    assert set(labels) == set(Role)
    assert "ne note ni ne vote" in labels[Role.ADMINISTRATOR]
    assert [c.value for c in at.checkbox] == [role is Role.LEAD for role in Role]


def test_what_is_known_of_a_person_is_changed_from_the_file(file, house):
    at = file()
    box(at, "_name").set_value("Anne Roy")
    box(at, "_email").set_value("anne.roy@example.org")
    box(at, f"_{Role.MEMBER}").check()
    submit(at, "Enregistrer")

    assert not at.exception
    person = known(house, LEAD.code)
    assert (person.name, person.roles) == ("Anne Roy", {Role.LEAD, Role.MEMBER})
    with house.reading() as work:
        assert work.one(Contact, LEAD.code).email == "anne.roy@example.org"


@pytest.mark.parametrize(("language", "save", "mine"), [
    ("fr", "Enregistrer", "Garder la mienne"), ("en", "Save", "Keep mine"),
])
def test_a_save_that_came_too_late_shows_both_and_keeps_the_one_chosen(
    file, house, read, language, save, mine
):
    at = file(language=language)
    change(house, LEAD.code, name="Anne de l'autre")
    box(at, "_name").set_value("Anne à moi")
    submit(at, save)

    shown = read(at)
    assert "Anne à moi" in shown
    assert "Anne de l'autre" in shown
    assert known(house, LEAD.code).name == "Anne de l'autre"
    submit(at, mine)
    assert known(house, LEAD.code).name == "Anne à moi"


def test_two_versions_of_the_roles_are_told_whole(file, house, read):
    at = file()
    change(house, LEAD.code, roles=frozenset({Role.LEAD, Role.MEMBER}))
    box(at, f"_{Role.ARCHITECT}").check()
    submit(at, "Enregistrer")

    (row,) = at.table[0].value.to_numpy().tolist()
    assert row == ["Rôles", "Responsable, Architecte", "Responsable, Membre"]


def test_two_versions_of_one_person_are_not_told_on_another_s_file(file, house):
    at = file()
    change(house, LEAD.code, name="Anne de l'autre")
    box(at, "_name").set_value("Anne à moi")
    submit(at, "Enregistrer")
    assert at.warning

    at.query_params["fiche"] = PEOPLE[Role.MEMBER].code
    at.run()

    assert not at.warning
    assert not at.table


def test_the_other_version_is_taken_when_one_prefers_it(file, house):
    at = file()
    change(house, LEAD.code, name="Anne de l'autre")
    box(at, "_name").set_value("Anne à moi")
    submit(at, "Enregistrer")
    submit(at, "Prendre l'autre")

    assert box(at, "_name").value == "Anne de l'autre"
    assert not at.warning


@pytest.mark.parametrize(("language", "save", "sentence"), [
    ("fr", "Enregistrer", "Il ne resterait aucun administrateur"),
    ("en", "Save", "No administrator who can come in would be left"),
])
def test_the_last_administrator_is_told_why_she_stays(file, house, language, save, sentence):
    at = file(CHIEF.code, language)
    box(at, f"_{Role.ADMINISTRATOR}").uncheck()
    submit(at, save)

    assert sentence in at.error[0].value
    assert known(house, CHIEF.code).has(Role.ADMINISTRATOR)


def test_an_address_that_breaks_a_header_is_refused_in_words(file, house):
    at = file()
    box(at, "_email").set_value("a@example.org\nBcc: b@example.org")
    submit(at, "Enregistrer")

    assert "n'est pas une adresse de courriel" in at.error[0].value
    with house.reading() as work:
        assert work.every(Contact) == ()


@pytest.mark.parametrize("name", [HOSTILE, "محمد بن علي", "x" * 200])
def test_a_hostile_name_is_shown_letter_for_letter(show, house, name):
    keep(house, Person("luc", name))

    listed, opened = show("admin", house, CHIEF), show("admin", house, CHIEF, fiche="luc")

    assert not listed.exception
    assert not opened.exception
    assert name in listed.dataframe[0].value.iloc[:, 0].tolist()
    assert box(opened, "_name").value == name


def test_a_name_of_5_000_letters_is_refused_and_nothing_is_kept(file, house):
    at = file()
    box(at, "_name").set_value("x" * 5_000)
    submit(at, "Enregistrer")

    assert "5 000" in at.error[0].value.replace("\u00a0", " ").replace("\\", "")
    assert known(house, LEAD.code) == replace(LEAD, version=1)


def link(at):
    return at.code[0].value if at.code else ""


def test_someone_new_is_invited_and_the_link_is_shown_once(show, house, read):
    at = show("admin", house, CHIEF)
    box(at, "admin_new_0_name").set_value(HOSTILE)
    box(at, f"admin_new_0_{Role.MEMBER}").check()
    submit(at, "Ajouter la personne")

    assert not at.exception
    shown = link(at)
    assert "/invitation/" in shown
    token = shown.rpartition("/")[2]
    added = next(e for e in directory.entries(house, CHIEF, doors.now()) if e.invitation)
    assert added.invitation.digest == doors.digest(token)
    assert added.person.roles == {Role.MEMBER}
    submit(at, "C'est transmis : cacher le lien".replace(" :", "\u00a0:"))
    assert not link(at)
    assert "Une invitation est en cours" in read(at)


def test_an_invitation_is_withdrawn(file, house):
    at = file(PEOPLE[Role.MEMBER].code)
    submit(at, "Écrire un lien d'invitation")
    submit(at, "C'est transmis\u00a0: cacher le lien")
    submit(at, "Retirer l'invitation")

    assert not at.exception
    assert not any(e.invitation for e in directory.entries(house, CHIEF, doors.now()))


def test_an_account_is_disabled_after_a_question_and_enabled_again(file, house):
    at = file()
    submit(at, "Désactiver le compte")
    assert known(house, LEAD.code).is_active
    box(at, "admin_person_disable_yes").click().run()
    assert not known(house, LEAD.code).is_active

    submit(at, "Réactiver le compte")
    assert known(house, LEAD.code).is_active


def test_the_console_is_shown_and_not_changed(file):
    at = file(CONSOLE.code)

    assert "ligne de commande" in at.info[0].value
    assert not at.checkbox


@pytest.fixture
def demo_chief(empty):
    """A house of demo accounts only, and its administrator."""
    with empty.reading() as work:
        people = work.people()
    keep(empty, *(replace(person, is_demo=True) for person in people))
    return replace(CHIEF, is_demo=True, version=2)


@pytest.mark.parametrize(("language", "notice", "add"), [
    ("fr", "Ces comptes sont fictifs", "Ajouter la personne"),
    ("en", "These accounts are fictitious", "Add the person"),
])
def test_the_demo_says_what_its_accounts_are_and_invites_nobody(
    show, empty, demo_chief, read, language, notice, add
):
    at = show("admin", empty, demo_chief, language)
    assert notice in read(at)
    assert not any(one.key.endswith("_invite") for one in at.checkbox)
    box(at, "admin_new_0_name").set_value("Zoé")
    submit(at, add)

    assert not at.exception
    assert not link(at)
    with empty.reading() as work:
        assert next(p for p in work.people() if p.name == "Zoé").is_demo


def test_only_an_administrator_reads_the_page(show, house):
    at = show("admin", house, Role.FACILITATOR)

    assert not at.exception
    assert not at.dataframe


def _account(store, who, language="fr"):
    at = AppTest.from_function(_page, kwargs={"store": store, "person": who, "language": language},
                               default_timeout=30)
    return at.run()


def _page(store, person, language):
    """A page as the shell guards it: a refusal is a sentence."""
    import streamlit as st

    from portfolio.errors import Refusal
    from views import account
    from views.desk import Desk
    from views.text import Text

    try:
        account.render(Desk(store, person, Text(language)))
    except Refusal as refused:
        st.error(Text(language).refusal(refused))


@pytest.mark.parametrize(("language", "save"), [("fr", "Enregistrer"), ("en", "Save")])
def test_one_s_own_profile_is_changed(house, language, save):
    at = _account(house, LEAD, language)
    box(at, "_email").set_value("anne@example.org")
    box(at, "_rhythm").select_index(1)
    submit(at, save)

    assert not at.exception
    with house.reading() as work:
        assert work.one(Contact, LEAD.code) == Contact(
            LEAD.code, "anne@example.org", work.one(Contact, LEAD.code).rhythm, 1)


def test_the_pages_follow_the_language_that_one_chooses(house):
    at = _account(house, LEAD)
    box(at, "_language").set_value("en")
    submit(at, "Enregistrer")

    assert known(house, LEAD.code).language == "en"
    assert at.query_params["lang"] in ("en", ["en"])


def test_a_profile_that_came_too_late_shows_both(house, read):
    at = _account(house, LEAD)
    change(house, LEAD.code, service="Eau")
    box(at, "_service").set_value("Finances")
    submit(at, "Enregistrer")

    assert "Eau" in read(at)
    assert "Finances" in read(at)
    submit(at, "Garder la mienne")
    assert known(house, LEAD.code).service == "Finances"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("differently", [{"is_active": False}, {"roles": frozenset()}])
def test_whoever_is_disabled_or_loses_a_role_in_mid_session_reads_it_at_the_next_act(
    house, language, differently
):
    """The page still holds the person as she was; the act is refused, the run says so."""
    at = _account(house, LEAD, language)
    change(house, LEAD.code, **differently)
    box(at, "_service").set_value("Finances")
    submit(at, Text(language)("account.save"))

    assert not at.exception
    assert len(at.error) >= 1
    assert known(house, LEAD.code).service == ""
