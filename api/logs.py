"""Logs: one JSON object a line on standard error, ours and the libraries'. No secret, no price, no body, ever."""

import logging
import sys
from collections.abc import Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

QUIET = ("httpx", "httpcore", "asyncio", "_granian.asgi.io", "alembic")
"""Libraries whose chatter below WARNING is no news."""


def configure(log_format: str) -> None:
    """Once per process. `log_format`: `json`, or `console` for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if log_format == "console":
        renderer: Any = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    else:
        renderer = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, _drop_none, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _only_type_of_error, renderer],
        )
    )
    _chosen["format"] = log_format
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _drop_none(_: object, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in event.items() if value is not None}


def _only_type_of_error(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A library's traceback may quote a statement's values: keep the exception's type alone."""
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = info[0].__name__
    return event


_chosen = {"format": ""}
"""What `configure` was told: as structlog's own configuration, one for the process."""
_encode = msgspec.json.Encoder().encode


def access(event: str) -> Callable[..., None]:
    """What writes the line of a request, with its fields by name; None is left out.

    As JSON it is one encoding and one write: the steps that other lines go through cost as much as the rest of the edge.
    """
    if _chosen["format"] != "json":
        log = structlog.get_logger("jembatan.access")
        return lambda **fields: log.info(event, **fields)
    out = sys.stderr.buffer

    def say(**fields: object) -> None:
        line = {name: value for name, value in fields.items() if value is not None}
        line |= {"event": event, "level": "info", "timestamp": f"{datetime.now(UTC).isoformat()[:-6]}Z"}
        try:
            text = _encode(line)
        except UnicodeEncodeError:  # half of a surrogate pair, in a path
            text = _encode({name: ascii(value) if isinstance(value, str) else value for name, value in line.items()})
        out.write(text + b"\n")
        out.flush()

    return say
