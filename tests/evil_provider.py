"""An identity provider on loopback that can lie in every way an attacker would."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET, COOKIE_SECRET = "arbitrage", "a secret of the client", "c" * 40
KEY, STRANGE_KEY = (RSAKey.generate_key(2048, {"kid": "k1"}) for _ in range(2))


def unsigned(claims):
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    coded = (base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts)
    return (b".".join(coded) + b".").decode()


def signed(claims, key=KEY, alg="RS256"):
    return jwt.encode({"alg": alg, "kid": "k1"}, claims, key, algorithms=[alg])


def signed_with_the_public_key(claims):
    """HS256 whose secret is the published key: fools whoever trusts the token's own header."""
    header = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"k1"}').rstrip(b"=")
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=")
    seal = hmac.new(KEY.as_pem(private=False), header + b"." + body, hashlib.sha256).digest()
    return b".".join((header, body, base64.urlsafe_b64encode(seal).rstrip(b"="))).decode()


LIES = {  # name -> what becomes of the honest claims, and how they are sealed
    "audience": lambda c: signed(c | {"aud": "somebody-else"}),
    "audience-azp": lambda c: signed(c | {"aud": "somebody-else", "azp": CLIENT}),
    "issuer": lambda c: signed(c | {"iss": "https://elsewhere.example"}),
    "nonce": lambda c: signed(c | {"nonce": "of another sign-in"}),
    "no-nonce": lambda c: signed({k: v for k, v in c.items() if k != "nonce"}),
    "unsigned": unsigned,
    "public-key": signed_with_the_public_key,
    "client-secret": lambda c: signed(c, OctKey.import_key(SECRET), "HS256"),
    "strange-key": lambda c: signed(c, STRANGE_KEY),
    "expired": lambda c: signed(c | {"exp": c["iat"] - 600, "iat": c["iat"] - 1200}),
    "old": lambda c: signed(c | {"iat": c["iat"] - 3600}),
    "no-subject": lambda c: signed({k: v for k, v in c.items() if k != "sub"}),
    "same-email": lambda c: signed(c | {"sub": "someone-new"}),
    "no-token": lambda c: None,
}


@dataclass
class Provider:
    """``lie`` is one of LIES, "" = honest; ``subject`` is who signs in; it may be down."""

    issuer: str = ""
    lie: str = ""
    is_down: bool = False
    subject: str = "anne-at-the-city"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    verified: list[str] = field(default_factory=list)  # codes whose PKCE verifier was right

    def authorize(self, asked):
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"]})

    def token(self, told):
        asked = self.codes.pop(told.get("code", ""), None)
        if asked is None or not self._is_his(asked, told.get("code_verifier", "")):
            return 400, {"error": "invalid_grant"}
        self.verified.append(told["code"])
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now,
                  "exp": now + 300, "nonce": asked["nonce"], "email": "anne@city.example",
                  "email_verified": True, "name": "Anne"}  # fmt: skip
        token = LIES[self.lie](claims) if self.lie else signed(claims)
        given = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        return 200, given | ({"id_token": token} if token else {})

    def _is_his(self, asked, verifier):
        seen = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        is_s256 = asked.get("code_challenge_method") == "S256"
        return is_s256 and seen.rstrip(b"=").decode() == asked.get("code_challenge")

    def metadata(self):
        """It claims to take every algorithm, as a careless or hostile one would."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }


@contextmanager
def lying():
    """The provider, answering on loopback."""
    provider = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            match parts.path:
                case "/.well-known/openid-configuration":
                    self.say(503 if provider.is_down else 200, provider.metadata())
                case "/jwks":
                    self.say(200, {"keys": [KEY.as_dict(private=False)]})
                case "/userinfo":
                    self.say(200, {"sub": provider.subject, "email": "anne@city.example"})
                case "/authorize":
                    self.send_response(302)
                    self.send_header("location", provider.authorize(asked))
                    self.end_headers()
                case _:
                    self.say(404, {})

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self.say(*provider.token({n: v[0] for n, v in parse_qs(body).items()}))

        def say(self, status, content):
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()


def settings(issuer, where):
    """What the application is told of a provider that calls itself ``issuer``."""
    return {
        "ARBITRAGE_OIDC_METADATA_URL": f"{issuer}/.well-known/openid-configuration",
        "ARBITRAGE_OIDC_CLIENT_ID": CLIENT,
        "ARBITRAGE_OIDC_CLIENT_SECRET": SECRET,
        "ARBITRAGE_PUBLIC_URL": where,
        "ARBITRAGE_COOKIE_SECRET": COOKIE_SECRET,
    }
