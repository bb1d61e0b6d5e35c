"""People whom a provider presents: known by issuer and subject, or invited, or nobody here."""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data import store_doors
from data.store import Act, Reading, Store
from portfolio.errors import Forbidden, Missing, Refusal
from portfolio.identity import Identity
from services import doors, invitations
from services.doors import Door
from services.invitations import Opened
from services.provider import Provider

FRESH, SKEW = timedelta(minutes=10), timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Presented:
    """What the provider says of someone; name and e-mail are shown to them, and prove nothing.

    issued, nonce   of the one sign-in in which it was said
    """

    issuer: str
    subject: str
    issued: datetime
    nonce: str
    name: str = ""
    email: str = ""


def read(claims: Mapping[str, object], client_id: str) -> Presented:
    """The claims of a verified ID token; Forbidden("provider-claims") unless meant for us.

    Authlib lets one through whose audience is someone else when ``azp`` is us: we do not.
    """
    audience = claims.get("aud")
    told = audience if isinstance(audience, list) else [audience]
    issued = claims.get("iat")
    texts = {name: claims.get(name) for name in ("iss", "sub", "nonce")}
    is_whole = all(isinstance(text, str) and text for text in texts.values())
    if client_id not in told or not is_whole or not isinstance(issued, int | float):
        raise Forbidden("provider-claims")
    return Presented(
        str(texts["iss"]), str(texts["sub"]), datetime.fromtimestamp(issued, UTC),
        str(texts["nonce"]), str(claims.get("name") or ""), str(claims.get("email") or ""),
    )  # fmt: skip


def enter(
    store: Store, someone: Presented, provider: Provider, invitation: str, at: datetime
) -> str:
    """A session's token for whoever is known, or invited by the link's secret ``invitation``.

    Missing("identity-unknown"), Forbidden("identity-taken") when the link is for someone else.
    Each sign-in at the provider opens one session: Refusal("sign-in-again") for another.
    """
    if not -SKEW <= at - someone.issued <= FRESH:
        raise Refusal("sign-in-again")
    token = _token(someone, provider.cookie_secret)
    with store.reading() as work:
        known = work.every(Identity, someone.issuer, someone.subject)
        invited = _invited(work, invitation, at, is_known=bool(known))
    if not known and invited is None:
        raise Missing("identity-unknown")
    code = known[0].person if known else invited.person.code if invited else ""
    if invited and invited.person.code != code:
        raise Forbidden("identity-taken")
    with store.writing(Act(code, doors.NO_ROLE, "presented.enter")) as work:
        if store_doors.session(work, doors.digest(token)):
            raise Refusal("sign-in-again")
        if invited:
            invitations.use(work, invitations.opened(work, invitation, at), at)
        if not known:
            work.save(None, Identity(someone.issuer, someone.subject, code))
        return doors.begin(work, doors.known_person(work, code), token, at, Door.PROVIDER)


def _invited(work: Reading, invitation: str, at: datetime, is_known: bool) -> Opened | None:
    """What the link says; one that holds no longer matters only to whoever has no other way in."""
    if not invitation:
        return None
    with suppress(*((Refusal,) if is_known else ())):
        return invitations.opened(work, invitation, at)
    return None


def _token(someone: Presented, secret: str) -> str:
    """The same for the same sign-in, and not to be guessed without our secret."""
    said = "\n".join(
        (someone.issuer, someone.subject, someone.issued.isoformat(), someone.nonce)
    )
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
