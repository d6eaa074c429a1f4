"""Where addenda, proofs, rounds, two envelopes, least orders and the bid tab's files meet."""

import csv
import io
from typing import Any

import msgspec
import openpyxl
from addendum_scene import Scene as Addenda
from round_scene import Rounds, soon
from scoring_scene import PLANT, QUALITY, Scene, breaks

from api.bid_tab import XLSX
from domain.openings import parsing
from domain.openings.verification import verify
from world import Party, World


async def _checked(party: Party, path: str, *, told: tuple[int, int]) -> Any:
    """The party's bundle, which is sound. `told`: submissions that an event of their time tells of, and others."""
    bundle = await party.done("GET", f"{path}/opening-bundle")
    report = verify(parsing.read_bundle(msgspec.json.encode(bundle)), [])
    assert report.faults == []
    [found] = [check for check in report.checks if check.what == "submissions against the events of their time"]
    assert (found.checked, found.unchecked) == told
    return bundle


async def test_an_opening_after_an_addendum_is_provable_and_says_what_was_confirmed(world: World) -> None:
    it = await Addenda.set(world, lines=2)
    firm, silent, gone = await it.quoted(), await it.quoted(), await it.quoted(declines=(2,))
    await it.published(set_lines=[it.line(1, quantity="120")])
    assert [state for state, _ in await it.states(firm, silent, gone)] == ["needs_reconfirmation"] * 3
    supplier, quote = firm
    waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    await supplier.done("POST", f"/v1/quotes/{quote['id']}/reconfirm", etag=waiting["etag"])
    await world.opened(it.buyer, it.rfq, ago=0)
    # The third priced nothing else: it lapsed, and is counted but not opened.
    assert (await gone[0].done("GET", f"/v1/quotes/{gone[1]['id']}"))["state"] == "lapsed"
    path = f"/v1/rfqs/{it.rfq['id']}"
    seen = ((it.buyer, (3, 0)), (supplier, (2, 1)), (silent[0], (1, 2)))
    bundles = [await _checked(party, path, told=told) for party, told in seen]
    assert len({bundle["root"] for bundle in bundles}) == 1
    header = bundles[0]["header"]
    assert (header["quotes"], header["submissions"], header["left_out_quotes"]) == (2, 3, 1)
    # The buyer sees what was opened; the supplier its first price too, which the confirmation took the place of.
    mine = [entry for entry in bundles[1]["entries"] if entry["content"] is not None]
    assert [entry["number"] for entry in mine] == [1, 2]
    before, after = (entry["content"]["lines"][0]["line_digest"] for entry in mine)
    assert before != after
    tab = await it.buyer.done("GET", f"{path}/comparison")
    reasons = {
        column["quote_id"]: [row["cells"][place]["excluded_reason"] for row in tab["rows"]]
        for place, column in enumerate(tab["columns"])
    }
    assert reasons == {quote["id"]: [None, None], silent[1]["id"]: ["outdated", None]}


async def test_a_second_round_of_two_envelopes_is_as_sealed_as_the_first(world: World) -> None:
    it = await Scene.set(world, breaks("120"), breaks("100"), envelopes=2)
    good = {QUALITY: ("90", "80"), PLANT: ("80", "70")}
    await it.open()
    await it.scored(it.ana, good)
    first = await it.open()
    assert (first["state"], first["round"]) == ("evaluating", 1)
    for quote in it.quotes:
        await it.buyer.done("POST", f"/v1/quotes/{quote['id']}/shortlist", {"shortlisted": True})
    started = await it.buyer.done("POST", f"{it.path}/rounds", {"quotes_close_at": soon()})
    assert (started["technical_opened_at"], started["opened_at"], started["scores_closed_at"]) == (None, None, None)
    body = world.quote_body(it.rfq, "7319.4628")
    again = await it.suppliers[0].done("POST", f"{it.path}/quotes", body)
    again = await it.suppliers[0].done("POST", f"/v1/quotes/{again['id']}/submit")
    technical = await it.open()
    assert (technical["state"], technical["opened_at"]) == ("closed", None)

    async def everything() -> str:
        pages = [f"{it.path}/{part}" for part in ("quotes", "comparison", "ranking", "scores", "participants")]
        answers = [await it.buyer.get(page) for page in (it.path, *pages, f"/v1/quotes/{again['id']}", "/v1/quotes")]
        return "".join(answer.text for answer in answers) + repr(await world.feed(it.buyer))

    assert "73194628" not in (await everything()).replace(".", "")
    early = await it.buyer.post(f"{it.path}/open-quotes")
    assert (early.status_code, early.json()["code"]) == (422, "incomplete"), "the new technical part is not scored yet"
    it.quotes = [again]
    await it.scored(it.budi, {QUALITY: ("95",), PLANT: ("90",)})
    opened = await it.open()
    assert (opened["state"], opened["round"]) == ("evaluating", 2)
    assert "73194628" in (await everything()).replace(".", "")
    ranking = {one["quote_id"]: one for one in (await it.ranking())["quotes"]}
    states = {key: one["state"] for key, one in ranking.items()}
    assert sorted(states.values()) == ["opened", "opened", "superseded"]
    # Who did not quote again stands by its first quote, with the scores that it got then.
    assert {key for key, one in ranking.items() if one["score_rank"]} == {
        key for key, one in states.items() if one == "opened"
    }


async def test_a_least_order_is_kept_by_scenarios_and_awards(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    cheap, dear, both = await world.parties("supplier", "supplier", "supplier")
    least = await world.quote(cheap, rfq, "10", minimum_order_value="900")
    await world.quote(dear, rfq, "12")
    other = await world.quote(both, rfq, "11", minimum_order_value="900")
    await world.opened(buyer, rfq)
    path = f"/v1/rfqs/{rfq['id']}"
    shares = [{"basis": "quantity", "maximum_percent": "60"}]
    body = {"shares": shares, "sources": [{"minimum": 2}], "time_limit_seconds": 5, "compare": False}
    none = await buyer.done("POST", f"{path}/award-scenarios", body)
    # 60 of 100 at 10 are 600, and less than 900 cannot be ordered: two sources of at most 60 % clash with it.
    assert none["status"] == "infeasible"
    demands = {f"/quotes/{quote['id']}/minimum_order_value" for quote in (least, other)}
    assert demands <= {pointer for conflict in none["conflicts"] for pointer in conflict["pointers"]}
    body["shares"] = [{"basis": "quantity", "maximum_percent": "95"}]
    found = await buyer.done("POST", f"{path}/award-scenarios", body)
    assert (found["status"], found["total"]) == ("optimal", "1010")
    compared = await buyer.done("POST", f"{path}/award-scenarios", body | {"compare": True})
    # What a quote demands is nothing that the buyer could do without: no split is shown without it.
    assert not demands & {one["without"] for one in compared["comparisons"]}
    assert len(compared["comparisons"]) == 3
    for proposal in found["proposals"]:
        await buyer.done("POST", f"{path}/awards", proposal)


async def test_the_files_of_a_bid_tab_know_rounds_scores_and_what_was_superseded(world: World) -> None:
    it = await Rounds.set(world, "70", "50", evaluation=[{"criterion": "price", "percent": "100"}])
    await it.start(0)
    await it.quote(0, "40", minimum_order_value="1000")
    await world.opened(it.buyer, it.rfq)
    tab = await it.buyer.done("GET", f"{it.path}/comparison")
    shown = ("round", "shortlisted", "amended", "minimum_order_value", "score", "score_rank", "below_threshold")
    expected = {
        column["quote_id"]: ["" if column[name] is None else str(column[name]).lower() for name in shown]
        for column in tab["columns"]
    }
    assert sorted(column["round"] for column in tab["columns"]) == [1, 1, 2]
    assert {column["score_rank"] for column in tab["columns"]} == {1, 2, None}
    text = (await it.buyer.get(f"{it.path}/comparison", headers={"accept": "text/csv"})).text
    rows = {row["quote_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert {key: [row[name] for name in shown] for key, row in rows.items()} == expected
    content = (await it.buyer.get(f"{it.path}/comparison", headers={"accept": XLSX})).content
    for cached in (True, False):
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=cached)["Summary"]
        facts = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=3) if row[0].value}
        assert facts["Round"] == [column["round"] for column in tab["columns"]]
        assert facts["Rank by score"] == [column["score_rank"] for column in tab["columns"]]
        superseded = facts["State"].index("superseded")
        total = facts["Total, own currency"][superseded]
        # What it asked is shown, and the formula gives the same: every cell of it is excluded.
        assert total == 7000 if cached else str(total).startswith("=SUM(")
