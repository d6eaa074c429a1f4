from typing import Literal

RfqCreateIntent = Literal["benchmark", "budgetary", "firm"]

RFQ_CREATE_INTENT_VALUES: set[RfqCreateIntent] = {
    "benchmark",
    "budgetary",
    "firm",
}


def check_rfq_create_intent(value: str) -> RfqCreateIntent:
    if value in RFQ_CREATE_INTENT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_CREATE_INTENT_VALUES!r}")
