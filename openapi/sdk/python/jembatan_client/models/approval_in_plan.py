from typing import Literal

ApprovalInPlan = Literal["fai", "isir", "none", "ppap"]

APPROVAL_IN_PLAN_VALUES: set[ApprovalInPlan] = {
    "fai",
    "isir",
    "none",
    "ppap",
}


def check_approval_in_plan(value: str) -> ApprovalInPlan:
    if value in APPROVAL_IN_PLAN_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APPROVAL_IN_PLAN_VALUES!r}")
