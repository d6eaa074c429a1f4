"""docs/erp-import.md is true: each body and table on it is sent, and what it says of the answers is compared."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bid_tab_page import tables

from world import Party, World

PAGE = (Path(__file__).parents[2] / "docs" / "erp-import.md").read_text()
TABLES = tables(PAGE)
BLOCKS: dict[str, str] = dict(re.findall(r"```\w+ (\w+)\n(.*?)```", PAGE, re.DOTALL))


def body(name: str) -> Any:
    return msgspec.json.decode(BLOCKS[name])


@pytest.fixture
async def buyer(world: World) -> Party:
    party = await world.party("buyer")
    await party.done("PUT", f"/v1/organisations/{party.id}/code-mappings", body("mappings"))
    return party


def test_each_block_is_used_by_a_test() -> None:
    assert set(BLOCKS) == {"mappings", "rfq", "batch", "table", "tus"}, "tests/faults/test_resumed_upload.py runs `tus`"


async def test_one_rfq_by_its_number(buyer: Party) -> None:
    path = "/v1/rfqs/by-reference/PR-4711"
    first, again = [await buyer.request("PUT", path, body=body("rfq")) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    line = first.json()["lines"][0]
    assert (line["unit"], line["processes"], line["material"]) == ("H87", ["turning_cnc"], "S45C")
    blind = await buyer.request("PUT", path, body={**body("rfq"), "title": "Other"})
    assert blind.status_code == 428


async def test_many_at_once(buyer: Party) -> None:
    answer = await buyer.done("POST", "/v1/rfqs/batch", body("batch"))
    shown = TABLES["Many at once"][0]
    assert len(shown) == len(answer["items"])
    for row, item in zip(shown, answer["items"], strict=True):
        assert (row["index"], row["external_reference"], row["status"]) == (
            str(item["index"]),
            item["external_reference"],
            str(item["status"]),
        )
        assert row["code"] == (item["problem"]["code"] if item["problem"] else "")


async def test_lines_from_a_spreadsheet(buyer: Party) -> None:
    draft = await buyer.done("POST", "/v1/rfqs", body("rfq"))
    path, headers = f"/v1/rfqs/{draft['id']}/lines/import", {"content-type": "text/csv"}
    sent = BLOCKS["table"].encode()
    report = await buyer.done("POST", f"{path}?dry_run=true", sent, headers=headers, etag=draft["etag"])
    found = [{name: fault[name] for name in ("cell", "heading", "value")} for fault in report["faults"]]
    assert found == TABLES["Lines from a spreadsheet"][0]
    refused = await buyer.post(path, sent, headers=headers, etag=draft["etag"])
    assert refused.json()["code"] == "import_refused"
    assert "/CSV/D3" in [error["pointer"] for error in refused.json()["errors"]]
    mended = sent.replace(b"no_such", b"drilling").replace(b"01/05/2099", b"2099-05-02")
    done = await buyer.done("POST", f"{path}?decimal=comma", mended, headers=headers, etag=draft["etag"])
    assert done["lines"] == 2
    lines = (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["lines"]
    assert [(line["quantity"], line["unit"]) for line in lines] == [("100", "H87"), ("1250", "H87")]
