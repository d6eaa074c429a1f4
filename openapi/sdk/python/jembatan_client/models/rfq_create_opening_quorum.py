from typing import Literal

RfqCreateOpeningQuorum = Literal[1, 2]

RFQ_CREATE_OPENING_QUORUM_VALUES: set[RfqCreateOpeningQuorum] = {
    1,
    2,
}


def check_rfq_create_opening_quorum(value: int) -> RfqCreateOpeningQuorum:
    if value in RFQ_CREATE_OPENING_QUORUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_CREATE_OPENING_QUORUM_VALUES!r}")
