"""The types every wire shape is made of.

An input refuses unknown members and may have defaults; an output has no defaults, so every member is always
present and null means null. The two never share a class.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Self, TypeVar, dataclass_transform

import msgspec
from msgspec import Meta

from domain.errors import Refusal

T = TypeVar("T")

# Patterns end in \Z, as Python's `$` also admits a newline behind the text; the document publishes `$`.
DECIMAL_PATTERN = r"^-?(0|[1-9][0-9]{0,13})(\.[0-9]{1,6})?\Z"
"""At most 14 digits before the point and 6 behind it: numeric(20,6), the widest column we store."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class _Keywords(msgspec.StructMeta):
    """Every subclass is frozen and takes keywords only: msgspec inherits neither."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> Any:
        """As StructMeta, with the two options set."""
        return super().__new__(mcls, name, bases, namespace, **{"kw_only": True, "frozen": True, **options})


class In(msgspec.Struct, metaclass=_Keywords, forbid_unknown_fields=True):
    """Base of request bodies."""


class Out(msgspec.Struct, metaclass=_Keywords):
    """Base of response bodies. Clients must tolerate members they do not know."""


class OpenEnum(str, Enum):
    """Base of enumerations that will grow; a closed one is a `Literal`."""


Timestamp = Annotated[
    datetime,
    Meta(
        tz=True,
        description="RFC 3339 instant with a zone.",
        examples=["2026-11-24T09:30:00Z"],
        extra_json_schema={"maxLength": 40},
    ),
]
Day = Annotated[date, Meta(description="Calendar day.", examples=["2026-11-24"], extra_json_schema={"maxLength": 10})]
# A str and not decimal.Decimal: msgspec would also take a JSON number for a Decimal and cannot bound it, and
# `format: decimal` makes Go and PHP clients use floats.
DecimalText = Annotated[
    str,
    Meta(pattern=DECIMAL_PATTERN, max_length=22, description="Exact decimal.", examples=["12500.0000"]),
]
Int64 = Annotated[int, Meta(extra_json_schema={"format": "int64"})]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1, extra_json_schema={"format": "int64"})]
Positive = Annotated[int, Meta(ge=1, le=1_000_000_000, extra_json_schema={"format": "int64"})]
Id = Annotated[
    str,
    Meta(
        max_length=40,
        description="Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits.",
        examples=["rfq_0193e7c25b6a7c3e8f0123456789abcd"],
    ),
]
ETag = Annotated[
    str,
    Meta(
        max_length=64,
        description="Strong entity tag, quotes included; send it back as `If-Match`.",
        examples=['"3"'],
    ),
]
Code = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]*\Z",
        max_length=60,
        description="Code of a vocabulary.",
        examples=["turning_cnc"],
    ),
]
Text40 = Annotated[str, Meta(min_length=1, max_length=40)]
Text80 = Annotated[str, Meta(min_length=1, max_length=80)]
Text200 = Annotated[str, Meta(min_length=1, max_length=200)]
Text2000 = Annotated[str, Meta(min_length=1, max_length=2000)]
Currency3 = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3, description="ISO 4217 code.", examples=["IDR"])]


class Page(Out, Generic[T]):
    """One page of a list. Never used bare: `class RfqPage(Page[Rfq])` gives the component its name."""

    items: Annotated[list[T], Meta(max_length=100)]
    next_cursor: (
        Annotated[str, Meta(max_length=600, description="Send as `after` for the next page; null on the last one.")]
        | None
    )


class Blocked(Out):
    """An action that belongs to this state but cannot be taken now, and why."""

    action: Annotated[str, Meta(max_length=60)]
    code: Annotated[str, Meta(max_length=60, description="Code of the problem the call would answer.")]
    detail: Annotated[str, Meta(max_length=1000)]

    @classmethod
    def of(cls, action: str, refusal: Refusal) -> Self:
        """From the refusal that the call would meet."""
        return cls(action=action, code=refusal.code, detail=refusal.detail[:1000])


class ProblemError(Out):
    """One place in the body that has to be changed, and how."""

    pointer: Annotated[
        str,
        Meta(
            max_length=1000,
            description="JSON Pointer (RFC 6901) into the body; empty for the body itself.",
            examples=["/lines/0/quantity"],
        ),
    ]
    detail: Annotated[str, Meta(max_length=1000, description="What to do, for a person.")]


class Problem(Out):
    """Why a request was not carried out (RFC 9457). Branch on `code`; show `title` and `detail` to people."""

    type: Annotated[
        str,
        Meta(
            max_length=200,
            description="Absolute URI of the kind of problem.",
            examples=["urn:jembatan:problem:deadline_passed"],
            extra_json_schema={"format": "uri"},
        ),
    ]
    title: Annotated[str, Meta(max_length=200, description="The kind, in the language of `Accept-Language`.")]
    status: Annotated[int, Meta(ge=400, le=599, description="The HTTP status.", extra_json_schema={"format": "int64"})]
    detail: Annotated[str, Meta(max_length=2000, description="What happened this time and what to do.")]
    instance: Annotated[
        str,
        Meta(
            max_length=200,
            description="URI reference of this occurrence, made of the request id.",
            extra_json_schema={"format": "uri-reference"},
        ),
    ]
    code: Annotated[
        str,
        Meta(
            pattern=r"^[a-z][a-z0-9_]*\Z",
            max_length=60,
            description="Stable name of the kind, for programs.",
            examples=["deadline_passed"],
        ),
    ]
    request_id: Annotated[str, Meta(max_length=80, description="Quote it when you ask for help.")]
    errors: (
        Annotated[
            list[ProblemError],
            Meta(max_length=100, description="Each place in the body that has to be changed."),
        ]
        | None
    )
    state: (
        Annotated[
            str,
            Meta(max_length=60, description="The state that forbids the action; null for other problems."),
        ]
        | None
    )
    allowed_actions: (
        Annotated[
            list[Annotated[str, Meta(max_length=60)]],
            Meta(max_length=100, description="What can be done in that state; null for other problems."),
        ]
        | None
    )


def decimal_text(value: Decimal) -> str:
    """`value` in plain notation, as stored (trailing zeros kept): what DecimalText admits."""
    return format(value, "f")


def optional_decimal_text(value: Decimal | None) -> str | None:
    """As `decimal_text`; None stays None."""
    return None if value is None else format(value, "f")


def utc(value: datetime) -> datetime:
    """The same instant in UTC: what leaves ends in `Z`."""
    return value.astimezone(UTC)
