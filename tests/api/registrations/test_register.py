"""register_organisation: anybody asks to join; what the first key may do before and after somebody vouches."""

import uuid
from typing import Any

import httpx
import pytest

from domain.actors import SYSTEM
from domain.credentials import queries as credentials
from domain.ids import read
from domain.organisations import queries as organisations
from world import Party, World

PATH = "/v1/registrations"
BODY: dict[str, Any] = {
    "name": "CV Contoh Bubut",
    "roles": ["supplier"],
    "person": "Sari",
    "profile": {
        "legal_form": "CV",
        "nib": "0000-0000-00001",
        "npwp": "09.900.001.0-999.000",
        "kbli": ["25920"],
        "region_code": "35.15.18.2004",
        "postal_code": "61256",
        "workers": 6,
        "investment_idr": 220_000_000,
        "annual_sales_idr": 780_000_000,
    },
}


async def send(world: World, body: Any, key: str | None = None) -> httpx.Response:
    return await world.http.post(PATH, json=body, headers={"idempotency-key": key or str(uuid.uuid4())})


def profile(**changes: Any) -> dict[str, Any]:
    return {**BODY, "profile": {**BODY["profile"], **changes}}


async def joined(world: World, **changes: Any) -> tuple[Any, Party]:
    response = await send(world, {**BODY, **changes})
    assert response.status_code == 201, response.text
    made = response.json()
    return made, Party(world.http, made["secret"], read("organisation", made["organisation"]["id"]), "own")


async def test_a_workshop_joins_and_its_key_works_at_once_for_its_own_data(world: World) -> None:
    response = await send(world, BODY)
    made = response.json()
    shown = made["organisation"]
    assert response.status_code == 201
    assert response.headers["location"] == f"/v1/organisations/{shown['id']}"
    assert response.headers["cache-control"] == "no-store"
    assert (shown["state"], shown["etag"], shown["verified_at"]) == ("registered", '"1"', None)
    assert (shown["profile"]["nib"], shown["profile"]["npwp"]) == ("0000000000001", "0099000010999000")
    assert shown["size_class"] == {"permenperin64": "kecil", "pp7_capital": "mikro", "pp7_sales": "mikro"}
    assert shown["policy"] == {
        "minimum_quoting_hours": 48,
        "four_eyes_awards": False,
        "price_tolerance_percent": "0",
        "price_tolerance_minor_units": 1,
    }
    assert made["warnings"] == []

    own = Party(world.http, made["secret"], read("organisation", shown["id"]), "own")
    me = await own.done("GET", "/v1/me")
    assert (me["organisation_id"], me["organisation_state"], me["person"]) == (shown["id"], "registered", "Sari")
    assert me["scopes"] == sorted(made["scopes"])
    path = f"/v1/organisations/{shown['id']}"
    assert await own.done("GET", path) == shown
    patched = await own.done("PATCH", path, {"profile": {"workers": 7}}, etag=shown["etag"])
    await own.done("PUT", f"{path}/capabilities", {"processes": ["turning"]}, etag=patched["etag"])


async def test_business_waits_for_a_verification(world: World) -> None:
    _, own = await joined(world, roles=["buyer", "supplier"])
    assert (await own.post("/v1/rfqs", world.rfq_body())).json()["code"] == "organisation_not_verified"
    rfq = await world.rfq(await world.party("buyer"))
    assert (await own.get(f"/v1/rfqs/{rfq['id']}")).status_code == 404, "an open RFQ is open to verified firms"
    assert (await own.post(f"/v1/rfqs/{rfq['id']}/join")).status_code in {403, 404}


async def test_a_facilitator_is_nothing_until_the_operator_says_so(world: World) -> None:
    made, office = await joined(world, roles=["facilitator"])
    shop, _ = await joined(world)
    path, own = (f"/v1/organisations/{item['organisation']['id']}" for item in (shop, made))
    assert (await office.post(f"{path}/verify")).status_code == 404
    assert [item["id"] for item in (await office.done("GET", "/v1/organisations"))["items"]] == [office.id]
    colleague, operator = await world.party("facilitator"), await world.party("operator")
    refused = await colleague.post(f"{own}/verify")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "verify_organisation" not in (await colleague.done("GET", own))["allowed_actions"]
    await operator.done("POST", f"{own}/verify")
    assert (await office.get(path)).status_code == 200


async def test_a_doubtful_check_digit_is_a_warning(world: World) -> None:
    response = await send(world, profile(npwp="099000011999000"))
    assert response.status_code == 201
    assert response.json()["warnings"] == ["The check digit of this NPWP does not fit."]


async def test_a_retry_gets_the_same_secret_and_another_body_is_refused(world: World) -> None:
    key = str(uuid.uuid4())
    first, again = await send(world, BODY, key), await send(world, BODY, key)
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    other = await send(world, {**BODY, "name": "CV Lain"}, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (await world.http.post(PATH, json=BODY)).json()["code"] == "idempotency_key_required"
    kept = "SELECT count(*) FROM idempotency WHERE position($1::bytea IN body) > 0"
    assert await world.owner.fetchval(kept, first.json()["secret"].encode()) == 0


async def test_the_same_key_of_two_strangers_does_not_show_one_the_others_secret(world: World) -> None:
    """Whoever has no organisation shares one scope of keys: the body has to be the same too."""
    key = str(uuid.uuid4())
    await send(world, BODY, key)
    other = await send(world, {**BODY, "name": "CV Lain"}, key)
    assert "secret" not in other.json()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (profile(nib="12"), "/profile/nib"),
        (profile(nib="000000000000x"), "/profile/nib"),
        (profile(npwp="12345678901234"), "/profile/npwp"),
        (profile(kbli=["25920", "2592"]), "/profile/kbli/1"),
        (profile(region_code="3515"), "/profile/region_code"),
        (profile(postal_code="01256"), "/profile/postal_code"),
        ({**BODY, "roles": ["supplier", "supplier"]}, "/roles"),
    ],
)
async def test_what_cannot_be_right_is_refused_by_name(world: World, body: Any, pointer: str) -> None:
    response = await send(world, body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**BODY, "roles": ["operator"]}, "/roles/0"),
        ({**BODY, "roles": []}, "/roles"),
        ({**BODY, "name": ""}, "/name"),
        (profile(workers=-1), "/profile/workers"),
        (profile(workers="6"), "/profile/workers"),
        (profile(email="no address"), "/profile/email"),
        (profile(size_class="kecil"), "/profile/size_class"),
    ],
)
async def test_what_the_document_excludes_is_refused(world: World, body: Any, pointer: str) -> None:
    response = await send(world, body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_body"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


async def test_a_registration_is_in_the_ledger(world: World) -> None:
    made, own = await joined(world)
    await world.replays(await organisations.get(world.services.db, SYSTEM, own.organisation_id))
    await world.replays(await credentials.get(world.services.db, SYSTEM, read("credential", made["credential_id"])))
