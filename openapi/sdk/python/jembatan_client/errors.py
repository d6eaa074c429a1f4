"""What can go wrong, as exceptions."""

from collections.abc import Mapping
from typing import Any

from .models.problem import Problem


class JembatanError(Exception):
    """Whatever this package raises itself."""


class ApiError(JembatanError):
    """The server refused. Branch on `code`; show `str(error)` to people.

    `problem` is the whole document (RFC 9457), or None where something before the server answered.
    """

    def __init__(self, status: int, headers: Mapping[str, str], document: Any, text: str = "") -> None:
        self.status = status
        self.headers = headers
        self.problem = _problem(document)
        self.code = self.problem.code if self.problem else f"http_{status}"
        self.request_id = self.problem.request_id if self.problem else headers.get("x-request-id")
        said = f"{self.problem.title}: {self.problem.detail}" if self.problem else text[:200]
        super().__init__(f"{status} {self.code}: {said}")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each place of the body to change, as (JSON Pointer, what is wrong)."""
        found = self.problem.errors if self.problem else None
        return [(each.pointer, each.detail) for each in found or []]


class NotModified(JembatanError):
    """What was asked for with `if_none_match` is still the version that you have."""


class TransferError(JembatanError):
    """A file did not arrive as it was sent."""


class BadSignature(JembatanError):
    """A webhook that nobody here sent, that was changed on its way, or that is too old."""


def _problem(document: Any) -> Problem | None:
    try:
        return Problem.from_dict(document)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
