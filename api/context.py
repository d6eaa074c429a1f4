"""What the edge knows of one request from its first byte: its id, language, and what the log line will say."""

import secrets
from typing import Any, Literal

import structlog

from domain.actors import Actor

Language = Literal["id", "en"]
KEY = "jembatan_context"


class Context:
    """Mutable on purpose: the layers add to it what the one log line at the end tells."""

    __slots__ = (
        "actor",
        "credential_id",
        "language",
        "looks_up",
        "operation",
        "organisation_id",
        "problem",
        "rate_limit",
        "rate_limit_policy",
        "replayed",
        "request_id",
        "trace",
    )

    def __init__(self, request_id: str, language: Language, trace: str | None) -> None:
        self.request_id = request_id
        self.language = language
        self.trace = trace
        self.operation: str | None = None
        self.organisation_id: str | None = None
        self.credential_id: str | None = None
        self.problem: str | None = None
        self.actor: Actor | None = None
        """Who asks. Nothing is answered before the proof of somebody remembered is good."""
        self.looks_up = False
        """What was remembered of the caller was wrong: this time it is looked up."""
        self.replayed = False
        self.rate_limit: list[str] = []
        self.rate_limit_policy: list[str] = []

    @property
    def log(self) -> Any:
        """For what has to be said besides the one line."""
        return structlog.get_logger("jembatan").bind(request_id=self.request_id, trace_id=self.trace)


def new_request_id() -> str:
    """`req_` and 24 hexadecimal digits."""
    return f"req_{secrets.token_hex(12)}"


def context_of(scope: Any) -> Context:
    """The context that the edge put into the ASGI scope; a fresh one where there was no edge (framework tests)."""
    context = scope.get(KEY)
    if not isinstance(context, Context):
        context = scope[KEY] = Context(new_request_id(), "en", None)
    return context


def language_of(accept_language: str | None) -> Language:
    """Indonesian or English by RFC 9110 weights; English where neither is asked for."""
    best: Language = "en"
    best_weight = 0.0
    for part in (accept_language or "").split(","):
        tag, _, parameter = part.strip().partition(";")
        weight = 1.0
        if parameter.strip().startswith("q="):
            try:
                weight = float(parameter.strip()[2:])
            except ValueError:
                weight = 0.0
        base = tag.strip().lower().partition("-")[0]
        if base == "in":  # the old code of Indonesian, which some phones still send
            base = "id"
        if base in ("id", "en") and weight > best_weight:
            best, best_weight = ("id" if base == "id" else "en"), weight
    return best


def trace_of(traceparent: str | None) -> str | None:
    """The trace id of a W3C `traceparent`, or None when it is absent or malformed."""
    parts = (traceparent or "").split("-")
    if len(parts) >= 4 and len(parts[1]) == 32 and all(c in "0123456789abcdef" for c in parts[1]):  # noqa: PLR2004
        return parts[1]
    return None
