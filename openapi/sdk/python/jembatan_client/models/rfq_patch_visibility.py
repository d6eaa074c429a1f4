from typing import Literal

RfqPatchVisibility = Literal["invited", "open"]

RFQ_PATCH_VISIBILITY_VALUES: set[RfqPatchVisibility] = {
    "invited",
    "open",
}


def check_rfq_patch_visibility(value: str) -> RfqPatchVisibility:
    if value in RFQ_PATCH_VISIBILITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_PATCH_VISIBILITY_VALUES!r}")
