"""Quotes: sealed content from draft to opening, then what became of it."""
