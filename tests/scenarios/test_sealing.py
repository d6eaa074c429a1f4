"""A sealed price is found nowhere before the opening; and the search would find it if one layer of sealing were off.

What is searched: the answer of every GET operation to everybody but the supplier, the answers to a buyer that tries
what it can, the feed of each, all output of the program, and the whole database as `pg_dump` writes it.
"""

import base64
import os
import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from api.call import Call
from api.embedded_account import binaries_directory
from api.routes import HANDLERS
from domain.actors import Side
from domain.ledger import record
from domain.quotes import envelope, rules
from domain.sealing import Sealer
from world import World

Find = Callable[[bytes], bool]
MARK = "Poros kanari"
"""A title that is not secret: where it is not found, nothing was searched."""


def finder(price: str) -> Find:
    """Whether a text holds the digits of `price`: plain, grouped, in hexadecimal or in base64."""
    whole = price.partition(".")[0]
    grouped = [f"{int(whole):,}", f"{int(whole):,}".replace(",", ".")]
    plain = [re.escape(text).encode() for text in (whole, *grouped)]
    # Digits inside a longer run of letters and digits are an id or a cipher text by chance.
    patterns = [rb"(?<![0-9A-Za-z+/_-])" + text for text in plain]
    patterns.append(whole.encode().hex().encode())
    for shift in range(3):
        # What base64 makes of the digits depends on their place; the characters at both ends hold neighbours too.
        encoded = base64.b64encode(b"x" * shift + whole.encode())
        patterns.append(re.escape(encoded[(0, 2, 3)[shift] : (shift + len(whole)) * 8 // 6]))
    pattern = re.compile(b"|".join(patterns))
    return lambda text: pattern.search(text) is not None


def test_the_finder_finds() -> None:
    find = finder("73194625.17")
    content = b'{"unit_price":"73194625.1700"}'
    assert find(content)
    assert find(b"Rp 73.194.625")
    assert find(b"total 7319462517")
    assert find(rb"\x" + content.hex().encode())
    assert all(find(base64.b64encode(b"-" * shift + content)) for shift in range(3))
    assert not find(b"rfq_01a20c73194625b2")


def dump(dsn: str) -> bytes:
    """Everything in the database, as text."""
    program = binaries_directory() / "pg_dump"
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run([program, "--dbname", dsn], check=True, capture_output=True, env=environment).stdout


def paths(ids: dict[str, list[str]]) -> list[str]:
    """Every GET operation, about each of the things in `ids`; for others about an id of another kind.

    But for the stream, which has no end: it sends what `list_events` answers, made by the same function.
    """
    found = []
    for handler in HANDLERS:
        if "GET" not in {str(getattr(method, "value", method)) for method in getattr(handler, "http_methods", ())}:
            continue
        if handler.handler_name == "stream_events":
            continue
        for path in handler.paths:
            name = re.search(r"\{(\w+):str\}", path)
            if name is None:
                found.append(path)
            else:
                found += [path.replace(name[0], value) for value in ids.get(name[1], ids["rfq_id"])]
    return found


PUBLIC = ("/docs", "/openapi.json", "/health", "/metrics", "/v1/meta")
"""The same for everybody: asked once."""


class Scene:
    """One RFQ with one sealed quote at `price`, and everybody who would like to know it."""

    def __init__(self, world: World, price: str) -> None:
        self.world, self.price, self.find = world, price, finder(price)

    async def set(self) -> None:
        """Everything a supplier does with a price: wrongly, as a draft, changed, submitted twice."""
        world = self.world
        self.buyer, self.supplier, self.rival = await world.parties("buyer", "supplier", "supplier")
        self.facilitator, self.operator = await world.parties("facilitator", "operator")
        self.rfq = await world.rfq(self.buyer, title=MARK)
        await world.quote(self.rival, self.rfq, "1")
        path, body = f"/v1/rfqs/{self.rfq['id']}/quotes", world.quote_body(self.rfq, self.price)
        lines = body["lines"]
        for wrong in (
            {"lines": [lines[0] | {"breaks": [{"min_quantity": "1", "unit_price": self.price + "999"}]}]},
            {"lines": [lines[0] | {"breaks": [{"min_quantity": "1", "unit_price": float(self.price)}]}]},
            {"lines": [lines[0] | {"price": self.price}]},
            {"note": self.price, "currency": "QQQ"},
        ):
            assert (await self.supplier.post(path, body | wrong)).status_code == 422
        assert (await self.supplier.post(path, b'{"unit_price": ' + self.price.encode())).status_code == 400
        self.quote = await self.supplier.done("POST", path, body, key="create")
        await self.supplier.done("POST", path, body, key="create")
        assert (await self.supplier.post(path, body)).status_code == 409
        mine = f"/v1/quotes/{self.quote['id']}"
        note = {"note": f"Rp {self.price} franco pabrik"}
        assert (await self.supplier.request("PATCH", mine, body=note, etag='"9"')).status_code == 412
        await self.supplier.done("PATCH", mine, note, etag=self.quote["etag"], key="update")
        await self.supplier.done("POST", f"{mine}/submit", key="submit")
        await self.supplier.done("POST", f"{mine}/withdraw")
        await self.supplier.done("POST", f"{mine}/submit")
        addendum = {"summary": "More.", "set_lines": [world.line(1, quantity="120")], "extend_if_needed": True}
        await self.buyer.done("POST", f"/v1/rfqs/{self.rfq['id']}/addenda", addendum)
        waiting = await self.supplier.done("GET", mine)
        await self.supplier.done("POST", f"{mine}/reconfirm", etag=waiting["etag"], key="reconfirm")

    async def answers(self) -> list[tuple[str, bytes]]:
        """What everybody else gets to read, by who asked for what."""
        parties = {
            "buyer": self.buyer,
            "rival": self.rival,
            "facilitator": self.facilitator,
            "operator": self.operator,
        }
        ids = {"rfq_id": [self.rfq["id"]], "quote_id": [self.quote["id"]], "name": ["units"]}
        found = []
        for role, party in parties.items():
            for path in paths(ids | {"organisation_id": [self.supplier.id, party.id]}):
                if role != "buyer" and path.startswith(PUBLIC):
                    continue
                answer = await party.get(path)
                assert answer.status_code < 500, f"{role} {path}: {answer.text}"
                found.append((f"{role} GET {path}", answer.content + repr(answer.headers).encode()))
            found += [(f"{role} feed", repr(event).encode()) for event in await self.world.feed(party)]
        return found

    async def attempts(self) -> list[tuple[str, bytes]]:
        """What a buyer tries before it is time."""
        rfq, quote = f"/v1/rfqs/{self.rfq['id']}", f"/v1/quotes/{self.quote['id']}"
        dry = {"prefer": "dry-run"}
        tried: list[tuple[str, Any, dict[str, str]]] = [
            (f"{rfq}/open-quotes", None, {}),
            (f"{rfq}/open-quotes", None, dry),
            (f"{rfq}/cancel", {"reason": "other"}, dry),
            (f"{rfq}/close-without-award", {"reason": "other"}, dry),
            (f"{quote}/submit", None, dry),
            (f"{quote}/withdraw", None, dry),
            (f"{quote}/disqualify", {"reason": "other"}, dry),
            (
                f"{rfq}/awards",
                {
                    "quote_id": self.quote["id"],
                    "lines": [{"line_no": 1, "quantity": "1", "reason": "lowest_total_cost"}],
                },
                {},
            ),
        ]
        found = []
        for path, body, headers in tried:
            answer = await self.buyer.post(path, body, headers=headers)
            assert answer.status_code < 500, f"{path}: {answer.text}"
            found.append((f"buyer POST {path}", answer.content))
        patched = await self.buyer.request("PATCH", quote, body={"note": "x"}, etag='"1"')
        return [*found, (f"buyer PATCH {quote}", patched.content)]


async def search(
    world: World, owner_dsn: str, price: str, output: pytest.CaptureFixture[str], log: pytest.LogCaptureFixture
) -> tuple[Scene, set[str]]:
    """(the scene, where the price was found before the opening)."""
    output.readouterr()
    scene = Scene(world, price)
    await scene.set()
    places = [*await scene.answers(), *await scene.attempts()]
    captured = output.readouterr()
    written = (captured.out + captured.err + log.text).encode()
    assert b"submit_quote" in written, "the log was not captured"
    stored = dump(owner_dsn)
    assert MARK.encode() in stored, "the dump is not of this database"
    return scene, {place for place, text in (*places, ("log", written), ("dump", stored)) if scene.find(text)}


async def test_a_sealed_price_is_found_nowhere(
    world: World, owner_dsn: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    scene, found = await search(world, owner_dsn, "73194625.17", capfd, caplog)
    assert found == set()
    mine = f"/v1/quotes/{scene.quote['id']}"
    assert scene.find((await scene.supplier.get(mine)).content), "its supplier reads it"
    await world.opened(scene.buyer, scene.rfq)
    for path in (mine, f"/v1/rfqs/{scene.rfq['id']}/quotes", f"/v1/rfqs/{scene.rfq['id']}/comparison"):
        assert scene.find((await scene.buyer.get(path)).content), "and its buyer after the opening"
    after = {place for place, text in await scene.answers() if scene.find(text)}
    assert after
    assert {place.partition(" ")[0] for place in after} == {"buyer"}, "and never anybody else"
    assert not [place for place in after if place.endswith("feed")], "events never tell a price"


def _seal_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sealer, "seal", staticmethod(lambda _key, content: content.decode()))


def _keep_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sealer, "keep", lambda _self, _organisation, content: content.decode())
    patch.setattr(Sealer, "reread", lambda _self, _organisation, kept: kept.encode())


def _answers_stored_in_plain(patch: pytest.MonkeyPatch) -> None:
    change = Call.change

    async def plain(self: Call, *arguments: Any, **options: Any) -> Any:
        return await change(self, *arguments, **options | {"sealed": False})

    patch.setattr(Call, "change", plain)


def _price_in_event(patch: pytest.MonkeyPatch) -> None:
    async def telling(*arguments: Any, **options: Any) -> None:
        if arguments[1].event == "quote.submitted":  # the catalogue admits no member for it: it comes as another one
            options = options | {"data": options["data"] | {"commitment": "58203946.10"}}
        await record(*arguments, **options)

    patch.setattr("domain.quotes.commands.record", telling)


def _everybody_is_the_supplier(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "sides", lambda *_: (Side.SUPPLIER,))


def _content_in_log(patch: pytest.MonkeyPatch) -> None:
    keep = envelope.keep

    def chatty(sealer: Sealer, supplier_id: Any, content: Any) -> str:
        structlog.get_logger("jembatan").info("kept", content=content)
        return keep(sealer, supplier_id, content)

    patch.setattr(envelope, "keep", chatty)


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize(
    ("price", "break_", "where"),
    [
        ("41827365.91", _seal_off, "dump"),
        ("62850371.43", _keep_off, "dump"),
        ("90417526.38", _answers_stored_in_plain, "dump"),
        ("58203946.10", _price_in_event, "buyer feed"),
        # The rival is held back by row policies even then.
        ("36192857.04", _everybody_is_the_supplier, "buyer GET"),
        ("25907314.68", _content_in_log, "log"),
    ],
)
async def test_the_search_finds_what_is_not_sealed(
    world: World,
    owner_dsn: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    price: str,
    break_: Callable[[pytest.MonkeyPatch], None],
    where: str,
) -> None:
    break_(monkeypatch)
    _, found = await search(world, owner_dsn, price, capfd, caplog)
    assert any(place.startswith(where) for place in found), found
