"""update_organisation: what is absent stays; what was verified is the operator's to correct."""

from domain.actors import SYSTEM
from domain.organisations import queries
from world import World


async def test_what_is_given_changes_and_the_rest_stays(world: World) -> None:
    own = await world.party("buyer", state="registered")
    path = f"/v1/organisations/{own.id}"
    before = await own.done("GET", path)
    body = {
        "name": "PT Baru",
        "profile": {"workers": 30, "investment_idr": 10**9, "annual_sales_idr": 10**9, "kbli": ["25.910"]},
        "policy": {"minimum_quoting_hours": 72},
    }
    response = await own.request("PATCH", path, body=body, etag=before["etag"])
    after = response.json()
    assert (response.status_code, after["etag"], response.headers["etag"]) == (200, '"2"', '"2"')
    assert (after["name"], after["profile"]["kbli"]) == ("PT Baru", ["25910"])
    assert after["policy"] == {
        "minimum_quoting_hours": 72,
        "four_eyes_awards": False,
        "price_tolerance_percent": "0",
        "price_tolerance_minor_units": 1,
    }
    assert after["size_class"]["permenperin64"] == "menengah"
    more = {"profile": {"workers": None}, "policy": {"four_eyes_awards": True}}
    last = await own.done("PATCH", path, more, etag=after["etag"])
    assert (last["profile"]["workers"], last["profile"]["investment_idr"], last["size_class"]) == (None, 10**9, None)
    assert last["policy"] == after["policy"] | {"four_eyes_awards": True}
    assert await own.done("GET", path) == last


async def test_the_version_read_is_named(world: World) -> None:
    own = await world.party("buyer")
    path, body = f"/v1/organisations/{own.id}", {"profile": {"phone": "1"}}
    missing = await own.request("PATCH", path, body=body)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_required")
    await own.done("PATCH", path, body, etag='"1"')
    stale = await own.request("PATCH", path, body=body, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_who_may_not(world: World) -> None:
    own, other = await world.party("buyer"), await world.party("buyer")
    office, runner = await world.party("facilitator"), await world.party("operator")
    path, body = f"/v1/organisations/{own.id}", {"profile": {"phone": "1"}}
    # A stranger learns nothing, not even that his version is stale.
    assert (await other.request("PATCH", path, body=body, etag='"9"')).status_code == 404
    refused = await office.request("PATCH", path, body=body, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    narrow = await world.key(own.organisation_id, "narrow", scopes=["organisations:read"])
    assert (await narrow.request("PATCH", path, body=body, etag='"1"')).json()["code"] == "scope_missing"
    assert (await runner.done("PATCH", path, body, etag='"1"'))["profile"]["phone"] == "1"


async def test_what_was_verified_is_corrected_by_the_operator(world: World) -> None:
    own, runner = await world.party("supplier"), await world.party("operator")
    path = f"/v1/organisations/{own.id}"
    body = {"name": "PT Terkenal", "profile": {"nib": "0000000000009", "phone": "1"}}
    refused = await own.request("PATCH", path, body=body, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/name", "/profile/nib"]
    corrected = await runner.done("PATCH", path, body, etag='"1"')
    assert (corrected["name"], corrected["state"]) == ("PT Terkenal", "verified")
    # The same values again are no change of them.
    await own.done("PATCH", path, {**body, "profile": {"nib": "0000000000009", "phone": "2"}}, etag=corrected["etag"])


async def test_a_wrong_number_changes_nothing(world: World) -> None:
    own = await world.party("supplier", state="registered")
    path = f"/v1/organisations/{own.id}"
    body = {"profile": {"npwp": "1", "phone": "1"}}
    refused = await own.request("PATCH", path, body=body, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/profile/npwp"]
    assert (await own.done("GET", path))["profile"]["phone"] is None
    state = await own.request("PATCH", path, body={"state": "verified"}, etag='"1"')
    assert (state.status_code, state.json()["code"]) == (422, "invalid_body")


async def test_each_change_is_one_event(world: World) -> None:
    own = await world.party("supplier", state="registered")
    await own.done("PATCH", f"/v1/organisations/{own.id}", {"profile": {"phone": "1"}}, etag='"1"')
    changed = await queries.get(world.services.db, SYSTEM, own.organisation_id)
    feed = [event for event in await world.feed(own) if event.subject_type == "organisation"]
    assert [(event.type, event.subject_version) for event in feed] == [("organisation.updated", changed.version)]
