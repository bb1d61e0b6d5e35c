"""The city's identity provider, as the environment describes it; none unless it does."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from portfolio.errors import Invalid

PREFIX = "ARBITRAGE_"
NAMES = {
    "metadata_url": "OIDC_METADATA_URL",
    "client_id": "OIDC_CLIENT_ID",
    "client_secret": "OIDC_CLIENT_SECRET",
    "public_url": "PUBLIC_URL",
    "cookie_secret": "COOKIE_SECRET",
}
OWN = ("metadata_url", "client_id", "client_secret")  # one of them says that a provider is wanted
SHORTEST_SECRET = 32
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Provider:
    """metadata_url    where it describes itself (…/.well-known/openid-configuration)
    public_url      how people reach the house; the provider sends them back beneath it
    cookie_secret   seals what the browser carries while someone signs in
    """

    metadata_url: str
    client_id: str
    client_secret: str
    public_url: str
    cookie_secret: str

    @property
    def back(self) -> str:
        """Where the provider sends people back; to be declared there letter by letter."""
        return f"{self.public_url}/oauth2callback"

    def secrets(self) -> dict[str, object]:
        """The same, as Streamlit wants it.

        PKCE is asked for whether or not the provider says it knows it: Entra ID knows it, and does
        not say so; one that does not know it ignores it.
        """
        return {"auth": {
            "redirect_uri": self.back,
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata_url,
            "client_kwargs": {"scope": "openid profile email", "code_challenge_method": "S256"},
        }}  # fmt: skip


def provider(environ: Mapping[str, str] | None = None) -> Provider | None:
    """The provider described; Invalid when it is described in part, or could not be trusted."""
    environ = os.environ if environ is None else environ
    told = {field: environ.get(PREFIX + name, "").strip() for field, name in NAMES.items()}
    if not any(told[field] for field in OWN):
        return None
    lacking = tuple(PREFIX + name for field, name in NAMES.items() if not told[field])
    if lacking:
        raise Invalid("provider-incomplete", lacking=", ".join(lacking))
    for field in ("metadata_url", "public_url"):
        _refuse_in_the_clear(PREFIX + NAMES[field], told[field])
    if len(told["cookie_secret"]) < SHORTEST_SECRET:
        variable = PREFIX + NAMES["cookie_secret"]
        raise Invalid("secret-too-short", variable=variable, low=SHORTEST_SECRET)
    return Provider(**told | {"public_url": told["public_url"].rstrip("/")})


def _refuse_in_the_clear(variable: str, url: str) -> None:
    """Over plain HTTP, whoever carries the bytes could be the provider; on one's own machine not.

    The keys that prove who someone is come from the metadata.
    """
    parts = urlsplit(url)
    is_own = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or is_own):
        raise Invalid("not-https", variable=variable, found=url)
