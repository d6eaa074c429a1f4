"""Objections: what a losing supplier says against an intended award, and the buyer's answer."""
