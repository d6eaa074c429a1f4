"""The links of the document: from what was created to what can be done with it, from a list to its items."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from api.generated import openapi_document

DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_document())
UNLINKED = {"recordHeartbeat", "putInspectionPlan", "publishAddendum", "testWebhookEndpoint"}
"""What they create is read with its order, its RFQ or its endpoint, and has no operations of its own."""


def operations() -> dict[str, tuple[str, Any]]:
    return {
        operation["operationId"]: (path, operation)
        for path, item in DOCUMENT["paths"].items()
        for operation in item.values()
    }


def links() -> Iterator[tuple[str, str, Any]]:
    for name, (_, operation) in operations().items():
        for status, answer in operation["responses"].items():
            yield from ((name, status, link) for link in answer.get("links", {}).values())


def test_a_link_gives_every_path_parameter_of_where_it_leads() -> None:
    known = operations()
    for source, status, link in links():
        path, _ = known[link["operationId"]]
        names = set(re.findall(r"\{(\w+)\}", path))
        assert names <= link["parameters"].keys() <= names | {"If-Match"}, (source, link)
        for name, expression in link["parameters"].items():
            where, _, rest = expression.partition("#")
            if where == "$response.body":
                assert holds(source, status, rest.strip("/").split("/")), (source, link)
            elif expression.startswith("$request.path."):
                assert "{" + expression.removeprefix("$request.path.") + "}" in known[source][0]
            else:
                assert (name, expression) == ("If-Match", "$response.header.ETag")
                assert "ETag" in known[source][1]["responses"][status]["headers"]


def holds(source: str, status: str, steps: list[str]) -> bool:
    """Whether the answer's schema has such a place."""
    _, operation = operations()[source]
    schema = operation["responses"][status]["content"]["application/json"]["schema"]
    for step in steps:
        resolved = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        schema = resolved["items"] if step == "0" else resolved.get("properties", {}).get(step)
        if schema is None:
            return False
    return bool(schema["type"] == "string")


def test_whatever_creates_leads_on() -> None:
    creating = {name for name, (_, operation) in operations().items() if "201" in operation["responses"]}
    assert creating - {source for source, status, _ in links() if status == "201"} == UNLINKED


def test_an_rfq_leads_to_its_publication_with_its_version() -> None:
    found = {link["operationId"]: link["parameters"] for source, _, link in links() if source == "createRfq"}
    assert found["publishRfq"] == {"rfq_id": "$response.body#/id", "If-Match": "$response.header.ETag"}
    assert {"getRfq", "updateRfq", "deleteRfq", "createQuote", "listQuestions"} <= found.keys()


def test_a_list_leads_to_its_first_item_alone() -> None:
    found = {link["operationId"] for source, _, link in links() if source == "listAwardScenarios"}
    assert found == {"getAwardScenario"}
