"""Merkle trees as in RFC 6962 section 2.1: leaf = sha256(0x00, content), node = sha256(0x01, left, right).

The left half of n leaves is the greatest power of two below n. Openings and checkpoints of the ledger share this.
"""

import hashlib
from collections.abc import Sequence

from domain.sealing import canonical


def leaf(content: object) -> bytes:
    """The leaf of `content`, over its canonical JSON."""
    return hashlib.sha256(b"\x00" + canonical(content)).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over at least one leaf."""
    # Adding one leaf after the other: `heap` holds the roots of complete trees, by falling height.
    heap: list[tuple[int, bytes]] = []
    for one in leaves:
        height, node = 0, one
        while heap and heap[-1][0] == height:
            node, height = _node(heap.pop()[1], node), height + 1
        heap.append((height, node))
    _, node = heap.pop()
    while heap:
        node = _node(heap.pop()[1], node)
    return node


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
