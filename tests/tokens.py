"""Asking for access tokens, and forging them."""

import base64
import time
import uuid
from typing import Any

import httpx
import msgspec
from joserfc import jws
from joserfc.jwk import OKPKey

from world import Party, World

PATH = "/v1/oauth/token"
ISSUER = "urn:jembatan"


async def client_id(world: World, party: Party) -> str:
    """The id of the party's credential."""
    me = await party.done("GET", "/v1/me")
    return str(me["credential_id"])


async def ask(world: World, party: Party, **form: str) -> httpx.Response:
    """A request for a token in the party's name, client and secret in the form."""
    sent = {
        "grant_type": "client_credentials",
        "client_id": await client_id(world, party),
        "client_secret": party.secret,
    }
    return await party.http.post(PATH, data={**sent, **form})


async def bearer(world: World, party: Party, **form: str) -> Party:
    """The same organisation, acting by a token instead of its key."""
    answer = await ask(world, party, **form)
    assert answer.status_code == 200, answer.text
    return with_token(party, answer.json()["access_token"])


def with_token(party: Party, token: str) -> Party:
    """The party with something else for a key."""
    return Party(party.http, token, party.organisation_id, party.name)


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, unverified."""
    header, claims, _ = token.split(".")
    return msgspec.json.decode(unpack(header)), msgspec.json.decode(unpack(claims))


def pack(content: Any) -> str:
    """Base64url without padding, as a JWS has it; what is not bytes is made JSON."""
    raw = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unpack(text: str) -> bytes:
    """What `pack` was given."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Forge:
    """The installation's own signing key in the wrong hands: what is refused now is refused for what it says."""

    def __init__(self, key: OKPKey, kid: str, client: str) -> None:
        self.key, self.kid, self.client = key, kid, client

    @classmethod
    async def open(cls, world: World, party: Party) -> "Forge":
        """With the key that signs now."""
        await bearer(world, party)
        row = await world.owner.fetchrow("SELECT kid, sealed_private_key FROM signing_key WHERE ends_at IS NULL")
        assert row is not None
        private = world.services.sealer.unwrap("signing key", row["sealed_private_key"])
        return cls(OKPKey.import_key(msgspec.json.decode(private)), row["kid"], await client_id(world, party))

    def claims(self, **changes: Any) -> dict[str, Any]:
        """What a good token says."""
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "sub": self.client,
            "aud": ISSUER,
            "client_id": self.client,
            "scope": "organisations:read rfqs:read",
            "jti": uuid.uuid4().hex,
            "iat": now - 5,
            "exp": now + 600,
        }
        return {name: value for name, value in {**said, **changes}.items() if value is not None}

    def header(self, **changes: Any) -> dict[str, Any]:
        """The header of a good token."""
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": self.kid}
        return {name: value for name, value in {**header, **changes}.items() if value is not None}

    def token(self, header: dict[str, Any] | None = None, *, key: OKPKey | None = None, **claims: Any) -> str:
        """A token that is signed correctly, whatever it says."""
        signed = header or self.header()
        payload = msgspec.json.encode(self.claims(**claims))
        return jws.serialize_compact(signed, payload, key or self.key, algorithms=["Ed25519"])
