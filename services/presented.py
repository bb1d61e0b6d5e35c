"""People whom a provider presents: known by issuer and subject, or invited, or nobody here."""

import base64
import hashlib
import hmac
import json
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

SIGNED = {f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA"}
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


def read(claims: Mapping[str, object], id_token: str, client_id: str) -> Presented:
    """The claims of an ID token that Authlib verified; Forbidden("provider-claims") unless for us.

    Authlib lets two through that we do not. One whose audience is someone else while ``azp`` is us;
    and one that nobody signed, or with a secret that two share, where the provider's own metadata
    accepts that: only the provider's private key proves who someone is.
    """
    audience = claims.get("aud")
    told = audience if isinstance(audience, list) else [audience]
    issued = claims.get("iat")
    texts = {name: claims.get(name) for name in ("iss", "sub", "nonce")}
    is_whole = all(isinstance(text, str) and text for text in texts.values())
    is_ours = client_id in told and _is_signed(id_token, claims)
    if not is_ours or not is_whole or not isinstance(issued, int | float):
        raise Forbidden("provider-claims")
    return Presented(
        str(texts["iss"]), str(texts["sub"]), datetime.fromtimestamp(issued, UTC),
        str(texts["nonce"]), str(claims.get("name") or ""), str(claims.get("email") or ""),
    )  # fmt: skip


def _is_signed(id_token: str, claims: Mapping[str, object]) -> bool:
    """Whether it is the token of these claims, sealed in one of SIGNED."""
    try:
        header, said = (_decoded(part) for part in id_token.split(".")[:2])
    except ValueError:
        return False
    is_the_same = all(said.get(name) == claims.get(name) for name in ("iss", "sub", "iat", "nonce"))
    return header.get("alg") in SIGNED and is_the_same


def _decoded(part: str) -> Mapping[str, object]:
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found if isinstance(found, dict) else {}


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
