"""One module per noun: handlers with their In and Out Structs. Every handler of the application is listed here."""

from typing import Any

from api import docs
from api.routes import health, rfqs

HANDLERS: tuple[Any, ...] = (
    *docs.HANDLERS,
    *health.HANDLERS,
    *rfqs.HANDLERS,
)
