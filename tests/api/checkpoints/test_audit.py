"""Checkpoints over what was recorded through HTTP: every way to change history is noticed, and named."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from api import audit
from api.services import Services
from domain.actors import SYSTEM
from domain.checkpoints import commands, keys, queries
from domain.checkpoints.statement import event_leaf
from domain.checkpoints.verification import Verifier
from domain.database import Tx
from domain.ids import read
from domain.ledger import hashing
from world import World

Lines = list[dict[str, Any]]


class Sealed:
    """A history of several checkpoints, its export and its keys."""

    def __init__(self, folder: Path, rfq: str) -> None:
        self.folder, self.rfq = folder, rfq
        self.keys = audit.public_keys([folder / keys.PUBLIC])
        self.path = folder / "export.jsonl"

    def lines(self) -> Lines:
        """The lines of the export."""
        return [msgspec.json.decode(line) for line in self.path.read_bytes().splitlines()]

    def verify(self, lines: Lines, known: list[str] | None = None, **more: Any) -> list[tuple[str, str]]:
        """The faults of an export with these lines."""
        path = self.folder / "changed.jsonl"
        path.write_bytes(b"\n".join(map(msgspec.json.encode, lines)) + b"\n")
        return told(audit.verify_file(path, more.get("keys", self.keys), known or []))


def told(verifier: Verifier) -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in verifier.faults]


@pytest.fixture(scope="module")
async def sealed(
    http: httpx.AsyncClient,
    owner: "asyncpg.Connection[asyncpg.Record]",
    owner_dsn: str,
    services: Services,
    tmp_path_factory: pytest.TempPathFactory,
) -> Sealed:
    """Sealed three times over at least."""
    world, folder = World(http, owner, services), tmp_path_factory.mktemp("audit")
    assert keys.create(folder)
    assert not keys.create(folder)
    key = keys.load(folder)
    for _ in range(3):
        buyer, supplier = await world.parties("buyer", "supplier")
        rfq = await world.rfq(buyer)
        await world.quote(supplier, rfq)
        await world.opened(buyer, rfq)
        await world.feed(buyer)  # waits until nothing older is under way
        while await commands.seal(services.db, key):
            continue
    made = Sealed(folder, rfq["id"])
    checkpoints, events = await audit.export(owner_dsn, made.path)
    assert (checkpoints >= 3, events > 10) == (True, True)
    return made


def of(lines: Lines, kind: str) -> list[int]:
    return [place for place, line in enumerate(lines) if line["kind"] == kind]


def mine(sealed: Sealed, lines: Lines, version: int) -> int:
    """Where the event of the RFQ with that version stands."""
    return next(
        place
        for place, line in enumerate(lines)
        if line["kind"] == "event" and (line["subject"], line["version"]) == (sealed.rfq, version)
    )


async def test_what_was_not_touched_is_sound_offline_and_in_the_database(sealed: Sealed, owner_dsn: str) -> None:
    assert sealed.verify(sealed.lines()) == []
    verifier, _ = await audit.verify_database(owner_dsn, sealed.keys, audit.known_checkpoints([sealed.path]))
    assert told(verifier) == []
    assert verifier.events == len(of(sealed.lines(), "event"))


def test_an_event_that_was_changed(sealed: Sealed) -> None:
    lines = sealed.lines()
    place = mine(sealed, lines, 2)
    lines[place]["shown"]["data"]["title"] = "Other shafts"
    assert sealed.verify(lines) == [
        (lines[place]["id"], "it says something else than its leaf was made from: its content was changed")
    ]


def test_an_event_whose_hashes_were_made_anew_down_to_the_end_of_its_chain(sealed: Sealed) -> None:
    """Whoever can write the table can also calculate: it is the signature that they lack."""
    lines, previous, version, forged = sealed.lines(), b"", 1, []
    while True:
        try:
            line = lines[mine(sealed, lines, version)]
        except StopIteration:
            break
        if version == 2:
            line["shown"]["data"]["title"] = "Other shafts"
        parts = (bytes.fromhex(line["private_digest"]), bytes.fromhex(line["hidden_digest"]))
        leaf = hashing.join(hashing.shown_digest(line["shown"]), *parts)
        previous = hashing.link(previous, leaf)
        line["leaf"], line["hash"] = leaf.hex(), previous.hex()
        if version >= 2:
            forged.append(line["id"])
        version += 1
    faults = sealed.verify(lines)
    assert {where for where, _ in faults} == set(forged)
    assert all("it was changed or added" in what for _, what in faults)
    # And with the leaves of the checkpoint made to fit, the root is not what was signed.
    for place in of(lines, "checkpoint"):
        count = len(lines[place]["leaves"])
        lines[place]["leaves"] = [
            event_leaf(line["id"], line["hash"]).hex() for line in lines[place + 1 : place + 1 + count]
        ]
    faults = sealed.verify(lines)
    assert faults
    assert all(what == "its leaves are not those that were signed" for _, what in faults)


def test_an_event_that_was_taken_away(sealed: Sealed) -> None:
    lines = sealed.lines()
    gone = lines.pop(mine(sealed, lines, 2))
    faults = dict(sealed.verify(lines))
    assert any(
        "are missing or were changed" in what for where, what in faults.items() if where.startswith("checkpoint")
    )
    follower = lines[mine(sealed, lines, 3)]["id"]
    assert faults[follower] == f"version 3 of {gone['subject']} follows version 1"


def test_an_event_that_was_added(sealed: Sealed) -> None:
    lines = sealed.lines()
    place = of(lines, "event")[-1]
    stranger = dict(lines[place], id="evt_" + "0" * 32, subject="rfq_" + "0" * 32, version=1, shown=None)
    stranger["hash"] = hashing.link(b"", bytes.fromhex(stranger["leaf"])).hex()
    lines.insert(place, stranger)
    [(where, what)] = sealed.verify(lines)
    assert (where, "it was changed or added" in what) == (stranger["id"], True)


def test_events_that_changed_places(sealed: Sealed) -> None:
    lines = sealed.lines()
    last = of(lines, "checkpoint")[-1]
    first, second = next(
        (place, place + 1)
        for place in range(last + 1, len(lines) - 1)
        if lines[place]["subject"] != lines[place + 1]["subject"]
    )
    lines[first], lines[second] = lines[second], lines[first]
    [(where, what)] = sealed.verify(lines)
    assert (where.startswith("checkpoint"), "not in the order" in what) == (True, True)


def test_a_checkpoint_that_was_changed(sealed: Sealed) -> None:
    lines = sealed.lines()
    place = of(lines, "checkpoint")[1]
    head, body, signature = lines[place]["signed"].split(".")
    stated = msgspec.json.decode(base64.urlsafe_b64decode(body + "=="))
    stated["made_at"] = "2020-01-01T00:00:00Z"
    body = base64.urlsafe_b64encode(msgspec.json.encode(stated, order="sorted")).rstrip(b"=").decode()
    lines[place]["signed"] = f"{head}.{body}.{signature}"
    assert sealed.verify(lines) == [("checkpoint 2", "its signature does not verify")]


def test_a_checkpoint_that_was_taken_away_with_its_events(sealed: Sealed) -> None:
    lines = sealed.lines()
    first, second, third = of(lines, "checkpoint")[:3]
    assert first < second
    faults = dict(sealed.verify(lines[:second] + lines[third:]))
    assert "what lies between is missing" in faults["checkpoint 3"] or "events before it" in faults["checkpoint 3"]


def test_a_tail_that_was_cut_off_behind_a_known_checkpoint(sealed: Sealed) -> None:
    lines = sealed.lines()
    known = audit.known_checkpoints([sealed.path])
    number = len(of(lines, "checkpoint"))
    cut = lines[: of(lines, "checkpoint")[-1]]
    assert sealed.verify(cut) == [], "nobody can tell without knowing"
    assert sealed.verify(cut, known) == [
        (f"checkpoint {number}", "you know it, and it is missing: the tail was cut off")
    ]


def test_a_key_that_was_swapped(sealed: Sealed, tmp_path: Path) -> None:
    keys.create(tmp_path)
    other = audit.public_keys([tmp_path / keys.PUBLIC])
    faults = sealed.verify(sealed.lines(), keys=other)
    assert {what for _, what in faults} == {
        f"it is signed with the key {next(iter(sealed.keys))}, which you did not name"
    }


def test_a_file_that_is_no_export(sealed: Sealed) -> None:
    for content in (b"\n", b'{"kind":"event"}\n', b"[]\n", b"{" * 5000, sealed.path.read_bytes().split(b"\n", 1)[1]):
        path = sealed.folder / "other"
        path.write_bytes(content)
        with pytest.raises(audit.MalformedExport):
            audit.verify_file(path, sealed.keys, [])


CHANGES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "changed": (
        'UPDATE event SET data = data || \'{"title": "x"}\' WHERE subject_id = $1 AND subject_version = 2',
        lambda what: "its content was changed" in what,
    ),
    "taken away": (
        "DELETE FROM event WHERE subject_id = $1 AND subject_version = 2",
        lambda what: "missing or were changed" in what,
    ),
    "added": (
        (
            "INSERT INTO event (position, xid, id, type, subject_type, subject_id, subject_version, actor_name, at, data, change, "
            "leaf, hash, hash_version, salt) OVERRIDING SYSTEM VALUE SELECT -7, xid, gen_random_uuid(), type, subject_type, "
            "gen_random_uuid(), 1, actor_name, at, data, change, leaf, sha256(leaf), 2, salt FROM event "
            "WHERE subject_id = $1 AND subject_version = 2"
        ),
        lambda what: "it was added" in what,
    ),
    "checkpoint changed": (
        "UPDATE checkpoint SET leaves[1] = sha256('x') WHERE number = 2 AND $1::uuid IS NOT NULL",
        lambda what: "not those that were signed" in what,
    ),
    "checkpoint taken away": (
        "DELETE FROM checkpoint WHERE number = (SELECT max(number) FROM checkpoint) AND $1::uuid IS NOT NULL",
        lambda what: "the tail was cut off" in what,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_database_that_was_changed(
    change: str, sealed: Sealed, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    statement, tells = CHANGES[change]
    known = audit.known_checkpoints([sealed.path])
    broken = owner.transaction()
    await broken.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        assert (await owner.execute(statement, read("rfq", sealed.rfq))).endswith(" 1")
        verifier, _ = await queries.verify(Tx(owner), sealed.keys, known)
    finally:
        await broken.rollback()
    assert any(tells(fault.what) for fault in verifier.faults)


async def test_several_workers_seal_each_event_once(sealed: Sealed, world: World) -> None:
    buyer = await world.party("buyer")
    await world.rfq(buyer)
    await world.feed(buyer)
    key = keys.load(sealed.folder)
    await asyncio.gather(*(commands.seal(world.services.db, key) for _ in range(8)))
    async with world.services.db.read(SYSTEM) as tx:
        verifier, _ = await queries.verify(tx, sealed.keys)
    assert told(verifier) == []
