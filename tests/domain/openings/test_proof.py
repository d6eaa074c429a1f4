"""The tree against RFC 6962's own definition, and the instants that no opening may have."""

import hashlib

import pytest

from domain.openings import proof


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1 over leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


@pytest.mark.parametrize("count", [*range(1, 40), 64, 100, 255, 256, 257])
def test_the_root_is_that_of_the_rfc(count: int) -> None:
    leaves = [hashlib.sha256(bytes([0, place % 256, place // 256])).digest() for place in range(count)]
    assert proof.root(leaves) == by_definition(leaves)


def test_leaves_and_nodes_cannot_be_taken_for_one_another() -> None:
    one, two = proof.header_leaf({"a": 1}), proof.submission_leaf("q", 1, "t", "c", "opened")
    assert one != two
    written = b'{"format":"jembatan.opening/1","header":{"a":1},"kind":"header"}'
    assert one == hashlib.sha256(b"\x00" + written).digest()
    assert proof.root([one, two]) != hashlib.sha256(b"\x00" + one + two).digest()


def test_a_quote_is_named_by_opening() -> None:
    names = {proof.quote_name(rfq, number, "quo_1") for rfq in ("rfq_1", "rfq_2") for number in (1, 2)}
    assert len(names) == 4
