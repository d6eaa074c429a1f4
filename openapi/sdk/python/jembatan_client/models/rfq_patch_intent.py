from typing import Literal

RfqPatchIntent = Literal["benchmark", "budgetary", "firm"]

RFQ_PATCH_INTENT_VALUES: set[RfqPatchIntent] = {
    "benchmark",
    "budgetary",
    "firm",
}


def check_rfq_patch_intent(value: str) -> RfqPatchIntent:
    if value in RFQ_PATCH_INTENT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_PATCH_INTENT_VALUES!r}")
