"""Scoring through HTTP: who, when, in which form; what others see of it; and when it ends."""

import asyncio
from typing import Any

import asyncpg
import pytest
from scoring_scene import EVALUATION, PLANT, QUALITY, Scene, breaks

from domain.ids import read
from world import World

SCORES = {QUALITY: ("90", "70"), PLANT: ("80", "60")}


async def opened(world: World, **more: Any) -> Scene:
    it = await Scene.set(world, breaks("120"), breaks("100"), **more)
    await it.open()
    return it


async def test_a_sheet_is_written_read_and_handed_in(world: World) -> None:
    it = await opened(world)
    path = f"{it.path}/scores"
    body = it.sheet(SCORES)
    body["scores"][0]["comment"] = "Control plan with Cpk."
    answer = await it.ana.request("PUT", path, body=body)
    sheet = answer.json()
    assert (answer.status_code, answer.headers["etag"], sheet["etag"]) == (200, '"1"', '"1"')
    assert (sheet["state"], sheet["evaluator_name"], sheet["is_own"]) == ("open", "Ana", True)
    assert sheet["prices_known_at_scoring"] is True, "one envelope: whoever scores may have read the prices"
    assert sheet["allowed_actions"] == ["score_quotes", "submit_scores"]
    again = await it.ana.request("PUT", path, body=body | {"scores": body["scores"][::-1]})
    assert (again.status_code, again.json()) == (200, sheet), "the same document changes nothing"
    other = it.sheet({QUALITY: ("91", "70")})
    for etag, status, code in ((None, 428, "version_required"), ('"7"', 412, "stale_version")):
        refused = await it.ana.request("PUT", path, body=other, etag=etag)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    changed = await it.ana.request("PUT", path, body=other, etag='"1"')
    assert (changed.json()["etag"], [one["score"] for one in changed.json()["scores"]]) == ('"2"', ["91", "70"])
    assert (await it.budi.request("PUT", path, body=body, etag='"1"')).json()["code"] == "stale_version", "he has none"
    submit = f"{path}/submit"
    assert (await it.budi.post(submit)).status_code == 404
    assert (await it.ana.post(submit, etag='"1"')).json()["code"] == "stale_version"
    dry = await it.ana.post(submit, headers={"prefer": "dry-run"})
    assert (dry.json()["state"], (await it.ana.done("GET", path))["items"][0]["state"]) == ("submitted", "open")
    done = await it.ana.post(submit, etag='"2"', key="once")
    replayed = await it.ana.post(submit, etag='"2"', key="once")
    assert (done.json()["state"], replayed.content) == ("submitted", done.content)
    assert done.json()["allowed_actions"] == []
    for method, where, etag in (("PUT", path, '"3"'), ("POST", submit, None)):
        refused = await it.ana.request(method, where, body=other if method == "PUT" else None, etag=etag)
        assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (
            409,
            "wrong_state",
            "submitted",
        )
    key = read("score_sheet", sheet["id"])
    for statement in (
        "UPDATE score_sheet SET state = 'open', submitted_at = NULL WHERE id = $1",
        "UPDATE score SET score = 1 WHERE sheet_id = $1",
        "DELETE FROM score WHERE sheet_id = $1",
        "DELETE FROM score_sheet WHERE id = $1",
    ):
        with pytest.raises(asyncpg.RestrictViolationError, match="history"):
            await world.owner.execute(statement, key)
    told = [event for event in await world.feed(it.budi) if event.subject_id == key]
    assert [event.type for event in told] == ["score_sheet.created", "score_sheet.updated", "score_sheet.submitted"]
    assert {str(event.data) for event in told} == {str({"round": 1, "rfq_id": it.rfq["id"]})}, "never a score"
    assert not [event for event in await world.feed(it.suppliers[0]) if event.subject_type == "score_sheet"]


async def test_nobody_sees_others_before_he_has_judged(world: World) -> None:
    it = await opened(world)
    path = f"{it.path}/scores"
    await it.scored(it.ana, SCORES)
    await it.scored(it.budi, {QUALITY: ("10", "20")}, submit=False)
    for party, names in ((it.ana, ["Ana", "Budi"]), (it.budi, ["Budi"]), (it.buyer, [])):
        page = await party.done("GET", path)
        assert [one["evaluator_name"] for one in page["items"]] == names
    scored = {one["quote_id"]: one["technical_score"] for one in (await it.ranking(it.ana))["quotes"]}
    assert [scored[quote["id"]] for quote in it.quotes] == ["86.6667", "66.6667"]
    for party in (it.budi, it.buyer):
        ranking, tab = await it.ranking(party), await party.done("GET", f"{it.path}/comparison")
        for one in (*ranking["quotes"], *tab["columns"]):
            assert (one["technical_score"], one["score"], one["score_rank"]) == (None, None, None)
        assert (ranking["evaluators"], {one["unranked_because"] for one in ranking["quotes"]}) == ([], {"hidden"})
    closed = await it.buyer.done("POST", f"{path}/close")
    assert closed["scores_closed_at"]
    assert (await it.suppliers[0].done("GET", it.path))["scores_closed_at"] is None
    for party in (it.budi, it.buyer):
        assert (await it.ranking(party))["scores_visible"] is True
        pages = [(await party.done("GET", f"{path}?limit=1"))]
        pages.append(await party.done("GET", f"{path}?limit=1&after={pages[0]['next_cursor']}"))
        assert [page["items"][0]["evaluator_name"] for page in pages] == ["Ana", "Budi"]
        assert pages[1]["next_cursor"] is None
    for answer in (
        await it.budi.post(f"{path}/submit"),
        await it.budi.request("PUT", path, body=it.sheet(SCORES), etag='"1"'),
        await it.buyer.post(f"{path}/close"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "scores_frozen")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"score": "100.1"}, "/scores/0/score"),
        ({"score": "-1"}, "/scores/0/score"),
        ({"score": "70.25"}, "/scores/0/score"),
        ({"criterion": "price"}, "/scores/0/criterion"),
        ({"criterion": "charm"}, "/scores/0/criterion"),
        ({"quote_id": "quo_" + "0" * 32}, "/scores/0/quote_id"),
        ({"score": 70}, "/scores/0/score"),
        ({"mark": "70"}, "/scores/0/mark"),
    ],
)
async def test_what_no_sheet_says(change: dict[str, Any], pointer: str, world: World) -> None:
    it = await opened(world)
    body = it.sheet(SCORES)
    body["scores"][0] |= change
    answer = await it.ana.request("PUT", f"{it.path}/scores", body=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_nothing_is_scored_twice_or_left_out(world: World) -> None:
    it = await opened(world)
    path, body = f"{it.path}/scores", it.sheet(SCORES)
    twice = await it.ana.request("PUT", path, body={"scores": [*body["scores"], body["scores"][1]]})
    assert twice.json()["errors"] == [
        {"pointer": "/scores/4", "detail": "This quote is scored twice for this criterion."}
    ]
    assert (await it.ana.request("PUT", path, body={"scores": []})).status_code == 422
    await it.scored(it.ana, {QUALITY: ("90", "")}, submit=False)
    left_out = await it.ana.post(f"{path}/submit")
    assert (left_out.status_code, left_out.json()["code"]) == (422, "incomplete")
    assert it.quotes[1]["id"] in left_out.json()["errors"][0]["detail"]
    await it.ana.done("PUT", path, it.sheet({QUALITY: ("90", "1")}), etag='"1"')
    await it.ana.done("POST", f"{path}/submit")
    assert {one["unranked_because"] for one in (await it.ranking(it.ana))["quotes"]} == {"unscored", "below_threshold"}


async def test_who_and_when(world: World) -> None:
    it = await Scene.set(world, breaks("120"), breaks("100"))
    path, body = f"{it.path}/scores", it.sheet(SCORES)
    early = await it.ana.request("PUT", path, body=body)
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "open")
    assert (await it.ana.get(f"{it.path}/ranking")).json()["code"] == "still_sealed"
    await world.pass_deadline(it.rfq)
    await it.buyer.done("POST", f"{it.path}/open-quotes")
    stranger, hidden = await world.party("buyer"), await world.rfq(it.buyer, visibility="invited")
    reader = await world.key(it.buyer.organisation_id, "reader", scopes=["quotes:read"])
    for method, where in (("PUT", path), ("POST", f"{path}/submit"), ("POST", f"{path}/close"), ("GET", path)):
        sent = body if method == "PUT" else None
        answer = await it.suppliers[0].request(method, where, body=sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), where
        foreign = where.replace(it.rfq["id"], hidden["id"])
        assert (await stranger.request(method, foreign, body=sent)).status_code == 404
        if method != "GET":
            assert (await reader.request(method, where, body=sent)).json()["code"] == "scope_missing"
    assert (await it.suppliers[0].get(f"{it.path}/ranking")).json()["code"] == "forbidden"
    assert (await stranger.get(f"/v1/rfqs/{hidden['id']}/ranking")).status_code == 404
    await it.scored(it.ana, SCORES)
    await it.buyer.done("POST", f"{it.path}/close-without-award", {"reason": "other"})
    late = await it.budi.request("PUT", path, body=body)
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "not_awarded")
    assert (await it.ranking())["scores_visible"] is True


async def test_where_formulas_say_all_nothing_is_scored(world: World) -> None:
    it = await opened(world, evaluation=[{"criterion": "price", "percent": "100"}])
    for method, path in (("PUT", "scores"), ("POST", "scores/submit"), ("POST", "scores/close")):
        body = it.sheet(SCORES) if method == "PUT" else None
        answer = await it.buyer.request(method, f"{it.path}/{path}", body=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state"), path
    shown = await it.buyer.done("GET", it.path)
    assert "close_scores" in {one["action"] for one in shown["blocked_actions"]}
    assert [one["score_rank"] for one in (await it.ranking())["quotes"]] == [1, 2]


async def test_the_first_award_that_is_issued_ends_scoring(world: World) -> None:
    it = await opened(world)
    await it.scored(it.ana, SCORES)
    body = {"quote_id": it.quotes[0]["id"], "lines": [{"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}]}
    award = await it.buyer.done("POST", f"{it.path}/awards", body)
    await it.scored(it.budi, {QUALITY: ("1", "2")}, submit=False)
    issued = await it.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    frozen = await it.budi.post(f"{it.path}/scores/submit")
    assert (frozen.status_code, frozen.json()["code"]) == (409, "scores_frozen")
    await it.buyer.done("POST", f"/v1/awards/{award['id']}/cancel", {"reason": "other"}, etag=issued["etag"])
    assert (await it.budi.post(f"{it.path}/scores/submit")).json()["code"] == "scores_frozen", "for good"
    assert (await it.ranking())["evaluators"] == ["Ana"]


async def test_two_first_sheets_of_one_person_are_one(world: World) -> None:
    it = await opened(world)
    bodies = [it.sheet({QUALITY: (str(score), "1")}) for score in (10, 20, 30)]
    answers = await asyncio.gather(*(it.ana.request("PUT", f"{it.path}/scores", body=body) for body in bodies))
    assert min(answer.status_code for answer in answers) == 200
    assert {answer.status_code for answer in answers} <= {200, 412, 428}
    assert len((await it.ana.done("GET", f"{it.path}/scores"))["items"]) == 1


async def test_evaluators_are_counted(world: World) -> None:
    it = await opened(world)
    for number in range(20):
        judge = await world.key(it.buyer.organisation_id, f"judge {number}", person=f"Judge {number}")
        await it.scored(judge, SCORES)
    answer = await it.ana.request("PUT", f"{it.path}/scores", body=it.sheet(SCORES))
    assert (answer.status_code, answer.json()["code"]) == (409, "limit_reached")


PRICE, SKILL = {"criterion": "price", "percent": "60"}, {"criterion": "skill", "percent": "40"}


@pytest.mark.parametrize(
    ("evaluation", "pointer"),
    [
        ([PRICE, PRICE | {"percent": "40"}], "/evaluation/1/criterion"),
        ([PRICE, {"criterion": "cost", "percent": "40", "kind": "price"}], "/evaluation/1/kind"),
        ([PRICE | {"threshold": "50"}, SKILL], "/evaluation/0/threshold"),
        ([PRICE, SKILL | {"threshold": "101"}], "/evaluation/1/threshold"),
        ([PRICE, SKILL | {"threshold": "50.55"}], "/evaluation/1/threshold"),
        ([PRICE, SKILL | {"kind": "charm"}], "/evaluation/1/kind"),
    ],
)
async def test_criteria_that_make_no_sense(evaluation: list[Any], pointer: str, world: World) -> None:
    buyer = await world.party("buyer")
    answer = await buyer.post("/v1/rfqs", world.rfq_body(evaluation=evaluation))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_criteria_are_fixed_by_the_publication(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, evaluation=[PRICE], envelopes=2)
    path = f"/v1/rfqs/{draft['id']}"
    for evaluation in ([PRICE], [PRICE | {"percent": "100"}]):
        draft = await buyer.done("PATCH", path, {"evaluation": evaluation}, etag=draft["etag"])
        answer = await buyer.post(f"{path}/publish")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/evaluation")
    draft = await buyer.done("PATCH", path, {"evaluation": EVALUATION}, etag=draft["etag"])
    published = await buyer.done("POST", f"{path}/publish")
    for change in ({"evaluation": [PRICE, SKILL]}, {"envelopes": 1}):
        answer = await buyer.request("PATCH", path, body=change, etag=published["etag"])
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    statements = (
        """UPDATE rfq SET terms = jsonb_set(terms, '{evaluation,0,percent}', '"40"') WHERE id = $1""",
        "UPDATE rfq SET envelopes = 1 WHERE id = $1",
    )
    for statement in statements:
        with pytest.raises(asyncpg.CheckViolationError, match="fixed by the publication"):
            await world.owner.execute(statement, read("rfq", draft["id"]))
    extended = await buyer.done("POST", f"{path}/extend", {"quotes_close_at": "2099-01-01T00:00:00Z"})
    assert extended["evaluation"] == published["evaluation"], "every other change leaves them alone"


async def test_criteria_of_before_are_read_as_ever(world: World) -> None:
    """Rows of earlier releases name neither kind nor threshold; what is written back is what was there."""
    it = await Scene.set(world, breaks("120"), evaluation=[PRICE, SKILL])
    key = read("rfq", it.rfq["id"])
    old = '[{"criterion": "Price", "percent": "60"}, {"criterion": "skill", "percent": "40"}]'
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE rfq SET terms = jsonb_set(terms, '{evaluation}', $2::jsonb) WHERE id = $1", key, old
        )
    opened = await it.open()
    assert [one["kind"] for one in opened["evaluation"]] == ["price", "technical"]
    assert await world.owner.fetchval("SELECT terms -> 'evaluation' = $2::jsonb FROM rfq WHERE id = $1", key, old)
