"""get_authorization_server: RFC 8414, followed by a client that knows nothing but the address."""

from typing import Any, cast

import httpx
import msgspec
from tokens import parts

from api.app import create_app
from api.services import Services
from domain.actors import SCOPES
from world import World

PATH = "/.well-known/oauth-authorization-server"


async def test_a_client_finds_everything_by_the_metadata_alone(world: World) -> None:
    buyer = await world.party("buyer")
    answer = await world.http.get(PATH)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "no-store", "it was made of the request's Host"
    assert (told["response_types_supported"], told["scopes_supported"]) == ([], list(SCOPES))
    client = (await buyer.done("GET", "/v1/me"))["credential_id"]
    for method in told["token_endpoint_auth_methods_supported"]:
        form = {"grant_type": told["grant_types_supported"][0], "scope": "rfqs:read"}
        more: dict[str, Any] = {"auth": (client, buyer.secret)}
        if method == "client_secret_post":
            form, more = {**form, "client_id": client, "client_secret": buyer.secret}, {}
        token = (await world.http.post(told["token_endpoint"], data=form, **more)).json()["access_token"]
        header, claims = parts(token)
        assert claims["iss"] == told["issuer"]
        assert header["kid"] in [key["kid"] for key in (await world.http.get(told["jwks_uri"])).json()["keys"]]
    assert (await world.http.get(told["service_documentation"])).status_code == 200


async def test_a_configured_address_is_the_issuer_and_the_base_whoever_is_asked(services: Services) -> None:
    settings = msgspec.structs.replace(services.settings, public_url="https://hub.example.com/api")
    there = Services(settings, services.db, services.sealer, services.blobs, services.clock)
    transport = httpx.ASGITransport(app=cast("Any", create_app(there)))
    async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.1") as http:
        answer = await http.get(PATH, headers={"host": "evil.example.com"})
    told = answer.json()
    assert told["issuer"] == "https://hub.example.com/api"
    assert told["token_endpoint"] == "https://hub.example.com/api/v1/oauth/token"
    assert told["jwks_uri"] == "https://hub.example.com/api/.well-known/jwks.json"
    assert "evil" not in answer.text
    assert answer.headers["cache-control"] == "public, max-age=300"
