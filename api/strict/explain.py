"""What is wrong with a body of the wrong shape: every place, and a sentence each that says what to do there.

msgspec stops at the first fault, names it by a path that leaves out the keys of maps, and speaks of Python
types. Here the value is walked beside its type, and msgspec is asked about each part.
"""

import difflib
import re
import types
import typing
from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import islice
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct, UnsetType

from api.wire import DECIMAL_PATTERN
from domain.errors import Fault

MAX_FAULTS: Final = 50
_DECIMAL: Final = (
    'Send decimals as strings with at most 14 digits before the point and 6 behind it, for example "12500.0000".'
)
_INSTANT: Final = 'an RFC 3339 instant with a zone, for example "2026-11-24T09:30:00Z"'
_DAY: Final = 'a calendar day, for example "2026-11-24"'
_REQUIRED: Final = "This member is required. Add it."
_KNOWN: Final = {
    "Invalid RFC3339 encoded datetime": f"Send {_INSTANT}.",
    "Invalid RFC3339 encoded date": f"Send {_DAY}.",
    "Expected `datetime` with a timezone component": f"Send {_INSTANT}.",
}
_MEMBER: Final = re.compile(r"Object (missing required|contains unknown) field `(.*)`")
_KIND: Final = re.compile(r"Expected `(.*)`, got `(.*)`")
_LIMIT: Final = re.compile(r"Expected `(\w+)[^`]*`( of length)? (>=|<=|>|<) (\S+)")
_STEP: Final = re.compile(r"\.([^.\[`]+)|\[(\d+)\]")
_KINDS: Final = {
    "str": "a string",
    "int": "an integer",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "object": "an object",
    "array": "an array",
    "datetime": _INSTANT,
    "date": _DAY,
}
_SENT: Final = {"float": "a number with a fraction", "bool": "a boolean"}
_LIMITS: Final = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_UNITS: Final = {"str": "character", "array": "item", "object": "member"}


def pointer(place: str, step: str | int) -> str:
    """The JSON Pointer (RFC 6901) of a member or item of what is at `place`."""
    return f"{place}/{str(step).replace('~', '~0').replace('/', '~1')}"


def body_faults(error: msgspec.ValidationError, value: Any, type_: Any) -> list[Fault]:
    """Everything wrong with `value` as a `type_`, up to MAX_FAULTS, at least what msgspec said (`error`)."""
    found: list[Fault] = []
    _walk(value, type_, "", found)
    return found[:MAX_FAULTS] or [first_fault(error, type_)]


def first_fault(error: msgspec.ValidationError, type_: Any) -> Fault:
    """What msgspec said about a value that should be a `type_`."""
    return _fault(str(error), type_, "")


def _walk(value: Any, type_: Any, place: str, found: list[Fault]) -> None:
    """Add what is wrong with `value`: what is inside of it, or else what msgspec says of the whole."""
    if len(found) >= MAX_FAULTS:
        return
    before = len(found)
    try:
        msgspec.convert(value, type_, strict=True, str_keys=True)
    except msgspec.ValidationError as error:
        if isinstance(value, (dict, list)):
            _walk_into(value, type_, place, found)
        if len(found) == before:
            found.append(_fault(str(error), type_, place))


def _walk_into(value: dict[str, Any] | list[Any], type_: Any, place: str, found: list[Fault]) -> None:
    inner = _plain(type_)
    if isinstance(value, dict) and (struct := _struct_for(value, inner)) is not None:
        _walk_members(value, struct, place, found)
    elif isinstance(value, dict) and (arguments := _arguments(inner, dict)):
        for name, member in value.items():
            _walk(name, arguments[0], pointer(place, name), found)
            _walk(member, arguments[1], pointer(place, name), found)
    elif isinstance(value, list) and (arguments := _arguments(inner, list)):
        for index, item in enumerate(value):
            _walk(item, arguments[0], pointer(place, index), found)


def _walk_members(value: dict[str, Any], struct: type[Struct], place: str, found: list[Fault]) -> None:
    fields = _fields(struct)
    tag = struct.__struct_config__.tag_field
    for name, field in fields.items():
        if name in value:
            _walk(value[name], field.type, pointer(place, name), found)
        elif field.required:
            found.append(Fault(pointer(place, name), _REQUIRED))
    if struct.__struct_config__.forbid_unknown_fields:
        unknown = (name for name in value if name not in fields and name != tag)
        some = islice(unknown, max(0, MAX_FAULTS - len(found)))
        found.extend(Fault(pointer(place, name), _unknown(name, fields)) for name in some)


@cache
def _fields(struct: type[Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(struct)}


def _unknown(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name[:60], known, n=1)
    return f"There is no such member here. {f'Did you mean `{close[0]}`?' if close else 'Remove it.'}"


def _fault(message: str, type_: Any, place: str) -> Fault:
    """The fault in a message of msgspec about `type_`; its path (behind ` - at `) is read if there."""
    text, _, path = message.partition(" - at `")
    steps = _STEP.findall(path.replace("[...]", ""))
    for name, index in steps:
        place = pointer(place, name or index)
    if member := _MEMBER.fullmatch(text):
        place = pointer(place, member[2])
    return Fault(place, _sentence(text, _at(type_, steps)))


def _sentence(text: str, type_: Any) -> str:
    """What to do about `text`, which msgspec says of a value that should be a `type_`."""
    meta = _meta(type_)
    if text.startswith(("Expected `str", "Expected `null | str")) and meta.pattern == DECIMAL_PATTERN:
        return _DECIMAL
    if text in _KNOWN:
        return _KNOWN[text]
    if text.startswith("Object missing"):
        return _REQUIRED
    if text.startswith(("Invalid enum value", "Invalid value")):
        return _choices(type_)
    if "matching regex" in text:
        return _pattern(meta)
    return _measured(text)


def _measured(text: str) -> str:
    if kinds := _KIND.fullmatch(text):
        return _other_kind(*kinds.groups())
    if limit := _LIMIT.match(text):
        return _limit(*limit.groups())
    return f"{text}."


def _pattern(meta: Meta) -> str:
    example = f", for example {msgspec.json.encode(meta.examples[0]).decode()}" if meta.examples else ""
    return f"Send text that matches {re.sub(r'.Z$', '$', meta.pattern or '')}{example}."


def _limit(kind: str, of_length: str | None, sign: str, bound: str) -> str:
    if of_length is None:
        return f"Send a number that is {_LIMITS[sign]} {bound}."
    unit = _UNITS.get(kind, "item")
    return f"Send {_LIMITS[sign]} {bound} {unit if bound == '1' else unit + 's'}."


def _other_kind(wanted: str, sent: str) -> str:
    kinds = [_KINDS.get(kind, kind) for kind in wanted.split(" | ")]
    return f"Send {' or '.join(kinds)}, not {_SENT.get(sent) or _KINDS.get(sent, sent)}."


def _choices(type_: Any) -> str:
    """The admitted values of an enumeration, a Literal or a union's tag."""
    values: list[Any] = []
    for arm in _arms(type_):
        if typing.get_origin(arm) is Literal:
            values += typing.get_args(arm)
        elif isinstance(arm, type) and issubclass(arm, Enum):
            values += [member.value for member in arm]
        elif isinstance(arm, type) and issubclass(arm, Struct):
            values.append(arm.__struct_config__.tag)
    return f"Send one of: {', '.join(map(str, values))}." if values else "Send one of the documented values."


def _at(type_: Any, steps: list[tuple[str, str]]) -> Any:
    """The type at the end of a path of msgspec's; Any behind what is neither struct nor list."""
    for name, _ in steps:
        plain = _plain(type_)
        if name and isinstance(plain, type) and issubclass(plain, Struct):
            fields = _fields(plain)
            type_ = fields[name].type if name in fields else plain
        elif not name and (arguments := _arguments(plain, list)):
            type_ = arguments[0]
        elif len(_arms(plain)) == 1:  # of a union the step is the tag, and the union knows the choices
            return Any
    return type_


def _arms(type_: Any) -> list[Any]:
    """The arms of a union without null and Unset, unwrapped; for another type the type itself."""
    while typing.get_origin(type_) is Annotated:
        type_ = typing.get_args(type_)[0]
    if typing.get_origin(type_) in (typing.Union, types.UnionType):
        arms = (arm for arm in typing.get_args(type_) if arm not in (types.NoneType, UnsetType))
        return [inner for arm in arms for inner in _arms(arm)]
    return [type_]


def _plain(type_: Any) -> Any:
    """The only arm of `type_`, or `type_` itself when it is a union of several."""
    arms = _arms(type_)
    return arms[0] if len(arms) == 1 else type_


def _struct_for(value: dict[str, Any], type_: Any) -> type[Struct] | None:
    """The Struct that `value` claims to be: the only one, or the arm that its tag names."""
    structs = [arm for arm in _arms(type_) if isinstance(arm, type) and issubclass(arm, Struct)]
    if len(structs) == 1 and structs[0].__struct_config__.tag_field is None:
        return structs[0]
    for struct in structs:
        tag = struct.__struct_config__.tag_field
        if tag is not None and value.get(tag) == struct.__struct_config__.tag:
            return struct
    return None


def _arguments(type_: Any, origin: type) -> tuple[Any, ...]:
    return typing.get_args(type_) if typing.get_origin(type_) is origin else ()


def _meta(type_: Any) -> Meta:
    """The innermost limits on `type_`; without any, empty ones."""
    if typing.get_origin(type_) is Annotated:
        inner, *metadata = typing.get_args(type_)
        own = [meta for meta in metadata if isinstance(meta, Meta)]
        return next((meta for meta in own if meta.pattern), own[0] if own else _meta(inner))
    if typing.get_origin(type_) in (typing.Union, types.UnionType):
        arms = [arm for arm in typing.get_args(type_) if arm not in (types.NoneType, UnsetType)]
        return _meta(arms[0]) if len(arms) == 1 else Meta()
    return Meta()
