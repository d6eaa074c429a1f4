"""get_award and list_awards through HTTP."""

from award_scene import Scene

from world import World


async def test_an_award_is_read_by_its_two_parties(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.issued("100")
    path = f"/v1/awards/{award['id']}"
    response = await scene.buyer.get(path)
    assert (response.status_code, response.headers["etag"]) == (200, '"2"')
    assert response.json() == award
    same = await scene.buyer.get(path, headers={"if-none-match": '"2"'})
    assert (same.status_code, same.content) == (304, b"")
    for stranger in (scene.suppliers[1], await world.party("buyer"), await world.party("facilitator")):
        assert (await stranger.get(path)).status_code == 404
    for unknown in ("awd_" + 32 * "0", scene.rfq["id"], "nonsense"):
        assert (await scene.buyer.get(f"/v1/awards/{unknown}")).json()["code"] == "not_found"
    label = await scene.suppliers[0].get(path, headers={"accept-language": "id"})
    assert label.json()["state_label"] == "Penetapan dikirim"


async def test_each_side_lists_its_own(world: World) -> None:
    scene = await Scene.set(world, suppliers=2, lines=3)
    waiting = await scene.proposed("1")
    first, second = await scene.issued("", "1"), await scene.issued("", "", "1", of=1)
    listed = (await scene.buyer.done("GET", "/v1/awards"))["items"]
    assert [card["id"] for card in listed] == [second["id"], first["id"], waiting["id"]]
    assert [card["line_count"] for card in listed] == [1, 1, 1]
    assert (listed[0]["rfq_title"], listed[0]["supplier_name"]) == ("Shafts", scene.suppliers[1].name)
    for supplier, own in zip(scene.suppliers, (first, second), strict=True):
        assert [card["id"] for card in (await supplier.done("GET", "/v1/awards"))["items"]] == [own["id"]]
    assert (await (await world.party("buyer")).done("GET", "/v1/awards"))["items"] == []


async def test_filters_and_pages(world: World) -> None:
    scene, other = await Scene.set(world, lines=3), await Scene.set(world)
    ids = [(await scene.proposed(*quantities))["id"] for quantities in (("1",), ("", "1"), ("", "", "1"))]
    issued = await scene.issued("1")

    async def listed(query: str) -> list[str]:
        return [card["id"] for card in (await scene.buyer.done("GET", f"/v1/awards?{query}"))["items"]]

    assert await listed("state=issued") == [issued["id"]]
    assert await listed("state=proposed") == ids[::-1]
    assert len(await listed(f"rfq_id={scene.rfq['id']}")) == 4
    assert await listed(f"rfq_id={other.rfq['id']}") == []
    assert (await scene.buyer.get("/v1/awards?rfq_id=nonsense")).status_code == 404
    page = await scene.buyer.get("/v1/awards?state=proposed&limit=2")
    assert [card["id"] for card in page.json()["items"]] == [ids[2], ids[1]]
    following = page.json()["next_cursor"]
    assert f"after={following}" in page.headers["link"]
    assert await listed(f"state=proposed&limit=2&after={following}") == [ids[0]]
    bound = await scene.buyer.get(f"/v1/awards?limit=2&after={following}")
    assert (bound.status_code, bound.json()["code"]) == (400, "invalid_parameter")
