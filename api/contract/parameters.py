"""Query and path parameters, read from a handler's signature: what Litestar enforces, and nothing else."""

import re
import typing
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar.constants import RESERVED_KWARGS
from litestar.enums import ParamType
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition
from msgspec import Meta

from api.contract.annotations import bare, limits, without_none
from api.contract.schemas import Schemas
from domain.ids import PREFIXES

ID_LENGTH: Final = 40
NAME_LENGTH: Final = 200
_LIMITS: Final = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")
_INITIALS: Final = re.compile(r"\b(rfq|nda)\b")


def parameters(handler: HTTPRouteHandler, path: Mapping[str, type], schemas: Schemas) -> list[dict[str, Any]]:
    """The parameters of `handler` and its dependencies, on a route with the path parameters `path`."""
    fields = dict(_fields(handler, handler.parsed_fn_signature.parameters, set()))
    declared = {_wire_name(name, field): (name, field) for name, field in fields.items()}
    for name, type_ in path.items():
        declared.setdefault(name, (name, FieldDefinition.from_annotation(type_)))
    in_path = [_path_parameter(name, declared[name][1], schemas) for name in path]
    others = [_parameter(handler, name, field, schemas) for name, (_, field) in declared.items() if name not in path]
    return in_path + others


def _fields(
    handler: HTTPRouteHandler, signature: Mapping[str, FieldDefinition], seen: set[str]
) -> Iterator[tuple[str, FieldDefinition]]:
    dependencies = handler.resolve_dependencies()
    for name, field in signature.items():
        if name in RESERVED_KWARGS or name in seen:
            continue
        seen.add(name)
        if name in dependencies:
            yield from _fields(handler, dependencies[name].parsed_fn_signature.parameters, seen)
        elif not field.is_di_field and _included(field):
            yield name, field


def _included(field: FieldDefinition) -> bool:
    return not isinstance(field.kwarg_definition, ParameterKwarg) or field.kwarg_definition.include_in_schema


def _wire_name(name: str, field: FieldDefinition) -> str:
    return getattr(field.kwarg_definition, "name", None) or name


def _path_parameter(name: str, field: FieldDefinition, schemas: Schemas) -> dict[str, Any]:
    """What is too long or malformed is a 404, so limits may be documented that Litestar does not check."""
    schema = schemas.of(bare(field.raw))
    described = getattr(field.kwarg_definition, "description", None)
    from_type = schema.pop("description", None)
    if described is None and name.endswith("_id"):
        words = name.removesuffix("_id").replace("_", " ")
        described = f"Id of the {_INITIALS.sub(lambda match: match[0].upper(), words)}."
    described = described or from_type
    if (prefix := _prefix(name)) is not None and schema.get("type") == "string":
        schema["pattern"] = f"^{prefix}_[0-9a-f]{{32}}$"
    if schema.get("type") == "string":
        schema.setdefault("maxLength", ID_LENGTH if name.endswith("_id") else NAME_LENGTH)
    if schema.get("type") == "integer":
        schema.setdefault("format", "int64")
    return {
        "name": name,
        "in": "path",
        "required": True,
        **({"description": described} if described else {}),
        "schema": schema,
    }


def _prefix(name: str) -> str | None:
    """How an id in a path begins: `scn` of `scenario_id`. What does not begin so is a 404."""
    noun = name.removesuffix("_id")
    if noun == name:
        return None
    parts = {
        part: prefix for kind, prefix in PREFIXES.items() for part in (kind.partition("_")[0], kind.rpartition("_")[2])
    }
    return PREFIXES.get(noun) or parts.get(noun)


def _parameter(handler: HTTPRouteHandler, name: str, field: FieldDefinition, schemas: Schemas) -> dict[str, Any]:
    given = field.kwarg_definition if isinstance(field.kwarg_definition, ParameterKwarg) else None
    type_ = without_none(bare(field.raw))
    _refuse_unenforced(f"{handler.handler_name}: {name}", field.raw, type_)
    described = given.description if given else None
    meta = _meta(given, is_array=typing.get_origin(type_) in (list, set, frozenset))
    schema = schemas.of(Annotated[type_, meta] if meta else type_)
    if schema.get("type") == "integer":
        schema.setdefault("format", "int64")
    if field.has_default and field.default is not None:
        schema["default"] = msgspec.to_builtins(field.default)
    return {
        "name": name,
        "in": (given.param_type if given else ParamType.QUERY).value,
        "required": field.is_required,
        **({"description": described} if described else {}),
        "schema": schema,
    }


def _refuse_unenforced(where: str, raw: Any, type_: Any) -> None:
    """Litestar drops msgspec.Meta here (not in the items of a list): the document would lie."""
    if type_ is datetime:
        message = (
            f"{where}: Litestar lets an instant without a zone pass. Take a date, or a str with "
            'QueryParameter(max_length=40, format="date-time") and read it strictly'
        )
        raise TypeError(message)
    if any(limits(raw)):
        message = f"{where}: Litestar ignores msgspec.Meta on a parameter; use QueryParameter(max_length=…)"
        raise TypeError(message)


def _meta(given: ParameterKwarg | None, *, is_array: bool) -> Meta | None:
    if given is None:
        return None
    found = {name: getattr(given, name) for name in _LIMITS if getattr(given, name) is not None}
    if is_array:
        bounds = {"min_length": given.min_items, "max_length": given.max_items}
        found = {name: bound for name, bound in bounds.items() if bound is not None}
    extra = dict(given.schema_extra or {})
    if given.format:
        extra["format"] = given.format
    if given.examples:
        extra["examples"] = [example.value for example in given.examples]
    if extra:
        found["extra_json_schema"] = extra
    return Meta(**found) if found else None
