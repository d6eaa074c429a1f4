"""The real document: what generators of clients need of it, beside what test_operations.py judges."""

import itertools
import re
from typing import Any

import pytest

from api.app import create_app
from api.contract import document
from api.contract.webhooks import TAG
from api.services import Services

CLASH = frozenset(
    "Boolean Class Currency Date Double Enum Error Exception File Float Integer Iterable List Locale Long Map Number "
    "Object Optional Order Package Record Set String System Thread Type Void".split()
)
"""Names that generated Java, C# or Python would take for something else."""


@pytest.fixture(scope="module")
def real(services: Services) -> dict[str, Any]:
    """The document of the application."""
    app: Any = create_app(services).app
    return document(app)


def _operations(real: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, item in real["paths"].items() for method, one in item.items()]


def verb(tag: str, operation_id: str) -> str:
    """The method of an SDK's group: `createRfq` of `Rfqs` is `create`, `getMembers` of `Memberships` stays whole."""
    noun = tag.removesuffix("s")
    return re.sub(f"{noun}s?$", "", operation_id) or operation_id


def test_tag_and_verb_name_one_operation(real: dict[str, Any]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for _, _, operation in _operations(real):
        (tag,) = operation["tags"]
        key = (tag, verb(tag, operation["operationId"]))
        assert seen.setdefault(key, operation["operationId"]) == operation["operationId"], key


def test_every_json_body_has_an_example(real: dict[str, Any]) -> None:
    """From `openapi/examples/`, recorded from requests of the tests that were answered 2xx; each is decoded when it is read."""
    bodies = [
        (operation["operationId"], operation["requestBody"]["content"].get("application/json"))
        for _, _, operation in _operations(real)
        if "requestBody" in operation
    ]
    assert [name for name, body in bodies if body is not None and "example" not in body] == []


def test_no_component_is_called_like_something_of_a_language(real: dict[str, Any]) -> None:
    assert CLASH.isdisjoint(real["components"]["schemas"])


def test_every_component_and_tag_is_described(real: dict[str, Any]) -> None:
    assert [name for name, schema in real["components"]["schemas"].items() if not schema.get("description")] == []
    assert [tag["name"] for tag in real["tags"] if not tag.get("description")] == []


def test_only_requests_refuse_unknown_members(real: dict[str, Any]) -> None:
    schemas = real["components"]["schemas"]

    def reached(todo: list[Any]) -> set[str]:
        found: set[str] = set()
        while todo:
            node = todo.pop()
            if isinstance(node, dict):
                name = str(node.get("$ref", "")).rpartition("/")[2]
                if name in schemas and name not in found:
                    found.add(name)
                    todo.append(schemas[name])
                todo += node.values()
            elif isinstance(node, list):
                todo += node
        return found

    answers = reached([operation["responses"] for _, _, operation in _operations(real)])
    bodies = reached([operation.get("requestBody") for _, _, operation in _operations(real)])
    for name, schema in schemas.items():
        if name in answers:
            assert "additionalProperties" not in schema or isinstance(schema["additionalProperties"], dict), name
        elif name == "TokenRequest":
            assert "additionalProperties" not in schema  # RFC 6749 section 3.2: unrecognised parameters are ignored
        elif name in bodies and "properties" in schema:
            assert schema["additionalProperties"] is False, name


def test_what_webhooks_send_is_the_union_of_the_feed(real: dict[str, Any]) -> None:
    sent = real["webhooks"]["event"]["post"]
    assert sent["tags"] == [TAG]
    body = sent["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/WebhookMessage"}
    assert real["components"]["schemas"]["WebhookMessage"]["properties"]["data"] == {
        "$ref": "#/components/schemas/Event"
    }
    assert {one["name"] for one in sent["parameters"]} == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_paths_are_ambiguous_only_where_no_id_can_be_the_literal(real: dict[str, Any]) -> None:
    """Redocly's rule with one thing more: an id begins with its prefix, so no id is `by-reference` or `batch`."""
    found = set()
    for one, other in itertools.combinations(real["paths"], 2):
        pairs = list(zip(one.split("/"), other.split("/"), strict=False))
        if one.count("/") != other.count("/") or not all(a == b or "{" in a + b for a, b in pairs):
            continue
        literals = [(a, b) if "{" in a else (b, a) for a, b in pairs if ("{" in a) != ("{" in b)]
        ids_apart = any(
            parameter.endswith("_id}") and not re.fullmatch(r"[a-z]{3}_[0-9a-f]{32}", literal)
            for parameter, literal in literals
        )
        if not ids_apart:
            found.add((one, other))
    assert found == set()


def test_every_post_can_be_repeated(real: dict[str, Any]) -> None:
    """A lost answer costs nothing: all but tokens take an `Idempotency-Key`, and it is optional for tus clients alone."""
    found: dict[str, list[str]] = {"IdempotencyKey": [], "IdempotencyKeyOptional": [], "": []}
    for _, method, operation in _operations(real):
        if method == "post":
            given = {str(one.get("$ref", "")).rpartition("/")[2] for one in operation.get("parameters", [])}
            found[next((name for name in found if name in given), "")].append(operation["operationId"])
    assert len(found.pop("IdempotencyKey")) > 80
    assert found == {"IdempotencyKeyOptional": ["createUpload"], "": ["issueToken"]}
