from typing import Literal

NonconformanceDecideDisposition = Literal["replace", "return", "rework", "scrap", "use_as_is"]

NONCONFORMANCE_DECIDE_DISPOSITION_VALUES: set[NonconformanceDecideDisposition] = {
    "replace",
    "return",
    "rework",
    "scrap",
    "use_as_is",
}


def check_nonconformance_decide_disposition(value: str) -> NonconformanceDecideDisposition:
    if value in NONCONFORMANCE_DECIDE_DISPOSITION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NONCONFORMANCE_DECIDE_DISPOSITION_VALUES!r}")
