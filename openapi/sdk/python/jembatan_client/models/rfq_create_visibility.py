from typing import Literal

RfqCreateVisibility = Literal["invited", "open"]

RFQ_CREATE_VISIBILITY_VALUES: set[RfqCreateVisibility] = {
    "invited",
    "open",
}


def check_rfq_create_visibility(value: str) -> RfqCreateVisibility:
    if value in RFQ_CREATE_VISIBILITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_CREATE_VISIBILITY_VALUES!r}")
