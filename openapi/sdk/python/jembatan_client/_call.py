"""One call as data: what is asked, and when it may be asked again."""

from __future__ import annotations

import datetime
import email.utils
import random
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar
from urllib.parse import quote

from attrs import Factory, define, evolve

T = TypeVar("T", covariant=True)


class Model(Protocol[T]):
    """A class that can be made from a JSON object."""

    def from_dict(self, src_dict: Mapping[str, Any], /) -> T:
        """Make one."""


class HasTag(Protocol):
    """Anything that carries its version."""

    etag: str


class HasBody(Protocol):
    """Anything that can be sent as a JSON object."""

    def to_dict(self) -> dict[str, Any]:
        """Its JSON."""


Tagged: TypeAlias = "str | HasTag"


@define(frozen=True)
class Call:
    """One operation with its arguments; every retry sends the same."""

    method: str
    path: str
    query: Mapping[str, Any] = Factory(dict)
    body: dict[str, Any] | None = None
    idempotency_key: str | None = None
    if_match: str | None = None
    if_none_match: str | None = None
    dry_run: bool = False
    accept: str = "application/json"
    extra: Mapping[str, str] = Factory(dict)

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice does it once, so that it may be sent again without knowing what became of it.

        A change with `If-Match` may not: a second one would be told that the version has gone, though it was the first
        that took it.
        """
        return self.method in ("GET", "HEAD") or self.idempotency_key is not None

    def after(self, cursor: str | None) -> Call:
        """The same list from another place."""
        return self if cursor is None else evolve(self, query={**self.query, "after": cursor})

    def headers(self) -> dict[str, str]:
        """What is sent beside the body."""
        named = {
            "accept": f"{self.accept}, application/problem+json",
            "idempotency-key": self.idempotency_key,
            "if-match": self.if_match,
            "if-none-match": self.if_none_match,
            "prefer": "dry-run" if self.dry_run else None,
        }
        return {name: value for name, value in named.items() if value is not None} | dict(self.extra)

    def parameters(self) -> list[tuple[str, str | int | float | bool | None]]:
        """The query; what is None is left out."""
        found: list[tuple[str, str | int | float | bool | None]] = []
        for name, value in self.query.items():
            for each in value if isinstance(value, list | tuple) else [value]:
                if each is not None:
                    found.append((name, _text(each)))
        return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def place(value: Any) -> str:
    """One segment of a path: whatever is in it, it stays one segment."""
    return quote(str(value), safe="")


def as_json(body: HasBody | Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A body from a model or from plain data."""
    if body is None:
        return None
    return dict(body) if isinstance(body, Mapping) else body.to_dict()


def tag_of(version: Tagged | None) -> str | None:
    """The entity tag of what was seen."""
    return version if version is None or isinstance(version, str) else version.etag


def new_key() -> str:
    """An idempotency key that nobody had before."""
    return str(uuid.uuid4())


class Retry(NamedTuple):
    """How often and how long one call is tried.

    `attempts` in all, `total` seconds from the first to the last, pauses from `first` seconds on, doubled each time up
    to `longest`. A pause is never shorter than the server's `Retry-After`; if that is beyond `total`, the refusal is
    raised at once.
    """

    attempts: int = 6
    total: float = 60.0
    first: float = 0.5
    longest: float = 20.0

    def pause(self, attempt: int, elapsed: float, retry_after: float | None) -> float | None:
        """Seconds to wait after attempt number `attempt` (from 1), or None: give up."""
        if attempt >= self.attempts:
            return None
        own = min(self.longest, self.first * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311
        # Everybody who was refused at one moment is told the same time: some come a little later.
        wait = own if retry_after is None else retry_after + random.uniform(0, min(1.0, own))  # noqa: S311
        return None if elapsed + wait > self.total else wait


AGAIN = frozenset({429, 503})
"""Refused before anything was done."""

PERHAPS = frozenset({500, 502, 504})
"""Nobody knows what was done: sent again only where that does no harm."""


def worth_repeating(call: Call, status: int, code: str | None) -> bool:
    """Whether the same request may have a better answer."""
    if status in AGAIN or code == "idempotency_in_progress":
        return True
    return status in PERHAPS and call.repeatable


def retry_after(value: str | None, now: datetime.datetime | None = None) -> float | None:
    """Seconds that `Retry-After` asks for, from either of its forms."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - (now or datetime.datetime.now(datetime.UTC))).total_seconds())
