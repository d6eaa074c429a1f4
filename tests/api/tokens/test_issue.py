"""issue_token: a credential's key against a short-lived token, as RFC 6749 has it, refused as RFC 6749 has it."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from tokens import ISSUER, PATH, ask, bearer, client_id, parts

from domain.ids import read
from world import World

FORM = {"content-type": "application/x-www-form-urlencoded"}


def basic(client: str, secret: str) -> dict[str, str]:
    text = f"{quote_plus(client)}:{quote_plus(secret)}"
    return {"authorization": f"Basic {base64.b64encode(text.encode()).decode()}"}


def is_refused(answer: Any, status: int, error: str) -> None:
    """A problem document and an OAuth error at once; nothing of it may be kept."""
    problem = answer.json()
    assert (answer.status_code, problem["error"], problem["code"]) == (status, error, error), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:jembatan:problem:{error}"
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert problem["error_description"].isascii()
    assert not set('"\\') & set(problem["error_description"])


async def test_a_token_acts_as_its_credential(world: World) -> None:
    buyer = await world.party("buyer", person="Sari")
    answer = await ask(world, buyer)
    body = answer.json()
    assert answer.status_code == 200, answer.text
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert set(body) == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 900)
    me = await buyer.done("GET", "/v1/me")
    assert await (await bearer(world, buyer)).done("GET", "/v1/me") == me
    assert sorted(body["scope"].split()) == me["scopes"]
    draft = await world.draft(await bearer(world, buyer))
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["id"] == draft["id"]


async def test_the_token_is_one_of_rfc_9068(world: World) -> None:
    buyer = await world.party("buyer")
    client = await client_id(world, buyer)
    tokens = [(await ask(world, buyer, scope="rfqs:read")).json()["access_token"] for _ in range(2)]
    (header, claims), (_, other) = [parts(token) for token in tokens]
    keys = (await world.http.get("/.well-known/jwks.json")).json()["keys"]
    assert header == {"alg": "Ed25519", "typ": "at+jwt", "kid": keys[0]["kid"]}
    assert set(claims) == {"iss", "sub", "aud", "client_id", "scope", "jti", "iat", "exp"}
    assert (claims["iss"], claims["aud"], claims["sub"], claims["client_id"]) == (ISSUER, ISSUER, client, client)
    assert (claims["scope"], claims["exp"] - claims["iat"]) == ("rfqs:read", 900)
    assert abs(claims["iat"] - datetime.now(UTC).timestamp()) < 30
    assert claims["jti"] != other["jti"]


async def test_the_client_may_say_who_it_is_in_the_header(world: World) -> None:
    buyer = await world.party("buyer")
    client = await client_id(world, buyer)
    sent = {**FORM, **basic(client, buyer.secret)}
    for content in ("grant_type=client_credentials", f"grant_type=client_credentials&client_id={client}"):
        answer = await world.http.post(PATH, content=content, headers=sent)
        assert answer.status_code == 200, answer.text
    is_refused(
        await world.http.post(PATH, content="grant_type=client_credentials&client_id=other", headers=sent),
        401,
        "invalid_client",
    )
    both = f"grant_type=client_credentials&client_id={client}&client_secret={buyer.secret}"
    is_refused(await world.http.post(PATH, content=both, headers=sent), 400, "invalid_request")


async def test_scopes_are_narrowed_and_never_widened(world: World) -> None:
    buyer = await world.party("buyer", scopes=["rfqs:read", "rfqs:write", "organisations:read"])
    narrow = await bearer(world, buyer, scope="rfqs:read")
    assert (await narrow.done("GET", "/v1/me"))["scopes"] == ["rfqs:read"]
    refused = await narrow.post("/v1/rfqs", world.rfq_body())
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    for scope in ("rfqs:read rfqs:publish", "nonsense", "rfqs:read  rfqs:write", 'rfqs:"ré\\'):
        is_refused(await ask(world, buyer, scope=scope), 400, "invalid_scope")
    for empty in ("", " "):
        assert (await ask(world, buyer, scope=empty)).json()["scope"] == "rfqs:read rfqs:write organisations:read"
    twice = await ask(world, buyer, scope="rfqs:write rfqs:read rfqs:write")
    assert twice.json()["scope"] == "rfqs:read rfqs:write"


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"client_secret": "jbt_wrong"}, 401, "invalid_client"),
        ({"client_id": "crd_" + "0" * 32}, 401, "invalid_client"),
        ({"client_id": "org_" + "0" * 32}, 401, "invalid_client"),
        ({"client_id": "x\x00"}, 400, "invalid_request"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"pad": "x" * 20_000}, 400, "invalid_request"),
        ({"unknown": "ignored"}, 200, ""),
    ],
)
async def test_a_faulty_request(world: World, change: dict[str, str], status: int, error: str) -> None:
    answer = await ask(world, await world.party("buyer"), **change)
    if status == 200:
        assert answer.status_code == 200, answer.text
    else:
        is_refused(answer, status, error)
    assert ("www-authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(
    "content", ["", "grant_type", "a=1&a=2", "%ff=1", "=&=", "{}", "&".join("a" * n for n in range(99))]
)
async def test_a_malformed_form(world: World, content: str) -> None:
    answer = await world.http.post(PATH, content=content, headers=FORM)
    assert (answer.status_code, answer.json()["error"]) in {(400, "invalid_request"), (401, "invalid_client")}


@pytest.mark.parametrize("sent", ["Basic", "Basic !", "Basic bm9jb2xvbg==", "Basic /w==", "Bearer x", "Digest x"])
async def test_a_malformed_header(world: World, sent: str) -> None:
    headers = {**FORM, "authorization": sent}
    answer = await world.http.post(PATH, content="grant_type=client_credentials", headers=headers)
    is_refused(answer, 401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("", {"content-type": "application/json"}, 415, "unsupported_media_type"),
        ("", FORM | {"content-encoding": "gzip"}, 415, "unsupported_media_type"),
        ("", FORM | {"accept": "text/html"}, 406, "not_acceptable"),
        ("?a=1", FORM, 400, "unknown_parameter"),
        ("?a=%00", FORM, 400, "invalid_parameter"),
        ("", [*FORM.items(), ("authorization", "Basic x"), ("authorization", "Basic y")], 400, "invalid_parameter"),
    ],
)
async def test_what_the_gate_refuses_is_an_oauth_error_too(
    world: World, query: str, headers: Any, status: int, code: str
) -> None:
    answer = await world.http.post(PATH + query, content="grant_type=client_credentials", headers=headers)
    told = answer.json()
    assert (answer.status_code, told["code"], told["error"]) == (status, code, "invalid_request"), answer.text
    assert told["error_description"].isascii()
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")


async def test_others_get_no_oauth_errors(world: World) -> None:
    assert "error" not in (await world.http.get("/v1/me", params={"a": "1"})).json()


async def test_a_json_body_is_no_form(world: World) -> None:
    answer = await world.http.post(PATH, json={"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_the_key_of_another_credential_is_no_secret_of_this_one(world: World) -> None:
    buyer, other = await world.party("buyer"), await world.party("buyer")
    sibling = await world.key(buyer.organisation_id, "sibling")
    for secret in (other.secret, sibling.secret):
        is_refused(await ask(world, buyer, client_secret=secret), 401, "invalid_client")


async def test_who_may_not_act_gets_no_token(world: World) -> None:
    revoked, expired, suspended = [await world.party("buyer") for _ in range(3)]
    clients = {id(party): await client_id(world, party) for party in (revoked, expired, suspended)}
    await revoked.done("POST", f"/v1/credentials/{clients[id(revoked)]}/revoke")
    await world.owner.execute(
        "UPDATE credential SET expires_at = now() WHERE id = $1", read("credential", clients[id(expired)])
    )
    await world.owner.execute("UPDATE organisation SET state = 'suspended' WHERE id = $1", suspended.organisation_id)
    for party in (revoked, expired, suspended):
        form = {"grant_type": "client_credentials", "client_id": clients[id(party)], "client_secret": party.secret}
        is_refused(await world.http.post(PATH, data=form), 401, "invalid_client")


async def test_a_token_never_outlives_the_secret_it_was_asked_for_with(world: World) -> None:
    buyer = await world.party("buyer")
    client = await client_id(world, buyer)
    rotated = await buyer.done("POST", f"/v1/credentials/{client}/rotate", {})
    assert (await ask(world, buyer)).json()["expires_in"] == 900
    await world.owner.execute(
        "UPDATE credential SET previous_until = clock_timestamp() + $2 WHERE id = $1",
        read("credential", client),
        timedelta(seconds=100),
    )
    assert 97 <= (await ask(world, buyer)).json()["expires_in"] <= 100
    assert (await ask(world, buyer, client_secret=rotated["secret"])).json()["expires_in"] == 900


async def test_titles_are_in_the_callers_language(world: World) -> None:
    answer = await world.http.post(PATH, data={}, headers={"accept-language": "id"})
    assert answer.json()["title"] == "Klien tidak diterima"


async def test_no_secret_and_no_token_is_logged_or_stored(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    buyer = await world.party("buyer")
    client = await client_id(world, buyer)
    token = (await ask(world, buyer)).json()["access_token"]
    await (await bearer(world, buyer)).done("GET", "/v1/me")
    await ask(world, buyer, scope="nonsense")
    await ask(world, buyer, client_secret=buyer.secret[:-1] + "x")
    await world.http.get("/v1/me", headers={"authorization": f"Bearer {token[:-8]}AAAAAAAA"})
    out, err = capfd.readouterr()
    logged = out + err
    assert client in logged, "the request is logged, with the client's id"
    tables = await world.owner.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    private = world.services.sealer.unwrap(
        "signing key", await world.owner.fetchval("SELECT sealed_private_key FROM signing_key WHERE ends_at IS NULL")
    )
    for secret in (buyer.secret, token.rpartition(".")[2], token.split(".")[1], private.decode()[20:60]):
        assert secret not in logged
        for row in tables:
            found = await world.owner.fetchval(
                f"SELECT count(*) FROM {row['relname']} t WHERE position($1 IN t::text) > 0", secret
            )
            assert found == 0, row["relname"]
