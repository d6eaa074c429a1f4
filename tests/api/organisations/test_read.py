"""list_organisations and get_organisation: one's own; everything for those who judge."""

from typing import Any

from world import Party, World


async def everything(party: Party, query: str = "") -> list[Any]:
    """All pages of a list, two at a time."""
    found: list[Any] = []
    path = f"/v1/organisations?limit=2{query}"
    while path:
        response = await party.get(path)
        assert response.status_code == 200, response.text
        found += response.json()["items"]
        after = response.json()["next_cursor"]
        assert ("link" in response.headers) is (after is not None)
        path = f"/v1/organisations?limit=2{query}&after={after}" if after else ""
    return found


async def test_everybody_sees_its_own_and_nothing_else(world: World) -> None:
    own, other = await world.party("buyer"), await world.party("supplier")
    assert [item["id"] for item in await everything(own)] == [own.id]
    response = await own.get(f"/v1/organisations/{own.id}")
    assert (response.json()["id"], response.headers["etag"]) == (own.id, response.json()["etag"])
    for path in (other.id, "org_" + "0" * 32, "rfq_" + other.id[4:], "nonsense"):
        hidden = await own.get(f"/v1/organisations/{path}")
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
    unchanged = await own.get(f"/v1/organisations/{own.id}", headers={"if-none-match": response.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


async def test_those_who_judge_see_all_page_by_page(world: World) -> None:
    office, runner = await world.party("facilitator"), await world.party("operator")
    shops = [await world.party("supplier", state=state) for state in ("registered", "verified", "suspended")]
    for judge in (office, runner):
        ids = [item["id"] for item in await everything(judge)]
        assert len(ids) == len(set(ids))
        assert ids == sorted(ids), "oldest first"
        assert {shop.id for shop in shops} <= set(ids)
        assert (await judge.get(f"/v1/organisations/{shops[0].id}")).status_code == 200
    suspended = await everything(office, "&state=suspended&role=supplier")
    assert {item["state"] for item in suspended} == {"suspended"}
    assert shops[2].id in {item["id"] for item in suspended}
    assert all("buyer" in item["roles"] for item in await everything(office, "&role=buyer"))


async def test_a_cursor_belongs_to_its_filter(world: World) -> None:
    office = await world.party("facilitator")
    await world.party("supplier")
    first = await office.done("GET", "/v1/organisations?limit=1")
    wrong = await office.get(f"/v1/organisations?limit=1&role=buyer&after={first['next_cursor']}")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_parameter")


async def test_reading_needs_the_scope(world: World) -> None:
    party = await world.party("buyer")
    key = await world.key(party.organisation_id, "narrow", scopes=["rfqs:read"])
    for path in ("", f"/{party.id}", f"/{party.id}/capabilities"):
        assert (await key.get(f"/v1/organisations{path}")).json()["code"] == "scope_missing"


async def test_an_unverified_facilitator_sees_itself_only(world: World) -> None:
    office, shop = await world.party("facilitator", state="registered"), await world.party("supplier")
    assert [item["id"] for item in await everything(office)] == [office.id]
    assert (await office.get(f"/v1/organisations/{shop.id}")).status_code == 404
