"""The canonical document made fit for each generator: `python derive.py openapi.json FOLDER` writes one input per target.

Everything here works around a generator, or keeps an old client alive beside a newer server. None of it is design of
the API: the API is never bent for a generator. The same document gives the same bytes.
"""

import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import names

Json = Any
SCHEMAS = "#/components/schemas/"
METHODS = ("get", "put", "post", "patch", "delete", "head")
STREAMS = "text/event-stream"


class Target(NamedTuple):
    """What one generator needs.

    `closed_inputs`: enumerations that only requests use stay closed, so that a type checker finds a wrong value.
    `streams`: Server-Sent Events stay in; the generator, or ours, knows them.
    `unions`: `tagged` keeps the union and adds an arm for what later servers send; `base` writes the members that all
    arms share, with the arms beside it, and our own code makes a base class of it; `flat` writes one open object with
    every arm's members: for languages whose generators fail on an arm that they do not know.
    `dotted`: operation ids become `rfqs.create`, from which the generator makes groups.
    `old`: OpenAPI 3.0, `nullable` instead of the type null.
    """

    closed_inputs: bool = False
    streams: bool = False
    unions: str = "flat"
    dotted: bool = False
    old: bool = True


TARGETS = {
    "python": Target(closed_inputs=True, streams=True, unions="base", old=False),
    "typescript": Target(closed_inputs=True, unions="tagged", dotted=True, old=False),
    "go": Target(),
    "java": Target(streams=True),
    "php": Target(),
    "csharp": Target(),
}


def rewrite(node: Json, change: Callable[[dict[str, Json]], Json]) -> Json:
    """`node` with every object replaced by what `change` makes of it, from the leaves up."""
    if isinstance(node, dict):
        return change({key: rewrite(value, change) for key, value in node.items()})
    if isinstance(node, list):
        return [rewrite(value, change) for value in node]
    return node


def objects(node: Json) -> Iterator[dict[str, Json]]:
    """Every object in `node`."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def operations(document: Json) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Path, method and operation of each, in the document's order."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def references(node: Json) -> set[str]:
    """Names of the components that `node` refers to by itself."""
    return {
        ref.removeprefix(SCHEMAS)
        for found in objects(node)
        for ref in (found.get("$ref"), *found.get("discriminator", {}).get("mapping", {}).values())
        if isinstance(ref, str) and ref.startswith(SCHEMAS)
    }


def reached(document: Json, roots: Json) -> set[str]:
    """Names of the schemas that are used from `roots`, directly or through others."""
    schemas = document["components"]["schemas"]
    found: set[str] = set()
    todo = references(roots)
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= references(schemas[name]) - found
    return found


def answered(document: Json) -> set[str]:
    """Names of the schemas that an answer, an event or a webhook contains."""
    roots = [operation["responses"] for _, _, operation in operations(document)]
    return reached(document, [roots, document["components"].get("responses", {}), document.get("webhooks", {})])


def is_union(schema: Json) -> bool:
    """Whether it is a tagged union of named arms."""
    return "oneOf" in schema and "discriminator" in schema


def tags(schema: Json) -> dict[str, str]:
    """Tag to name of the arm, of a tagged union."""
    mapping: dict[str, str] = schema["discriminator"]["mapping"]
    return {tag: ref.removeprefix(SCHEMAS) for tag, ref in mapping.items()}


def open_enumeration(schema: dict[str, Json]) -> dict[str, Json]:
    """A closed set of strings or numbers as its type; what is known today is said in words."""
    if not ({"enum", "const"} & schema.keys()) or not isinstance(schema.get("type"), str | list):
        return schema
    values = schema.pop("enum", None) or [schema.pop("const")]
    known = ", ".join(str(value) for value in values if value is not None)
    schema["description"] = f"{schema.get('description', '')}\n\nKnown values: {known}.".strip()
    return schema


def drop_noise(document: Json, target: Target) -> None:
    """Without what clients do not call or generators do not know: webhooks, links, 304, streams, second media types."""
    document.pop("webhooks", None)
    for path, method, operation in list(operations(document)):
        operation.pop("x-codeSamples", None)
        for parameter in operation.get("parameters", []):
            if parameter.get("in") == "path":  # some check it before they ask: an old client would refuse the ids of a later server
                parameter["schema"].pop("pattern", None)
        if method == "head":  # asked by the hand-written parts, which send uploads
            del document["paths"][path][method]
            continue
        answers = operation["responses"]
        answers.pop("304", None)
        for answer in answers.values():
            answer.pop("links", None)
        if any(STREAMS in answer.get("content", {}) for answer in answers.values()) and not target.streams:
            del document["paths"][path][method]
            continue
        for status, answer in answers.items():
            content = answer.get("content", {})
            for described in content.values():
                described.pop("example", None)
            if status[0] != "2" or not content or STREAMS in content:
                continue
            kept = "application/json" if "application/json" in content else next(iter(content))
            # A wildcard makes method names and Accept headers of some generators invalid.
            answer["content"] = {"application/octet-stream" if kept == "*/*" else kept: content[kept]}
    document["paths"] = {path: item for path, item in document["paths"].items() if item}


def one_scheme(document: Json) -> None:
    """Key and token are both sent as a bearer: the flow behind a token is the hand-written part's."""
    document["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    if document.get("security"):
        document["security"] = [{"bearer": []}]
    for _, _, operation in operations(document):
        if operation.get("security"):
            operation["security"] = [{"bearer": []}]


def open_values(document: Json, *, closed_inputs: bool) -> None:
    """Enumerations of answers grow: a value that is not known yet must decode."""
    seen = answered(document)
    schemas = document["components"]["schemas"]
    arms = {name for schema in schemas.values() if is_union(schema) for name in tags(schema).values()}
    for name, schema in schemas.items():
        if closed_inputs and name not in seen:
            continue
        tag = _tag_of(schemas, name) if name in arms else None
        kept = schema["properties"].pop(tag) if tag else None
        changed = rewrite(schema, open_enumeration)
        if tag:
            changed["properties"] = {tag: kept, **changed["properties"]}
        schemas[name] = changed
    if not closed_inputs:
        document["paths"] = rewrite(document["paths"], open_enumeration)


def _tag_of(schemas: Json, arm: str) -> str | None:
    for schema in schemas.values():
        if is_union(schema) and arm in tags(schema).values():
            name: str = schema["discriminator"]["propertyName"]
            return name
    return None


def shared(document: Json, union: Json) -> dict[str, Json]:
    """An open object of the members that every arm has in the same shape; the tag is any string."""
    schemas = document["components"]["schemas"]
    tag = union["discriminator"]["propertyName"]
    first, *rest = [schemas[arm] for arm in tags(union).values()]
    members = {
        name: {"type": "string", "maxLength": 200} if name == tag else schema
        for name, schema in first["properties"].items()
        if name == tag or all(arm["properties"].get(name) == schema for arm in rest)
    }
    required = [name for name in members if all(name in arm.get("required", ()) for arm in (first, *rest))]
    return {"type": "object", "properties": members, "required": required, "additionalProperties": True}


def open_unions(document: Json, *, base: bool) -> set[str]:
    """Each union gets an arm for what later servers may send. Answers the names of the arms."""
    schemas = document["components"]["schemas"]
    made: set[str] = set()
    for name in [name for name, schema in schemas.items() if is_union(schema)]:
        union = schemas[name]
        tag = union["discriminator"]["propertyName"]
        common = shared(document, union)
        for value, arm in tags(union).items():
            described = schemas[arm]["properties"][tag]
            schemas[arm]["properties"][tag] = {**_without(described, "enum"), "type": "string", "const": value}
        told = f"A kind of `{name}` that this version does not know; its members are kept as they came."
        schemas[f"Unknown{name}"] = common | {"description": told}
        made |= {f"Unknown{name}", *tags(union).values()}
        if base:
            described = {"description": union.get("description", name), "x-tag": tag, "x-arms": tags(union)}
            schemas[name] = common | described
        else:
            # The unknown arm fits every tag, so that no one arm can be chosen by it.
            del union["discriminator"]
            union["anyOf"] = [*union.pop("oneOf"), {"$ref": f"{SCHEMAS}Unknown{name}"}]
    return made


def flatten_unions(document: Json) -> None:
    """Each union becomes one object: members of every arm are typed where all agree, the tag is an open string.

    What only some arms have, or have in different shapes, is free JSON: a helper decodes it by the tag.
    """
    schemas = document["components"]["schemas"]
    for name in [name for name, schema in schemas.items() if is_union(schema)]:
        union = schemas[name]
        tag = union["discriminator"]["propertyName"]
        arms = [schemas[arm] for arm in tags(union).values()]
        members: dict[str, Json] = {}
        for arm in arms:
            for member, schema in arm["properties"].items():
                shape = {"type": "string", "maxLength": 200} if member == tag else schema
                if members.setdefault(member, shape) != shape:
                    members[member] = {"type": "object", "additionalProperties": True}
        required = [m for m in members if all(m in arm.get("required", ()) for arm in arms)]
        known = ", ".join(tags(union))
        schemas[name] = {
            "type": "object",
            "description": f"{union.get('description', '')}\n\nKnown values of `{tag}`: {known}.".strip(),
            "properties": members,
            "required": required,
        }


def _without(schema: dict[str, Json], *names: str) -> dict[str, Json]:
    return {key: value for key, value in schema.items() if key not in names}


def older(document: Json) -> Json:
    """As OpenAPI 3.0.3: `nullable` for the type null, `enum` for `const`, one `example`."""

    def change(node: dict[str, Json]) -> Json:
        kinds = node.get("type")
        if isinstance(kinds, list):
            node["type"] = next(kind for kind in kinds if kind != "null")
            if "null" in kinds:
                node["nullable"] = True
        if isinstance(node.get("enum"), list):
            node["enum"] = [value for value in node["enum"] if value is not None]
        if "const" in node:
            node["enum"] = [node.pop("const")]
        for word in ("anyOf", "oneOf"):
            arms = node.get(word)
            if isinstance(arms, list) and {"type": "null"} in arms:
                rest = [arm for arm in arms if arm != {"type": "null"}]
                node = _without(node, word) | ({"allOf": rest} if len(rest) == 1 else {word: rest})
                node["nullable"] = True
        if "type" in node or "$ref" in node:
            node.pop("examples", None)
        return node

    changed = rewrite(document, change)
    changed["openapi"] = "3.0.3"
    return changed


def unused_away(document: Json, kept: set[str]) -> None:
    """Without components that nothing refers to any more, except `kept` and what they refer to."""
    schemas = document["components"]["schemas"]
    kept = kept | reached(document, [schemas[name] for name in sorted(kept)]) | reached(document, [document["paths"], document["components"].get("responses", {})])
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in kept}


def derive(canonical: Json, target: Target) -> Json:
    """The document for one target."""
    document = copy.deepcopy(canonical)
    # What webhooks deliver is decoded too, though their operations are nobody's to call.
    open_values(document, closed_inputs=target.closed_inputs)
    drop_noise(document, target)
    one_scheme(document)
    # The hand-written part of every SDK sends a key with each POST that has none.
    document["components"].get("parameters", {}).get("IdempotencyKey", {})["required"] = False
    kept: set[str] = set()
    if target.unions == "flat":
        flatten_unions(document)
    else:
        kept = open_unions(document, base=target.unions == "base")
    if target.dotted:
        for _, _, operation in operations(document):
            operation["operationId"] = f"{names.camel(names.group(operation))}.{names.camel(names.method(operation))}"
    unused_away(document, kept)
    return older(document) if target.old else document


def main() -> None:
    """Write every input."""
    canonical = json.loads(Path(sys.argv[1]).read_text())
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, target in TARGETS.items():
        (folder / f"{name}.json").write_text(json.dumps(derive(canonical, target), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
