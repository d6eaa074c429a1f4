"""How large a body may be, and how long it may take to arrive."""

import asyncio
from typing import Any

from litestar.types import Receive

from api.refusals import TooSlow
from domain.errors import TooLarge

SLOWEST = 1024
"""Bytes a second of a file that is sent in one go: a tenth of what the slowest telephone line gave."""


def has_body(headers: dict[bytes, str]) -> bool:
    """Whether the request announces a body."""
    return headers.get(b"content-length", "0") != "0" or b"transfer-encoding" in headers


def timed(receive: Receive, seconds: float) -> Receive:
    """A body of which the whole has to be there in time: whoever sends it byte by byte holds a place that others need."""
    ends = asyncio.get_running_loop().time() + seconds
    whole = False

    async def taken() -> Any:
        nonlocal whole
        if whole:
            return await receive()  # it tells of the client's going away, whenever that is
        try:
            async with asyncio.timeout_at(ends):
                message = await receive()
        except TimeoutError:
            raise TooSlow(f"The body has to arrive within {seconds:g} s. Nothing was changed: send it again.") from None
        whole = not message.get("more_body", False)
        return message

    return taken


def paced(receive: Receive, idle: float) -> Receive:
    """A body of any length that may neither pause for long nor come by the byte.

    After the first pause that would be admitted it has to have brought SLOWEST bytes for each second.
    """
    clock = asyncio.get_running_loop().time
    started, seen, whole = clock(), 0, False

    async def taken() -> Any:
        nonlocal seen, whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(idle):
                message = await receive()
        except TimeoutError:
            raise _crawls() from None
        if message["type"] == "http.request":
            seen += len(message["body"])
        whole = not message.get("more_body", False)
        if not whole and seen < SLOWEST * (clock() - started - idle):
            raise _crawls()
        return message

    return taken


def _crawls() -> TooSlow:
    return TooSlow(
        "The bytes came too slowly, and nothing was kept. A resumable upload (POST /v1/uploads) keeps what came."
    )


def bounded(receive: Receive, content_length: str | None, limit: int) -> Receive:
    """A body of up to `limit` bytes. Raises TooLarge, at once where its announced length is beyond."""
    refusal = TooLarge(f"The body is larger than the {limit} bytes that this operation takes.")
    if content_length is not None and content_length.isdecimal() and int(content_length) > limit:
        raise refusal
    seen = 0

    async def counted() -> Any:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message["body"])
            if seen > limit:
                raise refusal
        return message

    return counted
