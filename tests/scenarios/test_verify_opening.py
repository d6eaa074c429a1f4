"""`jembatan verify-opening` on real bundles: offline, sound ones accepted, every altered byte noticed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger import hashing
from domain.openings import proof
from domain.openings.parsing import MAX_RECEIPT, MalformedFile, read_bundle, read_receipts
from domain.openings.verification import verify
from world import World

ROOT = Path(__file__).parents[2]
OFFLINE = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"the network was touched: {event}")
sys.addaudithook(refuse)
from api.cli import main
main()
"""


class Ran(NamedTuple):
    """How the command ended."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path) -> Ran:
    """The command in a process of its own: no database is named, and sockets are refused."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "HOME"}}
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, "verify-opening", *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "JEMBATAN_HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


class Files(NamedTuple):
    """What a buyer and a supplier saved of one opening, as the API answered it."""

    buyer: Path
    supplier: Path
    receipts: Path
    first: str
    second: str


@pytest.fixture
async def files(world: World, tmp_path: Path) -> Files:
    """An opening by two people, of two quotes; one was submitted twice, a third withdrawn."""
    buyer, one, two, gone = await world.parties("buyer", *["supplier"] * 3)
    people = [await world.key(buyer.organisation_id, name, person=name) for name in ("Ana", "Budi")]
    rfq = await world.rfq(buyer, opening_quorum=2)
    quotes = [await world.quote(party, rfq, price) for party, price in ((one, "120.5"), (two, "99"), (gone, "7"))]
    await gone.done("POST", f"/v1/quotes/{quotes[2]['id']}/withdraw")
    await one.done("POST", f"/v1/quotes/{quotes[0]['id']}/submit")
    await world.pass_deadline(rfq, ago=0)
    for person in people:
        await person.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    saved = Files(
        tmp_path / "buyer.json",
        tmp_path / "supplier.json",
        tmp_path / "receipts.json",
        *[quote["id"] for quote in quotes[:2]],
    )
    for party, path, target in (
        (buyer, f"/v1/rfqs/{rfq['id']}/opening-bundle", saved.buyer),
        (one, f"/v1/rfqs/{rfq['id']}/opening-bundle", saved.supplier),
        (one, f"/v1/quotes/{quotes[0]['id']}/receipts", saved.receipts),
    ):
        target.write_bytes((await party.get(path)).content)
    return saved


async def test_it_accepts_what_buyer_and_supplier_saved(files: Files) -> None:
    bought = run(files.buyer)
    assert (bought.code, bought.err) == (0, "")
    assert "Ana and Budi" in bought.out
    root = msgspec.json.decode(files.buyer.read_bytes())["root"]
    supplied = run(files.supplier, "--receipt", files.receipts)
    assert (supplied.code, supplied.err) == (0, "")
    for text in (bought.out, supplied.out):
        assert f"Compare its root with the one that others got:\n{root}" in text
    rows = [line for line in supplied.out.splitlines() if "contents against their commitments" in line]
    assert [cell.strip() for cell in rows[0].strip("│").split("│")][1:3] == ["2", "1"], "a rival's is not for it"


async def test_it_names_the_quote_and_tells_what_is_no_bundle(files: Files, tmp_path: Path) -> None:
    target = tmp_path / "altered.json"
    whole = files.buyer.read_bytes()
    assert whole.count(b'"unit_price":"99.0000"') == 1
    target.write_bytes(whole.replace(b'"unit_price":"99.0000"', b'"unit_price":"98.0000"'))
    altered = run(target)
    assert (altered.code, altered.err) == (1, "")
    assert [line for line in altered.out.splitlines() if line.startswith("FAULT")] == [
        f"FAULT  quote {files.second}: content and nonce of submission 1 do not give the commitment of its receipt"
    ]
    receipt = msgspec.json.decode(files.receipts.read_bytes())["items"][0]
    target.write_bytes(msgspec.json.encode(receipt | {"commitment": "0" * 64}))
    wrong = run(files.supplier, "--receipt", target)
    assert wrong.code == 1
    assert f"FAULT  receipt 1 of {files.first}: the set names another commitment or instant" in wrong.out
    for content in (
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 200_000,
        b'{"format": "jembatan.opening/1"}',
        b'{"format": "something else"}',
        b'{"format": NaN}',
        b'{"a": 1.5}',
        b'{"a": 1' + b"0" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"a": "\\ud800"}',
        files.buyer.read_bytes()[:-1],
    ):
        target.write_bytes(content)
        with pytest.raises(MalformedFile):
            read_bundle(content)
    for arguments in ((target,), (files.supplier, "--receipt", target), (tmp_path / "absent.json",), (tmp_path,)):
        refused = run(*arguments)
        assert refused.code == 2
        assert "Traceback" not in refused.err
        assert refused.err.strip()
    with pytest.raises(MalformedFile, match="larger than"):
        read_receipts(b" " * (MAX_RECEIPT + 1))


async def test_any_changed_character_of_a_submission_is_noticed_and_named(files: Files) -> None:
    whole = files.buyer.read_bytes()
    assert verify(read_bundle(whole)).faults == []
    for entry in msgspec.json.decode(whole)["entries"]:
        fields = [entry["commitment"], entry["submitted_at"], entry["leaf"], entry["quote"]]
        if entry["nonce"]:
            fields += [entry["nonce"], msgspec.json.encode(entry["content"]).decode()]
        at = whole.index(b'{"quote":"' + entry["quote"].encode() + f'","number":{entry["number"]},'.encode())
        for field in fields:
            start = whole.index(field.encode(), at)
            for place in range(start, start + len(field)):
                for flip in (0x01, 0x20):
                    _noticed(whole, place, flip, named=entry["quote_id"])


def _noticed(whole: bytes, place: int, flip: int, *, named: str | None = None) -> None:
    altered = bytearray(whole)
    altered[place] ^= flip
    try:
        bundle = read_bundle(bytes(altered))
    except MalformedFile:
        return
    if bundle == read_bundle(whole):
        return
    faults = verify(bundle).faults
    assert faults, f"byte {place}: {whole[place - 30 : place + 10]!r}"
    if named is not None:
        assert [fault for fault in faults if named in fault.where], f"byte {place}: {faults}"


async def test_any_flipped_byte_is_noticed_or_means_the_same(files: Files) -> None:
    for path in (files.buyer, files.supplier):
        whole = path.read_bytes()

        @settings(max_examples=2000, deadline=None, database=None)
        @given(place=st.integers(0, len(whole) - 1), mask=st.integers(1, 255))
        def flip(whole: bytes, place: int, mask: int) -> None:
            _noticed(whole, place, mask)

        flip(whole)


async def test_leaving_out_or_doubling_is_noticed(files: Files) -> None:
    whole: Any = msgspec.json.decode(files.buyer.read_bytes())

    def faults(change: dict[str, Any]) -> int:
        return len(verify(read_bundle(msgspec.json.encode(whole | change))).faults)

    entries, chains = whole["entries"], whole["chains"]
    assert len(entries) == 3
    assert faults({}) == 0
    for place in range(len(entries)):
        assert faults({"entries": entries[:place] + entries[place + 1 :]})
        assert faults({"entries": [*entries[: place + 1], *entries[place:]]})
    assert faults({"entries": entries[::-1]})
    for place in range(len(chains)):
        assert faults({"chains": chains[:place] + chains[place + 1 :]})
        assert faults({"chains": [*chains, chains[place]]})
        cut = chains[place] | {"events": chains[place]["events"][:-1]}
        assert faults({"chains": [*chains[:place], cut, *chains[place + 1 :]]})


def forged(whole: Any, *, announce: bool) -> Any:
    """The bundle with leaves and root made again over what it says now; with `announce` the RFQ's last event too."""
    header = whole["header"]
    leaves = [proof.header_leaf(header)]
    for entry in whole["entries"]:
        told = (entry["quote"], entry["number"], entry["submitted_at"], entry["commitment"], entry["state"])
        leaves.append(proof.submission_leaf(*told))
        entry["leaf"] = leaves[-1].hex()
    whole["header_leaf"], whole["root"] = leaves[0].hex(), proof.root(leaves).hex()
    if announce:
        events = whole["chains"][0]["events"]
        last = events[-1]
        last["shown"]["data"] |= {"root": whole["root"], "opened_at": header["opened_at"]}
        last["shown"]["at"] = header["opened_at"]
        parts = (bytes.fromhex(last["private_digest"]), bytes.fromhex(last["hidden_digest"]))
        leaf = hashing.join(hashing.shown_digest(last["shown"]), *parts)
        last["leaf"], last["hash"] = leaf.hex(), hashing.link(bytes.fromhex(last["previous_hash"]), leaf).hex()
    return whole


async def test_a_forger_who_makes_all_hashes_again_is_caught_by_what_they_say(files: Files) -> None:
    def faults(*, announce: bool = True) -> set[tuple[str, str]]:
        content = msgspec.json.encode(forged(whole, announce=announce))
        return {(fault.where, fault.what) for fault in verify(read_bundle(content)).faults}

    def fresh() -> Any:
        return msgspec.json.decode(files.buyer.read_bytes())

    whole = fresh()
    assert whole["chains"][0]["subject_id"] == whole["header"]["rfq_id"]
    assert faults() == set(), "the forger makes the same again"
    whole["header"]["early_attempts"] += 1
    assert faults() == set(), "and what nobody else vouches for: only the root that somebody kept tells"

    whole = fresh()
    whole["header"]["early_attempts"] += 1
    assert faults(announce=False) == {
        ("rfq", "the event that announces the opening names another instant, round or root")
    }

    whole = fresh()
    last = whole["entries"][-1]
    last["submitted_at"] = whole["header"]["quotes_close_at"]
    assert {what for where, what in faults() if last["quote_id"] in where} == {
        f"submission {last['number']} came at or after the deadline",
        f"the event of submission {last['number']} tells otherwise",
    }

    whole = fresh()
    whole["header"]["opened_at"] = whole["header"]["approvals"][-1]["at"] = "2026-01-01T00:00:00Z"
    assert ("header", "the quotes were opened before the deadline") in faults()

    whole = fresh()
    first = next(entry for entry in whole["entries"] if entry["state"] == "superseded")
    first["commitment"] = "0" * 64
    assert faults() == {(f"quote {first['quote_id']}", "the event of submission 1 tells otherwise")}


async def test_nothing_in_the_file_goes_unchecked(files: Files) -> None:
    whole = files.buyer.read_bytes()
    for twice in (b'{"root":"' + b"0" * 64 + b'",', b'{"remark":"checked by the ministry",'):
        with pytest.raises(MalformedFile):
            read_bundle(twice + whole[1:])
    content = whole.replace(b'"content":{', b'"content":{"currency":"USD",', 1)
    assert content != whole
    with pytest.raises(MalformedFile, match="twice"):
        read_bundle(content)
