"""Members that exist in answers and rows but not in requests are refused wherever they are put, each by its own pointer."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from authorisation.calls import DOCUMENT, OPERATIONS

from world import Party, World

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "openapi/examples"
FORGED = (
    "id", "state", "version", "etag", "organisation_id", "buyer_id", "supplier_id", "credential_id", "owner_id", "roles", "scopes",
    "verified", "is_clean", "secret", "secret_hash", "awarded", "accepted", "received", "despatched", "invoiced", "paid", "total",
    "round", "revision", "opened_at", "closed_at", "published_at", "submitted_at", "created_at", "updated_at", "issued_by",
    "proposed_by", "digest", "line_digest", "commitment", "rank", "allowed_actions", "storage_key", "sha256", "fee", "system",
)  # fmt: skip
"""Columns and answers' members that somebody would like to set. What a request takes at its place is left out there."""
HEADERS = {"if-match": '"1"'}


def snake(name: str) -> str:
    """The handler's name of an operation."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", name)


def resolved(schema: Any) -> Any:
    """Without references and without the null of an optional member."""
    while True:
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        elif len(real := [each for each in schema.get("anyOf", []) if each.get("type") != "null"]) == 1:
            schema = real[0]
        else:
            return schema


def levels(schema: Any, body: Any, pointer: str = "") -> Iterator[tuple[str, Any, set[str]]]:
    """(pointer, object of the body, members that a request takes there)."""
    schema = resolved(schema)
    if isinstance(body, dict):
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            yield pointer, body, set(known)
        for name, each in body.items():
            yield from levels(known.get(name, {}), each, f"{pointer}/{name}")
    elif isinstance(body, list):
        for place, each in enumerate(body[:1]):
            yield from levels(schema.get("items", {}), each, f"{pointer}/{place}")


def answered(spec: Any) -> set[str]:
    """Members of what the operation answers."""
    found: set[str] = set()
    for status, response in spec["responses"].items():
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if status.startswith("2"):
            found |= set(resolved(schema).get("properties", {}))
    return found


def places(answer: Any) -> set[str]:
    """Pointers to what was refused; of a batch that is answered item by item, those of its items."""
    told = answer.json()
    if answer.status_code == 200 and told.get("refused"):
        return {
            f"/rfqs/{item['index']}{fault['pointer']}"
            for item in told["items"]
            for fault in (item["problem"] or {"errors": ()})["errors"]
        }
    assert answer.status_code in {400, 422}, answer.text
    return {fault["pointer"] for fault in told["errors"]}


BODIED = [
    (name, spec["requestBody"]["content"]["application/json"]["schema"])
    for name, (_, _, spec) in OPERATIONS.items()
    if "application/json" in spec.get("requestBody", {}).get("content", {})
]


@pytest.fixture(scope="module")
async def party(http: Any, owner: Any, services: Any) -> Party:
    return await World(http, owner, services).party("buyer", "supplier", "facilitator")


@pytest.mark.parametrize(("name", "schema"), [pytest.param(name, schema, id=name) for name, schema in BODIED])
async def test_no_object_of_a_body_takes_what_is_not_its_own(name: str, schema: Any, party: Party) -> None:
    method, path, spec = OPERATIONS[name]
    example = json.loads((EXAMPLES / f"{snake(name)}.json").read_text())
    path = re.sub(r"\{[^}]+\}", "rfq_" + "0" * 32, path)
    tried = 0
    for pointer, place, known in levels(schema, example):
        forged = sorted(set(FORGED) | (answered(spec) if pointer == "" else set()) - {"items"})
        for start in range(0, len(wanted := [member for member in forged if member not in known]), 40):
            chunk = wanted[start : start + 40]
            place.update(dict.fromkeys(chunk, "forged"))
            answer = await party.request(
                method, path, body=example, headers=HEADERS, key=str(uuid.uuid4()) if method == "POST" else None
            )
            for member in chunk:
                del place[member]
            refused = places(answer)
            assert {f"{pointer}/{member}" for member in chunk} <= refused, answer.text
            tried += len(chunk)
    assert tried >= len(FORGED) // 2
