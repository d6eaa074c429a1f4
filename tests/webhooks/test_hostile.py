"""Each hostile receiver gets the documented treatment, through the whole outbox, and its healthy neighbour its message."""

import socket
from typing import Any, NamedTuple

import pytest
from outbox import Outbox
from receivers import Behaviour, Received, accept, hang, receiver, refuse

from api.webhooks import sender
from domain.ids import read
from domain.outbox import model
from world import World


async def flood(_: Received) -> bytes:
    """An answer that says it has a gigabyte, and sends some of it."""
    return b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n" + b"z" * 200_000


async def cut(_: Received) -> bytes:
    """Take the message and go away."""
    return b""


class Case(NamedTuple):
    """How a receiver behaves, and (state of the delivery, status, reason, state of the endpoint)."""

    behave: Behaviour
    outcome: tuple[str, int | None, str | None, str]


CASES = {
    "fails": Case(refuse(500), ("pending", 500, "status", "active")),
    "refuses": Case(refuse(400), ("pending", 400, "status", "active")),
    "redirects": Case(refuse(307, location="http://127.0.0.1:1/"), ("pending", 307, "redirect", "active")),
    "is gone": Case(refuse(410), ("pending", 410, "status", "disabled")),
    "hangs": Case(hang, ("pending", None, "timeout", "active")),
    "goes away": Case(cut, ("pending", None, "connection_broken", "active")),
    "floods": Case(flood, ("succeeded", 200, None, "active")),
    "accepts": Case(accept, ("succeeded", 204, None, "active")),
}


@pytest.mark.parametrize("name", CASES)
async def test_a_hostile_receiver(name: str, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender.Sender.__init__, "__kwdefaults__", {"tls": None, "exchange": model.EXCHANGE / 30})
    buyer = await world.party("buyer")
    case = CASES[name]
    async with receiver(case.behave) as hostile, receiver() as neighbour:
        endpoint = await outbox.endpoint(buyer, hostile.url, event_types=["rfq.created"])
        await outbox.endpoint(buyer, neighbour.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            await neighbour.until(1)
            await outbox.until(buyer, endpoint, lambda items: bool(items and items[0]["history"]))
            (item,) = await outbox.settled(buyer, endpoint, attempts=1)
        shown = await outbox.shown(buyer, endpoint)
    assert (item["state"], item["last_status"], item["last_error"], shown["state"]) == case.outcome


LITERALS = [
    "10.0.0.5", "192.168.1.1", "172.16.0.1", "100.64.0.1", "169.254.169.254", "127.0.0.1", "0.0.0.0",  # noqa: S104
    "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "168.63.129.16", "192.88.99.1",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:5]", "[2002:7f00:1::]",
    "[fe80::1]", "[fd00:ec2::254]", "[ff02::1]", "metadata.google.internal", "localhost", "intranet",
]  # fmt: skip


async def test_no_endpoint_has_an_address_that_is_not_public(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    for host in LITERALS:
        for url in (f"https://{host}/", f"https://{host}:8443/hook"):
            body = {"url": url, "event_types": ["rfq.created"]}
            refused = await buyer.post("/v1/webhook-endpoints", body)
            own = host in {"127.0.0.1", "localhost", "[::1]"}  # admitted here alone: these tests are development
            assert refused.status_code == (201 if own else 422), url
            if not own:
                assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/url"], url


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "169.254.169.254", "::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::", "fe80::1%2"]
)
async def test_a_name_that_leads_to_a_private_address_is_refused_at_every_attempt(
    address: str, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public when the endpoint was made, private when it is sent to: what counts is the address that is connected to."""
    real = socket.getaddrinfo

    def rebound(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host != "hooks.example.com":
            return real(host, port, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    buyer = await world.party("buyer")
    endpoint = await outbox.endpoint(buyer, "https://hooks.example.com/", event_types=["rfq.created"])
    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    await world.draft(buyer)
    async with outbox.at_work():
        (item,) = await outbox.settled(buyer, endpoint, attempts=1)
        await outbox.pass_time(endpoint)
        (item,) = await outbox.settled(buyer, endpoint, attempts=2)
    assert [tried["error"] for tried in item["history"]] == ["target_refused"] * 2
    key = read("webhook_endpoint", endpoint["id"])
    assert await world.owner.fetchval("SELECT state FROM webhook_endpoint WHERE id = $1", key) == "active"
