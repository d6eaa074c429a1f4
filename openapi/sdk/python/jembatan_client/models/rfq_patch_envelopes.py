from typing import Literal

RfqPatchEnvelopes = Literal[1, 2]

RFQ_PATCH_ENVELOPES_VALUES: set[RfqPatchEnvelopes] = {
    1,
    2,
}


def check_rfq_patch_envelopes(value: int) -> RfqPatchEnvelopes:
    if value in RFQ_PATCH_ENVELOPES_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RFQ_PATCH_ENVELOPES_VALUES!r}")
