from typing import Literal

RfqBatchMode = Literal["all_or_nothing", "per_item"]

RFQ_BATCH_MODE_VALUES: set[RfqBatchMode] = {
    "all_or_nothing",
    "per_item",
}


def check_rfq_batch_mode(value: str) -> RfqBatchMode:
    if value in RFQ_BATCH_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_BATCH_MODE_VALUES!r}")
