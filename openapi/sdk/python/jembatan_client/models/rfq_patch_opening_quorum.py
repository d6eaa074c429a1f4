from typing import Literal

RfqPatchOpeningQuorum = Literal[1, 2]

RFQ_PATCH_OPENING_QUORUM_VALUES: set[RfqPatchOpeningQuorum] = {
    1,
    2,
}


def check_rfq_patch_opening_quorum(value: int) -> RfqPatchOpeningQuorum:
    if value in RFQ_PATCH_OPENING_QUORUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_PATCH_OPENING_QUORUM_VALUES!r}")
