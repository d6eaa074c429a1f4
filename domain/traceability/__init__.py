"""Traceability: what is known of one characteristic, one lot, one order, put together from the nouns that hold it."""
