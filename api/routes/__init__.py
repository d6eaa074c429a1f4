"""One module per noun: handlers with their In and Out Structs. Every handler of the application is listed here."""

from typing import Any

from api import docs
from api.routes import (
    awards,
    comparison,
    credentials,
    deliveries,
    documents,
    events,
    files,
    health,
    matching,
    meta,
    nonconformances,
    openings,
    orders,
    organisations,
    participations,
    quality,
    quotes,
    reports,
    rfqs,
    scenarios,
    webhooks,
)

HANDLERS: tuple[Any, ...] = (
    *docs.HANDLERS,
    *health.HANDLERS,
    *meta.HANDLERS,
    *organisations.HANDLERS,
    *credentials.HANDLERS,
    *files.HANDLERS,
    *rfqs.HANDLERS,
    *documents.HANDLERS,
    *participations.HANDLERS,
    *matching.HANDLERS,
    *quotes.HANDLERS,
    *openings.HANDLERS,
    *comparison.HANDLERS,
    *scenarios.HANDLERS,
    *awards.HANDLERS,
    *orders.HANDLERS,
    *deliveries.HANDLERS,
    *quality.HANDLERS,
    *nonconformances.HANDLERS,
    *events.HANDLERS,
    *reports.HANDLERS,
    *webhooks.HANDLERS,
)
