"""Accounts of the house itself: a login and a password, for offices without a provider."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from data import store_doors
from data.store import Act, Store, Work
from data.store_doors import Account
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.identity import LOCAL, Identity
from portfolio.person import Person
from services import doors, invitations, passwords
from services.doors import Door
from services.permission import EVERYONE, allowed

FREE = {"login": 5, "address": 30}  # failures before one has to wait; many share an address
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
LONGEST_LOGIN = 80


def sign_in(store: Store, login: str, password: str, address: str, at: datetime) -> str:
    """A new session's token.

    Refusal("sign-in-wait", seconds=…) after too many failures of the login or from the address;
    Invalid("sign-in-wrong"), the same and as slow whether or not there is such a login.
    """
    login = plain_login(login)
    keys = _keys(login, address)
    account = _counted(store, login, keys, at)
    kept = account.password_hash if account else None
    if not passwords.is_right(kept, password) or account is None:
        raise Invalid("sign-in-wrong")
    with store.writing(Act(account.person, doors.NO_ROLE, "accounts.sign_in")) as work:
        person = doors.known_person(work, account.person)
        store_doors.forget_failures(work, keys["login"])
        if passwords.is_dated(account.password_hash):
            _keep(work, account.person, account.login, password, at)
        return doors.begin(work, person, doors.new_token(), at, Door.LOCAL)


def _counted(store: Store, login: str, keys: dict[str, str], at: datetime) -> Account | None:
    """The login's account, the trial counted as failed before it is made: none slips by at once."""
    with store.writing(Act(doors.NO_ROLE, doors.NO_ROLE, "accounts.sign_in")) as work:
        wait = longest_wait(work, keys, at)
        if wait > timedelta():
            raise Refusal("sign-in-wait", seconds=int(wait.total_seconds()) + 1)
        for key in keys.values():
            store_doors.count_failure(work, key, at)
        return store_doors.account(work, login)


def _keys(login: str, address: str) -> dict[str, str]:
    """Under what failures are counted; a login may be a password typed in the wrong place."""
    return {"login": f"login {doors.digest(login)}", "address": f"address {address}"}


def longest_wait(work: Work, keys: dict[str, str], at: datetime) -> timedelta:
    """How long signing in must wait: nothing at first, then each failure doubles it."""
    return max(_waits(work, keys, at), default=timedelta())


def _waits(work: Work, keys: dict[str, str], at: datetime) -> Iterable[timedelta]:
    for kind, key in keys.items():
        failed, last = store_doors.failures(work, key)
        if failed >= FREE[kind]:
            wait = min(FIRST_WAIT * 2 ** min(failed - FREE[kind], 10), LONGEST_WAIT)
            yield datetime.fromisoformat(last) + wait - at


def redeem(store: Store, token: str, login: str, password: str, at: datetime) -> str:
    """Give the invited person a login and a password, once; a new session's token.

    Whoever has a login keeps it. Every former session ends: the link may stand for a lost password.
    """
    login = plain_login(login)
    with store.reading() as work:
        person = invitations.opened(work, token, at).person
    with store.writing(Act(person.code, doors.role_of(person), "accounts.redeem")) as work:
        invitation = invitations.opened(work, token, at)
        kept = store_doors.account_of(work, person.code)
        login = kept.login if kept else _free(work, login)
        passwords.refuse_weak(password, login)
        invitations.use(work, invitation, at)
        _keep(work, person.code, login, password, at)
        if kept is None:
            work.save(None, Identity(LOCAL, login, person.code))
        store_doors.forget_failures(work, _keys(login, "")["login"])
        doors.end_all(work, person.code, at)
        return doors.begin(work, person, doors.new_token(), at, Door.LOCAL)


@allowed(*EVERYONE)
def change_password(
    store: Store, by: Person, former: str, password: str, at: datetime, but: str = ""
) -> None:
    """Change one's own password; every other session of theirs ends.

    but   the token of the session in which it is changed, which goes on
    Invalid("former-wrong"), throttled as signing in is.
    """
    with store.reading() as work:
        account = store_doors.account_of(work, by.code)
    if account is None:
        raise Forbidden("no-account")
    passwords.refuse_weak(password, account.login)
    keys = {"login": _keys(account.login, "")["login"]}
    _counted(store, account.login, keys, at)
    if not passwords.is_right(account.password_hash, former):
        raise Invalid("former-wrong")
    with store.writing(Act(by.code, doors.role_of(by), "accounts.change_password")) as work:
        store_doors.forget_failures(work, keys["login"])
        _keep(work, by.code, account.login, password, at)
        doors.end_all(work, by.code, at, doors.digest(but) if but else "")


@allowed(*EVERYONE)
def own_login(store: Store, by: Person) -> str:
    """One's own login; "" for whoever comes in by a provider."""
    return login_of(store, by.code)


def login_of(store: Store, code: str) -> str:
    """The login that a person has; "" for none."""
    with store.reading() as work:
        account = store_doors.account_of(work, code)
    return account.login if account else ""


def plain_login(login: str) -> str:
    """The login as it is kept: small letters, without what surrounds them."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _free(work: Work, login: str) -> str:
    if not login or len(login) > LONGEST_LOGIN or not login.isprintable():
        raise Invalid("not-a-login", found=login, high=LONGEST_LOGIN)
    if store_doors.account(work, login):
        raise Invalid("login-taken", found=login)
    return login


def _keep(work: Work, person: str, login: str, password: str, at: datetime) -> None:
    kept = Account(person, login, passwords.hashed(password), doors.moment(at))
    store_doors.keep_account(work, kept)
    work.note("account", person, after={"login": login})
