"""A price of the second round is found nowhere before it is opened, though everything of the first one is readable.

Searched as in the first round: every GET operation for everybody but the supplier, what a buyer may try, all feeds, all
output of the program, and the whole database.
"""

from collections.abc import Callable
from typing import Any

import pytest
from round_scene import Rounds, soon
from scenarios.test_sealing import PUBLIC, dump, finder, paths

from api.call import Call
from domain.actors import Side
from domain.quotes import rules
from domain.sealing import Sealer
from world import Party, World


class Canary:
    """A second round with one sealed quote at `price`, with an attachment and an alternate at that price too."""

    def __init__(self, scene: Rounds, price: str) -> None:
        self.scene, self.price, self.find = scene, price, finder(price)

    async def set(self) -> None:
        scene, world = self.scene, self.scene.world
        supplier = scene.suppliers[0]
        offer = {"payment_days": 20, "answer_by": soon()}
        made = await scene.buyer.done("POST", f"/v1/quotes/{scene.quotes[1]['id']}/counter-offers", offer)
        self.offer = made["id"]
        await scene.start(0, 1, kind="best_and_final")
        uploaded = await supplier.request(
            "POST", "/v1/files?name=kanari.pdf", content=b"%PDF-1.7\n" + self.price.encode() + b"\n",
            headers={"content-type": "application/octet-stream"},
        )  # fmt: skip
        self.file = uploaded.json()["id"]
        lines = world.quote_body(scene.rfq, self.price)["lines"]
        lines[0]["alternates"] = [{"no": 1, "material": "S50C", "breaks": lines[0]["breaks"]}]
        body = {
            "copy_from": scene.quotes[0]["id"], "valid_until": "2099-01-01", "lines": lines, "stated_total": self.price,
            "minimum_order_value": self.price, "attachments": [{"file_id": self.file, "kind": "other"}],
        }  # fmt: skip
        draft = await supplier.done("POST", f"{scene.path}/quotes", body)
        self.quote = draft["id"]
        mine = f"/v1/quotes/{self.quote}"
        wrong = await supplier.post(f"{mine}/submit")
        assert wrong.status_code == 422, "that is no total"
        assert not self.find(wrong.content)
        await supplier.done("PATCH", mine, {"stated_total": None}, etag=draft["etag"])
        await supplier.done("POST", f"{mine}/submit")

    async def answers(self) -> list[tuple[str, bytes]]:
        scene, world = self.scene, self.scene.world
        facilitator, operator = await world.parties("facilitator", "operator")
        parties: dict[str, Party] = {
            "buyer": scene.buyer, "rival": scene.suppliers[1], "outsider": scene.suppliers[2],
            "facilitator": facilitator, "operator": operator,
        }  # fmt: skip
        ids = {
            "rfq_id": [scene.rfq["id"]], "quote_id": [self.quote, *(quote["id"] for quote in scene.quotes)],
            "counter_offer_id": [self.offer], "file_id": [self.file], "name": ["units"],
        }  # fmt: skip
        found = []
        for role, party in parties.items():
            for path in paths(ids | {"organisation_id": [scene.suppliers[0].id, party.id]}):
                if role != "buyer" and path.startswith(PUBLIC):
                    continue
                answer = await party.get(path)
                assert answer.status_code < 500, f"{role} {path}: {answer.text}"
                found.append((f"{role} GET {path}", answer.content + repr(answer.headers).encode()))
            found += [(f"{role} feed", repr(event).encode()) for event in await world.feed(party)]
        return found

    async def attempts(self) -> list[tuple[str, bytes]]:
        scene, quote, dry = self.scene, f"/v1/quotes/{self.quote}", {"prefer": "dry-run"}
        line = {"line_no": 1, "quantity": "1", "reason": "lowest_total_cost"}
        tried: list[tuple[str, Any, dict[str, str]]] = [
            (f"{scene.path}/open-quotes", None, {}),
            (f"{scene.path}/open-quotes", None, dry),
            (f"{scene.path}/cancel", {"reason": "other"}, dry),
            (f"{scene.path}/close-without-award", {"reason": "other"}, dry),
            (f"{scene.path}/rounds", {"quotes_close_at": soon(hours=2)}, dry),
            (f"{scene.path}/awards", {"quote_id": self.quote, "lines": [line]}, {}),
            (f"{scene.path}/awards", {"quote_id": scene.quotes[0]["id"], "lines": [line]}, {}),
            (f"{quote}/submit", None, dry),
            (f"{quote}/shortlist", {"shortlisted": True}, dry),
            (f"{quote}/disqualify", {"reason": "other"}, dry),
            (f"{quote}/counter-offers", {"payment_days": 1, "answer_by": soon()}, {}),
            (f"/v1/rfqs/{scene.rfq['id']}/quotes", {"copy_from": self.quote, "valid_until": "2099-01-01"}, {}),
        ]
        found = []
        for path, body, headers in tried:
            answer = await scene.buyer.post(path, body, headers=headers)
            assert answer.status_code < 500, f"{path}: {answer.text}"
            found.append((f"buyer POST {path}", answer.content))
        return found


async def search(
    world: World,
    owner_dsn: str,
    price: str,
    output: pytest.CaptureFixture[str],
    log: pytest.LogCaptureFixture,
    break_: Callable[[], None] = lambda: None,
) -> tuple[Canary, set[str]]:
    """(the canary, where its price was found before the second opening). `break_` is done between the rounds."""
    scene = await Rounds.set(world, "70", "50", "60", lines=[world.line(1, allow_alternates=True)])
    break_()
    output.readouterr()
    canary = Canary(scene, price)
    await canary.set()
    places = [*await canary.answers(), *await canary.attempts()]
    captured = output.readouterr()
    written = (captured.out + captured.err + log.text).encode()
    assert b"start_round" in written, "the log was not captured"
    stored = dump(owner_dsn)
    return canary, {place for place, text in (*places, ("log", written), ("dump", stored)) if canary.find(text)}


async def test_a_price_of_the_second_round_is_found_nowhere(
    world: World, owner_dsn: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary, found = await search(world, owner_dsn, "84613097.25", capfd, caplog)
    scene, mine = canary.scene, f"/v1/quotes/{canary.quote}"
    assert found == set()
    assert canary.find((await scene.suppliers[0].get(mine)).content), "its supplier reads it"
    first = await scene.buyer.done("GET", f"/v1/quotes/{scene.quotes[0]['id']}")
    assert first["content"]["lines"][0]["breaks"][0]["unit_price"] == "70.0000", "and the first round is readable"
    await world.opened(scene.buyer, scene.rfq)
    for path in (mine, f"{scene.path}/quotes", f"{scene.path}/comparison", f"/v1/files/{canary.file}/content"):
        assert canary.find((await scene.buyer.get(path)).content), path
    after = {place for place, text in await canary.answers() if canary.find(text)}
    assert {place.partition(" ")[0] for place in after} == {"buyer"}, "and never anybody else"
    assert not [place for place in after if place.endswith("feed")], "events never tell a price"


def _seal_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sealer, "seal", staticmethod(lambda _key, content: content.decode()))


def _open_by_rfq(patch: pytest.MonkeyPatch) -> None:
    """As if whether a quote is opened followed from the RFQ having been opened before."""
    sides = rules.sides

    def lax(quote: Any, rfq: Any, actor: Any) -> Any:
        if rfq.has_opened and actor.is_organisation(quote.buyer_id):
            return sides(quote, rfq, actor) if quote.opened_at else (Side.BUYER,)
        return sides(quote, rfq, actor)

    patch.setattr(rules, "sides", lax)


def _answers_stored_in_plain(patch: pytest.MonkeyPatch) -> None:
    change = Call.change

    async def plain(self: Call, *arguments: Any, **options: Any) -> Any:
        return await change(self, *arguments, **options | {"sealed": False})

    patch.setattr(Call, "change", plain)


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize(
    ("price", "break_", "where"),
    [
        ("31758204.69", _seal_off, "dump"),
        ("59270416.83", _open_by_rfq, "buyer GET"),
        ("46825173.07", _answers_stored_in_plain, "dump"),
    ],
)
async def test_the_search_finds_what_is_not_sealed_in_round_two(
    world: World,
    owner_dsn: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    price: str,
    break_: Callable[[pytest.MonkeyPatch], None],
    where: str,
) -> None:
    _, found = await search(world, owner_dsn, price, capfd, caplog, lambda: break_(monkeypatch))
    assert any(place.startswith(where) for place in found), found
