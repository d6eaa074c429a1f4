"""What both engines do alike around one call: judge an answer, and say how long to wait before the next attempt."""

from __future__ import annotations

import time
from typing import Any

import httpx

from ._auth import ApiKey, Credentials
from ._call import Call, Retry, retry_after, worth_repeating
from .errors import ApiError, NotModified

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""The request did not leave: it can always be sent again."""


class Attempts:
    """The attempts at one call, from the first on."""

    def __init__(self, call: Call, retry: Retry) -> None:
        self._call, self._retry = call, retry
        self.again()

    def again(self) -> None:
        """Something was achieved: count anew."""
        self._made, self._began = 0, time.monotonic()

    def clock(self) -> None:
        """A long transfer is over, without success: its own time does not count, the attempt does."""
        self._began = time.monotonic()

    def lost(self, error: httpx.TransportError) -> float:
        """Seconds to wait after the connection failed; `error` is raised when it is no use, or could do harm."""
        self._made += 1
        if self._call.repeatable or isinstance(error, UNSENT):
            pause = self._retry.pause(self._made, time.monotonic() - self._began, None)
            if pause is not None:
                return pause
        raise error

    def refused(self, response: httpx.Response, also: frozenset[int] = frozenset()) -> float:
        """Seconds to wait after a refusal, whose body has been read; `ApiError` when asking again is no use.

        `also`: statuses that are worth another attempt here.
        """
        self._made += 1
        error = problem(response)
        if error.status in also or worth_repeating(self._call, error.status, error.code):
            wait = retry_after(response.headers.get("retry-after"))
            pause = self._retry.pause(self._made, time.monotonic() - self._began, wait)
            if pause is not None:
                return pause
        raise error


def problem(response: httpx.Response) -> ApiError:
    """The refusal as an exception; its body has been read."""
    if response.status_code == httpx.codes.NOT_MODIFIED:
        raise NotModified("not changed since")
    return ApiError(response.status_code, response.headers, json_of(response), response.text)


def json_of(response: httpx.Response) -> Any:
    """The body as JSON; None where it is none."""
    try:
        return response.json()
    except ValueError:
        return None


def stale(credentials: Credentials, response: httpx.Response, *, renewed: bool) -> bool:
    """Whether a new token may be taken where the old one was not: it was revoked, or the server's key changed."""
    if isinstance(credentials, ApiKey) or renewed or response.status_code != httpx.codes.UNAUTHORIZED:
        return False
    credentials.forget()
    return True
