from typing import Literal

InspectionPlanPutLevel = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]

INSPECTION_PLAN_PUT_LEVEL_VALUES: set[InspectionPlanPutLevel] = {
    "I",
    "II",
    "III",
    "S-1",
    "S-2",
    "S-3",
    "S-4",
}


def check_inspection_plan_put_level(value: str) -> InspectionPlanPutLevel:
    if value in INSPECTION_PLAN_PUT_LEVEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {INSPECTION_PLAN_PUT_LEVEL_VALUES!r}")
