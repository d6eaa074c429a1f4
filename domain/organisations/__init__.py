"""Organisations: who takes part, what they are and what they can make."""
