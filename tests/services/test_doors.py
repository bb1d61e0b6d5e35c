"""Which door there is, how long a session lasts, and what an invitation is good for."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from nouns import told

from data import store_doors
from data.store import Act, open_store
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.identity import LOCAL, Identity
from portfolio.person import Person, Role
from services import accounts, doors, invitations, people, presented
from services.doors import Door, Hours
from services.people import Newcomer
from services.presented import Presented
from services.provider import Provider, provider

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
ACT = Act("test", "administrateur", "test")
PHRASE, OTHER = "une phrase facile à retenir", "une autre phrase, plus longue"
DEMO = Person("demo-1", "Démo", frozenset({Role.MEMBER}), is_demo=True)
TOLD = {
    "ARBITRAGE_OIDC_METADATA_URL": "https://login.city.example/.well-known/openid-configuration",
    "ARBITRAGE_OIDC_CLIENT_ID": "arbitrage",
    "ARBITRAGE_OIDC_CLIENT_SECRET": "s",
    "ARBITRAGE_PUBLIC_URL": "https://arbitrage.city.example/",
    "ARBITRAGE_COOKIE_SECRET": "c" * 32,
}
CITY = Provider("https://login.city.example", "arbitrage", "s", "https://a.example", "c" * 32)


def after(**time):
    return AT + timedelta(**time)


def invited(store, name="Anne", *roles):
    newcomer = Newcomer(name, frozenset(roles or (Role.MEMBER,)))
    return people.invite(store, people.console(store), newcomer, AT)


@pytest.fixture
def store(migrated_file, tmp_path):
    """An SQLite store; the rows themselves are tried on every database in tests/data."""
    copy = shutil.copy(migrated_file, tmp_path / "doors.db")
    with closing(open_store(f"sqlite:///{copy}")) as opened:
        yield opened


@pytest.fixture
def anne(store):
    """Anne, who has a password; and the token of her session, begun at AT."""
    link = invited(store)
    return link.person, accounts.redeem(store, link.token, "anne", PHRASE, AT)


def save(store, noun):
    with store.writing(ACT) as work:
        return work.save(None, noun)


def someone(subject="anne-1", nonce="n1", **more):
    return Presented("https://login.city.example", subject, AT, nonce, **more)


def enter(store, who, link="", at=AT):
    return presented.enter(store, who, CITY, link, at)


# Which door


def test_a_role_is_chosen_only_while_nobody_real_is_known(store):
    people.console(store)
    save(store, DEMO)
    assert doors.door(store) is Door.DEMO
    assert doors.admits(store, "", AT)

    save(store, Person("anne", "Anne", is_active=False))

    assert doors.door(store) is Door.LOCAL
    assert not doors.admits(store, "", AT)


def test_a_provider_closes_the_demo_even_while_nobody_real_is_known(store):
    save(store, DEMO)
    assert doors.door(store, CITY) is Door.PROVIDER


def test_a_provider_is_described_wholly_or_not_at_all():
    assert provider({"ARBITRAGE_PUBLIC_URL": "https://a.example"}) is None
    assert provider(TOLD).back == "https://arbitrage.city.example/oauth2callback"
    for name in TOLD:
        with pytest.raises(Invalid, match="provider-incomplete") as refused:
            provider(TOLD | {name: " "})
        assert refused.value.facts["lacking"] == name


@pytest.mark.parametrize(("name", "value", "code"), [
    ("ARBITRAGE_OIDC_METADATA_URL", "http://login.city.example/x", "not-https"),
    ("ARBITRAGE_PUBLIC_URL", "http://arbitrage.city.example", "not-https"),
    ("ARBITRAGE_PUBLIC_URL", "arbitrage.city.example", "not-https"),
    ("ARBITRAGE_COOKIE_SECRET", "c" * 31, "secret-too-short"),
])  # fmt: skip
def test_a_provider_that_could_not_be_trusted_is_refused(name, value, code):
    with pytest.raises(Invalid, match=code):
        provider(TOLD | {name: value})


# Sessions


def test_a_session_ends_after_an_hour_unused(store, anne):
    person, token = anne
    for minutes in (59, 118, 177):  # each time within an hour of the time before
        assert doors.who(store, token, after(minutes=minutes)).code == person.code
    assert doors.who(store, token, after(minutes=177 + 60)) is None


def test_a_session_ends_after_half_a_day_however_it_is_used(store, anne):
    _, token = anne
    for half_hours in range(1, 24):
        assert doors.who(store, token, after(minutes=30 * half_hours))
    assert doors.who(store, token, after(hours=12)) is None


def test_how_long_a_session_lasts_is_a_setting():
    told = {"ARBITRAGE_IDLE_MINUTES": "5", "ARBITRAGE_SESSION_HOURS": "1.5"}
    assert doors.hours(told) == Hours(timedelta(minutes=5), timedelta(minutes=90))
    assert doors.hours({}) == Hours(timedelta(hours=1), timedelta(hours=12))


@pytest.mark.parametrize("told", ["0", "-5", "an hour", "nan", "inf", "721"])
@pytest.mark.parametrize("variable", ["ARBITRAGE_IDLE_MINUTES", "ARBITRAGE_SESSION_HOURS"])
def test_a_limit_that_is_none_is_refused(variable, told):
    with pytest.raises(Invalid, match="not-a-time-limit"):
        doors.hours({variable: told})


def test_being_seen_is_written_once_a_minute_at_most_and_never_in_the_journal(store, anne):
    person, token = anne
    lines = len(told(store))
    for seconds in range(0, 130, 10):
        doors.who(store, token, after(seconds=seconds))

    assert doors.sessions(store, person)[0].seen == doors.moment(after(seconds=120))
    assert len(told(store)) == lines


def test_the_token_itself_is_kept_nowhere(store, anne):
    person, token = anne
    kept = doors.sessions(store, person)[0].digest
    assert kept == doors.digest(token) != token
    assert all(token not in str(line) and PHRASE not in str(line) for line in told(store))


def test_a_disabled_person_is_out_at_once(store, anne):
    person, token = anne
    save(store, replace(person, is_active=False))
    assert doors.who(store, token, AT) is None


def test_what_a_person_is_is_read_at_each_run(store, anne):
    person, token = anne
    save(store, replace(person, roles=frozenset({Role.OBSERVER})))
    assert doors.who(store, token, AT).roles == {Role.OBSERVER}


def test_signing_out_ends_the_session_and_tells_the_journal_once(store, anne):
    _, token = anne
    for _ in range(2):
        doors.sign_out(store, token, AT)
    assert doors.who(store, token, AT) is None
    assert [line.act for line in told(store)].count("doors.sign_out") == 1


def test_every_session_ends_but_the_one_that_asks(store, anne):
    person, token = anne
    others = [accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", AT) for _ in range(3)]

    assert doors.end_all_sessions(store, person, AT, but=token) == 3

    assert doors.who(store, token, AT)
    assert not any(doors.who(store, other, AT) for other in others)


def test_an_administrator_ends_anybody_s_sessions_and_nobody_else_does(store, anne):
    person, token = anne
    zoe = save(store, Person("zoe", "Zoé", frozenset(Role) - {Role.ADMINISTRATOR}))
    with pytest.raises(Forbidden, match="not-yours"):
        doors.end_all_sessions(store, zoe, AT, person.code)
    assert doors.who(store, token, AT)

    assert doors.end_all_sessions(store, people.console(store), AT, person.code) == 1

    assert doors.who(store, token, AT) is None


# Invitations


def test_an_invitation_is_good_once(store):
    link = invited(store)
    accounts.redeem(store, link.token, "anne", PHRASE, AT)
    with pytest.raises(Refusal, match="invitation-used"):
        accounts.redeem(store, link.token, "anne", OTHER, AT)


def test_an_invitation_ends_after_seven_days(store):
    link = invited(store)
    assert invitations.open_link(store, link.token, after(days=7, seconds=-1))
    with pytest.raises(Refusal, match="invitation-expired"):
        invitations.open_link(store, link.token, after(days=7))


def test_an_invitation_that_nobody_wrote_is_unknown(store):
    link = invited(store)
    for token in ("", "x", link.token[:-1], link.invitation.digest):
        with pytest.raises(Missing, match="invitation-unknown"):
            invitations.open_link(store, token, AT)


def test_a_new_invitation_takes_the_place_of_the_one_before(store):
    first = invited(store)
    second = people.invite_again(store, people.console(store), first.person.code, AT)
    with pytest.raises(Refusal, match="invitation-expired"):
        invitations.open_link(store, first.token, AT)
    assert invitations.open_link(store, second.token, AT).person == first.person


@pytest.mark.parametrize(("code", "refused"), [
    ("demo-1", "not-invitable"), ("console", "not-invitable"), ("parti", "account-disabled"),
])  # fmt: skip
def test_nobody_is_invited_into_an_account_that_is_nobody_s(store, code, refused):
    by = people.console(store)
    save(store, DEMO)
    save(store, Person("parti", "Parti", is_active=False))
    with pytest.raises(Forbidden, match=refused):
        people.invite_again(store, by, code, AT)


def test_the_journal_knows_who_was_invited_and_not_the_secret(store):
    link = invited(store)
    lines = [line for line in told(store) if line.act == "people.invite"]
    assert [line.kind for line in lines] == ["person", "invitation"]
    assert link.token not in str(lines)


# Accounts of the house


def test_a_login_is_the_same_in_any_letters(store, anne):
    person, _ = anne
    token = accounts.sign_in(store, "  ANNE ", PHRASE, "10.0.0.1", AT)
    assert doors.who(store, token, AT).code == person.code
    with store.reading() as work:
        assert work.one(Identity, LOCAL, "anne").person == person.code


@pytest.mark.parametrize(("login", "password", "refused"), [
    ("zoe", "onze lettre", "password-too-short"),
    ("zoe", "x" * 257, "password-too-long"),
    ("zoe-tremblay-roy", "zoe-tremblay-roy1", "password-is-login"),
    ("anne", PHRASE, "login-taken"),
    ("", PHRASE, "not-a-login"),
    ("z\x00oe", PHRASE, "not-a-login"),
])  # fmt: skip
def test_what_is_chosen_badly_is_refused_and_the_link_still_holds(
    store, anne, login, password, refused
):
    link = invited(store, "Zoé")
    with pytest.raises(Invalid, match=refused):
        accounts.redeem(store, link.token, login, password, AT)
    assert accounts.redeem(store, link.token, "zoe", PHRASE, AT)


def test_a_password_is_the_same_however_its_letters_were_composed(store):
    link = invited(store)
    accounts.redeem(store, link.token, "anne", "caf\u00e9 au lait tiède", AT)
    assert accounts.sign_in(store, "anne", "cafe\u0301 au lait tiède", "10.0.0.1", AT)


def test_a_lost_password_is_set_anew_by_a_link_which_ends_every_session(store, anne):
    person, token = anne
    link = people.invite_again(store, people.console(store), person.code, AT)

    new = accounts.redeem(store, link.token, "somebody-else", OTHER, AT)

    assert doors.who(store, token, AT) is None
    assert doors.who(store, new, AT).code == person.code
    assert accounts.own_login(store, person) == "anne"
    with pytest.raises(Invalid, match="sign-in-wrong"):
        accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", AT)


def test_one_s_own_password_is_changed_with_the_former_one(store, anne):
    person, token = anne
    other = accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", AT)
    with pytest.raises(Invalid, match="former-wrong"):
        accounts.change_password(store, person, "pas la bonne", OTHER, AT)

    accounts.change_password(store, person, PHRASE, OTHER, AT, but=token)

    assert doors.who(store, token, AT)
    assert doors.who(store, other, AT) is None
    assert accounts.sign_in(store, "anne", OTHER, "10.0.0.1", AT)


def test_a_dated_hash_is_made_anew_when_its_owner_comes_in(store, anne):
    import argon2

    person, _ = anne
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PHRASE)
    with store.writing(ACT) as work:
        kept = store_doors.account_of(work, person.code)
        store_doors.keep_account(work, replace(kept, password_hash=weak))

    accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", AT)

    with store.reading() as work:
        assert store_doors.account_of(work, person.code).password_hash.startswith("$argon2id$")
        assert "m=8," not in store_doors.account_of(work, person.code).password_hash


def tries(store, login, address, at, count=1, password="pas la bonne"):
    """What is said of each trial: the code of its refusal, and the seconds to wait."""
    said = []
    for _ in range(count):
        with pytest.raises(Refusal) as refused:
            accounts.sign_in(store, login, password, address, at)
        said.append((refused.value.code, refused.value.facts.get("seconds")))
    return said


WRONG = ("sign-in-wrong", None)


@pytest.mark.parametrize("login", ["anne", "nobody"])
def test_after_five_failures_one_waits_longer_and_longer(store, anne, login):
    """The same is said of a login that nobody has."""
    assert tries(store, login, "10.0.0.1", AT, 6) == [WRONG] * 5 + [("sign-in-wait", 16)]
    assert tries(store, login, "10.0.0.2", after(seconds=15), 2) == [WRONG, ("sign-in-wait", 31)]
    assert tries(store, login, "10.0.0.3", after(seconds=45), 2) == [WRONG, ("sign-in-wait", 61)]


def test_the_right_password_waits_too_and_then_comes_in(store, anne):
    key = f"login {doors.digest('anne')}"
    with store.writing(ACT) as work:
        for _ in range(5):
            store_doors.count_failure(work, key, AT)
    assert tries(store, "anne", "10.0.0.1", AT, password=PHRASE)[0][0] == "sign-in-wait"

    assert accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", after(seconds=15))

    with store.reading() as work:
        assert store_doors.failures(work, key) == (0, "")


def test_an_address_that_tries_many_logins_waits_too(store):
    with store.writing(ACT) as work:
        for _ in range(28):
            store_doors.count_failure(work, "address 10.0.0.9", AT)
    said = [tries(store, f"login-{n}", "10.0.0.9", AT)[0] for n in range(3)]
    assert said == [WRONG] * 2 + [("sign-in-wait", 16)]
    assert tries(store, "login-0", "10.0.0.8", AT) == [WRONG]


def test_trials_made_all_at_once_are_no_more_than_one_after_the_other(store, anne):
    with ThreadPoolExecutor(12) as hands:
        said = list(hands.map(lambda _: tries(store, "anne", "10.0.0.1", AT)[0][0], range(24)))
    assert said.count("sign-in-wrong") == 5
    assert said.count("sign-in-wait") == 19


def test_failures_are_forgotten_after_a_day(store, anne):
    tries(store, "anne", "10.0.0.1", AT, 5)
    tries(store, "nobody", "10.0.0.2", after(days=1, minutes=1))
    with store.reading() as work:
        assert store_doors.failures(work, f"login {doors.digest('anne')}") == (0, "")


def test_a_disabled_account_is_told_so_only_with_its_password(store, anne):
    person, _ = anne
    save(store, replace(person, is_active=False))
    assert tries(store, "anne", "10.0.0.1", AT) == [WRONG]
    with pytest.raises(Forbidden, match="account-disabled"):
        accounts.sign_in(store, "anne", PHRASE, "10.0.0.1", AT)


# Whom a provider presents


def test_an_invitation_ties_a_subject_to_a_person_once(store):
    link, other = invited(store), invited(store, "Zoé")
    with pytest.raises(Missing, match="identity-unknown"):
        enter(store, someone())

    token = enter(store, someone(nonce="n2"), link.token)

    assert doors.who(store, token, AT).code == link.person.code
    assert doors.who(store, enter(store, someone(nonce="n3")), AT).code == link.person.code
    with pytest.raises(Forbidden, match="identity-taken"):
        enter(store, someone(nonce="n4"), other.token)
    with pytest.raises(Refusal, match="invitation-used"):
        enter(store, someone("zoe-1"), link.token)


def test_the_same_subject_of_another_issuer_is_somebody_else(store):
    enter(store, someone(), invited(store).token)
    with pytest.raises(Missing, match="identity-unknown"):
        enter(store, replace(someone(nonce="n2"), issuer="https://elsewhere.example"))


def test_a_link_that_no_longer_holds_bars_nobody_who_is_known(store):
    link = invited(store)
    enter(store, someone(), link.token)
    assert enter(store, someone(nonce="n2"), link.token)


def test_one_sign_in_at_the_provider_opens_one_session(store):
    link = invited(store)
    token = enter(store, someone(), link.token)
    doors.sign_out(store, token, AT)
    with pytest.raises(Refusal, match="sign-in-again"):
        enter(store, someone())


@pytest.mark.parametrize("minutes", [-3, 11])
def test_what_the_provider_said_long_ago_or_will_say_opens_none(store, minutes):
    link = invited(store)
    with pytest.raises(Refusal, match="sign-in-again"):
        enter(store, someone(), link.token, after(minutes=minutes))
    assert invitations.open_link(store, link.token, AT)
