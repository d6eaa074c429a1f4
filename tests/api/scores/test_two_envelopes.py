"""Two envelopes through HTTP: technical parts first, scores of two people, then prices; and the ranking made again."""

import re
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from scoring_scene import PLANT, QUALITY, Scene, breaks, rounded

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from domain.scores import sql as scores
from world import Party, World

D = Decimal
OFFERS = (
    breaks("120")
    | {
        "lead_time_days": 10,
        "capacity_per_month": "500",
        "local_content": {"basis": "self_declared", "percent": "40"},
        "characteristics": [{"no": 1, "answer": "deviate", "note": "h7 instead of h6"}],
        "outside_processes": ["turning_cnc"],
        "tooling": {"cost": "100", "ownership": "buyer", "life_pieces": 50_000},
        "note": "Rp 120 per piece",
    },
    breaks("100") | {"lead_time_days": 14},
    breaks("90") | {"lead_time_days": 7},
)
HEADS: tuple[dict[str, Any], ...] = ({"payment_days": 30}, {"payment_days": 45, "note": "Cash 2 %"}, {})
ANA = {QUALITY: ("90", "70.5", "50"), PLANT: ("80", "60", "99")}
BUDI = {QUALITY: ("85.5", "61", "60"), PLANT: ("77.7", "66.6", "90")}


async def scene(world: World, **more: Any) -> Scene:
    return await Scene.set(world, *OFFERS, envelopes=2, head=HEADS, payment_days=15, **more)


async def test_from_technical_parts_to_a_ranking(world: World) -> None:
    it = await scene(world)
    shown = await it.suppliers[0].done("GET", it.path)
    assert (shown["envelopes"], [one["kind"] for one in shown["evaluation"]]) == (
        2,
        ["price", "technical", "technical", "lead_time", "local_content", "payment_days"],
    )
    first = await it.open()
    assert (first["state"], first["opened_at"], first["scores_closed_at"]) == ("closed", None, None)
    assert first["technical_opened_at"]
    page = await it.buyer.done("GET", f"{it.path}/quotes")
    assert (page["sealed"], page["count"], [one["content"] for one in page["items"]]) == (True, 3, [None] * 3)
    assert page["items"][0]["technical"] == {
        "lines": [
            {
                "line_no": 1,
                "answer": "priced",
                "decline_reason": None,
                "lead_time_days": 10,
                "capacity_per_month": "500",
                "tooling": {"ownership": "buyer", "life_pieces": 50_000},
                "local_content": {"basis": "self_declared", "percent": "40", "certificate_no": None},
                "outside_processes": ["turning_cnc"],
                "characteristics": [{"no": 1, "answer": "deviate", "note": "h7 instead of h6"}],
            }
        ]
    }
    assert (await it.suppliers[1].get(f"/v1/quotes/{it.quotes[0]['id']}")).status_code == 404, "a rival sees none"
    # Each scores by himself.
    await it.scored(it.ana, ANA)
    hidden = await it.ranking(it.budi)
    assert (hidden["scores_visible"], {one["technical_score"] for one in hidden["quotes"]}) == (False, {None})
    assert (await it.budi.done("GET", f"{it.path}/scores"))["items"] == []
    await it.scored(it.budi, BUDI)
    sealed = await it.ranking(it.budi)
    assert {one["unranked_because"] for one in sealed["quotes"]} == {"prices_sealed", "below_threshold"}
    assert (sealed["evaluators"], sealed["prices_known_at_scoring"]) == (["Ana", "Budi"], False)
    assert {one["price_score"] for one in sealed["quotes"]} == {None}
    second = await it.open()
    assert (second["state"], second["scores_closed_at"]) == ("evaluating", second["opened_at"])
    ranking = await it.ranking()
    assert [one["score"] for one in ranking["quotes"]] == expected_scores()
    ids = [quote["id"] for quote in it.quotes]
    places = [(one["quote_id"], one["score_rank"], one["price_rank"]) for one in ranking["quotes"]]
    assert places == [(ids[0], 1, 2), (ids[1], 2, 1), (ids[2], None, None)], "the cheaper one is not the better one"
    again(ranking)
    tab = await it.buyer.done("GET", f"{it.path}/comparison")
    columns = {one["quote_id"]: one for one in tab["columns"]}
    assert {key: (one["rank"], one["score_rank"]) for key, one in columns.items()} == {ids[0]: (2, 1), ids[1]: (1, 2)}
    by_id = {one["quote_id"]: one for one in ranking["quotes"]}
    for key, column in columns.items():
        assert [column[name] for name in ("score", "technical_score", "price_score")] == [
            by_id[key][name] for name in ("score", "technical_score", "price_score")
        ]
    await replays(it)


def expected_scores() -> list[str | None]:
    """From what was sent, with Decimal alone."""
    mean = {
        criterion: [(D(ana) + D(budi)) / 2 for ana, budi in zip(ANA[criterion], BUDI[criterion], strict=True)]
        for criterion in ANA
    }
    assert mean[QUALITY][2] == 55, "below the threshold of 60"
    total = [D(120) * 100 + 100, D(100) * 100]
    parts = [
        {
            50: D(10_000) / total[place] * 100,
            20: mean[QUALITY][place],
            10: mean[PLANT][place],
            11: D(10) / (10, 14)[place] * 100,
            6: D((40, 0)[place]),
            4: D((30, 45)[place]) / 45 * 100,
        }
        for place in (0, 1)
    ]
    return [
        *(
            rounded(sum((D(rounded(part)) * (10 if key == 11 else key) for key, part in one.items()), D(0)) / 100)
            for one in parts
        ),
        None,
    ]


def again(ranking: Any) -> None:
    """Every figure follows from those beside it."""
    for one in ranking["quotes"]:
        for part in one["criteria"]:
            if part["given"]:
                given = [D(item["score"]) for item in part["given"]]
                assert part["score"] == rounded(sum(given, D(0)) / len(given))
            elif part["score"] is not None:
                value, best = (None if part[name] is None else D(part[name]) for name in ("value", "best"))
                assert value is not None
                assert best is not None
                if part["kind"] != "local_content":
                    value = value / best * 100 if part["kind"] == "payment_days" else best / value * 100
                assert part["score"] == rounded(value)
        if one["score"] is not None:
            weighed = sum((D(part["score"]) * D(part["percent"]) for part in one["criteria"]), D(0))
            assert one["score"] == rounded(weighed / 100)


async def replays(it: Scene) -> None:
    async with it.world.services.db.read(SYSTEM) as tx:
        key = read("rfq", it.rfq["id"])
        await it.world.replays(await rfqs.get(tx, key), besides=["quotes_close_at"])
        for quote in it.quotes:
            await it.world.replays(await quotes.get(tx, read("quote", quote["id"])))
        for sheet in await scores.of_round(tx, key, 1):
            await it.world.replays(sheet)


async def test_what_fails_is_told_and_stays_sealed_for_ever(world: World) -> None:
    it = await scene(world)
    await it.open()
    await it.scored(it.ana, ANA)
    await it.open()
    failed, key = f"/v1/quotes/{it.quotes[2]['id']}", read("quote", it.quotes[2]["id"])
    told = await it.suppliers[2].done("GET", failed)
    assert (told["state"], told["end_reason"], told["opened_at"]) == ("not_awarded", "below_technical_threshold", None)
    assert told["content"] is not None, "its supplier reads its own"
    read_by_buyer = await it.buyer.done("GET", failed)
    assert (read_by_buyer["content"], read_by_buyer["technical"]["lines"][0]["lead_time_days"]) == (None, 7)
    assert await world.owner.fetchval("SELECT count(*) FROM quote_opened WHERE quote_id = $1", key) == 0
    body = {"quote_id": it.quotes[2]["id"], "lines": [{"line_no": 1, "quantity": "1", "reason": "lowest_total_cost"}]}
    assert (await it.buyer.post(f"{it.path}/awards", body)).status_code == 404
    [event] = await world.feed(it.suppliers[2], subject_id=key, types=["quote.not_awarded"])
    assert event.data["reason"] == "below_technical_threshold"
    with pytest.raises(asyncpg.CheckViolationError, match="stays sealed"):
        await world.owner.execute("INSERT INTO quote_opened VALUES ($1, '{}', $2)", key, bytes(32))
    opened = (await it.buyer.done("GET", f"{it.path}/quotes"))["items"]
    assert [one["content"] is None for one in opened] == [False, False, True]
    ended = await it.buyer.done("POST", f"{it.path}/close-without-award", {"reason": "other"})
    assert ended["state"] == "not_awarded"
    assert await world.owner.fetchval("SELECT count(*) FROM quote_opened WHERE quote_id = $1", key) == 0


async def test_prices_wait_until_everything_is_scored(world: World) -> None:
    it = await scene(world)
    await it.open()
    opening = f"{it.path}/open-quotes"
    answer = await it.buyer.post(opening)
    assert (answer.status_code, answer.json()["code"], len(answer.json()["errors"])) == (422, "incomplete", 6)
    await it.scored(it.ana, {QUALITY: ANA[QUALITY]})
    await it.scored(it.budi, {PLANT: BUDI[PLANT]}, submit=False)
    answer = await it.buyer.post(opening)
    assert (answer.json()["code"], len(answer.json()["errors"])) == ("incomplete", 3), "an open sheet does not count"
    await it.buyer.done("POST", f"/v1/quotes/{it.quotes[2]['id']}/disqualify", {"reason": "other"})
    answer = await it.buyer.post(opening)
    assert len(answer.json()["errors"]) == 2, "a disqualified quote needs no score"
    # Nor can it be scored any more: the sheet is written without it.
    sheet = (await it.budi.done("GET", f"{it.path}/scores"))["items"][0]
    stale = await it.budi.request("PUT", f"{it.path}/scores", body=it.sheet({PLANT: BUDI[PLANT]}), etag=sheet["etag"])
    assert (stale.status_code, stale.json()["errors"][0]["pointer"]) == (422, "/scores/2/quote_id")
    await it.budi.done("POST", f"{it.path}/scores/submit")
    assert (await it.buyer.done("POST", opening))["state"] == "evaluating"
    assert (await it.buyer.done("GET", f"/v1/quotes/{it.quotes[2]['id']}"))["content"] is None


async def test_each_opening_needs_two_people_where_the_buyer_asks_for_them(world: World) -> None:
    it = await scene(world, opening_quorum=2)
    await world.pass_deadline(it.rfq)
    opening = f"{it.path}/open-quotes"
    approved = await it.ana.done("POST", opening)
    assert (approved["opening_approvals"], approved["technical_opened_at"]) == (1, None)
    assert (await it.ana.post(opening)).json()["code"] == "four_eyes_required"
    assert (await it.ana.get(f"/v1/quotes/{it.quotes[0]['id']}")).json()["code"] == "still_sealed"
    first = await it.budi.done("POST", opening)
    assert (first["state"], first["opening_approvals"], first["technical_opened_at"] is None) == ("closed", 0, False)
    assert (await it.budi.post(opening)).json()["code"] == "incomplete"
    await it.scored(it.ana, ANA)
    approved = await it.budi.done("POST", opening)
    assert (approved["opening_approvals"], approved["opened_at"]) == (1, None)
    assert (await it.budi.post(opening)).json()["code"] == "four_eyes_required"
    assert (await it.ana.done("POST", opening))["state"] == "evaluating"


async def test_nothing_changes_once_prices_are_known(world: World) -> None:
    it = await scene(world)
    await it.open()
    await it.scored(it.ana, ANA)
    kept = await it.scored(it.budi, BUDI, submit=False)
    before = await it.ranking(it.ana)
    await it.open()
    for method, path in (("PUT", "scores"), ("POST", "scores/submit"), ("POST", "scores/close")):
        body = it.sheet({PLANT: ("100", "0", "")}) if method == "PUT" else None
        evaluator = it.buyer if path == "scores/close" else it.budi
        answer = await evaluator.request(method, f"{it.path}/{path}", body=body, etag=None)
        assert (answer.status_code, answer.json()["code"]) == (409, "scores_frozen"), path
    # Neither does the database let anybody, whoever writes.
    key = read("score_sheet", kept["id"])
    for statement in (
        "UPDATE score_sheet SET state = 'submitted', submitted_at = now() WHERE id = $1",
        "UPDATE score SET score = 100 WHERE sheet_id = $1",
        "DELETE FROM score WHERE sheet_id = $1",
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="closed"):
            await world.owner.execute(statement, key)
    for change in ("scores_closed_at = NULL", "technical_opened_at = now()"):
        with pytest.raises(asyncpg.CheckViolationError, match=r"not taken back|rfq_prices"):
            await world.owner.execute(f"UPDATE rfq SET {change} WHERE id = $1", read("rfq", it.rfq["id"]))
    after = await it.ranking()
    given = [{one["quote_id"]: one["technical_score"] for one in ranking["quotes"]} for ranking in (before, after)]
    assert given[0] == given[1]
    [own] = [one for one in (await it.budi.done("GET", f"{it.path}/scores"))["items"] if one["is_own"]]
    assert (own["allowed_actions"], {one["code"] for one in own["blocked_actions"]}) == ([], {"scores_frozen"})


async def test_without_quotes_both_openings_pass(world: World) -> None:
    it = await Scene.set(world, envelopes=2)
    assert (await it.open())["state"] == "closed"
    assert (await it.ranking())["quotes"] == []
    assert (await it.open())["state"] == "evaluating"


async def everything(it: Scene, party: Party) -> list[bytes]:
    """All that a party reads of the RFQ and its quotes, and its feed."""
    found = []
    paths = ["", "/quotes", "/scores", "/ranking", "/comparison", "/participants", "/awards", "/matches"]
    for path in (*(it.path + path for path in paths), "/v1/quotes", *(f"/v1/quotes/{one['id']}" for one in it.quotes)):
        answer = await party.get(path)
        assert answer.status_code < 500
        found.append(path.encode() + b" " + answer.content)
    return found + [repr(event).encode() for event in await it.world.feed(party)]


async def test_between_the_envelopes_no_digit_of_a_price_is_told(
    world: World, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    price, tool, days = "68240913.57", "86420973", "287"
    canary = breaks(price) | {
        "tooling": {"cost": tool, "ownership": "supplier", "life_pieces": 10, "amortised_over_pieces": 918273},
        "cost_breakdown": {
            "material": "68240912.57", "labour": "1", "overhead": "0", "outside_processes": "0", "profit": "0",
        },
        "minimum_order_quantity": "94",
        "note": f"Rp {price} franco",
    }  # fmt: skip
    it = await Scene.set(world, canary, envelopes=2, head=[{"payment_days": int(days), "note": f"total {price}"}])
    await it.open()
    await it.scored(it.ana, {QUALITY: ["90"], PLANT: ["80"]})
    told = await everything(it, it.buyer) + await everything(it, it.ana)
    key = read("quote", it.quotes[0]["id"])
    for table in ("quote", "quote_submission", "quote_technical", "quote_opened", "score", "event", "idempotency"):
        rows = await world.owner.fetch(f"SELECT t::text AS row FROM {table} t")
        told += [row["row"].encode() for row in rows]
    nonce = (await it.suppliers[0].done("GET", f"/v1/quotes/{it.quotes[0]['id']}/receipts"))["items"][0]["nonce"]
    captured = capfd.readouterr()
    log = (captured.out + captured.err + caplog.text).encode()
    assert b"open_quotes" in log, "the log was not captured"
    told.append(log)
    digits = b"68240913".hex()  # as bytea is written
    # Digits within an id or a cipher text are there by chance.
    secret = re.compile(
        rf"(?<![0-9A-Za-z+/_-])(68240913|68240912|{tool}|918273)|{digits}|\"payment_days\": ?{days}|{nonce}".encode()
    )
    assert not [text[:200] for text in told if secret.search(text)]
    assert secret.search((await it.suppliers[0].get(f"/v1/quotes/{it.quotes[0]['id']}")).content), "the search works"
    await it.open()
    assert secret.search((await it.buyer.get(f"/v1/quotes/{it.quotes[0]['id']}")).content)
    assert await world.owner.fetchval("SELECT count(*) FROM quote_opened WHERE quote_id = $1", key) == 1


async def test_the_database_takes_no_price_into_the_first_envelope(world: World) -> None:
    it = await Scene.set(world, breaks("5"), envelopes=2)
    key = read("quote", it.quotes[0]["id"])
    for content in ('{"lines": [{"breaks": []}]}', '{"lines": [{"tooling": {"cost": "1"}}]}', '{"note": "Rp 5"}'):
        with pytest.raises(asyncpg.CheckViolationError, match="quote_technical_without_price"):
            await world.owner.execute("INSERT INTO quote_technical VALUES ($1, $2)", key, content)
    await it.open()
    with pytest.raises(asyncpg.RestrictViolationError, match="history"):
        await world.owner.execute("DELETE FROM quote_technical WHERE quote_id = $1", key)
