"""The set that was opened, under one root. Pure: the opening makes it and `jembatan verify-opening` makes it again.

A Merkle tree as in `domain/merkle.py`. The first leaf is the header: when, by whom,
how many. Then one leaf for each submission of each quote that was opened, in the order of `submitted_at`, `quote`,
`number`. Everybody who took part gets the same leaves. In them a quote has a name that only who knows its id can tell.
"""

import hashlib
from uuid import UUID

from domain import merkle
from domain.ids import show
from domain.merkle import root
from domain.sealing import canonical

__all__ = ["header_leaf", "name_of", "quote_name", "root", "submission_leaf"]

FORMAT = "jembatan.opening/1"
HASH_BYTES = 32


def quote_name(rfq_id: str, round_no: int, quote_id: str) -> str:
    """What a quote is called in the set, in hex. Ids are as clients see them.

    A quote's id holds 74 random bits, so that nobody finds it, and the instant at which its supplier began, from this.
    """
    content = {"format": FORMAT, "kind": "quote", "quote_id": quote_id, "rfq_id": rfq_id, "round": round_no}
    return hashlib.sha256(canonical(content)).hexdigest()


def name_of(rfq_id: UUID, round_no: int, quote_id: UUID) -> str:
    """As `quote_name`, from ids as they are stored."""
    return quote_name(show("rfq", rfq_id), round_no, show("quote", quote_id))


def header_leaf(header: object) -> bytes:
    """The leaf of the header, given with exactly the members of `model.Header`."""
    return merkle.leaf({"format": FORMAT, "kind": "header", "header": header})


def submission_leaf(quote: str, number: int, submitted_at: object, commitment: str, state: str) -> bytes:
    """The leaf of one submission. `submitted_at` is an instant, or its text."""
    content = {"quote": quote, "number": number, "submitted_at": submitted_at, "commitment": commitment, "state": state}
    return merkle.leaf({"format": FORMAT, "kind": "submission", "submission": content})
