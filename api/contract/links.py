"""OpenAPI links, by rule: what an answer holds that other operations ask for.

* a creation (201) leads to every operation whose path takes the new id besides what the request's own path holds, with the
  version where that one takes `If-Match`;
* a list leads to the read of its first item.

Clients may ignore them; tools that walk the document, and people, learn from them which id goes where.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from api.contract.shared import JSON, SCHEMAS

Json = dict[str, Any]
_CREATED = "201"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_IF_MATCH = frozenset({"#/components/parameters/IfMatch", "#/components/parameters/IfMatchOptional"})


class _Target(NamedTuple):
    operation: Json
    method: str
    path: str
    names: frozenset[str]

    @property
    def takes_version(self) -> bool:
        return any(one.get("$ref") in _IF_MATCH for one in self.operation.get("parameters", []))


def write_links(document: Json) -> None:
    """Put the links into the answers of `document`."""
    targets = [
        _Target(operation, method, path, frozenset(re.findall(r"\{(\w+)\}", path)))
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    for source in targets:
        for status, answer in source.operation["responses"].items():
            reference = answer.get("content", {}).get(JSON, {}).get("schema", {}).get("$ref")
            if status in {"200", "201"} and reference is not None:
                found = dict(_links(document, source, status, reference.removeprefix(SCHEMAS), targets))
                if found:
                    answer["links"] = found


def _links(document: Json, source: _Target, status: str, schema: str, targets: list[_Target]) -> Iterator[Any]:
    is_list = source.operation["operationId"].startswith("list")
    if not is_list and status != _CREATED:
        return
    noun, pointer = _held(document, schema, is_list=is_list)
    parameter = _parameter(noun, {name for target in targets for name in target.names})
    has_version = "ETag" in source.operation["responses"][status].get("headers", {})
    for target in targets:
        if parameter not in target.names or target.names - {parameter} - source.names or target is source:
            continue
        if is_list and not (target.method == "get" and target.path.endswith(f"/{{{parameter}}}")):
            continue
        parameters = {name: f"$request.path.{name}" for name in sorted(target.names - {parameter})}
        parameters[parameter] = f"$response.body#{pointer}"
        if not is_list and target.takes_version and has_version:
            parameters["If-Match"] = "$response.header.ETag"
        name = target.operation["operationId"]
        yield name, {"operationId": name, "parameters": parameters}


def _held(document: Json, schema: str, *, is_list: bool) -> tuple[str, str]:
    """What the answer holds the id of, and where: `("rfq", "/id")`."""
    schemas = document["components"]["schemas"]
    members = schemas[schema].get("properties", {})
    if is_list:
        item = members.get("items", {}).get("items", {}).get("$ref", "").removeprefix(SCHEMAS)
        return (_snake(item), "/items/0/id") if item else ("", "")
    if "id" in members:
        return _snake(schema), "/id"
    for name, member in members.items():
        inner = member.get("$ref", "").removeprefix(SCHEMAS)
        if "id" in schemas.get(inner, {}).get("properties", {}):
            return name, f"/{name}/id"
    return "", ""


def _parameter(noun: str, known: set[str]) -> str:
    """The path parameter of a component: `rfq_id` of `rfq`, `file_id` of `stored_file`, `return_id` of `return_shipment`."""
    words = noun.removesuffix("_card").split("_")
    for candidate in ("_".join(words), "_".join(words[1:]), words[0]):
        if candidate and f"{candidate}_id" in known:
            return f"{candidate}_id"
    return ""


def _snake(name: str) -> str:
    return _CAMEL.sub("_", name).lower()
