"""One module per noun: handlers with their In and Out Structs. Every handler of the application is listed here."""

from typing import Any

from api.routes import rfqs

HANDLERS: tuple[Any, ...] = (*rfqs.HANDLERS,)
