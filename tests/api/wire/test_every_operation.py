"""The rules of every operation, asked of every operation: a new route is covered the moment it exists."""

import re
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest

from api.edge import LARGER_BODIES
from api.generated import openapi_document
from world import World

DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_document())


TUS = {
    "tus-resumable": "1.0.0",
    "upload-offset": "0",
    "upload-length": "1",
    "upload-metadata": "filename YS5wZGY=",
}


class Operation(NamedTuple):
    """One operation as the document has it."""

    name: str
    method: str
    path: str
    spec: dict[str, Any]

    @property
    def public(self) -> bool:
        return bool(self.spec["security"] == [])

    @property
    def scopes(self) -> list[str]:
        return [scope for item in self.spec["security"] for scope in item.get("apiKey", [])]

    @property
    def headers(self) -> set[str]:
        refs = [item["$ref"].rsplit("/", 1)[1] for item in self.spec.get("parameters", []) if "$ref" in item]
        return {DOCUMENT["components"]["parameters"][ref]["name"].lower() for ref in refs if self.required(ref)}

    @staticmethod
    def required(ref: str) -> bool:
        return bool(DOCUMENT["components"]["parameters"][ref]["required"])

    @property
    def body_media(self) -> list[str]:
        return list(self.spec.get("requestBody", {}).get("content", {}))

    def url(self, fill: str = "x") -> str:
        """The path with something in place of each parameter."""
        return re.sub(r"\{[^}]+\}", fill, self.path)

    def needed(self) -> str:
        """A query with what it may not lack."""
        needed = [item for item in self.spec.get("parameters", []) if item.get("in") == "query" and item["required"]]
        query = "&".join(f"{item['name']}={1 if item['schema']['type'] == 'integer' else 'x'}" for item in needed)
        return f"?{query}" if query else ""

    def fitting(self) -> dict[str, str]:
        """Headers with which a request passes the gate."""
        sent = {name: value for name, value in TUS.items() if name in self.headers}
        if "idempotency-key" in self.headers:
            sent["idempotency-key"] = str(uuid.uuid4())
        if "if-match" in self.headers:
            sent["if-match"] = '"1"'
        if self.body_media:
            sent["content-type"] = self.body_media[0].replace("*/*", "application/octet-stream")
        return sent


OPERATIONS = [
    Operation(spec["operationId"], method.upper(), path, spec)
    for path, item in DOCUMENT["paths"].items()
    for method, spec in item.items()
]


def those(wanted: Callable[[Operation], Any]) -> pytest.MarkDecorator:
    """Parametrise over the operations that `wanted` picks."""
    return pytest.mark.parametrize("op", [pytest.param(op, id=op.name) for op in OPERATIONS if wanted(op)])


def is_problem(response: Any, status: int, code: str) -> None:
    """A problem document with this status and code, complete and in the right media type."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    if response.request.method == "HEAD":
        assert response.content == b""
        return
    problem = response.json()
    if response.request.url.path == "/v1/oauth/token":
        assert {"error", "error_description"} <= problem.keys()
        problem = {name: value for name, value in problem.items() if not name.startswith("error_") and name != "error"}
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["type"].endswith(code)
    assert set(problem) == {
        "type", "title", "status", "detail", "instance", "code", "request_id", "errors", "state", "allowed_actions",
    }  # fmt: skip
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["instance"].endswith(problem["request_id"])


@those(lambda op: not op.public)
async def test_without_a_key_nothing_is_answered(op: Operation, world: World) -> None:
    is_problem(await world.http.request(op.method, op.url(), headers=op.fitting()), 401, "unauthenticated")


@those(lambda op: op.scopes)
async def test_each_scope_is_needed(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier", scopes=[])
    is_problem(await party.request(op.method, op.url(), headers=op.fitting()), 403, "scope_missing")


@those(lambda _: True)
async def test_an_unknown_parameter_is_refused(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    response = await party.request(op.method, f"{op.url()}?no_such_parameter=1", headers=op.fitting())
    is_problem(response, 400, "unknown_parameter")


@those(lambda op: op.name != "downloadFile")  # a stored file may be of any kind
async def test_what_cannot_be_answered_is_refused(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    response = await party.request(op.method, op.url(), headers={**op.fitting(), "accept": "text/html"})
    is_problem(response, 406, "not_acceptable")


@those(lambda op: "idempotency-key" in op.headers)
async def test_an_idempotency_key_is_needed(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    headers = op.fitting()
    del headers["idempotency-key"]
    is_problem(await party.request(op.method, op.url(), key="", headers=headers), 400, "idempotency_key_required")


@those(lambda op: "if-match" in op.headers)
async def test_if_match_is_needed(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    headers = op.fitting()
    del headers["if-match"]
    is_problem(await party.request(op.method, op.url(), headers=headers), 428, "version_required")


@those(lambda op: op.body_media == ["application/json"])
async def test_another_content_type_is_refused(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    headers = {**op.fitting(), "content-type": "text/plain"}
    is_problem(await party.request(op.method, op.url(), headers=headers, content=b"{}"), 415, "unsupported_media_type")


@those(lambda op: op.body_media == ["application/json"])
@pytest.mark.parametrize("body", [b"", b"{", b'{"a": NaN}', b"\xff", b'{"a": 1, "a": 2}', b"[" * 100_000])
async def test_a_malformed_body_is_refused(op: Operation, body: bytes, world: World) -> None:
    if not body and not op.spec["requestBody"].get("required", False):
        return  # no body is as good as an empty document here
    party = await world.party("buyer", "supplier")
    response = await party.request(op.method, op.url(), headers=op.fitting(), content=body)
    assert response.status_code in {400, 422}, response.text
    assert response.json()["code"] in {"malformed_body", "invalid_body"}


@those(lambda op: op.body_media == ["application/json"])
async def test_an_unknown_member_is_refused_by_name(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    response = await party.request(op.method, op.url(), headers=op.fitting(), content=b'{"no_such_member": 1}')
    is_problem(response, 422, "invalid_body")


@those(lambda op: op.body_media == ["application/json"])
async def test_an_oversized_body_is_refused(op: Operation, world: World) -> None:
    party = await world.party("buyer", "supplier")
    limit = LARGER_BODIES.get(op.path, world.services.settings.max_body)
    content = b'{"a": "' + b"x" * (limit + 1) + b'"}'
    response = await party.request(op.method, op.url(), headers=op.fitting(), content=content)
    is_problem(response, 413, "too_large")


@those(lambda op: "{" in op.path and not op.body_media)
@pytest.mark.parametrize("fill", ["x", "rfq_zz", "rfq_" + "0" * 32, "..%2f..%2fetc", "%00", "a" * 3000])
async def test_a_malformed_or_foreign_id_is_not_found(op: Operation, fill: str, world: World) -> None:
    party = await world.party("buyer", "supplier", "operator")
    response = await party.request(op.method, op.url(fill) + op.needed(), headers=op.fitting())
    assert response.status_code in {404, 403}, response.text
    assert response.headers["content-type"] == "application/problem+json"


async def test_no_such_route(world: World) -> None:
    is_problem(await world.http.get("/v1/nothing"), 404, "no_such_route")


async def test_another_method(world: World) -> None:
    response = await world.http.delete("/health/live")
    is_problem(response, 405, "method_not_allowed")
    assert "GET" in response.headers["allow"]


async def test_titles_follow_the_language(world: World) -> None:
    english = await world.http.get("/v1/nothing", headers={"accept-language": "en"})
    indonesian = await world.http.get("/v1/nothing", headers={"accept-language": "id-ID,en;q=0.5"})
    assert english.json()["title"] == "No such route"
    assert indonesian.json()["title"] == "Alamat tidak ada"
    assert indonesian.headers["content-language"] == "id"
