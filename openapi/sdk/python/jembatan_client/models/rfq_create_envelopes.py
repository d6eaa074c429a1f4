from typing import Literal

RfqCreateEnvelopes = Literal[1, 2]

RFQ_CREATE_ENVELOPES_VALUES: set[RfqCreateEnvelopes] = {
    1,
    2,
}


def check_rfq_create_envelopes(value: int) -> RfqCreateEnvelopes:
    if value in RFQ_CREATE_ENVELOPES_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_CREATE_ENVELOPES_VALUES!r}")
