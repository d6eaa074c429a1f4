"""Inspection plans: how a buyer inspects a part of one supplier, and how severely after the lots so far."""
