from typing import Literal

GetSamplingPlanLevel = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]

GET_SAMPLING_PLAN_LEVEL_VALUES: set[GetSamplingPlanLevel] = {
    "I",
    "II",
    "III",
    "S-1",
    "S-2",
    "S-3",
    "S-4",
}


def check_get_sampling_plan_level(value: str) -> GetSamplingPlanLevel:
    if value in GET_SAMPLING_PLAN_LEVEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SAMPLING_PLAN_LEVEL_VALUES!r}")
