"""The gate against breaking changes: a table of mutations of the real document, each judged right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api import generated
from api.contract.changes import breaking, major, surface

Json = dict[str, Any]


def _part() -> Json:
    """The real document with fewer paths and arms, as each mutation is compared with all of it."""
    whole: Json = json.loads((Path(__file__).parents[2] / "openapi" / "openapi.json").read_bytes())
    kept = ("/v1/rfqs", "/v1/registrations")
    whole["paths"] = {path: item for path, item in whole["paths"].items() if path.startswith(kept)}
    arms = whole["components"]["schemas"]["Event"]["oneOf"]
    arms[:] = [arm for arm in arms if "/Rfq" in arm["$ref"]]
    return whole


DOCUMENT: Json = _part()
CONTENT = json.dumps(DOCUMENT)
CREATE = ("paths", "/v1/rfqs", "post")
LIST = ("paths", "/v1/rfqs", "get")
GET = ("paths", "/v1/rfqs/{rfq_id}", "get")
SCHEMAS = ("components", "schemas")
BODY = (*SCHEMAS, "RfqCreate")
ANSWER = (*SCHEMAS, "Rfq")
Change = Callable[[Json], object]


def at(document: Json, path: tuple[str, ...]) -> Any:
    node: Any = document
    for step in path:
        node = node[step]
    return node


def drop(*path: str) -> Change:
    return lambda document: at(document, path[:-1]).pop(path[-1])


def put(value: Any, *path: str) -> Change:
    def change(document: Json) -> None:
        at(document, path[:-1])[path[-1]] = value

    return change


def add(value: Any, *path: str) -> Change:
    return lambda document: at(document, path).append(value)


def remove(value: Any, *path: str) -> Change:
    return lambda document: at(document, path).remove(value)


def both(*changes: Change) -> Change:
    def change(document: Json) -> None:
        for one in changes:
            one(document)

    return change


def parameter(name: str, **changes: Any) -> Change:
    """Change the schema of a query parameter of listRfqs."""

    def change(document: Json) -> None:
        (found,) = [one for one in at(document, (*LIST, "parameters")) if one.get("name") == name]
        found["schema"] |= changes

    return change


def _no_parameter(document: Json) -> None:
    parameters = at(document, (*LIST, "parameters"))
    parameters[:] = [one for one in parameters if one.get("name") != "after"]


TEXT = {"type": "string", "maxLength": 10}
EXTRA = {"name": "colour", "in": "query", "schema": TEXT}
BREAKS: list[tuple[str, Change]] = [
    ("an operation removed", drop(*LIST)),
    ("a path moved", lambda one: one["paths"].update({"/v1/requests": one["paths"].pop("/v1/rfqs")})),
    ("an operation renamed", put("makeRfq", *CREATE, "operationId")),
    ("a tag renamed", put(["Requests"], *CREATE, "tags")),
    ("a status removed", drop(*CREATE, "responses", "201")),
    ("an error removed", drop(*CREATE, "responses", "422")),
    ("a response header removed", drop(*CREATE, "responses", "201", "headers", "ETag")),
    ("a media type removed", drop(*GET, "responses", "200", "content", "application/json")),
    ("a scope added", put([{s: ["rfqs:write", "rfqs:publish"]} for s in ("apiKey", "oauth2")], *CREATE, "security")),
    ("a public operation closed", put([{"apiKey": []}], "paths", "/v1/registrations", "post", "security")),
    ("a parameter removed", _no_parameter),
    ("a parameter new and required", add({**EXTRA, "required": True}, *LIST, "parameters")),
    ("a parameter's default changed", parameter("limit", default=20)),
    ("a parameter's maximum lowered", parameter("limit", maximum=10)),
    ("a request member removed", drop(*BODY, "properties", "title")),
    ("a request member required", add("nda_text", *BODY, "required")),
    (
        "a request member new and required",
        both(put(TEXT, *BODY, "properties", "colour"), add("colour", *BODY, "required")),
    ),
    ("a request string shortened", put(5, *BODY, "properties", "title", "maxLength")),
    ("a request string patterned", put("^x$", *BODY, "properties", "title", "pattern")),
    ("a request array shortened", put(1, *BODY, "properties", "lines", "maxItems")),
    ("a request type changed", put("integer", *BODY, "properties", "title", "type")),
    ("a request value removed", lambda one: at(one, (*BODY, "properties", "intent", "enum")).pop()),
    ("a request default changed", put("benchmark", *BODY, "properties", "intent", "default")),
    ("a request body required", put(True, "paths", "/v1/rfqs/{rfq_id}/reissue", "post", "requestBody", "required")),
    ("a response member removed", drop(*ANSWER, "properties", "title")),
    ("a response member no longer promised", remove("title", *ANSWER, "required")),
    ("a response member nullable", put(["string", "null"], *ANSWER, "properties", "title", "type")),
    ("a response format changed", put("int32", *SCHEMAS, "Rfq", "properties", "revision", "format")),
    ("a response string longer", put(9999, *ANSWER, "properties", "title", "maxLength")),
    ("a response component renamed", put({"$ref": "#/components/schemas/Problem"}, *ANSWER, "properties", "title")),
    ("an arm removed", lambda one: at(one, (*SCHEMAS, "Event", "oneOf")).pop()),
    ("a discriminator renamed", put("kind", *SCHEMAS, "Event", "discriminator", "propertyName")),
    ("an event's member removed", drop(*SCHEMAS, "RfqPublishedEventData", "properties", "title")),
    ("a webhook removed", drop("webhooks", "event")),
]
PASSES: list[tuple[str, Change]] = [
    ("nothing", lambda _: None),
    ("an operation added", put({"get": at(DOCUMENT, LIST)}, "paths", "/v1/more")),
    ("a status added", put(at(DOCUMENT, GET)["responses"]["404"], *LIST, "responses", "410")),
    ("a parameter added", add(EXTRA, *LIST, "parameters")),
    ("a parameter's maximum raised", parameter("limit", maximum=500)),
    ("a request member added", put(TEXT, *BODY, "properties", "colour")),
    ("a request member no longer required", remove("title", *BODY, "required")),
    ("a request string longer", put(9999, *BODY, "properties", "title", "maxLength")),
    ("a request member nullable", put(["string", "null"], *BODY, "properties", "title", "type")),
    ("a request value added", add("exploratory", *BODY, "properties", "intent", "enum")),
    (
        "a response member added",
        both(put(TEXT, *ANSWER, "properties", "colour"), add("colour", *ANSWER, "required")),
    ),
    ("a response string shorter", put(5, *ANSWER, "properties", "title", "maxLength")),
    ("an arm added", add({"$ref": "#/components/schemas/Problem"}, *SCHEMAS, "Event", "oneOf")),
    ("an event's member added", put(TEXT, *SCHEMAS, "RfqPublishedEventData", "properties", "colour")),
    ("a scope no longer needed", put([{"apiKey": []}, {"oauth2": []}], *CREATE, "security")),
    ("another way to be let in", add({"mutualTls": ["rfqs:write"]}, *CREATE, "security")),
    ("a description changed", put("Otherwise said.", *CREATE, "description")),
]


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in BREAKS])
def test_what_breaks_clients_is_found(change: Change) -> None:
    changed = json.loads(CONTENT)
    change(changed)
    assert breaking(DOCUMENT, changed)


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in PASSES])
def test_what_only_adds_passes(change: Change) -> None:
    changed = json.loads(CONTENT)
    change(changed)
    assert breaking(DOCUMENT, changed) == []


def test_the_document_breaks_nothing_of_the_last_release() -> None:
    assert generated.broken() == []


def test_a_breaking_change_needs_a_new_major_version(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = json.loads(generated.openapi_document())
    drop(*LIST)(changed)
    for version, count in (("0.1.9", 1), ("0.2.0", 0), ("1.0.0", 0)):
        changed["info"]["version"] = version
        content = json.dumps(changed).encode()
        monkeypatch.setattr(generated, "openapi_document", lambda content=content: content)
        assert len(generated.broken()) == count, version
    assert major("1.9.3") == major("1.0.0") < major("2.0.0")


def test_the_surface_names_what_sdks_are_made_of() -> None:
    shown = surface(DOCUMENT)
    assert "createRfq" in shown["operations"]["Rfqs"]
    assert "RfqPublished" in shown["components"]
    assert shown["defaults"]["listRfqs query limit"] == 50
