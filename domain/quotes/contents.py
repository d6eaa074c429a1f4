"""Opened contents, decoded once for each process.

What was opened never changes: the trigger `quote_opened_is_history` refuses it, and what is agreed later stands beside it. So
the quote's id says what its content is, and nothing in here can be stale. It says nothing about who may read it: a reader asks the
database in every call which quotes it sees, under row security, and takes from here only what it need not be sent again.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from uuid import UUID

from domain.quotes import envelope
from domain.quotes.model import QuoteContent

MOST = 4 * 1024 * 1024
"""Characters of JSON whose decoded form is kept: about 10 MiB of memory, 150 quotes of 50 lines."""


class Contents:
    """By RFQ, as they are compared together; the RFQ that was asked for longest ago goes first. For several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[UUID, dict[UUID, QuoteContent]] = OrderedDict()
        self._sizes: dict[UUID, int] = {}
        self._lock = Lock()

    def of_rfq(self, rfq_id: UUID) -> Mapping[UUID, QuoteContent]:
        """What is kept of an RFQ, by quote. The caller's own: what goes later does not go from it."""
        with self._lock:
            if rfq_id not in self._kept:
                return {}
            self._kept.move_to_end(rfq_id)
            return dict(self._kept[rfq_id])

    def decode(self, rfq_id: UUID, quote_id: UUID, raw: str) -> QuoteContent:
        """`raw` decoded, and kept where there is room for it."""
        found = envelope.decode(raw)
        with self._lock:
            known = self._kept.get(rfq_id, {})
            size = self._sizes.get(rfq_id, 0) + len(raw)
            if quote_id in known or size > self._most:  # an RFQ that alone fills it is decoded each time
                return found
            known[quote_id] = found
            self._kept[rfq_id] = known
            self._kept.move_to_end(rfq_id)
            self._sizes[rfq_id] = size
            self._size += len(raw)
            while self._size > self._most:
                oldest, _ = self._kept.popitem(last=False)
                self._size -= self._sizes.pop(oldest)
        return found


CONTENTS = Contents()
"""Of this process."""
