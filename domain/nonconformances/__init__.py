"""Nonconformances: what was rejected or found bad later, what both sides do about it, and what becomes of the pieces."""
