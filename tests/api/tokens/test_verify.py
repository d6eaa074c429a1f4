"""What the gate takes for a token: only what the installation's own key signed, as it signs, while it is in force."""

import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from tokens import Forge, bearer, client_id, pack, parts, with_token

from domain.ids import read
from domain.tokens import jwt
from world import Party, World


@pytest.fixture
async def party(world: World) -> Party:
    return await world.party("buyer")


@pytest.fixture
async def forge(world: World, party: Party) -> Forge:
    return await Forge.open(world, party)


async def status(party: Party, token: str) -> int:
    answer = await with_token(party, token).get("/v1/me")
    if answer.status_code == 401:
        assert answer.json()["code"] == "unauthenticated"
        assert answer.headers["www-authenticate"] == 'Bearer realm="jembatan", error="invalid_token"'
    return answer.status_code


async def test_a_token_of_the_forge_is_taken_so_that_refusals_mean_something(party: Party, forge: Forge) -> None:
    assert await status(party, forge.token()) == 200
    assert await status(party, forge.token(forge.header(typ="application/at+jwt"))) == 200


def unsigned(forge: Forge) -> str:
    return f"{pack(forge.header(alg='none'))}.{pack(forge.claims())}."


def unsigned_but_filled(forge: Forge) -> str:
    return unsigned(forge) + forge.token().rpartition(".")[2]


def hmac_with(material: Callable[[Forge], bytes]) -> Callable[[Forge], str]:
    """The public key taken for a shared secret: the forms in which somebody would have it."""

    def make(forge: Forge) -> str:
        head = f"{pack(forge.header(alg='HS256'))}.{pack(forge.claims())}"
        return f"{head}.{pack(hmac.digest(material(forge), head.encode(), hashlib.sha256))}"

    return make


def public(forge: Forge) -> dict[str, Any]:
    return dict(forge.key.as_dict(private=False))


def signed_by(key: Any, alg: str) -> Callable[[Forge], str]:
    """A good signature of another algorithm, under our kid."""

    def make(forge: Forge) -> str:
        payload = msgspec.json.encode(forge.claims())
        return jws.serialize_compact(forge.header(alg=alg), payload, key, algorithms=[alg])

    return make


STRANGER = OKPKey.generate_key("Ed25519")
CONFUSED: dict[str, Callable[[Forge], str]] = {
    "alg none": unsigned,
    "alg none with a signature": unsigned_but_filled,
    "alg None": lambda forge: f"{pack(forge.header(alg='nOnE'))}.{pack(forge.claims())}.",
    "HS256 keyed with the public JWK": hmac_with(lambda forge: msgspec.json.encode(public(forge))),
    "HS256 keyed with the raw public key": hmac_with(lambda forge: forge.key.get_op_key("verify").public_bytes_raw()),
    "HS256 keyed with the public PEM": hmac_with(lambda forge: forge.key.as_pem(private=False)),
    "HS256 keyed with x": hmac_with(lambda forge: str(public(forge)["x"]).encode()),
    "HS256 by a key of its own": signed_by(OctKey.generate_key(256), "HS256"),
    "ES256 under our kid": signed_by(ECKey.generate_key("P-256"), "ES256"),
    "RS256 under our kid": signed_by(RSAKey.generate_key(2048), "RS256"),
    "a stranger's Ed25519 key under our kid": lambda forge: forge.token(key=STRANGER),
    "a stranger's key that the header brings": lambda forge: forge.token(
        forge.header(jwk=STRANGER.as_dict(private=False)), key=STRANGER
    ),
    "a stranger's key that the header points at": lambda forge: forge.token(
        forge.header(jku="https://stranger.example/jwks.json"), key=STRANGER
    ),
    "an unknown kid": lambda forge: forge.token(forge.header(kid=STRANGER.thumbprint()), key=STRANGER),
    "no kid": lambda forge: forge.token(forge.header(kid=None)),
    "a kid that is no text": lambda forge: f"{pack(forge.header(kid=7))}.{pack(forge.claims())}.AAAA",
    "a kid that is SQL": lambda forge: f"{pack(forge.header(kid=chr(39) + ' OR true --'))}.{pack(forge.claims())}.AAAA",
    "alg EdDSA": lambda forge: forge.token().replace(forge.token().split(".")[0], pack(forge.header(alg="EdDSA"))),
    "typ JWT": lambda forge: forge.token(forge.header(typ="JWT")),
    "no typ": lambda forge: forge.token(forge.header(typ=None)),
    "a critical header that nobody knows": lambda forge: forge.token(forge.header()).replace(
        forge.token().split(".")[0], pack(forge.header(crit=["x"], x=1))
    ),
}


@pytest.mark.parametrize("name", CONFUSED)
async def test_who_signs_otherwise_is_refused(name: str, party: Party, forge: Forge) -> None:
    assert await status(party, CONFUSED[name](forge)) == 401


SAID: dict[str, dict[str, Any]] = {
    "expired": {"iat": timedelta(seconds=-900), "exp": timedelta(seconds=-1)},
    "not yet": {"nbf": timedelta(seconds=60)},
    "issued in the future": {"iat": timedelta(seconds=120), "exp": timedelta(seconds=600)},
    "too long a life": {"exp": timedelta(seconds=1200)},
    "another issuer": {"iss": "urn:other"},
    "for another audience": {"aud": "urn:other"},
    "for several audiences": {"aud": ["urn:jembatan", "urn:other"]},
    "no audience": {"aud": None},
    "no end": {"exp": None},
    "an end that is text": {"exp": "9999999999"},
    "an end beyond everything": {"exp": 10**30},
    "no client": {"client_id": None},
    "a client that is no credential": {"client_id": "org_" + "0" * 32},
    "a client that is unknown": {"client_id": "crd_" + "0" * 32},
    "no scope": {"scope": None},
}
"""A time span counts from when the token is made."""


@pytest.mark.parametrize("name", SAID)
async def test_what_it_says_has_to_be_right(name: str, party: Party, forge: Forge) -> None:
    now = int(time.time())
    said: dict[str, Any] = {
        claim: now + int(value.total_seconds()) if isinstance(value, timedelta) else value
        for claim, value in SAID[name].items()
    }
    assert await status(party, forge.token(**said)) == 401


async def test_a_scope_that_was_added_breaks_the_signature(world: World) -> None:
    party = await world.party("buyer", scopes=["organisations:read"])
    token = (await bearer(world, party)).secret
    header, claims = parts(token)
    wider = {**claims, "scope": "organisations:read rfqs:write"}
    assert await status(party, f"{pack(header)}.{pack(wider)}.{token.rpartition('.')[2]}") == 401
    assert await status(party, token) == 200


async def test_even_a_signed_scope_gives_no_more_than_the_credential_holds(world: World) -> None:
    party = await world.party("buyer", scopes=["organisations:read"])
    forge = await Forge.open(world, party)
    acting = with_token(party, forge.token(scope="organisations:read rfqs:write"))
    assert (await acting.done("GET", "/v1/me"))["scopes"] == ["organisations:read"]
    assert (await acting.post("/v1/rfqs", world.rfq_body())).status_code == 403


async def test_a_revocation_ends_the_tokens_at_once(world: World, party: Party) -> None:
    acting = await bearer(world, party)
    assert await status(party, acting.secret) == 200
    await party.done("POST", f"/v1/credentials/{await client_id(world, party)}/revoke")
    assert await status(party, acting.secret) == 401


async def test_so_do_the_credentials_end_and_a_suspension(world: World) -> None:
    expired, suspended = await world.party("buyer"), await world.party("buyer")
    tokens = [(await bearer(world, party)).secret for party in (expired, suspended)]
    key = read("credential", await client_id(world, expired))
    await world.owner.execute("UPDATE credential SET expires_at = clock_timestamp() WHERE id = $1", key)
    await world.owner.execute("UPDATE organisation SET state = 'suspended' WHERE id = $1", suspended.organisation_id)
    assert [await status(party, token) for party, token in zip((expired, suspended), tokens, strict=True)] == [401, 401]


async def test_a_rotated_secret_leaves_the_credential_and_so_its_tokens(world: World, party: Party) -> None:
    acting = await bearer(world, party)
    await party.done("POST", f"/v1/credentials/{await client_id(world, party)}/rotate", {})
    assert await status(party, acting.secret) == 200


@pytest.mark.parametrize(
    "text", ["..", "a.b.c", "e30.e30.", "é.é.é", "." * 2 + "x" * 5000, "e30.e30.e30", "W10.W10.W10"]
)
async def test_what_is_no_token_at_all(text: str, party: Party) -> None:
    answer = await party.http.get("/v1/me", headers={b"authorization": b"Bearer " + text.encode()})
    assert answer.status_code == 401


@given(
    st.text(st.characters(codec="ascii"), max_size=60),
    st.text(st.characters(codec="ascii"), max_size=60),
    st.binary(max_size=40),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_token_however_odd_is_anything_but_invalid(header: str, payload: str, raw: bytes) -> None:
    for token in (
        f"{header}.{payload}.",
        f"{pack(header)}.{pack(payload)}.{pack(raw)}",
        f"{pack(raw)}.{pack(raw)}.{header}",
    ):
        with pytest.raises(jwt.TokenInvalid):
            jwt.kid_of(token)
        with pytest.raises(jwt.TokenInvalid):
            jwt.verify(token, STRANGER, issuer="urn:jembatan")
