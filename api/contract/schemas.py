"""Types → `components/schemas`, by msgspec, with what msgspec gets wrong put right.

A tagged union needs a name to be a component: `Spec = Annotated[Turning | Casting, Meta(title="Spec")]`. A map may
have one: `Facts = Annotated[dict[str, Any], Meta(title="Facts")]` is an object of any members.
"""

import inspect
import re
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal

import msgspec
from msgspec import inspect as types

from api.contract.shared import SCHEMAS

_PASCAL = re.compile(r"([A-Z][a-z0-9]*)+")
_ONE = ("items", "additionalProperties", "propertyNames")
_MANY = ("anyOf", "oneOf", "allOf", "prefixItems")


class Schemas:
    """Gathers the components while the operations are written."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}
        self._classes: dict[str, Any] = {}
        self._literals: dict[frozenset[Any], list[Any]] = {}

    def of(self, annotation: Any) -> dict[str, Any]:
        """The schema of `annotation`: a `$ref` for what has a name. Raises TypeError for a bad type."""
        self._note_literals(annotation)
        for cls in _classes(types.type_info(annotation)):
            self._admit(cls)
        (top,), parts = msgspec.json.schema_components((annotation,), ref_template=SCHEMAS + "{name}")
        for name, part in parts.items():
            if name not in self.components:
                self.components[name] = self._component(self._classes[name], part)
        return self._tidy(top)

    def _admit(self, cls: Any) -> None:
        """Each component has one class and a name that SDKs can use."""
        if not isinstance(cls, type):
            message = f"{cls}: a bare generic has no stable name; write `class RfqPage(Page[Rfq])`"
            raise TypeError(message)
        name = cls.__name__
        if not _PASCAL.fullmatch(name):
            message = f"{cls.__module__}.{name}: a component is named in PascalCase"
            raise TypeError(message)
        other = self._classes.setdefault(name, cls)
        if other is not cls:
            message = f"two components are called {name}: {other.__module__} and {cls.__module__}; rename one"
            raise TypeError(message)
        if issubclass(cls, msgspec.Struct):
            for field in msgspec.structs.fields(cls):
                self._note_literals(field.type)

    def _note_literals(self, annotation: Any) -> None:
        """Remember the order in which the values of a Literal are declared: msgspec sorts them."""
        arguments = typing.get_args(annotation)
        if typing.get_origin(annotation) is Literal:
            self._literals.setdefault(frozenset(arguments), list(arguments))
        else:
            for argument in arguments:
                self._note_literals(argument)

    def _component(self, cls: Any, schema: dict[str, Any]) -> dict[str, Any]:
        tidy = self._tidy(schema)
        if issubclass(cls, Enum):
            values = [member.value for member in cls]
            tidy["enum"] = values
            tidy = {"type": _type_of(values), **tidy}
            tidy.pop("const", None)
        return tidy

    def _tidy(self, schema: dict[str, Any]) -> dict[str, Any]:
        """`schema` and everything in it, rewritten bottom-up."""
        out = {key: self._inner(key, value) for key, value in schema.items() if not (key == "required" and not value)}
        if "description" in out:
            out["description"] = inspect.cleandoc(out["description"])
        if "pattern" in out:  # Python's \Z is what ECMA 262 calls $
            out["pattern"] = re.sub(r"\\Z$", "$", out["pattern"])
        if out.get("default", ...) is None:
            del out["default"]
        title = out.pop("title", None)
        if "discriminator" in out:
            return self._union(title, out)
        if "enum" in out:
            return self._closed(out)
        if title is not None and out.get("type") == "object" and "properties" not in out:
            return self._map(title, out)
        return _arms(out) if "anyOf" in out else out

    def _inner(self, key: str, value: Any) -> Any:
        """Go into schemas, and nowhere else: an example may hold anything, a property any name."""
        if key in _ONE and isinstance(value, dict):
            return self._tidy(value)
        if key in _MANY:
            return [self._tidy(arm) for arm in value]
        if key == "properties":
            return {name: self._tidy(member) for name, member in value.items()}
        return value

    def _closed(self, out: dict[str, Any]) -> dict[str, Any]:
        """The values of a Literal or of a union's tag, typed and in the order of their declaration."""
        values = self._literals.get(frozenset(out["enum"]), out["enum"])
        kept = {key: value for key, value in out.items() if key != "enum"}
        if len(values) == 1:
            return {"type": _type_of(values), "const": values[0], **kept}
        return {"type": _type_of(values), "enum": list(values), **kept}

    def _map(self, name: str, out: dict[str, Any]) -> dict[str, Any]:
        """A map with a name is a component of its own; returns the `$ref`."""
        if name in self._classes or self.components.setdefault(name, out) != out:
            message = f"two components are called {name}; rename one"
            raise TypeError(message)
        return {"$ref": SCHEMAS + name}

    def _union(self, name: str | None, out: dict[str, Any]) -> dict[str, Any]:
        """A tagged union is a component of its own; returns the `$ref`."""
        arms = [arm["$ref"].removeprefix(SCHEMAS) for arm in out["anyOf"]]
        if name is None:
            message = f"the union of {', '.join(arms)} needs a name: Annotated[A | B, Meta(title='Name')]"
            raise TypeError(message)
        union: dict[str, Any] = {"oneOf": out["anyOf"], "discriminator": out["discriminator"]}
        if "description" in out:
            union = {"description": out["description"], **union}
        known = self.components.setdefault(name, union)
        if known.get("oneOf") != union["oneOf"] or name in self._classes:
            message = f"two components are called {name}; rename one"
            raise TypeError(message)
        kept: dict[str, Any] = {key: out[key] for key in ("default", "examples") if key in out}
        if "description" in union and union["description"] != known.get("description"):
            kept["description"] = union["description"]
        return {"$ref": SCHEMAS + name, **kept}


def close_requests(document: dict[str, Any]) -> None:
    """Leave `additionalProperties: false` only where no answer leads: clients must tolerate new members."""
    schemas = document["components"]["schemas"]
    answers = [operation["responses"] for item in document["paths"].values() for operation in item.values()]
    todo = [*references(answers), *references(document["components"].get("responses"))]
    seen = set()
    while todo:
        name = todo.pop().removeprefix(SCHEMAS)
        if name in schemas and name not in seen:
            seen.add(name)
            if schemas[name].get("additionalProperties") is False:
                del schemas[name]["additionalProperties"]
            todo += references(schemas[name])


def describe_members(components: dict[str, dict[str, Any]], words: Mapping[str, str]) -> None:
    """Give each member without a description the one for it; what refers to a component is described there."""
    for component, schema in components.items():
        for name, member in schema.get("properties", {}).items():
            text = words.get(f"{component}.{name}") or words.get(name)
            if text and "description" not in member and not refers(member):
                member["description"] = text


def refers(member: dict[str, Any]) -> bool:
    """Whether a member is another component, or null."""
    arms = [arm for arm in member.get("anyOf", [member]) if arm != {"type": "null"}]
    return all("$ref" in arm for arm in arms)


def references(node: Any) -> Iterator[str]:
    """Every `$ref` in `node`."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def _arms(out: dict[str, Any]) -> dict[str, Any]:
    """`anyOf`, as plainly as 3.1 allows: `X | Unset` is X, and a nullable X is `type: [x, "null"]`."""
    rest = {key: value for key, value in out.items() if key != "anyOf"}
    arms = [arm for arm in out["anyOf"] if arm != {"type": "null"}]
    nullable = len(arms) < len(out["anyOf"])
    if len(arms) != 1:
        return out
    arm = arms[0]
    if not nullable:
        return {**arm, **rest}
    if not isinstance(arm.get("type"), str):
        return out
    merged = {**arm, "type": [arm["type"], "null"], **rest}
    if "const" in merged:
        merged["enum"] = [merged.pop("const")]
    if "enum" in merged:
        merged["enum"] = [*merged["enum"], None]
    return merged


def _type_of(values: list[Any]) -> str:
    return "string" if all(isinstance(value, str) for value in values) else "integer"


def _classes(info: types.Type) -> Iterator[Any]:
    """Every class that becomes a component, once."""
    seen: list[Any] = []
    todo: list[Any] = [info]
    while todo:
        match todo.pop():
            case types.StructType(cls=cls, fields=fields) if cls not in seen:
                seen.append(cls)
                todo += [field.type for field in fields]
            case types.EnumType(cls=cls) if cls not in seen:
                seen.append(cls)
            case types.Metadata(type=inner):
                todo.append(inner)
            case types.CollectionType(item_type=inner):
                todo.append(inner)
            case types.TupleType(item_types=several) | types.UnionType(types=several):
                todo += several
            case types.DictType(key_type=key, value_type=value):
                todo += [key, value]
    yield from seen
