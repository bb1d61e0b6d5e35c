"""Passwords: judged by their length, kept as argon2 hashes, verified a few at a time."""

import threading
import unicodedata

import argon2

from portfolio.errors import Invalid

SHORTEST, LONGEST = 12, 256
AT_ONCE = 2  # each takes 64 MiB and a core for some 50 ms: a flood must not take the machine
_HASHER = argon2.PasswordHasher()
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_NOBODY = _HASHER.hash("the password of an account that does not exist")


def refuse_weak(password: str, login: str) -> None:
    """Invalid for a password too short or too long, or that is the login; no rule on its letters.

    Long phrases resist, forced digits and signs do not (NIST SP 800-63B, 5.1.1).
    """
    found = len(_plain(password))
    if found < SHORTEST:
        raise Invalid("password-too-short", found=found, low=SHORTEST)
    if found > LONGEST:
        raise Invalid("password-too-long", found=found, high=LONGEST)
    if login and login.casefold() in password.casefold() and len(login) * 2 > found:
        raise Invalid("password-is-login")


def hashed(password: str) -> str:
    """The password's argon2id hash, salt and parameters included."""
    with _TURNS:
        return _HASHER.hash(_plain(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether the password is the one kept; None, of no account, takes the same time."""
    with _TURNS:
        try:
            return _HASHER.verify(kept or _NOBODY, _plain(password)[:LONGEST]) and kept is not None
        except argon2.exceptions.VerificationError:
            return False


def is_dated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same letters whatever keyboard composed them."""
    return unicodedata.normalize("NFKC", password)
