"""Bytes → value, exactly; or BodyRefused with everything that is wrong."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NoReturn

import msgspec

from api.strict.explain import MAX_FAULTS, body_faults, first_fault, pointer
from domain.errors import Fault

MALFORMED: Final = 400
INVALID: Final = 422
EXPLAIN_LIMIT: Final = 256 * 1024
"""Bytes. Of a larger body only the first fault is told, so that a bad one costs no more than a good one."""
_HALF: Final = "Remove the lone surrogate: \\ud800 to \\udfff are halves of a character and come in pairs."
_NUL: Final = "Remove the NUL character (U+0000)."
_TWICE: Final = "This member appears twice. Send it once."


class BodyRefused(Exception):
    """The body cannot be used: `status` is 400 when it is not JSON, 422 when it is not what is taken here."""

    def __init__(self, detail: str, errors: list[Fault] | None = None, *, status: int = INVALID) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.status = status


def decode(content: bytes, type_: Any, decoder: msgspec.json.Decoder[Any], *, has_parts: bool = False) -> Any:
    """`content` as `type_`, by the `decoder` for it. Raises BodyRefused.

    With `has_parts` it has parts of type `msgspec.Raw`, which `decode_part` reads: it looks for NUL characters.
    """
    try:
        return _decode(content.decode(), content, type_, decoder, has_parts=has_parts)
    except UnicodeDecodeError as error:
        message = f"The body is not UTF-8: see byte {error.start}."
        raise BodyRefused(message, status=MALFORMED) from error
    except RecursionError as error:
        message = "The body is nested too deeply."
        raise BodyRefused(message, status=MALFORMED) from error


def decode_part(part: bytes, type_: Any, decoder: msgspec.json.Decoder[Any], *, explain: bool) -> Any:
    """A part of what `decode` has read with `has_parts`, which is JSON without doubles.

    Raises BodyRefused, its places those in the part.

    Without `explain` only the first fault is told.
    """
    try:
        value = decoder.decode(part)
    except msgspec.ValidationError as error:
        if explain and len(part) <= EXPLAIN_LIMIT:
            raise _invalid(body_faults(error, msgspec.json.decode(part), type_)) from error
        raise _invalid([first_fault(error, type_)]) from error
    if b"\\u0000" in part:
        _refuse_nul(json.loads(part))
    return value


def decode_form(values: dict[str, Any], type_: Any) -> Any:
    """A form as `type_`: what is sent are strings, and numbers are read from them. Raises BodyRefused."""
    _refuse_nul(values)
    try:
        return msgspec.convert(values, type_, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid([first_fault(error, type_)]) from error


def _decode(
    text: str, content: bytes, type_: Any, decoder: msgspec.json.Decoder[Any], *, has_parts: bool = False
) -> Any:
    try:
        value = decoder.decode(content)
    except msgspec.ValidationError as error:
        if len(content) > EXPLAIN_LIMIT:
            raise _invalid([first_fault(error, type_)]) from error
        builtins = _builtins(text)  # behind the place that msgspec complains of it may not even be JSON
        raise _invalid(body_faults(error, builtins, type_)) from error
    except msgspec.DecodeError as error:
        raise _malformed(text) from error
    _refuse_duplicates(text)
    if value is None:
        detail = "The body is null. Send an object."
        raise BodyRefused(detail, [Fault("", detail)])
    if "\\u0000" in text and not has_parts:  # perhaps only: in "\\u0000" the backslash itself is escaped
        _refuse_nul(json.loads(text))
    return value


def _builtins(text: str) -> Any:
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise _malformed(text) from error
    _refuse_duplicates(text)
    return value


class _DuplicateError(Exception):
    """Two members with one name."""


def _unique(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) != len(members):
        raise _DuplicateError


_scan = json.JSONDecoder(object_pairs_hook=_unique).decode


def _refuse_duplicates(text: str) -> None:
    """Of two members with one name msgspec keeps the last, and a proxy or a log perhaps the first.

    A pass of the standard library's scanner is the cheapest exact way (10 µs for each kB; counting keys with
    a regular expression takes more than twice as long).
    """
    try:
        _scan(text)
    except _DuplicateError:
        place = next(_duplicates(json.loads(text, object_pairs_hook=_Members), ""), "")
        message = f"The body is ambiguous: {place} appears twice."
        raise BodyRefused(message, [Fault(place, _TWICE)], status=MALFORMED) from None


class _Members(list[tuple[str, Any]]):
    """The members of an object, those with the same name too."""


def _duplicates(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, _Members):
        seen = set()
        for name, member in value:
            if name in seen:
                yield pointer(place, name)
            seen.add(name)
            yield from _duplicates(member, pointer(place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _duplicates(item, pointer(place, index))


def _refuse_nul(value: Any) -> None:
    """PostgreSQL stores no NUL, neither in a text nor in the name of a member."""
    places = (Fault(place, _NUL) for place, text in _texts(value, "") if "\0" in text)
    if found := list(islice(places, MAX_FAULTS)):
        message = "The body holds NUL characters, which cannot be stored."
        raise BodyRefused(message, found)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every string in `value` with its place; a member's name has the place of the member."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield pointer(place, name), name
            yield from _texts(member, pointer(place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, pointer(place, index))


def _malformed(text: str) -> BodyRefused:
    """Why `text` is not JSON, in the words of the standard library, which knows line and column."""
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_int=str)
    except json.JSONDecodeError as error:
        message = f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        return BodyRefused(message, status=MALFORMED)
    except BodyRefused as refused:
        return refused
    halves = (Fault(place, _HALF) for place, part in _texts(value, "") if not _is_unicode(part))
    if found := list(islice(halves, MAX_FAULTS)):
        return BodyRefused("A string in the body is not Unicode text.", found, status=MALFORMED)
    return BodyRefused("The body is not JSON that can be read exactly.", status=MALFORMED)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_constant(name: str) -> NoReturn:
    message = f"The body is not JSON: there is no {name} in it. Send null, or a number that exists."
    raise BodyRefused(message, status=MALFORMED)


def _invalid(found: list[Fault]) -> BodyRefused:
    if len(found) == 1:
        where = f"At {found[0].pointer}: " if found[0].pointer else ""
        return BodyRefused(f"{where}{found[0].detail}", found)
    return BodyRefused(f"The body is wrong in {len(found)} places; `errors` says what to do at each.", found)
