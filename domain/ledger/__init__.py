"""Events: audit trail, change feed and outbox in one append-only table."""

from domain.ledger.record import record

__all__ = ["record"]
