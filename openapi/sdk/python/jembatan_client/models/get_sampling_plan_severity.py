from typing import Literal

GetSamplingPlanSeverity = Literal["normal", "reduced", "tightened"]

GET_SAMPLING_PLAN_SEVERITY_VALUES: set[GetSamplingPlanSeverity] = {
    "normal",
    "reduced",
    "tightened",
}


def check_get_sampling_plan_severity(value: str) -> GetSamplingPlanSeverity:
    if value in GET_SAMPLING_PLAN_SEVERITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SAMPLING_PLAN_SEVERITY_VALUES!r}")
