"""What every refusal is made of. The refusals themselves are in `domain/errors.py`; import from there."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple


class Fault(NamedTuple):
    """One thing wrong with what was sent: `pointer` is a JSON Pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


class Refusal(Exception):
    """Base of all refusals. `code` is stable and machine-readable; `detail` says what to do, in English."""

    code: ClassVar[str] = "refused"

    def __init__(self, detail: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = tuple(faults)
