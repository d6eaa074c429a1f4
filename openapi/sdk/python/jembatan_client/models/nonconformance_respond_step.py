from typing import Literal

NonconformanceRespondStep = Literal["cause_found", "contained", "corrected"]

NONCONFORMANCE_RESPOND_STEP_VALUES: set[NonconformanceRespondStep] = {
    "cause_found",
    "contained",
    "corrected",
}


def check_nonconformance_respond_step(value: str) -> NonconformanceRespondStep:
    if value in NONCONFORMANCE_RESPOND_STEP_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NONCONFORMANCE_RESPOND_STEP_VALUES!r}")
