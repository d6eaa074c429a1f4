"""Small questions to type annotations."""

import functools
import operator
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any

from litestar.response.base import Response
from msgspec import Meta


def bare(annotation: Any) -> Any:
    """`annotation` without Litestar's markers; msgspec's limits stay."""
    if typing.get_origin(annotation) is not Annotated:
        return annotation
    inner, *metadata = typing.get_args(annotation)
    for meta in metadata:
        if isinstance(meta, Meta):
            inner = Annotated[inner, meta]
    return inner


def is_union(annotation: Any) -> bool:
    """`A | B`, however it is spelt."""
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)


def without_none(annotation: Any) -> Any:
    """`X` of `X | None`: a parameter, or a body, is there or not; it is never null."""
    if not is_union(annotation):
        return annotation
    arms = [arm for arm in typing.get_args(annotation) if arm is not types.NoneType]
    return functools.reduce(operator.or_, arms)


def limits(annotation: Any) -> Iterator[Meta]:
    """The msgspec.Meta on `annotation` and on the arms of its union, not those further in."""
    if typing.get_origin(annotation) is Annotated:
        inner, *metadata = typing.get_args(annotation)
        yield from (meta for meta in metadata if isinstance(meta, Meta))
        yield from limits(inner)
    elif is_union(annotation):
        for arm in typing.get_args(annotation):
            yield from limits(arm)


def returned(annotation: Any) -> Any:
    """The type of the body: `Rfq` of `Rfq`, of `Response[Rfq]` and of `Response[Rfq] | Response[None]`."""
    if annotation is None:
        return types.NoneType
    origin = typing.get_origin(annotation)
    if is_union(annotation):
        bodies = [returned(arm) for arm in typing.get_args(annotation)]
        bodies = [body for body in bodies if body is not types.NoneType]
        return bodies[0] if len(bodies) == 1 else annotation
    if isinstance(origin, type) and issubclass(origin, Response):
        return returned(typing.get_args(annotation)[0])
    return annotation
