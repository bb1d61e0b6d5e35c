"""People are known, changed, invited and let go; someone can always come in to keep the house."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from benches import a_project, a_registry
from nouns import told

from data.importers import Brought
from data.store import Act, open_store
from portfolio.contact import Contact, Rhythm
from portfolio.errors import Forbidden, Invalid, Refusal, Stale
from portfolio.identity import LOCAL, Identity
from portfolio.person import CONSOLE, Person, Role
from services import account, directory, doors, imports, invitations, people, state
from services.account import Profile
from services.doors import Door
from services.people import Newcomer

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
CHIEF = Person("chef", "Claude Chef", frozenset({Role.ADMINISTRATOR}))
ANNE = Person("anne", "Anne Roy", frozenset({Role.LEAD}), service="Finances")
DEMO = Person("demo-chef", "Administration", frozenset({Role.ADMINISTRATOR}), is_demo=True)
ADMIN = frozenset({Role.ADMINISTRATOR})


def keep(store, *nouns):
    with store.writing(Act("test", "administrateur", "test")) as work:
        return [work.save(None, noun) for noun in nouns][-1]


@pytest.fixture
def empty(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with closing(open_store(f"sqlite:///{file}")) as store:
        yield store


def inhabited(store):
    """An administrator and a lead, who both have an account of the house."""
    keep(store, CONSOLE, CHIEF, ANNE)
    keep(store, Identity(LOCAL, "claude", "chef"), Identity(LOCAL, "anne", "anne"))
    return store


@pytest.fixture
def house(empty):
    return inhabited(empty)


@pytest.fixture
def on_each(store):
    """The same house, on each database."""
    return inhabited(store)


@pytest.fixture
def demo(empty):
    store = empty
    keep(store, DEMO, replace(DEMO, code="demo-resp", roles=frozenset({Role.LEAD})))
    return store


def known(store, code):
    with store.reading() as work:
        contacts = work.every(Contact, code)
        return work.person(code), contacts[0] if contacts else Contact(code)


def change(store, code, by=CHIEF, email=None, **differently):
    person, contact = known(store, code)
    contact = contact if email is None else replace(contact, email=email)
    return directory.change(store, by, replace(person, **differently), contact, NOW)


def entry(store, code, by=CHIEF, at=NOW):
    return next(e for e in directory.entries(store, by, at) if e.person.code == code)


def signed_in(store, code, at=NOW):
    """A session of the person; its token."""
    token = doors.new_token()
    with store.writing(Act(code, "", "test")) as work:
        return doors.begin(work, work.person(code), token, at, Door.LOCAL)


def test_the_directory_says_who_can_come_in_and_how(on_each):
    keep(on_each, Person("luc", "Luc"), Identity("https://ville.example", "17", "luc"))
    signed_in(on_each, "anne", NOW - timedelta(minutes=5))
    signed_in(on_each, "anne", NOW - timedelta(hours=3))

    anne, luc = entry(on_each, "anne"), entry(on_each, "luc")

    assert (anne.login, anne.can_sign_in, anne.sessions) == ("anne", True, 1)
    assert anne.last_seen == doors.moment(NOW - timedelta(minutes=5))
    assert (luc.issuers, luc.can_sign_in, luc.last_seen) == (("https://ville.example",), False, "")
    assert entry(on_each, "console").is_console


def test_people_are_told_by_name_whatever_the_capitals(house):
    keep(house, Person("x", "abel"), Person("y", "Zoé"))

    names = [e.person.name for e in directory.entries(house, CHIEF, NOW)]

    assert names == ["abel", "Anne Roy", "Claude Chef", "Console", "Zoé"]


def test_a_person_is_added_without_a_way_in_under_a_code_that_tells_no_name(house):
    added = people.add(house, CHIEF, Newcomer("  Zoé\nLévesque ", frozenset({Role.MEMBER})))

    assert added.name == "Zoé Lévesque"
    assert added.code.startswith("p-")
    assert not entry(house, added.code).can_sign_in
    assert not added.is_demo


def test_everything_known_of_a_person_is_changed_in_one_act(house):
    kept, contact = change(
        house, "anne", email="anne.roy@example.org", name="Anne Roy-Côté", language="en",
        service="Eau", roles=frozenset({Role.MEMBER}), expertise=frozenset({"1.1"}),
    )

    assert known(house, "anne") == (kept, contact)
    assert (kept.name, kept.language, kept.service) == ("Anne Roy-Côté", "en", "Eau")
    assert (kept.roles, kept.expertise) == ({Role.MEMBER}, {"1.1"})
    assert contact.email == "anne.roy@example.org"
    assert [line.act for line in told(house)[-2:]] == ["directory.change"] * 2


def test_what_does_not_change_leaves_no_line(house):
    before = len(told(house))
    change(house, "anne")

    assert len(told(house)) == before


def test_a_change_that_came_too_late_shows_both_and_loses_neither(on_each):
    read, contact = known(on_each, "anne")
    change(on_each, "anne", service="Eau")

    with pytest.raises(Stale) as refused:
        directory.change(on_each, CHIEF, replace(read, name="Anne R."), contact, NOW)

    assert refused.value.facts["yours"].name == "Anne R."
    assert refused.value.facts["theirs"].service == "Eau"
    assert known(on_each, "anne")[0].name == "Anne Roy"


def test_an_address_that_came_too_late_takes_the_change_of_the_person_with_it(house):
    person, contact = known(house, "anne")
    change(house, "anne", email="une@example.org")

    with pytest.raises(Stale):
        directory.change(
            house, CHIEF, replace(person, name="Autre"),
            replace(contact, email="autre@example.org"), NOW,
        )

    kept, address = known(house, "anne")
    assert (kept.name, address.email) == ("Anne Roy", "une@example.org")


@pytest.mark.parametrize("differently", [
    {"is_active": False}, {"roles": frozenset({Role.LEAD})},
])
def test_the_last_administrator_who_can_come_in_stays(house, differently):
    keep(house, Person("sans", "Sans accès", ADMIN))
    keep(house, Person("parti", "Parti", ADMIN, is_active=False))
    keep(house, Identity(LOCAL, "parti", "parti"))

    with pytest.raises(Forbidden, match="last-administrator"):
        change(house, "chef", **differently)

    assert known(house, "chef")[0].has(Role.ADMINISTRATOR)


def test_an_administrator_leaves_once_another_can_come_in(house):
    change(house, "anne", roles=ADMIN)
    change(house, "chef", is_active=False)

    assert not known(house, "chef")[0].is_active
    with pytest.raises(Forbidden, match="last-administrator"):
        change(house, "anne", by=ANNE, roles=frozenset({Role.LEAD}))


def test_a_provider_s_administrator_does_not_open_the_house_s_own_door(house, monkeypatch):
    """Who can come in is a matter of the door there is: here a password, there an organisation."""
    keep(house, Person("luc", "Luc", ADMIN), Identity("https://ville.example", "17", "luc"))
    with pytest.raises(Forbidden, match="last-administrator"):
        change(house, "chef", is_active=False)

    for name in ("OIDC_METADATA_URL", "PUBLIC_URL"):
        monkeypatch.setenv(f"ARBITRAGE_{name}", "https://ville.example")
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "COOKIE_SECRET"):
        monkeypatch.setenv(f"ARBITRAGE_{name}", "x" * 40)

    change(house, "chef", is_active=False)
    assert entry(house, "luc", by=Person("luc", "Luc")).can_sign_in


def test_a_file_that_takes_the_last_administrator_away_is_refused_whole(house):
    without = replace(CHIEF, roles=frozenset())
    registry = replace(a_registry(a_project("P1")), people=(without,))

    with pytest.raises(Forbidden, match="last-administrator"):
        imports.bring_in(house, CHIEF, Brought(registry, "csv"))

    with house.reading() as work:
        assert work.cycles() == ()
        assert work.person("chef").has(Role.ADMINISTRATOR)


def test_a_disabled_person_is_out_at_once_and_their_link_with_them(house):
    token = signed_in(house, "anne")
    link = people.invite_again(house, CHIEF, "anne", NOW).token
    assert doors.who(house, token, NOW) == known(house, "anne")[0]

    change(house, "anne", is_active=False)

    assert doors.who(house, token, NOW) is None
    with pytest.raises(Forbidden, match="not-allowed"):
        account.profile(house, ANNE)
    change(house, "anne", is_active=True)
    assert doors.who(house, token, NOW) is None
    with pytest.raises(Refusal, match="invitation-expired"):
        invitations.open_link(house, link, NOW)


def test_a_withdrawn_invitation_holds_no_longer(house):
    invited = people.invite(house, CHIEF, Newcomer("Zoé", frozenset({Role.MEMBER})), NOW)
    assert entry(house, invited.person.code).invitation == invited.invitation

    assert people.withdraw_invitation(house, CHIEF, invited.person.code, NOW) == 1

    assert entry(house, invited.person.code).invitation is None
    with pytest.raises(Refusal, match="invitation-expired"):
        invitations.open_link(house, invited.token, NOW)


def test_the_secret_of_a_link_is_kept_nowhere(house):
    invited = people.invite(house, CHIEF, Newcomer("Zoé", frozenset({Role.MEMBER})), NOW)

    assert invited.invitation.digest == doors.digest(invited.token)
    assert not any(invited.token in f"{line.before}{line.after}" for line in told(house))


def test_the_demo_stays_a_demo(demo):
    added = people.add(demo, DEMO, Newcomer("Zoé", frozenset({Role.MEMBER})))

    assert added.is_demo
    assert doors.door(demo) is Door.DEMO
    for invite in (
        lambda: people.invite(demo, DEMO, Newcomer("Zoé", frozenset({Role.MEMBER})), NOW),
        lambda: people.invite_again(demo, DEMO, "demo-resp", NOW),
    ):
        with pytest.raises(Forbidden, match="demo-invites-nobody"):
            invite()
    with pytest.raises(Forbidden, match="last-administrator"):
        change(demo, "demo-chef", by=DEMO, is_active=False)


def test_nobody_becomes_real_nor_a_demo_account_by_a_form(demo):
    kept, _ = change(demo, "demo-resp", by=DEMO, name="Autre", is_demo=False)

    assert kept.is_demo
    assert doors.door(demo) is Door.DEMO


def test_the_console_is_not_changed_from_a_page(house):
    with pytest.raises(Forbidden, match="console-stays"):
        change(house, "console", is_active=False)


def test_a_name_is_kept_letter_for_letter_but_what_cannot_be_seen(house):
    kept, _ = change(house, "anne", name="\u202e<script>alert(1)</script> محمد עברית\u200b")

    assert kept.name == "<script>alert(1)</script> محمد עברית"


@pytest.mark.parametrize(("differently", "code"), [
    ({"name": "x" * 5_000}, "text-too-long"),
    ({"service": "x" * 5_000}, "text-too-long"),
    ({"name": "\u200b"}, "empty"),
    ({"language": "klingon"}, "not-one-of"),
])
def test_what_nobody_is_called_is_refused(house, differently, code):
    with pytest.raises(Invalid, match=code):
        change(house, "anne", **differently)
    assert known(house, "anne")[0] == replace(ANNE, version=1)


@pytest.mark.parametrize("email", [
    "a@example.org\nBcc: all@example.org", "a@example.org\r\nSubject: x", "a@b", "a b@example.org",
    "Anne <a@example.org>", "a@example.org,b@example.org", "@example.org", "a@@example.org",
    "x" * 250 + "@example.org", "a\u2028@example.org",
])
def test_an_address_that_could_break_out_of_a_header_is_refused(house, email):
    with pytest.raises(Invalid, match="not-an-address"):
        account.save(house, ANNE, Profile("fr", email=email))
    with pytest.raises(Invalid, match="not-an-address"):
        people.add(house, CHIEF, Newcomer("Zoé", frozenset(), email))
    assert len(known(house, "anne")[1].email) == 0
    assert len(directory.entries(house, CHIEF, NOW)) == 3


def test_one_changes_one_s_own_profile_and_nothing_else(house):
    own = account.profile(house, ANNE)

    saved = account.save(house, ANNE, replace(
        own, language="en", service=" Eau ", email=" a@example.org ", rhythm=Rhythm.DAILY))

    person, contact = known(house, "anne")
    assert saved == account.profile(house, ANNE)
    assert person == replace(ANNE, language="en", service="Eau", version=2)
    assert contact == Contact("anne", "a@example.org", Rhythm.DAILY, 1)


def test_a_profile_that_came_too_late_is_refused_and_what_stands_stays(house):
    own = account.profile(house, ANNE)
    change(house, "anne", service="Eau")

    with pytest.raises(Stale):
        account.save(house, ANNE, replace(own, language="en", email="a@example.org"))

    assert account.profile(house, ANNE) == replace(own, service="Eau", version=2)


def test_the_state_of_the_house_counts_who_is_in(on_each):
    for at in (NOW, NOW - timedelta(minutes=10)):
        signed_in(on_each, "anne", at)
    signed_in(on_each, "chef", NOW - timedelta(days=2))

    found = state.view(on_each, CHIEF, NOW)

    assert (found.signed_in, found.active, found.door) == (1, 2, Door.LOCAL)
    assert found.journal.count == len(told(on_each))
    assert found.tables.startswith("0006")
    assert found.running.database in ("SQLite", "PostgreSQL")
