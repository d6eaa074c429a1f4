"""What a good document never contains. A test asserts that ours has no faults; each names its place."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from api.contract.schemas import references
from api.contract.shared import JSON, PROBLEM, SCHEMAS

_PASCAL: Final = re.compile(r"([A-Z][a-z0-9]*)+")
_CAMEL: Final = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*")
_BOUNDED_FORMATS: Final = {"date-time", "date"}
_SUMMARY: Final = 100
_SAMPLES: Final = "x-codeSamples"


def faults(document: dict[str, Any]) -> list[str]:
    """Everything wrong with `document`, one sentence each; empty when it is good."""
    found = [*_references(document), *_components(document)]
    seen: Counter[str] = Counter()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            where = f"{method.upper()} {path}"
            seen[operation["operationId"]] += 1
            found += _words(where, operation)
            found += _parameters(where, operation, document)
            found += _bodies(where, operation, document)
    found += [f"operationId {name} is used {count} times" for name, count in seen.items() if count > 1]
    return found


def _references(document: dict[str, Any]) -> Iterator[str]:
    for reference in sorted(set(references(document))):
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node.get(step) if isinstance(node, dict) else None
        if node is None:
            yield f"{reference} leads nowhere"


def _components(document: dict[str, Any]) -> Iterator[str]:
    components = document["components"]
    for name, schema in components["schemas"].items():
        if not _PASCAL.fullmatch(name):
            yield f"component {name} is not in PascalCase"
        is_request = schema.get("additionalProperties") is False
        yield from _schema(f"component {name}", schema, is_request=is_request, is_top=True)
    for kind in ("parameters", "headers"):
        for name, part in components.get(kind, {}).items():
            yield from _schema(f"{kind} {name}", part["schema"])


def _words(where: str, operation: dict[str, Any]) -> Iterator[str]:
    if not _CAMEL.fullmatch(operation["operationId"]):
        yield f"{where}: operationId {operation['operationId']} is not in lowerCamelCase"
    tags = operation.get("tags") or []
    if len(tags) != 1 or not _PASCAL.fullmatch(tags[0]):
        yield f"{where}: needs exactly one tag, in PascalCase, and has {tags}"
    if not operation.get("summary") or len(operation["summary"]) > _SUMMARY:
        yield f"{where}: the docstring's first paragraph is the summary, ≤ {_SUMMARY} characters"
    if not operation.get("description"):
        yield f"{where}: the docstring needs a second paragraph, the description"
    yield from (f"{where}: {key} is noise" for key in operation if key.startswith("x-") and key != _SAMPLES)


def _parameters(where: str, operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    names = set()
    for parameter in operation.get("parameters", []):
        target = _resolve(parameter, document)
        names.add(target["name"])
        if not target.get("description"):
            yield f"{where}: parameter {target['name']} has no description"
        if "$ref" not in parameter:
            yield from _schema(f"{where}: parameter {target['name']}", target["schema"])
    if re.match(r"list[A-Z]", operation["operationId"]) and not names >= {"limit", "after"}:
        yield f"{where}: a list takes `limit` and `after`"


def _bodies(where: str, operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    contents = [("request body", operation.get("requestBody", {}).get("content", {}))]
    for status, response in operation["responses"].items():
        if status[0] in "45":
            content = _resolve(response, document).get("content", {})
            schema = content.get(PROBLEM, {}).get("schema")
            if "$ref" not in response or set(content) != {PROBLEM} or schema != {"$ref": f"{SCHEMAS}Problem"}:
                yield f"{where}: {status} is not a Problem from components/responses"
        else:
            contents.append((f"answer {status}", response.get("content", {})))
    for what, content in contents:
        for media_type, described in content.items():
            if media_type == JSON and "$ref" not in described["schema"]:
                yield f"{where}: the {what} is an inline schema; give it a named type"


def _schema(where: str, schema: dict[str, Any], *, is_request: bool = False, is_top: bool = False) -> Iterator[str]:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    is_closed = "enum" in schema or "const" in schema
    is_bounded = "maxLength" in schema or schema.get("format") in _BOUNDED_FORMATS
    if "string" in kinds and not is_closed and not is_bounded:
        yield f"{where}: a string without maxLength"
    if "integer" in kinds and not is_closed:
        if "format" not in schema:
            yield f"{where}: an integer without format (use Int64, Count or Positive)"
        if is_request and not (_bounded(schema, "inimum") and _bounded(schema, "aximum")):
            yield f"{where}: an integer that a client sends without minimum and maximum"
    if "array" in kinds and "maxItems" not in schema:
        yield f"{where}: an array without maxItems"
    if "properties" in schema and not is_top:
        yield f"{where}: an inline object; give it a named type"
    if isinstance(schema.get("additionalProperties"), dict) and "maxProperties" not in schema:
        yield f"{where}: a map without maxProperties"
    yield from (f"{where}: {key} is noise" for key in schema if key.startswith("x-"))
    for step, inner in _inner(schema):
        yield from _schema(f"{where}{step}", inner, is_request=is_request)


def _inner(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, member in schema.get("properties", {}).items():
        yield f".{name}", member
    if isinstance(schema.get("items"), dict):
        yield "[]", schema["items"]
    if isinstance(schema.get("additionalProperties"), dict):
        yield ".*", schema["additionalProperties"]
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for arm in schema.get(key, []):
            yield "", arm


def _bounded(schema: dict[str, Any], end: str) -> bool:
    return f"m{end}" in schema or f"exclusiveM{end}" in schema


def _resolve(part: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref")
    if reference is None:
        return part
    _, _, kind, name = reference.split("/")
    return dict(document["components"][kind].get(name, {}))
