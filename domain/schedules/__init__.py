"""Schedules: when how much of an order line is due, forecast or firm, and whether the workshop will make it."""
