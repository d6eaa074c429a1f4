"""What a change of the document breaks for clients: the comparer behind `make verify`.

`breaking(old, new)` names each place. What clients send may only become easier, what they receive only more certain:

* a request may not lose a member, need a new one, or admit less of one;
* an answer may not lose a member, or leave out or void one that was promised; it may have more values (enums are open,
  `Literal`s are not);
* an operation, status, tag, name, scope, media type or default stays as it is.

Additions pass: operations, optional request members, answer members, values of an answer's open enum, arms of a union.
"""

from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]

_LOWER_BOUNDS: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER_BOUNDS: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_METHODS: Final = ("get", "put", "post", "delete", "patch", "head")


def breaking(old: Json, new: Json) -> list[str]:
    """Everything in `new` that a client written for `old` trips over; empty when there is nothing."""
    return list(dict.fromkeys(_Comparison(old, new).run()))


def surface(document: Json) -> Json:
    """What names the SDKs are made of: operation by tag, components, defaults of parameters. Kept in `surface.lock`."""
    operations: dict[str, list[str]] = {}
    defaults: Json = {}
    for _, _, operation in _operations(document):
        operations.setdefault(operation["tags"][0], []).append(operation["operationId"])
        for key, parameter in _parameters(document, operation).items():
            if "default" in parameter["schema"]:
                defaults[f"{operation['operationId']} {key}"] = parameter["schema"]["default"]
    return {
        "operations": {tag: sorted(names) for tag, names in sorted(operations.items())},
        "components": sorted(document["components"]["schemas"]),
        "defaults": dict(sorted(defaults.items())),
    }


def major(version: str) -> tuple[int, ...]:
    """What has to rise for a breaking change: the first number, and before 1.0 the second."""
    first, second, *_ = (int(part) for part in version.split("."))
    return (first,) if first else (first, second)


class _Comparison:
    def __init__(self, old: Json, new: Json) -> None:
        self.old, self.new = old, new
        self._seen: set[tuple[str, str, bool]] = set()

    def run(self) -> Iterator[str]:
        found = {operation["operationId"]: (path, method) for path, method, operation in _operations(self.new)}
        for path, method, was in _operations(self.old):
            where = was["operationId"]
            now = self.new["paths"].get(path, {}).get(method)
            if now is None:
                moved = f", it is {' '.join(found[where])} now" if where in found else ""
                yield f"{where}: {method} {path} is gone{moved}"
            else:
                yield from self._operation(where, was, now)
        for name, was in self.old.get("webhooks", {}).items():
            now = self.new.get("webhooks", {}).get(name)
            if now is None:
                yield f"webhook {name} is gone"
            else:
                yield from self._content(
                    f"webhook {name}", was["post"]["requestBody"], now["post"]["requestBody"], request=False
                )

    def _operation(self, where: str, was: Json, now: Json) -> Iterator[str]:
        if now["operationId"] != where:
            yield f"{where} is called {now['operationId']} now"
        if now["tags"] != was["tags"]:
            yield f"{where}: the tag was {was['tags']} and is {now['tags']}"
        scopes, had = _alternatives(now), _alternatives(was)
        for alternative in had or [frozenset()]:
            if scopes and not any(needed <= alternative for needed in scopes):
                yield f"{where}: needs more than {sorted(alternative)} now"
        yield from self._all_parameters(where, was, now)
        if "requestBody" in was and "requestBody" in now:
            yield from self._content(f"{where} body", was["requestBody"], now["requestBody"], request=True)
        if "requestBody" in was and "requestBody" not in now:
            yield f"{where}: takes no body any more"
        if now.get("requestBody", {}).get("required") and not was.get("requestBody", {}).get("required"):
            yield f"{where}: needs a body now"
        for status, answer in was["responses"].items():
            if status not in now["responses"]:
                yield f"{where}: never answers {status} any more"
                continue
            before, after = _resolve(self.old, answer), _resolve(self.new, now["responses"][status])
            for header in before.get("headers", {}).keys() - after.get("headers", {}).keys():
                yield f"{where} {status}: the header {header} is gone"
            yield from self._content(f"{where} {status}", before, after, request=False)

    def _all_parameters(self, where: str, was: Json, now: Json) -> Iterator[str]:
        before, after = _parameters(self.old, was), _parameters(self.new, now)
        for key, parameter in before.items():
            if key not in after:
                yield f"{where}: the parameter {key} is gone"
                continue
            if after[key].get("required") and not parameter.get("required"):
                yield f"{where}: the parameter {key} is required now"
            if parameter["schema"].get("default") != after[key]["schema"].get("default"):
                yield f"{where}: the parameter {key} has another default"
            yield from self._schema(f"{where} {key}", parameter["schema"], after[key]["schema"], request=True)
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield f"{where}: the parameter {key} is new and required"

    def _content(self, where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
        for media, described in was.get("content", {}).items():
            if media not in now.get("content", {}):
                yield f"{where}: {media} is gone"
            else:
                yield from self._schema(where, described["schema"], now["content"][media]["schema"], request=request)

    def _schema(self, where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
        if "$ref" in was and "$ref" in now:
            old_name, new_name = (part["$ref"].rpartition("/")[2] for part in (was, now))
            if old_name != new_name:
                yield f"{where}: {old_name} is {new_name} now"
            if (old_name, new_name, request) in self._seen:
                return
            self._seen.add((old_name, new_name, request))
            where = f"{old_name} ({'sent' if request else 'received'})"
        was, now = _resolve(self.old, was), _resolve(self.new, now)
        yield from _kinds(where, was, now, request=request)
        yield from _bounds(where, was, now, request=request)
        yield from self._members(where, was, now, request=request)
        yield from self._arms(where, was, now, request=request)
        for key in ("items", "additionalProperties"):
            if isinstance(was.get(key), dict) and isinstance(now.get(key), dict):
                yield from self._schema(f"{where}[]", was[key], now[key], request=request)
        if request and was.get("additionalProperties") is not False and now.get("additionalProperties") is False:
            yield f"{where}: refuses unknown members now"

    def _members(self, where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
        before, after = was.get("properties", {}), now.get("properties", {})
        needed, promised = set(now.get("required", [])), set(was.get("required", []))
        for name in before.keys() - after.keys():
            yield f"{where}.{name} is gone"
        for name in before.keys() & after.keys():
            if request and name in needed - promised:
                yield f"{where}.{name} is required now"
            if not request and name in promised - needed:
                yield f"{where}.{name} may be left out now"
            if request and before[name].get("default") != after[name].get("default"):
                yield f"{where}.{name} has another default"
            yield from self._schema(f"{where}.{name}", before[name], after[name], request=request)
        if request:
            yield from (f"{where}.{name} is new and required" for name in (after.keys() - before.keys()) & needed)

    def _arms(self, where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
        for key in ("oneOf", "anyOf"):
            before, after = ({_name(arm): arm for arm in part.get(key, [])} for part in (was, now))
            if not before:
                continue
            yield from (f"{where}: the arm {name} is gone" for name in before.keys() - after.keys())
            if not request and "null" in after.keys() - before.keys():
                yield f"{where} may be null now"
            for name in before.keys() & after.keys():
                yield from self._schema(where, before[name], after[name], request=request)
        old_tag, new_tag = (part.get("discriminator", {}).get("propertyName") for part in (was, now))
        if old_tag != new_tag:
            yield f"{where}: the discriminator was {old_tag} and is {new_tag}"


def _kinds(where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
    before, after = _types(was), _types(now)
    if request and before - after:
        yield f"{where}: {', '.join(sorted(before - after))} is refused now"
    if not request and before and after - before:
        yield f"{where} may be {', '.join(sorted(after - before))} now"
    if was.get("format") != now.get("format"):
        yield f"{where}: the format was {was.get('format')} and is {now.get('format')}"
    old_values, new_values = _values(was), _values(now)
    if request and new_values is not None and (old_values is None or old_values - new_values):
        yield f"{where}: admits fewer values now"
    if not request and "const" in was and was["const"] != now.get("const"):
        yield f"{where}: was always {was['const']!r}"
    if not request and old_values is not None and new_values is None:
        yield f"{where}: may be any value now"
    if not request and old_values is not None and new_values is not None and old_values - new_values:
        yield f"{where}: never is {sorted(map(str, old_values - new_values))} any more"


def _bounds(where: str, was: Json, now: Json, *, request: bool) -> Iterator[str]:
    for keys, tighter in ((_LOWER_BOUNDS, 1), (_UPPER_BOUNDS, -1)):
        for key in keys:
            before, after = was.get(key), now.get(key)
            # A client that stores what it receives relies on upper bounds alone.
            if request and after is not None and (before is None or (after - before) * tighter > 0):
                yield f"{where}: {key} is tighter now"
            if not request and tighter < 0 and before is not None and (after is None or after > before):
                yield f"{where}: {key} is wider now"
    if request and now.get("pattern") is not None and was.get("pattern") != now["pattern"]:
        yield f"{where}: has another pattern"


def _alternatives(operation: Json) -> list[frozenset[str]]:
    """Each way to be let in: the scheme and its scopes. None at all: everybody is."""
    ways: list[dict[str, list[str]]] = operation.get("security", [])
    return [frozenset(way) | {scope for scopes in way.values() for scope in scopes} for way in ways]


def _types(schema: Json) -> set[str]:
    kinds = schema.get("type", [])
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _values(schema: Json) -> set[Any] | None:
    if "const" in schema:
        return {schema["const"]}
    return set(schema["enum"]) if "enum" in schema else None


def _name(arm: Json) -> str:
    return str(arm.get("$ref", "")).rpartition("/")[2] or "|".join(sorted(_types(arm)))


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _parameters(document: Json, operation: Json) -> dict[str, Json]:
    resolved = [_resolve(document, one) for one in operation.get("parameters", [])]
    return {f"{one['in']} {one['name']}": one for one in resolved}


def _resolve(document: Json, part: Json) -> Json:
    while "$ref" in part:
        _, _, kind, name = part["$ref"].split("/")
        part = document["components"][kind][name]
    return part
