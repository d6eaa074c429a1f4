"""Invoices of an order: what was billed, whether it agrees with what was accepted, and what was paid. No money is held."""
